"""Files as answers of the members' pages; nobody in between keeps them."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from zhijia.documents.docx.blocks import Document
from zhijia.documents.docx.engine import render

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def attachment(data: bytes, name: str, kind: str) -> HttpResponse:
    """A file to be saved under that name."""
    disposition = str(content_disposition_header(as_attachment=True, filename=name))
    kept = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
    return HttpResponse(data, content_type=kind, headers={"Content-Disposition": disposition, **kept})


def word(document: Document, name: str) -> HttpResponse:
    """A paper as a Word file."""
    return attachment(render(document), f"{name}.docx", DOCX)
