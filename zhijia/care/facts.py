"""Facts and claims of visits, aid and mutual aid. Evidence names person and kind, never an illness."""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, Case, CharField, Exists, ExpressionWrapper, OuterRef, Q, Value, When

from zhijia.care.models import AidCase, Event, Kind, MutualAid, Source, UpwardApplication, Visit
from zhijia.core.feature_types import DISTINCT, RATE, TOTAL, EveryClaim, EvidenceSet, FactSpec, Scope, YearlyClaim
from zhijia.core.windows import before_spring_festival
from zhijia.members.whom import whom
from zhijia.unions.models import DeedRole, Payer

MET, MISSED, OPEN, FREE = "met", "missed", "open", "free"
STATES = {MET: "已访", MISSED: "未访", OPEN: "期限未到", FREE: "不在必访之列"}


def _label(field: str, choices: Any) -> Any:
    whens = [When(**{field: code}, then=Value(str(label))) for code, label in choices]
    return Case(*whens, default=Value(""), output_field=CharField(max_length=40))


def answered(union: int) -> Any:
    """Condition on events: a visit names it, or one of the same person and kind fell between it and its due day."""
    visits = Visit.objects.in_union(union)
    same = visits.filter(
        event=None, category=OuterRef("kind"), on__gte=OuterRef("happened_on"), on__lte=OuterRef("due_on")
    )
    return (
        Exists(visits.filter(event=OuterRef("pk")))
        | Exists(same.filter(person=OuterRef("person")))
        | Q(person=None) & Exists(same.filter(person=None, person_name=OuterRef("person_name")))
    )


def _events(scope: Scope) -> Any:
    """Events with their state; those whose due day has not passed count neither way until they are visited."""
    state = Case(
        When(must=False, then=Value(FREE)),
        When(answered(scope.union), then=Value(MET)),
        When(due_on__gte=scope.today, then=Value(OPEN)),
        default=Value(MISSED),
        output_field=CharField(max_length=6),
    )
    met = Case(When(state=MET, then=Value(True)), When(state=MISSED, then=Value(False)), default=None)
    return (
        Event.objects.in_union(scope.union)
        .annotate(state=state, kind_label=_label("kind", Kind.choices))
        .annotate(met=met)
    )


def _visits(scope: Scope) -> Any:
    heard = ExpressionWrapper(~Q(opinion=""), output_field=BooleanField())
    return Visit.objects.in_union(scope.union).annotate(
        whom=whom(), heard=heard, category_label=_label("category", Visit.Category.choices)
    )


def _aid(scope: Scope) -> Any:
    paid = AidCase.objects.in_union(scope.union).filter(paid_on__isnull=False)
    return paid.annotate(whom=whom(), cause_label=_label("cause_group", AidCase.CauseGroup.choices))


def _upward(scope: Scope) -> Any:
    label = _label("state", UpwardApplication.State.choices)
    return UpwardApplication.objects.in_union(scope.union).annotate(whom=whom(), state_label=label)


def _mutual(scope: Scope) -> Any:
    return MutualAid.objects.in_union(scope.union)


def _claimed(scope: Scope) -> Any:
    return MutualAid.objects.in_union(scope.union).filter(claimed_on__isnull=False)


NAMES = ("person__name", "person_name")
EVENTS = EvidenceSet(
    "care.events",
    "应访事项",
    _events,
    on="happened_on",
    met="met",
    label=(*NAMES, "kind_label"),
    dims={"kind": "kind", "state": "state"},
    dim_labels={"kind": dict(Kind.choices), "state": STATES},
)
VISITS = EvidenceSet(
    "care.visits",
    "走访慰问",
    _visits,
    on="on",
    who="whom",
    fen="amount_fen",
    label=(*NAMES, "category_label"),
    dims={
        "category": "category",
        "occasion": "occasion",
        "role": "role",
        "payer": "payer",
        "leader": "by_leader",
        "heard": "heard",
    },
    dim_labels={
        "category": dict(Visit.Category.choices),
        "occasion": dict(Visit.Occasion.choices),
        "role": dict(DeedRole.choices),
        "payer": dict(Payer.choices),
    },
)
AID = EvidenceSet(
    "care.aid",
    "困难补助",
    _aid,
    on="paid_on",
    who="whom",
    fen="amount_fen",
    label=(*NAMES, "cause_label"),
    dims={"cause": "cause_group", "source": "source"},
    dim_labels={"cause": dict(AidCase.CauseGroup.choices), "source": dict(Source.choices)},
)
UPWARD = EvidenceSet(
    "care.upward",
    "向上申请",
    _upward,
    on="applied_on",
    who="whom",
    fen="granted_fen",
    label=(*NAMES, "state_label"),
    dims={"state": "state"},
    dim_labels={"state": dict(UpwardApplication.State.choices)},
)
MUTUAL = EvidenceSet(
    "care.mutual",
    "互助保障",
    _mutual,
    on="enrolled_on",
    who="person_id",
    fen="fee_fen",
    year="year",
    label=("person__name", "scheme"),
    dims={"scheme": "scheme"},
)
CLAIMED = EvidenceSet(
    "care.claimed", "互助保障申领", _claimed, on="claimed_on", who="person_id", fen="paid_fen",
    label=("person__name", "scheme"), dims={"scheme": "scheme"},
)  # fmt: skip

DEATHS = (Kind.MEMBER_DEATH.value, Kind.RELATIVE_DEATH.value)
JUDGED = {"state": (MET, MISSED)}
SPRING = {"occasion": ("spring",)}
WARMTH = {"occasion": ("spring", "summer", "autumn")}

FACTS = (
    FactSpec("care.events", "应访事项", "件", EVENTS, by=("year", "kind", "state"), rids=("R93", "R94", "R95")),
    FactSpec(
        "care.must_visit_events",
        "到期的必访事项",
        "次",
        EVENTS,
        where=JUDGED,
        by=("year", "kind"),
        rids=("R95",),
        help="期限未到又还没有走访的，两边都不计",
    ),
    FactSpec(
        "care.must_visits",
        "必访已访",
        "次",
        EVENTS,
        where={"state": (MET,)},
        by=("year", "kind"),
        rids=("R93", "R94", "R95"),
    ),
    FactSpec("care.visit_rate", "必访率", "%", EVENTS, RATE, by=("year", "kind"), rids=("R93", "R94", "R95")),
    FactSpec("care.open_events", "期限未到的必访事项", "件", EVENTS, where={"state": (OPEN,)}, by=("year", "kind")),
    FactSpec(
        "care.visits", "走访慰问", "人次", VISITS, by=("year", "category", "role", "payer"), rids=("R89", "R92", "R94")
    ),
    FactSpec("care.visit_people", "走访慰问人数", "人", VISITS, DISTINCT, by=("year", "category")),
    FactSpec(
        "care.visit_amount", "慰问金和慰问品", "fen", VISITS, TOTAL, by=("year", "category", "payer"), rids=("R92",)
    ),
    FactSpec(
        "care.warmth_visits",
        "送温暖走访",
        "人次",
        VISITS,
        where=WARMTH,
        by=("year", "category", "occasion"),
        rids=("R86", "R87", "R88", "R89", "R90"),
    ),
    FactSpec(
        "care.warmth_people",
        "送温暖走访人数",
        "人",
        VISITS,
        DISTINCT,
        where=WARMTH,
        by=("year", "category"),
        rids=("R86",),
    ),
    FactSpec(
        "care.warmth_amount",
        "送温暖金额",
        "fen",
        VISITS,
        TOTAL,
        where=WARMTH,
        by=("year", "category", "payer"),
        rids=("R92",),
    ),
    FactSpec("care.opinions_heard", "走访中听取意见", "条", VISITS, where={"heard": ("yes",)}, rids=("R91",)),
    FactSpec("care.aid_people", "困难补助人数", "人", AID, DISTINCT, by=("year", "cause"), rids=("R98", "R99")),
    FactSpec("care.aid_payments", "困难补助人次", "人次", AID, by=("year", "cause", "source"), rids=("R98", "R99")),
    FactSpec(
        "care.aid_amount", "困难补助金额", "fen", AID, TOTAL, by=("year", "cause", "source"), rids=("R96", "R98", "R99")
    ),
    FactSpec("care.upward_applications", "向上申请困难补助", "件", UPWARD, by=("year", "state"), rids=("R97",)),
    FactSpec("care.upward_granted", "上级批准的困难补助", "件", UPWARD, where={"state": ("granted",)}, rids=("R97",)),
    FactSpec(
        "care.upward_aid_amount", "争取上级补助金", "fen", UPWARD, TOTAL, where={"state": ("granted",)}, rids=("R97",)
    ),
    FactSpec("care.insured_people", "参加互助保障人数", "人", MUTUAL, DISTINCT, by=("year", "scheme")),
    FactSpec("care.insurance_claims", "互助保障申领", "人次", CLAIMED),
    FactSpec("care.insurance_paid", "互助保障赔付", "fen", CLAIMED, TOTAL),
)

CLAIMS = (
    EveryClaim("claims.every_death_visited", "每次职工及职工家属去世，工会都派员上门吊唁，送上慰问金",
               "care.visit_rate", where={"kind": DEATHS}, rids=("R93",)),
    EveryClaim("claims.every_hospital_visited", "职工因病住院，工会都派员去医院探望，送上慰问品", "care.visit_rate",
               where={"kind": ("hospital",)}, rids=("R94",)),
    EveryClaim("claims.every_must_visit", "必访事项件件走访到位", "care.visit_rate", rids=("R95",)),
    YearlyClaim("claims.yearly_warmth", "每年春节前夕，工会主要领导都走访慰问", VISITS, before_spring_festival,
                where={**SPRING, "leader": ("yes",)}, rids=("R86",)),
)  # fmt: skip
