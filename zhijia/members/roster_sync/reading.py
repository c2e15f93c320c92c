"""The personnel office's list as it is read: its columns under a union's own headings, and its rows as values."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from zhijia.core import secrets
from zhijia.core.identity import birth_and_sex
from zhijia.core.names import pinyin_key
from zhijia.core.outcomes import Violation
from zhijia.core.sheets import resolving
from zhijia.core.sheets.declare import Column, Sheet, Table
from zhijia.core.sheets.kinds import choice, date_, name, phone, resident_id, text
from zhijia.members import services
from zhijia.members.models import Person
from zhijia.members.roster_sync.lines import Row

ROSTER = Sheet(
    name="人事名册",
    records=services.PERSONS,
    synonyms=("花名册", "职工名册", "人员名册", "在职人员", "在编人员", "人员", "职工", "会员"),
    help="人事部门的在职人员名册。只有姓名一列必须有；身份证号和工号最能认准人。",
    columns=(
        Column("姓名", "name", name(), required=True, synonyms=("名字", "职工姓名", "人员姓名", "员工姓名")),
        Column("性别", "sex", choice(Person.Sex)),
        Column("出生日期", "birth_on", date_(), synonyms=("出生年月日", "生日", "出生年月")),
        Column("身份证号", "id_number", resident_id(), synonyms=("身份证", "身份证号码", "公民身份号码", "证件号码")),
        Column("手机", "phone", phone(), synonyms=("手机号", "电话", "联系电话", "手机号码", "联系方式")),
        Column("工号", "staff_no", text(30), synonyms=("职工号", "人员编号", "员工号", "人事编号")),
        Column("民族", "ethnicity", text(20)),
        Column("政治面貌", "politics", choice(Person.Politics, {"党员": "party", "预备党员": "probation"})),
        Column("学历", "education", text(20), synonyms=("最高学历", "文化程度")),
        Column("处室", "department", text(60), synonyms=("部门", "所在部门", "所在处室", "科室", "单位部门")),
        Column("职务", "job", text(60), synonyms=("岗位", "现任职务", "职务职级")),
        Column("到单位日期", "hired_on", date_(), synonyms=("入职日期", "到岗日期", "报到日期", "进单位时间")),
    ),
)


def rows_of(tables: Sequence[Table], today: date) -> tuple[list[Row], list[Violation]]:
    """The rows of the list, and cells that can not be read; a row with such a cell is told of, and read without it.

    Birth date and sex follow from the ID number where the list leaves them blank. A row without a name is no person.
    """
    problems: list[Violation] = []
    if not tables:
        return [], problems
    columns, frame = resolving.cells(tables, problems)
    count = len(frame)

    def column(field: str) -> list[Any]:
        return [value or "" for value in columns[field]] if field in columns else [""] * count

    names, numbers, phones = column("name"), column("id_number"), column("phone")
    spelt = {one: pinyin_key(one) if one else "" for one in set(names)}
    indexes = secrets.blind_index_many([one or None for one in numbers], purpose="resident_id")
    phone_indexes = secrets.blind_index_many([one or None for one in phones], purpose="phone")
    read = [birth_and_sex(number) if number else (None, "") for number in numbers]
    found = zip(
        frame.rows, names, [spelt[one] for one in names], column("staff_no"),
        [given or meant for given, (_born, meant) in zip(column("sex"), read, strict=True)],
        [given or born for given, (born, _sex) in zip(column("birth_on"), read, strict=True)],
        numbers, [one.hex() if one else "" for one in indexes], phones,
        [one.hex() if one else "" for one in phone_indexes],
        column("ethnicity"), column("politics"), column("education"), column("department"), column("job"),
        [value or None for value in column("hired_on")], strict=True,
    )  # fmt: skip
    rows = [Row(*one) for one in found if one[1]]
    return [_plausible(row, today) for row in rows], problems


def _plausible(row: Row, today: date) -> Row:
    """Without a birth date that lies ahead, which an import would refuse too."""
    return row._replace(birth_on=None) if row.birth_on and row.birth_on > today else row
