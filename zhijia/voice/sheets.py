"""Sheets 意见建议, 制度参与, 民主渠道, 联系职工."""

from __future__ import annotations

from zhijia.core.sheets.declare import Column, Sheet
from zhijia.core.sheets.inclusive import last_day
from zhijia.core.sheets.kinds import choice, date_, loose_ref, text, whole, yesno
from zhijia.unions.models import DeedRole
from zhijia.unions.sheets import UID
from zhijia.voice import services, words
from zhijia.voice.models import Area, Participation, Suggestion, Way
from zhijia.voice.rights_sheets import EVALUATIONS, OPEN_ITEMS, RIGHTS

COUNT = 1_000_000

SUGGESTIONS = Sheet(
    name="意见建议",
    show=("text", "on", "person", "area", "answered_on", "adopted"),
    records=services.SUGGESTIONS,
    parts=(("意见", "on"), ("办理", "office")),
    synonyms=("合理化建议", "职工意见", "意见建议台账", "提案"),
    rids=("R28", "R29", "R61", "R79", "R91"),
    help="每件一行；没有署名的，提出人留空或写“匿名”，系统不记是谁。",
    columns=(
        UID,
        Column(
            "日期",
            "on",
            date_(),
            required=True,
            synonyms=("提出日期", "收到日期"),
            examples=("2024-03-05", "2024-06-11"),
        ),
        Column(
            "提出人",
            "person",
            loose_ref("members.Person", "person_name"),
            synonyms=("姓名", "建议人"),
            examples=("张伟", "匿名"),
        ),
        Column(
            "途径",
            "channel",
            choice(Suggestion.Channel, words.SOURCES),
            default="other",
            synonyms=("来源", "渠道"),
            examples=("座谈会", "意见信箱"),
        ),
        Column(
            "类别",
            "area",
            choice(Area, words.AREAS),
            default="other",
            synonyms=("领域", "分类"),
            examples=("食堂", "办公条件"),
        ),
        Column(
            "内容",
            "text",
            text(300),
            required=True,
            synonyms=("建议内容", "意见内容", "意见建议"),
            examples=("增加早餐品种", "增设电动车充电桩"),
        ),
        Column(
            "承办处室",
            "office",
            loose_ref("unions.OutsideBody", "office_name"),
            synonyms=("承办部门", "办理处室"),
            examples=("办公室", ""),
        ),
        Column("答复日期", "answered_on", date_(), synonyms=("办复日期",), examples=("2024-03-20", "")),
        Column("答复内容", "answer", text(300), synonyms=("答复",), examples=("已与食堂商定", "")),
        Column("是否采纳", "adopted", yesno(), synonyms=("采纳", "采纳情况"), examples=("是", "")),
        Column("落实情况", "outcome", text(300), synonyms=("成效", "结果"), examples=("早餐增加三个品种", "")),
        Column("提出人评价", "reply", choice(Suggestion.Reply), synonyms=("满意度",), examples=("满意", "")),
    ),
)

PARTICIPATIONS = Sheet(
    name="制度参与",
    show=("document", "kind", "on", "office", "role", "adopted"),
    records=services.PARTICIPATIONS,
    parts=(("参与", "kind"), ("范围与意见", "office"), ("结果", "adopted")),
    synonyms=("参与制度制定", "征求意见", "民主参与"),
    rids=("R23", "R25", "R63", "R77", "R79"),
    help="工会参与制定的制度，和就住房、办公室装修等事征求职工意见的记录，一项一行。",
    columns=(
        UID,
        Column(
            "类别",
            "kind",
            choice(Participation.Kind, words.KINDS),
            default="rule",
            synonyms=("类型",),
            examples=("征求职工意见", "参与制定制度"),
        ),
        Column(
            "事项",
            "matter",
            choice(Area, words.AREAS),
            default="other",
            synonyms=("领域",),
            examples=("办公条件", "住房"),
        ),
        Column(
            "制度或事项名称",
            "document",
            text(150),
            required=True,
            synonyms=("制度名称", "文件名称", "名称"),
            examples=("办公楼装修方案", "职工购房程序和办法"),
        ),
        Column(
            "日期",
            "on",
            date_(),
            required=True,
            synonyms=("参与日期", "征求日期"),
            examples=("2022-04-12", "2021-05-18"),
        ),
        Column(
            "主管处室",
            "office",
            loose_ref("unions.OutsideBody", "office_name"),
            synonyms=("主办处室",),
            examples=("办公室", ""),
        ),
        Column(
            "工会角色",
            "role",
            choice(DeedRole, words.ROLES),
            default="assist",
            synonyms=("角色",),
            examples=("配合行政", "参与"),
        ),
        Column("听取人数", "people", whole(0, COUNT), synonyms=("征求人数",), examples=(60, "")),
        Column("意见条数", "opinions", whole(0, COUNT), synonyms=("意见数", "收到意见"), examples=(18, 6)),
        Column("采纳条数", "adopted", whole(0, COUNT), synonyms=("采纳数", "吸纳条数"), examples=(11, 4)),
        Column("工会意见", "opinion", text(300), synonyms=("意见",)),
        Column("结果", "outcome", text(300), synonyms=("采纳情况",)),
    ),
)

CHANNELS = Sheet(
    name="民主渠道",
    records=services.CHANNELS,
    synonyms=("联系渠道", "民主管理渠道"),
    rids=("R25", "R34"),
    help="座谈会、意见信箱、网上职工之家等经常开着的渠道，一条一行。",
    columns=(
        UID,
        Column("渠道名称", "name", text(60), required=True, synonyms=("名称",), examples=("网上职工之家", "主席信箱")),
        Column(
            "类别",
            "kind",
            choice(Way, words.WAYS),
            default="other",
            synonyms=("类型",),
            examples=("网上职工之家", "意见信箱"),
        ),
        Column(
            "开设日期", "first", date_(), required=True, synonyms=("开通日期",), examples=("2022-05-01", "2015-03-01")
        ),
        Column("停办日期", "end", last_day(), synonyms=("关闭日期",)),
        Column(
            "位置或网址", "address", text(200), synonyms=("网址", "位置"), examples=("内网首页工会专栏", "一楼大厅")
        ),
    ),
)

CONTACTS = Sheet(
    name="联系职工",
    show=("topics", "kind", "on", "people"),
    records=services.CONTACTS,
    synonyms=("联系群众", "走访联系", "联系职工登记"),
    rids=("R31", "R32", "R34"),
    help="走访谈心、座谈会、问卷一次一行；信箱和网上职工之家可以按月、按季汇总填一行。",
    columns=(
        UID,
        Column("日期", "on", date_(), required=True, synonyms=("联系日期",), examples=("2024-03-20", "2024-06-30")),
        Column(
            "方式",
            "kind",
            choice(Way, words.WAYS),
            required=True,
            synonyms=("联系方式", "渠道", "类别"),
            examples=("座谈会", "网上职工之家"),
        ),
        Column(
            "内容",
            "topics",
            text(200),
            required=True,
            synonyms=("主题", "话题", "事由"),
            examples=("青年职工座谈", "二季度专栏运行情况"),
        ),
        Column("人数", "people", whole(0, COUNT), synonyms=("参加人数",), examples=(24, "")),
        Column("发布信息条数", "articles", whole(0, COUNT), synonyms=("发布条数",), examples=("", 16)),
        Column("浏览次数", "visits", whole(0, 1_000_000_000), synonyms=("访问量", "浏览量"), examples=("", 1850)),
        Column("反馈条数", "feedback", whole(0, COUNT), synonyms=("留言数", "反馈"), examples=(6, 9)),
        Column("办理情况", "outcome", text(300), synonyms=("结果",)),
    ),
)

SHEETS = (SUGGESTIONS, PARTICIPATIONS, CHANNELS, CONTACTS, RIGHTS, OPEN_ITEMS, EVALUATIONS)
