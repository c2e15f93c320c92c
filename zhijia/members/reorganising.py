"""Reorganising: groups renamed, merged, split or dissolved, their people and leaders with them.

An old group ends and a new one begins, so that whatever bears the old name keeps it; people go with their history
(`placing`). Everything is one transaction, one audit line and one batch to take it back by.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from zhijia.core import audit, batches, db
from zhijia.core.access import Access
from zhijia.core.batches import Written
from zhijia.core.models import Batch
from zhijia.core.outcomes import Refused, Violation
from zhijia.core.uid import uuid7_many
from zhijia.members import placing
from zhijia.members.models import Post
from zhijia.members.placing import To
from zhijia.members.reorganisation import NOWHERE, Asked, Plan, is_new, planned
from zhijia.unions import rules
from zhijia.unions.models import Group, GroupSuccession


@transaction.atomic
def reorganise(asked: Asked, *, seen: str = "", union: int, by: Access, today: date) -> tuple[Batch, Plan]:
    """Do it: the batch to take it back by, and what was done.

    Refused where a rule stands against it or, with the `seen` of the preview, where anything was written since then.
    """
    audit.lock(union)
    plan = planned(asked, union=union, today=today)
    if seen and seen != plan.seen:
        plan.problems.append(
            Violation("stale", "看过预览以后，有人改过这些小组或人员", mend="下面是现在的情况，请再核对一遍")
        )
    if plan.problems:
        raise Refused(plan.problems)
    ended = _end_groups(plan)
    begun, targets = _begin_groups(plan, union)
    # What ends is kept first, so that taking it back ends what began before the old names are in use again.
    parts = [ended, begun, _write_successions(plan, targets, union)]
    reason = f"机构改革：{plan.title}"
    moves = [(one, _seat(targets[place], plan.targets[place], asked)) for one, place in plan.people]
    parts += placing.write(union, moves, on=asked.on, reason=reason)
    parts += _write_posts(plan, targets, union)
    parts = [part for part in parts if part.new or part.changed]
    batch = batches.keep(parts, union=union, by=by, source=reason)
    audit.record(
        union=union, by=by, verb="members.groups.reorganised", tables=[part.model for part in parts], batch=batch.pk,
        changes=batches.counts(parts) | {"title": plan.title, "on": asked.on.isoformat(), "paper": asked.paper.strip()},
    )  # fmt: skip
    return batch, plan


def _seat(group: int, target: Group, asked: Asked) -> To:
    return To(group, target.department[:60] if asked.departments and target.department else None)


def _end_groups(plan: Plan) -> Written:
    """Groups that end, and what those that go on were before."""
    asked = plan.asked
    going_on = [target for target in plan.targets if not is_new(target) and asked.kind != rules.DISSOLVE]
    changed: list[tuple[Group, date | None, str]] = [(group, asked.on, group.formerly) for group in plan.ending]
    changed += [(group, group.end, plan.formerly(group)) for group in going_on]
    after: dict[str, list[Any]] = {
        "end": [end for _group, end, _words in changed],
        "formerly": [words for _group, _end, words in changed],
    }
    db.update(Group, [one[0].pk for one in changed], [one[0].version for one in changed], after)
    images = [(one.pk, one.version + 1, {"end": one.end, "formerly": one.formerly}) for one, _end, _words in changed]
    return Written(Group, (), images)


def _begin_groups(plan: Plan, union: int) -> tuple[Written, list[int]]:
    """The new groups, and the targets' pks in order."""
    new = [target for target in plan.targets if is_new(target)]
    columns: dict[str, list[Any]] = {
        "uid": uuid7_many(len(new)),
        "name": [target.name for target in new],
        "department": [target.department for target in new],
        "rank": [target.rank for target in new],
        "formerly": [plan.formerly(target) for target in new],
    }
    same = {"union": union, "origin": Group.Origin.LIVED, "first": plan.asked.on}
    made = db.insert(Group, columns, same) if new else []
    pks = iter(made)
    return Written(Group, made), [target.pk or next(pks) for target in plan.targets]


def _write_successions(plan: Plan, targets: Sequence[int], union: int) -> Written:
    """Who came after whom; of a dissolved group those to which people went."""
    asked = plan.asked
    taking = [pk for pk, count in zip(targets, plan.counts, strict=True) if count or asked.kind != rules.DISSOLVE]
    pairs = [(group.pk, pk) for group in plan.groups for pk in taking if pk != group.pk]
    if asked.kind == rules.SWAP:
        pairs = [(group.pk, pk) for group, pk in zip(plan.groups, targets, strict=True)]
    if asked.kind == rules.MERGE:
        pairs = [(before, after) for before, after in pairs if before in {group.pk for group in plan.ending}]
    if not pairs:
        return Written(GroupSuccession)
    columns: dict[str, list[Any]] = {
        "uid": uuid7_many(len(pairs)),
        "before": [before for before, _after in pairs],
        "after": [after for _before, after in pairs],
    }
    same = {
        "union": union, "origin": GroupSuccession.Origin.LIVED, "on": asked.on,
        "kind": rules.RENAME if asked.kind == rules.SWAP else asked.kind,
        "paper": asked.paper.strip()[:60], "reason": asked.reason.strip()[:200],
    }  # fmt: skip
    return Written(GroupSuccession, db.insert(GroupSuccession, columns, same))


_OWN = frozenset(("id", "uid", "union", "version", "origin", "withdrawn_on", "withdrawn_by", "withdrawn_reason"))


def _write_posts(plan: Plan, targets: Sequence[int], union: int) -> list[Written]:
    """The leaders' posts end on the day; those that go on begin anew, with everything else as it was."""
    posts, on = [post for post, _place in plan.leaders], plan.asked.on
    if not posts:
        return []
    going_on = [(post, targets[place]) for post, place in plan.leaders if place != NOWHERE]
    columns: dict[str, list[Any]] = {
        field.name: [getattr(post, field.attname) for post, _group in going_on]
        for field in Post._meta.concrete_fields
        if field.name not in _OWN
    }
    columns |= {"uid": uuid7_many(len(going_on)), "group": [group for _post, group in going_on]}
    columns["first"] = [on] * len(going_on)
    new = db.insert(Post, columns, {"union": union, "origin": Post.Origin.LIVED}) if going_on else []
    images = [(post.pk, post.version + 1, {"end": post.end}) for post in posts]
    db.update(Post, [post.pk for post in posts], [post.version for post in posts], {"end": [on] * len(posts)})
    return [Written(Post, new, images)]
