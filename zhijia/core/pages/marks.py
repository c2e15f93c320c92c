"""What tells the series of a chart apart without colour: marks on lines, patterns in bars, and their names on top."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from django.utils.safestring import SafeString

from zhijia.core.pages import svg
from zhijia.core.pages.svg import EM

WIDTH, EDGE, LINE = 360, 2, 18
_HATCHES = ("", "M0 6 L6 0", "M3 0 V6", "M0 3 H6")


def mark(number: int, x: float, y: float) -> SafeString:
    """The mark of a line's points: disc, square, triangle, diamond."""
    kind = f"c{number} dot"
    if number == 1:
        return svg.element("circle", cx=x, cy=y, r=4, class_=kind)
    ways = {2: (-4, -4, 4, -4, 4, 4, -4, 4), 3: (0, -5, 5, 4, -5, 4), 4: (0, -5, 5, 0, 0, 5, -5, 0)}[number]
    pairs = zip(ways[::2], ways[1::2], strict=True)
    return svg.element("polygon", points=" ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in pairs), class_=kind)


def legend(labels: Sequence[str]) -> tuple[list[tuple[str, float, float]], float]:
    """(name, x, y) of each series' name on top of the picture, and the height that they take."""
    found, x, y = [], float(EDGE), float(EM)
    for label in labels:
        name = svg.fitted(label, WIDTH - 2 * EDGE - 18)
        wide = 18 + svg.width_of(name) + EM
        if x > EDGE and x + wide - EM > WIDTH - EDGE:
            x, y = float(EDGE), y + LINE
        found.append((name, x, y))
        x += wide
    return found, y + 4


def named(mark: str, names: Sequence[tuple[str, float, float]]) -> Iterator[SafeString]:
    """The names with the pattern of each."""
    for number, (name, x, y) in enumerate(names, 1):
        yield svg.rect(x, y - 10, 12, 12, kind="cut", fill=f"url(#{mark}-{number})")
        yield svg.text(name, x + 18, y, anchor="start")


def patterns(mark: str, count: int) -> Iterator[SafeString]:
    """The patterns of the first `count` series; `mark` makes their ids the chart's own."""
    for number, way in enumerate(_HATCHES[:count], 1):
        ground = svg.rect(0, 0, 6, 6, kind=f"c{number}")
        hatch = svg.element("path", d=way, class_="hatch") if way else SafeString()
        yield svg.element(
            "pattern", svg.joined([ground, hatch]),
            id=f"{mark}-{number}", width=6, height=6, patternUnits="userSpaceOnUse",
        )  # fmt: skip


def name_of(*words: str) -> str:
    """An id that only a chart of these words has."""
    return "p" + hashlib.sha256("\x1f".join(words).encode()).hexdigest()[:10]
