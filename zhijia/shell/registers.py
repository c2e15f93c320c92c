"""The sheets of the house as registers (台账) on pages: who may open which, which rows they see, their addresses."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import reverse

from zhijia.core.access import Access
from zhijia.core.sheets import beside
from zhijia.core.sheets.declare import Sheet
from zhijia.features import FEATURES

_ANY = "00000000-0000-0000-0000-000000000000"


@cache
def _address(name: str, room: str, kind: str, of_record: bool) -> str:
    """An address with a place for the 编号: a page of fifty rows asks fifty times."""
    return reverse(f"shell:{name}", args=[room, kind, _ANY] if of_record else [room, kind])


@dataclass(frozen=True, slots=True)
class Register:
    """One sheet as a register; `section` is its place in the navigation."""

    sheet: Sheet
    section: str

    @property
    def room(self) -> str:
        """The room's word in addresses."""
        return self.sheet.room

    @property
    def kind(self) -> str:
        """The sheet's word in addresses."""
        return self.sheet.kind

    @property
    def label(self) -> str:
        """`app.Model`, the name by which references know the table."""
        return self.sheet.records.label

    def url(self, name: str = "list", uid: Any = None) -> str:
        """The address of the list, or of a page of it (`new`, `export` …), or of a record (`record`, `edit` …)."""
        return _address(name, self.room, self.kind, uid is not None).replace(_ANY, str(uid))

    @property
    def list_url(self) -> str:
        """The address of the list, for templates."""
        return self.url()

    @property
    def edit(self) -> str:
        """The permission to write the whole register."""
        return self.sheet.edit or f"{self.room}.edit"

    @property
    def view(self) -> str:
        """The permission to read the whole register."""
        return self.sheet.view or f"{self.room}.view"

    def may_view(self, access: Access) -> bool:
        """Whether the whole register may be read."""
        return access.may(self.view)

    def may_lead(self, access: Access) -> bool:
        """Whether rows of the groups led may be read."""
        return bool(access.groups) and any(access.may(one) for one in (self.sheet.led, self.sheet.report) if one)

    def may_report(self, access: Access) -> bool:
        """Whether rows of the groups led may be read and recorded."""
        return bool(self.sheet.report) and access.may(self.sheet.report) and bool(access.groups)

    def may_open(self, access: Access) -> bool:
        """Whether any of the register's pages may be opened."""
        return self.may_view(access) or self.may_lead(access)

    def limited(self, access: Access) -> bool:
        """Whether of the register only rows of the groups led are reached."""
        return not self.may_view(access) and self.may_lead(access)

    def may_edit(self, access: Access) -> bool:
        """Whether records may be made and changed (with `may_report` alone: those of the groups led)."""
        return self.may_edit_all(access) or self.may_report(access)

    def may_edit_all(self, access: Access) -> bool:
        """Whether all its records may be made and changed."""
        return access.may(self.edit)

    def rows(self, access: Access) -> QuerySet[Any]:
        """The records of the union worked in that the access reaches."""
        manager: Any = self.sheet.records.model._default_manager
        if not self.sheet.records.tenant:
            return manager.filter(pk=access.union)
        found = beside.annotated(self.sheet, manager.in_union(access.union))
        if self.may_view(access):
            return found
        return found.filter(self.led_by(access)) if self.may_lead(access) else found.none()

    def led_by(self, access: Access) -> Q:
        """Rows of the groups led. The union stands beside the group, for the index that begins with it."""
        path = self.sheet.group_path
        owner = path.rpartition("__")[0]
        return Q(**{f"{path}__in": access.groups, f"{owner}__union_id" if owner else "union_id": access.union})

    def reaches(self, access: Access, row: Any) -> bool:
        """Whether the access may open that row's page; a query only where it leads and does not see the whole."""
        if not self.limited(access):
            return self.may_view(access)
        return self.rows(access).filter(pk=row.pk).exists()

    def of(self, access: Access, *, kept: bool = False) -> Register:
        """The register as this access has it: with the columns of its union's own that it sees (`kept`: may write)."""
        sheet = beside.sheet_of(self.sheet, access.union, posts_of(access), kept=kept)
        found = self if sheet is self.sheet else replace(self, sheet=sheet)
        return found if kept else found.narrowed(access)

    def narrowed(self, access: Access) -> Register:
        """The register as it is read by who sees rows of the groups led alone: where they may be reported, few fields.

        The one group that all rows are of is no column of the list.
        """
        sheet = self.sheet
        if not self.limited(access):
            return self
        if sheet.reported:
            kept = ("uid", *sheet.reported)
            columns = tuple(column for column in sheet.columns if column.field in kept)
            sheet = replace(sheet, columns=columns, parts=(), show=())
        elif len(access.groups) == 1:
            sheet = replace(sheet, show=tuple(name for name in sheet.show if name != sheet.group_path))
        return replace(self, sheet=sheet)


def posts_of(access: Access) -> frozenset[str] | None:
    """The posts by which own columns are seen and written; None at the terminal, which has every right."""
    return None if access.user is None else access.posts


REGISTERS: tuple[Register, ...] = tuple(
    Register(sheet, feature.section) for feature in FEATURES for sheet in feature.sheets
)


def sheets_for(access: Access, *, kept: bool = True) -> tuple[Sheet, ...]:
    """All sheets of the house with the columns of the union's own that the access may write (or only sees)."""
    return tuple(beside.optional(register.of(access, kept=kept).sheet) for register in REGISTERS)


_BY_WORDS = {(register.room, register.kind): register for register in REGISTERS}
BY_LABEL = {register.label: register for register in REGISTERS}


def opened(access: Access, room: str, kind: str, *, edit: bool = False) -> Register:
    """The register of an address; 404 where there is none, 403 where the access may not open (or `edit`) it."""
    register = _BY_WORDS.get((room, kind))
    if register is None:
        raise Http404("没有这本台账")
    if not (register.may_edit(access) if edit else register.may_open(access)):
        raise PermissionDenied(register.edit if edit else register.view)
    return register.of(access, kept=edit)


def record(register: Register, access: Access, uid: Any) -> Any:
    """The record with that 编号; 404 where it is not there for this access."""
    found = register.rows(access).filter(uid=uid).first()
    if found is None:
        raise Http404("没有这条记录")
    return found


def record_url(label: str, uid: str) -> str:
    """The page of a record of that table; empty for a table that is no register."""
    register = BY_LABEL.get(label)
    return register.url("record", uid) if register and uid else ""
