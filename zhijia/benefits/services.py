"""Changes to welfare issues, lists of the entitled, housing cases, health checks and leave."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Any

from zhijia.benefits import rules
from zhijia.benefits.models import Entitlement, HealthBatch, HousingCase, Issue
from zhijia.core import records
from zhijia.core.frame import Frame
from zhijia.core.lookup import Lookup
from zhijia.core.loose_names import names_kept
from zhijia.core.names import normalise_name
from zhijia.core.outcomes import WARN, Violation
from zhijia.core.records import Records
from zhijia.core.row_checks import nobody_problems, order_problems


def _derive_issue(frame: Frame, _lookup: Lookup) -> dict[str, list[Any]]:
    """The total where it was left blank: the value of one times the heads."""
    if "unit_fen" not in frame.columns or "heads" not in frame.columns:
        return {}
    rows = frame.zip("unit_fen", "heads", "amount_fen")
    return {
        "amount_fen": [
            unit * heads if total is None and unit is not None and heads is not None else total
            for unit, heads, total in rows
        ]
    }


def _issue_problems(frame: Frame, _lookup: Lookup) -> Iterable[Violation]:
    for index, (unit, heads, total) in enumerate(frame.zip("unit_fen", "heads", "amount_fen")):
        problem = rules.total_problem(unit, heads, total)
        if problem:
            place = frame.place(index, "amount_fen")
            yield Violation("total", problem, place=place, mend="请核对单价、人数和总金额", level=WARN)
    for index, (kind, festival) in enumerate(frame.zip("kind", "festival")):
        if kind == Issue.Kind.FESTIVAL and not festival:
            yield Violation(
                "festival", "节日慰问要写明节日", place=frame.place(index, "festival"), mend="填写春节、中秋等"
            )
    for index, (cut_off_on, issued_on) in enumerate(frame.zip("cut_off_on", "issued_on")):
        if cut_off_on and issued_on and cut_off_on > issued_on:
            place = frame.place(index, "cut_off_on")
            yield Violation(
                "order", "统计截止日晚于发放日期", place=place, value=str(cut_off_on), mend="请核对日期", level=WARN
            )


def _derive_person(frame: Frame, lookup: Lookup) -> dict[str, list[Any]]:
    """The name as the register has it; of persons outside the register the name as written."""
    kept = names_kept(frame, lookup, person_name=("person", "members.Person"))
    return {text: [normalise_name(name) for name in names] for text, names in kept.items()}


def _person_problems(frame: Frame, _lookup: Lookup) -> Iterable[Violation]:
    return nobody_problems(frame)


def _derive_case(frame: Frame, lookup: Lookup) -> dict[str, list[Any]]:
    """Names of the person and of the notice as they are registered."""
    notices = names_kept(frame, lookup, notice_name=("notice", "notices.Notice", "title"))
    return _derive_person(frame, lookup) | notices


def _case_problems(frame: Frame, _lookup: Lookup) -> Iterable[Violation]:
    yield from nobody_problems(frame)
    yield from order_problems(frame, "applied_on", "checked_on", "审核日期早于申请日期")
    yield from order_problems(frame, "applied_on", "solved_on", "解决日期早于申请日期")


def _derive_batch(frame: Frame, _lookup: Lookup) -> dict[str, list[Any]]:
    """The year of the date where no year was given."""
    years = frame.get("year")
    days: list[date | None] = frame.get("held_on")
    if "year" not in frame.columns and "held_on" not in frame.columns:
        return {}
    return {"year": [year if year is not None else day and day.year for year, day in zip(years, days, strict=True)]}


def _batch_problems(frame: Frame, _lookup: Lookup) -> Iterable[Violation]:
    names = ("kind", "year", "held_on", "invited", "attended")
    for index, (kind, year, held_on, invited, attended) in enumerate(frame.zip(*names)):
        if kind != HealthBatch.Kind.ANNUAL_LEAVE and held_on is None:
            yield Violation(
                "required", "体检要填写日期", place=frame.place(index, "held_on"), mend="填写体检开始的日期"
            )
        elif year is None:
            yield Violation("required", "缺少年度", place=frame.place(index, "year"), mend="填写年度或日期")
        if invited is not None and attended is not None and attended > invited:
            place = frame.place(index, "attended")
            yield Violation(
                "attended", "实到人数多于应到人数", place=place, value=str(attended), mend="临时参加的也计入应到人数"
            )


ISSUES = Records(
    Issue,
    key=("kind", "festival", "item", "issued_on"),
    check=_issue_problems,
    derive=_derive_issue,
)
ENTITLEMENTS = Records(
    Entitlement,
    key=("person", "person_name", "matter", "listed_on"),
    check=_person_problems,
    derive=_derive_person,
)
HOUSING = Records(
    HousingCase,
    key=("person", "person_name", "kind", "applied_on"),
    check=_case_problems,
    derive=_derive_case,
)
HEALTH = Records(
    HealthBatch,
    key=("kind", "year", "held_on", "clinic"),
    check=_batch_problems,
    derive=_derive_batch,
)

save_issues = partial(records.save, ISSUES)
save_entitlements = partial(records.save, ENTITLEMENTS)
save_housing = partial(records.save, HOUSING)
save_health = partial(records.save, HEALTH)
