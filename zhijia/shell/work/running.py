"""One job from its start to its end, whatever happens in between; nothing of an exception reaches the database."""

from __future__ import annotations

import threading
import time
from types import TracebackType
from typing import Any

from django.db import Error, connection
from django.utils import timezone
from django_tasks import task

from zhijia.accounts.models import User
from zhijia.core import clock
from zhijia.core.models import Job, JobState
from zhijia.core.outcomes import Refused, Violation
from zhijia.shell import access
from zhijia.shell.cli import note_error
from zhijia.shell.work.kinds import KINDS

TELL_EVERY = 1.0  # seconds
_TRIES, _PAUSE = 10, 3.0  # to write how a job ended, while somebody else holds the database


@task()
def run_job(job: int) -> None:
    """The task that waits in the queue. It raises nothing: a failed task's traceback would be stored with its row."""
    try:
        perform(job)
    except Exception:  # noqa: BLE001 - the last resort: the place goes to the log, the job shows as interrupted later
        note_error()


def perform(pk: int) -> None:
    """Do the job if it still waits: a task that is delivered twice does its work once."""
    now = timezone.now()
    begun = Job.objects.filter(pk=pk, state=JobState.QUEUED)
    if not begun.update(state=JobState.RUNNING, started_at=now, beat_at=now):
        return
    job = Job.objects.get(pk=pk)
    try:
        result = _work(job)
    except Refused as refused:
        _end(pk, JobState.REFUSED, {"violations": [_told(violation) for violation in refused.violations]})
    except Exception:  # noqa: BLE001 - whatever it is, the job ends, and its place stands in the log
        _end(pk, JobState.FAILED, {"error": note_error()})
    else:
        _end(pk, JobState.DONE, result)


def _work(job: Job) -> dict[str, Any]:
    kind, today = KINDS[job.kind], clock.today()
    user = User.objects.filter(pk=job.user_id).first()
    by = access.for_user(user, today) if user is not None else None
    if by is None or by.union != job.union_id or not by.may(kind.permission):
        raise Refused([Violation("forbidden", "您现在没有做这件事的权限", mend="权限随任职而来，请找工会主席")])
    with Teller(job.pk) as progress:
        return kind.run(job.arguments, by=by, today=today, progress=progress)


def _told(violation: Violation) -> dict[str, str]:
    """What a refusal says, without the value: that may be somebody's."""
    return {"message": violation.message, "source": violation.source, "mend": violation.mend}


def _end(pk: int, state: JobState, result: dict[str, Any]) -> None:
    for attempt in range(1, _TRIES + 1):
        try:
            Job.objects.filter(pk=pk).update(state=state, result=result, finished_at=timezone.now())
            return
        except Error:
            if attempt == _TRIES or connection.in_atomic_block:
                raise
            connection.close()
            time.sleep(_PAUSE)


class Teller:
    """Where a job stands, written once a second by a thread with a connection of its own.

    The job's own connection may be inside a transaction, whose writes nobody sees, or in a snapshot, which may not
    write. The thread waits for nobody: where the row can not be written now, the next second will do. Work inside a
    transaction of its caller (tests) tells nothing.
    """

    def __init__(self, pk: int) -> None:
        self._pk = pk
        self._now: tuple[str, int, int] = ("", 0, 0)
        self._end = threading.Event()
        self._thread = None if connection.in_atomic_block else threading.Thread(target=self._tell, daemon=True)

    def __call__(self, label: str, done: int, total: int) -> None:
        """Say where the work stands."""
        self._now = (label[:80], done, total)

    def __enter__(self) -> Teller:
        if self._thread is not None:
            self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._end.set()
        if self._thread is not None:
            self._thread.join()

    def _tell(self) -> None:
        try:
            if connection.vendor == "sqlite":
                with connection.cursor() as cursor:
                    cursor.execute("PRAGMA busy_timeout = 100")
            while not self._end.wait(TELL_EVERY):
                self._write()
        finally:
            connection.close()

    def _write(self) -> None:
        label, done, total = self._now
        try:
            Job.objects.filter(pk=self._pk, state=JobState.RUNNING).update(
                phase=label, done=done, total=total, beat_at=timezone.now()
            )
        except Error:
            return
