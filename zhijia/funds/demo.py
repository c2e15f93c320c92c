"""The demo's money: six budgets, opening balances, dues and contribution, some 1,300 vouchers, reviews, receipts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from zhijia.core.dates import add_months
from zhijia.core.demo import Human, World
from zhijia.funds import charts, rules, services
from zhijia.funds.demo_books import Book, record_year
from zhijia.funds.demo_plan import BUDGET_NAMES
from zhijia.funds.models import Collection, PersonReceipt, Review
from zhijia.inquiries.models import Answer

OVERSPENT_YEAR, OVERSPENT = 2023, "50102"
ADJUSTED_YEARS = (2022, 2024)
THOUSAND = 100_000  # fen
REVIEW_FINDINGS = (
    "个别凭证所附活动签到表不全",
    "个别报销单缺少证明人签字",
    "慰问品发放签收表有代签",
    "职工书屋图书未及时登记入账",
    "备用金年末未及时清理",
    "部分活动结算超过三个月",
)


def demo(world: World) -> None:
    """Record the money of every year of the term up to today, as an accountant's ledgers hold it."""
    world.save(
        services.save_accounts,
        [
            {
                "chart": charts.OLD,
                "code": "50105",
                "name": "职工集体福利支出",
                "detail": "50105",
                "note": "省总工会增设，2022年起并入会员活动支出",
            }
        ],
    )
    scale = sum(human.member_on(date(2023, 6, 30)) for human in world.people) / 260
    book = Book(world, scale)
    openings = _openings(world, scale)
    collections: list[dict[str, Any]] = []
    for year in range(world.first.year, world.today.year + 1):
        month_rows = [row for month in range(1, 13) if (row := _month(world, year, month))]
        collections += [row for pair in month_rows for row in pair]
        record_year(book, year, month_rows)
    entries = book.vouchers(until=world.today)
    world.save(services.save_budgets, _budgets(world, book))
    world.save(services.save_openings, openings)
    world.save(services.save_collections, _as_known(world, collections))
    world.save(services.save_entries, entries)
    world.save(services.save_reviews, _reviews(world))
    world.save(services.save_receipts, _receipts(world))


def _openings(world: World, scale: float) -> list[dict[str, Any]]:
    """What stood on the accounts on the term's first day; assets equal liabilities and net assets."""
    bank, cash, assets, payable = (round(yuan * scale) * 100 for yuan in (486_320, 3_000, 182_400, 38_500))
    rows = (
        ("101", cash, 0),
        ("102", bank, 0),
        ("162", assets, 0),
        ("221", 0, payable),
        ("301", 0, assets),
        ("331", 0, bank + cash - payable),
    )
    return [
        {
            "on": world.first,
            "account_code": code,
            "account_name": "",
            "debit_fen": debit,
            "credit_fen": credit,
            "memo": "上届结转",
        }
        for code, debit, credit in rows
    ]


def _month(world: World, year: int, month: int) -> list[dict[str, Any]] | None:
    """Dues and contribution of a month: dues by each member's own wage base, 2 % of the payroll of all staff."""
    first = date(year, month, 1)
    if first + timedelta(days=14) < world.first:
        return None
    members = [human for human in world.people if human.member_on(first)]
    grown = 100 + 3 * (year - 2020)
    bases = [(4_300 + 37 * (index % 53)) * grown for index, _human in enumerate(members)]
    dues = sum(map(rules.monthly_dues, bases))
    payroll = len(members) * 125 // 100 * 16_800 * grown
    kept, up = services.split_contribution(payroll)
    nobody: dict[str, Any] = {"group": None, "person": None, "person_name": "", "note": ""}
    remitted_on = _quarter_end(year, month)
    return [
        {
            **nobody,
            "kind": Collection.Kind.DUES,
            "month": first,
            "heads": len(members),
            "base_fen": sum(bases),
            "due_fen": dues,
            "paid_fen": dues,
            "due_on": first + timedelta(days=14),
            "paid_on": first + timedelta(days=9 + month % 3),
            "kept_fen": dues,
            "remitted_fen": None,
            "remitted_on": None,
        },
        {
            **nobody,
            "kind": Collection.Kind.CONTRIBUTION,
            "month": first,
            "heads": len(members) * 125 // 100,
            "base_fen": payroll,
            "due_fen": kept + up,
            "paid_fen": kept + up,
            "due_on": first + timedelta(days=14),
            "paid_on": first + timedelta(days=11 + month % 3),
            "kept_fen": kept,
            "remitted_fen": up,
            "remitted_on": remitted_on,
        },
    ]


def _quarter_end(year: int, month: int) -> date:
    """The superior union gets its share by the 25th of the quarter's last month."""
    return date(year, (month + 2) // 3 * 3, 25)


def _as_known(world: World, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows as they stand today: nothing paid after it; the full union lists its last month of dues by person."""
    known = []
    for row in rows:
        if row["paid_on"] <= world.today:
            unsent = row["remitted_on"] and row["remitted_on"] > world.today
            known.append({**row, "remitted_fen": None, "remitted_on": None} if unsent else row)
    if not world.full:
        return known
    last = max(row["month"] for row in known if row["kind"] == Collection.Kind.DUES)
    total = next(row for row in known if row["month"] == last and row["kind"] == Collection.Kind.DUES)
    known.remove(total)
    grown = 100 + 3 * (last.year - 2020)
    silent = _silent(world, last)
    for index, human in enumerate(human for human in world.people if human.member_on(last)):
        base = (4_300 + 37 * (index % 53)) * grown
        dues = rules.monthly_dues(base)
        own = {"group": human.group, "person": human.pk, "person_name": human.name, "heads": 1}
        if human is silent:
            known += _arrears(total, own, dues)
            continue
        known.append({**total, **own, "base_fen": base, "due_fen": dues, "paid_fen": dues, "kept_fen": dues})
    return known


def _silent(world: World, last: date) -> Human:
    """Somebody without an office and on no list of the last months: whom the committee asks about."""
    busy = {human.pk for humans in world.officers.values() for human in humans}
    busy |= set(Answer.objects.in_union(world.union).values_list("person", flat=True))
    there = [human for human in world.members_on(world.first) if human.member_on(last) and human.sex == "male"]
    return max((human for human in there if human.pk not in busy), key=lambda human: human.pk)


def _arrears(total: dict[str, Any], own: dict[str, Any], dues: int) -> list[dict[str, Any]]:
    """Seven months without dues, entered as such; others paid up as much: the month's sum stays that of the books."""
    blank = {**total, "heads": None, "base_fen": None, "due_fen": None, "remitted_fen": None, "remitted_on": None}
    unpaid = {**blank, **own, "heads": 1, "paid_fen": 0, "kept_fen": None, "paid_on": None, "due_on": None}
    months = [add_months(total["month"], -back) for back in range(6, -1, -1)]
    rows = [{**unpaid, "month": month, "note": "没有交"} for month in months]
    return [*rows, {**blank, "paid_fen": dues, "kept_fen": dues, "note": "补交以前月份的会费"}]


def _budgets(world: World, book: Book) -> list[dict[str, Any]]:
    """A budget for every full year, made from what the year's plan costs, signed by the three offices in January."""
    rows: list[dict[str, Any]] = []
    for year in world.years:
        income, expense = book.planned(year)
        days = {
            "office_on": date(year, 1, 8),
            "finance_on": date(year, 1, 9),
            "personnel_on": date(year, 1, 11),
            "decided_on": date(year, 1, 13),
            "reviewed_on": date(year, 1, 15),
            "submitted_on": date(year, 1, 19),
        }
        adjusted_on = date(year, 7, 8)
        for code, fen in sorted(income.items()):
            rows.append(_line(book, year, code, fen * 97 // 100 // THOUSAND * THOUSAND, days))
        for code, fen in sorted(expense.items()):
            room = 3 + (year + int(code)) % 4
            whole = -(-fen * (100 + room) // 100 // THOUSAND) * THOUSAND
            plan = (
                (("节日慰问等实物福利", whole * 17 // 20 // THOUSAND * THOUSAND), ("会员活动", 0))
                if code == "50105"
                else (("", whole),)
            )
            for name, part in plan:
                amount = part or whole - plan[0][1]
                if world.full and (year, code) == (OVERSPENT_YEAR, OVERSPENT):
                    amount = fen * 95 // 100 // THOUSAND * THOUSAND
                change = (
                    amount // 10 // THOUSAND * THOUSAND if year in ADJUSTED_YEARS and code in ("50102", "50503") else 0
                )
                row = _line(book, year, code, amount - change, days, name=name, change=change)
                rows.append({**row, "adjusted_on": adjusted_on if change else None})
    return [row for row in rows if row["initial_fen"] > 0]


def _line(
    book: Book, year: int, code: str, fen: int, days: dict[str, date], *, name: str = "", change: int = 0
) -> dict[str, Any]:
    booked = book.code(code, date(year, 1, 1))
    title = name or BUDGET_NAMES.get(code, "")
    return {
        "year": year,
        "account_code": booked,
        "account_name": "",
        "name": title,
        "purpose": "",
        "initial_fen": fen,
        "adjustment_fen": change,
        "revised_fen": fen + change,
        "adjusted_on": None,
        **days,
        "note": "",
    }


def _reviews(world: World) -> list[dict[str, Any]]:
    """The closed year and the new budget are reviewed each year; findings are mended, in the full demo all but one."""
    rows = []
    for index, year in enumerate(world.years):
        count = 1 + index % 2 if world.full else 1
        open_now = world.full and year == world.today.year
        texts = [REVIEW_FINDINGS[(index + step) % len(REVIEW_FINDINGS)] for step in range(count)]
        common = {"opinion": "收支真实合规，账证账实相符，同意通过", "conclusion": "通过"}
        rows.append(
            {
                "on": date(year, 1, 15),
                "year": year,
                "kind": Review.Kind.BUDGET,
                "scope": f"{year}年度经费收支预算",
                "findings": "",
                "finding_count": 0,
                "mended_count": 0,
                "mended_on": None,
                **common,
                "opinion": "收支平衡，重点保障职工服务，同意",
            }
        )
        rows.append(
            {
                "on": date(year, 3, 18),
                "year": year - 1,
                "kind": Review.Kind.FINAL,
                "scope": f"{year - 1}年度经费收支决算",
                "findings": "；".join(texts) + "。",
                "finding_count": count,
                "mended_count": count - open_now,
                "mended_on": None if open_now else date(year, 4, 28),
                **common,
            }
        )
        if world.full and year == 2024:
            rows.append(
                {
                    "on": date(year, 10, 22),
                    "year": year,
                    "kind": Review.Kind.SPECIAL,
                    "scope": "困难补助和送温暖资金",
                    "findings": "",
                    "finding_count": 0,
                    "mended_count": 0,
                    "mended_on": None,
                    **common,
                }
            )
    return rows


def _receipts(world: World) -> list[dict[str, Any]]:
    """Souvenirs of the active members commended each August; what care and benefits hand out they record themselves."""
    rows = []
    for year in world.years:
        day = date(year, 8, 12)
        members = [human for human in world.people if human.member_on(day)]
        rows += [
            {
                "person": human.pk,
                "person_name": human.name,
                "on": day,
                "kind": PersonReceipt.Kind.SOUVENIR,
                "festival": "",
                "item": "表彰纪念品",
                "value_fen": 28_000,
                "form": PersonReceipt.Form.GOODS,
                "payer": "union",
                "signed": True,
                "source": f"{year}年工会积极分子表彰",
            }
            for human in members[year % 7 :: 26]
        ]
    return rows if world.full else rows[::2]
