"""Which group bears a name on which day: never two at once; what each is called where several bore one name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.apps import apps

from zhijia.core import bearers
from zhijia.core.bearers import Bearer
from zhijia.core.outcomes import Refused, Violation


def borne(union: int) -> dict[int, Bearer]:
    """Name, first day and end of every group of the union; one query."""
    group: Any = apps.get_model("unions.Group")
    rows = group.objects.in_union(union).order_by("rank", "pk").values_list("pk", "name", "first", "end")
    return {pk: (name, first, end) for pk, name, first, end in rows}


def names(union: int) -> dict[int, str]:
    """What each group is called among all others: its name, with a day where others bear or bore it; one query."""
    return bearers.apart(borne(union))


def clash(union: int) -> Violation | None:
    """That two groups bear one name on one day; None where none do."""
    found = borne(union)
    for one, other in bearers.clashes(found):
        spans = "，".join(bearers.span(found[pk][1:]) for pk in (one, other))
        message = f"会有两个小组同时叫“{found[one][0]}”（{spans}）"
        return Violation("overlap", message, mend="先给其中一个改名称，或改正它的成立、撤销日期")
    return None


@contextmanager
def guarded(union: int, _today: date) -> Iterator[None]:
    """Rows of groups written within leave no two of one name on one day: refused otherwise."""
    yield
    problem = clash(union)
    if problem:
        raise Refused([problem])


def against_restoring(self: Any) -> Violation | None:
    """A withdrawn group comes back only where no other one bears its name by now."""
    found = borne(self.union_id)
    found[self.pk] = (self.name, self.first, self.end)
    rivals = [one for one, other in bearers.clashes(found) if other == self.pk]
    if not rivals:
        return None
    message = f"“{self.name}”已经是另一个小组的名称（{bearers.span(found[rivals[0]][1:])}）"
    return Violation("overlap", message, mend="先给那个小组改名称，或改正它的成立、撤销日期")
