"""Long work as its owner follows it: it can be left, found again, and started once more where it was interrupted."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from zhijia.core.guards import requires
from zhijia.core.models import Job, JobState
from zhijia.core.outcomes import Refused, Violation
from zhijia.core.pages.parts import DONE, DUE, INFO, LATE, QUIET, Badge, Cell, Head, Row, Table
from zhijia.core.templatetags.ui import moment
from zhijia.shell.work import jobs
from zhijia.shell.work.kinds import KINDS

TONES = {
    JobState.QUEUED: QUIET,
    JobState.RUNNING: INFO,
    JobState.DONE: DONE,
    JobState.REFUSED: DUE,
    JobState.FAILED: LATE,
    JobState.INTERRUPTED: LATE,
}


@requires("shell.jobs")
@require_safe
def job_list(request: Any) -> HttpResponse:
    """My latest long work, newest first."""
    rows = [
        Row((
            Cell(job.label, f"{job.uid}/"),
            Cell(badge=badge(job)),
            Cell(moment(job.created_at)),
            Cell(moment(job.finished_at)),
        ))
        for job in jobs.mine(request.access)
    ]  # fmt: skip
    table = Table((Head("做什么"), Head("状态"), Head("开始"), Head("结束")), rows)
    return render(request, "shell/jobs.html", {"table": table})


@requires("shell.jobs")
@require_safe
def job_page(request: Any, uid: UUID) -> HttpResponse:
    """Where one job stands; asked again every second by the page itself, until it is over and leads to its result."""
    job = _job(request, uid)
    kind = KINDS[job.kind]
    if job.state == JobState.DONE:
        target = kind.result(job)
        if request.htmx:
            return HttpResponse(headers={"HX-Redirect": target})
        return redirect(target)
    context = {
        "job": job,
        "badge": badge(job),
        "open": job.state in jobs.OPEN,
        "progress": {"label": job.phase or "正在准备", "done": job.done, "total": job.total},
        "quiet": bool(job.beat_at and job.state == JobState.RUNNING and timezone.now() - job.beat_at > jobs.QUIET),
        "violations": [Violation("job", **told) for told in job.result.get("violations", ())],
        "error": job.result.get("error", ""),
        "interrupted": job.state == JobState.INTERRUPTED,
        "waiting": job.state == JobState.QUEUED,
        "back": kind.back(job),
    }
    return render(request, "shell/_job.html" if request.htmx else "shell/job.html", context)


@requires("shell.jobs")
@require_POST
def job_again(request: Any, uid: UUID) -> HttpResponse:
    """Start it once more."""
    job = _job(request, uid)
    try:
        job = jobs.again(job, by=request.access)
    except Refused as refused:
        context = {"job": job, "badge": badge(job), "violations": refused.violations, "back": KINDS[job.kind].back(job)}
        return render(request, "shell/job.html", context, status=422)
    return redirect("shell:job", uid=job.uid)


def badge(job: Job) -> Badge:
    """The job's state."""
    state = JobState(job.state)
    return Badge(str(state.label), TONES[state])


def _job(request: Any, uid: UUID) -> Job:
    job = jobs.find(uid, request.access)
    if job is None or job.kind not in KINDS:
        raise Http404("没有这件事")
    return job
