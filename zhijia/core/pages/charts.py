"""Charts as SVG drawn by the server (docs/adr/0008): readable without script and without colour, printable.

Bars begin at nought. Every point is labelled beside it as far as there is room, is a link to the records behind it, and
stands in the table that comes with the chart. At most four series, in a fixed order of colours and patterns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from zhijia.core.pages import marks, svg
from zhijia.core.pages.marks import EDGE, LINE, WIDTH
from zhijia.core.pages.parts import Cell, Head, Row, Table
from zhijia.core.pages.svg import EM

HEIGHT, SERIES = 200, 4
_TOP, _FOOT = 22, 24
_NAMES = 84  # room for the names of lines at the right


@dataclass(frozen=True, slots=True)
class Point:
    """One value as drawn, as written (`shown`), and where its records are. `part`: of a period that is not over.

    `tick` is the shorter label under the axis, where there is one.
    """

    label: str
    value: float
    shown: str
    url: str = ""
    part: bool = False
    tick: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """Points that belong together; all series of a chart have points of the same labels."""

    label: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart: its one message, the picture (empty where there is nothing to draw), and the table behind it."""

    title: str
    picture: SafeString
    table: Table
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Scale:
    """Values to heights between `top` and `foot`; nought always lies inside."""

    low: float
    high: float
    top: float
    foot: float

    @classmethod
    def of(cls, values: Sequence[float], top: float, foot: float) -> _Scale:
        low, high = min(0, *values), max(0, *values)
        return cls(low, high if high > low else low + 1, top, foot)

    def y(self, value: float) -> float:
        return self.foot - (value - self.low) / (self.high - self.low) * (self.foot - self.top)


def bars(title: str, points: Sequence[Point], *, heads: tuple[str, str] = ("年份", "数值"), note: str = "") -> Drawing:
    """Upright bars, for few points with short labels (years, months)."""

    def draw() -> Iterator[SafeString]:
        room = (WIDTH - 2 * EDGE) / len(points)
        thick = min(room * 0.66, 44)
        below = any(point.value < 0 for point in points)
        scale = _Scale.of([point.value for point in points], _TOP, HEIGHT - _FOOT - (EM + 4 if below else 0))
        yield svg.line(EDGE, scale.y(0), WIDTH - EDGE, scale.y(0), kind="axis")
        yield from _labels([point.tick or point.label for point in points], room)
        for place, point in enumerate(points):
            middle = EDGE + room * (place + 0.5)
            top, foot = sorted((scale.y(point.value), scale.y(0)))
            kind = "c1 part" if point.part else "c1"
            box = svg.rect(middle - thick / 2, top, thick, foot - top, kind=kind)
            at = top - 5 if point.value >= 0 else foot + EM + 1
            words = point.shown if svg.width_of(point.shown) <= room else ""
            yield svg.linked(
                svg.joined([box, svg.text(words, middle, at, kind="value")]), point.url, f"{point.label}：{point.shown}"
            )

    table = _table(heads, [(point.label, (point,)) for point in points])
    return _drawing(title, HEIGHT, draw if points else None, table, note, linked=_linked(points))


def ranks(
    title: str,
    points: Sequence[Point],
    *,
    heads: tuple[str, str] = ("分类", "数值"),
    note: str = "",
    full: float = 0,
) -> Drawing:
    """Bars that lie, for categories with long labels; `full` is the value of a whole line (else the greatest)."""
    step = 2 * LINE + 4
    height = step * len(points) + 4

    def draw() -> Iterator[SafeString]:
        scale = _Scale.of([full, *(point.value for point in points)], 0, WIDTH - 2 * EDGE)
        nought = WIDTH - EDGE - scale.y(0)
        for place, point in enumerate(points):
            y = step * place + LINE - 4
            end = WIDTH - EDGE - scale.y(point.value)
            left, right = sorted((nought, end))
            shown = svg.fitted(point.shown, WIDTH / 2)
            room = WIDTH - 2 * EDGE - svg.width_of(shown) - EM
            parts = [
                svg.text(svg.fitted(point.label, room), EDGE, y, anchor="start"),
                svg.text(shown, WIDTH - EDGE, y, anchor="end", kind="value"),
                svg.rect(EDGE, y + 6, WIDTH - 2 * EDGE, 12, kind="track"),
                svg.rect(left, y + 6, right - left, 12, kind="c1 part" if point.part else "c1"),
            ]
            yield svg.linked(svg.joined(parts), point.url, f"{point.label}：{point.shown}")

    table = _table(heads, [(point.label, (point,)) for point in points])
    return _drawing(title, height, draw if points else None, table, note, linked=_linked(points))


def lines(title: str, series: Sequence[Series], *, head: str = "年份", note: str = "") -> Drawing:
    """One line per series, named at its end, each with a mark and a stroke of its own."""
    labels = _shared(series)

    def draw() -> Iterator[SafeString]:
        right = WIDTH - EDGE - _NAMES
        room = (right - EDGE) / len(labels)
        scale = _Scale.of([point.value for one in series for point in one.points], _TOP, HEIGHT - _FOOT)
        yield svg.line(EDGE, scale.y(0), right, scale.y(0), kind="axis")
        yield from _labels(_ticks(series), room)
        heights = _apart([scale.y(one.points[-1].value) for one in series])
        for number, (one, height) in enumerate(zip(series, heights, strict=True), 1):
            places = [(EDGE + room * (at + 0.5), scale.y(point.value)) for at, point in enumerate(one.points)]
            way = " ".join(f"{svg.number(x)},{svg.number(y)}" for x, y in places)
            yield svg.element("polyline", points=way, class_=f"stroke c{number}")
            for (x, y), point in zip(places, one.points, strict=True):
                yield svg.linked(marks.mark(number, x, y), point.url, f"{one.label} {point.label}：{point.shown}")
            name = f"{one.label} {one.points[-1].shown}"
            if svg.width_of(name) > _NAMES - 4:
                name = svg.fitted(one.label, _NAMES - 4)
            yield svg.text(name, right + 4, height + 4, anchor="start", kind=f"name n{number}")

    rows = [(label, tuple(one.points[place] for one in series)) for place, label in enumerate(labels)]
    table = _table((head, *(one.label for one in series)), rows)
    points = [point for one in series for point in one.points]
    return _drawing(title, HEIGHT, draw if labels else None, table, note, linked=_linked(points))


def stacked(title: str, series: Sequence[Series], *, head: str = "年份", note: str = "") -> Drawing:
    """Upright bars of parts (none below nought), each part with a colour and a pattern of its own, named on top."""
    labels = _shared(series)
    if any(point.value < 0 for one in series for point in one.points):
        raise ValueError("A part of a whole is never below nought.")
    names, top = marks.legend([one.label for one in series])
    mark = marks.name_of(title, *labels, *(one.label for one in series))

    def draw() -> Iterator[SafeString]:
        yield svg.element("defs", svg.joined(marks.patterns(mark, len(series))))
        yield svg.joined(marks.named(mark, names))
        room = (WIDTH - 2 * EDGE) / len(labels)
        thick = min(room * 0.66, 44)
        sums = [sum(one.points[place].value for one in series) for place in range(len(labels))]
        height = HEIGHT + top
        scale = _Scale.of(sums, _TOP + top, height - _FOOT)
        yield svg.line(EDGE, scale.y(0), WIDTH - EDGE, scale.y(0), kind="axis")
        yield from _labels(_ticks(series), room, height)
        for place in range(len(labels)):
            left, below = EDGE + room * (place + 0.5) - thick / 2, 0.0
            for number, one in enumerate(series, 1):
                point = one.points[place]
                upper, lower = scale.y(below + point.value), scale.y(below)
                below += point.value
                if point.value:
                    box = svg.rect(left, upper, thick, lower - upper, kind="cut", fill=f"url(#{mark}-{number})")
                    yield svg.linked(box, point.url, f"{one.label} {point.label}：{point.shown}")

    rows = [(label, tuple(one.points[place] for one in series)) for place, label in enumerate(labels)]
    table = _table((head, *(one.label for one in series)), rows)
    points = [point for one in series for point in one.points]
    return _drawing(title, HEIGHT + top, draw if labels else None, table, note, linked=_linked(points))


def spark(values: Sequence[float]) -> SafeString:
    """A row of small bars beside a figure, without words of its own: the figures stand in the table or on its page."""
    if len(values) < 2 or not any(values):
        return SafeString()
    step, height = 8, 24
    scale = _Scale.of(values, 1, height - 1)
    drawn = []
    for place, value in enumerate(values):
        top, foot = sorted((scale.y(value), scale.y(0)))
        drawn.append(svg.rect(step * place, top, step - 2, max(foot - top, 0.5), kind="c1"))
    box = f"0 0 {step * len(values)} {height}"
    return svg.element("svg", svg.joined(drawn), viewBox=box, class_="spark", aria_hidden="true", focusable="false")


def told(label: str, points: Sequence[Point]) -> str:
    """The one message of a row of values: how the last whole period stands against the first.

    >>> told("走访人次", [Point("2022年", 40, "40"), Point("2025年", 80, "80")])
    '走访人次2025年比2022年增长一倍'
    """
    whole = [point for point in points if not point.part]
    if not any(point.value for point in points):
        return f"{label}：还没有记录"
    if len(whole) < 2 or whole[0].value <= 0 or whole[-1].value < 0:
        last = (whole or list(points))[-1]
        return f"{label}{last.label}为{last.shown}"
    first, last = whole[0], whole[-1]
    change = last.value / first.value - 1
    if abs(change) < 0.005:
        return f"{label}{last.label}与{first.label}持平"
    if abs(change - 1) < 0.03:
        return f"{label}{last.label}比{first.label}增长一倍"
    return f"{label}{last.label}比{first.label}{'增长' if change > 0 else '减少'}{max(abs(change) * 100, 1):.0f}%"


def _shared(series: Sequence[Series]) -> list[str]:
    """The labels that all series share; refused (ValueError) where they differ or are too many to tell apart."""
    if len(series) > SERIES:
        raise ValueError(f"At most {SERIES} series can be told apart.")
    labels = [[point.label for point in one.points] for one in series]
    if any(row != labels[0] for row in labels):
        raise ValueError("The series of a chart have the same labels.")
    return labels[0] if labels else []


def _ticks(series: Sequence[Series]) -> list[str]:
    return [point.tick or point.label for point in series[0].points]


def _linked(points: Sequence[Point]) -> bool:
    return any(point.url for point in points)


def _labels(labels: Sequence[str], room: float, height: float = HEIGHT) -> Iterator[SafeString]:
    """The labels under the axis: every one, or every second, third … where they would touch."""
    widest = max(svg.width_of(svg.fitted(label, 120)) for label in labels) + 4
    step = max(1, -int(-widest // room))
    for place, label in enumerate(labels):
        middle = EDGE + room * (place + 0.5)
        here = 2 * min(middle, WIDTH - middle)
        if place % step == 0:
            yield svg.text(svg.fitted(label, min(120, here)), middle, height - 7)


def _apart(heights: Sequence[float]) -> list[float]:
    """The heights moved so that names beside them do not touch, inside the picture."""
    order = sorted(range(len(heights)), key=lambda place: heights[place])
    found, before = list(heights), float(_TOP) - LINE
    for place in order:
        before = found[place] = max(heights[place], before + LINE)
    over = max(0.0, before - (HEIGHT - _FOOT))
    return [max(height - over, 8) for height in found]


def _table(heads: Sequence[str], rows: Sequence[tuple[str, tuple[Point, ...]]]) -> Table:
    """The values as a table; a value links to the same records as its point."""
    first, *others = heads
    listed = tuple(
        Row((Cell(label), *(Cell(point.shown, point.url, number=True) for point in points))) for label, points in rows
    )
    return Table((Head(first), *(Head(head, number=True) for head in others)), listed)


def _drawing(
    title: str,
    height: float,
    draw: Callable[[], Iterator[SafeString]] | None,
    table: Table,
    note: str,
    *,
    linked: bool,
) -> Drawing:
    if draw is None:
        return Drawing(title, SafeString(), table, note)
    told_by = "；".join("，".join(cell.text for cell in row.cells) for row in table.rows)
    picture = svg.element(
        "svg",
        svg.joined([svg.element("title", title), svg.element("desc", told_by), *draw()]),
        viewBox=f"0 0 {WIDTH} {svg.number(height)}",
        # What is inside a picture is hidden from screen readers; links are not, inside a group.
        role="group" if linked else "img",
        aria_label=title,
    )
    return Drawing(title, picture, table, note)
