"""Jobs as pages see them: started, followed, found again, started once more, forgotten in the end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from zhijia.core.access import Access
from zhijia.core.models import Job, JobState
from zhijia.core.outcomes import Refused, Violation
from zhijia.shell.work.kinds import KINDS
from zhijia.shell.work.running import run_job

OPEN = (JobState.QUEUED, JobState.RUNNING)
KEEP_JOBS, KEEP_TASKS = timedelta(days=30), timedelta(days=1)
QUIET = timedelta(minutes=5)  # without a word for so long, the page says that nothing moves
LISTED = 20


def start(kind: str, label: str, arguments: dict[str, Any], *, by: Access) -> Job:
    """Put a job in the queue and return it; one of the same person that asks for the same is returned as it stands."""
    assert by.user is not None, "a job is somebody's"
    mine = Job.objects.filter(union_id=by.union, user_id=by.user, kind=kind, state__in=OPEN)
    for job in mine:
        if job.arguments == arguments:
            return job
    job = Job.objects.create(
        union_id=by.union, user_id=by.user, kind=kind, label=label[:80], arguments=arguments, created_at=timezone.now()
    )
    run_job.enqueue(job.pk)
    job.refresh_from_db()
    return job


def done_already(kind: str, arguments: dict[str, Any], *, by: Access) -> Job | None:
    """A finished job of the person that did the same."""
    done = Job.objects.filter(union_id=by.union, user_id=by.user or 0, kind=kind, state=JobState.DONE)
    return next((job for job in done.order_by("-pk")[:LISTED] if job.arguments == arguments), None)


def mine(by: Access) -> list[Job]:
    """The person's latest jobs, newest first."""
    return list(Job.objects.filter(union_id=by.union, user_id=by.user or 0).order_by("-created_at")[:LISTED])


def find(uid: UUID, by: Access) -> Job | None:
    """One job of the person."""
    return Job.objects.filter(union_id=by.union, user_id=by.user or 0, uid=uid).first()


def again(job: Job, *, by: Access) -> Job:
    """Start an interrupted, refused or failed job once more, as a new one."""
    if job.state in (*OPEN, JobState.DONE):
        raise Refused([Violation("not_over", "这件事正在做或已经做完，不用再做一次")])
    if not by.may(KINDS[job.kind].permission):
        raise Refused([Violation("forbidden", "您现在没有做这件事的权限", mend="权限随任职而来，请找工会主席")])
    return start(job.kind, job.label, job.arguments, by=by)


def interrupt_orphans() -> int:
    """Mark what a worker that is gone left unfinished; called by the new worker before it takes anything up."""
    waiting = {result.args_kwargs["args"][0] for result in DBTaskResult.objects.ready().only("args_kwargs", "status")}
    lost = Job.objects.filter(state=JobState.RUNNING) | Job.objects.filter(
        state=JobState.QUEUED, created_at__lt=timezone.now() - QUIET
    ).exclude(pk__in=waiting)
    found = lost.update(state=JobState.INTERRUPTED, finished_at=timezone.now())
    DBTaskResult.objects.running().delete()
    return found


def forget_old() -> None:
    """Remove what is over: jobs after 30 days, the queue's own rows after one."""
    now = timezone.now()
    Job.objects.exclude(state__in=OPEN).filter(finished_at__lt=now - KEEP_JOBS).delete()
    DBTaskResult.objects.finished().filter(finished_at__lt=now - KEEP_TASKS).delete()
