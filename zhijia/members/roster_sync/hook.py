"""What the hallway's pages of the personnel list need of this room."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zhijia.core.feature_types import RosterSync
from zhijia.members.models import Person
from zhijia.members.roster_sync import applying, lines
from zhijia.members.roster_sync.reading import ROSTER, rows_of
from zhijia.standards.numbers import MONTHS, Number
from zhijia.unions import services as unions

EVERY = Number("members.roster.months", "多久和人事名册核对一次", 12, MONTHS, "没有法律规定，由工会定", most=36)
_LABELS = {column.field: column.header for column in ROSTER.columns} | {"group": "工会小组"}


def named(union: int) -> Mapping[str, Mapping[Any, str]]:
    """Labels of the fields (under ""), and what their codes and references are called."""
    return {
        "": _LABELS,
        "group": unions.names(union),
        "sex": dict(Person.Sex.choices),
        "politics": dict(Person.Politics.choices),
    }


ROSTER_SYNC = RosterSync(
    sheet=ROSTER, read=rows_of, compare=applying.compared, apply=applying.apply, stamp=applying.stamp, named=named,
    words=lines, applied=applying.APPLIED, every=EVERY,
)  # fmt: skip
