"""Rules about union money. Pure. Sources: 工会法 art. 43; 总工办发〔2017〕32号; 工会会计制度."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

CONTRIBUTION_PERCENT = 2  # 工会法 art. 43: of the payroll of all staff
ADJUSTMENTS_A_YEAR = 1
# 总工办发〔2017〕32号: the statutory festivals for which goods may be given to all members
FESTIVALS_FROM = date(2017, 12, 15)
STATUTORY_FESTIVALS = frozenset(("new_year", "spring", "qingming", "labour", "dragon_boat", "mid_autumn", "national"))
GOODS, CASH, TRANSFER, PICKUP, VALUE, CARD = "goods", "cash", "transfer", "pickup", "value_voucher", "shopping_card"
# Items that are given as goods, never as money. 总工办发〔2017〕32号; 皖工发〔2025〕18号.
GOODS_ONLY = frozenset(("festival_gift", "birthday", "retirement", "souvenir"))


def practice_of(item: str, form: str) -> str:
    """The practice that a way of payment amounts to, as standards name it; empty where nothing speaks against it."""
    if item == "book_coupon":
        return "book_coupon"
    if form in (VALUE, CARD):
        return form
    return "cash_for_goods" if item in GOODS_ONLY and form in (CASH, TRANSFER) else ""


def monthly_dues(base_fen: int) -> int:
    """Dues of a month in fen: 0.5 % of the wage base without its part below a full ten yuan (R-DUE-01).

    >>> monthly_dues(523800)
    2615
    """
    return base_fen // 1000 * 5


def dues_band(base_fen: int, heads: int) -> tuple[int, int]:
    """The least and the most that `heads` persons with the wage bases' sum `base_fen` may owe together (both included).

    Each person's part below ten yuan is dropped, so the sum over persons lies in this band.
    """
    return max(0, -(-(base_fen - heads * 999) * 5 // 1000)), base_fen * 5 // 1000


def contribution(payroll_fen: int) -> int:
    """What the organ owes on a payroll: 2 %, half up, in fen (R-FUN-01)."""
    return (payroll_fen * CONTRIBUTION_PERCENT + 50) // 100


class VoucherLine(NamedTuple):
    """What the balance of a voucher is judged by."""

    row: int
    on: date | None
    side: str
    account: str
    debit_fen: int
    credit_fen: int


def is_closing(lines: Sequence[VoucherLine], surplus: Iterable[str]) -> bool:
    """True for a voucher that only carries income or expenses over to the surplus (期末结转)."""
    sides = {line.side for line in lines}
    gathers = any(line.account in set(surplus) for line in lines)
    return gathers and bool(sides & {"income", "expense"}) and sides <= {"income", "expense", "net"}


def difference(lines: Iterable[VoucherLine]) -> int:
    """Debits less credits in fen; nought for a voucher that balances."""
    return sum(line.debit_fen - line.credit_fen for line in lines)


def missing_numbers(by_month: Mapping[int, Iterable[int]]) -> dict[int, list[int]]:
    """Voucher numbers of one year that are left out, by month (at most 50 each).

    Numbers begin at 1 each month, or run on from the month before where the union numbers through the year.
    """
    found: dict[int, list[int]] = {}
    last = 0
    for month in sorted(by_month):
        numbers = sorted(set(by_month[month]))
        runs_on = numbers[0] > 1 and numbers[0] == last + 1
        start = numbers[0] if runs_on else 1
        gaps = sorted(set(range(start, min(numbers[-1], start + 10_000))) - set(numbers))
        if gaps:
            found[month] = gaps[:50]
        last = numbers[-1]
    return found


class Overspent(NamedTuple):
    """An expense line of one year above its adjusted budget; `budget_fen` None where there is no line at all."""

    code: str
    budget_fen: int | None
    actual_fen: int


def overspent(budget: Mapping[str, int], actual: Mapping[str, int]) -> list[Overspent]:
    """Lines over the adjusted budget (R-FUN-02). Codes are of 2021; `actual` is by the finest standard code.

    What a detail's own line does not cover counts on the line of its first level; expenses without any line are named.
    """
    spent: dict[str, int] = dict.fromkeys(budget, 0)
    loose: dict[str, int] = {}
    for code, fen in actual.items():
        line = code if code in budget else code[:3]
        if line in spent:
            spent[line] += fen
        else:
            loose[code] = loose.get(code, 0) + fen
    found = [Overspent(code, fen, spent[code]) for code, fen in budget.items() if spent[code] > fen]
    found += [Overspent(code, None, fen) for code, fen in loose.items() if fen > 0]
    return sorted(found)


def effective(year: int, signed: Sequence[date | None], decided_on: date | None) -> tuple[bool, date | None]:
    """(signed by all, the day from which a budget counts): last signature or decision, not before the year."""
    days = [day for day in signed if day]
    joint = bool(signed) and len(days) == len(signed)
    day = max(days) if joint else decided_on or (max(days) if days else None)
    return joint, max(day, date(year, 1, 1)) if day else None
