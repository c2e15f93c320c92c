"""Group leaders: of the sheets that let them record, they do so for the groups they lead, and see few fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Q

from zhijia.core.access import Access
from zhijia.core.outcomes import Place, Refused, Violation
from zhijia.core.pages.parts import FieldGroup
from zhijia.shell.registers import BY_LABEL, Register


def limited(register: Register, access: Access) -> bool:
    """Whether the access reaches only the groups that it leads."""
    return not register.may_edit_all(access) and register.may_report(access)


def fields(register: Register, access: Access) -> tuple[str, ...]:
    """The fields that such an access is asked for; empty for all."""
    return register.sheet.reported if limited(register, access) else ()


def _path(register: Register) -> tuple[str, str]:
    """The reference that leads to the group, and the way on from there."""
    name, _, rest = register.sheet.group_path.partition("__")
    return name, rest


def picked(register: Register, access: Access, name: str) -> Q | None:
    """Which rows a picker of that field offers; None for all.

    Whom a report is about must be of a group led. Rows of a register that is reached in part are offered in part.
    """
    reference, rest = _path(register)
    if limited(register, access) and name == reference:
        return Q(**{f"{rest}__in": access.groups})
    target = BY_LABEL.get(register.sheet.column(name).kind.target)
    return target.led_by(access) if target and target.limited(access) else None


def named(target: str, access: Access, found: Sequence[int]) -> bool:
    """Whether the access may read what the one row that an address means is called."""
    register = BY_LABEL.get(target)
    if register is None or not register.limited(access):
        return True
    return register.rows(access).filter(pk__in=found).exists()


def helped(register: Register, groups: tuple[FieldGroup, ...]) -> tuple[FieldGroup, ...]:
    """The questions with what such an access must know: only people of the own group can be named."""
    reference, _rest = _path(register)
    told = "您所带小组的人：输入姓名的一部分，从列出的里面选"
    return tuple(
        replace(
            group,
            fields=tuple(replace(one, help=told) if one.name == reference else one for one in group.fields),
        )
        for group in groups
    )


def check(register: Register, access: Access, row: Mapping[str, Any]) -> None:
    """Refuse a row about somebody outside the groups led."""
    if not limited(register, access):
        return
    reference, rest = _path(register)
    model: Any = register.sheet.records.model._meta.get_field(reference).related_model
    token = row.get(reference)
    inside = token is not None and model._default_manager.filter(
        pk=token, union_id=access.union, withdrawn_on=None, **{f"{rest}__in": access.groups}
    )
    if not (inside and inside.exists()):
        label = register.sheet.column(reference).header
        message = f"{label}不是您所带小组的人"
        place = Place(column=reference)
        raise Refused(
            [Violation("group", message, place=place, mend="请从列出的人里选；别的组请告诉那个组的小组长或工会委员")]
        )
