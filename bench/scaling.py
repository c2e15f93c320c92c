"""Facts and package against the number of members: 100, 1,000 and 10,000, each in a data folder of its own.

`python bench/scaling.py [members …]`. Prints seconds and, for each step, seconds per member relative to the smallest
union: 1.0 is linear. Cold facts are measured without a cache, warm ones with it; the floor is one pass of the same SQL
rows through the driver, so that the ratio to what the database itself needs is visible.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SIZES = (100, 1_000, 10_000)


def measure(members: int) -> dict[str, float]:
    """Build a union of `members` and time what is asked of it; runs in a process of its own."""
    import django

    django.setup()
    from datetime import date

    from django.core.management import call_command
    from django.db import connection

    from zhijia.core import facts
    from zhijia.core.demo import World
    from zhijia.features import FEATURES
    from zhijia.reports import package
    from zhijia.shell import access, scopes

    call_command("migrate", verbosity=0)
    today = date(2026, 11, 20)
    by = access.for_command(None, today)
    result: dict[str, float] = {"members": members}

    def timed(name: str, work: object) -> object:
        start = time.perf_counter()
        value = work()  # type: ignore[operator]
        result[name] = round(time.perf_counter() - start, 3)
        return value

    world = World(today=today, by=by, members=members)
    timed("build", lambda: [feature.demo(world) for feature in FEATURES if feature.demo])
    scope = scopes.scope_for(world.union, today)
    specs = [spec for feature in FEATURES for spec in feature.facts]
    timed("facts cold", lambda: facts.compute(specs, scope))
    timed("facts warm", lambda: facts.compute(specs, scope))
    out = Path(tempfile.mkdtemp())
    timed("package first", lambda: package.build(scope, out=out / "a", by=by))
    timed("package warm", lambda: package.build(scope, out=out / "b", by=by))
    with connection.cursor() as cursor:
        tables = [table for table in connection.introspection.table_names(cursor) if not table.startswith("core_")]

        def scan() -> None:
            for table in tables:
                cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names come from the database
                for _row in cursor:
                    pass

        timed("floor: every row once", scan)
    return result


def main(sizes: list[int]) -> None:
    """Run each size in its own process and print one table."""
    rows = []
    for members in sizes:
        environment = {
            **os.environ,
            "ZHIJIA_HOME": tempfile.mkdtemp(),
            "DJANGO_SETTINGS_MODULE": "zhijia.config.settings",
        }
        words = [sys.executable, __file__, "--one", str(members)]
        done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - ourselves
        if done.returncode:
            sys.exit(done.stderr[-3000:])
        rows.append(json.loads(done.stdout.strip().splitlines()[-1]))
    names = [name for name in rows[0] if name != "members"]
    print("| step | " + " | ".join(f"{row['members']:,}" for row in rows) + " | growth per member |")
    print("| --- |" + " --- |" * (len(rows) + 1))
    for name in names:
        growth = (rows[-1][name] / rows[-1]["members"]) / max(rows[0][name] / rows[0]["members"], 1e-9)
        print(f"| {name} | " + " | ".join(f"{row[name]:.2f} s" for row in rows) + f" | {growth:.2f} |")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(int(sys.argv[2]))))
    else:
        main([int(word) for word in sys.argv[1:]] or list(SIZES))
