"""What the forms of the members' pages share: fields, days that were typed, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from zhijia.core.dates import DateError, parse_date
from zhijia.core.outcomes import Refused, Violation
from zhijia.core.pages.parts import Choice, Field
from zhijia.core.pages.reading import marked, whole_number
from zhijia.members.models import Person
from zhijia.members.standing import refusal
from zhijia.unions.models import Group

__all__ = ["Typed", "group_choices", "group_of", "loose", "marked", "sex_field"]


class Typed:
    """The values of a form that was sent; `problems` gathers the days that can not be read."""

    def __init__(self, values: dict[str, str], today: date):
        self.values, self.today = values, today
        self.problems: list[Violation] = []

    def text(self, name: str) -> str:
        """What was typed."""
        return self.values.get(name, "").strip()

    def day(self, name: str, *, required: bool = True) -> date | None:
        """The day that was typed; a problem is noted where it is missing or none."""
        typed = self.text(name)
        if not typed:
            if required:
                self.problems.append(refusal(name, "还没有写日期", "如 2026-11-20"))
            return None
        try:
            return parse_date(typed, self.today)
        except DateError as error:
            self.problems.append(refusal(name, str(error), "如 2026-11-20"))
            return None

    def note(self, found: Iterable[Violation]) -> None:
        """Note what a rule finds besides, so that everything is told at once; fields that have a problem keep it."""
        told = {one.place.column for one in self.problems} - {""}
        self.problems += [one for one in found if one.place.column not in told]

    def stop(self, **wanted: str) -> None:
        """Refuse the form where a day could not be read; with the texts `wanted` (by label) that are missing too.

        So everything is told at once. Where all days can be read the service says what else is missing.
        """
        if self.problems:
            missing = [
                refusal(name, f"还没有写{label}", "请补上") for name, label in wanted.items() if not self.text(name)
            ]
            raise Refused([*self.problems, *missing])


def group_of(union: int, text: str) -> Group | None:
    """The group of the union that a form's choice names; None where it names none."""
    return Group.objects.in_union(union).filter(pk=whole_number(text) or 0).first()


def group_choices(union: int, chosen: str, *, none: str, key: str = "pk") -> tuple[Choice, ...]:
    """The groups there are, in their order, after `none` of them; `key` is what the form sends of a group."""
    rows = Group.objects.in_union(union).filter(end=None).order_by("rank", "name").values_list(key, "name")
    return (Choice("", none, not chosen), *(Choice(str(one), name, str(one) == chosen) for one, name in rows))


def sex_field(chosen: str, *, required: bool = False, help_: str = "") -> Field:
    """A person's sex."""
    choices = tuple(Choice(code, str(label), code == chosen) for code, label in Person.Sex.choices)
    return Field("sex", "性别", "radios", choices=choices, required=required, help=help_)


def loose(problems: Iterable[Violation]) -> list[Violation]:
    """Those that belong to no field: the summary above the form links the others to their fields."""
    return [one for one in problems if not one.place.column]
