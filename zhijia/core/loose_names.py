"""Texts beside loose references: a row that is not on record is known by the name as it was written."""

from __future__ import annotations

from typing import Any

from zhijia.core.frame import Frame
from zhijia.core.lookup import Lookup


def names_kept(frame: Frame, lookup: Lookup, **texts: tuple[str, ...]) -> dict[str, list[Any]]:
    """The text beside each loose reference: what the row found is called, else what was written.

    `person_name=("person", "members.Person")`: reference, table, and the fields by which its rows are called, best
    first (`name` if none is given). References that the frame does not give are left alone.
    """
    kept: dict[str, list[Any]] = {}
    for text, (reference, label, *fields) in texts.items():
        if reference not in frame.columns:
            continue
        called = [lookup.follow(frame.columns[reference], label, field) for field in fields or ("name",)]
        written = frame.get(text)
        kept[text] = [next((word for word in words if word), "") for words in zip(*called, written, strict=True)]
    return kept
