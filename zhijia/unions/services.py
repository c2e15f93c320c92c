"""Changes to the union, its outside bodies, terms and groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from django.db import transaction

from zhijia.core import audit, records
from zhijia.core.access import Access
from zhijia.core.frame import Frame
from zhijia.core.identity import uscc_problem
from zhijia.core.lookup import Lookup
from zhijia.core.outcomes import Refused, Violation
from zhijia.core.records import Records
from zhijia.core.row_checks import period_problems
from zhijia.unions import naming, rules
from zhijia.unions.models import Group, GroupSuccession, OutsideBody, Term, Union


def _union_problems(frame: Frame, _lookup: Lookup) -> Iterable[Violation]:
    for index, (uscc,) in enumerate(frame.zip("uscc")):
        problem = uscc_problem(uscc) if uscc else None
        if problem:
            yield Violation(
                "uscc", problem, "GB 32100-2015", frame.place(index, "uscc"), uscc, "请核对工会法人资格证书"
            )


def _term_problems(frame: Frame, lookup: Lookup) -> Iterable[Violation]:
    stored = [row for row in lookup.every("unions.Term", "number", "first", "end") if None not in row]
    spans = [(number, first, end, -1) for _token, number, first, end in stored]
    for index, (number, first, end) in enumerate(frame.zip("number", "first", "end")):
        if not first or not end:
            continue
        if end <= first:
            yield Violation(
                "period", "届满日期早于开始日期", place=frame.place(index, "end"), value=str(end), mend="请改正日期"
            )
            continue
        for other, other_first, other_end, _row in spans:
            if other != number and first < other_end and other_first < end:
                message = f"与第{other}届的任期重叠"
                mend = "上一届的届满日期应是下一届开始的前一天"
                yield Violation("overlap", message, place=frame.place(index, "first"), value=str(first), mend=mend)
        spans.append((number, first, end, index))


def _body_problems(frame: Frame, _lookup: Lookup) -> Iterable[Violation]:
    return period_problems(frame)


def _succession_problems(frame: Frame, _lookup: Lookup) -> Iterable[Violation]:
    for index, (before, after) in enumerate(frame.zip("before", "after")):
        if before is not None and before == after:
            place = frame.place(index, "after")
            yield Violation("itself", "小组不能变成它自己", place=place, mend="写改革以后的小组；名字没有变的不用登记")


def _place_in_tree(pks: Iterable[int]) -> None:
    """A new union stands alone: its path is itself, until it is put below another one."""
    for pk in pks:
        Union.objects.filter(pk=pk).update(path=f"/{pk}/")


UNIONS = Records(
    Union,
    key=("code",),
    handles=(("code",), ("name",)),
    check=_union_problems,
    tenant="",
    stored=_place_in_tree,
)
BODIES = Records(
    OutsideBody, key=("name", "role"), handles=(("name",), ("short_name",), ("name", "role")), check=_body_problems
)
TERMS = Records(Term, key=("number",), handles=(("number",),), check=_term_problems)
LIFE = ("first", "end")
GROUPS = Records(
    Group, key=("name",), ties=LIFE, handles=(("name",), ("department",)), check=_body_problems, lives=LIFE
)
SUCCESSIONS = Records(GroupSuccession, key=("before", "after"), check=_succession_problems)

names = naming.names

save_bodies = partial(records.save, BODIES)
save_terms = partial(records.save, TERMS)
save_groups = partial(records.save, GROUPS)
save_successions = partial(records.save, SUCCESSIONS)


@transaction.atomic
def found(row: Mapping[str, Any], *, by: Access, today: date) -> Union:
    """Set up a union from its own fields and begin its audit chain. A code already in use is refused."""
    frame = Frame.of([row])
    if Union.objects.filter(code=row["code"]).exists():
        raise Refused([Violation("twice", f"工会代码“{row['code']}”已经在用", mend="请换一个代码")])
    problems = list(_union_problems(frame, Lookup(None, today)))
    if problems:
        raise Refused(problems)
    union = Union.objects.create(**row)
    _place_in_tree([union.pk])
    union.refresh_from_db(fields=["path"])
    audit.record(union=union.pk, by=by, verb="unions.union.founded", subject=union, changes={"code": union.code})
    return union


@transaction.atomic
def start_term(row: Mapping[str, Any], *, union: int, by: Access, today: date) -> int:
    """Record a term of office and return its pk. Overlapping terms and a second term of the number are refused."""
    audit.lock(union)
    if Term.objects.in_union(union).filter(number=row["number"]).exists():
        raise Refused([Violation("twice", f"第{row['number']}届已经登记")])
    return records.save(TERMS, [row], union=union, by=by, today=today)[0]


def default_union(codes: Sequence[str] = ()) -> Union | None:
    """The union that commands work on when none is named: the first one made, or the one with the code given."""
    if codes:
        return Union.objects.filter(code__in=codes).first()
    return Union.objects.order_by("pk").first()


def taken_over(union: int, groups: Iterable[int]) -> frozenset[int]:
    """The groups with those that they took over as a whole by renaming or merging: their records go on with them."""
    own = frozenset(groups)
    if not own:
        return own
    rows = GroupSuccession.objects.in_union(union).values_list("before_id", "after_id", "kind")
    return rules.taken_over(own, rows)


def going_on(union: int, groups: Iterable[int]) -> list[str]:
    """The names of those of the groups that have no end, in the order of the union's groups."""
    rows = Group.objects.in_union(union).filter(pk__in=groups, end=None).order_by("rank", "name")
    return list(rows.values_list("name", flat=True))
