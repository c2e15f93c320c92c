"""Changes to standards, phrases and the working-day calendar; loading them; packs from files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction

from zhijia.core import audit, records
from zhijia.core.access import Access
from zhijia.core.frame import Frame
from zhijia.core.lookup import Lookup
from zhijia.core.outcomes import Place, Refused, Violation
from zhijia.core.records import Records
from zhijia.core.row_checks import period_problems, together_problems
from zhijia.standards import pack_files, rules
from zhijia.standards.models import CalendarDay, Item, Phrase, Standard
from zhijia.standards.rules import Cap, Forbidden, Standards

KEY = ("pack", "rule", "item", "shape", "tier", "first")
CONTENT = ("level", "amount_fen", "ratio", "count", "text", "source", "end")


def _standard_problems(frame: Frame, lookup: Lookup) -> Iterable[Violation]:
    yield from period_problems(frame, label="失效日期早于施行日期")
    for index, (shape, amount_fen, ratio, count) in enumerate(frame.zip("shape", "amount_fen", "ratio", "count")):
        problem = rules.standard_problem(shape=shape or "", amount_fen=amount_fen, ratio=ratio or "", count=count)
        if problem:
            name, message = problem
            yield Violation("standard", message, place=frame.place(index, name), mend="请按标准的形式补齐")
    yield from _unsigned(frame)
    yield from _above_province(frame, lookup)


def _unsigned(frame: Frame) -> Iterable[Violation]:
    return together_problems(frame, "confirmed_by", "confirmed_on", "confirmed", "确认人和确认日期要一起填写")


def _above_province(frame: Frame, lookup: Lookup) -> Iterable[Violation]:
    """Own standards stay at or under the province's of the same item, shape and tier while both are in force."""
    names = ("level", "item", "shape", "tier", "amount_fen", "first", "end")
    stored = [row[1:] for row in lookup.every("standards.Standard", *names)]
    given = list(frame.zip(*names))
    ceilings = [row for row in (*stored, *given) if row[0] == Standard.Level.PROVINCE and row[4] is not None]
    for index, (level, item, shape, tier, amount_fen, first, end) in enumerate(given):
        if level != Standard.Level.OWN or amount_fen is None or first is None:
            continue
        for _level, other_item, other_shape, other_tier, ceiling, since, until in ceilings:
            same = (item, shape, tier or "") == (other_item, other_shape, other_tier or "")
            if same and (until is None or first < until) and (end is None or since < end) and amount_fen > ceiling:
                message = f"本单位标准高于省里的标准（{ceiling / 100:.2f}元）"
                yield Violation("above", message, "§3.2", frame.place(index, "amount_fen"), mend="不得高于省里的标准")
                break


def _phrase_problems(frame: Frame, _lookup: Lookup) -> Iterable[Violation]:
    yield from period_problems(frame, label="停用日期早于启用日期")
    yield from _unsigned(frame)


STANDARDS = Records(Standard, key=KEY, check=_standard_problems)
PHRASES = Records(Phrase, key=("kind", "text"), check=_phrase_problems)
CALENDAR = Records(CalendarDay, key=("day",))

save_standards = partial(records.save, STANDARDS)
save_phrases = partial(records.save, PHRASES)
save_calendar = partial(records.save, CALENDAR)


def load(union: int) -> Standards:
    """The union's standards and phrases of all dates, in two queries; frozen."""
    caps: list[Cap] = []
    forbidden: list[Forbidden] = []
    for row in Standard.objects.in_union(union).order_by("first", "pk"):
        confirmed = bool(row.confirmed_by)
        if row.shape == Standard.Shape.FORBIDDEN:
            message = row.text or f"{row.get_item_display()}已不允许"
            one = Forbidden(row.item, row.rule, message, row.source, confirmed, row.first, row.end)
            forbidden.append(one)
            continue
        caps.append(
            Cap(row.item, row.shape, row.amount_fen, rules.ratio_of(row.ratio), row.count, row.tier, row.rule, row.text,
                row.source, confirmed, row.level, row.first, row.end)
        )  # fmt: skip
    phrases = tuple(
        rules.Phrase(row.kind, row.text, row.source, row.confirmed_by, row.confirmed_on, row.first, row.end)
        for row in Phrase.objects.in_union(union).order_by("first", "pk")
    )
    return Standards(tuple(caps), tuple(forbidden), phrases)


def calendar(union: int) -> dict[date, bool]:
    """The union's own exceptions: day -> works. Give it to the rules where many days are counted."""
    return dict(CalendarDay.objects.in_union(union).values_list("day", "works"))


def working_days_between(union: int, first: date, last: date) -> int:
    """Working days of the union from `first` to `last`, both included."""
    return rules.working_days_between(first, last, calendar(union))


def add_working_days(union: int, day: date, count: int) -> date:
    """The `count`th working day of the union after `day`."""
    return rules.add_working_days(day, count, calendar(union))


def confirm_pack(pack: str, *, union: int, name: str, by: Access, today: date) -> int:
    """A named person vouches for a pack's 待核 standards, which then block; return how many. Refuses no name."""
    rows = Standard.objects.in_union(union).filter(pack=pack, confirmed_by="")
    return _confirm(STANDARDS, list(rows.values("uid", "version")), union=union, name=name, by=by, today=today)


def confirm_phrases(*, union: int, name: str, by: Access, today: date) -> int:
    """A named person vouches for the phrases that nobody has confirmed; return how many. An empty name is refused."""
    rows = Phrase.objects.in_union(union).filter(confirmed_by="")
    return _confirm(PHRASES, list(rows.values("uid", "version")), union=union, name=name, by=by, today=today)


def _confirm(
    table: Records, rows: Sequence[Mapping[str, Any]], *, union: int, name: str, by: Access, today: date
) -> int:
    if not name.strip():
        raise Refused([Violation("name", "请写明由谁确认", mend="填写确认人的姓名")])
    signed = [{**row, "confirmed_by": name.strip(), "confirmed_on": today} for row in rows]
    return len(records.save(table, signed, union=union, by=by, today=today))


@dataclass(frozen=True, slots=True)
class PackImport:
    """What an import of a pack did. `changed` lists standards whose content differs now; they are 待核 again."""

    code: str
    name: str
    note: str
    new: int
    changed: tuple[str, ...]
    equal: int
    phrases: int


@transaction.atomic
def import_pack(path: str | Path, *, union: int, by: Access, today: date) -> PackImport:
    """Take over a pack from a file, or a shipped one by its code; standards dropped from the file stay.

    A confirmation survives where the content is the same; a standard whose content changed has to be confirmed again.
    Raises `Refused` with every fault of the file, and then saves nothing.
    """
    pack = pack_files.read(path)
    audit.lock(union)  # a confirmation that is given meanwhile is not written over
    stored = {
        tuple(getattr(row, name) for name in KEY): row
        for row in Standard.objects.in_union(union).filter(pack=pack.code)
    }
    new, changed, equal = 0, [], 0
    for row in pack.standards:
        before = stored.get(tuple(row[name] for name in KEY))
        if before is None:
            new += 1
        elif all(getattr(before, name) == row[name] for name in CONTENT):
            equal += 1
            if not row["confirmed_by"]:
                row.update(confirmed_by=before.confirmed_by, confirmed_on=before.confirmed_on)
        else:
            changed.append(f"{before.get_item_display()}（{before.get_shape_display()}）")
    _refuse_strange(pack)
    save_standards(pack.standards, union=union, by=by, today=today, origin="recorded")
    known = {(row.kind, row.text): row for row in Phrase.objects.in_union(union)}
    for phrase in pack.phrases:
        said = known.get((phrase["kind"], phrase["text"]))
        if said is not None and not phrase["confirmed_by"]:
            phrase.update(confirmed_by=said.confirmed_by, confirmed_on=said.confirmed_on)
    save_phrases(pack.phrases, union=union, by=by, today=today, origin="recorded")
    return PackImport(pack.code, pack.name, pack.note, new, tuple(changed), equal, len(pack.phrases))


def _refuse_strange(pack: pack_files.PackFile) -> None:
    """Codes that this version of the program does not know are refused, all at once."""
    known = (("item", Item), ("shape", Standard.Shape), ("level", Standard.Level), ("mark", Standard.Mark))
    faults = [
        Violation("pack", f"不认识的代码：{row[name]}", place=Place("standards", number, name), mend="请核对标准包")
        for number, row in enumerate(pack.standards, 1)
        for name, choices in known
        if row[name] not in choices.values
    ]
    faults += [
        Violation("pack", f"不认识的代码：{row['kind']}", place=Place("phrases", number, "kind"), mend="请核对标准包")
        for number, row in enumerate(pack.phrases, 1)
        if row["kind"] not in Phrase.Kind.values
    ]
    if faults:
        raise Refused(faults)
