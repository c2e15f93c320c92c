"""The demo's web site as `serve` runs it, on SQLite or (with --pg) on a database of its own in PostgreSQL."""

import itertools
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from tests import serving
from tests.shell.folder import Folder

numbers = itertools.count(1)


def _database(name: str, template: str = "") -> str:
    """The address of a new database, a copy of `template`, where the tests run on PostgreSQL; else empty."""
    server = os.environ.get("DATABASE_URL", "")
    if not server:
        return ""
    with psycopg.connect(server.replace("postgres://", "postgresql://"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
    return server.replace("/postgres?", f"/{name}?")


def _named(number: str) -> str:
    return f"journey_{os.getpid()}_{number}"


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's folder, never served: sites are copies of it. ZHIJIA_DEMO_HOME names one that is there already."""
    ready = os.environ.get("ZHIJIA_DEMO_HOME", "")
    database = _database(_named("demo"))
    if ready and not database:
        return Path(ready)
    folder = Folder(tmp_path_factory.mktemp("demo"), database)
    if not database:
        folder.migrated()
    folder.run("demo", "--no-serve", "--out", str(folder.home / "out"))
    return folder.home


@contextmanager
def _served(demo: Path, home: Path, number: str) -> Iterator[str]:
    """The address of a copy of the demo, served (with its worker) until the end."""
    shutil.copytree(demo, home, dirs_exist_ok=True)
    database = _database(_named(number), _named("demo"))
    # However long a journey takes, the password is not asked for again in the middle of it.
    env = {**os.environ, "ZHIJIA_HOME": str(home), "ZHIJIA_CONFIRM_MINUTES": "600"}
    env.pop("DATABASE_URL", None)
    if database:
        env["DATABASE_URL"] = database
    with serving.own_port() as port:
        command = [sys.executable, "-m", "zhijia", "serve", "--port", str(port)]
        url = f"http://localhost:{port}"
        with serving.running(command, env, lambda: serving.get(f"{url}/login/"), stdout=subprocess.DEVNULL):
            yield url


@pytest.fixture(scope="session")
def site(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the demo's site that all journeys share."""
    with _served(demo, tmp_path_factory.mktemp("site"), "site") as url:
        yield url


@pytest.fixture
def own_site(demo: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a site of its own, for a journey that changes what others look at."""
    with _served(demo, tmp_path / "home", str(next(numbers))) as url:
        yield url
