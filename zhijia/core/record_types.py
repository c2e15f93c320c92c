"""What the rows of one table are and what saving a frame of them would do. Pure: the work is done in `records`.

A `Check` or `Derive` gets the frame and a `core.lookup.Lookup` for questions about other rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from zhijia.core.frame import Frame
from zhijia.core.outcomes import REFUSE, Violation

Check = Callable[[Frame, Any], Iterable[Violation]]
Derive = Callable[[Frame, Any], Mapping[str, list[Any]]]


@dataclass(frozen=True, slots=True)
class Said:
    """The fields of a lived row that are somebody's own words: whoever answers them changes the other ones only.

    With `when`, a field and its value, these are only rows in which it has that value, and no row gets it later.
    """

    fields: tuple[str, ...]
    when: tuple[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Records:
    """The rows of one table.

    `key`: natural key fields, by which a row without 编号 is found again; where a file lacks some of them, the others
    must tell rows apart. `identities`: stronger keys, tried first where they are filled in (a staff number). `ties`:
    fields that tell rows of one natural key apart where there are several (two people of one name: the department).
    `handles`: the ways in which other sheets may name a row, best first, each a tuple of fields (`group.name` reads
    through a reference). `check` returns every broken rule; `derive` returns computed columns. `tenant` is "union",
    or "" for the union's own row. `stored` completes new rows, given as pks, by what depends on their own pk.
    `moves` is a state field with the table of its transitions (state → next states; "" → states in which a row may
    begin): rows that are lived move only along it, recorded ones freely. `said` are somebody's own words. `beside`
    tells of columns that each union adds (`core.beside.Beside`). `private` fields are told by the audit chain as keyed
    digests, as secrets are: the chain is never rewritten, and these must be gone when they are erased. `lives` are the
    fields of the period (end excluded) in which a row bears its name, the first part of the first handle: rows may bear
    one name after the other, never on one day (`core.bearers`).
    """

    model: Any
    key: tuple[str, ...]
    identities: tuple[tuple[str, ...], ...] = ()
    ties: tuple[str, ...] = ()
    handles: tuple[tuple[str, ...], ...] = ()
    check: Check | None = None
    derive: Derive | None = None
    tenant: str = "union"
    stored: Callable[[list[int]], None] | None = None
    moves: tuple[str, Mapping[str, tuple[str, ...]]] | None = None
    said: Said | None = None
    beside: Any = None
    private: frozenset[str] = frozenset()
    lives: tuple[str, str] | None = None

    @property
    def label(self) -> str:
        """`app.Model`, the name by which references and batches know the table."""
        return str(self.model._meta.label)

    @property
    def borne(self) -> tuple[str, str, str] | None:
        """Where rows that bear names for a time have them: the fields of name, first day and end."""
        return (self.handles[0][0], *self.lives) if self.lives else None


@dataclass(slots=True)
class Plan:
    """What saving a frame would do: row indices that are new, changed (with the row they change) or equal.

    `own` holds before and after of the columns that the union added, by row; `beside` is the plan of their values.
    """

    records: Records
    frame: Frame
    new: list[int] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)
    equal: list[int] = field(default_factory=list)
    violations: list[Violation] = field(default_factory=list)
    targets: dict[int, tuple[int, int]] = field(default_factory=dict)  # row index -> (pk, version)
    before: dict[int, dict[str, Any]] = field(default_factory=dict)
    absent: list[int] = field(default_factory=list)  # rows on record that the frame leaves out
    tokens: list[int] = field(default_factory=list)  # row index -> pk, or -(index + 1) while it is new
    secret_columns: dict[str, list[Any]] = field(default_factory=dict)
    own: dict[int, dict[str, list[Any]]] = field(default_factory=dict)
    beside: Plan | None = None

    @property
    def every(self) -> tuple[Plan, ...]:
        """The plan and that of the values beside it, in the order in which they are written."""
        return (self, self.beside) if self.beside else (self,)

    @property
    def refused(self) -> bool:
        """True when a violation stops the save."""
        return any(violation.level == REFUSE for violation in self.violations)


class Stale(Exception):
    """Somebody wrote the same rows meanwhile; plan again."""
