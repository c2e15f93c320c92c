"""Finding people among 1,000,000 members of 5,000 unions: lists, filters, searches, the register of a day.

`python -m bench.people [members] [--pg] [--plans] [--kept FOLDER]` in the data of `bench.made`. Each page is the view
called with a request: queries and template, without login and network. The floor is the bare query of the list's
first page as plain rows. p50 and p95 of 100 calls after 5; beside them the CPU of the serving process (p50), which
other work on the machine does not stretch. `--plans` prints how each list's query is carried out.
The register of a day is read in unions of 200 to 10,000, among all the others and in a database of their own.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from bench import made
from bench.made import LARGE, MIDDLE, SECOND, USUAL

CALLS = 100
ALONE = {200: USUAL, 1_000: MIDDLE, 2_000: SECOND, 10_000: LARGE}
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
LED = {"list, of a group's leader": "", "search, of a group's leader": "q=zhang"}


def timed(call: Callable[[], Any], calls: int = CALLS) -> tuple[float, float, float]:
    """p50 and p95 of many calls in milliseconds, and p50 of their CPU in this process."""
    for _number in range(5):
        call()
    found, busy = [], []
    for _number in range(calls):
        start, begun = time.perf_counter(), time.process_time()
        call()
        found.append((time.perf_counter() - start) * 1000)
        busy.append((time.process_time() - begun) * 1000)
    found.sort()
    return statistics.median(found), found[int(len(found) * 0.95)], statistics.median(busy)


def _page(union: int, query: str, led: int | None = None) -> Callable[[], Any]:
    """The list as the chair asks for it, or the leader of the group `led`."""
    from datetime import date

    from django.test import RequestFactory

    from zhijia.core.access import Access
    from zhijia.shell import access
    from zhijia.shell.views.lists import register_page

    by = Access(
        union=union, on=date(2026, 11, 20), user=1, groups=frozenset({led} if led else ()),
        permissions=access.permissions_of(("group_leader",) if led else ("chair",)),
    )  # fmt: skip

    def call() -> None:
        request: Any = RequestFactory().get(f"/records/members/person/?{query}")
        request.access, request.htmx, request._messages = by, False, []
        answer = register_page(request, "members", "person")
        assert answer.status_code == 200

    return call


def _plans(union: int, query: str, led: int | None) -> Iterator[str]:
    """How the queries over people are carried out."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        _page(union, query, led)()
    explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
    for one in queries.captured_queries:
        if 'FROM "members_person"' in one["sql"]:
            with connection.cursor() as cursor:
                cursor.execute(explain + one["sql"].replace("%", "%%"))
                yield " / ".join(str(row[-1]).strip() for row in cursor.fetchall())


def measure(*, plans: bool) -> None:
    """Measure, print the table of lists."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from zhijia.unions.models import Group

    call_command("migrate", verbosity=0)
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
    for name, query in (LISTS | LED).items():
        cells = []
        for union in (USUAL, LARGE):
            group = Group.objects.filter(union=union).order_by("pk")[0]
            asked, led = query.format(group=group.uid), group.pk if name in LED else None
            half, most, busy = timed(_page(union, asked, led))
            cells.append(f"{half:.1f} | {most:.1f} | {busy:.1f} | {half / floors[union][0]:.1f}")
            if plans:
                for line in _plans(union, asked, led):
                    sys.stderr.write(f"{name} [{union}]: {line}\n")
        print(f"| {name} | {' | '.join(cells)} |", flush=True)


def registers(unions: list[int]) -> None:
    """p50, p95 and CPU of the register of a day and its counts for each union, as JSON."""
    import django

    django.setup()
    from datetime import date

    from django.core.management import call_command

    from zhijia.members import asof

    call_command("migrate", verbosity=0)
    day = date(2022, 6, 1)
    reads: dict[str, Callable[[int], Any]] = {
        "everybody": lambda union: list(asof.members_on(union, day, asof.ALL)),
        "counts by group": lambda union: asof.counts(union, day),
    }
    taken = {name: {one: timed(partial(read, one), calls=20) for one in unions}
             for name, read in reads.items()}  # fmt: skip
    print(json.dumps(taken))


def _register_rows(beside: dict[str, Any], alone: dict[int, dict[str, Any]]) -> Iterator[str]:
    """The table of the registers: each union among all the others and alone."""
    heads = (
        "register of a day",
        "members",
        "among all: p50 ms",
        "CPU ms",
        "alone: p50 ms",
        "CPU ms",
        "ratio",
        "of CPU",
    )
    yield f"| {' | '.join(heads)} | CPU ms for 1,000 |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- | --- |"
    for name, unions in beside.items():
        for size, union in ALONE.items():
            (half, _most, busy), (own, _, own_busy) = unions[str(union)], alone[size][name][str(LARGE)]
            yield (f"| {name} | {size:,} | {half:.1f} | {busy:.1f} | {own:.1f} | {own_busy:.1f} "
                   f"| {half / own:.2f} | {busy / own_busy:.2f} | {busy * 1000 / size:.1f} |")  # fmt: skip


def main(given: list[str]) -> None:
    """Each engine in a process and a folder of its own."""
    (count, *_), on_postgres, kept = made.words(given, 1_000_000)
    print(f"\n{count:,} members of {made.UNIONS:,} unions, {'PostgreSQL' if on_postgres else 'SQLite'}\n", flush=True)
    own = [sys.executable, "-m", "bench.people"]

    def read(env: dict[str, str], *unions: int) -> Any:
        words = [*own, "--registers", *map(str, unions)]
        return json.loads(subprocess.run(words, env=env, check=True, stdout=subprocess.PIPE).stdout.splitlines()[-1])  # noqa: S603 - ourselves

    with made.data(count, on_postgres=on_postgres, kept=kept) as env:
        if "--registers-only" not in given:
            subprocess.run([*own, "--lists", *(["--plans"] if "--plans" in given else [])], env=env, check=True)  # noqa: S603 - ourselves
        beside = read(env, *ALONE.values())
    alone = {}
    for size in ALONE:
        with made.data(size, unions=1, on_postgres=on_postgres) as env:
            alone[size] = read(env, LARGE)
    print("\n" + "\n".join(_register_rows(beside, alone)))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--lists"]:
        measure(plans="--plans" in sys.argv)
    elif sys.argv[1:2] == ["--registers"]:
        registers([int(word) for word in sys.argv[2:]])
    else:
        main(sys.argv[1:])
