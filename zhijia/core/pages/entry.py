"""The form of a sheet: one field for each of its columns, in its groups."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

from zhijia.core.pages.parts import Choice, Field, FieldGroup
from zhijia.core.pages.reading import UID
from zhijia.core.pages.wording import typed
from zhijia.core.pages.words import is_secret
from zhijia.core.sheets.declare import Column, Sheet

RADIOS = 4  # up to so many choices are all in sight
CONTROLS = {
    "long_text": "textarea", "date": "date", "last_day": "date", "money": "money", "whole": "number", "hours": "number",
    "number": "number",
    "year": "number", "ref": "picker", "loose_ref": "picker",
}  # fmt: skip
_HELPED = ("resident_id", "phone", "account", "uscc", "month", "ordinal", "names", "placing")
_KEYS = {"phone": "tel"}
_EXAMPLES = ("text", "name", "names", "month", "ordinal", "placing", "hours")


def fresh(sheet: Sheet, today: date) -> dict[str, str]:
    """The texts of an empty form: declared defaults, today for the first day that is needed, this year."""
    texts = {}
    dated = False
    for column in sheet.columns:
        # An amount of nought is what an empty box means anyway, and would have to be deleted first.
        texts[column.field] = (
            "" if column.kind.name == "money" and not column.default else typed(column, column.default)
        )
        if column.required and column.kind.name == "date" and not dated:
            texts[column.field] = today.isoformat()
            dated = True
        elif column.required and column.kind.name == "year":
            texts[column.field] = str(today.year)
    texts.pop(UID, None)
    return texts


def given(column: Column, text: str) -> str:
    """What an address prefills (a code or a text) as the form's box holds it."""
    if column.kind.target or not text:
        return text
    values, problems = column.kind.parse([text])
    return text if problems or values[0] is None else typed(column, values[0])


def groups(
    sheet: Sheet,
    texts: Mapping[str, str],
    *,
    pick_url: Callable[[str], str],
    errors: Mapping[str, tuple[str, ...]] | None = None,
    before: Mapping[str, str] | None = None,
    only: Collection[str] = (),
    focus: bool = False,
) -> tuple[FieldGroup, ...]:
    """The fields with what stands in them, grouped as the sheet says; `only` some where given.

    `before` tells of secrets on record; such a field has a box to clear it, named `clear-…`.
    """
    titles = {first: title for title, first in sheet.parts}
    found: list[tuple[str, list[Field]]] = [("", [])]
    for column in sheet.columns:
        if column.field in titles and not only:
            found.append((titles[column.field], []))
        if column.field == UID or (only and column.field not in only):
            continue
        first = focus and not any(fields for _title, fields in found)
        wrong = (errors or {}).get(column.field, ())
        stored = (before or {}).get(column.field, "")
        text = texts.get(column.field, "")
        found[-1][1].append(field(sheet, column, text, pick_url=pick_url, errors=wrong, before=stored, focus=first))
        if stored:
            found[-1][1].append(Field(f"clear-{column.field}", f"清除已登记的{column.header}", "check"))
    return tuple(FieldGroup(title, tuple(fields)) for title, fields in found if fields)


def field(
    sheet: Sheet,
    column: Column,
    text: str,
    *,
    pick_url: Callable[[str], str],
    errors: tuple[str, ...] = (),
    before: str = "",
    focus: bool = False,
) -> Field:
    """One column as a question."""
    secret = is_secret(sheet, column)
    control = CONTROLS.get(column.kind.name, "text")
    choices: tuple[Choice, ...] = ()
    if column.kind.choices:
        control, choices = _choices(sheet, column, text)
    elif secret:
        control = "secret_text" if control == "textarea" else "secret"
    picked = pick_url(column.field) if control == "picker" else ""
    return Field(
        name=column.field,
        label=column.header,
        control=control,
        value="" if secret else text,
        help=_help(sheet, column, before),
        hint=_hint(column, control),
        errors=errors,
        required=column.required,
        choices=choices,
        pick_url=picked,
        before=before,
        wide=control in {"textarea", "secret_text"},
        focus=focus,
        keys=_KEYS.get(column.kind.name, ""),
    )


def _help(sheet: Sheet, column: Column, before: str) -> str:
    parts = [column.help or (column.kind.help if column.kind.name in _HELPED else "")]
    if column.kind.secret:  # what the sheet says there is about cells
        parts = ["加密保存，以后只显示末四位"]
    if column.kind.name == "loose_ref":
        parts.append("输入名称的一部分，从列出的里面选；没有登记的也可以直接写")
    elif column.kind.name == "ref":
        parts.append("输入名称的一部分，从列出的里面选")
    if before:
        parts.append("空着就不改")
    return "；".join(part for part in parts if part)


def _hint(column: Column, control: str) -> str:
    example: Any = next((one for one in column.examples if one not in ("", None)), "")
    return (
        f"如 {example}"
        if example and control not in {"textarea", "secret_text"} and column.kind.name in _EXAMPLES
        else ""
    )


def _choices(sheet: Sheet, column: Column, text: str) -> tuple[str, tuple[Choice, ...]]:
    """Few answers are all in sight, many in a list; an answer that may stay open can be taken back."""
    few = len(column.kind.choices) <= RADIOS
    answers = tuple(Choice(label, label, label == text) for label in column.kind.choices)
    stored = sheet.stored(column)
    opens = column.default is None and not column.required and (stored.null or stored.blank)
    if few and not opens:
        return "radios", answers
    word = "不填" if few else "请选择" if column.required else "—"
    unknown = () if not text or any(one.chosen for one in answers) else (Choice(text, text, True),)
    blank = Choice("", word, not text)
    return ("radios", (*answers, blank)) if few and not unknown else ("select", (blank, *answers, *unknown))
