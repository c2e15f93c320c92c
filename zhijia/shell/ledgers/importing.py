"""The import of an uploaded ledger, as it was previewed and agreed to."""

from __future__ import annotations

from datetime import date
from typing import Any

from zhijia.core import batches
from zhijia.core.access import Access
from zhijia.core.outcomes import REFUSE, Refused, Violation
from zhijia.core.sheets import importing
from zhijia.core.sheets.importing import Count, Progress
from zhijia.shell import mappings
from zhijia.shell.ledgers import planning, uploads
from zhijia.shell.registers import posts_of, sheets_for


def work(arguments: dict[str, Any], *, by: Access, today: date, progress: Progress) -> dict[str, Any]:
    """The job: write the upload's rows, or refuse where they are not what was agreed to; the file goes when done."""
    upload = uploads.find(arguments["upload"], by)
    if upload is None:
        raise Refused([planning.gone()])
    done = importing.run(
        upload.source, sheets=sheets_for(by), union=by.union, by=by, today=today, mapping=upload.mapping,
        mended=upload.cells, allowed=planning.allowed_for(by), posts=posts_of(by),
        agreed=[Count(*count) for count in arguments["counts"]], progress=progress,
    )  # fmt: skip
    if done.batch is None:
        raise Refused(_reasons(done.problems))
    batches.forget_images()
    if upload.chosen and upload.mapping:
        mappings.remember(by.union, upload.source, upload.mapping)
    uploads.discard(upload)
    return {"batch": done.batch}


def _reasons(problems: list[Violation]) -> list[Violation]:
    """Those about the file as a whole; what is wrong in its rows stands in the preview, with names and values."""
    refusals = [problem for problem in problems if problem.level == REFUSE]
    whole = [problem for problem in refusals if not problem.place.sheet]
    if len(whole) < len(refusals):
        message = f"有{len(refusals) - len(whole)}处问题，没有保存任何内容"
        whole.append(Violation("problems", message, mend="请回到预览改正后再导入"))
    return whole
