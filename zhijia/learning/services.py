"""Changes to learning sessions and continuing education; whole ledgers at once, a form as a ledger of one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from zhijia.activities.services import CALLED, given
from zhijia.core import records
from zhijia.core.frame import Frame
from zhijia.core.lookup import Lookup
from zhijia.core.loose_names import names_kept
from zhijia.core.outcomes import WARN, Violation
from zhijia.core.records import Records
from zhijia.core.row_checks import order_problems
from zhijia.learning import rules
from zhijia.learning.models import Education, LearningSession


def _derive_session(frame: Frame, lookup: Lookup) -> dict[str, list[Any]]:
    """The kind told by the title and the audience told by the kind, where they are not written."""
    label = "learning.LearningSession"
    kinds, audiences = (given(frame, lookup, label, name, "") for name in ("kind", "audience"))
    told = [kind or rules.kind_of(title or "") for kind, title in zip(kinds, frame.get("title"), strict=True)]
    meant = [audience or rules.audience_of(kind) for audience, kind in zip(audiences, told, strict=True)]
    return {"kind": told, "audience": meant, **names_kept(frame, lookup, provider_name=("provider", *CALLED))}


def _session_problems(frame: Frame, _lookup: Lookup) -> Iterable[Violation]:
    yield from order_problems(frame, "on", "last_on", "结束日期早于开始日期")
    for index, (kind, model_person, notice) in enumerate(frame.zip("kind", "model_person", "notice_parts")):
        if kind == LearningSession.Kind.ROLE_MODEL_STUDY and not model_person:
            place = frame.place(index, "model_person")
            yield Violation("model", "学习先进典型最好写明是谁", place=place, mend="填写先进典型", level=WARN)
        missing = rules.missing_parts(notice or "") if kind == LearningSession.Kind.READING else ()
        if missing:
            message = f"读书活动的通知没有提到：{'、'.join(missing)}"
            yield Violation("notice", message, place=frame.place(index, "notice_parts"), mend="请核对通知", level=WARN)


def _derive_education(frame: Frame, lookup: Lookup) -> dict[str, list[Any]]:
    return names_kept(frame, lookup, provider_name=("provider", *CALLED))


SESSIONS = Records(
    LearningSession,
    key=("title", "on"),
    handles=(("title",), ("title", "on")),
    check=_session_problems,
    derive=_derive_session,
)
EDUCATION = Records(Education, key=("person", "on"), derive=_derive_education)

save_sessions = partial(records.save, SESSIONS)
save_education = partial(records.save, EDUCATION)
