"""The register that the benches measure in: 1,000,000 members of 5,000 unions, made once and copied for each run.

The first union has 10,000 members, the second 1,000, the third 2,000, each of the others about 200; one in twenty has
been elsewhere before, one in a hundred left and came back, one in fifty leads a group. `alone` makes one union of so
many, in the same way. With `kept` the data stays in
that folder and the next run takes a copy of it (made by older code, it is migrated): nothing waits for it twice.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import repeat
from pathlib import Path
from typing import Any

from tests import postgres

CHUNK, UNIONS = 50_000, 5_000
LARGE, MIDDLE, SECOND, USUAL = 1, 2, 3, 4_321
SIZES = {LARGE: 10_000, MIDDLE: 1_000, SECOND: 2_000}
DAY = "2026-11-20"


def _unions(count: int) -> Iterator[int]:
    """The union of each person in turn."""
    for union, size in SIZES.items():
        yield from [union] * min(size, count // 4)
    number = 0
    while True:
        yield number % (UNIONS - len(SIZES)) + len(SIZES) + 1
        number += 1


def fill(places: Iterator[int], count: int) -> None:
    """Groups, people, posts and what was before, many at a time, in unions that are there; each person's in turn."""
    from datetime import date

    from django.db import transaction

    from zhijia.core import db
    from zhijia.core.names import pinyin_key
    from zhijia.core.uid import uuid7_many
    from zhijia.members.demo import FEMALE, MALE, SURNAMES
    from zhijia.members.models import EarlierMembership, Person, Placement, Post
    from zhijia.unions.models import Group, Union

    given = [*MALE.split(), *FEMALE.split(), "建国", "震"]
    surnames = [*SURNAMES, "单", "仇", "曾"]
    names = [surname + word for surname in surnames for word in given]
    keys = [pinyin_key(name) for name in names]
    unions = Union.objects.order_by("pk").values_list("pk", flat=True)
    with transaction.atomic():
        rows = [(union, n) for union in unions for n in range(40 if union == LARGE else 4)]
        db.insert(Group, {"union": [u for u, _n in rows], "name": [f"第{n + 1}小组" for _u, n in rows],
                          "rank": [n for _u, n in rows], "uid": uuid7_many(len(rows))})  # fmt: skip
    groups: dict[int, list[int]] = {}
    for pk, union in Group.objects.order_by("pk").values_list("pk", "union_id"):
        groups.setdefault(union, []).append(pk)
    for start in range(0, count, CHUNK):
        part = range(start, min(start + CHUNK, count))
        own = [next(places) for _n in part]
        spread = [(n * 7919) % len(names) for n in part]
        columns: dict[str, list[Any]] = {
            "union": own,
            "uid": uuid7_many(len(part)),
            "name": [names[s] for s in spread],
            "pinyin": [keys[s] for s in spread],
            "sex": ["female" if n % 5 < 2 else "male" for n in part],
            "birth_on": [date(1955 + n % 45, n % 12 + 1, n % 28 + 1) for n in part],
            "phone_tail": [f"{n % 10_000:04d}" for n in part],
            "staff_no": [f"B{n:07d}" for n in part],
            "politics": ["party" if n % 3 else "none" for n in part],
            "department": [f"第{n % 40 + 1}处" for n in part],
            "group": [groups[u][n % len(groups[u])] for u, n in zip(own, part, strict=True)],
            "hired_on": [date(2005 + n % 15, 2, 1) for n in part],
            "admitted_on": [date(2005 + n % 15, 3, 1) for n in part],
            "retained_on": [date(2021, 1, 1) if n % 17 == 0 else None for n in part],
            "left_on": [date(2022, 1, 1) if n % 23 == 0 else None for n in part],
        }
        with transaction.atomic():
            pks = db.insert(Person, columns, {"origin": "recorded"})
            moved = [place for place, n in enumerate(part) if n % 20 == 3]
            db.insert(Placement, {
                "union": [own[p] for p in moved], "person": [pks[p] for p in moved], "uid": uuid7_many(len(moved)),
                "group": [groups[own[p]][0] for p in moved],
            }, {"department": "第1处", "first": date(2005, 2, 1), "end": date(2023, 3, 1)})  # fmt: skip
            back = [place for place, n in enumerate(part) if n % 100 == 7]
            db.insert(EarlierMembership, {
                "union": [own[p] for p in back], "person": [pks[p] for p in back], "uid": uuid7_many(len(back)),
            }, {"admitted_on": date(1999, 1, 1), "left_on": date(2003, 1, 1)})  # fmt: skip
            led = [place for place, n in enumerate(part) if n % 50 == 11]
            db.insert(Post, {
                "union": [own[p] for p in led], "person": [pks[p] for p in led], "uid": uuid7_many(len(led)),
                "group": [groups[own[p]][0] for p in led],
            }, {"office": "group_leader", "first": date(2020, 12, 10)})  # fmt: skip


def make(count: int, unions: int) -> None:
    """The data, in the empty database of this process; without unions the tables alone."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction

    from zhijia.core import db
    from zhijia.core.uid import uuid7_many
    from zhijia.unions.models import Union

    call_command("migrate", verbosity=0, interactive=False)
    if not unions:
        return
    numbers = range(1, unions + 1)
    columns: dict[str, list[Any]] = {"code": [f"U{n}" for n in numbers], "name": [f"第{n}工会" for n in numbers],
              "path": [f"/{n}/" for n in numbers], "uid": uuid7_many(unions)}  # fmt: skip
    with transaction.atomic():
        db.insert(Union, columns)
    fill(_unions(count) if unions == UNIONS else repeat(LARGE), count)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _own(count: int, unions: int, env: dict[str, str]) -> None:
    subprocess.run([sys.executable, "-m", "bench.made", str(count), str(unions)], env=env, check=True)  # noqa: S603 - ourselves


def _env(home: Path, database: str = "") -> dict[str, str]:
    given = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    given |= {"ZHIJIA_HOME": str(home), "DJANGO_SETTINGS_MODULE": "zhijia.config.settings", "ZHIJIA_TODAY": DAY}
    return given | ({"DATABASE_URL": database} if database else {})


def _sql(server: str, words: str) -> None:
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(words.encode())


@contextmanager
def data(count: int, *, on_postgres: bool, unions: int = UNIONS, kept: Path | None = None) -> Iterator[dict[str, str]]:
    """The environment of processes that find a copy of the data, theirs to change; nothing of the copy stays."""
    with tempfile.TemporaryDirectory(prefix="zhijia-bench-", dir=kept) as name:
        Path(name).chmod(0o755)  # the server's user passes through
        home, called = Path(name) / "home", f"{'pg' if on_postgres else 'sqlite'}-{count}-{unions}"
        store = (kept if kept and unions == UNIONS else Path(name)) / called
        if on_postgres:
            with _on_postgres(count, unions, store, home) as env:
                yield env
        else:
            yield _on_sqlite(count, unions, store, home)


def _on_sqlite(count: int, unions: int, store: Path, home: Path) -> dict[str, str]:
    if not (store / "ready").exists():
        shutil.rmtree(store, ignore_errors=True)
        store.mkdir()
        _own(count, unions, _env(store))
        (store / "ready").touch()
    shutil.copytree(store, home)
    return _env(home)


@contextmanager
def _on_postgres(count: int, unions: int, store: Path, home: Path) -> Iterator[dict[str, str]]:
    store.mkdir(exist_ok=True)
    home.mkdir()
    with postgres.server(store / "data") as server:
        made, used = (server.replace("/postgres?", f"/{part}?") for part in ("made", "used"))
        if not (store / "ready").exists():
            _sql(server, "DROP DATABASE IF EXISTS made")
            _sql(server, "CREATE DATABASE made")
            _own(count, unions, _env(home, made))
            _sql(made, "VACUUM ANALYZE")
            (store / "ready").touch()
        _sql(server, "DROP DATABASE IF EXISTS used")
        _sql(server, "CREATE DATABASE used TEMPLATE made STRATEGY file_copy")
        try:
            yield _env(home, used)
        finally:
            _sql(server, "DROP DATABASE used WITH (FORCE)")


def words(given: list[str], default: int) -> tuple[list[int], bool, Path | None]:
    """Numbers, whether PostgreSQL is asked for, and the folder after `--kept`."""
    kept = Path(given[given.index("--kept") + 1]).resolve() if "--kept" in given else None
    if kept:
        kept.mkdir(parents=True, exist_ok=True)
    return [int(word) for word in given if word.isdigit()] or [default], "--pg" in given, kept


if __name__ == "__main__":
    make(int(sys.argv[1]), int(sys.argv[2]))
