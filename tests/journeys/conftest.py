"""The demo's web site as `serve` runs it, on SQLite or (with --pg) on a database of its own in PostgreSQL."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator

import psycopg
import pytest

from tests.shell.folder import ROOT, Folder


def _database() -> str:
    """The address of a new database where the tests run on PostgreSQL; else empty."""
    server = os.environ.get("DATABASE_URL", "")
    if not server:
        return ""
    name = f"journey_{os.getpid()}"
    with psycopg.connect(server.replace("postgres://", "postgresql://"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return server.replace("/postgres?", f"/{name}?")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the demo's site."""
    folder = Folder(tmp_path_factory.mktemp("site"), _database())
    folder.run("demo", "--no-serve", "--out", str(folder.home / "out"))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {**os.environ, "ZHIJIA_HOME": str(folder.home)}
    env.pop("DATABASE_URL", None)
    if folder.database:
        env["DATABASE_URL"] = folder.database
    command = [sys.executable, "-m", "zhijia", "serve", "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL) as server:
        url = f"http://localhost:{port}"
        try:
            _wait_for(url)
            yield url
        finally:
            server.terminate()


def _wait_for(url: str) -> None:
    for _try in range(150):
        try:
            with urllib.request.urlopen(f"{url}/login/", timeout=2):  # noqa: S310 - our own address
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail("the site did not come up in 30 seconds")
