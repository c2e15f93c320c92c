"""The books read back: trial balance of a period, and a plain-text journal that hledger checks.

Accounts are those of the 2021 chart in every year, so that balances run on across 2022-01-01.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, Sum

from zhijia.core.money import yuan_plain
from zhijia.funds import charts
from zhijia.funds.models import LedgerLine

ROOTS = {
    charts.MONEY: "资产",
    charts.ASSET: "资产",
    charts.LIABILITY: "负债",
    charts.NET: "净资产",
    charts.INCOME: "收入",
    charts.EXPENSE: "支出",
}
DIFFERENCE = "净资产:期初差额"
_UNSAFE = re.compile(r"[\s;|]+")


@dataclass(frozen=True, slots=True)
class Balance:
    """One account of a trial balance, in fen; `opening_fen` and `closing_fen` are debits less credits."""

    detail: str
    name: str
    opening_fen: int
    debit_fen: int
    credit_fen: int

    @property
    def closing_fen(self) -> int:
        """Debits less credits at the end."""
        return self.opening_fen + self.debit_fen - self.credit_fen


def account_name(detail: str) -> str:
    """The account as a path: 支出:职工活动支出:文体活动支出."""
    return ":".join((ROOTS[charts.side_of(detail)], *charts.full_name(detail)))


def trial_balance(union: int, first: date, end: date) -> list[Balance]:
    """All accounts with movements or balances from `first` to `end` (excluded), by code.

    Opening balances count as opening, whatever their day.
    """
    before = Q(on__lt=first) | Q(opening=True)
    rows = (
        LedgerLine.objects.in_union(union)
        .filter(on__lt=end)
        .exclude(detail="")
        .order_by("detail")
        .values("detail")
        .annotate(
            opened_debit=Sum("debit_fen", filter=before, default=0),
            opened_credit=Sum("credit_fen", filter=before, default=0),
            debit=Sum("debit_fen", filter=~before, default=0),
            credit=Sum("credit_fen", filter=~before, default=0),
        )
    )
    return [
        Balance(
            row["detail"],
            account_name(row["detail"]),
            int(row["opened_debit"] - row["opened_credit"]),
            int(row["debit"]),
            int(row["credit"]),
        )
        for row in rows
    ]


def journal(union: int, first: date, end: date) -> str:
    """The books from `first` to `end` (excluded) as a journal for hledger; what stood before opens it.

    Openings that do not balance are made to by 净资产:期初差额, so that every transaction balances.
    """
    lines = [f"account {account_name(code)}" for code in charts.DETAIL_LABELS] + [f"account {DIFFERENCE}", ""]
    opened = {row.detail: row.opening_fen for row in trial_balance(union, first, end) if row.opening_fen}
    if opened:
        lines.append(f"{first.isoformat()} (0) 期初余额")
        lines += [_posting(account_name(detail), fen) for detail, fen in opened.items()]
        if off := sum(opened.values()):
            lines.append(_posting(DIFFERENCE, -off))
        lines.append("")
    for (on, voucher), postings in _vouchers(union, first, end).items():
        memo = _UNSAFE.sub(" ", postings[0]["memo"]).strip()
        lines.append(f"{on.isoformat()} ({_UNSAFE.sub(' ', voucher)}) {memo}".rstrip())
        lines += [_posting(account_name(row["detail"]), row["debit_fen"] - row["credit_fen"]) for row in postings]
        lines.append("")
    return "\n".join(lines)


def _vouchers(union: int, first: date, end: date) -> dict[tuple[date, str], list[dict[str, Any]]]:
    rows = LedgerLine.objects.in_union(union).filter(on__gte=first, on__lt=end, opening=False).exclude(detail="")
    found: dict[tuple[date, str], list[dict[str, Any]]] = defaultdict(list)
    fields = ("on", "voucher", "memo", "detail", "debit_fen", "credit_fen")
    for row in rows.order_by("on", "number", "word", "line").values(*fields):
        found[row["on"], row["voucher"]].append(dict(row))
    return found


def _posting(account: str, fen: int) -> str:
    return f"    {account}  {yuan_plain(fen)} CNY"
