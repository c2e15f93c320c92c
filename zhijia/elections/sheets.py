"""Sheets 代表, 选举记录, 选举得票."""

from __future__ import annotations

from zhijia.core.sheets.declare import Column, Sheet
from zhijia.core.sheets.inclusive import last_day
from zhijia.core.sheets.kinds import choice, date_, ref, text, whole, yesno
from zhijia.elections import services
from zhijia.elections.models import Delegate, Election
from zhijia.unions.sheets import UID

DELEGATES = Sheet(
    name="代表",
    records=services.DELEGATES,
    parts=(("代表", "person"), ("选举", "elected_on"), ("变动", "end")),
    synonyms=("会员代表", "代表名册", "代表花名册"),
    rids=("R02",),
    help="出席会员代表大会的代表，由小组选举产生；“第几次代表大会”填数字。",
    columns=(
        UID,
        Column("姓名", "person", ref("members.Person"), required=True, examples=("张伟", "李秀英")),
        Column("第几次代表大会", "congress", whole(1, 99), required=True, synonyms=("大会次数",), examples=(6, 6)),
        Column("届次", "term", ref("unions.Term"), examples=("第五届", "第五届")),
        Column(
            "选举单位",
            "group",
            ref("unions.Group"),
            synonyms=("工会小组", "小组"),
            examples=("办公室小组", "计财处小组"),
            day=("elected_on", 0),
        ),
        Column(
            "代表身份",
            "role",
            choice(Delegate.Role),
            default="staff",
            synonyms=("身份",),
            examples=("普通职工", "处级以上领导"),
        ),
        Column("当选日期", "elected_on", date_(), required=True, examples=("2026-10-12", "2026-10-12")),
        Column("应到", "due_count", whole(), synonyms=("应到人数",), examples=(24, 23)),
        Column("实到", "present_count", whole(), synonyms=("实到人数",), examples=(22, 21)),
        Column("得票", "votes", whole(), synonyms=("得票数",), examples=(21, 19)),
        Column("代表资格终止日期", "end", last_day()),
    ),
)

ELECTIONS = Sheet(
    name="选举记录",
    records=services.ELECTIONS,
    parts=(("选举", "title"), ("票数", "due_count"), ("结果", "seats")),
    synonyms=("选举情况",),
    rids=("R01", "R139"),
    help="每个机构每次选举一行：应到、实到、发票、收票。",
    columns=(
        UID,
        Column(
            "选举名称", "title", text(100), required=True, examples=("第五届工会委员会选举", "第五届经费审查委员会选举")
        ),
        Column("选举机构", "body", choice(Election.Body), required=True, examples=("工会委员会", "经费审查委员会")),
        Column("选举日期", "on", date_(), required=True, synonyms=("日期",), examples=("2020-12-10", "2020-12-10")),
        Column("应到", "due_count", whole(), required=True, examples=(52, 52)),
        Column("实到", "present_count", whole(), required=True, examples=(50, 50)),
        Column("发出选票", "issued", whole(), required=True, examples=(50, 50)),
        Column("收回选票", "returned", whole(), required=True, examples=(50, 50)),
        Column("有效票", "valid", whole(), required=True, examples=(50, 49)),
        Column("废票", "invalid", whole(), default=0, examples=(0, 1)),
        Column("名额", "seats", whole(1, 99), required=True, examples=(7, 3)),
        Column("批复文号", "approval_number", text(60)),
    ),
)

CANDIDACIES = Sheet(
    name="选举得票",
    records=services.CANDIDACIES,
    synonyms=("得票情况", "计票结果"),
    rids=("R01", "R119"),
    help="每位候选人一行；另选他人的写“是”。",
    columns=(
        UID,
        Column("选举名称", "election", ref("elections.Election"), required=True, examples=("第五届工会委员会选举", "")),
        Column("姓名", "person", ref("members.Person"), required=True, synonyms=("候选人",), examples=("张伟", "")),
        Column("赞成", "votes_for", whole(), required=True, synonyms=("得票",), examples=(49, "")),
        Column("不赞成", "votes_against", whole(), default=0, examples=(1, "")),
        Column("弃权", "abstained", whole(), default=0, examples=(0, "")),
        Column("当选", "elected", yesno(), default=False, examples=("是", "")),
        Column("另选", "write_in", yesno(), default=False, synonyms=("另选他人",), examples=("否", "")),
    ),
)

SHEETS = (DELEGATES, ELECTIONS, CANDIDACIES)
