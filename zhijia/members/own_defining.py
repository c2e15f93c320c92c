"""Defining the fields that a union adds to its register of members: make, change, put in order, retire, take back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Count

from zhijia.core import records
from zhijia.core.access import Access
from zhijia.core.outcomes import Place, Refused, Violation
from zhijia.members import own_records
from zhijia.members.models import OwnField, OwnValue
from zhijia.members.own_records import FIELDS, KEEPERS, SEERS

save_fields = partial(records.save, FIELDS)


@dataclass(frozen=True, slots=True)
class Wish:
    """A definition as it was typed."""

    name: str
    sort: str
    options: str = ""
    help: str = ""
    required: bool = False
    sensitive: bool = False
    seen_by: Sequence[str] = ()
    kept_by: Sequence[str] = ()
    by_self: bool = False

    def row(self) -> dict[str, Any]:
        """The row that `save_fields` takes."""
        answers = [" ".join(line.split()) for line in self.options.splitlines()] if self.sort == "choice" else []
        return {
            "name": " ".join(self.name.split()),
            "sort": self.sort,
            "options": "\n".join(answer for answer in answers if answer),
            "help": " ".join(self.help.split()),
            "required": self.required,
            "sensitive": self.sensitive,
            "seen_by": ",".join(str(post) for post in SEERS if post in set(self.seen_by)),
            "kept_by": ",".join(str(post) for post in KEEPERS if post in set(self.kept_by)),
            "by_self": self.by_self,
        }

    def unsaved(self, union: int) -> OwnField:
        """The definition as a preview asks it."""
        return OwnField(union_id=union, **self.row())


def listed(union: int) -> list[OwnField]:
    """All definitions in order, those in use first."""
    rows = OwnField.objects.in_union(union).order_by("rank", "pk")
    return sorted(rows, key=lambda one: one.retired_on is not None)


def counts(union: int) -> dict[int, int]:
    """How many persons have a value, by definition."""
    rows = OwnValue.objects.in_union(union).exclude(text="", secret__isnull=True)
    return dict(rows.order_by().values_list("field").annotate(n=Count("pk")))


def define(wish: Wish, *, by: Access, today: date, stored: OwnField | None = None, version: int = 0) -> int:
    """Make a field, or change `stored`; refused with everything that is wrong (`own_records`)."""
    row = wish.row()
    if stored is not None:
        row |= {"uid": stored.uid, "version": version, "rank": stored.rank, "retired_on": stored.retired_on}
    else:
        last = OwnField.objects.in_union(by.union).order_by("-rank").values_list("rank", flat=True).first()
        row |= {"rank": (last or 0) + 10, "retired_on": None}
    if other := _in_the_way(row["name"], stored, by.union):
        rest = own_records.wrong(row)
        raise Refused([other, *(Violation(name, text, place=Place(column=name), mend=way) for name, text, way in rest)])
    return save_fields([row], union=by.union, by=by, today=today)[0]


def _in_the_way(name: str, stored: OwnField | None, union: int) -> Violation | None:
    """Another field of that name: without this a new one would be taken for a change of it."""
    others = OwnField.objects.in_union(union).filter(name=name)
    other = (others.exclude(pk=stored.pk) if stored else others).first()
    if other is None:
        return None
    mend = "改那一个，或换一个名字" if other.retired_on is None else "它停用了：恢复它，或换一个名字"
    return Violation("name", f"已经有“{name}”", place=Place(column="name"), mend=mend)


def shift(one: OwnField, *, up: bool, by: Access, today: date) -> None:
    """Let a field change places with the one before (or behind) it."""
    rows = list(OwnField.objects.in_union(by.union).filter(retired_on=None).order_by("rank", "pk"))
    place = next((place for place, row in enumerate(rows) if row.pk == one.pk), -1)
    other = place - 1 if up else place + 1
    if place < 0 or not 0 <= other < len(rows):
        return
    rows[place], rows[other] = rows[other], rows[place]
    changed = [{"uid": row.uid, "rank": rank * 10} for rank, row in enumerate(rows, 1) if row.rank != rank * 10]
    _save(changed, by, today)


def retire(one: OwnField, *, by: Access, today: date) -> None:
    """Ask and show a field no more; what was filled in stays and comes back with it."""
    if one.retired_on is None:
        _save([{"uid": one.uid, "retired_on": today}], by, today)


def revive(one: OwnField, *, by: Access, today: date) -> None:
    """Use a retired field again."""
    _save([{"uid": one.uid, "retired_on": None}], by, today)


def _save(rows: list[dict[str, Any]], by: Access, today: date) -> None:
    """Change a part of stored definitions, by their 编号 and name."""
    names = dict(OwnField.objects.in_union(by.union).values_list("uid", "name"))
    known = [{"name": names[row["uid"]]} | row for row in rows if row["uid"] in names]
    if known:
        save_fields(known, union=by.union, by=by, today=today)
