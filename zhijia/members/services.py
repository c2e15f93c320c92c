"""Changes to persons, newcomers and posts; whole ledgers at once, a form as a ledger of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Q

from zhijia.core import records, secrets
from zhijia.core.access import Access
from zhijia.core.conditions import holds
from zhijia.core.frame import Frame
from zhijia.core.identity import birth_and_sex, mask_id
from zhijia.core.lookup import Lookup
from zhijia.core.names import pinyin_key
from zhijia.core.outcomes import REFUSE, WARN, Refused, Violation
from zhijia.core.records import Records
from zhijia.core.uid import uuid7
from zhijia.members import own_columns, post_records, rules
from zhijia.members.models import Newcomer, Person, Post

LEADERS = post_records.LEADERS
DEEMED = frozenset(rules.MOVES[move].leaving for move in rules.PROPOSED)
OFFICES: dict[str, str] = {str(code): str(label) for code, label in Post.Office.choices}


def _derive_person(frame: Frame, _lookup: Lookup) -> dict[str, list[Any]]:
    """Sort key, blind index, tails; birth date and sex from the ID number where they were left blank."""
    names = frame.get("name")
    spelt = {name: pinyin_key(name) if name else "" for name in set(names)}
    derived: dict[str, list[Any]] = {"pinyin": [spelt[name] for name in names]}
    if "id_number" in frame.columns:
        numbers = frame.columns["id_number"]
        derived["id_index"] = secrets.blind_index_many(numbers, purpose="resident_id")
        derived["id_tail"] = [number[-4:] if number else "" for number in numbers]
        given = zip(numbers, frame.get("birth_on"), frame.get("sex"), strict=True)
        known = [birth_and_sex(number) if number and not (born and sex) else (born, sex) for number, born, sex in given]
        derived["birth_on"] = [born or read for born, (read, _sex) in zip(frame.get("birth_on"), known, strict=True)]
        derived["sex"] = [sex or read for sex, (_born, read) in zip(frame.get("sex"), known, strict=True)]
    if "phone" in frame.columns:
        derived["phone_index"] = secrets.blind_index_many(frame.columns["phone"], purpose="phone")
        derived["phone_tail"] = [phone[-4:] if phone else "" for phone in frame.columns["phone"]]
    return derived


def _person_problems(frame: Frame, lookup: Lookup) -> Iterable[Violation]:
    yield from _undecided(frame, lookup)
    rows = frame.zip("hired_on", "admitted_on", "retained_on", "left_on")
    for index, (hired_on, admitted_on, retained_on, left_on) in enumerate(rows):
        if left_on is None and retained_on is None:
            continue
        problem = rules.standing_problem(
            hired_on=hired_on, admitted_on=admitted_on, retained_on=retained_on, left_on=left_on
        )
        if problem:
            name, message = problem
            yield Violation("standing", message, "会籍管理办法", frame.place(index, name), mend="请核对入会、离会日期")
    for index, (sex, number, birth_on) in enumerate(frame.zip("sex", "id_number", "birth_on")):
        if not sex:
            yield Violation("required", "缺少性别", place=frame.place(index, "sex"), mend="填写性别或身份证号")
        if number:
            born, meant = birth_and_sex(number)
            if sex and sex != meant:
                yield Violation(
                    "sex", "性别与身份证号不符", "GB 11643", frame.place(index, "sex"), mend="请核对身份证号"
                )
            if birth_on and birth_on != born:
                yield Violation(
                    "birth", "出生日期与身份证号不符", "GB 11643", frame.place(index, "birth_on"), mend="请核对"
                )
    yield from _same_id(frame)
    yield from _ahead(frame, lookup)


def _undecided(frame: Frame, lookup: Lookup) -> Iterable[Violation]:
    """Nobody is deemed withdrawn by writing it into the record: a file tells of the past, and is only told so."""
    asked = [index for index, leaving in enumerate(frame.get("leaving")) if leaving in DEEMED]
    if not asked:
        return
    union = lookup.union or 0
    rows = Person.objects.in_union(union).filter(leaving__in=DEEMED)
    known = set(rows.values_list("uid", flat=True)) | set(rows.exclude(staff_no="").values_list("staff_no", flat=True))
    for index in asked:
        if not known & {frame.get("uid")[index], frame.get("staff_no")[index]} - {None, ""}:
            level = WARN if frame.sheet else REFUSE
            mend = "在“自动退会提议”里先记下谈话，再写委员会的决定；以前的旧账用“会员”表导入"
            place, source = frame.place(index, "leaving"), rules.MOVES["deem"].source
            message = "自动退会要先谈话，再由委员会决定"
            yield Violation("proposed", message, source, place, "", mend, level)


def _ahead(frame: Frame, lookup: Lookup) -> Iterable[Violation]:
    """Nobody is born after today; other days ahead may be planned, so they only warn."""
    given = frame.columns.get("id_number") or [None] * len(frame)
    for index, (birth_on, number) in enumerate(zip(frame.get("birth_on"), given, strict=True)):
        if birth_on and birth_on > lookup.today:
            place = frame.place(index, "id_number" if number else "birth_on")
            value = mask_id(number) if number else str(birth_on)
            yield Violation("born", "出生日期在今天以后", place=place, value=value, mend="请核对出生日期或身份证号")
    for name, label in (("hired_on", "到单位"), ("admitted_on", "入会"), ("retained_on", "保留会籍")):
        for index, day in enumerate(frame.get(name)):
            if day and day > lookup.today:
                place = frame.place(index, name)
                message = f"{label}日期在今天以后"
                yield Violation("ahead", message, place=place, value=str(day), mend="请核对年份", level=WARN)


def _same_id(frame: Frame) -> Iterable[Violation]:
    numbers = frame.get("id_number")
    repeated = {number for number, count in Counter(numbers).items() if number and count > 1}
    if repeated:
        for index, number in enumerate(numbers):
            if number in repeated:
                message = "同一个身份证号出现了不止一次"
                yield Violation("same_id", message, place=frame.place(index, "id_number"), mend="请核对是否重复登记")


def _derive_newcomer(frame: Frame, lookup: Lookup) -> dict[str, list[Any]]:
    """Link newcomers to the register: by staff number, as they were linked, or by a name that only they can mean."""
    linked = _linked(lookup)
    rows = list(zip(*(frame.get(name) for name in ("person", "uid", "name", "arrived_on", "staff_no")), strict=True))
    found: list[int | None] = []
    named: dict[int, int] = {}
    for index, (person, uid, name, arrived_on, staff_no) in enumerate(rows):
        tokens = lookup.find(PERSONS, staff_no) if staff_no else []
        before = linked.get(uid) or linked.get((name, arrived_on, staff_no or ""))
        found.append(person if person is not None else tokens[0] if len(tokens) == 1 else before)
        if found[-1] is None and name:
            tokens = lookup.find(PERSONS, name)
            named |= {index: tokens[0]} if len(tokens) == 1 else {}
    known = zip(*(lookup.follow(list(named.values()), "members.Person", name) for name in _CAME), strict=True)
    for (index, token), (number, hired_on, admitted_on) in zip(named.items(), known, strict=True):
        *_who, arrived_on, staff_no = rows[index]
        if not (number and staff_no) and rules.came(arrived_on, hired_on=hired_on, admitted_on=admitted_on):
            found[index] = token
    return {"person": found}


_CAME = ("staff_no", "hired_on", "admitted_on")


def _linked(lookup: Lookup) -> dict[Any, int]:
    """The persons of the newcomers on record, by 编号 and by the natural key: saving a row again unlinks nobody."""
    if lookup.union is None:
        return {}
    rows = Newcomer.objects.in_union(lookup.union).filter(person__withdrawn_on=None, person__isnull=False)
    found: dict[Any, int] = {}
    for person, uid, *key in rows.values_list("person_id", "uid", "name", "arrived_on", "staff_no"):
        found |= {uid: person, tuple(key): person}
    return found


PERSONS = Records(
    Person,
    key=("name", "staff_no", "birth_on"),
    identities=(("id_index",), ("staff_no",)),
    ties=("department", "group"),
    handles=(("staff_no",), ("name",), ("name", "group.name"), ("name", "department"), ("name", "staff_no")),
    check=_person_problems,
    derive=_derive_person,
    beside=own_columns.BESIDE,
)
# Whoever has not joined yet has no key of their own that would cover the name in the audit chain.
NEWCOMERS = Records(
    Newcomer, key=("name", "arrived_on", "staff_no"), derive=_derive_newcomer, private=frozenset({"name", "staff_no"})
)

save_persons = partial(records.save, PERSONS)
save_newcomers = partial(records.save, NEWCOMERS)
POSTS, save_posts = post_records.POSTS, post_records.save_posts


def save_part(
    person: Person, changed: Mapping[str, Any], *, version: int | None = None, by: Access, today: date
) -> bool:
    """Change some fields of somebody on record; whether that changed anything. With what the checks need beside them.

    Refused as `save_persons` refuses, and where the record is not that `version` any more.
    """
    row = {"uid": person.uid, "name": person.name, "sex": person.sex, "birth_on": person.birth_on, **changed}
    before = person.version
    save_persons([row if version is None else row | {"version": version}], union=person.union_id, by=by, today=today)
    person.refresh_from_db(fields=["version"])
    return bool(person.version != before)


def save_new(row: Mapping[str, Any], *, union: int, known: Violation, by: Access, today: date) -> Person:
    """Enter somebody who is nobody of the register yet, inside the caller's transaction under `audit.lock`.

    Refused as `save_persons` refuses, and with `known` where the row would change somebody's that is there.
    """
    try:  # with a 编号 of its own the row can not be taken for another
        pk = save_persons([{**row, "uid": uuid7()}], union=union, by=by, today=today)[0]
    except Refused as refused:
        if {one.code for one in refused.violations} == {"twice"}:
            raise Refused([known]) from None
        raise
    person: Person = Person.objects.get(pk=pk)
    return person


@dataclass(frozen=True, slots=True)
class Standing:
    """Who a login stands for on a day: the person, its union, the offices held and the groups led."""

    person: int
    name: str
    union: int
    union_name: str
    union_path: str
    offices: frozenset[str]
    groups: frozenset[int]
    member: bool
    visiting: date | None = None  # the first day after a visit; a visit that is over keeps its day


VISITOR = Post.Office.VISITOR


def standing(user: int, on: date) -> Standing | None:
    """The person behind a login with the posts in force on the day; None for a login without a person."""
    person = Person.objects.filter(user_id=user, withdrawn_on=None).select_related("union").first()
    if person is None:
        return None
    # Visits count even where they were withdrawn: whoever was let in once is no applicant afterwards.
    wanted = (holds(on) & Q(withdrawn_on=None)) | Q(office=VISITOR)
    mine = Post.objects.filter(wanted, union_id=person.union_id, person=person)
    posts = list(mine.order_by("end", "pk").values_list("office", "group_id", "first", "end", "withdrawn_on"))
    held = [row[:2] for row in posts if row[4] is None and row[2] <= on and (row[3] is None or row[3] > on)]
    visits = [end for office, _group, _first, end, _withdrawn in posts if office == VISITOR]
    return Standing(
        person=person.pk,
        name=person.name,
        union=person.union_id,
        union_name=person.union.name,
        union_path=person.union.path,
        offices=frozenset(office for office, _group in held),
        groups=frozenset(group for office, group in held if office in LEADERS and group is not None),
        member=person.dates.full_on(on),
        visiting=visits[-1] if visits else None,
    )


def holders(union: int, on: date) -> list[tuple[str, int]]:
    """Offices in force on the day with the persons who hold them, longest in office first."""
    posts = Post.objects.in_union(union).filter(holds(on)).order_by("first", "pk")
    return list(posts.values_list("office", "person_id"))


def link_login(person: int, user: int) -> None:
    """Let a login stand for a person; refused where either is already linked."""
    if not Person.objects.filter(pk=person, user=None).update(user_id=user):
        raise Refused([Violation("linked", "这个人已经有登录名", mend="请在原来的登录名上重设口令")])
