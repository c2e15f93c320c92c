"""The union's rows of one table while a frame is compared with them: found by 编号, a strong key or the natural one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from zhijia.core import bearers
from zhijia.core.bearers import Bearer
from zhijia.core.frame import Frame
from zhijia.core.record_types import Records


class Stored:
    """The union's rows of one table as tuples (pk, version, uid, given fields…), found by 编号 or by a key.

    `borne` are name and period of every row, where rows bear one name one after the other: then the days of a row tell
    which is meant, and without days it is the one of `today`.
    """

    def __init__(
        self, records: Records, frame: Frame, rows: Sequence[Any], given: Sequence[str], *,
        borne: Mapping[int, Bearer], today: date,
    ):  # fmt: skip
        self.rows = rows
        self.borne = borne
        self.today = today
        self.lives = [frame.columns.get(name) for name in records.lives or ()]
        self.spots = {name: 3 + index for index, name in enumerate(given)}
        self.by_uid = {row[2]: row for row in rows}
        natural = tuple(name for name in records.key if name in frame.columns)
        wanted = [key for key in records.identities if all(name in frame.columns for name in key)]
        self.names = [*wanted, natural]
        self.keys = [_filled(frame, key) for key in wanted] + [_all(frame, natural)]
        self.often = [_repeats(keys) for keys in self.keys]
        self.tables = [self._table(names) for names in self.names]
        self.tie_names = [name for name in records.ties if name in frame.columns]
        self.tie_columns = [frame.columns[name] for name in self.tie_names]
        self.alike = self._alike(len(frame)) if self.tie_names and natural else {}

    def _table(self, key: tuple[str, ...]) -> dict[tuple[Any, ...], list[Any]]:
        table: dict[tuple[Any, ...], list[Any]] = {}
        spots = [self.spots[name] for name in key]
        for row in self.rows if key else ():
            table.setdefault(tuple(row[spot] for spot in spots), []).append(row)
        return table

    def repeated(self, index: int) -> list[tuple[int, tuple[Any, ...]]]:
        """The keys of row `index` that stand in the frame more than once, each with the number of its table."""
        pairs = enumerate(zip(self.keys, self.often, strict=True))
        return [(number, keys[index]) for number, (keys, often) in pairs if often and keys[index] in often]

    def tie(self, index: int) -> tuple[Any, ...]:
        """What tells row `index` apart from others of its natural key; () where it says nothing."""
        values = tuple(column[index] for column in self.tie_columns)
        return values if any(value not in (None, "") for value in values) else ()

    def _alike(self, count: int) -> dict[tuple[Any, ...], set[tuple[Any, ...]]]:
        """Natural keys that stand in the frame more than once, with the ties of their rows."""
        natural, often = self.keys[-1], self.often[-1]
        found: dict[tuple[Any, ...], set[tuple[Any, ...]]] = {key: set() for key in often}
        for index in range(count) if often else ():
            if natural[index] in often:
                found[natural[index]].add(self.tie(index))
        return found

    def match(self, index: int) -> list[Any]:
        """The stored rows that row `index` may be: the first key that finds any decides."""
        for number, table in enumerate(self.tables if self.rows else ()):
            key = self.keys[number][index]
            rows = table.get(key) if key else None
            if rows:
                is_natural = number == len(self.keys) - 1
                if self.lives and is_natural:
                    return self._bearing(rows, index)
                return self._tied(rows, index, key) if is_natural and self.tie_names else rows
        return []

    def _bearing(self, rows: list[Any], index: int) -> list[Any]:
        """Of stored rows that bore one name those whose days have one in common with the days of row `index`."""
        rows = [row for row in rows if row[0] in self.borne]  # one written in between comes with the next look
        if self.lives == [None, None]:
            now = bearers.meant([row[0] for row in rows], self.borne, self.today)
            return [row for row in rows if row[0] in now]
        first, end = (column[index] if column else None for column in self.lives)
        found = [row for row in rows if bearers.overlap((first, end), self.borne[row[0]][1:])]
        same = [row for row in found if first and self.borne[row[0]][1] == first]
        return same or found

    def _tied(self, rows: list[Any], index: int, key: tuple[Any, ...]) -> list[Any]:
        """Of stored rows with one natural key those that the ties point to, else those that no other row means."""
        if len(rows) == 1 and key not in self.alike:
            return rows
        spots = [self.spots[name] for name in self.tie_names]
        ties = [tuple(row[spot] for spot in spots) for row in rows]
        mine = self.tie(index)
        same = [row for row, tie in zip(rows, ties, strict=True) if tie == mine]
        if same or key not in self.alike:
            return same or rows
        return [row for row, tie in zip(rows, ties, strict=True) if tie not in self.alike[key]]


def _all(frame: Frame, names: Sequence[str]) -> list[tuple[Any, ...]]:
    """Each row's key; an empty one where the frame has none of its columns."""
    return list(zip(*(frame.columns[name] for name in names), strict=True)) if names else [()] * len(frame)


def _filled(frame: Frame, names: Sequence[str]) -> list[tuple[Any, ...]]:
    """Each row's key, empty where one of its cells is blank: a strong key counts only where it is filled in."""
    return [() if None in key or "" in key else key for key in _all(frame, names)]


def _repeats(keys: list[tuple[Any, ...]]) -> set[tuple[Any, ...]]:
    """The keys that stand more than once."""
    if len(set(keys)) == len(keys):
        return set()
    return {key for key, times in Counter(keys).items() if times > 1 and key}
