"""Facts and claims of plans, meetings, summaries, key tasks and campaigns."""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, Case, CharField, Exists, OuterRef, Q, Value, When

from zhijia.core.conditions import flag
from zhijia.core.feature_types import ITEMS, RATE, TOTAL, EveryClaim, EvidenceSet, FactSpec, Scope, YearlyClaim
from zhijia.core.windows import around_year_end, months
from zhijia.plans import rules
from zhijia.plans.models import (
    Block,
    Campaign,
    Exemption,
    KeyTask,
    Meeting,
    NextTask,
    PlanItem,
    Summary,
    Yearly,
)

STANDING = {"done": "按期完成", "late": "逾期完成", "pending": "未到期", "overdue": "逾期未完成", "dropped": "已取消"}
WANTING = ("late", "overdue", "dropped")
BLOCKS = dict(Block.choices)
THREE_PARTS = ~Q(achievements="") & ~Q(problems="") & ~Q(direction="")
SUMMARY_WINDOW = around_year_end(*rules.SUMMARY_MONTHS)


def _items(scope: Scope) -> Any:
    """Plan items with their standing on the scope's last day; those not due yet count neither way."""
    open_ = Q(state=PlanItem.State.OPEN)
    overdue = open_ & (Q(due__lt=scope.last) | Q(due=None, year__lt=scope.last.year))
    standing = Case(
        When(overdue, then=Value("overdue")),
        When(open_, then=Value("pending")),
        *(When(state=state, then=Value(state)) for state in ("done", "late", "dropped")),
        default=Value("pending"),
        output_field=CharField(),
    )
    met = Case(
        When(standing__in=("done", "late"), then=Value(True)),
        When(standing="pending", then=None),
        default=Value(False),
        output_field=BooleanField(null=True),
    )
    return PlanItem.objects.in_union(scope.union).annotate(standing=standing, met=met)


def _plan_years(scope: Scope) -> Any:
    """One item for each year that has a plan, met when the year has a summary of three parts; None until due."""
    every = PlanItem.objects.in_union(scope.union)
    earlier = every.filter(year=OuterRef("year"), pk__lt=OuterRef("pk"))
    summary = Summary.objects.in_union(scope.union).filter(THREE_PARTS, year=OuterRef("year"))
    due = [year for year in scope.years if SUMMARY_WINDOW(year)[1] <= scope.until]
    met = Case(
        When(Exists(summary), then=Value(True)),
        When(year__in=due, then=Value(False)),
        default=None,
        output_field=BooleanField(null=True),
    )
    return every.filter(~Exists(earlier)).annotate(met=met)


def _meetings(scope: Scope) -> Any:
    return Meeting.objects.in_union(scope.union)


def _summaries(scope: Scope) -> Any:
    return Summary.objects.in_union(scope.union).annotate(complete=flag(THREE_PARTS))


def _key_tasks(scope: Scope) -> Any:
    return KeyTask.objects.in_union(scope.union).annotate(with_action=flag(~Q(linked="")))


def _campaigns(scope: Scope) -> Any:
    return Campaign.objects.in_union(scope.union)


def _next_tasks(scope: Scope) -> Any:
    return NextTask.objects.in_union(scope.union)


def _exemptions(scope: Scope) -> Any:
    return Exemption.objects.in_union(scope.union)


PLAN_ITEMS = EvidenceSet(
    "plans.items",
    "计划事项",
    _items,
    on="on",
    year="year",
    met="met",
    label=("item", "reason"),
    dims={"state": "state", "block": "block", "standing": "standing"},
    dim_labels={"state": dict(PlanItem.State.choices), "block": BLOCKS, "standing": STANDING},
)
PLAN_YEARS = EvidenceSet("plans.years", "有计划的年度", _plan_years, year="year", met="met", label=("year",))
MEETINGS = EvidenceSet(
    "plans.meetings",
    "会议",
    _meetings,
    on="on",
    fen="present",
    label=("topic", "minutes_no"),
    dims={"kind": "kind"},
    dim_labels={"kind": dict(Meeting.Kind.choices)},
)
SUMMARIES = EvidenceSet(
    "plans.summaries",
    "年度总结",
    _summaries,
    on="on",
    year="year",
    met="complete",
    label=("year", "doc_number"),
    dims={"complete": "complete"},
    dim_labels={"complete": {"yes": "三部分齐全", "no": "不齐全"}},
)
KEY_TASKS = EvidenceSet(
    "plans.key_tasks",
    "重点工作",
    _key_tasks,
    year="year",
    met="with_action",
    label=("task", "linked"),
    dims={"state": "state", "role": "role", "linked": "with_action"},
    dim_labels={"state": dict(KeyTask.State.choices), "linked": {"yes": "工会有联动举措", "no": "工会未安排"}},
)
CAMPAIGNS = EvidenceSet(
    "plans.campaigns",
    "主题活动",
    _campaigns,
    on="first",
    label=("name", "slogan", "doc_number"),
    dims={"kind": "kind", "role": "role"},
    dim_labels={"kind": dict(Campaign.Kind.choices)},
)
NEXT_TASKS = EvidenceSet(
    "plans.next_tasks",
    "下届任务",
    _next_tasks,
    on="on",
    label=("text", "problem"),
    dims={"block": "block"},
    dim_labels={"block": BLOCKS},
)
EXEMPTIONS = EvidenceSet(
    "plans.exemptions",
    "例外年份",
    _exemptions,
    year="year",
    label=("claim", "year", "reason", "doc_number"),
    dims={"claim": "claim"},
    dim_labels={"claim": dict(Yearly.choices)},
)

FACTS = (
    FactSpec("plans.items", "计划事项", "项", PLAN_ITEMS, by=("year", "state", "block"), rids=("R117", "R121")),
    FactSpec("plans.done_rate", "计划事项完成率", "%", PLAN_ITEMS, RATE, by=("year", "block"), rids=("R123",)),
    FactSpec(
        "plans.late_items",
        "未按期完成的计划事项",
        "项",
        PLAN_ITEMS,
        ITEMS,
        where={"standing": WANTING},
        by=("year", "standing", "block"),
        rids=("R137",),
    ),
    FactSpec("plans.cycles", "有计划也有总结的年度", "%", PLAN_YEARS, RATE, rids=("R125",)),
    FactSpec("plans.meetings", "会议", "次", MEETINGS, by=("year", "kind"), rids=("R23", "R41", "R118", "R122")),
    FactSpec("plans.meeting_people", "参加会议", "人次", MEETINGS, TOTAL, by=("year", "kind"), rids=("R23",)),
    FactSpec("plans.summaries", "年度总结", "份", SUMMARIES, rids=("R124",)),
    FactSpec("plans.summaries_complete", "年度总结三部分齐全", "%", SUMMARIES, RATE, rids=("R124",)),
    FactSpec("plans.key_tasks", "单位重点工作", "项", KEY_TASKS, by=("year", "state"), rids=("R05", "R09", "R19")),
    FactSpec(
        "plans.linked_tasks",
        "工会联动的重点工作",
        "项",
        KEY_TASKS,
        where={"linked": (True,)},
        by=("year", "state"),
        rids=("R09", "R20"),
    ),
    FactSpec(
        "plans.campaigns",
        "主题活动",
        "项",
        CAMPAIGNS,
        ITEMS,
        by=("year", "kind"),
        rids=("R12", "R21", "R38", "R39", "R40", "R42", "R43", "R46", "R50"),
    ),
    FactSpec("plans.next_tasks", "下届任务", "项", NEXT_TASKS, ITEMS, by=("block",), rids=("R138",)),
    FactSpec("plans.exemptions", "例外年份", "项", EXEMPTIONS, by=("year", "claim"), rids=("R122", "R124")),
)

CLAIMS = (
    YearlyClaim(
        "claims.yearly_plan",
        "每年年初，组织工会委员和小组长集体研究年度工作思路，提出年度工作计划",
        MEETINGS,
        months(*rules.PLAN_MONTHS),
        where={"kind": (Meeting.Kind.PLAN,)},
        rids=("R122",),
    ),
    YearlyClaim(
        "claims.yearly_summary",
        "每年年终，对全年工作进行总结，肯定成绩，发现问题，提出努力方向",
        SUMMARIES,
        SUMMARY_WINDOW,
        where={"complete": (True,)},
        rids=("R124",),
    ),
    EveryClaim("claims.plan_and_summary", "年初有部署、有计划，年终有总结", "plans.cycles", rids=("R125",)),
)
