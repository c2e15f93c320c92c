"""Facts and claims of the books, budgets, dues, reviews and receipts. Accounts are codes of 2021 in every year."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, F, Q, Value, When

from zhijia.core import evidence, windows
from zhijia.core.feature_types import (
    DISTINCT,
    FEN,
    RATE,
    RUNNING,
    SHARE,
    TOTAL,
    EvidenceSet,
    FactSpec,
    Scope,
    YearlyClaim,
)
from zhijia.funds import charts
from zhijia.funds.models import BudgetLine, Collection, LedgerLine, PersonReceipt, Review
from zhijia.unions.models import Payer

ACCOUNTS = {"side": charts.SIDES, "account": charts.ACCOUNT_LABELS, "detail": charts.DETAIL_LABELS}


def _lines(scope: Scope) -> Any:
    """Lines and what they add to the surplus: income, expenses and its accounts gather it (closing cancels out)."""
    gathers = Q(side__in=(charts.INCOME, charts.EXPENSE)) | Q(account__in=charts.SURPLUS)
    return LedgerLine.objects.in_union(scope.union).annotate(
        net=F("credit_fen") - F("debit_fen"), gathers=evidence.flag(gathers)
    )


def _carried(scope: Scope) -> Any:
    """Lines of the surplus from before the period, and opening balances whatever their day."""
    return _lines(scope).filter(Q(on__lt=scope.first) | Q(opening=True))


def _budgets(scope: Scope) -> Any:
    funded = Case(When(revised_fen__gt=0, then=Value(True)), default=Value(False))
    return BudgetLine.objects.in_union(scope.union).annotate(funded=funded)


def _collections(scope: Scope) -> Any:
    met = Case(When(due_fen=None, then=None), When(paid_fen__gte=F("due_fen"), then=Value(True)), default=Value(False))
    return Collection.objects.in_union(scope.union).annotate(met=met)


def _remitted(scope: Scope) -> Any:
    return Collection.objects.in_union(scope.union).filter(remitted_fen__gt=0)


def _reviews(scope: Scope) -> Any:
    """Reviews; `found` are the findings where there were any."""
    found = Case(When(finding_count__gt=0, then=F("finding_count")), default=None)
    return Review.objects.in_union(scope.union).annotate(found=found)


def _receipts(scope: Scope) -> Any:
    return PersonReceipt.objects.in_union(scope.union)


LINES = EvidenceSet(
    "funds.lines",
    "账簿",
    _lines,
    on="on",
    who="voucher",
    fen="fen",
    sums={"net": "net"},
    label=("voucher", "memo", "account_name"),
    dims={
        "side": "side",
        "account": "account",
        "detail": "detail",
        "opening": "opening",
        "closing": "closing",
        "gathers": "gathers",
    },
    dim_labels=ACCOUNTS,
)
CARRIED = EvidenceSet(
    "funds.carried",
    "上期结转",
    _carried,
    on="on",
    who="voucher",
    fen="fen",
    sums={"net": "net"},
    label=("voucher", "memo", "account_name"),
    dims={"gathers": "gathers"},
)
BUDGET = EvidenceSet(
    "funds.budget",
    "年度经费预算",
    _budgets,
    on="effective_on",
    year="year",
    who="year",
    fen="revised_fen",
    sums={"initial": "initial_fen"},
    label=("year", "name"),
    dims={
        "side": "side",
        "account": "account",
        "detail": "detail",
        "purpose": "purpose",
        "joint": "joint",
        "funded": "funded",
    },
    dim_labels={**ACCOUNTS, "purpose": dict(BudgetLine.Purpose.choices)},
)
COLLECTIONS = EvidenceSet(
    "funds.collections",
    "会费拨缴",
    _collections,
    on="paid_on",
    fen="paid_fen",
    met="met",
    label=("kind", "month"),
    dims={"kind": "kind"},
    dim_labels={"kind": dict(Collection.Kind.choices)},
)
REMITTED = EvidenceSet(
    "funds.remittances", "上缴经费", _remitted, on="remitted_on", fen="remitted_fen", label=("month",)
)
REVIEWS = EvidenceSet(
    "funds.reviews",
    "经费审查",
    _reviews,
    on="on",
    fen="finding_count",
    sums={"found": "found", "mended": "mended_count"},
    label=("kind", "scope"),
    dims={"kind": "kind"},
    dim_labels={"kind": dict(Review.Kind.choices)},
)
RECEIPTS = EvidenceSet(
    "funds.receipts",
    "领取登记",
    _receipts,
    on="on",
    who="person_id",
    fen="value_fen",
    label=("person_name", "kind", "item"),
    dims={"kind": "kind", "form": "form", "payer": "payer"},
    dim_labels={
        "kind": dict(PersonReceipt.Kind.choices),
        "form": dict(PersonReceipt.Form.choices),
        "payer": dict(Payer.choices),
    },
)

PLAIN = {"opening": (False,), "closing": (False,)}
BY_ACCOUNT = ("year", "account", "detail", "year+account", "year+detail")
BY_YEAR_ACCOUNT = ("year", "account", "year+account")
FUNDS = ("R136",)

FACTS = (
    FactSpec("funds.income", "经费收入", "fen", LINES, TOTAL, {"side": (charts.INCOME,), **PLAIN}, BY_ACCOUNT, FUNDS),
    FactSpec("funds.expense", "经费支出", "fen", LINES, TOTAL, {"side": (charts.EXPENSE,), **PLAIN}, BY_ACCOUNT, FUNDS),
    FactSpec("funds.balance", "货币资金余额", "fen", LINES, RUNNING, {"side": (charts.MONEY,)}, BY_YEAR_ACCOUNT, FUNDS),
    FactSpec("funds.payable", "负债余额", "fen", LINES, RUNNING, {"side": (charts.LIABILITY,)}, BY_YEAR_ACCOUNT, FUNDS),
    FactSpec("funds.assets", "其他资产余额", "fen", LINES, RUNNING, {"side": (charts.ASSET,)}, BY_YEAR_ACCOUNT, FUNDS),
    FactSpec(
        "funds.opening",
        "期初货币资金",
        "fen",
        LINES,
        TOTAL,
        {"side": (charts.MONEY,), "opening": (True,)},
        ("account",),
        FUNDS,
    ),
    FactSpec(
        "funds.superior_grants", "上级补助收入", "fen", LINES, TOTAL, {"account": ("403",), **PLAIN}, ("year",), FUNDS
    ),
    FactSpec(
        "funds.groups_and_sport",
        "文体活动支出",
        "fen",
        LINES,
        TOTAL,
        {"detail": ("50102",), **PLAIN},
        ("year",),
        ("R102",),
    ),
    FactSpec("funds.vouchers", "记账凭证", "张", LINES, DISTINCT, {"opening": (False,)}, ("year",), FUNDS),
    FactSpec(
        "funds.surplus",
        "滚存结余",
        "fen",
        LINES,
        RUNNING,
        {"gathers": (True,)},
        rids=FUNDS,
        help="期初结余加历年收入减支出",
        of="net",
    ),
    FactSpec(
        "funds.opening_surplus",
        "期初滚存结余",
        "fen",
        CARRIED,
        RUNNING,
        {"gathers": (True,)},
        (),
        FUNDS,
        "这一期开始时的滚存结余；加本期收入减本期支出就是期末滚存结余",
        of="net",
    ),
    FactSpec(
        "funds.budget_income", "收入预算", "fen", BUDGET, TOTAL, {"side": (charts.INCOME,)}, BY_ACCOUNT, ("R82", "R136")
    ),
    FactSpec(
        "funds.budget_expense",
        "支出预算",
        "fen",
        BUDGET,
        TOTAL,
        {"side": (charts.EXPENSE,)},
        BY_ACCOUNT,
        ("R82", "R136"),
    ),
    FactSpec(
        "funds.initial_income",
        "年初收入预算",
        "fen",
        BUDGET,
        TOTAL,
        {"side": (charts.INCOME,)},
        BY_YEAR_ACCOUNT,
        ("R82",),
        of="initial",
    ),
    FactSpec(
        "funds.initial_expense",
        "年初支出预算",
        "fen",
        BUDGET,
        TOTAL,
        {"side": (charts.EXPENSE,)},
        BY_YEAR_ACCOUNT,
        ("R82",),
        of="initial",
    ),
    FactSpec("funds.budgets", "三处室会签的年度预算", "个", BUDGET, DISTINCT, {"joint": (True,)}, ("year",), ("R82",)),
    FactSpec("funds.aid_budget", "困难补助预算", "fen", BUDGET, TOTAL, {"purpose": ("aid",)}, ("year",), ("R96",)),
    FactSpec("funds.goods_budget", "实物福利预算", "fen", BUDGET, TOTAL, {"purpose": ("goods",)}, ("year",), ("R83",)),
    FactSpec(
        "funds.groups_budget", "小组活动预算", "fen", BUDGET, TOTAL, {"purpose": ("groups",)}, ("year",), ("R102",)
    ),
    FactSpec("funds.dues", "会费", "fen", COLLECTIONS, TOTAL, {"kind": ("dues",)}, ("year",), FUNDS),
    FactSpec(
        "funds.contribution",
        "行政拨缴的工会经费",
        "fen",
        COLLECTIONS,
        TOTAL,
        {"kind": ("contribution",)},
        ("year",),
        FUNDS,
    ),
    FactSpec("funds.paid_in_full", "足额收缴的月份", "%", COLLECTIONS, RATE, {}, ("year", "kind"), FUNDS),
    FactSpec("funds.remitted", "上缴上级工会", "fen", REMITTED, TOTAL, {}, ("year",), FUNDS),
    FactSpec("funds.reviews", "经费审查", "次", REVIEWS, by=("year", "kind"), rids=FUNDS),
    FactSpec("funds.review_findings", "经审发现的问题", "条", REVIEWS, TOTAL, {}, ("year", "kind"), FUNDS),
    FactSpec(
        "funds.review_mended", "经审问题整改率", "%", REVIEWS, SHARE, by=("year",), rids=FUNDS, of="mended", per="found"
    ),
    FactSpec(
        "funds.members_share",
        "用于会员和职工的支出占比",
        "%",
        LINES,
        SHARE,
        {"side": (charts.EXPENSE,), **PLAIN},
        ("year",),
        FUNDS,
        "职工活动、职工服务、维权三项支出占全部支出",
        of=FEN,
        num_where={"account": charts.MEMBERS_EXPENSES},
    ),
    FactSpec("funds.receipts", "登记到人的领取", "人次", RECEIPTS, by=("year", "kind"), rids=("R83",)),
    FactSpec(
        "funds.receipts_value", "登记到人的领取价值", "fen", RECEIPTS, TOTAL, {}, ("year", "kind", "payer"), ("R83",)
    ),
)

CLAIMS = (
    YearlyClaim(
        "claims.yearly_budget",
        "每年初，机关工会会同办公室、计财处、人教处提出工会年度经费预算",
        BUDGET,
        windows.months(1, 3),
        {"joint": (True,)},
        ("R82",),
    ),
    YearlyClaim(
        "claims.yearly_aid_line",
        "每年安排一定经费作为职工困难补助",
        BUDGET,
        windows.months(1, 6),
        {"purpose": ("aid",), "funded": (True,)},
        ("R96",),
    ),
    YearlyClaim(
        "claims.yearly_review",
        "经费审查委员会每年对工会经费收支决算进行审查",
        REVIEWS,
        windows.months(1, 9),
        {"kind": ("final",)},
        FUNDS,
    ),
)
