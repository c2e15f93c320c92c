"""Sheets 重点工作, 主题活动, 计划, 会议, 年度总结, 下届任务, 例外年份."""

from __future__ import annotations

from zhijia.core.sheets.declare import Column, Sheet
from zhijia.core.sheets.inclusive import last_day
from zhijia.core.sheets.kinds import choice, date_, long_text, loose_ref, ref, text, whole, year
from zhijia.plans import services, words
from zhijia.plans.models import Block, Campaign, KeyTask, Meeting, PlanItem, Yearly
from zhijia.unions.models import DeedRole
from zhijia.unions.sheets import UID

YEAR = Column("年度", "year", year(), required=True, synonyms=("年份", "年"), examples=(2024, 2025))
ROLE = Column(
    "工会角色",
    "role",
    choice(DeedRole, words.ROLES),
    default="assist",
    synonyms=("角色",),
    examples=("配合行政", "参与"),
)


def _body(*examples: str) -> Column:
    return Column(
        "部署单位",
        "body",
        loose_ref("unions.OutsideBody", "body_name"),
        synonyms=("下达单位", "发起单位", "发文单位"),
        examples=(examples[0], examples[1]),
    )


KEY_TASKS = Sheet(
    name="重点工作",
    show=("task", "year", "role", "state", "outcome"),
    records=services.KEY_TASKS,
    synonyms=("年度重点工作", "中心工作"),
    rids=("R05", "R09", "R19", "R20"),
    help="本单位每年的重点工作，和工会为它做的事；工会还没有安排的，联动举措留空。",
    columns=(
        UID,
        YEAR,
        Column(
            "单位重点工作",
            "task",
            text(200),
            required=True,
            synonyms=("重点工作", "工作内容", "重点任务"),
            examples=("推进工程审批制度改革", "保障性住房建设"),
        ),
        _body("厅机关党总支", "厅党组"),
        Column("部署文号", "doc_number", text(60), synonyms=("文号",)),
        Column(
            "工会联动举措",
            "linked",
            text(300),
            synonyms=("联动举措", "工会举措", "工会任务"),
            examples=("开展审批服务岗位练兵", ""),
        ),
        ROLE,
        Column(
            "状态",
            "state",
            choice(KeyTask.State, words.TASK_STATES),
            default="open",
            synonyms=("进展",),
            examples=("已完成", "进行中"),
        ),
        Column("成效", "outcome", text(300), synonyms=("完成情况", "结果")),
    ),
)

CAMPAIGN = Sheet(
    name="主题活动",
    records=services.CAMPAIGNS,
    synonyms=("专项活动", "主题活动登记"),
    rids=("R12", "R21", "R38", "R39", "R40", "R42", "R43", "R46", "R50"),
    help="机关效能建设、作风建设、创建学习型组织等有名称、有起止的活动，一项一行；还没有结束的，结束日期留空。",
    columns=(
        UID,
        Column(
            "活动名称",
            "name",
            text(120),
            required=True,
            synonyms=("主题活动", "名称"),
            examples=("机关效能建设活动", "作风建设年活动"),
        ),
        Column(
            "类别",
            "kind",
            choice(Campaign.Kind, words.CAMPAIGNS),
            default="other",
            synonyms=("类型",),
            examples=("机关效能建设", "作风建设"),
        ),
        Column(
            "开始日期",
            "first",
            date_(),
            required=True,
            synonyms=("启动日期", "起始日期"),
            examples=("2021-04-01", "2022-02-20"),
        ),
        Column("结束日期", "end", last_day(), synonyms=("截止日期",), examples=("2021-12-31", "2022-12-31")),
        Column("主题口号", "slogan", text(120), synonyms=("口号", "主题"), examples=("岗位学先进、争创新业绩", "")),
        _body("厅直属机关党委", "建设建材工会"),
        Column("上级文号", "doc_number", text(60), synonyms=("文号", "上级文件"), examples=("江直党〔2021〕8号", "")),
        ROLE,
        Column("做法和成效", "outcome", text(300), synonyms=("成效", "完成情况")),
    ),
)

ITEMS = Sheet(
    name="计划",
    show=("item", "year", "block", "owner", "due", "state", "done_on"),
    records=services.ITEMS,
    parts=(("事项", "year"), ("时间与状态", "on"), ("结果", "outcome")),
    synonyms=("年度计划", "工作计划", "计划事项", "年度工作计划"),
    rids=("R117", "R121", "R123", "R137"),
    help="年度计划的每个事项一行；状态留空时按完成日期判断。",
    columns=(
        UID,
        YEAR,
        Column(
            "工作事项",
            "item",
            text(200),
            required=True,
            synonyms=("事项", "工作内容", "计划事项"),
            examples=("组织职工健步走", "女职工专项体检"),
        ),
        Column(
            "板块",
            "block",
            choice(Block, words.BLOCKS),
            synonyms=("类别", "工作板块", "分类"),
            examples=("文体活动", "服务职工"),
        ),
        Column(
            "责任人",
            "owner",
            loose_ref("members.Person", "owner_name"),
            synonyms=("负责人", "牵头人"),
            examples=("张伟", "女工委员"),
        ),
        Column("列入日期", "on", date_(), synonyms=("制定日期", "计划日期"), examples=("2024-01-12", "")),
        Column(
            "应完成日期",
            "due",
            date_(),
            synonyms=("计划完成日期", "完成时限", "时限", "截止日期"),
            examples=("2024-10-31", "2025-06-30"),
        ),
        Column("完成日期", "done_on", date_(), synonyms=("实际完成日期", "办结日期"), examples=("2024-10-19", "")),
        Column(
            "状态",
            "state",
            choice(PlanItem.State, words.STATES),
            synonyms=("进展", "完成状态"),
            examples=("按期完成", "未完成"),
        ),
        Column("完成情况", "outcome", text(300), synonyms=("落实情况", "成效")),
        Column("未按期原因", "reason", text(200), synonyms=("原因", "未完成原因"), examples=("", "场地落实较晚")),
    ),
)

MEETING = Sheet(
    name="会议",
    show=("topic", "kind", "on", "group", "due", "present"),
    records=services.MEETINGS,
    parts=(("会议", "kind"), ("到会", "place"), ("内容", "decisions")),
    synonyms=("会议记录", "会议纪要", "会议台账"),
    rids=("R23", "R41", "R118", "R122"),
    help="委员会会议、年初计划会、小组会、会员（代表）大会等，一次一行。",
    columns=(
        UID,
        Column(
            "类别",
            "kind",
            choice(Meeting.Kind, words.MEETINGS),
            required=True,
            synonyms=("会议类别", "会议类型"),
            examples=("计划会", "委员会会议"),
        ),
        Column(
            "日期",
            "on",
            date_(),
            required=True,
            synonyms=("会议日期", "时间", "召开日期"),
            examples=("2024-01-12", "2024-03-15"),
        ),
        Column(
            "议题",
            "topic",
            text(200),
            required=True,
            synonyms=("会议议题", "主题", "会议内容", "会议名称"),
            examples=("研究年度工作思路，提出年度计划", "审议困难补助名单"),
        ),
        Column("工会小组", "group", ref("unions.Group"), synonyms=("小组",), help="小组会填写", day=("on", 0)),
        Column("地点", "place", text(100), examples=("三楼会议室", "")),
        Column("主持人", "chair", text(60), synonyms=("主持",), examples=("周建民", "")),
        Column("应到人数", "due", whole(0, 1_000_000), synonyms=("应到",), examples=(18, 7)),
        Column("实到人数", "present", whole(0, 1_000_000), synonyms=("实到", "到会人数", "参加人数"), examples=(17, 7)),
        Column("议定事项", "decisions", long_text(1000), synonyms=("决议", "会议决定", "决定事项")),
        Column("纪要编号", "minutes_no", text(60), synonyms=("纪要号", "会议纪要号"), examples=("纪要〔2024〕1号", "")),
    ),
)

SUMMARIES = Sheet(
    name="年度总结",
    records=services.SUMMARIES,
    synonyms=("年终总结", "工作总结"),
    rids=("R124", "R125"),
    help="每年一行；成绩、问题、努力方向三部分写全，才算完整的总结。",
    columns=(
        UID,
        YEAR,
        Column(
            "日期",
            "on",
            date_(),
            required=True,
            synonyms=("总结日期", "形成日期"),
            examples=("2024-12-25", "2025-12-26"),
        ),
        Column("成绩", "achievements", long_text(2000), synonyms=("主要成绩", "肯定成绩")),
        Column("问题", "problems", long_text(2000), synonyms=("存在问题", "存在的问题", "不足")),
        Column("努力方向", "direction", long_text(2000), synonyms=("下一步打算", "今后方向", "方向")),
        Column("审议会议", "adopted_at", text(100), synonyms=("通过会议",), examples=("委员会会议", "")),
        Column("文号", "doc_number", text(60)),
    ),
)

NEXT_TASKS = Sheet(
    name="下届任务",
    show=("text", "order", "block", "term", "on"),
    records=services.NEXT_TASKS,
    synonyms=("今后任务", "今后工作任务", "下届工作任务"),
    rids=("R138",),
    help="给下一届的任务，一项一行；写明它针对本届的哪个问题。",
    columns=(
        UID,
        Column("序号", "order", whole(1, 99), required=True, examples=(1, 2)),
        Column(
            "任务",
            "text",
            text(300),
            required=True,
            synonyms=("工作任务", "任务内容"),
            examples=("改善文体活动场地", "做好新进人员入会服务"),
        ),
        Column("板块", "block", choice(Block, words.BLOCKS), synonyms=("类别",), examples=("文体活动", "自身建设")),
        Column("针对的问题", "problem", text(300), synonyms=("对应问题", "解决问题"), examples=("文体场地不足", "")),
        Column("提出届次", "term", ref("unions.Term"), synonyms=("届次",), examples=("第五届", "第五届")),
        Column("提出日期", "on", date_(), required=True, synonyms=("日期",), examples=("2026-10-30", "2026-10-30")),
    ),
)

EXEMPTIONS = Sheet(
    name="例外年份",
    records=services.EXEMPTIONS,
    synonyms=("免办年份", "除外年份"),
    rids=("R122", "R124"),
    help="某项每年要做的事在某年按规定没有做：写明原因和文号，报告里写“除…外”。",
    columns=(
        UID,
        Column(
            "事项",
            "claim",
            choice(Yearly, words.YEARLY),
            required=True,
            synonyms=("每年事项", "工作事项"),
            examples=("运动会", "春节团拜会"),
        ),
        Column("年度", "year", year(), required=True, synonyms=("年份",), examples=(2022, 2023)),
        Column(
            "原因",
            "reason",
            text(200),
            required=True,
            synonyms=("例外原因",),
            examples=("按防控要求不组织集体活动", "从简办会"),
        ),
        Column(
            "依据文号",
            "doc_number",
            text(60),
            required=True,
            synonyms=("文号", "依据"),
            examples=("江直党〔2022〕3号", "江厅办〔2023〕1号"),
        ),
    ),
)

SHEETS = (KEY_TASKS, CAMPAIGN, ITEMS, MEETING, SUMMARIES, NEXT_TASKS, EXEMPTIONS)
