"""A migrated database, made once for each state of the migrations and then copied: migrating takes ten seconds.

The migrations themselves make it, on each engine: a SQLite file, and PostgreSQL's own dump, kept in .pytest_cache.
`python -m tests.migrated` makes both beforehand.
"""

import contextlib
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg

from tests import postgres

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / ".pytest_cache" / "zhijia-migrated"
TEMPLATE = "zhijia_migrated"  # the name of the migrated database on a PostgreSQL server
# What makes the tables: the migrations, what is made around them, and the packages that bring their own.
_MAKERS = ("zhijia/*/migrations/*.py", "zhijia/*/apps.py", "zhijia/members/stretch_view.py", "requirements*.txt")


def _state(*more: str) -> str:
    files = sorted(file for pattern in _MAKERS for file in ROOT.glob(pattern))
    told = [f"{file.relative_to(ROOT)} {hashlib.sha256(file.read_bytes()).hexdigest()}" for file in files]
    return hashlib.sha256("\n".join([*told, *more]).encode()).hexdigest()[:24]


def _migrate(home: Path, url: str = "") -> None:
    env = {name: word for name, word in os.environ.items() if not name.startswith("ZHIJIA_") and name != "DATABASE_URL"}
    env |= {"ZHIJIA_HOME": str(home), "DJANGO_SETTINGS_MODULE": "zhijia.config.settings"}
    if url:
        env["DATABASE_URL"] = url
    subprocess.run([sys.executable, "-m", "django", "migrate", "--verbosity", "0"], cwd=ROOT, env=env, check=True)


@contextlib.contextmanager
def _workshop() -> Iterator[Path]:
    """A folder to make something in; beside what is kept, so that it is moved there whole or not at all."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=KEPT, prefix="making-") as folder:
        yield Path(folder)


# ------------------------------------------------------------------------------------------------ SQLite


def sqlite_file() -> Path:
    """The migrated file, made where it is missing."""
    kept = KEPT / f"{_state()}.sqlite3"
    if not kept.exists():
        with _workshop() as folder:
            _migrate(folder)
            made = folder / "zhijia.sqlite3"
            with contextlib.closing(sqlite3.connect(made)) as file:
                file.execute("PRAGMA journal_mode=DELETE")  # all in one file, and fit for a copy in memory
            made.replace(kept)
    return kept


def put_into(home: Path) -> None:
    """Make `home` a data folder with a migrated database and nothing else."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.copyfile(sqlite_file(), home / "zhijia.sqlite3")


@contextlib.contextmanager
def in_memory(name: str) -> Iterator[None]:
    """A migrated database in this process's memory, which lives as long as anybody is connected to `name`."""
    with (
        contextlib.closing(sqlite3.connect(name, uri=True)) as memory,
        contextlib.closing(sqlite3.connect(sqlite_file())) as file,
    ):
        file.backup(memory)
        yield


# ------------------------------------------------------------------------------------------------ PostgreSQL


def template_on(server: str) -> str:
    """The name of the migrated database on the server, to be copied by CREATE DATABASE … TEMPLATE."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(1)")  # worker processes share the server: one makes it
        there = "SELECT 1 FROM pg_database WHERE datname = %s"
        if not connection.execute(there, [TEMPLATE]).fetchone():
            connection.execute(f"CREATE DATABASE {TEMPLATE}_making")
            _fill(server.replace("/postgres?", f"/{TEMPLATE}_making?"))
            connection.execute(f"ALTER DATABASE {TEMPLATE}_making RENAME TO {TEMPLATE}")
    return TEMPLATE


def _fill(url: str) -> None:
    """Bring the kept dump into the empty database; where none is kept, migrate it and keep its dump."""
    programs = postgres.binaries()
    dump = programs / "pg_dump"
    version = subprocess.run([dump, "--version"], check=True, capture_output=True, text=True).stdout
    kept = KEPT / f"{_state(version)}.sql"
    if kept.exists():
        words = ("--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", "--file", kept, "--dbname", url)
        subprocess.run([programs / "psql", *words], check=True, stdout=subprocess.DEVNULL)
        return
    with _workshop() as folder:
        _migrate(folder, url)
        subprocess.run([dump, "--file", folder / "dump.sql", "--dbname", url], check=True)
        (folder / "dump.sql").replace(kept)


if __name__ == "__main__":
    sqlite_file()
    with contextlib.suppress(postgres.Missing), postgres.server() as _server:
        template_on(_server)
