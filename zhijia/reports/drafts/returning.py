"""A docx that came back edited: read, laid beside the draft, and taken over as far as somebody accepts."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from zhijia.core import audit
from zhijia.core.access import Access
from zhijia.core.outcomes import Refused, Violation
from zhijia.documents.docx.archive import NotADocument
from zhijia.documents.docx.reading import marked_paragraphs
from zhijia.reports.drafts.aligning import Atom, pairs, sentences, text_of
from zhijia.reports.drafts.body import (
    ADDED,
    EDITED,
    GENERATED,
    Body,
    Live,
    Sentence,
    Span,
    Typed,
    Words,
    from_json,
    paragraphs,
    plain,
    span_json,
    spans_of,
    tidy,
)
from zhijia.reports.drafts.paper import told
from zhijia.reports.drafts.screen import headings
from zhijia.reports.drafts.stages import State
from zhijia.reports.drafts.writing import Clash, changeable, written
from zhijia.reports.models import DraftReturn, DraftSection, DraftVersion

MOST_BYTES = 20 * 1024 * 1024
_MARK = re.compile(r"F(\d{4,8})")
_NUMBER = re.compile(r"^(第?[一二三四五六七八九十]+[、章节]|（[一二三四五六七八九十0-9]+）|[0-9]+[.．、])")
CHANGED, NEW, GONE, HEADING = "changed", "new", "gone", "heading"


@dataclass(frozen=True, slots=True)
class Unit:
    """One paragraph of the draft as it is printed: a heading, or sentences."""

    section: int
    text: str
    sentences: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Read:
    """What came back: each paragraph's atoms, the figures still marked and untouched, and those changed by hand."""

    rows: list[list[Atom]]
    intact: set[int]
    changed: dict[int, str]


def read(state: State, data: bytes) -> tuple[int, list[dict[str, Any]]]:
    """How many figures are untouched, and every difference, in reading order. Refused: no docx, or another document."""
    if len(data) > MOST_BYTES:
        raise Refused([Violation("size", "文件超过20 MB", mend="请只交工作报告这一个文件")])
    try:
        found = marked_paragraphs(data)
    except NotADocument as error:
        mend = "请交 .docx 文件；WPS 里用“另存为 Word 文档（.docx）”"
        raise Refused([Violation("file", str(error), mend=mend)]) from None
    fresh = {number: state.reading.fresh(body) for number, body in state.bodies.items()}
    came = _read(found, fresh, _readings(state))
    old = units(state.sections, fresh)
    beside = pairs([one.text for one in old], [text_of(row) for row in came.rows])
    if sum(a is not None and b is not None for a, b in beside) * 3 < len(old):
        message = "这个文件不像是这份工作报告"
        raise Refused([Violation("other", message, mend="请交从这里下载后修改的文件")])
    return len(came.intact), list(_differences(old, came, beside))


def units(sections: Sequence[DraftSection], bodies: Mapping[int, Body]) -> list[Unit]:
    """The draft's paragraphs in print order."""
    found = []
    titles = headings(sections, bodies)
    for section in sections:
        title = titles[section.number]
        if section.heading and title != section.heading:
            found.append(Unit(section.number, title))
        found += [
            Unit(section.number, "".join(one.text for one in rows), tuple(rows))
            for rows in paragraphs(told(bodies[section.number]))
        ]
    return found


def _readings(state: State) -> dict[int, set[str]]:
    """How each figure has read: today, when last saved, and in every frozen version (the file may be an older one)."""
    frozen: dict[tuple[Any, ...], set[str]] = {}
    for figures in DraftVersion.objects.filter(draft=state.draft).values_list("figures", flat=True):
        for one in figures:
            frozen.setdefault((one["key"], tuple(sorted(one["by"].items())), one["form"]), set()).add(one["text"])
    return {
        live.id: {live.text, state.reading.text(live)} | frozen.get((live.key, live.by, live.form), set())
        for body in state.bodies.values()
        for sentence in body
        for live in sentence.lives
    }


def _read(found: list[list[tuple[str, str]]], bodies: Mapping[int, Body], readings: Mapping[int, set[str]]) -> Read:
    lives = {live.id: live for body in bodies.values() for sentence in body for live in sentence.lives}
    came = Read([], set(), {})
    for stretches in found:
        row: list[Atom] = []
        for text, mark in _joined(stretches):
            number = int(match[1]) if (match := _MARK.fullmatch(mark)) else 0
            if number in lives and text in readings[number]:
                row.append(lives[number])
                came.intact.add(number)
                continue
            if number in lives:
                came.changed[number] = text
            row += list(text)
        came.rows.append(row)
    return came


def _joined(stretches: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Neighbouring stretches of one bookmark as one: a word processor cuts runs as it likes."""
    found: list[tuple[str, str]] = []
    for text, mark in stretches:
        clean = re.sub(r"[\r\n\x00]", "", text)
        if found and found[-1][1] == mark:
            found[-1] = (found[-1][0] + clean, mark)
        else:
            found.append((clean, mark))
    return found


def _differences(
    old: list[Unit], came: Read, beside: Iterable[tuple[int | None, int | None]]
) -> Iterable[dict[str, Any]]:
    # The section, and the sentence behind which something new stands.
    where: tuple[int, int] = (old[0].section if old else 1, 0)
    for a, b in beside:
        unit = old[a] if a is not None else None
        row = came.rows[b] if b is not None else []
        if unit is None:
            yield _new(where, tidy(_atoms_as_spans(row)), opens=True)
        elif not unit.sentences:
            where = (unit.section, 0)
            text = _NUMBER.sub("", text_of(row))
            if b is not None and text != _NUMBER.sub("", unit.text):
                yield {"kind": HEADING, "section": unit.section, "was": _NUMBER.sub("", unit.text), "now": text}
        else:
            if where[0] != unit.section:
                where = (unit.section, 0)
            became = sentences(unit.sentences, row, came.intact) if b is not None else []
            if b is None:
                yield from (_gone(unit.section, sentence) for sentence in unit.sentences)
            for one in became:
                if one.sentence is None:
                    yield _new(where, tidy(one.spans), opens=False)
                    continue
                where = (unit.section, one.sentence.id)
                yield from _changed(unit.section, one.sentence, one.spans, came)


def _atoms_as_spans(row: Iterable[Atom]) -> list[Span]:
    return [atom if isinstance(atom, Live) else Words(atom) for atom in row]


def _new(where: tuple[int, int], spans: tuple[Span, ...], *, opens: bool) -> dict[str, Any]:
    return {
        "kind": NEW, "section": where[0], "after": where[1], "opens": opens, "was": "", "now": plain(spans),
        "spans": [span_json(span) for span in spans], "typed": _typed(spans, ()),
    }  # fmt: skip


def _gone(section: int, sentence: Sentence) -> dict[str, Any]:
    old = [span_json(span) for span in sentence.spans]
    return {"kind": GONE, "section": section, "sentence": sentence.id, "was": sentence.text, "now": "", "old": old}


def _changed(section: int, sentence: Sentence, spans: tuple[Span, ...], came: Read) -> Iterable[dict[str, Any]]:
    made = tidy(spans, sentence.spans)
    if not plain(made):
        yield _gone(section, sentence)
        return
    if _words(made) == _words(sentence.spans):
        return
    yield {
        "kind": CHANGED, "section": section, "sentence": sentence.id, "was": sentence.text, "now": plain(made),
        "spans": [span_json(span) for span in made], "old": [span_json(span) for span in sentence.spans],
        "typed": _typed(made, sentence.spans),
        "figures": [[live.text, came.changed[live.id]] for live in sentence.lives if live.id in came.changed],
        "unmarked": [live.text for live in sentence.lives if live.id not in _ids(made)],
    }  # fmt: skip


def _ids(spans: Iterable[Span]) -> set[int]:
    return {span.id for span in spans if isinstance(span, Live)}


def _typed(spans: Iterable[Span], before: Iterable[Span]) -> list[str]:
    known = [span.text for span in before if isinstance(span, Typed)]
    return [span.text for span in spans if isinstance(span, Typed) and not span.confirmed and span.text not in known]


def _words(spans: Iterable[Span]) -> list[Any]:
    return [span.ask if isinstance(span, Live) else span.text for span in spans]


@transaction.atomic
def take_in(state: State, name: str, data: bytes, *, by: Access, now: datetime) -> DraftReturn:
    """Read a file that came back and keep what differs until somebody has gone through it; the draft stays as it is."""
    changeable(state.draft)
    intact, differences = read(state, data)
    made = DraftReturn.objects.create(
        draft=state.draft, name=name[-120:], sha256=hashlib.sha256(data).hexdigest(), read_at=now, read_by=by.name,
        intact=intact, differences=differences,
    )  # fmt: skip
    changes = {"differences": len(differences), "intact": intact}
    audit.record(union=state.draft.union_id, by=by, verb="reports.return.read", subject=made, changes=changes)
    return made


@transaction.atomic
def settle(returned: DraftReturn, accepted: Iterable[int], *, by: Access, now: datetime) -> list[str]:
    """Take over the accepted differences; return those left out because the sentence was changed here meanwhile.

    Refused where the file was gone through already, or a section is saved by somebody else in this moment.
    """
    if returned.settled_at is not None:
        raise Refused([Violation("settled", "这个文件已经处理过了", mend="要再处理，请重新上传")])
    changeable(returned.draft)
    wanted = [one for place, one in enumerate(returned.differences) if place in set(accepted)]
    sections = DraftSection.objects.filter(draft=returned.draft).select_related("draft").in_bulk(field_name="pk")
    by_number = {section.number: section for section in sections.values()}
    left: list[str] = []
    for number in dict.fromkeys(one["section"] for one in wanted):
        section = by_number[number]
        body, heading = from_json(section.body), None
        for one in (one for one in wanted if one["section"] == number):
            if one["kind"] == HEADING:
                heading = one["now"]
                continue
            made = _HOW[one["kind"]](body, one)
            left += [one["now"] or one["was"]] if made is None else []
            body = body if made is None else made
        try:
            written(section, body, section.version, by=by, now=now, heading=heading)
        except Clash as clash:
            raise Refused(clash.violations) from None
    DraftReturn.objects.filter(pk=returned.pk).update(settled_at=now)
    changes = {"accepted": len(wanted), "left": len(left), "of": len(returned.differences)}
    audit.record(
        union=returned.draft.union_id, by=by, verb="reports.return.settled", subject=returned, tables=[DraftSection],
        changes=changes,
    )  # fmt: skip
    return left


def _untouched(body: Body, one: Mapping[str, Any]) -> bool:
    found = next((sentence for sentence in body if sentence.id == one["sentence"]), None)
    return found is not None and not found.hidden and _words(found.spans) == _words(spans_of(one["old"]))


def _change(body: Body, one: Mapping[str, Any]) -> Body | None:
    if not _untouched(body, one):
        return None
    return tuple(
        replace(s, spans=spans_of(one["spans"]), origin=EDITED if s.origin == GENERATED else s.origin)
        if s.id == one["sentence"]
        else s
        for s in body
    )


def _drop(body: Body, one: Mapping[str, Any]) -> Body | None:
    if not _untouched(body, one):
        return None
    kept = (replace(s, hidden=True) if s.id == one["sentence"] else s for s in body)
    return tuple(s for s in kept if not (s.id == one["sentence"] and s.origin == ADDED))


def _insert(body: Body, one: Mapping[str, Any]) -> Body | None:
    spans = tuple(replace(s, id=0) if isinstance(s, Live) else s for s in spans_of(one["spans"]))
    at = next((place + 1 for place, s in enumerate(body) if s.id == one["after"]), len(body) if one["after"] else 0)
    while at < len(body) and body[at].id == 0:
        at += 1
    return (*body[:at], Sentence(spans, origin=ADDED, opens=one["opens"]), *body[at:])


_HOW: dict[str, Callable[[Body, Mapping[str, Any]], Body | None]] = {CHANGED: _change, GONE: _drop, NEW: _insert}
