"""Changes to accounts, budgets, books, dues, reviews and receipts; whole ledgers at once, a form as a ledger of one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from zhijia.core import records
from zhijia.core.frame import Frame
from zhijia.core.lookup import Lookup
from zhijia.core.loose_names import names_kept
from zhijia.core.money import yuan
from zhijia.core.outcomes import WARN, Violation
from zhijia.core.records import Records
from zhijia.core.row_checks import nobody_problems, part_problems
from zhijia.funds import bookkeeping, budgeting, charts, naming, rules
from zhijia.funds.models import Account, BudgetLine, Collection, Entry, Opening, PersonReceipt, Review


def _derive_account(frame: Frame, _lookup: Lookup) -> dict[str, list[Any]]:
    """Digits of the code, and the standard account of 2021 to which it belongs where that was left blank."""
    codes = [naming.plain_code(code or "") for code in frame.get("code")]
    charts_given = [chart or charts.NEW for chart in frame.get("chart")]
    details = []
    for chart, code, given in zip(charts_given, codes, frame.get("detail"), strict=True):
        digits = naming.plain_code(given or "")
        parent = naming.parent_of(chart, code)
        details.append(digits or (parent.new if parent else ""))
    return {"code": codes, "chart": charts_given, "detail": details}


def _account_problems(frame: Frame, _lookup: Lookup) -> Iterable[Violation]:
    for index, (chart, code, detail) in enumerate(frame.zip("chart", "code", "detail")):
        if detail not in charts.CHARTS[charts.NEW]:
            mend = "填写2021年制度里的科目编码，例如50105"
            message = "看不出这个科目属于哪个标准科目"
            yield Violation("detail", message, "《工会会计制度》", frame.place(index, "detail"), detail or code, mend)
        elif (
            code in charts.CHARTS[chart]
            and charts.CHARTS[chart][code].confirmed
            and charts.CHARTS[chart][code].new != detail
        ):
            name = charts.CHARTS[chart][code].name
            message = f"编码{code}是制度规定的“{name}”，不能另作他用"
            yield Violation("taken", message, "《工会会计制度》", frame.place(index, "code"), code, "请换一个明细编码")


def _derive_names(frame: Frame, lookup: Lookup) -> dict[str, list[Any]]:
    return names_kept(frame, lookup, person_name=("person", "members.Person"))


def _collection_problems(frame: Frame, _lookup: Lookup) -> Iterable[Violation]:
    rows = frame.zip("kind", "month", "paid_fen", "kept_fen", "remitted_fen", "paid_on")
    for index, (kind, month, paid, kept, remitted, paid_on) in enumerate(rows):
        if month and month.day != 1:
            yield Violation("month", "月份要写成当月", place=frame.place(index, "month"), mend="例如 2024年3月")
        if paid and not paid_on:
            message = "有实缴金额，没有到账日期"
            yield Violation("paid_on", message, place=frame.place(index, "paid_on"), mend="填写到账日期", level=WARN)
        if kind == Collection.Kind.DUES and remitted:
            message = "会费全部留在基层工会，不上缴"
            yield Violation(
                "dues_up", message, "《工会会员缴纳会费的规定》", frame.place(index, "remitted_fen"), mend="请核对"
            )
        if kept is not None and remitted is not None and kept + remitted != (paid or 0):
            message = f"留成加上缴{yuan(kept + remitted)}元，与实缴{yuan(paid or 0)}元不符"
            yield Violation(
                "split", message, place=frame.place(index, "kept_fen"), mend="请核对留成和上缴金额", level=WARN
            )


def _review_problems(frame: Frame, _lookup: Lookup) -> Iterable[Violation]:
    return part_problems(frame, "mended_count", "finding_count", "已整改数多于问题数")


def _receipt_problems(frame: Frame, _lookup: Lookup) -> Iterable[Violation]:
    return nobody_problems(frame)


ACCOUNTS = Records(
    Account, key=("chart", "code"), handles=(("code",), ("name",)), check=_account_problems, derive=_derive_account
)
BUDGETS = Records(
    BudgetLine,
    key=("year", "account_code", "name"),
    check=budgeting.budget_problems,
    derive=budgeting.derive_budget,
)
OPENINGS = Records(
    Opening,
    key=("on", "account_code", "account_name"),
    check=bookkeeping.opening_problems,
    derive=bookkeeping.derive_openings,
)
ENTRIES = Records(
    Entry,
    key=("year", "month", "voucher_no", "line"),
    check=bookkeeping.entry_problems,
    derive=bookkeeping.derive_entries,
)
COLLECTIONS = Records(
    Collection,
    key=("kind", "month", "group", "person", "person_name"),
    check=_collection_problems,
    derive=_derive_names,
)
REVIEWS = Records(Review, key=("on", "year", "kind"), check=_review_problems)
RECEIPTS = Records(
    PersonReceipt,
    key=("person", "person_name", "on", "kind", "item", "source"),
    check=_receipt_problems,
    derive=_derive_names,
)

save_accounts = partial(records.save, ACCOUNTS)
save_budgets = partial(records.save, BUDGETS)
save_openings = partial(records.save, OPENINGS)
save_entries = partial(records.save, ENTRIES)
save_collections = partial(records.save, COLLECTIONS)
save_reviews = partial(records.save, REVIEWS)
save_receipts = partial(records.save, RECEIPTS)


def split_contribution(payroll_fen: int, kept_percent: int = 60) -> tuple[int, int]:
    """The 2 % of a payroll as (kept, sent up), in fen; `kept_percent` is the grassroots union's share (usually 60)."""
    whole = rules.contribution(payroll_fen)
    kept = whole * kept_percent // 100
    return kept, whole - kept
