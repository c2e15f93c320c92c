"""Cells mended on a page: they take the place of the file's cells before anything is read.

A mended file is {sheet's title: {row as Excel counts it: {zero-based column: text}}}; a row that is None is left out.
"""

from __future__ import annotations

from collections.abc import Mapping

from zhijia.core.sheets.source import Grid

Cells = Mapping[int, str]
Mended = Mapping[str, Mapping[int, Cells | None]]


def mend(grid: Grid, mended: Mended | None) -> None:
    """Put the mended cells into the grid; cells outside of it are left alone."""
    rows = (mended or {}).get(grid.title) or {}
    for number, cells in rows.items():
        if not 1 <= number <= len(grid.rows):
            continue
        row = grid.rows[number - 1]
        if cells is None:
            row[:] = [""] * len(row)
            continue
        for column, text in cells.items():
            if 0 <= column < len(row):
                row[column] = text
