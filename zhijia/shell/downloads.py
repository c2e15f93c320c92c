"""Files as answers: to be saved under a good name, and kept by nobody in between."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ZIP, JSON = "application/zip", "application/json"
KEPT_BY_NOBODY = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}


def attachment(data: bytes, name: str, kind: str) -> HttpResponse:
    """A file to be saved under that name."""
    disposition = str(content_disposition_header(as_attachment=True, filename=name))
    return HttpResponse(data, content_type=kind, headers={"Content-Disposition": disposition, **KEPT_BY_NOBODY})
