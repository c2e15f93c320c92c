"""Finding people among 1,000,000 members of 5,000 unions: lists, filters, searches, the register of a day.

`python -m bench.people [members] [--pg] [--plans]`. The first union has 10,000 members, the second 1,000, each of the
others about 200; one in twenty has been elsewhere before, one in a hundred left and came back. Each page is the view
called with a request: queries and template, without login and network. The floor is the bare query of the list's
first page as plain rows. p50 and p95 of 100 calls after 5; beside them the CPU of the serving process (p50), which
other work on the machine does not stretch. `--plans` prints how each list's query is carried out.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from typing import Any

from tests import postgres

CALLS, CHUNK, UNIONS = 100, 50_000, 5_000
LARGE, MIDDLE, USUAL = 1, 2, 4_321
SIZES = {LARGE: 10_000, MIDDLE: 1_000}
LISTS = {
    "list": "",
    "list, a group": "group={group}",
    "list, a department": "at=第7处",
    "list, retained": "standing=retained",
    "list, 36 to 45 years": "age=36-45",
    "list, group leaders": "post=group_leader",
    "list, three filters": "standing=member&at=第7处&age_from=40",
    "search, pinyin from its beginning": "q=zhang",
    "search, full pinyin": "q=zhangwei",
    "search, initials": "q=zw",
    "search, any part of the name": "q=建国",
    "search, staff number": "q=B0000",
    "search, last four digits": "q=0123",
    "search, surname read otherwise": "q=danwei",
    "search, department and name": "q=第7处 zhang",
    "search, nothing found": "q=欧阳震华",
}


def _unions(count: int) -> Iterator[int]:
    """The union of each person in turn."""
    for union, size in SIZES.items():
        yield from [union] * min(size, count // 2)
    number = 0
    while True:
        yield number % (UNIONS - len(SIZES)) + len(SIZES) + 1
        number += 1


def fill(count: int) -> None:
    """Unions, groups, people, posts and what was before, many at a time."""
    from datetime import date

    from django.db import transaction

    from zhijia.core import db
    from zhijia.core.names import pinyin_key
    from zhijia.core.uid import uuid7_many
    from zhijia.members.demo import FEMALE, MALE, SURNAMES
    from zhijia.members.models import EarlierMembership, Person, Placement, Post
    from zhijia.unions.models import Group, Union

    numbers = range(1, UNIONS + 1)
    unions = {"code": [f"U{n}" for n in numbers], "name": [f"第{n}工会" for n in numbers],
              "path": [f"/{n}/" for n in numbers], "uid": uuid7_many(UNIONS)}  # fmt: skip
    given = [*MALE.split(), *FEMALE.split(), "建国", "震"]
    surnames = [*SURNAMES, "单", "仇", "曾"]
    names = [surname + word for surname in surnames for word in given]
    keys = [pinyin_key(name) for name in names]
    with transaction.atomic():
        db.insert(Union, unions)
        rows = [(union, n) for union in numbers for n in range(40 if union == LARGE else 4)]
        db.insert(Group, {"union": [u for u, _n in rows], "name": [f"第{n + 1}小组" for _u, n in rows],
                          "rank": [n for _u, n in rows], "uid": uuid7_many(len(rows))})  # fmt: skip
    groups: dict[int, list[int]] = {}
    for pk, union in Group.objects.order_by("pk").values_list("pk", "union_id"):
        groups.setdefault(union, []).append(pk)
    place = _unions(count)
    for start in range(0, count, CHUNK):
        part = range(start, min(start + CHUNK, count))
        own = [next(place) for _n in part]
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


def timed(call: Callable[[], Any]) -> tuple[float, float, float]:
    """p50 and p95 of many calls in milliseconds, and p50 of their CPU in this process."""
    for _number in range(5):
        call()
    found, busy = [], []
    for _number in range(CALLS):
        start, begun = time.perf_counter(), time.process_time()
        call()
        found.append((time.perf_counter() - start) * 1000)
        busy.append((time.process_time() - begun) * 1000)
    found.sort()
    return statistics.median(found), found[int(len(found) * 0.95)], statistics.median(busy)


def _page(union: int, query: str) -> Callable[[], Any]:
    from datetime import date

    from django.test import RequestFactory

    from zhijia.core.access import Access
    from zhijia.shell import access
    from zhijia.shell.views.lists import register_page

    by = Access(union=union, on=date(2026, 11, 20), user=1, permissions=access.permissions_of(("chair",)))

    def call() -> None:
        request: Any = RequestFactory().get(f"/records/members/person/?{query}")
        request.access, request.htmx, request._messages = by, False, []
        answer = register_page(request, "members", "person")
        assert answer.status_code == 200

    return call


def _plans(union: int, query: str) -> Iterator[str]:
    """How the queries over people are carried out."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        _page(union, query)()
    explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
    for one in queries.captured_queries:
        if 'FROM "members_person"' in one["sql"]:
            with connection.cursor() as cursor:
                cursor.execute(explain + one["sql"].replace("%", "%%"))
                yield " / ".join(str(row[-1]).strip() for row in cursor.fetchall())


def measure(count: int, *, plans: bool) -> None:
    """Fill, measure, print the tables."""
    import django

    django.setup()
    from datetime import date

    from django.core.management import call_command
    from django.db import connection

    from zhijia.members import asof
    from zhijia.unions.models import Group

    call_command("migrate", verbosity=0)
    start = time.perf_counter()
    fill(count)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    sys.stderr.write(f"filled in {time.perf_counter() - start:.0f} s\n")
    names = "id, uid, name, sex, group_id, department, job, admitted_on, phone_tail"
    rows = "FROM members_person WHERE union_id = %s AND withdrawn_on IS NULL ORDER BY pinyin, id LIMIT 51"

    def bare(union: int) -> Callable[[], None]:
        def call() -> None:
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT {names} {rows}", [union])
                cursor.fetchall()

        return call

    print("| what | 200 members: p50 ms | p95 ms | CPU ms | ratio | 10,000 members: p50 ms | p95 ms | CPU ms | ratio |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    floors = {union: timed(bare(union)) for union in (USUAL, LARGE)}
    told = " | ".join(f"{half:.2f} | {most:.2f} | {busy:.2f} | 1.0" for half, most, busy in floors.values())
    print(f"| floor: bare query of the first page | {told} |")
    for name, query in LISTS.items():
        cells = []
        for union in (USUAL, LARGE):
            group = Group.objects.filter(union=union).order_by("pk").values_list("uid", flat=True)[:1]
            asked = query.format(group=next(iter(group)))
            half, most, busy = timed(_page(union, asked))
            cells.append(f"{half:.1f} | {most:.1f} | {busy:.1f} | {half / floors[union][0]:.1f}")
            if plans:
                for line in _plans(union, asked):
                    sys.stderr.write(f"{name} [{union}]: {line}\n")
        print(f"| {name} | {' | '.join(cells)} |")
    print("\n| register of a day, CPU ms | 200 members | 1,000 | 10,000 | for each 1,000 of them |")
    print("| --- | --- | --- | --- | --- |")
    day = date(2022, 6, 1)
    registers: dict[str, Callable[[int], Any]] = {
        "everybody": lambda union: list(asof.members_on(union, day, asof.ALL)),
        "counts by group": lambda union: asof.counts(union, day),
    }
    for name, read in registers.items():
        taken = [timed(lambda union=union, read=read: read(union))[2] for union in (USUAL, MIDDLE, LARGE)]
        each = [one * 1000 / size for one, size in zip(taken, (200, *reversed(SIZES.values())), strict=True)]
        print(f"| {name} | {' | '.join(f'{one:.1f}' for one in taken)} | {', '.join(f'{one:.1f}' for one in each)} |")


def main(words: list[str]) -> None:
    """Each engine in a process and a folder of its own."""
    count = next((int(word) for word in words if word.isdigit()), 1_000_000)
    engine = postgres.server() if "--pg" in words else nullcontext("")
    with engine as server, tempfile.TemporaryDirectory(prefix="zhijia-bench-") as home:
        env = {**os.environ, "ZHIJIA_HOME": home, "DJANGO_SETTINGS_MODULE": "zhijia.config.settings"}
        env |= {"ZHIJIA_TODAY": "2026-11-20"} | ({"DATABASE_URL": str(server)} if server else {})
        print(f"\n{count:,} members of {UNIONS:,} unions, {'PostgreSQL' if server else 'SQLite'}\n", flush=True)
        own = [sys.executable, "-m", "bench.people", "--own", str(count)]
        subprocess.run([*own, *(["--plans"] if "--plans" in words else [])], env=env, check=True)  # noqa: S603 - ourselves


if __name__ == "__main__":
    if sys.argv[1:2] == ["--own"]:
        measure(int(sys.argv[2]), plans="--plans" in sys.argv)
    else:
        main(sys.argv[1:])
