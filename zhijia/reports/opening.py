"""What the pages of the workbench begin with: the draft of the address, as the one who asks may see it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from zhijia.core.access import Access
from zhijia.core.dates import DateError, parse_date
from zhijia.core.outcomes import Refused, Violation
from zhijia.core.pages.parts import Field
from zhijia.reports.models import Draft, DraftSection, DraftVersion

# What is wrong with a page's form: nothing.
FINE: tuple[Violation, ...] = ()


def draft_of(access: Access, pk: int) -> Draft:
    """The draft of the own union; 404 where there is none."""
    draft = Draft.objects.filter(pk=pk, union_id=access.union).first()
    if draft is None:
        raise Http404("没有这份稿子")
    return draft


def sections_of(access: Access, pk: int) -> list[DraftSection]:
    """The draft's sections with the draft, in one query; 404 where the draft is not the own union's."""
    rows = DraftSection.objects.filter(draft_id=pk, draft__union_id=access.union)
    found = list(rows.select_related("draft").order_by("number"))
    if not found:
        raise Http404("没有这份稿子")
    return found


def section_in(sections: list[DraftSection], number: int) -> DraftSection:
    """One section of them; 404 where there is none of that number."""
    found = next((section for section in sections if section.number == number), None)
    if found is None:
        raise Http404("没有这一节")
    return found


def last_version(pk: int) -> DraftVersion | None:
    """The newest frozen version."""
    return DraftVersion.objects.filter(draft_id=pk).order_by("-number").first()


def must(access: Access, permission: str) -> None:
    """Answers 403 to those who may look but not do this."""
    if not access.may(permission):
        raise PermissionDenied(permission)


def now() -> datetime:
    """This moment, for what is stored and for who is at work in a section."""
    return timezone.now()


def day_of(text: str) -> date | None:
    """A day as people type it; None where it can not be read."""
    try:
        return parse_date(text) if text.strip() else None
    except DateError:
        return None


def marked(fields: list[Field], refused: Refused) -> list[Field]:
    """The fields with what was refused beside the one it is about; a name may bear its form behind a dash."""
    return [replace(one, errors=tuple(_errors(one.name.partition("-")[0], refused))) for one in fields]


def _errors(name: str, refused: Refused) -> list[str]:
    return [f"{one.message}——{one.mend}" for one in refused.violations if one.place.column == name]
