"""How cells of each sort are read and written: factories that return a `Kind`.

Every kind reads a whole column at once, each distinct value once, and `show` is the inverse of `parse`.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

from zhijia.core.names import normalise_name
from zhijia.core.sheets.amounts import hours, money, number, whole
from zhijia.core.sheets.cells import Unreadable, line_of, plain_of, read_each, text_of
from zhijia.core.sheets.days import date_, month, year
from zhijia.core.sheets.declare import Kind
from zhijia.core.sheets.identifiers import account, phone, resident_id, uid, uscc

__all__ = [
    "account", "choice", "date_", "hours", "long_text", "loose_ref", "money", "month", "name", "names", "number",
    "phone", "ref", "resident_id", "several", "text", "uid", "uscc", "whole", "year", "yesno",
]  # fmt: skip

_YES = frozenset(("是", "√", "✓", "✔", "☑", "有", "1", "y", "yes", "true", "对", "已", "v"))
_NO = frozenset(("否", "×", "✗", "✘", "x", "无", "没有", "0", "n", "no", "false", "不", "未", "不是", "-", "—", "/"))
_STRONG = re.compile(r"[、,，;；/／|\n\r]+")
_NAMES_LIMIT = 500


class Choices(Protocol):
    """What `choice` needs of Django's TextChoices or IntegerChoices."""

    choices: Any


def _limited(clean: Callable[[Any], str], limit: int) -> Callable[[Any], str]:
    def read(raw: Any) -> str:
        text = clean(raw)
        if len(text) > limit:
            message = f"文字太长：最多{limit}个字，这里有{len(text)}个字"
            raise Unreadable("text.long", message, "请缩短，或把细节写进备注")
        return text

    return read


def text(max: int = 200) -> Kind:  # noqa: A002 - a declaration's words
    """One line of text of at most `max` characters; 2472.0 is read as "2472", line breaks as spaces."""
    read = _limited(line_of, max)
    return Kind("text", lambda values: read_each(values, read), help=f"文字，最多{max}字", width=18)


def long_text(max: int = 20_000) -> Kind:  # noqa: A002 - a declaration's words
    """Text of several lines, at most `max` characters."""
    read = _limited(text_of, max)
    return Kind("long_text", lambda values: read_each(values, read), help="文字，可以换行", width=40)


def name() -> Kind:
    """One person's name, normalised by `core.names.normalise_name`; at most 60 characters."""
    read = _limited(lambda raw: normalise_name(text_of(raw)), 60)
    return Kind("name", lambda values: read_each(values, read), help="一个人的姓名", width=12)


def _split_names(text: str) -> list[str]:
    parts = [part for part in _STRONG.split(text) if part.strip()]
    if len(parts) == 1:
        words = parts[0].split()
        # "张 三" is one name written wide; "张三 李四" are two
        if len(words) > 1 and all(len(word) >= 2 for word in words) and not parts[0].isascii():
            parts = words
    found = dict.fromkeys(normalise_name(part) for part in parts)
    return [one for one in found if one]


def names() -> Kind:
    """Several names in one cell, split at 、,;/ line breaks and spaces: a list without repeats, at most 500."""

    def read(raw: Any) -> tuple[str, ...]:
        found = _split_names(text_of(raw))
        if len(found) > _NAMES_LIMIT or any(len(one) > 60 for one in found):
            message = f"名单太长或有一个名字超过60个字（最多{_NAMES_LIMIT}人）"
            raise Unreadable("names.long", message, "名字之间请用顿号隔开")
        return tuple(found)

    def parse(values: Any) -> Any:
        parsed, problems = read_each(values, read)
        return [None if one is None else list(one) for one in parsed], problems

    return Kind("names", parse, lambda value: "、".join(value or ()), help="几个人的姓名，用顿号隔开", width=30)


def yesno() -> Kind:
    """是 or 否, also √ × 有 无 1 0 Y N: True or False."""

    def read(raw: Any) -> bool:
        word = plain_of(raw).casefold()
        if word in _YES:
            return True
        if word in _NO:
            return False
        raise Unreadable("yesno", "这里只能填“是”或“否”", "请改成“是”或“否”")

    def show(value: Any) -> Any:
        return None if value is None else "是" if value else "否"

    return Kind("yesno", lambda values: read_each(values, read), show, "填“是”或“否”", ("是", "否"), width=8)


def _key(word: Any) -> str:
    return "".join(unicodedata.normalize("NFKC", str(word)).split()).casefold()


def nearest(word: str, allowed: Iterable[str]) -> str:
    """The allowed word most like `word`, or ''."""
    allowed = list(allowed)
    close = difflib.get_close_matches(word, allowed, 1, 0.5)
    if close:
        return close[0]
    inside = [one for one in allowed if word and (word in one or one in word)]
    return inside[0] if len(inside) == 1 else ""


def choice(choices: type[Choices] | Iterable[tuple[Any, Any]], synonyms: Mapping[str, Any] | None = None) -> Kind:
    """One of a closed list: its label, its code or a synonym (word → code) is read as the code.

    An unknown word is refused with the allowed labels and the nearest one.
    """
    labels, known = _vocabulary(choices, synonyms or {})
    shown = tuple(labels.values())

    def read(raw: Any) -> Any:
        return _chosen(text_of(raw), labels, known)

    width = min(30, max(10, 2 * max((len(label) for label in shown), default=4) + 2))
    help_ = f"只能填：{'、'.join(shown)}"
    return Kind("choice", lambda values: read_each(values, read), labels.get, help_, shown, width=width)


def several(choices: type[Choices] | Iterable[tuple[Any, Any]]) -> Kind:
    """Some of a closed list in one cell, split as `names` are: their codes joined by commas, in the list's order."""
    labels, known = _vocabulary(choices, {})

    def read(raw: Any) -> str:
        found = {_chosen(part, labels, known) for part in _STRONG.split(text_of(raw)) if part.strip()}
        return ",".join(str(code) for code in labels if code in found)

    def show(value: Any) -> Any:
        codes = set((value or "").split(","))
        return "、".join(label for code, label in labels.items() if str(code) in codes) or None

    help_ = f"可以填几个，用顿号隔开：{'、'.join(labels.values())}"
    return Kind("several", lambda values: read_each(values, read), show, help_, width=30)


def _vocabulary(
    choices: type[Choices] | Iterable[tuple[Any, Any]], synonyms: Mapping[str, Any]
) -> tuple[dict[Any, str], dict[str, Any]]:
    """The labels of a closed list by code, and the code that each word of it is read as."""
    given: Iterable[tuple[Any, Any]] = choices.choices if isinstance(choices, type) else choices
    pairs = [(code, str(label)) for code, label in given if code not in (None, "")]
    labels = {getattr(code, "value", code): label for code, label in pairs}
    known = {_key(word): getattr(code, "value", code) for word, code in synonyms.items()}
    known |= {_key(code): code for code in labels} | {_key(label): code for code, label in labels.items()}
    return labels, known


def _chosen(text: str, labels: Mapping[Any, str], known: Mapping[str, Any]) -> Any:
    """The code that a word is read as; an unknown one is refused with the nearest."""
    word = _key(text)
    if word in known:
        return known[word]
    near = nearest(word, labels.values()) or labels.get(known.get(nearest(word, known), ""), "")
    mend = f"是不是“{near}”？" if near else "请从下拉列表里选一个"
    raise Unreadable("choice", f"不认识这个词，只能填：{'、'.join(labels.values())}", mend)


def _reference(raw: Any) -> str:
    found = line_of(raw)
    if len(found) > 200:
        raise Unreadable("text.long", "对应的名称或编号太长（最多200个字）", "请只填名称或编号")
    return found


def _shown_reference(value: Any) -> Any:
    return None if value is None else str(value)


def ref(target: str) -> Kind:
    """The key or 编号 of a row of `target` ("app.Model"): canonical text, resolved by the import engine."""
    return Kind("ref", lambda values: read_each(values, _reference), _shown_reference, width=16, target=target)


def loose_ref(target: str, text_field: str) -> Kind:
    """Like `ref`, but where nobody is found the text is kept in `text_field`."""
    return Kind(
        "loose_ref",
        lambda values: read_each(values, _reference),
        _shown_reference,
        width=16,
        target=target,
        loose=text_field,
    )
