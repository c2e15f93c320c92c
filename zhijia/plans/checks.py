"""Checks R-CON-04 and R-PLA-01 to R-PLA-03: a yearly congress and its quorum, plan items, summaries."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from zhijia.core.feature_types import CheckSpec, Finding, Scope
from zhijia.core.outcomes import UNCONFIRMED, WARN
from zhijia.plans import rules
from zhijia.plans.facts import PLAN_ITEMS, SUMMARIES
from zhijia.plans.models import Meeting
from zhijia.unions import rules as unions

CONSTITUTION = "《中国工会章程》第二十六条"
CONGRESS_RULES = "《基层工会会员代表大会条例》（总工发〔2019〕6号）"
OWN_PLAN = "本工会年度工作计划"
CONGRESSES = (Meeting.Kind.CONGRESS, Meeting.Kind.ELECTION)


def congress_yearly(scope: Scope) -> Iterable[Finding]:
    """R-CON-04: at least one congress or meeting of all members in each calendar year wholly in the scope."""
    held = set(
        Meeting.objects.in_union(scope.union)
        .filter(kind__in=CONGRESSES, on__gte=date(scope.first.year, 1, 1), on__lt=scope.until)
        .values_list("on__year", flat=True)
    )
    for year in scope.years:
        begin, end = date(year, 1, 1), date(year + 1, 1, 1)
        if scope.first <= begin and end <= scope.until and year not in held:
            then = begin >= rules.CONGRESS_A_YEAR_FROM
            last = date(year, 12, 31)
            message = "全年没有召开会员大会或者会员代表大会，应当每年至少召开一次"
            yield Finding("R-CON-04", WARN, then, True, f"{year}年", message, CONSTITUTION, "", last)


def quorum(scope: Scope) -> Iterable[Finding]:
    """R-PLA-03: two thirds of those due are present at a congress; judged where both numbers are on record."""
    rows = Meeting.objects.in_union(scope.union).filter(
        kind__in=CONGRESSES, on__gte=scope.first, on__lt=scope.until, due__gt=0, present__isnull=False
    )
    for meeting in rows:
        due, present = meeting.due or 0, meeting.present or 0
        least = unions.quorum(due)
        if present < least:
            message = f"应到{due}人，实到{present}人，不足三分之二（{least}人）"
            then = meeting.on >= rules.QUORUM_RULE_FROM
            uid = str(meeting.uid)
            yield Finding("R-PLA-03", WARN, then, True, meeting.topic, message, CONGRESS_RULES, uid, meeting.on)


def plan_items(scope: Scope) -> Iterable[Finding]:
    """R-PLA-01: items of the scope's plans that are overdue, or were dropped without a reason."""
    rows = PLAN_ITEMS.rows(scope).filter(year__in=scope.years, standing__in=("overdue", "dropped"))
    for row in rows:
        if row.standing == "dropped" and row.reason:
            continue
        due = row.due or date(row.year, 12, 31)
        late = f"应于{due.year}年{due.month}月{due.day}日完成，至今没有完成"
        message = "取消时没有写明原因" if row.standing == "dropped" else late
        yield Finding("R-PLA-01", WARN, True, True, row.item, message, OWN_PLAN, str(row.uid), due)


def summaries(scope: Scope) -> Iterable[Finding]:
    """R-PLA-02: a summary says what was achieved, what is wanting and where to go [custom]."""
    for row in SUMMARIES.rows(scope).filter(year__in=scope.years, complete=False, on__lt=scope.until):
        parts = {"成绩": row.achievements, "问题": row.problems, "努力方向": row.direction}
        message = f"总结缺少{'、'.join(name for name, text in parts.items() if not text)}"
        yield Finding("R-PLA-02", UNCONFIRMED, True, True, str(row), message, "工会工作惯例", str(row.uid), row.on)


CHECKS = (
    CheckSpec(
        "R-CON-04", "每年至少召开一次会员（代表）大会", congress_yearly, "", "召开会员（代表）大会，会后在“会议”里登记"
    ),
    CheckSpec(
        "R-PLA-01", "计划事项按期完成", plan_items, "plans.PlanItem", "办完后登记完成日期；没有办的写明原因或改期"
    ),
    CheckSpec("R-PLA-02", "年度总结三部分齐全", summaries, "plans.Summary", "补写总结中缺少的部分"),
    CheckSpec(
        "R-PLA-03",
        "会员（代表）大会到会人数达到三分之二",
        quorum,
        "plans.Meeting",
        "核对应到、实到人数；确未达到的，重新召开",
    ),
)
