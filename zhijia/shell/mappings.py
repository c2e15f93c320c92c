"""Column mappings of unions' own ledgers: given once as a file, then remembered by the ledger's headers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from zhijia.core.models import ColumnMapping
from zhijia.core.outcomes import Refused, Violation
from zhijia.core.sheets.cells import text_of
from zhijia.core.sheets.headers import HEADER_ROWS, fingerprint
from zhijia.core.sheets.source import Grid, open_grids


def given(file: Path) -> dict[str, Any]:
    """Read a mapping from a JSON file; refused where it is none."""
    try:
        mapping = json.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise Refused([Violation("map", f"读不到列对应文件：{error.strerror}", value=file.name)]) from None
    except ValueError:
        raise Refused([Violation("map", "列对应文件不是正确的 JSON", value=file.name)]) from None
    if not isinstance(mapping, dict) or not isinstance(mapping.get("sheets"), dict):
        mend = '应为 {"sheets": {"自己的表名": {"sheet": "会员", "columns": {"自己的表头": "姓名"}}}}'
        raise Refused([Violation("map", "列对应文件里没有 sheets", value=file.name, mend=mend)])
    return mapping


def remembered(union: int | None, file: Path, purpose: str = "") -> dict[str, Any] | None:
    """The mapping that the union used for a ledger with the same headers, if any; the file is read only then.

    `purpose` tells what the same file may be read for besides an import.
    """
    if union is None or not ColumnMapping.objects.filter(union_id=union).exists():
        return None
    mark = _mark_of(file, purpose)
    found = ColumnMapping.objects.filter(union_id=union, fingerprint=mark).first() if mark else None
    return dict(found.mapping) if found else None


def remember(union: int, file: Path, mapping: Mapping[str, Any], purpose: str = "") -> None:
    """Keep the mapping for ledgers with these headers."""
    mark = _mark_of(file, purpose)
    if mark:
        ColumnMapping.objects.update_or_create(union_id=union, fingerprint=mark, defaults={"mapping": dict(mapping)})


def _mark_of(file: Path, purpose: str) -> str:
    """The fingerprint over all sheets' headers: of each the row with most texts among the first ones."""
    headers: set[str] = set()
    try:
        for grid in open_grids(file):
            if isinstance(grid, Grid):
                rows = [[text_of(cell) for cell in row if isinstance(cell, str)] for row in grid.rows[:HEADER_ROWS]]
                headers.update(max(rows, key=lambda row: len([cell for cell in row if cell]), default=[]))
    except Refused:
        return ""  # the import says why the file can not be read
    return purpose + fingerprint(headers)
