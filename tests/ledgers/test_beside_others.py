"""Imports that are killed, and imports beside others: on the engine of the test run, in processes of their own."""

from __future__ import annotations

import itertools
import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import psycopg
import pytest

from bench import ledgers
from tests import migrated
from tests.ledgers.beside import MEANWHILE, PLACES
from tests.shell.folder import ROOT, Folder

ON_POSTGRES = os.environ.get("ZHIJIA_TEST_DATABASE") == "postgres"
numbers = itertools.count(1)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """An empty data folder, migrated, with a database of its own on the engine of the run."""
    database = ""
    if ON_POSTGRES:
        name = f"beside_{os.getpid()}_{next(numbers)}"
        server = os.environ["DATABASE_URL"]
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE {migrated.template_on(server)}')
        database = server.replace("/postgres?", f"/{name}?")
        assert name in database
    made = Folder(tmp_path / "home", database)
    made.migrated()
    made.run("check", code=1)  # no union yet, but a database
    return made


def ask(folder: Folder, question: str) -> int:
    """One number, asked of the database itself."""
    if folder.database:
        with psycopg.connect(folder.database) as server:
            row = server.execute(question.encode()).fetchone()
            return int(row[0]) if row else 0
    file = sqlite3.connect(folder.home / "zhijia.sqlite3", timeout=3600)
    try:
        return int(file.execute(question).fetchone()[0])
    finally:
        file.close()


def start(folder: Folder, *words: str) -> subprocess.Popen[str]:
    """A process on the folder, running."""
    given = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    given |= {"ZHIJIA_HOME": str(folder.home), "ZHIJIA_TODAY": "2026-11-20", "PYTHONIOENCODING": "utf-8"}
    if folder.database:
        given["DATABASE_URL"] = folder.database
    return subprocess.Popen(
        [sys.executable, "-m", *words], cwd=ROOT, env=given, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


COUNTS = (
    "SELECT count(*) FROM members_person",
    "SELECT count(*) FROM unions_union",
    "SELECT count(*) FROM unions_term",
    "SELECT count(*) FROM core_batch",
    "SELECT count(*) FROM core_auditline",
)


@pytest.mark.skipif(os.name != "posix", reason="how a process ended is told on POSIX only")
def test_an_import_that_is_killed_leaves_nothing_and_can_be_repeated(folder: Folder, tmp_path: Path) -> None:
    file = tmp_path / "台账.xlsx"
    ledgers.write(file, 20_000)
    for place in PLACES:
        process = start(folder, "tests.ledgers.beside", "die", place, str(file))
        told = process.communicate()
        assert process.returncode == -signal.SIGKILL, (place, told)
        log = folder.home / "zhijia.sqlite3-wal"
        if not folder.database and place != "planned":
            assert log.stat().st_size > 1_000_000, "rows were on their way"
        for question in COUNTS:
            assert ask(folder, question) == 0, (question, place)
        if not folder.database:
            with sqlite3.connect(folder.home / "zhijia.sqlite3") as connection:
                assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    done = folder.json("import", str(file))
    assert {sheet["sheet"]: sheet["new"] for sheet in done["sheets"]} == {"工会": 1, "届次": 1, "会员": 20_000}
    assert "审计链完整" in folder.run("audit", "verify")


def test_a_writer_beside_a_long_import_is_not_locked_out(folder: Folder, tmp_path: Path) -> None:
    folder.init()
    stop, file = tmp_path / "stop", tmp_path / "台账.xlsx"
    ledgers.write(file, 50_000, code="T1", term=False)
    writer = start(folder, "tests.ledgers.beside", "write", str(stop))
    assert writer.stdout is not None
    assert writer.stdout.readline() == "ready\n"
    importer = start(folder, "tests.ledgers.beside", "import", str(file))
    heard = threading.Thread(target=lambda: (writer.wait(), importer.kill()))
    heard.start()  # an import that waits for a writer who is gone would wait for ever
    answer, lamented = importer.communicate()
    stop.touch()
    said, complained = writer.communicate()
    heard.join()
    assert writer.returncode == 0, complained
    assert importer.returncode == 0, lamented
    done, told = json.loads(answer), json.loads(said.splitlines()[-1])
    assert {sheet["sheet"]: sheet["new"] for sheet in done["sheets"]}["会员"] == 50_000
    assert ask(folder, "SELECT count(*) FROM unions_group") == len(told["saved"])
    assert len(told["saved"]) >= MEANWHILE
    assert "审计链完整" in folder.run("audit", "verify")


def test_two_imports_of_one_workbook_at_once_give_one_set_of_rows(folder: Folder, tmp_path: Path) -> None:
    file = tmp_path / "台账.xlsx"
    ledgers.write(file, 3_000)
    both = [start(folder, "zhijia", "import", str(file), "--json") for _number in range(2)]
    answers = [process.communicate() for process in both]
    assert [process.returncode for process in both] == [0, 0], answers
    assert ask(folder, "SELECT count(*) FROM members_person") == 3_000
    assert ask(folder, "SELECT count(*) FROM unions_union") == 1
    new = sorted(sum(sheet["new"] for sheet in json.loads(said)["sheets"]) for said, _complained in answers)
    assert new == [0, 3_002]
    assert "审计链完整" in folder.run("audit", "verify")


def test_of_two_forms_that_change_one_row_one_is_told_that_it_is_stale(folder: Folder) -> None:
    folder.init()
    process = start(folder, "tests.ledgers.beside", "edit")
    said, complained = process.communicate()
    assert process.returncode == 0, complained
    assert json.loads(said.splitlines()[-1]) == {"ended": ["saved", "stale"]}
