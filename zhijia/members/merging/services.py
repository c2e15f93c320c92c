"""Judging a pair: two people, or one whose rows are merged; each one transaction, one audit line, one batch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from zhijia.core import audit, batches
from zhijia.core.access import Access
from zhijia.core.batches import Written
from zhijia.core.outcomes import Refused, Violation
from zhijia.documents import attaching
from zhijia.members.merging import choosing, references
from zhijia.members.merging.choosing import CHOICES, KEPT, OTHER
from zhijia.members.merging.references import Rows, stale
from zhijia.members.models import EarlierMembership, Pair, Person, Placement
from zhijia.members.rules import Span

REASON = "合并到"
_FIELDS = tuple(name for _label, names in CHOICES.values() for name in names)


@dataclass(frozen=True, slots=True)
class Merge:
    """What a merge would do: the values that differ, what is proposed for each (`fixed`: nobody chooses), and the rows
    that move.
    """

    kept: Person
    other: Person
    proposed: dict[str, str]
    fixed: dict[str, str]
    rows: list[Rows]


def of(one: Person) -> dict[str, Any]:
    """What tells each choice of a person's row: for secrets the index, for a standing its dates."""
    found = {name: getattr(one, names[0]) for name, (_label, names) in CHOICES.items()}
    for name in ("id_number", "phone"):
        index = getattr(one, CHOICES[name][1][1])
        found[name] = bytes(index) if index else None
    found["group"], found["user"] = one.group_id, one.user_id
    found["standing"] = tuple(getattr(one, name) for name in CHOICES["standing"][1])
    return found


def _proposed(kept: Person, other: Person) -> tuple[dict[str, str], dict[str, str]]:
    """What is proposed where the rows differ, and what of it nobody chooses: memberships that follow each other."""
    proposed = choosing.proposed(of(kept), of(other))
    later = choosing.later_first(kept.dates, other.dates) if "standing" in proposed else ""
    fixed = {"standing": later} if later else {}
    return proposed | fixed, fixed


def _sorted_out(kept: Person, other: Person, taken: Mapping[str, str]) -> list[Rows]:
    """The rows that move, and those that would stand twice, once these values were taken."""
    current = kept if taken.get("standing", KEPT) == KEPT else other
    return list(references.sorted_out(kept, other, current.admitted_on))


def preview(kept: Person, other: Person) -> Merge:
    """What merging `other` into `kept` would do. A few queries for each column that names the other."""
    proposed, fixed = _proposed(kept, other)
    return Merge(kept, other, proposed, fixed, _sorted_out(kept, other, proposed))


def _locked(union: int, kept: Person, other: Person, versions: tuple[int, int] | None) -> tuple[Person, Person]:
    audit.lock(union)
    rows = Person.objects.in_union(union).select_for_update().filter(pk__in=[kept.pk, other.pk]).order_by("pk")
    found = {row.pk: row for row in rows}
    if kept.pk == other.pk or len(found) != 2:
        raise Refused([Violation("gone", "其中一个人的记录已经撤回或合并", mend="请回到疑似重复的名单")])
    one, two = found[kept.pk], found[other.pk]
    if versions is not None and versions != (one.version, two.version):
        raise Refused([stale()])
    return one, two


@transaction.atomic
def merge(
    kept: Person,
    other: Person,
    *,
    choices: Mapping[str, str],
    versions: tuple[int, int] | None = None,
    union: int,
    by: Access,
    today: date,
) -> Pair:
    """Make one person of two: everything that names `other` names `kept` from now on, and `other` is withdrawn.

    Both histories stay, and the files: rows that would stand twice are withdrawn and not deleted, a membership that
    ended before that of today becomes an earlier one. Refused where either was written since it was looked at
    (`versions`).
    """
    one, two = _locked(union, kept, other, versions)
    proposed, fixed = _proposed(one, two)
    taken = {name: choices.get(name, side) for name, side in proposed.items()} | fixed
    rows = _sorted_out(one, two, taken)
    reason = f"{REASON}{one.name}{f'（{one.staff_no}）' if one.staff_no else ''}"[:200]
    withdrawal = {"withdrawn_on": today, "withdrawn_by": by.user, "withdrawn_reason": reason}
    written = references.moved(rows, one, two, withdrawal)
    written += _history(one, two, taken)
    written += _persons(one, two, taken, withdrawal)
    # Files of rows that are withdrawn as twins stay with them: who may see those need not be who sees the person.
    files = attaching.go_over(two, one)
    written += [files] if files.changed else []
    pair, part = _paired(one, two, today)
    written.append(part)
    batch = batches.keep(written, union=union, by=by, source="合并重复登记")
    Pair.objects.filter(pk=pair.pk).update(batch=batch.pk)
    pair.batch = batch.pk
    changes = {**batches.counts(written), "kept": str(one.uid), "merged": str(two.uid)}
    audit.record(
        union=union, by=by, verb="members.person.merged", tables=list(dict.fromkeys(one.model for one in written)),
        subject=one, batch=batch.pk, changes=changes,
    )  # fmt: skip
    return pair


def _history(one: Person, two: Person, taken: Mapping[str, str]) -> list[Written]:
    """The membership that is not that of today, with its place, where it fits before it."""
    now, before = (one, two) if taken.get("standing", KEPT) == KEPT else (two, one)
    held = EarlierMembership.objects.in_union(one.union_id).filter(person=one)
    spans = [Span(first, end) for first, end in held.values_list("admitted_on", "left_on")]
    if not choosing.earlier(now.dates, before.dates, spans):
        return []
    assert before.admitted_on is not None
    assert before.left_on is not None
    made = EarlierMembership.objects.create(
        union_id=one.union_id, person=one, admitted_on=before.admitted_on, retained_on=before.retained_on,
        left_on=before.left_on, leaving=before.leaving, origin=EarlierMembership.Origin.LIVED,
    )  # fmt: skip
    written = [Written(EarlierMembership, new=[made.pk])]
    places = Placement.objects.in_union(one.union_id).filter(person=one)
    if (before.group_id or before.department or before.job) and not places.exists():
        place = Placement.objects.create(
            union_id=one.union_id, person=one, group_id=before.group_id, department=before.department, job=before.job,
            first=before.admitted_on, end=before.left_on, reason="合并重复登记", origin=Placement.Origin.LIVED,
        )  # fmt: skip
        written.append(Written(Placement, new=[place.pk]))
    return written


def _persons(one: Person, two: Person, taken: Mapping[str, str], withdrawal: dict[str, Any]) -> list[Written]:
    """The two rows: the other first, for a login stands for one person at a time."""
    columns = tuple(dict.fromkeys(name for choice in taken if taken[choice] == OTHER for name in CHOICES[choice][1]))
    old = {row["pk"]: row for row in Person.objects.filter(pk__in=[one.pk, two.pk]).values("pk", *_FIELDS)}
    before = dict.fromkeys(withdrawal) | {"withdrawn_reason": "", "user": two.user_id}
    user = None if "user" in columns else two.user_id
    Person.objects.filter(pk=two.pk).update(**withdrawal, user=user, version=two.version + 1)
    written = [Written(Person, changed=[(two.pk, two.version + 1, before)])]
    values = {name: old[two.pk][name] for name in columns}
    Person.objects.filter(pk=one.pk).update(**values, version=one.version + 1)
    if columns:
        kept = {name: old[one.pk][name] for name in columns}
        written.append(Written(Person, changed=[(one.pk, one.version + 1, kept)]))
    else:  # its version moved all the same, so that whoever looks at it is told
        written.append(Written(Person, changed=[(one.pk, one.version + 1, {"name": old[one.pk]["name"]})]))
    return written


def _paired(one: Person, two: Person, today: date) -> tuple[Pair, Written]:
    """The pair as merged; a verdict of before on the same two gives way, and comes back with them."""
    pair = Pair.objects.in_union(one.union_id).filter(kept__in=[one, two], other__in=[one, two]).first()
    if pair is None:
        pair = Pair.objects.create(
            union_id=one.union_id, kept=one, other=two, verdict=Pair.Verdict.MERGED, on=today, staff_no=two.staff_no,
            origin=Pair.Origin.LIVED,
        )  # fmt: skip
        return pair, Written(Pair, new=[pair.pk])
    before = {
        "kept": pair.kept_id, "other": pair.other_id, "verdict": pair.verdict, "on": pair.on,
        "staff_no": pair.staff_no, "batch": pair.batch,
    }  # fmt: skip
    pair.kept, pair.other, pair.verdict, pair.on = one, two, Pair.Verdict.MERGED, today
    pair.staff_no, pair.version = two.staff_no, pair.version + 1
    pair.save()
    return pair, Written(Pair, changed=[(pair.pk, pair.version, before)])


@transaction.atomic
def dismiss(one: Person, other: Person, *, union: int, by: Access, today: date) -> Pair:
    """Remember that the two are different people; they are not asked about again."""
    one, other = sorted((one, other), key=lambda person: person.pk)
    _locked(union, one, other, None)
    pair, made = Pair.objects.get_or_create(
        union_id=union, kept=one, other=other, withdrawn_on=None,
        defaults={"verdict": Pair.Verdict.DIFFERENT, "on": today, "origin": Pair.Origin.LIVED},
    )  # fmt: skip
    if made:
        audit.record(union=union, by=by, verb="members.pair.different", subject=pair)
    return pair


@transaction.atomic
def take_back(pair: Pair, *, union: int, by: Access) -> None:
    """Take a verdict back: two people are asked about again, a merge is undone as a batch is."""
    audit.lock(union)
    now = Pair.objects.in_union(union).filter(pk=pair.pk).values_list("verdict", flat=True).first()
    if now != pair.verdict:
        raise Refused([Violation("stale", "刚被别人改过这两个人的结论", mend="请看过现在的情况再办")])
    if pair.verdict == Pair.Verdict.MERGED:
        if pair.batch is None:
            raise Refused([Violation("no_batch", "这次合并没有留下可以撤销的记录")])
        batches.undo(pair.batch, union=union, by=by)
        return
    audit.record(union=union, by=by, verb="members.pair.reopened", subject=pair)
    pair.delete()
