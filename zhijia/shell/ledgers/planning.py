"""The preview of an uploaded ledger: worked out once, kept beside the file, shown a page at a time.

It is what the import will do (`core.sheets.importing.prepare` over the same file, mapping and mended cells). Kept are a
summary and one line per row, so that a page of a ledger of 100,000 rows costs no more than one of ten.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from zhijia.core import audit
from zhijia.core.access import Access
from zhijia.core.outcomes import REFUSE, Refused, Violation
from zhijia.core.sheets import importing, preview
from zhijia.core.sheets.cells import line_of
from zhijia.core.sheets.declare import Column, Table, blank
from zhijia.core.sheets.identifiers import shown
from zhijia.core.sheets.importing import Count, Import, Progress, silent
from zhijia.shell.catalogue import SHEETS
from zhijia.shell.ledgers import uploads
from zhijia.shell.ledgers.uploads import Upload
from zhijia.shell.registers import posts_of, sheets_for

AT_ONCE = 300_000  # bytes: a larger file is worked out by the worker, with progress
STATES = ("refused", "new", "changed", "equal")
_WORDS = 5  # cells by which a row is known again
_SUMMARY, _ROWS = "preview.json", "preview.rows"
_LONG = 200


@dataclass(slots=True)
class Summary:
    """What an import would do. `stamp` says of which file, decisions and records this holds.

    `sheets` has for each sheet of the file its title, which of ours it is, and its rows by state; `general` are the
    problems and notes without a row; `counts` are those that the import has to come to again.
    """

    stamp: str = ""
    counts: list[list[Any]] = field(default_factory=list)
    sheets: list[dict[str, Any]] = field(default_factory=list)
    general: list[dict[str, Any]] = field(default_factory=list)
    refused: bool = False
    problems: int = 0

    @property
    def agreed(self) -> list[Count]:
        """The counts as the import compares them."""
        return [Count(*count) for count in self.counts]

    def total(self, state: str) -> int:
        """Rows in that state over all sheets."""
        return sum(int(sheet[state]) for sheet in self.sheets)


def allowed_for(access: Access) -> Any:
    """Which sheets the person may import: those whose records they may edit."""
    return lambda sheet: access.may(sheet.edit or f"{sheet.room}.edit")


def stamp(upload: Upload, access: Access, today: date) -> str:
    """Equal as long as nothing changed that the preview depends on."""
    may = allowed_for(access)
    rights = [sheet.name for sheet in SHEETS if may(sheet)] + sorted(access.posts)
    told = [upload.mapping, upload.mended, sorted(audit.numbers(upload.union).items()), today.isoformat(), rights]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:32]


def current(upload: Upload, *, by: Access, today: date) -> Summary | None:
    """The kept preview, if it still holds."""
    try:
        told = json.loads((upload.folder / _SUMMARY).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    summary = Summary(**told)
    return summary if summary.stamp == stamp(upload, by, today) else None


def make(upload: Upload, *, by: Access, today: date, progress: Progress = silent) -> Summary:
    """Work the preview out and keep it."""
    mark = stamp(upload, by, today)
    prepared = importing.prepare(
        upload.source, sheets=sheets_for(by), union=upload.union, today=today, mapping=upload.mapping,
        mended=upload.cells, allowed=allowed_for(by), posts=posts_of(by), keep_tables=True, progress=progress,
    )  # fmt: skip
    summary = Summary(
        stamp=mark, refused=prepared.refused, counts=[list(asdict(one).values()) for one in prepared.counts]
    )
    lines = _Lines(prepared, upload)
    uploads.write(upload.folder / _ROWS, "".join(lines.written(summary)).encode())
    uploads.write(upload.folder / _SUMMARY, json.dumps(asdict(summary), ensure_ascii=False).encode())
    return summary


def work(arguments: dict[str, Any], *, by: Access, today: date, progress: Progress) -> dict[str, Any]:
    """The job: make the preview of an upload."""
    upload = uploads.find(arguments["upload"], by)
    if upload is None:
        raise Refused([gone()])
    make(upload, by=by, today=today, progress=progress)
    return {}


def gone() -> Violation:
    """The upload is not there any more."""
    return Violation("upload.gone", "上传的文件已经不在了（导入完成或满24小时就会删除）", mend="请再上传一次")


def page(upload: Upload, state: str, sheet: int | None, first: int, count: int) -> list[dict[str, Any]]:
    """So many rows in that state from the `first` one on; `sheet` is an index into the summary's sheets."""
    found: list[dict[str, Any]] = []
    place = 0
    with (upload.folder / _ROWS).open(encoding="utf-8") as file:
        for line in file:
            head, _, told = line.partition("\t")
            states, _, index = head.partition(" ")
            if state not in states.split(",") or (sheet is not None and int(index) != sheet):
                continue
            if place >= first:
                found.append(json.loads(told))
            place += 1
            if len(found) == count:
                break
    return found


def told(problem: Violation) -> dict[str, Any]:
    """A problem as the preview keeps it; its value is masked by whoever found it."""
    return {
        "code": problem.code, "message": problem.message, "source": problem.source, "mend": problem.mend,
        "level": problem.level, "value": problem.value, "sheet": problem.place.sheet, "column": problem.place.column,
    }  # fmt: skip


class _Lines:
    """One line per row of the file: its state, then what a page shows of it."""

    def __init__(self, prepared: Import, upload: Upload) -> None:
        self._prepared = prepared
        self._mended = upload.cells
        self._where: dict[tuple[str, int], tuple[Table, int]] = {}
        for table in prepared.tables:
            for index, row in enumerate(table.rows):
                self._where.setdefault((table.title, row), (table, index))
        self._by_row: dict[tuple[str, int], list[Violation]] = defaultdict(list)
        for problem in prepared.problems:
            if problem.place.row and (problem.place.sheet, problem.place.row) in self._where:
                self._by_row[problem.place.sheet, problem.place.row].append(problem)

    def written(self, summary: Summary) -> list[str]:
        """All lines; fills the summary's sheets and general problems."""
        titles = list(dict.fromkeys(table.title for table in self._prepared.tables))
        names = {table.title: table.sheet.name for table in self._prepared.tables}
        counts = {title: dict.fromkeys((*STATES, "warned"), 0) for title in titles}
        states = self._states()
        lines = []
        for (title, row), state in sorted(states.items(), key=lambda item: (titles.index(item[0][0]), item[0][1])):
            problems = self._by_row.get((title, row), [])
            warned = any(problem.level != REFUSE for problem in problems)
            counts[title][state] += 1
            counts[title]["warned"] += warned
            told_row = self._told(title, row, state, problems)
            marks = f"{state},warned" if warned else state
            lines.append(f"{marks} {titles.index(title)}\t{json.dumps(told_row, ensure_ascii=False)}\n")
        summary.sheets = [{"title": title, "name": names[title], **counts[title]} for title in titles]
        placed = {id(problem) for problems in self._by_row.values() for problem in problems}
        general = [problem for problem in self._prepared.problems if id(problem) not in placed]
        summary.general = [told(problem) | {"row": problem.place.row} for problem in general]
        summary.problems = sum(problem.level == REFUSE for problem in self._prepared.problems)
        return lines

    def _states(self) -> dict[tuple[str, int], str]:
        found = {
            place: "refused"
            for place, problems in self._by_row.items()
            if any(problem.level == REFUSE for problem in problems)
        }
        self._changes: dict[tuple[str, int], list[preview.Change]] = {}
        for plan in self._prepared.plans:
            sheet = self._prepared.sheets[plan.records.label]
            for state, indices in (("new", plan.new), ("changed", plan.changed), ("equal", plan.equal)):
                for index in indices:
                    place = plan.frame.place(index)[:2]
                    if found.setdefault(place, state) == "changed" == state:
                        self._changes[place] = preview.changes(sheet, plan, index)
        return {place: state for place, state in found.items() if place in self._where}

    def _told(self, title: str, row: int, state: str, problems: list[Violation]) -> dict[str, Any]:
        table, index = self._where[title, row]
        line: dict[str, Any] = {"title": title, "row": row, "state": state, "words": _words(table, index)}
        if state == "changed":
            line["changes"] = [
                [change.header, _plain(change.before), _plain(change.after), change.shown]
                for change in self._changes[title, row]
            ]
        if problems:
            line["problems"] = [told(problem) for problem in problems]
        if state == "refused":
            line["cells"] = [
                _cell(table, column, index) for column in table.sheet.columns if column.field in table.letters
            ]
        return line


def _words(table: Table, index: int) -> list[list[str]]:
    """The cells by which a person knows the row again, as [header, text]; secrets stay out."""
    found = []
    for column in table.sheet.columns:
        cells = table.columns.get(column.field)
        if cells is None or column.kind.secret or column.kind.name == "uid" or blank(cells[index]):
            continue
        found.append([column.header, line_of(cells[index])[:_LONG]])
        if len(found) == _WORDS:
            break
    return found


def _cell(table: Table, column: Column, index: int) -> dict[str, Any]:
    """A cell as the page lets people mend it: a secret is told by its mask only."""
    raw = table.columns[column.field][index]
    secret = column.kind.secret
    return {
        "column": table.letters[column.field],
        "header": table.headers[column.field],
        "label": column.header,
        "text": "" if secret or blank(raw) else line_of(raw),
        "masked": shown(column.kind, raw) if secret else "",
        "secret": secret,
        "choices": list(column.kind.choices),
        "kind": column.kind.name,
    }


def _plain(value: Any) -> str:
    return "（空）" if value in (None, "") else str(value)
