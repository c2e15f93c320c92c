"""The few SVG elements that charts are drawn of, escaped, and how wide a text will be. Pure apart from escaping.

Geometry is written as attributes and colours as classes: the content policy allows no style attribute.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

EM = 13  # the size of text in a chart, in units of its view box


def width_of(text: str) -> float:
    """How wide the text is at most: a Chinese character one em, other characters two thirds."""
    return sum(EM if unicodedata.east_asian_width(letter) in "WFA" else EM * 0.66 for letter in text)


def fitted(text: str, room: float) -> str:
    """The text, cut with … where it would be wider than `room`; empty where not even that fits."""
    if width_of(text) <= room:
        return text
    while text and width_of(text) + EM > room:
        text = text[:-1]
    return f"{text}…" if text else ""


def number(value: float) -> str:
    """A coordinate with one decimal at most."""
    return f"{value:.1f}".removesuffix(".0")


def element(name: str, content: str | SafeString = "", **attributes: str | float) -> SafeString:
    """One element; `class_` is class, underscores in names are hyphens, numbers are coordinates."""
    pairs = [
        (key.removesuffix("_").replace("_", "-"), value if isinstance(value, str) else number(value))
        for key, value in attributes.items()
        if value != ""
    ]
    return format_html("<{}{}>{}</{}>", name, format_html_join("", ' {}="{}"', pairs), content, name)


def rect(x: float, y: float, width: float, height: float, *, kind: str, fill: str = "") -> SafeString:
    """A box of the css class `kind`; `fill` names a pattern."""
    return element("rect", x=x, y=y, width=width, height=height, class_=kind, fill=fill)


def line(x1: float, y1: float, x2: float, y2: float, *, kind: str) -> SafeString:
    """A straight line."""
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=kind)


def text(words: str, x: float, y: float, *, anchor: str = "middle", kind: str = "") -> SafeString:
    """Words whose baseline is at y; nothing for no words."""
    if not words:
        return SafeString()
    return element("text", words, x=x, y=y, text_anchor=anchor, class_=kind)


def joined(parts: Iterable[SafeString]) -> SafeString:
    """Elements one after the other."""
    return format_html_join("", "{}", ((part,) for part in parts))


def linked(content: SafeString, url: str, label: str) -> SafeString:
    """The content as a link to what is behind it, or with its words alone where there is none."""
    told = element("title", label)
    if not url:
        return element("g", joined([told, content]))
    return element("a", joined([told, content]), href=url, aria_label=label)
