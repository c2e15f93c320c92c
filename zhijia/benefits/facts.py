"""Facts and claims of welfare, housing, health checks and leave."""

from __future__ import annotations

from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    F,
    PositiveIntegerField,
    Q,
    Value,
    When,
)

from zhijia.benefits import terms
from zhijia.benefits.models import Entitlement, HealthBatch, HousingCase, Issue
from zhijia.core.conditions import met
from zhijia.core.feature_types import (
    DISTINCT,
    FEN,
    RATE,
    SHARE,
    TOTAL,
    EveryClaim,
    EvidenceSet,
    FactSpec,
    NumberClaim,
    Scope,
    YearlyClaim,
)
from zhijia.core.windows import whole_year
from zhijia.members.whom import whom
from zhijia.notices.rules import WHOLE_DEPARTMENT
from zhijia.standards import numbers
from zhijia.unions.models import DeedRole, Payer

SUBSIDY = HousingCase.Kind.SUBSIDY.value
HOMES = (HousingCase.Kind.PURCHASE.value, HousingCase.Kind.ALLOCATION.value)
CHECKUPS = (HealthBatch.Kind.GENERAL.value, HealthBatch.Kind.WOMEN.value)
LEAVE = HealthBatch.Kind.ANNUAL_LEAVE.value
WELFARE_LABELS = {"kind": dict(Issue.Kind.choices), "payer": dict(Payer.choices), "method": dict(Issue.Method.choices)}
HOUSING_LABELS = {"kind": dict(HousingCase.Kind.choices), "role": dict(DeedRole.choices)}
HEALTH_LABELS = {"kind": dict(HealthBatch.Kind.choices), "payer": dict(Payer.choices)}


def _issues(scope: Scope) -> Any:
    return Issue.objects.in_union(scope.union)


def _cases(scope: Scope) -> Any:
    """Housing cases, met when the notice on them reached the whole department; a notice not on record is not judged."""
    posted = Case(
        When(notice__scope__in=sorted(WHOLE_DEPARTMENT), then=Value(True)),
        When(Q(notice=None) & ~Q(notice_name=""), then=None),
        default=Value(False),
        output_field=BooleanField(null=True),
    )
    return HousingCase.objects.in_union(scope.union).annotate(who=whom(), posted=posted)


def _entitled(scope: Scope) -> Any:
    """Persons listed for housing subsidy, met when paid; those listed of late count neither way until they are paid."""
    paid = HousingCase.objects.in_union(scope.union).filter(kind=SUBSIDY, solved_on__lt=scope.until)
    registered = Q(person__in=paid.filter(person__isnull=False).values("person"))
    by_name = Q(person_name__in=paid.filter(person=None).values("person_name"))
    rows = Entitlement.objects.in_union(scope.union).filter(matter=Entitlement.Matter.HOUSING_SUBSIDY)
    rows = rows.annotate(who=whom(), due_on=numbers.due(scope.union, terms.PAY, "listed_on"))
    return rows.annotate(met=met(registered | by_name, Q(due_on__gt=scope.last)))


def _batches(scope: Scope) -> Any:
    """Health checks with those who came and were invited; leave with the days taken and due."""
    return HealthBatch.objects.in_union(scope.union).annotate(
        done=Case(When(kind=LEAVE, then=F("days_taken")), default=F("attended"), output_field=PositiveIntegerField()),
        due=Case(When(kind=LEAVE, then=F("days_due")), default=F("invited"), output_field=PositiveIntegerField()),
    )


ISSUES = EvidenceSet(
    "benefits.issues",
    "福利发放",
    _issues,
    on="issued_on",
    fen="amount_fen",
    sums={"heads": "heads"},
    label=("festival", "item"),
    dims={"kind": "kind", "payer": "payer", "method": "method"},
    dim_labels=WELFARE_LABELS,
)
SOLVED = EvidenceSet(
    "benefits.solved",
    "已解决的住房和住房补贴",
    _cases,
    on="solved_on",
    who="who",
    fen="amount_fen",
    met="posted",
    label=("person_name",),
    dims={"kind": "kind", "role": "role"},
    dim_labels=HOUSING_LABELS,
)
APPLIED = EvidenceSet(
    "benefits.applied",
    "住房和住房补贴申请",
    _cases,
    on="applied_on",
    who="who",
    label=("person_name",),
    dims={"kind": "kind"},
    dim_labels=HOUSING_LABELS,
)
ENTITLED = EvidenceSet(
    "benefits.entitled",
    "应享受住房补贴人员",
    _entitled,
    on="listed_on",
    who="who",
    met="met",
    label=("person_name",),
)
DONE = EvidenceSet(
    "benefits.health",
    "体检和休假",
    _batches,
    on="held_on",
    year="year",
    fen="done",
    sums={"due": "due"},
    label=("year", "clinic"),
    dims={"kind": "kind", "payer": "payer"},
    dim_labels=HEALTH_LABELS,
)


def _of(kind: str) -> dict[str, tuple[str, ...]]:
    return {"kind": (kind,)}


FACTS = (
    FactSpec("benefits.issues", "福利发放", "次", ISSUES, by=("year", "kind"), rids=("R54", "R81", "R83", "R84")),
    FactSpec("benefits.value", "福利发放金额", "fen", ISSUES, TOTAL, by=("year", "kind", "payer"), rids=("R81", "R83")),
    FactSpec(
        "benefits.issue_people",
        "福利发放人次",
        "人次",
        ISSUES,
        TOTAL,
        by=("year", "kind"),
        rids=("R74", "R81"),
        of="heads",
    ),
    FactSpec(
        "benefits.housing_people",
        "解决住房人数",
        "人",
        SOLVED,
        DISTINCT,
        where={"kind": HOMES},
        by=("year", "kind", "role"),
        rids=("R76",),
    ),
    FactSpec("benefits.housing_applications", "住房和补贴申请", "件", APPLIED, by=("year", "kind"), rids=("R80",)),
    FactSpec(
        "benefits.housing_noticed",
        "住房和补贴经全厅公示",
        "%",
        SOLVED,
        RATE,
        by=("year", "kind"),
        rids=("R64", "R78"),
    ),
    FactSpec("benefits.subsidy_people", "发放住房补贴人数", "人", SOLVED, DISTINCT, where=_of(SUBSIDY), rids=("R75",)),
    FactSpec("benefits.subsidy_amount", "住房补贴金额", "fen", SOLVED, TOTAL, where=_of(SUBSIDY), rids=("R80",)),
    FactSpec("benefits.subsidy_entitled", "应享受住房补贴人数", "人", ENTITLED, DISTINCT, rids=("R75",)),
    FactSpec("benefits.subsidy_rate", "住房补贴发放率", "%", ENTITLED, RATE, rids=("R75",)),
    FactSpec("benefits.checkups", "体检批次", "次", DONE, where={"kind": CHECKUPS}, by=("year", "kind"), rids=("R66",)),
    FactSpec(
        "benefits.checkup_people",
        "体检人次",
        "人次",
        DONE,
        TOTAL,
        where={"kind": CHECKUPS},
        by=("year", "kind"),
        rids=("R66",),
    ),
    FactSpec(
        "benefits.checkup_invited",
        "应检人次",
        "人次",
        DONE,
        TOTAL,
        where={"kind": CHECKUPS},
        by=("year", "kind"),
        rids=("R66", "R69"),
        of="due",
    ),
    FactSpec("benefits.women_checkup_people", "妇科体检人次", "人次", DONE, TOTAL, where=_of("women"), rids=("R69",)),
    FactSpec("benefits.leave_days_taken", "已休年休假天数", "天", DONE, TOTAL, where=_of(LEAVE), rids=("R67",)),
    FactSpec("benefits.leave_days_due", "应休年休假天数", "天", DONE, TOTAL, _of(LEAVE), rids=("R67",), of="due"),
    FactSpec("benefits.leave_rate", "年休假落实率", "%", DONE, SHARE, _of(LEAVE), rids=("R67",), of=FEN, per="due"),
)

CLAIMS = (
    YearlyClaim(
        "claims.yearly_book_coupons", "每年为会员提供书票", ISSUES, whole_year, _of("book_coupon"), rids=("R54",)
    ),
    YearlyClaim("claims.yearly_checkup", "每年都安排职工体检", DONE, whole_year, _of("general"), rids=("R66",)),
    YearlyClaim(
        "claims.yearly_women_checkup", "每年为女职工安排妇科体检", DONE, whole_year, _of("women"), rids=("R69",)
    ),
    NumberClaim(
        "claims.housing_about",
        "解决了{about}名干部职工的住房问题",
        "benefits.housing_people",
        about=True,
        rids=("R76",),
    ),
    EveryClaim(
        "claims.all_entitled_paid",
        "为所有符合享受住房补贴条件的同志办理了发放手续",
        "benefits.subsidy_rate",
        rids=("R75",),
    ),
    EveryClaim(
        "claims.housing_cases_noticed",
        "办理的购房、住房补贴均经全厅公示",
        "benefits.housing_noticed",
        rids=("R64", "R78"),
    ),
)
