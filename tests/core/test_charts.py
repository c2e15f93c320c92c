"""Charts: inside their box, escaped, linked, and told as a table."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhijia.core.pages import svg
from zhijia.core.pages.charts import WIDTH, Drawing, Point, Series, bars, lines, ranks, spark, stacked, told

LABELS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1, max_size=30)


@st.composite
def points(draw: st.DrawFn, *, below: bool = True) -> list[Point]:
    low = -(10**9) if below else 0
    values = draw(st.lists(st.integers(low, 10**12), min_size=1, max_size=24))
    return [Point(draw(LABELS), value, f"{value:,}", "/x/?a=1&b=2") for value in values]


def boxes(drawing: Drawing) -> tuple[float, list[tuple[str, float, float, float, float]]]:
    """Height of the picture, and (what, left, top, right, bottom) of everything drawn outside the patterns."""
    tree = ElementTree.fromstring(str(drawing.picture))  # noqa: S314 - our own markup
    assert tree.attrib["viewBox"].startswith(f"0 0 {WIDTH} ")
    for defs in tree.findall("defs"):
        tree.remove(defs)
    found = []
    for node in tree.iter():
        at = {key: node.attrib[key] for key in node.attrib}
        if node.tag == "rect":
            x, y, width, height = (float(at[key]) for key in ("x", "y", "width", "height"))
            assert min(width, height) >= 0
            found.append((node.tag, x, y, x + width, y + height))
        elif node.tag == "line":
            found.append((node.tag, float(at["x1"]), float(at["y1"]), float(at["x2"]), float(at["y2"])))
        elif node.tag == "circle":
            found.append((node.tag, float(at["cx"]), float(at["cy"]), float(at["cx"]), float(at["cy"])))
        elif node.tag in ("polygon", "polyline"):
            pairs = [pair.split(",") for pair in at["points"].split()]
            xs, ys = [float(x) for x, _y in pairs], [float(y) for _x, y in pairs]
            found.append((node.tag, min(xs), min(ys), max(xs), max(ys)))
        elif node.tag == "text":
            wide, x, y = svg.width_of(node.text or ""), float(at["x"]), float(at["y"])
            left = {"start": x, "middle": x - wide / 2, "end": x - wide}[at["text-anchor"]]
            found.append((node.text or "", left, y - svg.EM, left + wide, y))
    return float(tree.attrib["viewBox"].split()[3]), found


def check(drawing: Drawing) -> None:
    height, found = boxes(drawing)
    for what, left, top, right, bottom in found:
        assert min(left, top) >= -0.11, what
        assert right <= WIDTH + 0.11, what
        assert bottom <= height + 0.11, what


@given(points())
def test_bars_stay_inside_the_picture(given_points: list[Point]) -> None:
    check(bars("标题", given_points))
    check(ranks("标题", given_points))


@given(points(below=False), st.integers(1, 4), LABELS)
def test_several_series_stay_inside_the_picture(given_points: list[Point], count: int, name: str) -> None:
    series = [Series(f"{name}{number}", tuple(given_points)) for number in range(count)]
    check(lines("标题", series))
    check(stacked("标题", series))


@given(st.lists(st.integers(0, 10**9), min_size=2, max_size=8))
def test_a_greater_value_never_has_a_lower_bar(values: list[int]) -> None:
    drawing = bars("标题", [Point(f"{place}", value, str(value)) for place, value in enumerate(values)])
    heights = [bottom - top for what, _left, top, _right, bottom in boxes(drawing)[1] if what == "rect"]
    for value, height in zip(values, heights, strict=True):
        assert (height == 0) is (value == 0) or max(values) > value * 100
        assert all(height >= other - 0.11 for less, other in zip(values, heights, strict=True) if less <= value)


def test_everything_is_escaped_and_nothing_is_a_style() -> None:
    drawing = bars("<b>", [Point("<i>", 3, "3 & 4", '/x/?a="1"&b=2')])
    page = str(drawing.picture)
    assert not [word for word in ("<b>", "<i>", "style") if word in page]
    assert "3 &amp; 4" in page
    assert ElementTree.fromstring(page).find(".//a").attrib["href"] == '/x/?a="1"&b=2'  # type: ignore[union-attr]  # noqa: S314


def test_each_point_opens_its_records_and_stands_in_the_table() -> None:
    years = [Point("2024年", 40, "40人次", "/facts/x/?year=2024"), Point("2025年", 82, "82人次", "/facts/x/?year=2025")]
    drawing = bars(told("走访人次", years), years)
    assert drawing.title == "走访人次2025年比2024年增长105%"
    assert 'href="/facts/x/?year=2025"' in drawing.picture
    assert "2025年：82人次" in drawing.picture
    assert [[cell.text for cell in row.cells] for row in drawing.table.rows] == [
        ["2024年", "40人次"],
        ["2025年", "82人次"],
    ]
    assert drawing.table.rows[1].cells[1].url == "/facts/x/?year=2025"
    assert 'role="group"' in drawing.picture
    assert 'role="img"' in bars("x", [Point("a", 1, "1")]).picture


def test_nothing_to_draw_is_no_picture() -> None:
    for drawing in (bars("x", []), ranks("x", []), lines("x", []), stacked("x", [])):
        assert drawing.picture == ""
        assert drawing.table.rows == ()


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ((40, 80), "人次2025年比2024年增长一倍"),
        ((40, 40), "人次2025年与2024年持平"),
        ((80, 40), "人次2025年比2024年减少50%"),
        ((0, 40), "人次2025年为40"),
        ((0, 0), "人次：还没有记录"),
    ],
)
def test_a_title_says_what_the_chart_says(values: tuple[int, int], message: str) -> None:
    years = [Point(f"{2024 + place}年", value, str(value)) for place, value in enumerate(values)]
    assert told("人次", years) == message
    assert told("人次", [*years, Point("2026年", 1, "1", part=True)]) == (message if any(values) else "人次2025年为0")


def test_a_small_row_of_bars_has_no_words() -> None:
    assert spark([3]) == spark([0, 0]) == ""
    tree = ElementTree.fromstring(str(spark([0, 3, 6, -2])))  # noqa: S314 - our own markup
    assert len(tree) == 4
    assert "".join(tree.itertext()) == ""
    assert tree.attrib["aria-hidden"] == "true"


def test_more_series_than_can_be_told_apart_are_refused() -> None:
    with pytest.raises(ValueError, match="At most 4"):
        lines("x", [Series(str(number), (Point("a", 1, "1"),)) for number in range(5)])
    with pytest.raises(ValueError, match="same labels"):
        lines("x", [Series("a", (Point("a", 1, "1"),)), Series("b", (Point("b", 1, "1"),))])
    with pytest.raises(ValueError, match="below nought"):
        stacked("x", [Series("a", (Point("a", -1, "-1"),))])
