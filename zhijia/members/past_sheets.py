"""Sheets 以前会籍, 以前岗位: what was true of a person before."""

from __future__ import annotations

from zhijia.core.sheets.declare import Column, Sheet
from zhijia.core.sheets.inclusive import last_day
from zhijia.core.sheets.kinds import choice, date_, ref, text
from zhijia.members import past_records
from zhijia.members.models import Person
from zhijia.unions.sheets import UID

EARLIER = Sheet(
    name="以前会籍",
    records=past_records.EARLIER,
    synonyms=("历次会籍",),
    help="离会以后又回来的人，以前的那段会籍；现在的会籍写在“会员”表。",
    columns=(
        UID,
        Column("姓名", "person", ref("members.Person"), required=True, examples=("张伟", "李秀英")),
        Column("入会日期", "admitted_on", date_(), required=True, examples=("2008-07-01", "2010-09-01")),
        Column("保留会籍日期", "retained_on", date_()),
        Column(
            "离会日期",
            "left_on",
            date_(),
            required=True,
            help="不再是会员的第一天",
            examples=("2015-03-01", "2016-05-01"),
        ),
        Column("离会原因", "leaving", choice(Person.Leaving), examples=("调出", "调出")),
    ),
)

PLACEMENTS = Sheet(
    name="以前岗位",
    records=past_records.PLACEMENTS,
    synonyms=("岗位变动", "小组变动"),
    help="换过小组、处室、职务的人，以前在哪里；截止日期填最后一天。现在的写在“会员”表。",
    columns=(
        UID,
        Column("姓名", "person", ref("members.Person"), required=True, examples=("张伟", "李秀英")),
        Column(
            "工会小组",
            "group",
            ref("unions.Group"),
            synonyms=("小组",),
            examples=("办公室小组", "计财处小组"),
            day=("end", -1),
        ),
        Column("处室", "department", text(60), synonyms=("部门",), examples=("办公室", "计财处")),
        Column("职务", "job", text(60)),
        Column("起始日期", "first", date_(), help="不知道可以不填"),
        Column("截止日期", "end", last_day(), required=True, examples=("2022-06-30", "2023-08-31")),
        Column("原因", "reason", text(60), examples=("调整处室", "")),
    ),
)
