"""A change of a membership or a place that was a mistake is taken back: what was true before is true again.

Only the last change, while the record still says what that change made of it: nothing that was written to the record
after it is lost. The line of the log, and what the change put aside, are withdrawn and stay readable; the audit line
says why.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from zhijia.core import audit, batches, person_keys, withdrawal
from zhijia.core.access import Access
from zhijia.core.outcomes import Refused, Violation
from zhijia.core.uid import instant
from zhijia.members import rules, standing
from zhijia.members.changes import Admission, Change
from zhijia.members.models import Lapse, Person
from zhijia.members.past import EarlierMembership, Placement
from zhijia.members.standing import refusal
from zhijia.unions.models import UnionRecord

_LIVED = Change.Origin.LIVED
_PLACE = {"group", "department", "job"}
_BY_HAND = "请在会员的记录和“会籍变动”里改正"


def last(person: Person) -> Change | None:
    """The last change that was made here, not told from the past."""
    rows = Change.objects.in_union(person.union_id).filter(person=person, origin=_LIVED)
    found: Change | None = rows.order_by("-pk").first()
    return found


def newest(done: Iterable[Change]) -> Change | None:
    """The same among changes that were read already."""
    return max((one for one in done if one.origin == _LIVED), key=lambda one: one.pk, default=None)


def _later() -> Refused:
    return Refused([Violation("later", "这次变动以后，记录又改过", mend=_BY_HAND)])


@dataclass(frozen=True, slots=True)
class Before:
    """What a change took the place of: the dates of the membership and the one put aside, or the place put aside."""

    dates: rules.Dates | None = None
    aside: EarlierMembership | None = None
    place: Placement | None = None


def before(change: Change, row: Person, today: date) -> Before:
    """What is true again once the change is taken back. Refused where that would lose anything written since."""
    if change.kind == Change.Kind.MOVED:
        return Before(place=_place_before(change, row))
    return _membership_before(change, row, today)


def _put_aside(change: Change, row: Person) -> EarlierMembership | None:
    if not rules.begins(change.kind):
        return None
    rows = EarlierMembership.objects.in_union(row.union_id).filter(person=row, origin=_LIVED, left_on__lte=change.on)
    found: EarlierMembership | None = rows.order_by("-pk").first()
    return found


def _membership_before(change: Change, row: Person, today: date) -> Before:
    put_aside = _put_aside(change, row)
    dates = rules.unmoved(change.kind, row.dates, change.on, put_aside.dates if put_aside else None)
    if dates is None:
        raise _later()
    if dates.state in (rules.NEVER, rules.GONE) and standing.posts_held(row, today):
        words = "已经担任工会职务，不能撤销入会"
        raise Refused([Violation("posts", words, mend="先在“任职和交接”里办卸任")])
    return Before(dates, put_aside)


def _place_before(change: Change, row: Person) -> Placement:
    rows = Placement.objects.in_union(row.union_id).filter(person=row).select_related("group")
    kept = rows.order_by("-end", "-pk").first()
    if kept is None or kept.end != change.on or kept.origin != _LIVED:
        raise _later()
    # Of two on one day only the first put a place aside: the other gave the place a new name (see `placing.write`).
    same_day = Change.objects.in_union(row.union_id).filter(person=row, kind=Change.Kind.MOVED, on=change.on)
    if same_day.exclude(pk=change.pk).exists() or _placed_since(change, row):
        raise _later()
    if kept.group is not None and kept.group.end is not None:
        raise Refused([Violation("group", f"“{kept.group.name}”已经不设了", mend="办一次“换小组、处室或职务”")])
    return kept


def _give_back(was: Before, row: Person) -> list[UnionRecord]:
    """Write what was true before into the row; what is to be withdrawn besides the change."""
    if was.place is not None:
        row.group, row.department, row.job = was.place.group, was.place.department, was.place.job
        row.save(update_fields=["group", "department", "job"])
        return [was.place]
    assert was.dates is not None
    row.admitted_on, row.retained_on, row.left_on = was.dates
    row.leaving = was.aside.leaving if was.aside and was.dates.left_on else ""
    row.save(update_fields=["admitted_on", "retained_on", "left_on", "leaving"])
    return [was.aside] if was.aside else []


def _placed_since(change: Change, row: Person) -> bool:
    """Whether somebody wrote another place into the record after the change: that would be lost."""
    made = instant(change.uid)
    saved = person_keys.opened(audit.history(row).filter(verb="members.person.saved", at__gt=made))
    if any(_PLACE & set(told) for line in saved for told in line.told.get("rows", ())):
        return True
    # Imports tell the chain of counts only: what they wrote over is in their images.
    now = {"group": row.group_id, "department": row.department, "job": row.job}
    images = batches.images(row, since=made, made=change)
    return any(image is None or any(image.get(name, held) != held for name, held in now.items()) for image in images)


def _application_back(change: Change, row: Person) -> list[type]:
    """An approval that is taken back waits for the committee again."""
    if change.kind != Change.Kind.ADMITTED:
        return []
    rows = Admission.objects.in_union(row.union_id).filter(person=row, state=Admission.State.APPROVED)
    one = rows.filter(decided_on=change.on).order_by("-pk").first()
    if one is None:
        return []
    one.state, one.decided_on, one.meeting = Admission.State.REMARKED, None, ""
    one.version += 1
    one.save(update_fields=["state", "decided_on", "meeting", "version"])
    return [Admission]


def problem(change: Change | None, person: Person) -> Violation | None:
    """Why the change can not be taken back, as far as it shows without trying."""
    if change is None or change != last(person):
        return Violation("order", "只能撤销最近办的一次变动", mend="请看办过的变动；先撤销后办的")
    decided = Lapse.objects.in_union(person.union_id).filter(person=person, state=rules.LAPSE_DEEMED)
    if change.kind == Change.Kind.DEEMED and decided.exists():
        return Violation("deemed", "自动退会是委员会按提议决定的，不能在这里撤销", mend=_BY_HAND)
    return None


@transaction.atomic
def undo(change: Change, *, reason: str, by: Access, today: date) -> Person:
    """Take the person's last change back, with the reason. Refused where something came after it."""
    audit.lock(change.union_id)
    row = standing.locked(change.person)
    one = Change.objects.select_for_update().filter(pk=change.pk, withdrawn_on=None, origin=_LIVED).first()
    wrong = problem(one, row)
    found = [wrong] if wrong else []
    if not reason.strip():
        found.append(refusal("reason", "还没有写为什么撤销", "写一句，如“办错了人”"))
    if found or one is None:
        raise Refused(found)
    aside = _give_back(before(one, row, today), row)
    row.version += 1
    row.save(update_fields=["version"])
    for kept in (one, *aside):
        withdrawal.mark(kept, reason=reason.strip(), by=by, today=today)
    tables: set[type] = {Person, type(one), *map(type, aside), *_application_back(one, row)}
    told = {"on": one.on.isoformat(), "kind": one.kind, "reason": reason.strip()[:200]}
    audit.record(
        union=row.union_id, by=by, verb="members.person.undone", tables=sorted(tables, key=str), subject=row,
        changes=told,
    )  # fmt: skip
    return row
