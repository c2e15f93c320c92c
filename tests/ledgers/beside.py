"""What other processes do to a data folder while an import runs: `python -m tests.ledgers.beside DEED …`.

`write STOP`: a record every 50 ms until the file STOP is there. `edit`: two threads change one row that both read
before. Each prints what happened as JSON.

`die PLACE FILE`: imports the workbook and is killed there: `planned`, `among` the rows, `written` but for the commit.
`import FILE`: imports it, and goes on from what it has planned only when the writer has saved more in the meantime.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhijia.config.settings")
TODAY = date(2026, 11, 20)
MEANWHILE = 10  # saves of the writer beside each planning
PLACES = ("planned", "among", "written")


def write(stop: Path) -> dict[str, Any]:
    from django.db import connection

    from zhijia.core.access import Access
    from zhijia.unions.models import Union
    from zhijia.unions.services import save_groups

    # How long the import's own writing takes is the machine's matter: the writer waits for it, however slow.
    if connection.vendor == "sqlite":
        connection.settings_dict["OPTIONS"]["timeout"] = 3600
    by, saved = Access(union=0, on=TODAY, name="表单"), list[str]()
    union = Union.objects.get().pk
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while not stop.exists():
        name = f"小组{len(saved)}"
        save_groups([{"name": name}], union=union, by=by, today=TODAY)
        saved.append(name)
        time.sleep(0.05)
    return {"saved": saved}


def import_(file: str) -> int:
    from django.db import connection

    from zhijia.core.sheets import importing
    from zhijia.shell import cli
    from zhijia.unions.models import Group

    commit: Callable[..., None] = importing._commit_unchanged
    tries = count(1)

    def later(*given: Any, **named: Any) -> None:
        if next(tries) < importing.TRIES:  # the last try keeps the writer out on purpose
            assert not connection.in_atomic_block, "who plans locks nobody out"
            before = Group.objects.count()
            while Group.objects.count() < before + MEANWHILE:
                time.sleep(0.02)
        commit(*given, **named)

    importing._commit_unchanged = later
    return cli.main(["import", file, "--json"])


def die(place: str, file: str) -> None:
    from django.db import connection

    from zhijia.core import audit, db, records
    from zhijia.shell import cli

    def killed(*_given: Any, **_named: Any) -> Any:
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))

    blocks, record = db.blocks, audit.record
    rows = count(1)

    def half(columns: Any) -> Iterator[str] | None:
        pieces = blocks(columns)
        return None if pieces is None else (piece if not at else killed() for at, piece in enumerate(pieces))

    def traced(statement: str) -> None:
        if statement.startswith('INSERT INTO "members_person"') and next(rows) == 10_000:
            killed()

    def recorded(**told: Any) -> None:
        record(**told)
        killed()

    if place == "planned":
        records.write = killed
    elif place == "written":
        audit.record = recorded
    elif connection.vendor == "postgresql":
        db.blocks = half
    else:
        connection.ensure_connection()
        connection.connection.set_trace_callback(traced)
    cli.main(["import", file])


def edit() -> dict[str, Any]:
    from django.db import connection

    from zhijia.core.access import Access
    from zhijia.core.outcomes import Refused
    from zhijia.unions.models import Group, Union
    from zhijia.unions.services import save_groups

    by, union = Access(union=0, on=TODAY, name="表单"), Union.objects.get().pk
    save_groups([{"name": "同一行", "rank": 1}], union=union, by=by, today=TODAY)
    row = Group.objects.get(name="同一行")
    start, ended = threading.Barrier(2), []

    def change(rank: int) -> None:
        start.wait()
        try:
            given = {"uid": row.uid, "name": "同一行", "rank": rank, "version": row.version}
            save_groups([given], union=union, by=by, today=TODAY)
            ended.append("saved")
        except Refused as refused:
            ended.append(refused.violations[0].code)
        finally:
            connection.close()

    threads = [threading.Thread(target=change, args=(rank,)) for rank in (2, 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {"ended": sorted(ended)}


if __name__ == "__main__":
    import django

    django.setup()
    deed, *words = sys.argv[1:]
    if deed == "die":
        die(*words)
    elif deed == "import":
        sys.exit(import_(*words))
    else:
        sys.stdout.write(json.dumps(write(Path(words[0])) if deed == "write" else edit(), ensure_ascii=False) + "\n")
