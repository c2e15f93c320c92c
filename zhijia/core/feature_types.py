"""What a room offers the house, as frozen values. Pure: no Django here; querysets come from the functions given.

One `Feature` per room in its `feature.py`; `zhijia/features.py` lists them lowest room first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from zhijia.core.access import Access, Grant
from zhijia.core.pages.parts import Action
from zhijia.core.person_types import Application, Shared, TraceSet
from zhijia.core.sheets.declare import Sheet


@dataclass(frozen=True, slots=True)
class Scope:
    """What is asked about: one union and a period (`end` excluded), seen from `today`.

    `label` is how the period is called ("第五届", "2024年"); `term` its number when it is a term of office.
    """

    union: int
    first: date
    end: date
    today: date
    label: str = ""
    term: int | None = None

    @property
    def until(self) -> date:
        """First day that does not count any more: the end of the period or tomorrow, whichever comes first."""
        return min(self.end, self.today + timedelta(days=1))

    @property
    def last(self) -> date:
        """Last day that counts; stocks are as at this day."""
        return self.until - timedelta(days=1)

    @property
    def years(self) -> tuple[int, ...]:
        """Calendar years touched by the days that count."""
        return tuple(range(self.first.year, self.last.year + 1))


@dataclass(frozen=True, slots=True)
class EvidenceSet:
    """Rows that prove something: one queryset of `(id, on, who, fen, met, sums, categories)` shared by several facts.

    `rows(scope)` gives the union's rows that are not withdrawn; the engine limits them to the period by `on` (a flow),
    or, when `since` is set, to those in force: `since <= day < until` (a stock; an empty until is open).
    Field paths may be annotations of the queryset. `met` is a boolean path; rows where it is empty count neither way.
    `sums` are further integer paths that facts may add up besides `fen`, by name.
    `label` are the paths that name a record in an evidence list; `dims` the categories that facts may break down by.
    `year` is the path of an integer year where that is not the year of `on` (a budget of 2024 decided in 2023).
    """

    name: str
    title: str
    rows: Callable[[Scope], Any]
    on: str = ""
    who: str = ""
    fen: str = ""
    met: str = ""
    sums: Mapping[str, str] = field(default_factory=dict)
    year: str = ""
    since: str = ""
    until: str = ""
    label: tuple[str, ...] = ()
    dims: Mapping[str, str] = field(default_factory=dict)
    dim_labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def path(self, name: str) -> str:
        """The field path of a sum, or of FEN, WHO or MET; empty where the set has none."""
        return {FEN: self.fen, WHO: self.who, MET: self.met}.get(name) or self.sums.get(name, "")


COUNT, DISTINCT, TOTAL, RATE, RUNNING, ITEMS = "count", "distinct", "total", "rate", "running", "items"
SHARE = "share"
# What a fact may measure by besides the names of its set's sums.
FEN, WHO, MET = "fen", "who", "met"


@dataclass(frozen=True, slots=True)
class FactSpec:
    """A measure over one evidence set.

    measure: count (rows) | distinct (different `who`) | total (sum of `fen`, or of any integer path given as `fen`)
    | rate ({num: met rows, den: rows with met known}) | running (sum of fen of all rows up to the day, for balances)
    | items (count, and the ordered labels of the rows) | share (a rate of one part in the whole, see below).
    `of` names the sum of the set that total and running add up; empty is `fen`.
    share: the rows that fit `num_where` too against all rows; with `of` their sums of it, or (`of=WHO`) their different
    `who`; with `per` the sum of `of` against the sum of `per`, over rows where both are known.
    `where` keeps rows whose category is one of the codes: `{"kind": ("spring", "autumn")}`.
    `by` are the breakdowns besides none: "year", names of the set's dims, and two at once ("year+account").
    """

    key: str
    label: str
    unit: str
    rows: EvidenceSet
    measure: str = COUNT
    where: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    by: tuple[str, ...] = ("year",)
    rids: tuple[str, ...] = ()
    help: str = ""
    of: str = ""
    per: str = ""
    num_where: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)

    @property
    def needs(self) -> tuple[str, ...]:
        """What must be known of a row for it to count: names of sums, or FEN, WHO, MET."""
        if self.measure == SHARE:
            return tuple(name for name in (self.of, self.per) if name)
        if self.measure in (TOTAL, RUNNING):
            return (self.of or FEN,)
        return {DISTINCT: (WHO,), RATE: (MET,)}.get(self.measure, ())


@dataclass(frozen=True, slots=True)
class SingleSpec:
    """A fact that is one value read from one record (the number of the term, its length in years).

    `read` should give the queryset evaluated, so that value and number of records cost one query. Facts may share a
    `read` that gives a mapping of values; `of` names the fact's own.
    """

    key: str
    label: str
    unit: str
    read: Callable[[Scope], tuple[Any, Any]]  # (value, evidence queryset)
    rids: tuple[str, ...] = ()
    help: str = ""
    label_paths: tuple[str, ...] = ()
    of: str = ""


HOLDS, REFUTED, UNKNOWN = "holds", "refuted", "unknown"


@dataclass(frozen=True, slots=True)
class YearlyClaim:
    """每年: a row of `rows` (kept by `where`) inside every due window of the scope.

    `window(year) -> (first, end)`; a year is due when its whole window lies in the period and is over by today.
    Years with an exemption on record are left out and printed as 除…外.
    """

    key: str
    text: str
    rows: EvidenceSet
    window: Callable[[int], tuple[date, date]]
    where: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    rids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EveryClaim:
    """每次, 都会, 均, 所有, 配齐: the rate fact is 100 %. Unknown where its denominator is empty."""

    key: str
    text: str
    fact: str
    where: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    rids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NumberClaim:
    """A claim on the value of a count: 60多名 (`about`: text built from the value) or 多次 (`least`)."""

    key: str
    text: str  # `{about}` is replaced by 60多, `{value}` by the number
    fact: str
    least: int | None = None
    about: bool = False
    where: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    rids: tuple[str, ...] = ()


ClaimSpec = YearlyClaim | EveryClaim | NumberClaim


@dataclass(frozen=True, slots=True)
class Finding:
    """One record that breaks a rule. `then` by the rule of its own date, `now` by today's. `record` names the row.

    `uid` and `label` ("app.Model") say where the row is; `mend` is the way out. What a finding leaves empty of the last
    two is filled in from its `CheckSpec`.
    """

    rule: str
    level: str  # refuse | warn | 待确认
    then: bool
    now: bool
    record: str
    message: str
    source: str
    uid: str = ""
    on: date | None = None
    label: str = ""
    mend: str = ""


@dataclass(frozen=True, slots=True)
class CheckSpec:
    """One rule of the domain reference, section 13, judged over all records of the scope in a few set queries.

    `label` is the table ("app.Model") that its findings speak of, `mend` what is to be done about them.
    """

    rule: str
    title: str
    run: Callable[[Scope], Iterable[Finding]]
    label: str = ""
    mend: str = ""


@dataclass(frozen=True, slots=True)
class Reminder:
    """A computed to-do. Only "done" or "snoozed until" is ever stored, under `key`.

    `label` ("app.Model") and `uid` say which record it speaks of; without a uid a record of that table is to be made,
    and `start` are the fields (name, stored value) that are known already. `url` is a page of the room's own, where
    that is the place to do it.
    """

    key: str
    text: str
    due: date
    url: str
    permission: str
    label: str = ""
    uid: str = ""
    start: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class HomeLine:
    """One line of a card of the first page: what, how much (`value`), and the rule or day behind it (`note`).

    `used` and `full` draw a meter. The line opens the record (`label`, `uid`), the register (`label`) filtered by
    `asks`, the fact (its key), or `url`; with `start` it begins a record of `label` with those values.
    """

    text: str
    value: str = ""
    note: str = ""
    label: str = ""
    uid: str = ""
    fact: str = ""
    url: str = ""
    asks: tuple[tuple[str, str], ...] = ()
    start: tuple[tuple[str, str], ...] = ()
    used: int | None = None
    full: int | None = None


@dataclass(frozen=True, slots=True)
class HomeCard:
    """What a room puts on the first page of whoever asks. `label` ("app.Model") is the register that the card opens.

    `own` marks what is about the person alone: officers see it after what their office asks of them.

    `empty` is said where there are no lines; a card without lines and without it is not shown. `start` makes the card a
    quick entry: the records (label, words of the button, fields known already) that can be begun from it.
    """

    title: str
    lines: tuple[HomeLine, ...] = ()
    label: str = ""
    empty: str = ""
    start: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = ()
    own: bool = False


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A navigation entry; the shell orders the sections and hides what the person may not open."""

    section: str
    label: str
    url_name: str
    permission: str


@dataclass(frozen=True, slots=True)
class PaperSpec:
    """A document that the room can build: `build(scope, figures)` gives a docx `Document`, or None for nothing to tell.

    `figures(key, by=None, form="")` gives a run with the fact's value and notes it for figures.json.
    """

    key: str
    title: str
    folder: str
    build: Callable[[Scope, Any], Any]
    rids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RosterSync:
    """A list of the personnel office that a room compares its register with, for the hallway's pages of it.

    `sheet` are the list's columns; `read(tables, today)` gives its rows and the cells that can not be read, both to be
    kept sealed; `compare(rows, union=, today=)` the differences; `apply(rows, decisions, seen=, digest=, …)` writes
    what was decided about them as one batch. `words` is the room's module of lines: their kinds, what may be done about
    each, and the pure rules of that. `named(union)` gives the words of codes and references that lines hold, by field.
    `applied` is the verb of the audit line of `apply`; `every` (`standards.numbers.Number`) says after how many months
    the register is compared anew.
    """

    sheet: Sheet
    read: Callable[[Any, date], tuple[list[Any], list[Any]]]
    compare: Callable[..., Any]
    apply: Callable[..., Any]
    stamp: Callable[[int], Mapping[str, int]]
    named: Callable[[int], Mapping[str, Mapping[Any, str]]]
    words: Any
    applied: str
    every: Any


@dataclass(frozen=True, slots=True)
class Feature:
    """Everything a room offers; read only by `zhijia/features.py`.

    `section` is the entry of the navigation under which its registers and `menu` stand, `urls` the module with its own
    addresses (they begin with the slug), where it has pages besides its registers. `home` yields the room's cards on
    the first page of whoever asks; it looks at the access itself. `export_person` gives what it holds about one person,
    `erase_person` takes away who the person was, `ties_person` tells what is still open and so stands against that,
    `merged_into` names the other rows that turned out to be the same person.
    `numbers` are those that no law fixes (`standards.numbers.Number`), by the heading under which a union settles them.
    """

    slug: str
    section: str = ""
    urls: str = ""
    menu: tuple[MenuItem, ...] = ()
    grants: tuple[Grant, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    facts: tuple[FactSpec | SingleSpec, ...] = ()
    claims: tuple[ClaimSpec, ...] = ()
    checks: tuple[CheckSpec, ...] = ()
    papers: tuple[PaperSpec, ...] = ()
    reminders: Callable[[Access, date], Iterable[Reminder]] | None = None
    home: Callable[[Access, date], Iterable[HomeCard]] | None = None
    actions: Callable[[Access, Any], Iterable[Action]] | None = None  # of the page of one of its records
    export_person: Callable[[int], Mapping[str, Any]] | None = None
    erase_person: Callable[[int, Access], None] | None = None
    ties_person: Callable[[int, date], Iterable[str]] | None = None
    merged_into: Callable[[int], Iterable[int]] | None = None
    roster: RosterSync | None = None
    traces: tuple[TraceSet, ...] = ()
    numbers: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    applications: Callable[[int, date], Iterable[Application]] | None = None
    shared: Callable[[int, date], Iterable[Shared]] | None = None  # what was done for all, until a day
    demo: Callable[[Any], None] | None = None
