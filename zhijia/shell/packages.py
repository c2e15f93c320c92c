"""The congress package written to a folder, and where each union's latest one lies."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from zhijia.core.access import Access
from zhijia.core.feature_types import Scope
from zhijia.core.outcomes import Refused, Violation
from zhijia.reports import package

_NOTE = "packages.json"


def write(scope: Scope, out: Path, *, by: Access, progress: Callable[[str, int, int], None]) -> package.PackageResult:
    """Write the package of the scope into `out` and note where it lies; refused where `out` can not be a folder."""
    try:
        out.mkdir(mode=0o700, parents=True, exist_ok=True)  # it names people: closed to others where it is new
    except OSError as error:
        raise Refused([Violation("folder", f"不能建立文件夹：{error.strerror}", value=str(out))]) from None
    result = package.build(scope, out=out.resolve(), by=by, progress=progress)
    notes = _notes()
    notes[str(scope.union)] = {
        "folder": str(result.folder), "zip": str(result.zip_path), "label": scope.label, "on": scope.today.isoformat(),
    }  # fmt: skip
    _file().write_text(json.dumps(notes, ensure_ascii=False), encoding="utf-8")
    return result


def latest(union: int) -> tuple[str, str, date] | None:
    """Folder, scope label and day of the union's latest package, as long as the folder is there."""
    note = _notes().get(str(union))
    if not note or not Path(note["folder"]).is_dir():
        return None
    return note["folder"], note["label"], date.fromisoformat(note["on"])


def _file() -> Path:
    return Path(settings.ZHIJIA_HOME) / _NOTE


def _notes() -> dict[str, Any]:
    try:
        return dict(json.loads(_file().read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}
