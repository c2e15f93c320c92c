"""Sheets 工会, 外部单位, 届次, 工会小组."""

from __future__ import annotations

from zhijia.core.sheets.declare import Column, Sheet
from zhijia.core.sheets.inclusive import last_day, ordinal
from zhijia.core.sheets.kinds import choice, date_, ref, text, uid, uscc, whole
from zhijia.unions import services
from zhijia.unions.models import GroupSuccession, OutsideBody, Term

UID = Column("编号", "uid", uid(), help="由系统给出；新记录留空")

UNION = Sheet(
    name="工会",
    records=services.UNIONS,
    rids=("R04", "R06", "R07"),
    help="一行，就是本工会。",
    columns=(
        Column("工会名称", "name", text(100), required=True, synonyms=("名称",), examples=("江州省建设厅机关工会", "")),
        Column("工会代码", "code", text(40), required=True, synonyms=("代码", "组织代码"), examples=("JZJS", "")),
        Column("简称", "short_name", text(60), examples=("厅机关工会", "")),
        Column("单位名称", "organ_name", text(100), synonyms=("所在单位",), examples=("江州省建设厅", "")),
        Column("单位简称", "organ_short", text(40), examples=("厅", "")),
        Column("统一社会信用代码", "uscc", uscc(), synonyms=("信用代码",)),
        Column("地区", "region", text(60), examples=("江州省", "")),
        Column("事业名称", "field_of_work", text(40), help="报告里“为我省……事业”的名称", examples=("建设事业", "")),
        Column("必访名称", "must_visit_name", text(20), default="五必访", examples=("五必访", "")),
        Column("成立日期", "set_up_on", date_()),
    ),
)

BODIES = Sheet(
    name="外部单位",
    records=services.BODIES,
    synonyms=("单位名录", "上级组织"),
    rids=("R04", "R05", "R15", "R16", "R17", "R18"),
    help="党组织、上级工会、行政处室、主办单位、培训单位、授奖单位；领导机构按排序写进报告。",
    columns=(
        UID,
        Column(
            "名称",
            "name",
            text(100),
            required=True,
            synonyms=("单位名称",),
            examples=("中共江州省建设厅党组", "省财政厅"),
        ),
        Column("简称", "short_name", text(40), examples=("厅党组", "")),
        Column("类别", "role", choice(OutsideBody.Role), required=True, examples=("党组", "培训单位")),
        Column("排序", "rank", whole(0, 999), default=50, examples=(1, 50)),
        Column("起始日期", "first", date_()),
        Column("截止日期", "end", last_day()),
    ),
)

TERMS = Sheet(
    name="届次",
    records=services.TERMS,
    parts=(("届次与日期", "number"), ("大会", "form"), ("名额与批复", "seats")),
    synonyms=("任期",),
    rids=("R01", "R02", "R03"),
    help="每届一行；届满日期填最后一天。",
    columns=(
        UID,
        Column("届次", "number", ordinal(), required=True, examples=("第五届", "第四届")),
        Column(
            "开始日期",
            "first",
            date_(),
            required=True,
            synonyms=("当选日期", "起始日期"),
            examples=("2020-12-10", "2015-12-10"),
        ),
        Column(
            "届满日期", "end", last_day(), required=True, synonyms=("结束日期",), examples=("2026-12-09", "2020-12-09")
        ),
        Column("法定年限", "legal_years", whole(1, 9), default=5, examples=(5, 5)),
        Column("大会形式", "form", choice(Term.Form), default="delegates", examples=("会员代表大会", "会员代表大会")),
        Column("换届大会日期", "congress_on", date_(), synonyms=("大会日期",), examples=("2026-12-08", "")),
        Column("大会地点", "congress_place", text(100)),
        Column("报告人", "speaker", text(40), synonyms=("主席",), examples=("周建民", "")),
        Column("委员名额", "seats", whole(1, 60), examples=(7, 7)),
        Column("延期批复文号", "extension_doc", text(60)),
        Column("选举结果批复文号", "approval_doc", text(60)),
    ),
)

GROUPS = Sheet(
    name="工会小组",
    records=services.GROUPS,
    synonyms=("小组", "分工会"),
    known_by=("formerly",),
    rids=("R13", "R41", "R119"),
    help="每个小组一行；组长写在“任职”表。同一个名称先后可以有几个小组，日期不能重叠；"
    "别的表里分不清是哪一个时，写“第二组（2021年止）”“第二组（2025年起）”。",
    columns=(
        UID,
        Column(
            "小组名称",
            "name",
            text(60),
            required=True,
            synonyms=("小组", "工会小组", "名称"),
            examples=("办公室小组", "计财处小组"),
        ),
        Column("所在处室", "department", text(100), synonyms=("处室", "部门"), examples=("办公室", "计划财务处")),
        Column("排序", "rank", whole(0, 999), default=50, examples=(1, 2)),
        Column("成立日期", "first", date_()),
        Column("撤销日期", "end", last_day()),
        Column("沿革", "formerly", text(200), synonyms=("曾用名",), help="以前叫什么名字、由哪些小组合并"),
    ),
)

SUCCESSIONS = Sheet(
    name="小组沿革",
    records=services.SUCCESSIONS,
    synonyms=("机构改革", "小组变更"),
    rids=("R13",),
    help="小组更名、合并、分设、撤销，一个原小组对一个后来的小组写一行；人员的变动写在“以前岗位”表。",
    columns=(
        UID,
        Column(
            "原小组",
            "before",
            ref("unions.Group"),
            required=True,
            examples=("计划处小组", "审计处小组"),
            day=("on", -1),
        ),
        Column(
            "后来的小组",
            "after",
            ref("unions.Group"),
            required=True,
            examples=("计财处小组", "计财处小组"),
            day=("on", 0),
        ),
        Column("方式", "kind", choice(GroupSuccession.Kind), required=True, examples=("更名", "合并")),
        Column("日期", "on", date_(), required=True, help="从这一天起", examples=("2018-09-01", "2023-03-01")),
        Column("文号", "paper", text(60), help="机构改革文件的文号", examples=("江编办〔2018〕12号", "")),
        Column("原因", "reason", text(200)),
    ),
)

SHEETS = (UNION, BODIES, TERMS, GROUPS, SUCCESSIONS)
