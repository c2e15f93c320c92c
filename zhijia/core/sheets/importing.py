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

from django.db import IntegrityError, transaction
from django.utils import timezone

from zhijia.core import audit, batches, record_lines, records
from zhijia.core.access import Access
from zhijia.core.lookup import Lookup
from zhijia.core.models import Batch, BatchPart
from zhijia.core.outcomes import REFUSE, WARN, Place, Violation
from zhijia.core.sheets import beside, reading, resolving
from zhijia.core.sheets.declare import Sheet, Table
from zhijia.core.sheets.mending import Mended

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
    tables: list[Table] = field(default_factory=list)  # as read, only where asked for
    sheets: dict[str, Sheet] = field(default_factory=dict)  # those of the file, by the label of their records

    @property
    def refused(self) -> bool:
        """True when nothing can be saved."""
        return any(problem.level == REFUSE for problem in self.problems)


def _union_problems(plans: Sequence[records.Plan], union: int | None, code: str) -> Iterator[Violation]:
    """One workbook is one union's: the folder's (or the named) one, or the one it founds, with `code` if given."""
    own = [plan for plan in plans if not plan.records.tenant]
    new = [(plan, index) for plan in own for index in plan.new]
    if union is None and not new and not any(plan.violations for plan in own):
        mend = "请在工作簿中填写“工会”和“届次”两张表，或先运行 init 建立工会"
        yield Violation("no_union", "数据文件夹里还没有工会", mend=mend)
    for place, (plan, index) in enumerate(new):
        name = plan.records.key[0]
        value = str(plan.frame.get(name)[index])
        if union is None and place == 0 and value == (code or value):
            continue
        if union is not None or place == 0:
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
    code: str = "",
    mapping: Mapping[str, Any] | None = None,
    mended: Mended | None = None,
    allowed: Callable[[Sheet], bool] | None = None,
    posts: beside.Posts = None,
    keep_tables: bool = False,
    progress: Progress = silent,
) -> Import:
    """Plan an import without writing anything: what is new, changed, equal, and every problem at once.

    `sheets` are all sheets of the house in floor order. `union` is None for an empty folder or a union that the file
    founds, which must then have `code`, if given. Sheets that are not `allowed` are passed over and told of. Columns
    that the union adds in the same file are read where the `posts` may write them.
    """
    result = Import(path, union=union)
    progress("读取", 0, 1)
    found = reading.read(path, sheets, mapping=mapping, mended=mended)
    result.problems.extend(found.problems)
    result.problems.extend(found.notes)
    if allowed is not None:
        result.problems.extend(_passed_over(found, allowed))
    if keep_tables:
        result.tables = found.tables
    lookup = Lookup(union, today)
    known = {sheet.records.label: sheet.records for sheet in sheets}
    by_sheet = {sheet.name: [table for table in found.tables if table.sheet is sheet] for sheet in sheets}
    present = [sheet for sheet in sheets if by_sheet[sheet.name]]
    unread: dict[str, set[str]] = {}
    for step, declared in enumerate(present):
        progress(declared.name, step, len(present))
        sheet = beside.grown(declared, by_sheet[declared.name], lookup, posts)
        result.sheets[sheet.records.label] = sheet
        columns, frame = resolving.cells(by_sheet[sheet.name], result.problems)
        resolving.resolve(sheet, columns, frame, lookup, known_records=known, unread=unread, problems=result.problems)
        resolving.uids(columns, frame, result.problems)
        resolving.defaults(sheet, columns)
        frame.columns = columns
        titles = {table.title for table in by_sheet[sheet.name]}
        broken = {
            (problem.place.sheet, problem.place.row)
            for problem in result.problems
            if problem.level == REFUSE and problem.place.sheet in titles
        }
        unread[sheet.records.label] = resolving.names_in(sheet, by_sheet[sheet.name], broken)
        plan = records.plan(sheet.records, resolving.sound(frame, broken), union=union, lookup=lookup)
        lookup.add(plan)
        result.plans.append(plan)
        result.problems.extend(plan.violations)
        result.counts.append(Count(sheet.name, len(plan.new), len(plan.changed), len(plan.equal), len(plan.absent)))
        if plan.absent:
            message = f"已登记的{len(plan.absent)}条记录不在这张表里，保持不动"
            result.problems.append(Violation("absent", message, place=Place(sheet.name), level=WARN))
    result.problems.extend(reading.unread(found.tables))
    if not result.plans and not result.refused:
        result.problems.append(
            Violation("nothing", "文件里没有可以导入的表", mend="运行 template 得到空白台账，或核对表名和表头")
        )
    result.problems.extend(_union_problems(result.plans, union, code))
    return result


def _passed_over(found: reading.Reading, allowed: Callable[[Sheet], bool]) -> list[Violation]:
    """Take the tables of sheets that are not allowed out of what was read, and tell so."""
    others = [table for table in found.tables if not allowed(table.sheet)]
    found.tables = [table for table in found.tables if allowed(table.sheet)]
    mend = "请管这本台账的人来导入；其余的表照常导入"
    return [
        Violation(
            "sheet.forbidden",
            f"您没有登记“{table.sheet.name}”的权限，这张表没有读",
            place=Place(table.title),
            mend=mend,
            level=WARN,
        )
        for table in others
    ]


def commit(prepared: Import, *, by: Access, progress: Progress = silent) -> int:
    """Write a prepared import and return its batch number; raises `records.Stale` when the records changed meanwhile.

    `by` must be the access that prepared it. The batch keeps before-images for `undo`.
    """
    order = [part for plan in prepared.plans for part in plan.every]
    plans = {plan.records.label: plan for plan in order}
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
            new_count=sum(len(plan.new) for plan in prepared.plans),
            changed_count=sum(len(plan.changed) for plan in prepared.plans),
        )
        for position, plan in enumerate(order):
            if plan.new or plan.changed:
                new, changed = batches.before_image(plan)
                BatchPart.objects.create(
                    batch=batch, position=position, model=plan.records.label, new=new, changed=changed
                )
        written = [plan for plan in order if plan.new or plan.changed]
        if written:
            told = {
                plan.records.label: [len(plan.new), len(plan.changed), record_lines.digest(plan)] for plan in written
            }
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
    code: str = "",
    mapping: Mapping[str, Any] | None = None,
    mended: Mended | None = None,
    allowed: Callable[[Sheet], bool] | None = None,
    posts: beside.Posts = None,
    agreed: Sequence[Count] | None = None,
    progress: Progress = silent,
) -> Import:
    """Prepare and, unless `dry_run` or refused, commit; when the records changed in between, it is planned again.

    With `agreed`, the counts that somebody saw and agreed to, a plan that counts otherwise is refused. The last try
    plans with the union's chain locked, so that writers who never stop wait for it once.
    """
    with without_collector():
        return _run(
            path,
            sheets=sheets,
            union=union,
            by=by,
            today=today,
            dry_run=dry_run,
            code=code,
            mapping=mapping,
            mended=mended,
            allowed=allowed,
            posts=posts,
            agreed=agreed,
            progress=progress,
        )


@contextmanager
def without_collector() -> Iterator[None]:
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
    code: str,
    mapping: Mapping[str, Any] | None,
    mended: Mended | None,
    allowed: Callable[[Sheet], bool] | None,
    posts: beside.Posts,
    agreed: Sequence[Count] | None,
    progress: Progress,
) -> Import:
    prepared = Import(path, union=union)
    for number in range(1, TRIES + 1):
        alone = number == TRIES and not dry_run
        with transaction.atomic() if alone else nullcontext():
            if alone and union is not None:
                audit.lock(union)
            before = audit.numbers(union) if union is not None else {}
            prepared = prepare(
                path, sheets=sheets, union=union, today=today, code=code, mapping=mapping, mended=mended,
                allowed=allowed, posts=posts, progress=progress,
            )  # fmt: skip
            if agreed is not None and not prepared.refused and list(agreed) != prepared.counts:
                message = "预览之后，台账里的记录又有了变动，新增和修改的条数与您看到的不一样"
                prepared.problems.append(Violation("moved", message, mend="请再看一次预览，再导入"))
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
