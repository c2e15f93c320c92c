"""What other processes do to a data folder while an import runs: `python -m tests.ledgers.beside DEED …`.

`write STOP`: a record every 50 ms until the file STOP is there. `edit`: two threads change one row that both read
before. Each prints what happened as JSON.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from datetime import date
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhijia.config.settings")
TODAY = date(2026, 11, 20)


def write(stop: Path) -> dict[str, Any]:
    from zhijia.core.access import Access
    from zhijia.unions.models import Union
    from zhijia.unions.services import save_groups

    by, saved, waits = Access(union=0, on=TODAY, name="表单"), list[str](), list[float]()
    union = Union.objects.get().pk
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while not stop.exists():
        name = f"小组{len(saved)}"
        begun = time.monotonic()
        save_groups([{"name": name}], union=union, by=by, today=TODAY)
        waits.append(time.monotonic() - begun)
        saved.append(name)
        time.sleep(0.05)
    return {"saved": saved, "longest": max(waits)}


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
    sys.stdout.write(json.dumps(write(Path(words[0])) if deed == "write" else edit(), ensure_ascii=False) + "\n")
