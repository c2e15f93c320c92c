"""Lists and the first page through the real server, at 10,000 and 1,000,000 members, beside a bare query and template.

`python -m bench.pages [members …] [--pg]`. Each size gets a union in a data folder of its own: members by raw
inserts, the other rooms as the demo has them. The server is the one of `serve`; times are of a client on the same
machine that keeps its connection, so they hold the whole answer: session, access, queries, template. Beside them the
floor: the list's own SQL and a template of 50 rows, without login, in the same process. p50 and p95 of 200 requests.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing, nullcontext
from typing import Any

from tests import postgres

REQUESTS = 200
LONGEST = 60.0  # seconds for one page: a slow one is asked less often
LOOKS = 5  # at home after a write: each judges every claim and check anew
SIZES = (10_000, 1_000_000)


def build(members: int) -> dict[str, Any]:
    """Fill the data folder of this process; returns the session cookie of the chair and what to ask for."""
    import django

    django.setup()
    from datetime import date

    from django.core.management import call_command
    from django.db import connection, transaction
    from django.test import Client

    from zhijia.accounts.models import User
    from zhijia.core import audit, db
    from zhijia.core.demo import World
    from zhijia.core.uid import uuid7_many
    from zhijia.features import FEATURES
    from zhijia.members.models import Person
    from zhijia.shell import access, demo

    call_command("migrate", verbosity=0)
    today = date(2026, 11, 20)
    by = access.for_command(None, today)
    world = World(today=today, by=by, members=260)
    for feature in FEATURES:
        if feature.demo:
            feature.demo(world)
    demo._logins(world)
    groups = list(world.groups.values())
    plain = world.people
    chunk = 50_000
    for start in range(0, members, chunk):
        numbers = range(start, min(start + chunk, members))
        names = [plain[number % len(plain)].name for number in numbers]
        pinyin = dict(Person.objects.in_union(world.union).values_list("name", "pinyin"))
        columns: dict[str, list[Any]] = {
            "name": names,
            "pinyin": [pinyin[name] for name in names],
            "sex": ["female" if number % 5 < 2 else "male" for number in numbers],
            "staff_no": [f"B{number:07d}" for number in numbers],
            "department": [f"第{number % 40 + 1}处" for number in numbers],
            "group": [groups[number % len(groups)] for number in numbers],
            "birth_on": [date(1965 + number % 35, number % 12 + 1, number % 28 + 1) for number in numbers],
            "admitted_on": [date(2010 + number % 10, 3, 1) for number in numbers],
            "uid": uuid7_many(len(numbers)),
        }
        with transaction.atomic():
            db.insert(Person, columns, {"union": world.union, "origin": "recorded"})
    with transaction.atomic():
        audit.record(union=world.union, by=by, verb="bench.filled", tables=[Person])
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as autovacuum does a minute later
    user = User.objects.get(username="zhuxi")
    client = Client()
    client.force_login(user)  # opens a session as the login page does
    return {"cookie": client.cookies["sessionid"].value, "union": world.union}


def floor(union: int) -> list[float]:
    """Milliseconds of the first page's SQL and a plain template of its rows, nothing else."""
    import django

    django.setup()
    from django.template import engines

    from zhijia.members.models import Person

    template = engines["django"].from_string(
        "<table>{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table>"
    )
    fields = ("name", "sex", "department", "job", "admitted_on", "phone_tail", "uid")
    found = []
    for _number in range(REQUESTS):
        start = time.perf_counter()
        rows = list(Person.objects.in_union(union).order_by("pinyin", "pk").values_list(*fields)[:50])
        template.render({"rows": rows})
        found.append((time.perf_counter() - start) * 1000)
    return found


def _asker(port: int, cookie: str) -> Callable[[str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port)

    def ask(path: str) -> bytes:
        try:
            connection.request("GET", path, headers={"Cookie": f"sessionid={cookie}", "Accept-Encoding": "gzip"})
            answer = connection.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException):
            connection.close()
            raise
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")
        return body

    return ask


def timed(ask: Callable[[str], bytes], path: str) -> list[float]:
    """Milliseconds of each of `REQUESTS` answers, fewer where they take over `LONGEST`, after a few that warm up."""
    for _number in range(5):
        ask(path)
    found: list[float] = []
    while len(found) < REQUESTS and sum(found) < LONGEST * 1000:
        start = time.perf_counter()
        ask(path)
        found.append((time.perf_counter() - start) * 1000)
    return found


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def measure(members: int, database: str) -> list[tuple[str, list[float]]]:
    """All rows of the table for one size."""
    home = tempfile.mkdtemp(prefix="zhijia-bench-")
    env = {**os.environ, "ZHIJIA_HOME": home, "DJANGO_SETTINGS_MODULE": "zhijia.config.settings"}
    env["ZHIJIA_TODAY"] = "2026-11-20"
    if database:
        env["DATABASE_URL"] = database
    own = [sys.executable, "-m", "bench.pages"]
    made = subprocess.run([*own, "--build", str(members)], env=env, capture_output=True, text=True, check=True)  # noqa: S603 - ourselves
    known = json.loads(made.stdout.strip().splitlines()[-1])
    port = _free_port()
    words = [sys.executable, "-m", "zhijia", "serve", "--port", str(port)]
    server = subprocess.Popen(words, env=env, stdout=subprocess.DEVNULL)  # noqa: S603 - ourselves
    try:
        ask = _asker(port, known["cookie"])
        _wait(ask)
        first = ask("/records/members/person/")
        import gzip

        text = (gzip.decompress(first) if first[:2] == b"\x1f\x8b" else first).decode()
        after = re.search(r"after=([0-9a-f-]{36})", text)
        second = f"/records/members/person/?after={after.group(1)}" if after else "/records/members/person/"
        found = [
            ("list, first page", timed(ask, "/records/members/person/")),
            ("list, a page further on", timed(ask, second)),
            ("list, one department", timed(ask, "/records/members/person/?q=%E7%AC%AC7%E5%A4%84")),
            ("list, name by pinyin", timed(ask, "/records/members/person/?q=zhang")),
        ]
        found.append(("home of the chair", timed(ask, "/")))
        found.append(
            ("home, first look after a write", [_after_write(ask, own, env, known["union"]) for _ in range(LOOKS)])
        )
    finally:
        server.terminate()
        server.wait()
    bare = subprocess.run([*own, "--floor", str(known["union"])], env=env, capture_output=True, text=True, check=True)  # noqa: S603 - ourselves
    found.append(("floor: bare query + template", json.loads(bare.stdout.strip().splitlines()[-1])))
    return found


def touch(union: int) -> None:
    """One deed that changes the register, so that everything told of it must be told anew."""
    import django

    django.setup()
    from datetime import date

    from django.db import transaction

    from zhijia.core import audit
    from zhijia.members.models import Person
    from zhijia.shell import access

    with transaction.atomic():
        by = access.for_command(None, date(2026, 11, 20))
        audit.record(union=union, by=by, verb="bench.filled", tables=[Person])


def _after_write(ask: Callable[[str], bytes], own: list[str], env: dict[str, str], union: int) -> float:
    subprocess.run([*own, "--touch", str(union)], env=env, check=True)  # noqa: S603 - ourselves
    start = time.perf_counter()
    ask("/")
    return (time.perf_counter() - start) * 1000


def _wait(ask: Callable[[str], bytes]) -> None:
    for _try in range(300):
        try:
            ask("/me/")
            return
        except (OSError, http.client.HTTPException):
            time.sleep(0.2)
    raise RuntimeError("the server did not come up")


def main(words: list[str]) -> None:
    """Print one table for each size."""
    for size in [int(word) for word in words if word.isdigit()] or list(SIZES):
        with postgres.server() if "--pg" in words else nullcontext("") as server:
            rows = measure(size, str(server or ""))
        bare = statistics.median(rows[-1][1])
        print(f"\n{size:,} members, {'PostgreSQL' if server else 'SQLite'}\n")
        print("| page | p50 ms | p95 ms | ratio to the floor |\n| --- | --- | --- | --- |")
        for name, times in rows:
            times.sort()
            half, most = statistics.median(times), times[int(len(times) * 0.95)]
            print(f"| {name} | {half:.1f} | {most:.1f} | {half / bare:.1f} |", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--build"]:
        print(json.dumps(build(int(sys.argv[2]))))
    elif sys.argv[1:2] == ["--touch"]:
        touch(int(sys.argv[2]))
    elif sys.argv[1:2] == ["--floor"]:
        print(json.dumps(floor(int(sys.argv[2]))))
    else:
        main(sys.argv[1:])
