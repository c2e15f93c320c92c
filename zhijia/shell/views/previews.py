"""The preview of a ledger: what would be new or changed, and what is wrong, mended in its place."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from zhijia.core.guards import requires
from zhijia.core.sheets.importing import prepare
from zhijia.shell.downloads import XLSX, attachment
from zhijia.shell.ledgers import planning, uploads
from zhijia.shell.ledgers.planning import Summary
from zhijia.shell.ledgers.showing import Asked, begin_again, context
from zhijia.shell.ledgers.uploads import Upload
from zhijia.shell.registers import sheets_for
from zhijia.shell.work import jobs


@requires("shell.import")
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: Any, uid: UUID) -> HttpResponse:
    """What the import would do; a post mends cells of the rows shown and works everything out anew."""
    upload = uploads.find(uid, request.access)
    if upload is None:
        return begin_again(request)
    found = _ready(request, upload)
    if not isinstance(found, Summary):
        return found
    asked = Asked(request, found)
    if request.method == "POST":
        changed = _mend(request, upload, found, asked.rows(upload))
        upload.save()
        said = f"改了{changed}处，已重新核对。" if changed else "没有改动。"
        messages.info(request, said)
        return HttpResponseRedirect(request.path, status=303)
    return render(request, "shell/import_preview.html", context(upload, found, asked))


def _ready(request: Any, upload: Upload) -> Summary | HttpResponse:
    """The preview as it holds now; a large file's is worked out as long work first."""
    access = request.access
    found = planning.current(upload, by=access, today=access.on)
    if found is not None:
        return found
    if upload.size <= planning.AT_ONCE:
        return planning.make(upload, by=access, today=access.on)
    job = jobs.start("preview", f"核对《{upload.name}》", {"upload": upload.uid}, by=access)
    return redirect("shell:job", uid=job.uid)


def _mend(request: Any, upload: Upload, summary: Summary, rows: list[dict[str, Any]]) -> int:
    """Keep what was typed where it differs from what the rows of the page hold; return how many cells.

    An empty box of a secret leaves it as it is, for it never showed what the file says.
    """
    places = {sheet["title"]: place for place, sheet in enumerate(summary.sheets)}
    changed = 0
    for line in rows:
        name = f"{places[line['title']]}-{line['row']}"
        if request.POST.get(f"x-{name}"):
            upload.mend(line["title"], line["row"], None)
            changed += 1
            continue
        mended = {}
        for cell in line.get("cells", ()):
            typed = request.POST.get(f"c-{name}-{cell['column']}", cell["text"]).strip()
            if typed != cell["text"].strip():
                mended[int(cell["column"])] = typed
        if mended:
            upload.mend(line["title"], line["row"], mended)
            changed += len(mended)
    return changed


@requires("shell.import")
@require_safe
def marked(request: Any, uid: UUID) -> HttpResponse:
    """The person's own workbook with every problem marked in its cell and listed on a first sheet."""
    from zhijia.core.sheets.marking import mark  # openpyxl is slow to load and seldom needed

    upload = uploads.find(uid, request.access)
    if upload is None:
        return begin_again(request)
    access = request.access
    prepared = prepare(
        upload.source, sheets=sheets_for(access), union=upload.union, today=access.on, mapping=upload.mapping,
        mended=upload.cells, allowed=planning.allowed_for(access),
    )  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="zhijia-") as folder:
        file = Path(folder) / "marked.xlsx"
        mark(upload.source, prepared.problems, file, mended=upload.cells)
        return attachment(file.read_bytes(), f"{Path(upload.name).stem}（标出问题）.xlsx", XLSX)
