"""Packs of standards as files: JSON that a person can read, correct and pass on.

`{"pack": code, "name", "level", "source", "mark", "standards": [row, …], "phrases": [row, …]}`; what stands on the
file's top level (level, source, mark, first, confirmed_by, confirmed_on) holds for rows that do not say otherwise.
Amounts are whole fen, dates ISO, `end` is the first day on which a row no longer holds.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from zhijia.core.outcomes import Place, Refused, Violation

FOLDER = Path(__file__).parent / "packs"
STANDARD = {
    "level": "own", "rule": "", "item": None, "shape": None, "tier": "", "amount_fen": None, "ratio": "", "count": None,
    "text": "", "source": "", "mark": "own", "first": None, "end": None, "confirmed_by": "", "confirmed_on": None,
}  # fmt: skip
PHRASE = {
    "kind": None,
    "text": None,
    "source": "",
    "first": None,
    "end": None,
    "confirmed_by": "",
    "confirmed_on": None,
}
DATES = ("first", "end", "confirmed_on")
LIMIT = 5_000_000  # bytes


@dataclass(frozen=True, slots=True)
class PackFile:
    """A pack as read: complete rows for the two tables, in the order of the file."""

    code: str
    name: str
    note: str
    standards: tuple[dict[str, Any], ...]
    phrases: tuple[dict[str, Any], ...]


def shipped() -> dict[str, Path]:
    """The packs that come with the program, by code."""
    return {path.stem: path for path in sorted(FOLDER.glob("*.json"))}


def read(path: str | Path) -> PackFile:
    """Read a pack from a file, or a shipped one by its code. Raises `Refused` with every fault of the file."""
    file = shipped().get(str(path), Path(path))
    try:
        if file.stat().st_size > LIMIT:
            raise Refused([_fault("标准包文件太大（最多5MB）")])
        told = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise Refused([_fault(f"打不开标准包：{path}", "请核对文件名")]) from error
    except ValueError as error:
        raise Refused([_fault("标准包不是有效的 JSON 文件", "请用系统自带的标准包作样本")]) from error
    if not isinstance(told, dict) or not isinstance(told.get("pack"), str) or not told["pack"].strip():
        raise Refused([_fault("标准包缺少代码（pack）")])
    faults: list[Violation] = []
    standards = _rows(told, "standards", STANDARD, faults)
    phrases = _rows(told, "phrases", PHRASE, faults)
    if faults:
        raise Refused(faults)
    code, name = told["pack"].strip(), str(told.get("name") or told["pack"])
    for row in standards:
        row["pack"], row["pack_name"] = code, name
    return PackFile(code, name, str(told.get("note", "")), tuple(standards), tuple(phrases))


def _rows(told: dict[str, Any], part: str, blank: dict[str, Any], faults: list[Violation]) -> list[dict[str, Any]]:
    found = []
    shared = {name: told[name] for name in blank if name in told}
    rows = told.get(part, [])
    if not isinstance(rows, list):
        faults.append(_fault(f"“{part}”应当是一个列表"))
        return []
    for number, row in enumerate(rows, 1):
        place = Place(part, number)
        if not isinstance(row, dict):
            faults.append(_fault("这一条不是一组栏目", place=place))
            continue
        strange = sorted(set(row) - set(blank))
        if strange:
            faults.append(_fault(f"不认识的栏目：{'、'.join(strange)}", place=place))
        whole = {**blank, **shared, **{name: value for name, value in row.items() if name in blank}}
        for name in DATES:
            whole[name] = _day(whole[name], place, name, faults)
        faults += [
            _fault(f"缺少“{name}”", place=place)
            for name in ("item", "shape", "kind")
            if name in blank and not whole[name]
        ]
        if part == "standards" and whole["first"] is None:
            faults.append(_fault("缺少施行日期（first）", place=place))
        found.append(whole)
    return found


def _day(value: Any, place: Place, name: str, faults: list[Violation]) -> date | None:
    if value in (None, ""):
        return None
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        faults.append(_fault(f"“{name}”不是日期：{value}", "写成 2023-01-01 的形式", place=place))
        return None


def _fault(message: str, mend: str = "请改正文件后重新导入", *, place: Place | None = None) -> Violation:
    return Violation("pack", message, place=place or Place(), mend=mend)
