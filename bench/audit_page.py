"""The page of deeds over 1,000,000 audit lines: each filter beside the bare query of a page; the walk of the chain.

`python -m bench.audit_page [lines] [--pg]`. One union has 9 lines in 10; 40 logins, 60 verbs, one of them 9 times
in the whole, some lines anonymous. The floor is `SELECT … WHERE union_id = ? ORDER BY seq DESC LIMIT 51`
read as plain rows. The whole page is the view called with a request: names, template, everything but login and
network. p50 of 50 calls.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from typing import Any

from tests import postgres

CALLS = 50
UNION, CHUNK = 1, 50_000
FILLED = ("union_id", "seq", "at", "user_id", "verb", "subject", "subject_id", "batch_id")


def fill(count: int) -> None:
    """Put the lines in, many at a time; their hashes are of nothing."""
    from datetime import UTC, datetime, timedelta

    from django.db import transaction

    from zhijia.core import db
    from zhijia.core.models import AuditHead, AuditLine
    from zhijia.shell.registers import REGISTERS

    labels = list(dict.fromkeys(register.label for register in REGISTERS))[:15]
    deeds = ("saved", "withdrawn", "restored", "filed")
    start = datetime(2020, 1, 1, tzinfo=UTC)
    seqs = {1: 0, 2: 0}
    for first in range(0, count, CHUNK):
        columns: dict[str, list[Any]] = {name: [] for name in FILLED}
        for number in range(first, min(first + CHUNK, count)):
            union = UNION if number % 10 else 2
            seqs[union] += 1
            label = labels[number % 15]
            hidden = number % 997 == 0
            columns["union_id"].append(union)
            columns["seq"].append(seqs[union])
            columns["at"].append(None if hidden else start + timedelta(minutes=number * 3))
            columns["user_id"].append(None if hidden else number % 40 + 1)
            usual = f"{label.lower()}.{deeds[number // 15 % 4]}"
            columns["verb"].append("core.keys.rotated" if number % (count // 9) == 7 else usual)
            columns["subject"].append(label)
            columns["subject_id"].append(number % 50_000)
            columns["batch_id"].append(number // 100_000 if number % 100_000 == 1 else None)
        same = {"changes": {"rows": [{"name": [None, "甲"]}]}, "previous": bytes(32), "hash": bytes(32)}
        with transaction.atomic():
            db.insert(AuditLine, columns, same)
    for union, seq in seqs.items():
        AuditHead.objects.create(union_id=union, seq=seq, hash=bytes(32))


def p50(call: Callable[[], Any], calls: int = CALLS) -> float:
    """Milliseconds of one call, the middle of many."""
    call()
    found = []
    for _number in range(calls):
        start = time.perf_counter()
        call()
        found.append((time.perf_counter() - start) * 1000)
    return statistics.median(found)


def measure(count: int) -> None:
    """Fill, measure, print one table."""
    import django

    django.setup()
    from datetime import date

    from django.core.management import call_command
    from django.db import connection
    from django.test import RequestFactory

    from zhijia.core import audit
    from zhijia.core.access import Access
    from zhijia.shell import access
    from zhijia.shell.deeds import lines, verbs
    from zhijia.shell.views.audit import audit_page
    from zhijia.unions.models import Union

    call_command("migrate", verbosity=0)
    fill(count)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    Union.objects.create(pk=UNION, name="工会", code="A", path="/1/")
    names = "seq, at, user_id, verb, subject, subject_id, batch_id, changes"

    def bare() -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {names} FROM core_auditline WHERE union_id = 1 ORDER BY seq DESC LIMIT 51")  # noqa: S608 - a constant
            cursor.fetchall()

    there = lines.verbs_there(UNION)
    records = tuple(verbs.of_group("records", there))
    person = tuple(verbs.of_table("members.Person", there))
    middle, rare = audit.head_seq(UNION) // 2, ("core.keys.rotated",)
    cases: dict[str, Callable[[], Any]] = {
        "newest page": lambda: lines.page(lines.Wanted(UNION)),
        "a page in the middle": lambda: lines.page(lines.Wanted(UNION), before=middle),
        "one person": lambda: lines.page(lines.Wanted(UNION, users=(7,))),
        "a person without a line": lambda: lines.page(lines.Wanted(UNION, users=(4711,))),
        "a group of verbs (15)": lambda: lines.page(lines.Wanted(UNION, verbs=records)),
        "a rare verb": lambda: lines.page(lines.Wanted(UNION, verbs=rare)),
        "a rare verb of one person": lambda: lines.page(lines.Wanted(UNION, verbs=rare, users=(3,))),
        "one register": lambda: lines.page(lines.Wanted(UNION, verbs=person)),
        "a month, years ago": lambda: lines.page(lines.Wanted(UNION, since=date(2021, 3, 1), until=date(2021, 3, 31))),
        "month, person and verbs": lambda: lines.page(
            lines.Wanted(UNION, since=date(2021, 3, 1), until=date(2021, 3, 31), users=(7, 8), verbs=records)
        ),
        "one record": lambda: lines.page(lines.Wanted(UNION, subject="members.Person", subjects=(15_000,))),
        "one batch": lambda: lines.page(lines.Wanted(UNION, batch=3)),
        "anonymous lines": lambda: lines.page(lines.Wanted(UNION, anonymous=True)),
        "which verbs occur": lambda: lines.verbs_there(UNION),
    }
    floor = p50(bare)
    print("| what | p50 ms | ratio to the bare query |\n| --- | --- | --- |")
    print(f"| floor: bare query of a page | {floor:.2f} | 1.0 |")
    for name, call in cases.items():
        taken = p50(call)
        print(f"| {name} | {taken:.2f} | {taken / floor:.1f} |")
    by = Access(union=UNION, on=date(2026, 11, 20), user=1, permissions=access.permissions_of(("chair",)))
    for name, query in (
        ("the whole page", ""),
        ("the whole page, three filters", "what=records&from=2021-03-01&to=2021-03-31"),
    ):
        request: Any = RequestFactory().get(f"/audit/?{query}")
        request.access, request.htmx, request._messages = by, False, []
        taken = p50(partial(audit_page, request), 20)
        print(f"| {name} | {taken:.2f} | {taken / floor:.1f} |")
    start = time.perf_counter()
    found = audit.verify(UNION)
    print(f"\nWalk of the chain: {time.perf_counter() - start:.1f} s ({len(found):,} breaks, as no hash is real)")


def main(words: list[str]) -> None:
    """Each engine in a process and a folder of its own."""
    count = next((int(word) for word in words if word.isdigit()), 1_000_000)
    with postgres.server() if "--pg" in words else nullcontext("") as server:
        env = {**os.environ, "ZHIJIA_HOME": tempfile.mkdtemp(prefix="zhijia-bench-")}
        env["DJANGO_SETTINGS_MODULE"] = "zhijia.config.settings"
        if server:
            env["DATABASE_URL"] = str(server)
        print(f"{count:,} audit lines, {'PostgreSQL' if server else 'SQLite'}\n", flush=True)
        own = [sys.executable, "-m", "bench.audit_page", "--measure", str(count)]
        subprocess.run(own, env=env, check=True)  # noqa: S603 - ourselves


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        measure(int(sys.argv[2]))
    else:
        main(sys.argv[1:])
