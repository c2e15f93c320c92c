"""How long an import takes against its floor, measured in one run: `python -m bench.import_speed [rows] [--pg]`.

Floor: reading the workbook (calamine) and a raw insert (executemany, COPY) of the same rows as they are stored, all
prepared, into a copy of the members' table with its indexes. Beside it the insert of the file's bare cells into a table
with three indexes (name, staff number, ID number) is shown. The
import is timed inside a process of its own, without the start. The ratio of processor time stays fair where other
programs run beside (the server's own work is not in it).
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from bench import ledgers
from tests import postgres

ROOT = Path(__file__).resolve().parents[1]


def _run(deed: str, file: Path, home: Path, database: str) -> dict[str, Any]:
    given = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    given |= {"ZHIJIA_HOME": str(home), "DJANGO_SETTINGS_MODULE": "zhijia.config.settings"}
    if database:
        given["DATABASE_URL"] = database
    done = subprocess.run(  # noqa: S603 - this very program
        [sys.executable, "-m", "bench.import_speed", deed, str(file)], cwd=ROOT, env=given, check=True,
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _peak() -> float:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def floor(file: Path) -> dict[str, Any]:
    """Read the members' sheet and put its cells as texts into a table with three indexes."""
    from django.db import connection, transaction
    from python_calamine import CalamineWorkbook

    begun, started = time.perf_counter(), time.process_time()
    rows: list[Any] = CalamineWorkbook.from_path(str(file)).get_sheet_by_name("会员").to_python()[1:]
    read = time.perf_counter() - begun
    names = ", ".join(f"c{number}" for number in range(len(rows[0])))
    columns = ", ".join(f"c{number} text" for number in range(len(rows[0])))
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bare (id bigint PRIMARY KEY, {columns})")
        for number in (0, 3, 5):
            cursor.execute(f"CREATE INDEX bare_{number} ON bare (c{number})")
    begun = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY bare (id, {names}) FROM STDIN") as copy:
                for number, row in enumerate(rows):
                    copy.write_row((number, *row))
        else:
            marks = ", ".join(["%s"] * (len(rows[0]) + 1))
            statement = f"INSERT INTO bare (id, {names}) VALUES ({marks})"  # noqa: S608 - names are numbers
            cursor.executemany(statement, [(number, *row) for number, row in enumerate(rows)])
    return {"read": read, "insert": time.perf_counter() - begun, "cpu": time.process_time() - started, "peak": _peak()}


def whole(file: Path) -> dict[str, Any]:
    """Import the workbook into an empty folder."""
    from django.core.management import call_command

    from zhijia.core.sheets import importing
    from zhijia.shell import access
    from zhijia.shell.catalogue import SHEETS

    call_command("migrate", verbosity=0, interactive=False)
    steps: list[tuple[str, float]] = []
    today = ledgers.date(2026, 11, 20)
    begun, started = time.perf_counter(), time.process_time()
    done = importing.run(
        file, sheets=SHEETS, union=None, by=access.for_command(None, today), today=today,
        progress=lambda label, _done, _total: steps.append((label, time.perf_counter() - begun)),
    )  # fmt: skip
    if done.refused:
        raise SystemExit("\n".join(map(str, done.problems[:10])))
    spent = time.perf_counter() - begun, time.process_time() - started
    return {"import": spent[0], "cpu": spent[1], "steps": steps, "peak": _peak()}


def stored(_file: Path) -> dict[str, Any]:
    """After the import: put the rows that it stored into an empty copy of their table with its indexes."""
    from django.db import connection, transaction

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM members_person")
        rows = cursor.fetchall()
        if connection.vendor == "postgresql":
            cursor.execute("CREATE TABLE again (LIKE members_person INCLUDING INDEXES)")
        else:
            cursor.execute("SELECT sql FROM sqlite_master WHERE tbl_name = 'members_person' AND sql IS NOT NULL")
            for (statement,) in cursor.fetchall():
                cursor.execute(statement.replace('"members_person"', '"again"').replace('INDEX "', 'INDEX "again_'))
    begun = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy("COPY again FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(rows[0]))
            cursor.executemany(f"INSERT INTO again VALUES ({marks})", rows)  # noqa: S608 - only marks
    return {"insert": time.perf_counter() - begun}


def main(count: int, *, on_postgres: bool) -> None:
    """Print one row of the results table per engine."""
    with tempfile.TemporaryDirectory(prefix="zhijia-bench-") as name:
        file = Path(name) / "ledger.xlsx"
        ledgers.write(file, count)
        for engine in ("SQLite", "PostgreSQL") if on_postgres else ("SQLite",):
            with postgres.server() if engine == "PostgreSQL" else nullcontext("") as database:
                home = Path(name) / engine
                home.mkdir()
                least, took = _run("floor", file, home / "a", database), _run("whole", file, home / "b", database)
                again = _run("stored", file, home / "b", database)
            ratio, bare = (took["import"] / (least["read"] + one["insert"]) for one in (again, least))
            print(f"| {engine} | {count:,} | {least['read']:.2f} | {again['insert']:.2f} | {least['insert']:.2f} "
                  f"| {took['import']:.2f} | {ratio:.2f} | {bare:.2f} | {took['peak']} |")  # fmt: skip
            print("  ", [(label, round(at, 2)) for label, at in took["steps"]], file=sys.stderr)


if __name__ == "__main__":
    words = sys.argv[1:]
    deeds = {"floor": floor, "whole": whole, "stored": stored}
    if words[:1] and words[0] in deeds:
        import django

        django.setup()
        print(json.dumps(deeds[words[0]](Path(words[1]))))
    else:
        main(int(next((word for word in words if word.isdigit()), "100000")), on_postgres="--pg" in words)
