"""The demo's vouchers: collected by day, numbered by month, closed at each year's end."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from zhijia.core.demo import World
from zhijia.funds import charts
from zhijia.funds.demo_plan import BANK_FEE_YUAN, BEFORE_2022, BIRTHDAY_YUAN, EQUIPMENT, OFFICE_YUAN, YEAR_OF_EXPENSES

CASH, BANK, PAYABLE, FIXED, FIXED_FUND, SURPLUS = "101", "102", "221", "162", "301", "332"
YEAR_END = (12, 31)


class Draft(NamedTuple):
    """A voucher before it has a number: lines are (account of 2021, debit, credit) in fen."""

    on: date
    memo: str
    lines: tuple[tuple[str, int, int], ...]
    papers: int


@dataclass(slots=True)
class Book:
    """Vouchers of the whole term, of which those up to today are recorded; the rest shows what a budget must hold."""

    world: World
    scale: float
    drafts: list[Draft] = field(default_factory=list)

    def code(self, detail: str, on: date) -> str:
        """The account's code in the chart that is in force on the day."""
        return detail if on >= charts.NEW_SINCE else BEFORE_2022.get(detail, detail)

    def add(self, on: date, memo: str, *lines: tuple[str, int, int], papers: int = 2) -> None:
        """Note a voucher that lies in the term."""
        if self.world.first <= on < self.world.end + timedelta(days=60):
            self.drafts.append(Draft(on, memo, lines, papers))

    def pay(self, on: date, detail: str, memo: str, fen: int, source: str = BANK) -> None:
        """Note an expense paid from bank or cash."""
        self.add(on, memo, (detail, fen, 0), (source, 0, fen), papers=3)

    def sums(self, year: int, side: str, until: date | None = None) -> dict[str, int]:
        """Income or expenses of a calendar year by account, in fen."""
        found: dict[str, int] = defaultdict(int)
        for draft in self.drafts:
            if draft.on.year != year or (until and draft.on > until):
                continue
            for detail, debit, credit in draft.lines:
                if charts.side_of(detail) == side:
                    found[detail] += credit - debit if side == charts.INCOME else debit - credit
        return dict(found)

    def planned(self, year: int) -> tuple[dict[str, int], dict[str, int]]:
        """What a year's budget has to hold: income and expenses by account."""
        return self.sums(year, charts.INCOME), self.sums(year, charts.EXPENSE)

    def vouchers(self, until: date) -> list[dict[str, Any]]:
        """Rows of all vouchers up to the day, numbered by month, with a closing voucher at each year's end."""
        drafts = [draft for draft in self.drafts if draft.on <= until]
        drafts += [
            draft
            for year in sorted({draft.on.year for draft in drafts})
            for draft in self._closing(year)
            if draft.on <= until
        ]
        drafts.sort(key=lambda draft: draft.on)
        officers = self.world.officers
        maker, cashier = officers["accountant"][0].name, officers["cashier"][0].name
        checker, handlers = officers["chair"][0].name, officers["committee"]
        numbers: dict[tuple[int, int], int] = defaultdict(int)
        rows = []
        for draft in drafts:
            numbers[draft.on.year, draft.on.month] += 1
            number = numbers[draft.on.year, draft.on.month]
            for line, (detail, debit, credit) in enumerate(draft.lines, 1):
                rows.append(
                    {
                        "on": draft.on,
                        "voucher_no": f"记-{number}",
                        "line": line,
                        "memo": draft.memo,
                        "account_code": self.code(detail, draft.on),
                        "account_name": "",
                        "debit_fen": debit,
                        "credit_fen": credit,
                        "handler": handlers[number % len(handlers)].name if draft.papers else "",
                        "prepared_by": maker,
                        "checked_by": checker,
                        "cashier": cashier,
                        "attachments": draft.papers,
                    }
                )
        return rows

    def _closing(self, year: int) -> list[Draft]:
        """Income and expenses of the year carried to the surplus on 31 December."""
        on = date(year, *YEAR_END)
        income, expense = self.sums(year, charts.INCOME, on), self.sums(year, charts.EXPENSE, on)
        earned, spent = sum(income.values()), sum(expense.values())
        drafts = []
        if earned:
            lines = [(detail, fen, 0) for detail, fen in sorted(income.items())]
            drafts.append(Draft(on, "结转本年收入", (*lines, (SURPLUS, 0, earned)), 0))
        if spent:
            lines = [(detail, 0, fen) for detail, fen in sorted(expense.items())]
            drafts.append(Draft(on, "结转本年支出", ((SURPLUS, spent, 0), *lines), 0))
        return drafts


def record_year(book: Book, year: int, months: list[list[dict[str, Any]]]) -> None:
    """Note a year's income, expenses and remittances."""
    world, scale, rng = book.world, book.scale, book.world.rng
    owed = 0
    for dues, share in months:
        month = dues["month"].month
        book.add(dues["paid_on"], f"收{month}月会费", (BANK, dues["paid_fen"], 0), ("401", 0, dues["paid_fen"]))
        kept, up = share["kept_fen"], share["remitted_fen"]
        lines = ((BANK, kept + up, 0), ("402", 0, kept), (PAYABLE, 0, up))
        book.add(share["paid_on"], f"收{month}月拨缴工会经费", *lines)
        owed += up
        if month % 3 == 0:
            book.add(share["remitted_on"], f"上缴{month // 3}季度工会经费", (PAYABLE, owed, 0), (BANK, 0, owed))
            owed = 0

    def fen(yuan: int, spread: int = 4) -> int:
        grown = yuan * scale * (100 + 2 * (year - 2021)) / 100
        return round(grown * (100 + rng.randint(-spread, spread))) // 10 * 10

    if year == world.first.year:
        book.add(
            date(year, 12, 14),
            "上缴上届应付上级经费",
            (PAYABLE, round(38_500 * scale) * 100, 0),
            (BANK, 0, round(38_500 * scale) * 100),
        )
    grant, support = fen(42_000), fen(36_000)
    book.add(date(year, 4, 20), "上级工会专项补助", (BANK, grant, 0), ("403", 0, grant))
    book.add(date(year, 5, 26), "行政补助工会活动经费", (BANK, support, 0), ("405", 0, support))
    for month in range(1, 13):
        if month % 3 == 0:
            interest = fen(1_450)
            book.add(date(year, month, 21), "银行存款利息", (BANK, interest, 0), ("408", 0, interest), papers=1)
        cash = fen(OFFICE_YUAN, 0)
        book.add(date(year, month, 4), "提取备用金", (CASH, cash, 0), (BANK, 0, cash), papers=1)
        book.pay(date(year, month, 20), "50504", "工会办公用品", fen(OFFICE_YUAN - 60), CASH)
        book.pay(date(year, month, 26), "50105", f"{month}月会员生日蛋糕", fen(BIRTHDAY_YUAN))
        book.pay(date(year, month, 28), "510", "银行手续费", fen(BANK_FEE_YUAN, 20))
    for spending in YEAR_OF_EXPENSES:
        if world.full or spending.small:
            book.pay(date(year, spending.month, spending.day), spending.detail, spending.memo, fen(spending.yuan))
    if world.full or year % 2:
        month, day, memo, yuan = EQUIPMENT
        price = fen(yuan)
        bought = (("50702", price, 0), (BANK, 0, price), (FIXED, price, 0), (FIXED_FUND, 0, price))
        book.add(date(year, month, day), memo, *bought, papers=4)
