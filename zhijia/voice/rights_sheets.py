"""Sheets 权益事项, 公开事项, 评价."""

from __future__ import annotations

from zhijia.core.sheets.declare import Column, Sheet
from zhijia.core.sheets.inclusive import last_day
from zhijia.core.sheets.kinds import choice, date_, long_text, loose_ref, text, whole, year
from zhijia.unions.models import DeedRole
from zhijia.unions.sheets import UID
from zhijia.voice import services, words
from zhijia.voice.models import Evaluation, OpenItem, RightsMatter

COUNT = 1_000_000

RIGHTS = Sheet(
    name="权益事项",
    reveal="voice.secret",
    show=("matter", "field", "on", "settled_on", "outcome"),
    records=services.RIGHTS,
    parts=(("事项", "sort"), ("处理", "handling")),
    synonyms=("维权事项", "维权台账", "权益登记"),
    rids=("R24", "R58", "R59", "R60", "R62", "R65"),
    help="职工诉求，和工会关注监督的晋级、评先等事。“事项”不写姓名；“情况”“处理”加密保存，不进报告。",
    columns=(
        UID,
        Column(
            "性质",
            "sort",
            choice(RightsMatter.Sort, words.SORTS),
            default="appeal",
            synonyms=("类型",),
            examples=("职工诉求", "关注监督"),
        ),
        Column(
            "领域",
            "field",
            choice(RightsMatter.Field, words.FIELDS),
            required=True,
            synonyms=("权益类别", "权利类别"),
            examples=("经济权利", "政治权利"),
        ),
        Column(
            "具体方面",
            "sub",
            choice(RightsMatter.Sub, words.SUBS),
            default="other",
            synonyms=("方面", "细类"),
            examples=("劳动休假", "晋职晋级"),
        ),
        Column(
            "日期",
            "on",
            date_(),
            required=True,
            synonyms=("登记日期", "受理日期"),
            examples=("2023-05-10", "2023-06-20"),
        ),
        Column(
            "事项",
            "matter",
            text(120),
            required=True,
            synonyms=("权益事项", "事由"),
            examples=("年休假安排", "职级晋升公开情况"),
        ),
        Column("情况", "detail", long_text(2000), synonyms=("具体情况", "诉求内容")),
        Column("处理", "handling", long_text(2000), synonyms=("处理情况", "办理情况")),
        Column("报告对象", "escalated_to", text(60), synonyms=("反映对象", "报告领导"), examples=("分管领导", "")),
        Column("报告日期", "escalated_on", date_(), synonyms=("反映日期",), examples=("2023-05-12", "")),
        Column("办结日期", "settled_on", date_(), synonyms=("解决日期",), examples=("2023-05-30", "2023-07-10")),
        Column("结果", "outcome", text(200), synonyms=("办理结果",), examples=("已协调安排", "程序公开")),
    ),
)

OPEN_ITEMS = Sheet(
    name="公开事项",
    records=services.OPEN_ITEMS,
    synonyms=("政务公开", "公开台账", "厂务公开"),
    rids=("R27",),
    help="向职工公开的政务、人事、会务、经费等事项，一次一行；需要公示期的，写在“公示”表。",
    columns=(
        UID,
        Column(
            "公开事项",
            "matter",
            text(150),
            required=True,
            synonyms=("事项", "公开内容"),
            examples=("年度考核结果", "工会经费收支情况"),
        ),
        Column(
            "类别",
            "kind",
            choice(OpenItem.Kind, words.OPEN_KINDS),
            default="other",
            synonyms=("公开类别",),
            examples=("政务公开", "经费公开"),
        ),
        Column(
            "公开日期",
            "on",
            date_(),
            required=True,
            synonyms=("日期", "开始日期"),
            examples=("2024-01-25", "2024-03-18"),
        ),
        Column("公开位置", "place", text(100), synonyms=("公开方式", "地点"), examples=("内网公告", "公告栏")),
        Column("截止日期", "end", last_day(), synonyms=("结束日期",), examples=("2024-02-04", "")),
        Column(
            "工会角色",
            "role",
            choice(DeedRole, words.ROLES),
            default="assist",
            synonyms=("角色",),
            examples=("配合行政", "主办"),
        ),
    ),
)

EVALUATIONS = Sheet(
    name="评价",
    show=("rater", "year", "topic", "grade", "score", "satisfied", "asked"),
    records=services.EVALUATIONS,
    parts=(("评价", "year"), ("结果", "grade")),
    synonyms=("工作评价", "会员评家", "满意度测评"),
    rids=("R11", "R126", "R137"),
    help="上级、会员对一年工作的评价和自评；会员评价可以按内容分行，写满意人数和参评人数。",
    columns=(
        UID,
        Column("年度", "year", year(), required=True, synonyms=("年份",), examples=(2024, 2024)),
        Column("评价日期", "on", date_(), required=True, synonyms=("日期",), examples=("2025-01-20", "2024-12-18")),
        Column(
            "评价方",
            "rater",
            choice(Evaluation.Rater, words.RATERS),
            required=True,
            synonyms=("评价主体",),
            examples=("上级评价", "会员评价"),
        ),
        Column(
            "评价内容",
            "topic",
            choice(Evaluation.Topic, words.TOPICS),
            default="whole",
            synonyms=("内容", "评价项目"),
            examples=("总体", "文体活动"),
        ),
        Column(
            "评价单位",
            "body",
            loose_ref("unions.OutsideBody", "body_name"),
            synonyms=("单位",),
            examples=("江州省建设建材工会", ""),
        ),
        Column(
            "等次",
            "grade",
            choice(Evaluation.Grade, words.GRADES),
            synonyms=("评价等次", "结果"),
            examples=("优秀", ""),
        ),
        Column("得分", "score", whole(0, 100), synonyms=("分数",), examples=(96, "")),
        Column("满意人数", "satisfied", whole(0, COUNT), synonyms=("满意",), examples=("", 181)),
        Column("参评人数", "asked", whole(0, COUNT), synonyms=("参加测评人数",), examples=("", 205)),
        Column("评语", "remark", text(300), synonyms=("意见",)),
    ),
)
