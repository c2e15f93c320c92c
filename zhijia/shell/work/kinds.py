"""The kinds of long work that pages may start: what each does, who may start it, and where its result is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.urls import reverse

from zhijia.core.access import Access
from zhijia.core.models import Job
from zhijia.shell import congress
from zhijia.shell.deeds import verifying
from zhijia.shell.ledgers import exporting, importing, planning
from zhijia.shell.rosters import reviewing

Progress = Callable[[str, int, int], None]


class Work(Protocol):
    """Does the work with its arguments (ids only) and returns what its page has to know, without personal data."""

    def __call__(
        self, arguments: dict[str, Any], /, *, by: Access, today: date, progress: Progress
    ) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Kind:
    """`result` gives the page that shows what a finished job did, `back` the page from which it was started."""

    title: str
    permission: str
    run: Work
    result: Callable[[Job], str]
    back: Callable[[Job], str]


def _imports(_job: Job) -> str:
    return reverse("shell:import")


def _packages(_job: Job) -> str:
    return reverse("shell:package")


def _audit(_job: Job) -> str:
    return reverse("shell:audit")


def _preview(job: Job) -> str:
    return reverse("shell:import_preview", args=[job.arguments["upload"]])


def _roster(job: Job) -> str:
    return reverse("shell:roster", args=[job.arguments["roster"]])


def _rosters(_job: Job) -> str:
    return reverse("shell:rosters")


def _version(job: Job) -> str:
    return reverse("shell:package_version", args=[job.arguments["version"]])


def _drift(job: Job) -> str:
    return reverse("shell:package_drift", args=[job.arguments["version"], job.uid])


KINDS: dict[str, Kind] = {
    "preview": Kind("核对台账", "shell.import", planning.work, _preview, _imports),
    "import": Kind(
        "导入台账",
        "shell.import",
        importing.work,
        lambda job: reverse("shell:import_batch", args=[job.result["batch"]]),
        _preview,
    ),
    "export": Kind(
        "导出全部台账",
        "shell.workbook",
        exporting.work,
        lambda job: reverse("shell:exported", args=[job.result["file"]]),
        _imports,
    ),
    "roster": Kind("核对人事名册", "shell.roster", reviewing.work, _roster, _rosters),
    "roster_apply": Kind(
        "按人事名册更新台账",
        "shell.roster",
        reviewing.work_apply,
        lambda job: reverse("shell:import_batch", args=[job.result["batch"]]),
        _roster,
    ),
    "audit": Kind("核对审计链", "shell.audit", verifying.work, _audit, _audit),
    "drift": Kind("比较一稿与现在", "shell.package", congress.compare, _drift, _version),
    "package": Kind(
        "生成换届材料",
        "shell.build",
        congress.work,
        lambda job: reverse("shell:package_version", args=[job.result["version"]]),
        _packages,
    ),
}
