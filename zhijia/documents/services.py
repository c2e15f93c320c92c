"""Changes to incoming papers and submissions."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from zhijia.core import records
from zhijia.core.frame import Frame
from zhijia.core.lookup import Lookup
from zhijia.core.outcomes import Violation
from zhijia.core.records import Records
from zhijia.documents.models import IncomingPaper, Submission


def _paper_problems(frame: Frame, _lookup: Lookup) -> Iterable[Violation]:
    for index, (received_on, studied_on) in enumerate(frame.zip("received_on", "studied_on")):
        if received_on and studied_on and studied_on < received_on:
            place = frame.place(index, "studied_on")
            yield Violation("order", "学习日期早于收文日期", place=place, value=str(studied_on), mend="请核对日期")


def _submission_problems(frame: Frame, _lookup: Lookup) -> Iterable[Violation]:
    for index, (sent_on, answered_on) in enumerate(frame.zip("sent_on", "answered_on")):
        if sent_on and answered_on and answered_on < sent_on:
            place = frame.place(index, "answered_on")
            yield Violation("order", "批复日期早于报送日期", place=place, value=str(answered_on), mend="请核对日期")


def _derive_names(frame: Frame, lookup: Lookup) -> dict[str, list[Any]]:
    """The body's own name beside the reference; of bodies that are not registered the name as written."""
    derived = {}
    for field in {"sender", "to"} & frame.columns.keys():
        found = lookup.follow(frame.columns[field], "unions.OutsideBody", "name")
        given = frame.get(f"{field}_name")
        derived[f"{field}_name"] = [name or text or "" for name, text in zip(found, given, strict=True)]
    return derived


PAPERS = Records(
    IncomingPaper,
    key=("title", "number", "received_on"),
    handles=(("number",), ("title",)),
    check=_paper_problems,
    derive=_derive_names,
)
SUBMISSIONS = Records(
    Submission,
    key=("title", "number", "sent_on"),
    handles=(("number",), ("title",)),
    check=_submission_problems,
    derive=_derive_names,
)

save_papers = partial(records.save, PAPERS)
save_submissions = partial(records.save, SUBMISSIONS)
