"""The congress package: every paper written, indexed, zipped and kept as a frozen version."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from zhijia.core import audit
from zhijia.core.access import Access
from zhijia.core.db import snapshot
from zhijia.core.feature_types import Feature, Finding, Scope
from zhijia.core.outcomes import Refused
from zhijia.documents.docx.archive import zipped
from zhijia.documents.docx.engine import render
from zhijia.features import FEATURES
from zhijia.reports import versions
from zhijia.reports.drafts.packaging import manuscript
from zhijia.reports.material import gather, of_year
from zhijia.reports.models import PackageVersion
from zhijia.reports.outline import asked, of_years, verbs
from zhijia.reports.own_templates import fill, own_template
from zhijia.reports.papers import MAKERS, SENTENCES
from zhijia.reports.papers.index import build as build_index
from zhijia.reports.papers.index import unconfirmed_of
from zhijia.reports.telling import Withheld
from zhijia.reports.workshop import Paper, Workshop

FIGURES, INDEX = "figures.json", "目录.docx"
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Written:
    """One document of the package as it lies in its folder."""

    key: str
    title: str
    file: str
    state: str
    figures: int


@dataclass(frozen=True, slots=True)
class PackageResult:
    """What `build` wrote, what it left out and why, and what a person has to confirm."""

    folder: Path
    zip_path: Path
    documents: tuple[Written, ...]
    withheld: tuple[Withheld, ...]
    findings: tuple[Finding, ...]
    unconfirmed: tuple[str, ...]
    version: PackageVersion


def build(
    scope: Scope,
    *,
    out: Path,
    by: Access,
    progress: Progress | None = None,
    features: Sequence[Feature] = FEATURES,
) -> PackageResult:
    """Write the package of a term to `out` (made if missing) and keep it as a version.

    Everything is read in one snapshot. Documents of an earlier package in `out` are replaced; other files are left
    alone. Equal records give equal bytes.
    """
    say = progress or (lambda _what, _done, _all: None)
    with snapshot():
        audit_seq = audit.head_seq(scope.union)
        say("读取记录", 0, 0)
        workshop = prepare(scope, features)
        papers = make(workshop)
        frozen = versions.freeze(workshop.material.specs, workshop.material.values, scope)
    files: dict[str, bytes] = {}
    told: list[dict[str, Any]] = []
    written: list[Written] = []
    for place, paper in enumerate(papers, start=1):
        say(paper.title, place, len(papers) + 1)
        name = f"{paper.folder}/{paper.title}.docx"
        files[name], figures, state = _rendered(paper, workshop)
        told.append({"file": name, "figures": figures})
        written.append(Written(paper.key, paper.title, name, state, len(figures)))
    say("目录", len(papers) + 1, len(papers) + 1)
    files[INDEX] = render(build_index(workshop, [(one.file, one.title, one.state, one.figures) for one in written]))
    files[FIGURES] = json.dumps({"version": 1, "documents": told}, ensure_ascii=False, indent=1).encode()
    zip_path = _write(out, files, f"{workshop.material.names.short}{workshop.congress}材料.zip")
    kept = [{"file": name, "sha256": _keep(data), "size": len(data)} for name, data in files.items()]
    version = versions.store(scope, frozen, kept, audit_seq=audit_seq, by=by)
    return PackageResult(
        folder=out,
        zip_path=zip_path,
        documents=tuple(written),
        withheld=tuple(workshop.withheld),
        findings=tuple(workshop.material.findings),
        unconfirmed=tuple(unconfirmed_of(workshop)),
        version=version,
    )


def prepare(scope: Scope, features: Sequence[Feature] = FEATURES) -> Workshop:
    """Measure the term; its years are read from the same values. A draft of its report comes along, if there is one."""
    besides = [ask for sentence in (*SENTENCES, *of_years()) for ask in sentence.asked()]
    draft = manuscript(scope)
    besides += draft.asked if draft else []
    material = gather(features, scope, asked=[*asked(), *besides], verbs=verbs())
    material.papers = [paper for feature in features for paper in feature.papers]
    years = {year: part for year in scope.years if (part := of_year(material, year))}
    return Workshop(material, years, draft=draft.paper(material) if draft else None)


def make(workshop: Workshop) -> list[Paper]:
    """Every paper that has something to tell, in the order of the index."""
    papers = [paper for maker in MAKERS for paper in maker(workshop)]
    return sorted(papers, key=lambda paper: paper.folder)


def _rendered(paper: Paper, workshop: Workshop) -> tuple[bytes, list[dict[str, Any]], str]:
    template = own_template(paper.key)
    if template is not None:
        try:
            data, figures = fill(template, paper.document, paper.figures.material)
        except Refused as refused:
            reasons = "；".join(str(violation) for violation in refused.violations)
            workshop.notes.append(f"《{paper.title}》的自备模板没有用上：{reasons}")
        else:
            return data, figures, "按本单位模板成稿"
    return render(paper.document), paper.figures.noted, paper.state


def _write(out: Path, files: dict[str, bytes], zip_name: str) -> Path:
    out.mkdir(parents=True, exist_ok=True)
    for name in _earlier(out) - set(files):
        (out / name).unlink(missing_ok=True)
    for name, data in files.items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, data)
    zip_path = out / zip_name
    _replace(zip_path, zipped(files))
    return zip_path


def _replace(path: Path, data: bytes) -> None:
    """Whole or not at all: written beside and renamed."""
    half = path.with_name(f".{path.name}.part")
    half.write_bytes(data)
    half.replace(path)


def _earlier(out: Path) -> set[str]:
    """The documents that an earlier package wrote here, by its own list; never a path outside the folder."""
    try:
        told = json.loads((out / FIGURES).read_text(encoding="utf-8"))
        names = {str(document["file"]) for document in told["documents"]}
    except (OSError, ValueError, KeyError, TypeError):
        return set()
    root = out.resolve()
    return {name for name in names if name.endswith(".docx") and (out / name).resolve().is_relative_to(root)}


def _keep(data: bytes) -> str:
    """Keep the bytes under their SHA-256 and return it."""
    digest = hashlib.sha256(data).hexdigest()
    folder = Path(settings.ZHIJIA_HOME) / "files"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / digest
    if not path.exists():
        _replace(path, data)
    return digest
