"""The congress package from pages: built as long work, its versions and their files, and what was left out of each."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from zhijia.core import audit
from zhijia.core.access import Access
from zhijia.core.outcomes import Refused, Violation
from zhijia.core.sheets.importing import Progress
from zhijia.documents.docx.archive import zipped
from zhijia.reports import package, versions
from zhijia.reports.models import PackageVersion
from zhijia.reports.telling import NO_RECORDS, SPARED
from zhijia.shell.ledgers.uploads import write
from zhijia.shell.scopes import term_scope

_HEX = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True)
class Notes:
    """What a version left out (wording, kind of reason, reasons) and what of it somebody has to confirm.

    `spared` are sentences that the records support but the report does without; `silent` counts those without records.
    """

    withheld: tuple[tuple[str, str, tuple[str, ...]], ...]
    spared: tuple[str, ...]
    silent: int
    unconfirmed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """One file of a version, at its place in the list."""

    place: int
    folder: str
    name: str
    digest: str
    size: int


def work(arguments: dict[str, Any], *, by: Access, today: date, progress: Progress) -> dict[str, Any]:
    """The job: build the package of a term and keep it as a version; its files are kept by their digests."""
    scope = term_scope(by.union, today, arguments.get("term"))
    with tempfile.TemporaryDirectory(prefix="zhijia-") as folder:
        result = package.build(scope, out=Path(folder), by=by, progress=progress)
    _keep_notes(result)
    return {"version": result.version.number, "documents": len(result.documents), "withheld": len(result.withheld)}


def _keep_notes(result: package.PackageResult) -> None:
    """The reasons may name people: they lie beside the database, closed to others, like the documents themselves."""
    file = _notes_file(result.version)
    file.parent.mkdir(mode=0o700, exist_ok=True)
    told = {
        "withheld": [
            [one.wording, one.kind, list(one.reasons)]
            for one in result.withheld
            if one.kind not in (NO_RECORDS, SPARED)
        ],
        "spared": list(dict.fromkeys(one.wording for one in result.withheld if one.kind == SPARED)),
        "silent": sum(one.kind == NO_RECORDS for one in result.withheld),
        "unconfirmed": [text.removeprefix("待确认：") for text in result.unconfirmed],
    }
    write(file, json.dumps(told, ensure_ascii=False).encode())


def _notes_file(version: PackageVersion) -> Path:
    return Path(settings.ZHIJIA_HOME) / "packages" / f"{version.pk}.json"


def notes(version: PackageVersion) -> Notes | None:
    """What was noted when the version was built; None where it was built on the terminal: its index says it."""
    try:
        told = json.loads(_notes_file(version).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    withheld = tuple((wording, kind, tuple(reasons)) for wording, kind, reasons in told["withheld"])
    return Notes(withheld, tuple(told["spared"]), int(told["silent"]), tuple(told["unconfirmed"]))


def find(union: int, number: int) -> PackageVersion | None:
    """One version of the union."""
    return PackageVersion.objects.filter(union_id=union, number=number).first()


def documents(version: PackageVersion) -> list[Document]:
    """The documents for people, in order (the machine's list of figures is left out)."""
    found = []
    for place, one in enumerate(version.documents):
        folder, _, name = str(one["file"]).rpartition("/")
        if name.endswith(".docx"):
            found.append(Document(place, folder, name, str(one["sha256"]), int(one["size"])))
    return found


def content(version: PackageVersion, place: int) -> tuple[str, bytes] | None:
    """Name and bytes of one file of the version; None where there is none or its bytes are gone."""
    if not 0 <= place < len(version.documents):
        return None
    one = version.documents[place]
    data = _stored(str(one["sha256"]))
    return None if data is None else (str(one["file"]).rpartition("/")[2], data)


def whole(version: PackageVersion) -> bytes:
    """The version as one zip, byte for byte as it was built; refused where a file of it is gone."""
    parts: dict[str, bytes] = {}
    for one in version.documents:
        data = _stored(str(one["sha256"]))
        if data is None:
            message = f"这一稿的《{str(one['file']).rpartition('/')[2]}》已经不在数据文件夹里"
            raise Refused([Violation("file.gone", message, mend="请从备份恢复，或重新生成一稿")])
        parts[str(one["file"])] = data
    return zipped(parts)


def _stored(digest: str) -> bytes | None:
    if len(digest) != 64 or not set(digest) <= _HEX:
        return None
    try:
        return (Path(settings.ZHIJIA_HOME) / "files" / digest).read_bytes()
    except OSError:
        return None


def lines_since(version: PackageVersion) -> int:
    """How often records were written since the version was made; what reports write themselves does not count."""
    return audit.since(version.union_id, version.audit_seq).exclude(verb__startswith="reports.").count()


def compare(arguments: dict[str, Any], *, by: Access, today: date, progress: Progress) -> dict[str, Any]:
    """The job: which facts of a version are no longer what it says. Numbers only, no record."""
    version = find(by.union, int(arguments["version"]))
    if version is None:
        raise Refused([Violation("no_version", "没有这一稿")])
    progress("逐个数据比较", 0, 0)
    changed = [
        [one.key, one.label, one.old, one.new, len(one.added), len(one.removed)] for one in versions.drift(version)
    ]
    return {"version": version.number, "changed": changed}


listed = versions.listed
confirm = versions.confirm
