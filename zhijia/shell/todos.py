"""To-dos: what the rooms remind of, less what the person said is done or can wait. Only that saying is stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from zhijia.core.access import Access
from zhijia.core.feature_types import Reminder
from zhijia.core.outcomes import Refused, Violation
from zhijia.features import FEATURES
from zhijia.shell import deemed, inviting
from zhijia.shell.kept import Kept, mark
from zhijia.shell.links import reminder_url
from zhijia.shell.models import ReminderState
from zhijia.shell.rosters import reminding

SOON = timedelta(days=7)
WAITS = (1, 7, 30)  # days that a to-do may wait
OTHER = "其他"
DONE, SNOOZED = ReminderState.State.DONE, ReminderState.State.SNOOZED


@dataclass(frozen=True, slots=True)
class Todo:
    """One to-do as it is shown. `state` is empty while it is open; `until`: when one that waits comes back."""

    key: str
    text: str
    due: date
    url: str
    section: str
    overdue: bool
    soon: bool
    state: str = ""
    until: date | None = None


_known: Kept[tuple[tuple[str, Reminder], ...]] = Kept(256)


def reminders(access: Access, state: bytes | None = None) -> tuple[tuple[str, Reminder], ...]:
    """(section, reminder) of every room that the access may see, the oldest due first; kept while nothing is written.

    `state` is the `mark` of the union's records where the caller has asked for it already.
    """
    key = (state if state is not None else mark(access.union), access)
    known = _known.get(key, lambda: tuple(_asked(access)))
    # Lists under review lie in files that are the person's own: nothing in the union's records moves with them.
    found = (*known, *(("会员", reminder) for reminder in reminding.unfinished(access)))
    return tuple(sorted(found, key=lambda pair: (pair[1].due, pair[1].key)))


def _asked(access: Access) -> Iterable[tuple[str, Reminder]]:
    for feature in FEATURES:
        for reminder in feature.reminders(access, access.on) if feature.reminders else ():
            if access.may(reminder.permission):
                yield feature.section or OTHER, reminder
    yield from (("会员", reminder) for reminder in deemed.reminders(access, access.on))
    yield from (("会员", reminder) for reminder in reminding.due(access, access.on))
    yield from (("会员", reminder) for reminder in inviting.reminders(access, timezone.now()))


def listed(access: Access, state: bytes | None = None) -> list[Todo]:
    """All to-dos of the access with what the person said about them: overdue first. One query more than `reminders`."""
    said = {
        row.key: row for row in ReminderState.objects.filter(union_id=access.union, user_id=access.user or 0).iterator()
    }
    found = []
    for section, reminder in reminders(access, state):
        word = said.get(reminder.key)
        if word and word.state == SNOOZED and word.until and word.until <= access.on:
            word = None
        found.append(
            Todo(
                reminder.key, reminder.text, reminder.due, reminder_url(access, reminder), section,
                overdue=reminder.due < access.on, soon=access.on <= reminder.due < access.on + SOON,
                state=str(word.state) if word else "", until=word.until if word else None,
            )
        )  # fmt: skip
    return found


def still_open(todos: Iterable[Todo]) -> list[Todo]:
    """Those that are neither done nor waiting."""
    return [todo for todo in todos if not todo.state]


@transaction.atomic
def say(key: str, state: str, *, wait: int = 0, by: Access) -> Todo:
    """Note that a to-do is done or can wait some days, or with an empty state take that back; for this person only.

    Returns the to-do. Refused for one that the access does not have, and for a wait that is not offered.
    """
    todo = next((one for one in listed(by) if one.key == key), None)
    if todo is None or by.user is None:
        raise Refused([Violation("todo", "这件待办已经不在了", mend="刷新页面看现在的待办")])
    mine = ReminderState.objects.filter(union_id=by.union, user_id=by.user, key=key)
    if not state:
        mine.delete()
        return todo
    if state not in ReminderState.State.values or (state == SNOOZED and wait not in WAITS):
        raise Refused([Violation("state", "不认识的操作", mend="请从页面上的按钮选择")])
    until = by.on + timedelta(days=wait) if state == SNOOZED else None
    ReminderState.objects.update_or_create(
        union_id=by.union, user_id=by.user, key=key, defaults={"state": state, "until": until}
    )
    return todo
