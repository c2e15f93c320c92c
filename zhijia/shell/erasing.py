"""A person erased by decision: what would go, what stands against it, and the deed itself with its one audit line.

Rooms take away who the person was, the upper ones first, because they look for the name that the register still holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from zhijia.accounts import closing, invitations
from zhijia.core import audit, erasing, person_keys
from zhijia.core.access import Access
from zhijia.core.erasing import GONE, Identity, is_named
from zhijia.core.outcomes import Place, Refused, Violation
from zhijia.core.personal import Source
from zhijia.documents import attaching
from zhijia.documents.models import Attachment
from zhijia.features import FEATURES
from zhijia.shell import retention, saved_lists
from zhijia.shell.registers import BY_LABEL

VERB = erasing.ERASED
FIELDS = ("reason", "minutes", "decided_on")
_NUMBER = re.compile(r"\d{7}")


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided it: the meeting or paper, its day, and why."""

    reason: str
    minutes: str
    decided_on: date | None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What an erasure would do: rows by kind, files, what stays named by law, and what stands against it."""

    kept: tuple[retention.Kept, ...]
    named: tuple[retention.Kept, ...]
    files: int
    ties: tuple[str, ...]


def outlook(person: int, today: date, *, union: int) -> Outlook:
    """Look at everything, change nothing."""
    persons = _rows_of(person)
    found = retention.together(retention.kept(union, persons).values())
    named = tuple(one for one in found if one.period.by_law)
    ties = [tie for feature in FEATURES if feature.ties_person for tie in feature.ties_person(person, today)]
    rest = tuple(one for one in found if not one.period.by_law)
    return Outlook(rest, named, _files(rest, persons).count(), tuple(ties))


def _rows_of(person: int) -> list[int]:
    """The person's row, and those that were merged into it: they tell who it was just as well."""
    merged = [pk for feature in FEATURES if feature.merged_into for pk in feature.merged_into(person)]
    return [person, *merged]


def _files(found: Iterable[retention.Kept], persons: Sequence[int]) -> QuerySet[Attachment]:
    """The files of records that are about the person."""
    of = Q(pk__in=())
    for one in found:
        if _about(one.source):
            for pk in persons:
                of |= Q(label=one.source.label, record__in=one.source.about(pk).values("uid"))
    return Attachment.objects.filter(of)


def _about(source: Source) -> bool:
    return source.fields in ((), ("person",))


@transaction.atomic
def erase(row: Any, decision: Decision, *, by: Access, today: date) -> dict[str, int]:
    """Take away who the person was; returns the rows by kind. Refused with every reason, and nothing is changed."""
    audit.lock(row.union_id)  # nobody writes about the person meanwhile
    person: Any = type(row)._base_manager.select_for_update().get(pk=row.pk)
    seen = outlook(person.pk, today, union=person.union_id)
    persons = _rows_of(person.pk)
    known = erasing.identities(type(row), persons)
    broken = [*_problems(decision, known, today), *(Violation("tied", tie, mend="先办完再删除") for tie in seen.ties)]
    if person.name == GONE:
        broken.append(Violation("gone", "这个人的信息已经删除"))
    if broken:
        raise Refused(broken)
    files = list(_files(seen.kept, persons))
    saved_lists.forget(type(row), persons, union=person.union_id)
    for one, words in product(seen.kept, known):  # what came with a row that was merged tells its name, not the other
        for pk in set(persons) - {words.pk}:
            erasing.unname(one.source, pk, words)
    for feature in reversed(FEATURES):
        if feature.erase_person:
            for pk in persons:
                feature.erase_person(pk, by)
    person_keys.destroy(persons)
    erasing.forget_texts(person.union_id, known)
    invitations.void(person.pk, now=timezone.now())
    if person.user_id:
        closing.close(person.user_id, now=timezone.now())
        type(row)._base_manager.filter(pk=person.pk).update(user=None)
    Attachment.objects.filter(pk__in=[file.pk for file in files]).update(
        withdrawn_on=today, withdrawn_by=by.user, name="已删除"
    )
    counts = {one.source.label: one.count for one in seen.kept}
    told = {
        "reason": decision.reason, "minutes": decision.minutes, "decided_on": decision.decided_on,
        "rows": counts, "named": {one.source.label: one.count for one in seen.named}, "files": len(files),
    }  # fmt: skip
    tables = [one.source.model for one in seen.kept]
    audit.record(union=person.union_id, by=by, verb=VERB, subject=person, tables=tables, changes=told, lasting=True)
    digests = {file.sha256 for file in files}
    transaction.on_commit(lambda: _destroy(digests))
    return counts


def _destroy(digests: set[str]) -> None:
    """Delete the bytes that no other record's file has."""
    used = Attachment.objects.filter(sha256__in=digests, withdrawn_on=None).values_list("sha256", flat=True)
    for digest in digests - set(used):
        (attaching.folder() / digest).unlink(missing_ok=True)


def _problems(decision: Decision, known: Sequence[Identity], today: date) -> Iterable[Violation]:
    for name, text, mend in (
        ("reason", decision.reason, "例如：离会满五年，本人申请删除"),
        ("minutes", decision.minutes, "例如：委员会第12次会议，或文号"),
    ):
        place = Place(column=name)
        if len(text) < 4:
            yield Violation(name, "没有写清楚", place=place, mend=mend)
        elif any(is_named(one, text) for one in known) or _NUMBER.search(text):
            message = "这里不要写本人的姓名、工号、证件号：写下的不能再删"
            yield Violation(name, message, "个人信息保护法", place, mend=mend)
    if decision.decided_on is None:
        yield Violation("decided_on", "没有写决定的日期", place=Place(column="decided_on"), mend="填开会或批准的那一天")
    elif decision.decided_on > today:
        yield Violation("decided_on", "决定的日期在今天以后", place=Place(column="decided_on"), mend="请核对日期")


def person_of(access: Access, uid: Any) -> Any:
    """The person with that 编号 in the union worked in, withdrawn or not; None where there is none."""
    model: Any = BY_LABEL["members.Person"].sheet.records.model
    return model._base_manager.filter(union_id=access.union, uid=uid).defer("id_number", "phone").first()
