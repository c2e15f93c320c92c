"""Throw-away surroundings of a test run, made before Django reads its settings (loaded by `-p` in pyproject.toml).

Every process gets its own empty ZHIJIA_HOME. `--pg`, or ZHIJIA_TEST_DATABASE=postgres, runs the same tests on a
throw-away PostgreSQL server, which worker processes of pytest-xdist share.
"""

import atexit
import os
import shutil
import sys
import tempfile

import pytest

from tests import postgres

_ON_POSTGRES = "ZHIJIA_TEST_DATABASE"
_IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ

if "--pg" in sys.argv:
    os.environ[_ON_POSTGRES] = "postgres"
if os.environ.get(_ON_POSTGRES, "") not in ("", "sqlite", "postgres"):
    raise pytest.UsageError(f"{_ON_POSTGRES} must be sqlite or postgres.")

_home = tempfile.mkdtemp(prefix="zhijia-test-")
atexit.register(shutil.rmtree, _home, ignore_errors=True)
for _name in [name for name in os.environ if name.startswith("ZHIJIA_") and name != _ON_POSTGRES]:
    del os.environ[_name]
os.environ["ZHIJIA_HOME"] = _home
# Playwright keeps an event loop in the thread of the test; the database is used from that thread only.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

if not _IS_WORKER:
    os.environ.pop("DATABASE_URL", None)
    if os.environ.get(_ON_POSTGRES) == "postgres":
        try:
            _server = postgres.server()
            os.environ["DATABASE_URL"] = _server.__enter__()
        except postgres.Missing as missing:
            if os.environ.get("CI") == "true":
                raise pytest.UsageError(str(missing)) from missing
            pytest.exit(f"skipped: {missing}", returncode=0)
        atexit.register(_server.__exit__, None, None, None)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--pg", action="store_true", help="run on a throw-away PostgreSQL server")


def pytest_configure() -> None:
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_report_header() -> str:
    return f"database: {os.environ.get(_ON_POSTGRES) or 'sqlite'}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the tests marked `postgres` (races, locks of the server) on SQLite, with the reason."""
    if os.environ.get(_ON_POSTGRES) == "postgres":
        return
    for item in items:
        if item.get_closest_marker("postgres"):
            item.add_marker(pytest.mark.skip(reason="needs PostgreSQL: run with --pg"))
