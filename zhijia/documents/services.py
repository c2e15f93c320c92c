"""Changes to incoming papers and submissions."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from zhijia.core import records
from zhijia.core.frame import Frame
from zhijia.core.lookup import Lookup
from zhijia.core.loose_names import names_kept
from zhijia.core.outcomes import Violation
from zhijia.core.records import Records
from zhijia.core.row_checks import order_problems
from zhijia.documents.models import IncomingPaper, Submission


def _paper_problems(frame: Frame, _lookup: Lookup) -> Iterable[Violation]:
    return order_problems(frame, "received_on", "studied_on", "学习日期早于收文日期")


def _submission_problems(frame: Frame, _lookup: Lookup) -> Iterable[Violation]:
    return order_problems(frame, "sent_on", "answered_on", "批复日期早于报送日期")


def _derive_sender(frame: Frame, lookup: Lookup) -> dict[str, list[Any]]:
    return names_kept(frame, lookup, sender_name=("sender", "unions.OutsideBody"))


def _derive_addressee(frame: Frame, lookup: Lookup) -> dict[str, list[Any]]:
    return names_kept(frame, lookup, to_name=("to", "unions.OutsideBody"))


PAPERS = Records(
    IncomingPaper,
    key=("title", "number", "received_on"),
    handles=(("number",), ("title",)),
    check=_paper_problems,
    derive=_derive_sender,
)
SUBMISSIONS = Records(
    Submission,
    key=("title", "number", "sent_on"),
    handles=(("number",), ("title",)),
    check=_submission_problems,
    derive=_derive_addressee,
)

save_papers = partial(records.save, PAPERS)
save_submissions = partial(records.save, SUBMISSIONS)
