"""From a file to the database: read, resolve, plan, and write everything or nothing.

All reading, checking and encrypting happens before the transaction; inside it, change numbers are compared and rows
are written. What the preview shows is the plan that the commit writes.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone

from zhijia.core import audit, records
from zhijia.core.access import Access
from zhijia.core.frame import Frame
from zhijia.core.lookup import Lookup, canonical
from zhijia.core.models import Batch, BatchPart
from zhijia.core.outcomes import REFUSE, WARN, Place, Violation
from zhijia.core.sheets import reading
from zhijia.core.sheets.cells import text_of
from zhijia.core.sheets.declare import Sheet, Table

Progress = Callable[[str, int, int], None]
TRIES = 2


def silent(_label: str, _done: int, _total: int) -> None:
    """A progress that says nothing."""


@dataclass(frozen=True, slots=True)
class Count:
    """What an import does to one sheet; `absent` are rows on record that the file leaves out (they stay)."""

    sheet: str
    new: int
    changed: int
    equal: int
    absent: int


@dataclass(slots=True)
class Import:
    """An import as planned or done. `problems` holds refusals and warnings, each with its place."""

    source: Path
    counts: list[Count] = field(default_factory=list)
    problems: list[Violation] = field(default_factory=list)
    plans: list[records.Plan] = field(default_factory=list)
    union: int | None = None
    batch: int | None = None

    @property
    def refused(self) -> bool:
        """True when nothing can be saved."""
        return any(problem.level == REFUSE for problem in self.problems)


def _cells(tables: Sequence[Table], problems: list[Violation]) -> tuple[dict[str, list[Any]], Frame]:
    """Parsed columns of one sheet's tables, joined; a column missing in one of several tables is blank there."""
    frame = Frame({}, [], sheet=tables[0].title, sheets=[], headers={})
    headers: dict[str, str] = {}
    parsed = []
    for table in tables:
        columns, found = reading.parse(table)
        problems.extend(found)
        problems.extend(reading.check_totals(table, columns))
        headers.update(table.headers)
        parsed.append(columns)
        frame.rows.extend(table.rows)
        assert frame.sheets is not None
        frame.sheets.extend([table.title] * len(table.rows))
    names = list(dict.fromkeys(name for columns in parsed for name in columns))
    joined: dict[str, list[Any]] = {name: [] for name in names}
    for table, columns in zip(tables, parsed, strict=True):
        for name in names:
            joined[name].extend(columns.get(name) or [None] * len(table.rows))
    frame.headers = headers
    return joined, frame


def _resolve(
    sheet: Sheet,
    columns: dict[str, list[Any]],
    frame: Frame,
    lookup: Lookup,
    *,
    known_records: Mapping[str, records.Records],
    unread: Mapping[str, set[str]],
    problems: list[Violation],
) -> None:
    """Turn the names in reference columns into rows; every name that fits none or several rows is a problem.

    `unread` are names in rows of earlier sheets that are refused already: missing them is not told again.
    """
    for column in sheet.columns:
        target = column.kind.target
        if not target or column.field not in columns:
            continue
        texts = columns[column.field]
        known: dict[str, tuple[int | None, str]] = {}
        for text in {text for text in texts if text is not None}:
            tokens = lookup.find(known_records[target], text)
            if len(tokens) == 1:
                known[text] = (tokens[0], "")
            elif tokens:
                choices = "、".join(lookup.describe(known_records[target], token) for token in tokens[:6])
                known[text] = (None, f"“{text}”有{len(tokens)}个，分不清是哪一个|请写明其中之一：{choices}；或填写编号")
            elif column.kind.loose or canonical(text) in unread.get(target, ()):
                known[text] = (None, "")
            else:
                name = apps.get_model(target)._meta.verbose_name
                known[text] = (None, f"找不到“{text}”|请先在“{name}”表中登记，或改正名称")
        values: list[Any] = []
        for index, text in enumerate(texts):
            token, problem = known[text] if text is not None else (None, "")
            values.append(token)
            if problem:
                message, _, mend = problem.partition("|")
                problems.append(
                    Violation("reference", message, place=frame.place(index, column.field), value=text, mend=mend)
                )
        columns[column.field] = values
        if column.kind.loose:
            pairs = zip(texts, values, strict=True)
            columns[column.kind.loose] = [text or "" if token is None else "" for text, token in pairs]


def _uids(columns: dict[str, list[Any]], frame: Frame, problems: list[Violation]) -> None:
    """编号 as this system gave them; a ledger's own numbering is told of once and read as none."""
    foreign = 0
    found: list[UUID | None] = []
    for text in columns.get("uid", ()):
        try:
            found.append(UUID(text) if text else None)
        except ValueError:
            found.append(None)
            foreign += 1
    if found:
        columns["uid"] = found
    if foreign:
        message = f"有{foreign}个编号不是本系统给出的，按没有编号读"
        problems.append(Violation("uid.foreign", message, place=Place(frame.sheet), level=WARN))


def _defaults(sheet: Sheet, columns: dict[str, list[Any]]) -> None:
    for column in sheet.columns:
        if column.default is not None and column.field in columns:
            columns[column.field] = [column.default if value is None else value for value in columns[column.field]]


def _union_problems(plans: Sequence[records.Plan], union: int | None) -> Iterator[Violation]:
    """One workbook is one union's: the folder's (or the named) one, or the one that it founds."""
    own = [plan for plan in plans if not plan.records.tenant]
    new = [(plan, index) for plan in own for index in plan.new]
    if union is None and not new and not any(plan.violations for plan in own):
        mend = "请在工作簿中填写“工会”和“届次”两张表，或先运行 init 建立工会"
        yield Violation("no_union", "数据文件夹里还没有工会", mend=mend)
    for plan, index in new if union is not None else new[1:]:
        name = plan.records.key[0]
        value = str(plan.frame.get(name)[index])
        if union is not None:
            message, mend = (
                "台账是另一个工会的：工会代码与当前工会不同",
                "请核对工会代码；别的工会请用 --union 加它的代码导入",
            )
        else:
            message, mend = "“工会”表只能有一行，就是本工会", "请删去别的工会，它们的台账另外导入"
        yield Violation("other_union", message, place=plan.frame.place(index, name), value=value, mend=mend)


def prepare(
    path: Path,
    *,
    sheets: Sequence[Sheet],
    union: int | None,
    today: date,
    mapping: Mapping[str, Any] | None = None,
    progress: Progress = silent,
) -> Import:
    """Plan an import without writing anything: what is new, changed, equal, and every problem at once.

    `sheets` are all sheets of the house in floor order. `union` is None for an empty folder.
    """
    result = Import(path, union=union)
    progress("读取", 0, 1)
    found = reading.read(path, sheets, mapping=mapping)
    result.problems.extend(found.problems)
    result.problems.extend(found.notes)
    lookup = Lookup(union, today)
    known = {sheet.records.label: sheet.records for sheet in sheets}
    by_sheet = {sheet.name: [table for table in found.tables if table.sheet is sheet] for sheet in sheets}
    present = [sheet for sheet in sheets if by_sheet[sheet.name]]
    unread: dict[str, set[str]] = {}
    for step, sheet in enumerate(present):
        progress(sheet.name, step, len(present))
        columns, frame = _cells(by_sheet[sheet.name], result.problems)
        _resolve(sheet, columns, frame, lookup, known_records=known, unread=unread, problems=result.problems)
        _uids(columns, frame, result.problems)
        _defaults(sheet, columns)
        frame.columns = columns
        titles = {table.title for table in by_sheet[sheet.name]}
        broken = {
            (problem.place.sheet, problem.place.row)
            for problem in result.problems
            if problem.level == REFUSE and problem.place.sheet in titles
        }
        unread[sheet.records.label] = _names_in(sheet, by_sheet[sheet.name], broken)
        plan = records.plan(sheet.records, _sound(frame, broken), union=union, lookup=lookup)
        lookup.add(plan)
        result.plans.append(plan)
        result.problems.extend(plan.violations)
        result.counts.append(Count(sheet.name, len(plan.new), len(plan.changed), len(plan.equal), len(plan.absent)))
        if plan.absent:
            message = f"已登记的{len(plan.absent)}条记录不在这张表里，保持不动"
            result.problems.append(Violation("absent", message, place=Place(sheet.name), level=WARN))
    if not result.plans and not result.refused:
        result.problems.append(
            Violation("nothing", "文件里没有可以导入的表", mend="运行 template 得到空白台账，或核对表名和表头")
        )
    result.problems.extend(_union_problems(result.plans, union))
    return result


def _names_in(sheet: Sheet, tables: Sequence[Table], rows: set[tuple[str, int]]) -> set[str]:
    """The names by which other sheets may mean the given (title, row) rows, as they stand in the file."""
    if not rows:
        return set()
    fields = {handle[0] for handle in sheet.records.handles}
    found: set[str] = set()
    for table in tables:
        for index, row in enumerate(table.rows):
            if (table.title, row) in rows:
                found.update(canonical(text_of(table.columns[name][index])) for name in fields & table.columns.keys())
    return found


def _sound(frame: Frame, broken: set[tuple[str, int]]) -> Frame:
    """The frame without rows whose cells could not be read, so that one typing error does not cause ten complaints."""
    if not broken:
        return frame
    titles = frame.sheets or [frame.sheet] * len(frame)
    places = zip(titles, frame.rows, strict=True)
    keep = [index for index, place in enumerate(places) if place not in broken]
    columns = {name: [column[index] for index in keep] for name, column in frame.columns.items()}
    sheets = [titles[index] for index in keep]
    return Frame(columns, [frame.rows[index] for index in keep], frame.sheet, sheets, frame.headers)


def commit(prepared: Import, *, by: Access, progress: Progress = silent) -> int:
    """Write a prepared import and return its batch number; raises `records.Stale` when the records changed meanwhile.

    `by` must be the access that prepared it. The batch keeps before-images for `undo`.
    """
    plans = {plan.records.label: plan for plan in prepared.plans}
    order = list(prepared.plans)
    with transaction.atomic():
        union = prepared.union
        if union is not None:
            audit.lock(union)
        for step, plan in enumerate(order):
            progress("保存", step, len(order))
            records.write(plan, union=union or 0, plans=plans, origin="recorded")
            if union is None and not plan.records.tenant:
                union = plan.tokens[0]
        assert union is not None
        batch = Batch.objects.create(
            union_id=union,
            at=timezone.now(),
            user_id=by.user,
            source=prepared.source.name[:200],
            new_count=sum(len(plan.new) for plan in order),
            changed_count=sum(len(plan.changed) for plan in order),
        )
        for position, plan in enumerate(order):
            if plan.new or plan.changed:
                new, changed = records.before_image(plan)
                BatchPart.objects.create(
                    batch=batch, position=position, model=plan.records.label, new=new, changed=changed
                )
        written = [plan for plan in order if plan.new or plan.changed]
        if written:
            told = {plan.records.label: [len(plan.new), len(plan.changed), records.digest(plan)] for plan in written}
            audit.record(
                union=union,
                by=by,
                verb="core.batch.imported",
                tables=[plan.records.model for plan in written],
                batch=batch.pk,
                changes=told,
            )
    prepared.union, prepared.batch = union, batch.pk
    return batch.pk


def run(
    path: Path,
    *,
    sheets: Sequence[Sheet],
    union: int | None,
    by: Access,
    today: date,
    dry_run: bool = False,
    mapping: Mapping[str, Any] | None = None,
    progress: Progress = silent,
) -> Import:
    """Prepare and, unless `dry_run` or refused, commit; when the records changed in between, it is planned again.

    The last try plans with the union's chain locked, so that writers who never stop wait for it once.
    """
    with _without_collector():
        return _run(
            path, sheets=sheets, union=union, by=by, today=today, dry_run=dry_run, mapping=mapping, progress=progress
        )


@contextmanager
def _without_collector() -> Iterator[None]:
    """A ledger is millions of small objects, none in a circle: looking for circles would take a fifth of the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _run(
    path: Path,
    *,
    sheets: Sequence[Sheet],
    union: int | None,
    by: Access,
    today: date,
    dry_run: bool,
    mapping: Mapping[str, Any] | None,
    progress: Progress,
) -> Import:
    prepared = Import(path, union=union)
    for number in range(1, TRIES + 1):
        alone = number == TRIES and not dry_run
        with transaction.atomic() if alone else nullcontext():
            if alone and union is not None:
                audit.lock(union)
            before = audit.numbers(union) if union is not None else {}
            prepared = prepare(path, sheets=sheets, union=union, today=today, mapping=mapping, progress=progress)
            if dry_run or prepared.refused:
                return prepared
            try:
                _commit_unchanged(prepared, before, by=by, progress=progress)
                return prepared
            except records.Stale:
                continue
            except IntegrityError:
                founded = _founded(prepared) if union is None else None
        if founded is None:
            message = "数据库不接受其中的记录（重复，或与已撤销的记录相同）"
            prepared.problems.append(Violation("constraint", message, mend="请核对重复的名称和编号后再导入"))
            return prepared
        union = founded
    prepared.problems.append(Violation("busy", "导入期间别人一直在修改同样的记录", mend="请稍后再导入一次"))
    return prepared


def _commit_unchanged(prepared: Import, before: Mapping[str, int], *, by: Access, progress: Progress) -> None:
    """Commit, where nobody wrote anything of the union since the change numbers `before` were read."""
    with transaction.atomic():
        if prepared.union is not None:
            audit.lock(prepared.union)
            if audit.numbers(prepared.union) != before:
                raise records.Stale("numbers")
        commit(prepared, by=by, progress=progress)


def _founded(prepared: Import) -> int | None:
    """The union that somebody else founded from the same workbook in the meantime."""
    for plan in prepared.plans:
        if not plan.records.tenant and plan.new:
            key = {name: plan.frame.columns[name][plan.new[0]] for name in plan.records.key}
            manager: Any = plan.records.model._default_manager
            found: int | None = manager.filter(**key).values_list("pk", flat=True).first()
            return found
    return None
