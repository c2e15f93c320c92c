"""Sheets 会员, 以前会籍, 以前岗位, 新进人员, 任职, 工时记录."""

from __future__ import annotations

from zhijia.core.sheets.declare import Column, Sheet
from zhijia.core.sheets.kinds import choice, date_, name, phone, ref, resident_id, text, yesno
from zhijia.members import services
from zhijia.members.change_sheets import ADMISSIONS, CHANGES
from zhijia.members.models import Person
from zhijia.members.past_sheets import EARLIER, PLACEMENTS
from zhijia.members.person_filters import FILTERS
from zhijia.members.post_sheets import POSTS, TIMES
from zhijia.unions.sheets import UID

PERSONS = Sheet(
    name="会员",
    reveal="members.secret",
    led="members.led",
    group_path="group",
    pages=(("调整小组、处室", "members:move_many", "members.edit"),),
    filters=FILTERS,
    show=("name", "sex", "group", "department", "job", "admitted_on", "phone"),
    records=services.PERSONS,
    parts=(("身份", "name"), ("岗位", "staff_no"), ("会籍", "hired_on")),
    synonyms=("会员名册", "会员花名册", "人员", "职工名册"),
    rids=("R06", "R68", "R120"),
    help="会员，以及退休干部等工会要走访、慰问的人（后者不填入会日期）。",
    columns=(
        UID,
        Column(
            "姓名",
            "name",
            name(),
            required=True,
            synonyms=("名字", "会员姓名", "职工姓名"),
            examples=("张伟", "李秀英"),
        ),
        Column("性别", "sex", choice(Person.Sex), help="填了身份证号可以不填", examples=("男", "女")),
        Column("出生日期", "birth_on", date_(), synonyms=("出生年月日", "生日"), examples=("1980-05-06", "")),
        Column(
            "身份证号",
            "id_number",
            resident_id(),
            synonyms=("身份证", "身份证号码", "公民身份号码"),
            help="加密保存；请把这一列设为文本",
        ),
        Column("手机", "phone", phone(), synonyms=("手机号", "电话", "联系电话", "手机号码"), help="加密保存"),
        Column("工号", "staff_no", text(30), synonyms=("职工号", "人员编号"), examples=("0001", "0002")),
        Column("民族", "ethnicity", text(20), examples=("汉族", "汉族")),
        Column("政治面貌", "politics", choice(Person.Politics), examples=("中共党员", "群众")),
        Column("学历", "education", text(20), examples=("大学本科", "研究生")),
        Column(
            "处室", "department", text(60), synonyms=("部门", "所在部门", "所在处室"), examples=("办公室", "计财处")
        ),
        Column("职务", "job", text(60), examples=("主任科员", "")),
        Column("处级以上领导", "leader", yesno(), default=False, synonyms=("领导干部",), examples=("否", "否")),
        Column(
            "工会小组",
            "group",
            ref("unions.Group"),
            synonyms=("小组", "所在小组"),
            examples=("办公室小组", "计财处小组"),
        ),
        Column("到单位日期", "hired_on", date_(), synonyms=("参加工作日期", "入职日期")),
        Column("申请入会日期", "applied_on", date_()),
        Column(
            "入会日期",
            "admitted_on",
            date_(),
            synonyms=("入会时间", "加入工会日期"),
            help="委员会批准之日",
            examples=("2010-07-01", "2012-09-01"),
        ),
        Column("保留会籍日期", "retained_on", date_(), synonyms=("退休日期",), help="退休后保留会籍之日"),
        Column("离会日期", "left_on", date_(), synonyms=("调出日期", "退会日期")),
        Column("离会原因", "leaving", choice(Person.Leaving), help="调出、退会、自动退会、开除会籍、去世"),
    ),
)

NEWCOMERS = Sheet(
    name="新进人员",
    records=services.NEWCOMERS,
    synonyms=("新进人员名单", "新录用人员", "新调入人员"),
    rids=("R120",),
    help="人事部门给的名单，不由工会填写：用来核对新进人员是否都及时入会。",
    columns=(
        UID,
        Column("姓名", "name", name(), required=True, examples=("王小明", "陈静")),
        Column("工号", "staff_no", text(30), examples=("0301", "")),
        Column("处室", "department", text(60), synonyms=("部门",), examples=("城建处", "办公室")),
        Column(
            "到岗日期",
            "arrived_on",
            date_(),
            required=True,
            synonyms=("报到日期", "到单位日期", "入职日期"),
            examples=("2024-08-01", "2025-07-15"),
        ),
    ),
)

SHEETS = (PERSONS, EARLIER, PLACEMENTS, NEWCOMERS, ADMISSIONS, CHANGES, POSTS, TIMES)
