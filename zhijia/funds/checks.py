"""Checks of union money: dues, contribution, budget, festival caps, ways of payment, receipts, separation of duties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, F, Sum

from zhijia.core.feature_types import CheckSpec, Finding, Scope
from zhijia.core.money import yuan
from zhijia.core.outcomes import REFUSE, WARN
from zhijia.funds import charts, rules
from zhijia.funds.models import BudgetLine, Collection, Entry, PersonReceipt
from zhijia.standards import services as standards
from zhijia.unions.models import Payer

DUES_RULE = "《关于收交工会会费的通知》：基数取整到十元的千分之五"
LAW_43 = "《工会法》第四十三条"
SPENDING = "总工办发〔2017〕32号"


def _month(day: date) -> str:
    return f"{day.year}年{day.month:02}月"  # strftime with Chinese fails under some locales of Windows


def _collected(scope: Scope, kind: str) -> Any:
    rows = Collection.objects.in_union(scope.union).filter(kind=kind, month__gte=scope.first.replace(day=1))
    return rows.filter(month__lt=scope.until)


def dues(scope: Scope) -> Iterable[Finding]:
    """R-DUE-01: dues are 0.5 % of the base, its part below ten yuan left out; sums lie in the band."""
    rows = _collected(scope, Collection.Kind.DUES).filter(base_fen__gt=0, heads__gt=0)
    for uid, month, name, heads, base, paid in rows.values_list(
        "uid", "month", "person_name", "heads", "base_fen", "paid_fen"
    ):
        low, high = rules.dues_band(base, heads) if heads > 1 else (rules.monthly_dues(base),) * 2
        if low <= paid <= high:
            continue
        should = yuan(low) if low == high else f"{yuan(low)}至{yuan(high)}"
        message = f"基数{yuan(base)}元（{heads}人）应缴会费{should}元，实缴{yuan(paid)}元"
        record = f"{_month(month)}会费 {name}".strip()
        yield Finding("R-DUE-01", WARN, True, True, record, message, DUES_RULE, str(uid), month)


def retained_dues(scope: Scope) -> Iterable[Finding]:
    """R-DUE-02: nobody pays dues while membership is retained (保留会籍)."""
    rows = _collected(scope, Collection.Kind.DUES).filter(paid_fen__gt=0, person__retained_on__lte=F("month"))
    for uid, month, name in rows.values_list("uid", "month", "person_name"):
        message = "已保留会籍，不再缴纳会费"
        record = f"{_month(month)}会费 {name}"
        yield Finding("R-DUE-02", WARN, True, True, record, message, "《中国工会章程》第八条", str(uid), month)


def contribution(scope: Scope) -> Iterable[Finding]:
    """R-FUN-01: the organ pays 2 % of the payroll of all staff, in time and in full."""
    rows = _collected(scope, Collection.Kind.CONTRIBUTION).filter(base_fen__gt=0)
    for uid, month, base, paid, due_on in rows.values_list("uid", "month", "base_fen", "paid_fen", "due_on"):
        should = rules.contribution(base)
        late = due_on is None or due_on <= scope.last
        if abs(paid - should) <= 1 or (paid < should and not late):
            continue
        message = f"工资总额{yuan(base)}元，按2%应拨缴{yuan(should)}元，实际{yuan(paid)}元"
        yield Finding("R-FUN-01", WARN, True, True, f"{_month(month)}拨缴经费", message, LAW_43, str(uid), month)


def _budgets(scope: Scope) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = defaultdict(dict)
    rows = BudgetLine.objects.in_union(scope.union).filter(side=charts.EXPENSE, year__in=scope.years)
    for year, detail, fen in rows.order_by().values_list("year", "detail").annotate(Sum("revised_fen")):
        found[year][detail] = fen
    return found


def over_budget(scope: Scope) -> Iterable[Finding]:
    """R-FUN-02: no expense line above its adjusted budget; years without a budget are not judged."""
    budgets = _budgets(scope)
    actual: dict[int, dict[str, int]] = defaultdict(dict)
    rows = Entry.objects.in_union(scope.union).filter(
        side=charts.EXPENSE, closing=False, year__in=budgets, on__lte=scope.today
    )
    for year, detail, fen in rows.order_by().values_list("year", "detail").annotate(Sum("fen")):
        actual[year][detail] = fen
    for year, budget in sorted(budgets.items()):
        for line in rules.overspent(budget, actual[year]):
            name = "-".join(charts.full_name(line.code))
            if line.budget_fen is None:
                message = f"支出{yuan(line.actual_fen)}元，没有列入预算"
            else:
                over = yuan(line.actual_fen - line.budget_fen)
                message = f"预算{yuan(line.budget_fen)}元，支出{yuan(line.actual_fen)}元，超支{over}元"
            last = min(date(year, 12, 31), scope.last)
            yield Finding("R-FUN-02", REFUSE, True, True, f"{year}年{name}", message, SPENDING, on=last)


def adjustments(scope: Scope) -> Iterable[Finding]:
    """R-FUN-03: the budget is adjusted once a year at most."""
    rows = BudgetLine.objects.in_union(scope.union).filter(year__in=scope.years, adjusted_on__isnull=False)
    counted = rows.order_by().values("year").annotate(times=Count("adjusted_on", distinct=True))
    for row in counted.filter(times__gt=rules.ADJUSTMENTS_A_YEAR):
        message = f"一年调整预算{row['times']}次，原则上只调整一次"
        yield Finding(
            "R-FUN-03", WARN, True, True, f"{row['year']}年预算", message, SPENDING, on=date(row["year"], 12, 31)
        )


def _received(scope: Scope) -> Any:
    rows = PersonReceipt.objects.in_union(scope.union).filter(payer=Payer.UNION)
    return rows.filter(on__gte=scope.first, on__lt=scope.until)


def festival_caps(scope: Scope) -> Iterable[Finding]:
    """R-FUN-04: what a member gets for festivals in a year stays within the cap, of that year and of today."""
    known = standards.load(scope.union)
    rows = PersonReceipt.objects.in_union(scope.union).filter(
        payer=Payer.UNION, kind=PersonReceipt.Kind.FESTIVAL, on__year__in=scope.years, on__lt=scope.until
    )
    sums: dict[tuple[int, Any, str], int] = defaultdict(int)
    for person, name, on, fen in rows.values_list("person", "person_name", "on", "value_fen"):
        sums[on.year, person, name] += fen
    caps = {
        year: known.cap("festival_gift", min(date(year, 12, 31), scope.last), shape="per_year") for year in scope.years
    }
    now_cap = known.cap("festival_gift", scope.today, shape="per_year")
    for (year, _person, name), fen in sums.items():
        cap = caps[year]
        then = cap is not None and cap.amount_fen is not None and fen > cap.amount_fen
        now = now_cap is not None and now_cap.amount_fen is not None and fen > now_cap.amount_fen
        if not then and not now:
            continue
        judge = cap if then and cap else now_cap
        assert judge is not None
        message = f"全年节日慰问{yuan(fen)}元，超过标准{yuan(judge.amount_fen or 0)}元"
        last = min(date(year, 12, 31), scope.last)
        yield Finding("R-FUN-04", judge.severity, then, now, f"{year}年节日慰问 {name}", message, judge.source, on=last)


def payment_ways(scope: Scope) -> Iterable[Finding]:
    """R-FUN-08: no value vouchers, shopping cards, or money in place of goods, where the standards forbid it."""
    known = standards.load(scope.union)
    groups = (
        _received(scope)
        .order_by()
        .values("on", "kind", "form", "item")
        .annotate(times=Count("pk"), fen=Sum("value_fen"))
    )
    for row in groups:
        practice = rules.practice_of(row["kind"], row["form"])
        if not practice:
            continue
        then, now = known.forbidden(practice, row["on"]), known.forbidden(practice, scope.today)
        judge = then or now
        if judge is None:
            continue
        kind, form = PersonReceipt.Kind(row["kind"]).label, PersonReceipt.Form(row["form"]).label
        message = f"以{form}发放{row['times']}人次，共{yuan(row['fen'])}元：{judge.message}"
        record = " ".join(word for word in (f"{row['on']}", kind, row["item"]) if word)
        yield Finding(
            "R-FUN-08", judge.severity, then is not None, now is not None, record, message, judge.source, on=row["on"]
        )


def festivals(scope: Scope) -> Iterable[Finding]:
    """R-FUN-09: festival goods are given for the seven statutory festivals only."""
    rows = _received(scope).filter(kind=PersonReceipt.Kind.FESTIVAL).exclude(festival="")
    groups = (
        rows.exclude(festival__in=rules.STATUTORY_FESTIVALS)
        .order_by()
        .values("on", "festival", "item")
        .annotate(times=Count("pk"))
    )
    for row in groups:
        name = PersonReceipt.Festival(row["festival"]).label
        message = f"{name}不在可以发放节日慰问品的法定节日之内，发放{row['times']}人次"
        record, then = f"{row['on']} {row['item'] or '节日慰问'}", row["on"] >= rules.FESTIVALS_FROM
        yield Finding("R-FUN-09", WARN, then, True, record, message, SPENDING, on=row["on"])


def unsigned(scope: Scope) -> Iterable[Finding]:
    """R-FUN-11: what a person got was signed for in his own name. One finding for each hand-out."""
    groups = _received(scope).exclude(signed=True).order_by().values("on", "kind", "item").annotate(times=Count("pk"))
    for row in groups:
        kind = PersonReceipt.Kind(row["kind"]).label
        record = " ".join(word for word in (f"{row['on']}", kind, row["item"]) if word)
        message = f"{row['times']}人次没有本人签收"
        yield Finding("R-FUN-11", WARN, True, True, record, message, SPENDING, on=row["on"])


def makers(scope: Scope) -> Iterable[Finding]:
    """R-FUN-13: who makes a voucher neither checks it nor is the cashier. One finding for each month and pair."""
    rows = Entry.objects.in_union(scope.union).filter(on__gte=scope.first, on__lt=scope.until).exclude(prepared_by="")
    for field, what in (("checked_by", "审核"), ("cashier", "出纳")):
        same = rows.filter(**{field: F("prepared_by")}).order_by().values("year", "month", "prepared_by")
        for row in same.annotate(times=Count("voucher", distinct=True)):
            message = f"{row['prepared_by']}制单并兼{what}，共{row['times']}张凭证"
            on = date(row["year"], row["month"], 1)
            yield Finding("R-FUN-13", REFUSE, True, True, f"{_month(on)}凭证", message, "《会计法》", on=on)


CHECKS = (
    CheckSpec("R-DUE-01", "会费按标准缴纳", dues, "funds.Collection", "核对基数和实缴数，少缴的补收、多缴的退回"),
    CheckSpec("R-DUE-02", "保留会籍不缴会费", retained_dues, "funds.Collection", "核对会籍状态，多收的退回"),
    CheckSpec("R-FUN-01", "拨缴经费足额到账", contribution, "funds.Collection", "向行政催拨差额，到账后登记"),
    CheckSpec("R-FUN-02", "支出不超预算", over_budget, "", "补办预算调整，或说明超支原因"),
    CheckSpec("R-FUN-03", "预算一年调整一次", adjustments, "", "一年只调整一次，多次调整的说明原因"),
    CheckSpec("R-FUN-04", "节日慰问不超标准", festival_caps, "", "核对领取登记；超标准的按规定清退或说明依据"),
    CheckSpec("R-FUN-08", "发放方式", payment_ways, "", "改用规定的发放方式，说明情况"),
    CheckSpec("R-FUN-09", "法定节日", festivals, "", "改列为符合规定的项目，或说明依据"),
    CheckSpec("R-FUN-11", "实名签收", unsigned, "", "补齐本人签收"),
    CheckSpec("R-FUN-13", "制单、审核、出纳分开", makers, "", "重新分工，由不同的人制单、审核、出纳"),
)
