"""Budget lines on their way in: accounts, sums after adjustment, purposes, and the days on which the offices signed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from zhijia.core.frame import Frame
from zhijia.core.lookup import Lookup
from zhijia.core.outcomes import Violation
from zhijia.funds import charts, rules
from zhijia.funds.bookkeeping import account_problems, names_of
from zhijia.funds.models import BudgetLine
from zhijia.funds.naming import Meant

OFFICES = ("office_on", "finance_on", "personnel_on")
YEARLY = (*OFFICES, "decided_on", "reviewed_on", "submitted_on")
_WORDS = (
    (BudgetLine.Purpose.AID, ("困难", "帮扶")),
    (BudgetLine.Purpose.GROUPS, ("小组",)),
    (BudgetLine.Purpose.GOODS, ("实物", "节日慰问", "集体福利", "福利")),
)


def _purpose(given: str, detail: str, name: str) -> str:
    if given:
        return given
    if detail == charts.AID:
        return BudgetLine.Purpose.AID
    if charts.side_of(detail) != charts.EXPENSE if detail else True:
        return BudgetLine.Purpose.GENERAL
    return next(
        (purpose for purpose, words in _WORDS if any(word in name for word in words)), BudgetLine.Purpose.GENERAL
    )


def _days(frame: Frame) -> list[date | None]:
    return [date(year, 1, 1) if year else None for year in frame.get("year")]


def _filled(frame: Frame, name: str) -> list[date | None]:
    """The column with blanks filled by what another line of the same year says: unions write the days once a year."""
    known: dict[int, date] = {}
    for year, day in frame.zip("year", name):
        if day:
            known.setdefault(year, day)
    return [day or known.get(year) for year, day in frame.zip("year", name)]


def derive_budget(frame: Frame, lookup: Lookup) -> dict[str, list[Any]]:
    """Account and side, the budget after adjustment, purpose, and from when the budget counts."""
    names, days = names_of(lookup), _days(frame)
    columns: dict[str, list[Any]] = {
        key: [] for key in ("account_code", "account_name", "side", "account", "detail", "name", "purpose")
    }
    rows = frame.zip("account_code", "account_name", "name", "purpose")
    for day, (code, name, title, purpose) in zip(days, rows, strict=True):
        found = names.read(charts.chart_on(day) if day else charts.NEW, code or "", name or "")
        if isinstance(found, Meant):
            shown = (found.code, found.name, found.side, found.account, found.detail)
        else:
            shown = (code or "", name or "", "", "", "")
        for column, value in zip(
            columns.values(),
            (*shown, title or shown[1], _purpose(purpose or "", shown[4], title or shown[1])),
            strict=True,
        ):
            column.append(value)
    columns["adjustment_fen"], columns["revised_fen"] = _revised(frame)
    if any(name in frame.columns for name in YEARLY):
        columns.update({name: _filled(frame, name) for name in YEARLY})
        signed = zip(*(columns[name] for name in OFFICES), strict=True)
        found_days = [
            rules.effective(year, three, decided) if year else (False, None)
            for year, three, decided in zip(frame.get("year"), signed, columns["decided_on"], strict=True)
        ]
        columns["joint"] = [joint for joint, _day in found_days]
        columns["effective_on"] = [day for _joint, day in found_days]
    return columns


def _revised(frame: Frame) -> tuple[list[int], list[int]]:
    """Adjustment and budget after it; either is worked out from the other."""
    adjustments, revised = [], []
    for initial, adjustment, after in frame.zip("initial_fen", "adjustment_fen", "revised_fen"):
        before = initial or 0
        change = adjustment if adjustment else (after - before if after else 0)
        adjustments.append(change)
        revised.append(after if after else before + change)
    return adjustments, revised


def budget_problems(frame: Frame, lookup: Lookup) -> Iterable[Violation]:
    """Unknown accounts, accounts that are neither income nor expense, sums that do not add up."""
    yield from account_problems(frame, lookup, _days(frame))
    rows = frame.zip("side", "initial_fen", "adjustment_fen", "revised_fen")
    for index, (side, initial, change, after) in enumerate(rows):
        if side and side not in (charts.INCOME, charts.EXPENSE):
            message = "预算只列收入和支出科目"
            yield Violation(
                "budget_side", message, place=frame.place(index, "account_code"), mend="请改用4或5开头的科目"
            )
        if (initial or 0) + (change or 0) != (after or 0):
            message = "年初预算数加调整数不等于调整后预算数"
            yield Violation("budget_sum", message, place=frame.place(index, "revised_fen"), mend="请核对三个数")
