"""The bytes of a kept file as an answer: photos are shown, everything else is saved; nothing in it runs."""

from __future__ import annotations

from urllib.parse import quote

from django.http import FileResponse, Http404

from zhijia.documents import attaching, media
from zhijia.documents.models import Attachment


def served(file: Attachment) -> FileResponse:
    """The file; whoever calls has seen to it that the reader may see it."""
    path = attaching.path_of(file)
    if not path.is_file():
        raise Http404("文件不在数据文件夹里")
    answer = FileResponse(path.open("rb"), content_type=file.mime)
    shown = file.mime in media.IMAGES
    answer.headers["Content-Disposition"] = (
        f"{'inline' if shown else 'attachment'}; filename*=UTF-8''{quote(file.name)}"
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
