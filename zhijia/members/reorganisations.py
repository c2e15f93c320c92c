"""Reorganisations that were done, with what can still be taken back; and what a new one leaves open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, Count, QuerySet, Value

from zhijia.core import batches, bearers
from zhijia.core.conditions import lasts
from zhijia.core.models import AuditLine, Batch
from zhijia.members import rules as member_rules
from zhijia.members.models import Admission, Person, Placement, Post
from zhijia.members.reorganisation import Plan, is_new
from zhijia.unions import naming, rules
from zhijia.unions.models import Group, GroupSuccession, UnionRecord

VERBS = ("members.groups.reorganised", "members.people.moved")
SHOWN = 100


@dataclass(frozen=True, slots=True)
class Done:
    """One reorganisation in the past: its day, itself in one line, its paper."""

    on: date
    title: str
    paper: str
    reason: str


def done(union: int) -> list[Done]:
    """The reorganisations on record, the newest first; one query."""
    rows = GroupSuccession.objects.in_union(union).select_related("before", "after").order_by("-on", "pk")
    found: dict[tuple[Any, ...], list[GroupSuccession]] = {}
    for row in rows[:SHOWN]:
        one = row.after_id if row.kind in rules.WHOLE else row.before_id
        found.setdefault((row.on, row.kind, one), []).append(row)
    told, renamed = [], {_turn(own[0]) for own in found.values() if own[0].kind == rules.RENAME}
    for (on, kind, _one), own in found.items():
        before, after = _names(row.before for row in own), _names(row.after for row in own)
        if kind == rules.RENAME and (on, after[0], before[0]) in renamed:  # two that took each other's name
            if (on, before[0], after[0]) not in renamed:
                continue
            renamed.remove((on, after[0], before[0]))
            title = rules.title(rules.SWAP, [*before, *after], [*after, *before])
        else:
            title = rules.title(kind, before, after)
        told.append(Done(on, title, own[0].paper, own[0].reason))
    return told


def _turn(row: GroupSuccession) -> tuple[date, str, str]:
    return row.on, row.before.name, row.after.name


def _names(groups: Any) -> list[str]:
    return list(dict.fromkeys(group.name for group in groups))


def left_behind(union: int, today: date) -> QuerySet[Person]:
    """Who is still in a group that ended: put there by a file that has the old name."""
    rows: QuerySet[Person] = Person.objects.in_union(union).filter(lasts(today, "left_on"), group__end__lte=today)
    return rows


def recent(union: int) -> list[Batch]:
    """What was done lately and can be taken back, the newest first."""
    lines = AuditLine.objects.filter(union_id=union, verb__in=VERBS, batch_id__isnull=False)
    own = lines.order_by("-seq").values_list("batch_id", flat=True)[:20]
    found = Batch.objects.filter(union_id=union, pk__in=[number for number in own if number is not None]).order_by(
        "-pk"
    )
    return [batch for batch in found if batches.may_be_undone(batch)]


def batch(union: int, number: int) -> Batch | None:
    """A batch of these pages; None for that of an import, which has a page of its own."""
    own = AuditLine.objects.filter(union_id=union, verb__in=VERBS, batch_id=number)
    return batches.find(number, union) if own.exists() else None


def open_matters(plan: Plan, union: int) -> list[str]:
    """What is to be known before it is done: applications on their way, leaders missing, records of the old name."""
    ending = [group.pk for group in plan.ending]
    found = []
    waiting = Admission.objects.in_union(union).filter(state__in=member_rules.WAITING, person__group__in=ending).count()
    if waiting:
        found.append(f"{waiting}份入会申请还在办：跟着人走，由新小组的组长签意见")
    found += _borne_before(plan, union)
    found += [f"{name}还没有组长：办好以后在“任职”里登记" for name in plan.leaderless]
    kept = _bearing(ending, union)
    if kept:
        told = "、".join(f"{name}{count}条" for name, count in kept)
        found.append(f"{told}仍记在原来的小组名下：那时就叫这个名字")
    return found


def _borne_before(plan: Plan, union: int) -> list[str]:
    """Of new groups that take a name which others bore: until when, and how those are written from now on."""
    new, own = {one.name for one in plan.targets if is_new(one)}, {one.pk for one in plan.groups}
    found = []
    for pk, bearer in naming.borne(union).items():
        if bearer[0] in new and pk not in own:
            written = next(iter(bearers.spellings(bearer)), bearer[0])
            found.append(f"“{bearer[0]}”以前也有一个（{bearers.span(bearer[1:])}）：台账里说的是它时，写“{written}”")
    return found


_THEIRS = frozenset((Person, Placement, Post, GroupSuccession))


def _bearing(groups: list[int], union: int) -> list[tuple[str, int]]:
    """How many records of other kinds point to the groups, by kind; one query over all their tables."""
    parts = []
    relations: list[Any] = list(Group._meta.get_fields(include_hidden=True))
    for relation in relations:
        model: Any = relation.related_model
        if not (relation.auto_created and relation.one_to_many and model and issubclass(model, UnionRecord)):
            continue
        if model in _THEIRS or not groups:
            continue
        name = Value(str(model._meta.verbose_name), output_field=CharField())
        rows = model.objects.in_union(union).filter(**{f"{relation.field.name}__in": groups}).order_by()
        parts.append(rows.annotate(what=name).values("what").annotate(many=Count("pk")).values_list("what", "many"))
    if not parts:
        return []
    counts: dict[str, int] = {}
    for name, count in parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]:
        counts[name] = counts.get(name, 0) + count
    return sorted((name, count) for name, count in counts.items() if count)
