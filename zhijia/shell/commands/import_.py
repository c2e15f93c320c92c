"""`import FILE`: a ledger into the records, all or nothing; the preview is what the commit does."""

from __future__ import annotations

import argparse
from itertools import islice
from pathlib import Path
from typing import Any

from zhijia.core import batches
from zhijia.core.outcomes import REFUSE, Violation
from zhijia.core.sheets.importing import Import
from zhijia.shell import in_use, mappings
from zhijia.shell.readiness import Here, ensure_ready, here
from zhijia.shell.terminal import Progress, answer, complain, table
from zhijia.unions.services import default_union

CHANGES_SHOWN = 20


def arguments(parser: argparse.ArgumentParser) -> None:
    """Words of the command."""
    parser.add_argument("file", metavar="文件", type=Path, help="xlsx、xls、ods 或 csv")
    parser.add_argument("--dry-run", action="store_true", help="只预览，不保存")
    parser.add_argument("--report", metavar="文件.xlsx", type=Path, help="把问题标在工作簿里另存")
    parser.add_argument("--map", metavar="文件.json", type=Path, help="本单位台账的列对应，用过一次就记住")
    parser.add_argument("--json", action="store_true", help="用 JSON 回答")


def run(options: argparse.Namespace) -> int:
    """Import, or say everything that stands in the way."""
    from zhijia.core.sheets import importing
    from zhijia.shell.registers import sheets_for

    place, progress = _place(options.union), Progress()
    union = place.union.pk if place.union else None
    mapping = mappings.given(options.map) if options.map else mappings.remembered(union, options.file)
    with in_use.held():
        done = importing.run(
            options.file, sheets=sheets_for(place.by), union=union, by=place.by, today=place.today,
            dry_run=options.dry_run, code=options.union or "", mapping=mapping, progress=progress,
        )  # fmt: skip
    progress.end()
    if done.batch is not None:
        batches.forget_images()
    if options.map and done.batch is not None and done.union is not None:
        mappings.remember(done.union, options.file, mapping or {})
    if options.report:
        _report(options.file, options.report, done)
    if options.json:
        answer(_json(done, place, dry_run=options.dry_run))
    else:
        _tell(done, options, place)
    return 1 if done.refused else 0


def _place(code: str | None) -> Here:
    """Where to import to; a code that no union has yet is one that the workbook may found."""
    ensure_ready()
    if code and default_union([code]) is None:
        place = here(None)
        return Here(None, place.by, place.today)
    return here(code)


def _report(source: Path, target: Path, done: Import) -> None:
    from zhijia.core.sheets.marking import mark  # openpyxl is slow to load and seldom needed
    from zhijia.shell.files import new_file

    with new_file(target, suffix=".xlsx") as file:
        mark(source, done.problems, file)


def _tell(done: Import, options: argparse.Namespace, place: Here) -> None:
    if done.counts:
        rows = [[c.sheet, str(c.new), str(c.changed), str(c.equal), str(c.absent)] for c in done.counts]
        table(("表", "新增", "修改", "相同", "未列入"), rows, right=(1, 2, 3, 4))
    _tell_changes(done)
    complain(done.problems)
    if options.report:
        print(f"标出问题的工作簿：{options.report}")
    if done.refused:
        count = sum(problem.level == REFUSE for problem in done.problems)
        print(f"有{count}处问题，没有保存任何内容。改好后再导入一次")
    elif options.dry_run:
        print("这是预览，没有保存任何内容；去掉 --dry-run 就会照此保存")
    elif not sum(count.new + count.changed for count in done.counts):
        print(f"与已有记录完全相同，没有改动（第{done.batch}号导入）")
    else:
        print(f"已保存，这是第{done.batch}号导入；要撤销请运行：zhijia undo {done.batch}")


def _tell_changes(done: Import) -> None:
    from zhijia.core.sheets import preview

    total = sum(count.changed for count in done.counts)
    for place, changed in islice(preview.changed_rows(done), CHANGES_SHOWN):
        print(f"  {place} {'；'.join(map(str, changed))}")
    if total > CHANGES_SHOWN:
        print(f"  ……共有{total}行修改")


def _json(done: Import, place: Here, *, dry_run: bool) -> dict[str, Any]:
    from zhijia.core.sheets.preview import states

    code = place.union.code if place.union else _code_of(done.union)
    return {
        "version": 1,
        "union": code,
        "batch": done.batch,
        "dry_run": dry_run,
        "refused": done.refused,
        "sheets": [
            {"sheet": c.sheet, "new": c.new, "changed": c.changed, "equal": c.equal, "absent": c.absent}
            for c in done.counts
        ],
        "rows": states(done),
        "problems": [_problem_json(problem) for problem in done.problems],
    }


def _code_of(union: int | None) -> str | None:
    from zhijia.unions.models import Union

    return Union.objects.filter(pk=union).values_list("code", flat=True).first() if union else None


def _problem_json(problem: Violation) -> dict[str, Any]:
    place = problem.place
    return {
        "code": problem.code, "level": problem.level, "sheet": place.sheet, "row": place.row, "column": place.column,
        "value": problem.value, "message": problem.message, "source": problem.source, "mend": problem.mend,
    }  # fmt: skip
