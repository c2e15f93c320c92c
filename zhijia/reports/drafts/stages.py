"""The way of a draft: its stages, the versions frozen on it, restoring one, beginning a new round."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from zhijia.core import audit
from zhijia.core.access import Access
from zhijia.core.db import snapshot
from zhijia.core.outcomes import Place, Refused, Violation
from zhijia.reports import phrases as official
from zhijia.reports import rules
from zhijia.reports.drafts import live
from zhijia.reports.drafts.body import Body, Sentence, to_json
from zhijia.reports.drafts.live import Reading
from zhijia.reports.drafts.paper import spoken_numbers, told
from zhijia.reports.drafts.writing import changeable
from zhijia.reports.models import Draft, DraftSection, DraftVersion
from zhijia.reports.vocabulary import loose_numeral
from zhijia.standards.rules import Phrase
from zhijia.standards.services import load
from zhijia.unions.models import Term


@dataclass(frozen=True, slots=True)
class State:
    """A draft as it stands in one snapshot: sections, their sentences with today's figures, the last audit line.

    One that is only looked at (`glance`) has no audit line and no names: nothing is frozen from it.
    """

    draft: Draft
    sections: Sequence[DraftSection]
    bodies: dict[int, Body]
    reading: Reading
    audit_seq: int


def state(draft: Draft, today: date) -> State:
    """Read the whole draft and its figures at once."""
    with snapshot():
        sections = list(DraftSection.objects.filter(draft=draft).order_by("number"))
        found = live.bodies(sections)
        reading = live.read(live.scope_of(draft, today), found.values())
        return State(draft, sections, found, reading, audit.head_seq(draft.union_id))


def glance(draft: Draft, today: date, *, careful: bool = False) -> State:
    """Read the whole draft for a page that only shows it; `careful` as `live.read` has it."""
    sections = list(DraftSection.objects.filter(draft=draft).order_by("number"))
    found = live.bodies(sections)
    reading = live.read(live.scope_of(draft, today), found.values(), names=False, careful=careful)
    return State(draft, sections, found, reading, 0)


def settled(draft: Draft, today: date, *, names: bool = True) -> State:
    """The draft as it is printed: a final text with the figures that were settled, any other with today's."""
    now = state(draft, today) if names else glance(draft, today, careful=True)
    last = DraftVersion.objects.filter(draft=draft).order_by("-number").first() if draft.final else None
    return replace(now, reading=live.as_frozen(now.reading, last)) if last else now


def open_matters(now: State, phrases: Sequence[Phrase] | None = None) -> list[Violation]:
    """Everything that must be settled before the text is final; `phrases` where `open_phrases` was asked already."""
    found: list[Violation] = []
    spoken = spoken_numbers(now.sections, now.bodies)
    for section in now.sections:
        place = Place(sheet=section.name)
        changed = section.number in spoken and section.heading != section.name
        if changed and (loose := loose_numeral(section.heading)):
            found.append(Violation("typed", "标题里的数字没有出处", place=place, value=loose, mend="改写标题"))
        for sentence in told(now.bodies[section.number]):
            found += _sentence_matters(sentence, now.reading, place)
    return [*found, *_phrases(open_phrases(now) if phrases is None else phrases)]


def _sentence_matters(sentence: Sentence, reading: Reading, place: Place) -> Iterator[Violation]:
    for number in sentence.unsupported:
        mend = "对应到一项事实，或由主席写明理由确认"
        yield Violation("typed", "手写的数字没有出处", place=place, value=number.text, mend=mend)
    for one in sentence.lives:
        if reading.lost(one):
            yield Violation("lost", "这个数字已经没有记录", place=place, value=one.text, mend="补齐记录，或改写这句话")
    if sentence.unexplained:
        words = sentence.text[:24]
        yield Violation("withheld", "写了记录或规定不支持的话", place=place, value=words, mend="删去，或写明理由")


def open_phrases(now: State) -> list[Phrase]:
    """Official phrases in the text that nobody has confirmed, neither in the union's standards nor for this draft."""
    text = "".join(sentence.text for body in now.bodies.values() for sentence in told(body))
    confirmed = {one["text"] for one in now.draft.phrases}
    standards, day = load(now.draft.union_id), _congress_day(now)
    found = [official.on(kind, day, standards) for kind in official.KINDS]
    return [one for one in found if one and not one.confirmed and one.text not in confirmed and one.text in text]


def _congress_day(now: State) -> date:
    term = Term.objects.in_union(now.draft.union_id).filter(number=now.draft.term).first()
    return (term.congress_on if term else None) or now.reading.material.scope.last


def _phrases(found: Iterable[Phrase]) -> Iterator[Violation]:
    for phrase in found:
        mend = "由专人核对原文后确认"
        yield Violation("phrase", "官方表述还没有人确认", phrase.source, value=phrase.text[:40], mend=mend)


def frozen(now: State, *, name: str, on: date, note: str, by: Access, at: datetime, stage: str = "") -> DraftVersion:
    """Keep the whole state as the next version. Called inside a transaction of a service."""
    draft = now.draft
    last = DraftVersion.objects.filter(draft=draft).order_by("-number").values_list("number", flat=True).first() or 0
    fresh = {number: now.reading.fresh(body) for number, body in now.bodies.items()}
    sections = [
        {"number": s.number, "level": s.level, "heading": s.heading, "name": s.name, "body": to_json(fresh[s.number])}
        for s in now.sections
    ]
    return DraftVersion.objects.create(
        draft=draft, number=last + 1, name=name, stage=stage or draft.stage, on=on, note=note.strip()[:200],
        audit_seq=now.audit_seq, frozen_at=at, frozen_by=by.name, sections=sections,
        figures=live.frozen_figures(now.reading, now.bodies.values()),
    )  # fmt: skip


def _unchanged(now: State) -> None:
    """Refused where a section was saved since the state was read."""
    versions = dict(DraftSection.objects.filter(draft=now.draft).values_list("number", "version"))
    if versions != {section.number: section.version for section in now.sections}:
        raise Refused([Violation("changed", "刚有人保存过这份稿子", mend="请看过最新的文字再办")])


@transaction.atomic
def move(now: State, target: str, *, note: str, on: date | None, by: Access, today: date, at: datetime) -> DraftVersion:
    """Take the draft one step on (or back) and freeze its text. Refused with every reason at once."""
    draft = now.draft
    matters = open_matters(now) if target == rules.FINAL else []
    problems = rules.move_problems(draft.stage, target, note=note, on=on, today=today, open_matters=matters)
    if problems or on is None:
        raise Refused(problems)
    changeable(draft)
    _unchanged(now)
    if not Draft.objects.filter(pk=draft.pk, stage=draft.stage).update(stage=target):
        raise Refused([Violation("stage", "刚有人办过这一步", mend="请看稿子现在的阶段")])
    source, draft.stage = draft.stage, target
    version = frozen(now, name=rules.STAGES[target], on=on, note=note, by=by, at=at)
    changes = {"from": source, "to": target, "version": version.number}
    audit.record(union=draft.union_id, by=by, verb="reports.draft.moved", subject=draft, changes=changes)
    return version


@transaction.atomic
def keep(now: State, *, name: str, by: Access, today: date, at: datetime) -> DraftVersion:
    """Freeze the text as it stands under a name of one's own. Refused without a name."""
    if not name.strip():
        raise Refused([Violation("name", "还没有给这一版起名", place=Place(column="name"), mend="例如“主席改后”")])
    _unchanged(now)
    version = frozen(now, name=name.strip()[:60], on=today, note="", by=by, at=at)
    changes = {"version": version.number}
    audit.record(union=now.draft.union_id, by=by, verb="reports.draft.kept", subject=now.draft, changes=changes)
    return version


@transaction.atomic
def restore(now: State, version: DraftVersion, *, by: Access, today: date, at: datetime) -> DraftVersion:
    """Bring a version's text back as a new state; what stood until now is frozen first and returned."""
    changeable(now.draft)
    _unchanged(now)
    before = frozen(now, name=f"恢复第{version.number}版之前", on=today, note="", by=by, at=at)
    for kept in version.sections:
        DraftSection.objects.filter(draft=now.draft, number=kept["number"]).update(
            body=kept["body"], heading=kept["heading"], name=kept["name"], version=F("version") + 1, saved_at=at,
            saved_by=by.name,
        )  # fmt: skip
    changes = {"restored": version.number, "kept": before.number}
    audit.record(
        union=now.draft.union_id, by=by, verb="reports.draft.restored", subject=now.draft, tables=[DraftSection],
        changes=changes,
    )  # fmt: skip
    return before


@transaction.atomic
def reopen(draft: Draft, *, reason: str, by: Access, at: datetime) -> Draft:
    """Begin a new round with the settled text. Refused without a reason, or where the draft is not final."""
    problems = []
    if not draft.final:
        problems.append(Violation("stage", "还没有定稿，可以直接改", mend="请在稿子里改"))
    if not reason.strip():
        problems.append(Violation("reason", "还没有写原因", place=Place(column="reason"), mend="写明为什么要改定稿"))
    if problems:
        raise Refused(problems)
    changed = Draft.objects.filter(union_id=draft.union_id, term=draft.term, number__gt=draft.number).exists()
    if changed:
        raise Refused([Violation("superseded", "已经另起一轮", mend="请在最新一轮里改")])
    sections = list(DraftSection.objects.filter(draft=draft).order_by("number"))
    new = Draft.objects.create(
        union_id=draft.union_id, number=draft.number + 1, label=draft.label, term=draft.term, first=draft.first,
        end=draft.end, started_at=at, started_by=by.name, reason=reason.strip()[:200], withheld=draft.withheld,
        phrases=draft.phrases,
    )  # fmt: skip
    DraftSection.objects.bulk_create(
        DraftSection(
            draft=new, number=s.number, level=s.level, heading=s.heading, name=s.name, body=s.body, serial=s.serial,
            saved_at=at, saved_by=by.name,
        )
        for s in sections
    )  # fmt: skip
    audit.record(
        union=draft.union_id, by=by, verb="reports.draft.reopened", subject=new, tables=[DraftSection],
        changes={"round": new.number},
    )  # fmt: skip
    return new
