"""Checks R-FUN-05, R-FUN-07 and the records that a report's honours and donations need (R-REP), then and now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from zhijia.activities import rules
from zhijia.activities.models import Activity, Donation, Honour
from zhijia.core.feature_types import CheckSpec, Finding, Scope
from zhijia.core.money import yuan
from zhijia.core.outcomes import REFUSE, WARN
from zhijia.standards import services as standards
from zhijia.standards.rules import Standards
from zhijia.unions.models import Payer

Kind = Activity.Kind
UNION_MONEY = (Payer.UNION, Payer.SUPERIOR)
# What people do on the spot may last; a trip of members has to return the same day.
STAYING = (
    Kind.EDUCATION,
    Kind.SLOGAN,
    Kind.CONTEST,
    Kind.SPORTS_MEET,
    Kind.CULTURE,
    Kind.CHARITY,
    Kind.LECTURE,
    Kind.TALK,
    Kind.GATHERING,
)


def _share(loaded: Standards, on: date) -> tuple[Fraction, str, str] | None:
    """The largest share of winners on the day as (share, source, level); the national rule where no pack is loaded."""
    limit = loaded.limit("prize", on, "ratio")
    if limit and limit.ratio is not None:
        return limit.ratio, limit.source, limit.severity
    return (Fraction(*rules.PRIZES), rules.FUNDS_RULE, REFUSE) if rules.funds_rule_applies(on) else None


def winners(scope: Scope) -> Iterable[Finding]:
    """R-FUN-05: at most two thirds of those who took part get a prize, and no prize is above the cap."""
    rows = Activity.objects.in_union(scope.union).filter(on__gte=scope.first, on__lt=scope.until, payer__in=UNION_MONEY)
    loaded = standards.load(scope.union)
    for activity in rows.filter(winners__gt=0, attended__gt=0).order_by("on", "pk"):
        assert activity.winners is not None
        assert activity.attended is not None
        then, now = _share(loaded, activity.on), _share(loaded, scope.today)
        broken = [rule and rules.too_many_winners(activity.winners, activity.attended, rule[0]) for rule in (then, now)]
        rule = then if broken[0] else now
        if rule and any(broken):
            message = f"参加{activity.attended}人，获奖{activity.winners}人，超过参加人数的{_portion(rule[0])}"
            yield Finding(
                "R-FUN-05",
                rule[2],
                bool(broken[0]),
                bool(broken[1]),
                str(activity),
                message,
                rule[1],
                str(activity.uid),
                activity.on,
            )
    for activity in rows.filter(top_prize_fen__gt=0).order_by("on", "pk"):
        assert activity.top_prize_fen is not None
        caps = [loaded.cap("prize", day) for day in (activity.on, scope.today)]
        broken = [cap is not None and activity.top_prize_fen > (cap.amount_fen or 0) for cap in caps]
        cap = caps[0] if broken[0] else caps[1]
        if cap is not None and cap.amount_fen is not None and any(broken):
            message = f"最高奖品{yuan(activity.top_prize_fen)}元，标准是每人{yuan(cap.amount_fen)}元"
            yield Finding(
                "R-FUN-05",
                cap.severity,
                bool(broken[0]),
                bool(broken[1]),
                str(activity),
                message,
                cap.source,
                str(activity.uid),
                activity.on,
            )


def _portion(share: Fraction) -> str:
    return "三分之二" if share == Fraction(2, 3) else f"{share.numerator}/{share.denominator}"


def _overnight(loaded: Standards, on: date) -> tuple[str, str] | None:
    """The ban on outings of several days as (source, level) on the day; the national rule where no pack is loaded."""
    found = loaded.forbidden("multi_day_outing", on)
    if found:
        return found.source, found.severity
    return (rules.FUNDS_RULE, REFUSE) if rules.funds_rule_applies(on) else None


def outings(scope: Scope) -> Iterable[Finding]:
    """R-FUN-07: a trip with union money returns the same day; several days only as recuperation, in its own sheet."""
    rows = Activity.objects.in_union(scope.union).filter(on__gte=scope.first, on__lt=scope.until, payer__in=UNION_MONEY)
    loaded = standards.load(scope.union)
    for activity in rows.filter(last_on__isnull=False).exclude(kind__in=STAYING).order_by("on", "pk"):
        days = rules.days_out(activity.on, activity.last_on)
        then, now = _overnight(loaded, activity.on), _overnight(loaded, scope.today)
        rule = then or now
        if days > 1 and rule:
            message = f"外出{days}天；工会组织的外出活动应当日往返，隔夜的只能按疗休养规定办理"
            yield Finding(
                "R-FUN-07",
                rule[1],
                then is not None,
                now is not None,
                str(activity),
                message,
                rule[0],
                str(activity.uid),
                activity.on,
            )


def certificates(scope: Scope) -> Iterable[Finding]:
    """R-REP-01: each honour and placing of a report has a certificate on record, by number or by where it is kept."""
    rows = Honour.objects.in_union(scope.union).filter(
        on__gte=scope.first, on__lt=scope.until, certificate_no="", certificate_kept=""
    )
    for honour in rows.order_by("on", "pk"):
        name = " ".join(word for word in (honour.contest, honour.title, honour.recipient) if word)
        message = "没有登记证书编号，也没有写证书存放在哪里"
        yield Finding("R-REP-01", WARN, True, True, name, message, "换届报告数据要求", str(honour.uid), honour.on)


def receipts(scope: Scope) -> Iterable[Finding]:
    """R-REP-02: a donation has the number of donors, its quantity, and a receipt or certificate."""
    rows = Donation.objects.in_union(scope.union).filter(on__gte=scope.first, on__lt=scope.until).order_by("on", "pk")
    for donation in rows:
        quantity = {"cash": donation.amount_fen, "goods": donation.goods, "blood": donation.ml}[donation.kind]
        lacks = [
            word
            for word, given in (("人数", donation.people), ("数量", quantity), ("票据或证书号", donation.receipt_no))
            if not given
        ]
        if lacks:
            message = f"缺少{'、'.join(lacks)}"
            yield Finding(
                "R-REP-02",
                WARN,
                True,
                True,
                str(donation),
                message,
                "《公益事业捐赠法》",
                str(donation.uid),
                donation.on,
            )


CHECKS = (
    CheckSpec(
        "R-FUN-05",
        "文体活动奖励面和奖品标准",
        winners,
        "activities.Activity",
        "核对参加人数、获奖人数和奖品金额；超标准的说明依据",
    ),
    CheckSpec("R-FUN-07", "外出活动当日往返", outings, "activities.Activity", "核对往返日期；疗休养按疗休养登记"),
    CheckSpec("R-REP-01", "荣誉有证书", certificates, "activities.Honour", "补上证书编号或扫描件"),
    CheckSpec("R-REP-02", "捐助有凭据", receipts, "activities.Donation", "补上收据编号"),
)
