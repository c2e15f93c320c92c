"""How long a roster sync takes against its floor, and whether the union or the whole table is paid for.

`python -m bench.roster_sync [rows …] [--beside] [--pg] [--kept FOLDER]`; `--pg` measures both engines. With `--beside`
each number of rows is measured twice: in a union alone in its database and in one beside `bench.made`'s 1,000,000.
A register of so many members is compared with a personnel list of as many: 2 % are new, 2 % are gone, 5 % have another
department and job, 10 % another phone; or, in the second row of the table, everybody has another job and phone. Timed
are the parts as the pages do them, inside one process without the start: sealing the file, reading, comparing and the
first page of the review (limit 20 s), applying everything (limit 20 s), and taking it back.

Floor: reading the workbook (calamine), and a raw update of the changed rows and a raw insert of as many rows of history
(executemany, COPY), all prepared.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

from bench import ledgers, made

ROOT = Path(__file__).resolve().parents[1]
TODAY = date(2026, 11, 20)
MILLION = 1_000_000
KINDS = {False: "a year's", True: "everybody"}
PARTS = ("compared", "page", "confirm", "applied", "undone")
HEADS = ("员工姓名", "性别", "身份证号码", "联系方式", "员工号", "所在部门", "现任职务")


def listed(count: int, *, every: bool) -> list[tuple[str, ...]]:
    """The personnel office's list beside `ledgers.rows(count)`."""
    found: list[tuple[str, ...]] = []
    for place, row in enumerate(ledgers.rows(count)):
        name, sex, _birth, number, phone, staff_no, *_rest = (str(cell) for cell in row)
        department, job = str(row[9]), str(row[10])
        if place % 50 == 0 and not every:
            continue
        if every or place % 20 == 1:
            job = "三级主任科员"
            department = department if every else f"{place % 40 + 2}处"
        if every or place % 10 == 2:
            phone = f"198{place:08d}"
        found.append((name, sex, number, phone, staff_no, department, job))
    new = range(0 if every else count // 50)
    return found + [(f"新{'东南西北中'[one % 5]}{one}", "女", "", "", f"N{one:06d}", "1处", "科员") for one in new]


def write(path: Path, count: int, *, every: bool) -> None:
    """The list as a workbook."""
    import xlsxwriter

    book = xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("在职人员")
    for number, row in enumerate([HEADS, *listed(count, every=every)]):
        sheet.write_row(number, 0, row)
    book.close()


def _run(deed: str, file: Path, env: dict[str, str]) -> dict[str, Any]:
    done = subprocess.run(  # noqa: S603 - this very program
        [sys.executable, "-m", "bench.roster_sync", deed, str(file)], cwd=ROOT, env=env, check=True,
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _access() -> Any:
    from zhijia.core.access import Access
    from zhijia.unions.models import Union

    permissions = frozenset(("members.edit", "shell.roster"))
    return Access(union=Union.objects.get(code=ledgers.CODE).pk, on=TODAY, user=1, permissions=permissions)


def start(file: Path) -> dict[str, Any]:
    """The register, imported."""
    from django.core.management import call_command
    from django.db import connection

    from zhijia.core.sheets import importing
    from zhijia.shell import access
    from zhijia.shell.catalogue import SHEETS

    call_command("migrate", verbosity=0, interactive=False)
    done = importing.run(file, sheets=SHEETS, union=None, by=access.for_command(None, TODAY), today=TODAY)
    if done.refused:
        raise SystemExit("\n".join(map(str, done.problems[:10])))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the engines do by themselves in a while
    return {}


def whole(file: Path) -> dict[str, Any]:
    """The list sent, compared and shown; applied; taken back."""
    from django.urls import reverse

    from zhijia.core import batches
    from zhijia.core.sheets.importing import silent
    from zhijia.shell.rosters import keeping, reviewing, showing

    by = _access()
    reverse("shell:rosters")  # the server has its addresses at hand
    awake = time.process_time()
    begun = time.perf_counter()
    with file.open("rb") as sent:
        roster = keeping.keep(file.name, iter(lambda: sent.read(65536), b""), by=by)
    reviewing.make(roster, today=TODAY, progress=silent)
    compared = time.perf_counter() - begun
    begun = time.perf_counter()
    showing.context(roster, showing.Asked("/", {"kind": "moved"}, roster, TODAY))
    page = time.perf_counter() - begun
    counts = dict(roster.counts)
    begun = time.perf_counter()
    reviewing.total(roster, TODAY)
    confirm = time.perf_counter() - begun
    begun = time.perf_counter()
    batch = reviewing.work_apply({"roster": roster.uid}, by=by, today=TODAY, progress=silent)["batch"]
    applied = time.perf_counter() - begun
    begun = time.perf_counter()
    batches.undo(batch, union=by.union, by=by)
    undone = time.perf_counter() - begun
    busy = time.process_time() - awake
    peak = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return {
        "compared": compared, "page": page, "confirm": confirm, "applied": applied, "undone": undone, "peak": peak,
        "busy": busy, "counts": counts,
    }  # fmt: skip


def floor(file: Path) -> dict[str, Any]:
    """Read the workbook; update the members whom it changes and insert a row of history for those who moved."""
    from django.db import connection, transaction
    from python_calamine import CalamineWorkbook

    begun = time.perf_counter()
    rows: list[Any] = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()[1:]
    read = time.perf_counter() - begun
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT staff_no, id, department, job FROM members_person WHERE union_id = %s", [_access().union]
        )
        known = {row[0]: row[1:] for row in cursor.fetchall()}
        cursor.execute("CREATE TABLE was (id bigint PRIMARY KEY, person bigint, department text, job text)")
        cursor.execute("CREATE INDEX was_person ON was (person)")
    pairs = [(row, known[row[4]]) for row in rows if row[4] in known]
    changed = [(row[5], row[6], row[3], one[0]) for row, one in pairs if row[6] != one[2] or row[3].startswith("198")]
    moved = [(one[0], one[0], one[1], one[2]) for row, one in pairs if row[6] != one[2]]
    begun = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany("UPDATE members_person SET department = %s, job = %s, phone_tail = substr(%s, 8, 4),"
                           " version = version + 1 WHERE id = %s", changed)  # fmt: skip
        if connection.vendor == "postgresql":
            with cursor.copy("COPY was FROM STDIN") as copy:
                for one in moved:
                    copy.write_row(one)
        else:
            cursor.executemany("INSERT INTO was VALUES (%s, %s, %s, %s)", moved)
    return {"read": read, "write": time.perf_counter() - begun}


def _row(told: str, took: dict[str, Any], least: dict[str, Any]) -> str:
    numbers = " | ".join(f"{took[part]:.2f}" for part in PARTS)
    return (f"| {told} | {least['read']:.2f} | {least['write']:.2f} | {numbers} "
            f"| {took['busy']:.2f} | {took['peak']} |")  # fmt: skip


def main(given: list[str]) -> None:
    """Print the results table, and how many times as long each step takes beside a million others."""
    counts, on_postgres, kept = made.words(given, 100_000)
    heads = ("engine", "rows", "list", "beside", "floor: read", "floor: write", "read, compare", "a page", "confirm",
             "apply", "undo", "CPU", "MB")  # fmt: skip
    print(f"| {' | '.join(heads)} |\n{'| --- ' * len(heads)}|")
    ratios = []
    with tempfile.TemporaryDirectory(prefix="zhijia-bench-") as folder:
        engines = ("SQLite", "PostgreSQL") if on_postgres else ("SQLite",)
        for engine, count, every in product(engines, counts, (False, True)):
            files = files_of(Path(folder), count, every=every)
            told, seen = f"{engine} | {count:,} | {KINDS[every]}", []
            for others in (0, MILLION) if "--beside" in given else (0,):
                took, least = one(files, others, on_postgres=engine == "PostgreSQL", kept=kept)
                print(_row(f"{told} | {others:,}", took, least), flush=True)
                print("  ", took["counts"], file=sys.stderr)
                seen.append(took)
            if len(seen) == 2:
                times = [
                    seen[1][part] / max(seen[0][part], 0.001) for part in ("compared", "applied", "undone", "busy")
                ]
                ratios.append(f"| {told} | {' | '.join(f'{ratio:.2f}' for ratio in times)} |")
    if ratios:
        print("\n| beside a million : alone | rows | list | read, compare | apply | undo | CPU |")
        print("| --- | --- | --- | --- | --- | --- | --- |\n" + "\n".join(ratios))


def files_of(folder: Path, count: int, *, every: bool) -> tuple[Path, Path]:
    """The ledger of so many members and the personnel list beside it, written once for all runs."""
    ledger, file = folder / f"ledger-{count}.xlsx", folder / f"list-{count}-{every}.xlsx"
    if not ledger.exists():
        ledgers.write(ledger, count)
    if not file.exists():
        write(file, count, every=every)
    return ledger, file


def one(
    files: tuple[Path, Path], others: int, *, on_postgres: bool, kept: Path | None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the sync of a list with its register took and its floor, in a union beside so many others' members."""
    unions = made.UNIONS if others else 0
    with made.data(others, unions=unions, on_postgres=on_postgres, kept=kept) as env:
        _run("start", files[0], env)
        return _run("whole", files[1], env), _run("floor", files[1], env)


if __name__ == "__main__":
    words = sys.argv[1:]
    deeds = {"start": start, "whole": whole, "floor": floor}
    if words[:1] and words[0] in deeds:
        import django

        django.setup()
        print(json.dumps(deeds[words[0]](Path(words[1]))))
    else:
        main(words)
