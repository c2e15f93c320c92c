"""The worker: one process that takes jobs from the queue, one after another, and ends with the server.

The library's worker opens an exclusive transaction each time it looks, and fails where a long writer keeps it out for
too long. This one looks with a plain read, and takes the write lock only where something waits.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time

from django.db import Error, close_old_connections, transaction
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from zhijia.shell import in_use
from zhijia.shell.cli import note_error
from zhijia.shell.ledgers import uploads
from zhijia.shell.rosters import keeping
from zhijia.shell.work import jobs

INTERVAL = 1.0  # seconds between two looks
_TIDY_EVERY = 3600.0


class QueueWorker(Worker):
    """Looks without a lock, claims with one."""

    def __init__(self) -> None:
        super().__init__(
            queue_names=["*"],
            interval=INTERVAL,
            batch=False,
            backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            startup_delay=False,
            max_tasks=None,
            worker_id=f"serve-{os.getpid()}",
            excluded_queue_names=[],
        )

    def run(self) -> None:
        """Work until the process is ended."""
        tidied = time.monotonic()
        while self.running:
            close_old_connections()
            taken = None
            try:
                taken = self._take()
                if taken is None and time.monotonic() - tidied > _TIDY_EVERY:
                    tidy()
                    tidied = time.monotonic()
            except Error:  # locked for long, or the server is away: it will be there again
                note_error()
                time.sleep(self.interval * 5)
            if taken is not None:
                self.run_task(taken)
            else:
                time.sleep(self.interval)

    def _take(self) -> DBTaskResult | None:
        ready = DBTaskResult.objects.ready().filter(backend_name=self.backend_name)
        if not ready.exists():
            return None
        with transaction.atomic():
            found = ready.get_locked()
            if found is not None:
                found.claim(self.worker_id)
            return found


def tidy() -> None:
    """Forget what is over: jobs, the queue's rows, uploads that nobody finished."""
    jobs.forget_old()
    uploads.forget_old()
    keeping.forget_old()


def work() -> None:
    """Be the folder's worker until the process that started this one ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches the whole group; the server ends this process
    threading.Thread(target=_end_with_the_server, daemon=True).start()
    with in_use.held():
        jobs.interrupt_orphans()
        tidy()
        QueueWorker().run()


def _end_with_the_server() -> None:
    """The server holds the other end of this process's input: when it ends, however it ends, so does this.

    Where processes fork, the server's own children hold that end as well; there the parent's number tells.
    """
    if os.name == "posix":
        parent = os.getppid()
        while os.getppid() == parent:
            time.sleep(1)
    else:  # pragma: no cover - written for Windows, where it can not be tested here
        sys.stdin.buffer.read()
    os._exit(0)  # an open transaction is taken back by the database, the job is told as interrupted
