"""Rows as columns: the currency between sheets, forms and `records`.

Work on a ledger of 100,000 rows is done a column at a time; a form passes a frame of one row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from zhijia.core.outcomes import Place


@dataclass(slots=True)
class Frame:
    """`columns[field][i]` is row i's value. `rows[i]` is its row number in the file (0 for a form).

    A reference column holds the other row's pk, or `-(i + 1)` for row i of the same import's frame of that table.
    A column that was not given is missing from `columns` and leaves existing rows as they are.
    """

    columns: dict[str, list[Any]]
    rows: list[int] = field(default_factory=list)
    sheet: str = ""
    sheets: list[str] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.rows)

    @classmethod
    def of(cls, rows: Sequence[Mapping[str, Any]]) -> Frame:
        """A frame of dictionaries that all have the keys of the first one."""
        names = list(rows[0]) if rows else []
        return cls({name: [row[name] for row in rows] for name in names}, [0] * len(rows))

    def get(self, name: str, default: Any = None) -> list[Any]:
        """The column, or `default` repeated when it was not given."""
        column = self.columns.get(name)
        return [default] * len(self) if column is None else column

    def zip(self, *names: str) -> Iterator[tuple[Any, ...]]:
        """Rows of the named columns, in order; missing columns give None."""
        return zip(*(self.get(name) for name in names), strict=True)

    def place(self, index: int, name: str = "") -> Place:
        """Where row `index`'s field `name` stands in the file."""
        sheet = self.sheets[index] if self.sheets else self.sheet
        return Place(sheet, self.rows[index], self.headers.get(name, name))
