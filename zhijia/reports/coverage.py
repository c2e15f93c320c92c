"""The table of the sample report's rows (R01 to R140): model, sheet, page, fact or claim, sentence.

Read from what sheets, facts, claims, papers and sentences declare; written to docs/rows.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from zhijia.core.feature_types import Feature
from zhijia.reports.outline import every, of_years
from zhijia.reports.papers import SENTENCES

ROWS = tuple(f"R{number:02d}" for number in range(1, 141))


@dataclass(slots=True)
class Row:
    """Where one row of the sample report is recorded, shown and told."""

    rid: str
    models: list[str] = field(default_factory=list)
    sheets: list[str] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    claims: list[str] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)

    @property
    def registers(self) -> list[str]:
        """The addresses of the registers in which it is recorded, shown and changed."""
        return [f"/records/{model.lower().replace('.', '/')}/" for model in self.models]

    @property
    def pages(self) -> list[str]:
        """The addresses at which the records behind the facts are listed."""
        return [f"/facts/{key}/" for key in self.facts]

    @property
    def kept(self) -> bool:
        """Whether the system records it (a sheet) or measures it (a fact or a claim)."""
        return bool(self.sheets or self.facts or self.claims)

    @property
    def whole(self) -> bool:
        """Whether it is recorded or measured, and told."""
        return self.kept and bool(self.sentences)


def table(features: Sequence[Feature]) -> list[Row]:
    """All rows in their order."""
    rows = {rid: Row(rid) for rid in ROWS}
    for rid, place, what in (*_kept(features), *_told(features)):
        names = getattr(rows[rid], place)
        if what not in names:
            names.append(what)
    return list(rows.values())


def _kept(features: Sequence[Feature]) -> Iterator[tuple[str, str, str]]:
    """Where rows are recorded, measured and judged: (row, place, what)."""
    for feature in features:
        for sheet in feature.sheets:
            for rid in sheet.rids:
                yield rid, "sheets", sheet.name
                yield rid, "models", sheet.records.model._meta.label
        for fact in feature.facts:
            yield from ((rid, "facts", fact.key) for rid in fact.rids)
        for claim in feature.claims:
            yield from ((rid, "claims", claim.key) for rid in claim.rids)


def _told(features: Sequence[Feature]) -> Iterator[tuple[str, str, str]]:
    """Where rows are told: in papers of the rooms and in sentences."""
    for feature in features:
        for paper in feature.papers:
            yield from ((rid, "sentences", paper.key) for rid in paper.rids)
    for sentence in (*every(), *of_years(), *SENTENCES):
        yield from ((rid, "sentences", sentence.key) for rid in sentence.rids)


def holes(features: Sequence[Feature]) -> dict[str, str]:
    """Rows with something missing, and what."""
    found = {}
    for row in table(features):
        lacking = [word for word, there in (("记录或事实", row.kept), ("句子", bool(row.sentences))) if not there]
        if lacking:
            found[row.rid] = "、".join(lacking)
    return found


def markdown(features: Sequence[Feature]) -> str:
    """docs/rows.md."""
    lines = [
        "# Where each row of the sample report lives",
        "",
        "Generated from the declarations (`zhijia.reports.coverage`); a test fails when this file is out of date.",
        "The page of a register lists, makes and changes its records; the page of a fact lists the records behind it.",
        "",
        "| Row | Model | Sheet | Page of the register | Page of the fact | Claim | Sentence or paper |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in table(features):
        pages = [[f"`{page}`" for page in found] for found in (row.registers, row.pages)]
        cells = [row.models, row.sheets, *pages, row.claims, row.sentences]
        lines.append(f"| {row.rid} | {' | '.join('<br>'.join(cell) or '—' for cell in cells)} |")
    return "\n".join(lines) + "\n"
