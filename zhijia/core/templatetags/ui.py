"""What templates of all rooms draw with: icons, addresses of the same page, days and amounts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from html import escape
from typing import Any

from django import template
from django.conf import settings
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.html import format_html
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString, mark_safe

from zhijia.core.money import capital_amount, yuan
from zhijia.core.outcomes import Violation
from zhijia.core.pages.icons import ICONS
from zhijia.core.pages.parts import Choice, Field, FieldGroup, Table

register = template.Library()
_OPEN = '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="'
_DRAWN = {name: mark_safe(f'{_OPEN}{path}"/></svg>') for name, path in ICONS.items()}  # noqa: S308 - our own constants


@register.simple_tag
def icon(name: str) -> SafeString | str:
    """The icon of that name; nothing for an empty name."""
    return _DRAWN[name] if name else ""


@register.simple_tag(takes_context=True)
def token(context: Any) -> SafeString:
    """The hidden token of a form inside a component: `only` leaves Django's own `csrf_token` behind."""
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(context.request))


@register.simple_tag(takes_context=True)
def query(context: Any, **changes: Any) -> str:
    """The query of this page with some values changed; None or "" takes one out."""
    values = context["request"].GET.copy()
    for name, value in changes.items():
        values.pop(name, None)
        if value not in (None, ""):
            values[name] = str(value)
    return f"?{values.urlencode()}" if values else "?"


@register.filter
def deed(verb: str) -> str:
    """The verb of an audit line in plain words."""
    return str(import_string(settings.DEED_WORDS)(verb))


@register.filter
def day(value: date | datetime | None) -> str:
    """2026-11-22, for tables; a dash for none."""
    return value.strftime("%Y-%m-%d") if value else "—"


@register.filter
def long_day(value: date | None) -> str:
    """2026年11月22日, for text."""
    return f"{value.year}年{value.month}月{value.day}日" if value else "—"


@register.filter
def moment(value: datetime | None) -> str:
    """2026-11-22 09:30 in the house's own time zone."""
    return timezone.localtime(value).strftime("%Y-%m-%d %H:%M") if value else "—"


@register.filter
def money(fen: int | None) -> str:
    """分 as yuan with thousands separators."""
    return "—" if fen is None else yuan(fen)


@register.filter
def capital(fen: int | None) -> str:
    """分 in capitals: 人民币叁佰元整."""
    return "" if fen is None else capital_amount(fen)


@register.simple_tag
def table_rows(table: Table) -> SafeString:
    """The body of a table. Written here and not in the template: a page has hundreds of cells, each with its cases."""
    opens = ['<th scope="row">', *(f'data-label="{escape(head.label)}">' for head in table.heads[1:])]
    select, form = escape(table.select), escape(table.select_form)
    lines = []
    for row in table.rows:
        cells = []
        if table.select:
            ticked = " checked" if row.ticked else ""
            cells.append(
                f'<td class="select"><label><span class="visually-hidden">选中{escape(row.cells[0].text)}</span>'
                f'<input type="checkbox" name="{select}" value="{escape(row.key)}" form="{form}"{ticked}></label></td>'
            )
        for place, cell in enumerate(row.cells):
            text = escape(cell.text)
            if cell.badge:
                text = f'<span class="badge {cell.badge.tone}">{icon(cell.badge.tone)}{escape(cell.badge.word)}</span>'
            elif cell.url:
                text = f'<a href="{escape(cell.url)}">{text}</a>'
            if not place:
                cells.append(f"{opens[0]}{text}</th>")
            else:
                # A card on a phone leaves out what there is nothing to say of; the table keeps its column.
                kinds = ["number"] * cell.number + ["none"] * (text in ("", "—"))
                marked = f'class="{" ".join(kinds)}" ' if kinds else ""
                cells.append(f"<td {marked}{opens[place]}{text}</td>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return mark_safe("\n".join(lines))  # noqa: S308 - every text is escaped above


@register.simple_tag
def options(choices: Iterable[Choice]) -> SafeString:
    """The options of a select. Written here for the same reason as `table_rows`: a filter bar has a hundred of them."""
    lines = [
        f'<option value="{escape(one.value)}"{" selected" if one.chosen else ""}>{escape(one.label)}</option>'
        for one in choices
    ]
    return mark_safe("".join(lines))  # noqa: S308 - every text is escaped above


@register.filter
def box_of(problem: Violation) -> str:
    """The id of the box that a reason is about; empty where it is about none, or about a column of a file."""
    name = problem.place.column
    return f"f-{name}" if name and name.isascii() and not problem.place.row else ""


@register.filter
def faulty(given: Iterable[Field | FieldGroup] | None) -> list[Field]:
    """The fields with errors among fields or groups of fields."""
    found: list[Field] = []
    for one in given or ():
        fields = one.fields if isinstance(one, FieldGroup) else (one,)
        found += [field for field in fields if field.errors]
    return found
