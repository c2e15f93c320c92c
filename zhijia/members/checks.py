"""Checks R-ORG-01, R-ORG-02 and R-ELE-17: form of the union, women's committee, vacant chair; separation of duties."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from zhijia.core.feature_types import CheckSpec, Finding, Scope
from zhijia.core.outcomes import REFUSE, WARN
from zhijia.members import post_rules, posts, rules
from zhijia.members.models import Person, Post
from zhijia.unions.models import Union
from zhijia.unions.rules import COMMITTEE_FROM


def _in_force(scope: Scope, offices: tuple[str, ...]) -> Any:
    """Posts of the offices held on some day of the scope, oldest first."""
    posts = Post.objects.in_union(scope.union).filter(office__in=offices, first__lt=scope.until).order_by("first", "pk")
    return posts.exclude(end__lte=scope.first)


def committee(scope: Scope) -> Iterable[Finding]:
    """R-ORG-01: a union of 25 members or more has a committee."""
    count = Person.objects.in_union(scope.union).members_on(scope.last).count()
    posts = _in_force(scope, (Post.Office.CHAIR, Post.Office.VICE_CHAIR, Post.Office.COMMITTEE))
    if count >= COMMITTEE_FROM and posts.exclude(end__lte=scope.last).count() < 3:
        name = Union.objects.get(pk=scope.union).name
        message = f"会员{count}人，应当建立工会委员会，登记的委员不足3人"
        yield Finding("R-ORG-01", REFUSE, True, True, name, message, "《工会法》第十一条")


def women_committee(scope: Scope) -> Iterable[Finding]:
    """R-ORG-02: from ten women members on there is a women workers' committee."""
    count = Person.objects.in_union(scope.union).members_on(scope.last).filter(sex=Person.Sex.FEMALE).count()
    posts = _in_force(scope, (Post.Office.WOMEN_DIRECTOR, Post.Office.WOMEN)).exclude(end__lte=scope.last)
    if count and not posts.exists():
        needed = "女职工委员会" if count >= rules.WOMEN_COMMITTEE_FROM else "一名女职工委员"
        name = Union.objects.get(pk=scope.union).name
        message = f"女会员{count}人，应当设立{needed}"
        yield Finding("R-ORG-02", WARN, True, True, name, message, "《中国工会章程》第五章")


def vacant_chair(scope: Scope) -> Iterable[Finding]:
    """R-ELE-17: the chair is not vacant for more than half a year."""
    reached: date = scope.first
    # A deputy leads meanwhile; the chair is vacant all the same.
    spans = list(_in_force(scope, (Post.Office.CHAIR,)).filter(acting=False).values_list("first", "end"))
    for first, end in [*spans, (scope.until, None)]:
        if first - reached > rules.VACANCY:
            message = f"{reached}至{first}主席空缺{(first - reached).days}天，超过半年"
            yield Finding("R-ELE-17", WARN, True, True, "主席", message, "《机关工会工作暂行条例》", on=reached)
        reached = max(reached, end or scope.until)


def separate_duties(scope: Scope) -> Iterable[Finding]:
    """R-FUN-13: cashier and accountant differ. R-ELE-16: reviewers are neither chair, vice-chair nor finance staff."""
    kept = _in_force(scope, tuple(sorted(post_rules.WATCHED))).select_related("person")
    for post, one in posts.overlaps(kept.defer("person__id_number", "person__phone")):
        yield Finding(
            one.rule, REFUSE, True, True, post.person.name, one.message, one.source, str(post.uid), post.first
        )


CHECKS = (
    CheckSpec("R-ORG-01", "建立工会委员会", committee, "", "选举产生工会委员会，登记任职"),
    CheckSpec("R-ORG-02", "女职工委员会", women_committee, "", "按女会员人数建立女职工委员会或设女职工委员，登记任职"),
    CheckSpec("R-ELE-17", "主席不空缺", vacant_chair, "", "尽快补选，登记任职"),
    CheckSpec("R-FUN-13", "不相容岗位分离", separate_duties, "members.Post", "调整任职，不相容的岗位由不同的人担任"),
)
