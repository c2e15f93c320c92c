"""The server's side of the worker: start it, start it again when it ends on its own, end it with the server."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

PAUSE = 5.0  # seconds before a worker that ended on its own is replaced
_PATIENCE = 10.0


@contextmanager
def worker_beside() -> Iterator[None]:
    """Keep one worker running while the block does; none where pages do long work themselves."""
    if settings.JOBS_AT_ONCE:
        yield
        return
    over = threading.Event()
    keeper = threading.Thread(target=_keep, args=(over,), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        over.set()
        keeper.join()


def _keep(over: threading.Event) -> None:
    while not over.is_set():
        process = _started()
        while process.poll() is None:
            if over.wait(0.2):
                _end(process)
                return
        over.wait(PAUSE)


def _started() -> subprocess.Popen[bytes]:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE}
    return subprocess.Popen([sys.executable, "-m", "zhijia.shell.work"], stdin=subprocess.PIPE, env=environment)


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.stdin is not None:
        process.stdin.close()
    process.terminate()
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
