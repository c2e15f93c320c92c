"""Changes to public notices."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from zhijia.core import records
from zhijia.core.frame import Frame
from zhijia.core.lookup import Lookup
from zhijia.core.outcomes import Violation
from zhijia.core.records import Records
from zhijia.core.row_checks import period_problems
from zhijia.notices import rules
from zhijia.notices.models import Notice


def _notice_problems(frame: Frame, _lookup: Lookup) -> Iterable[Violation]:
    yield from period_problems(frame, "posted_on", "end", "截止日期早于公示日期")
    for index, (objections, answered) in enumerate(frame.zip("objections", "answered")):
        problem = rules.count_problem(objections or 0, answered or 0)
        if problem:
            yield Violation(
                "answered",
                problem,
                place=frame.place(index, "answered"),
                value=str(answered),
                mend="请核对异议数和已答复数",
            )


NOTICES = Records(
    Notice,
    key=("title", "posted_on"),
    handles=(("title",), ("title", "posted_on")),
    check=_notice_problems,
)

save_notices = partial(records.save, NOTICES)
