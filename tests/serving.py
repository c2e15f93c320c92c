"""A server of a test's own: on a port that nobody else is given, waited for until it answers, ended with the test."""

import http.client
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest

from tests.shell.folder import ROOT

_LOST = 300  # seconds after which a server that neither answers nor ends is given up
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # no proxy of the machine leads to a test


@contextmanager
def own_port() -> Iterator[int]:
    """A port of 127.0.0.1 that other processes are not given in the meantime.

    It is bound here but not listened on: Linux gives it to no other program that asks for a free port, and lets the
    server, which names it, bind it too. Elsewhere it is only looked up.
    """
    with socket.socket() as held:
        if sys.platform == "linux":
            held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind(("127.0.0.1", 0))
        port = int(held.getsockname()[1])
        if sys.platform != "linux":
            held.close()
        yield port


@contextmanager
def running(
    command: list[str], env: Mapping[str, str], up: Callable[[], object], **streams: Any
) -> Iterator[subprocess.Popen[bytes]]:
    """The process from the moment in which `up` raises no error, which says that it answers, until the test is over."""
    with subprocess.Popen(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, **streams) as server:
        try:
            _wait(server, up)
            yield server
        finally:
            server.terminate()


def get(url: str) -> None:
    """Ask for an address on this computer; raises OSError where it is not answered with a page."""
    with _DIRECT.open(url, timeout=60):
        return


def _wait(server: subprocess.Popen[bytes], up: Callable[[], object]) -> None:
    given_up = time.monotonic() + _LOST
    while True:
        if server.poll() is not None:
            pytest.fail(f"the server ended with {server.returncode} before it answered")
        try:
            up()
            return
        except (OSError, http.client.HTTPException) as error:
            if time.monotonic() > given_up:
                pytest.fail(f"the server did not answer: {error!r}")
        time.sleep(0.1)
