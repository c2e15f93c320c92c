"""How facts are drawn: their years as bars, their categories as ranks, each part a link to its records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.safestring import SafeString

from zhijia.core.cells import AND
from zhijia.core.cube import Rate
from zhijia.core.facts import FactValue, Value
from zhijia.core.feature_types import RUNNING, FactSpec, Scope
from zhijia.core.money import yuan
from zhijia.core.pages import charts
from zhijia.core.pages.charts import Drawing, Point, Series
from zhijia.shell import catalogue
from zhijia.shell.links import Pairs, fact_url

YEAR = "year"
_MANY = 12  # so many categories are drawn; the others stand in the table of the fact's page only
_WAN_FEN = 10**6
_DIMENSIONS = {
    "account": "科目", "area": "领域", "audience": "对象", "block": "板块", "body": "单位", "campaign": "主题活动",
    "category": "类别", "cause": "原因", "channel": "渠道", "claim": "事项", "event": "项目", "field": "领域",
    "form": "方式", "grade": "等次", "group": "小组", "hobby": "文体小组", "kind": "类别", "level": "级别",
    "matter": "事项", "method": "方式", "occasion": "时机", "office": "职务", "payer": "经费承担", "post": "岗位",
    "provider": "提供单位", "rater": "评价人", "role": "工会角色", "scheme": "保障计划", "scope": "范围", "sex": "性别",
    "sort": "类型", "source": "经费来源", "standing": "会籍", "state": "状态", "sub": "小类", "subject": "获奖者",
    "team": "队伍", "title": "称号", "topic": "主题",
}  # fmt: skip


def amount(value: Value) -> float:
    """A value as a length: a rate in per cent."""
    if isinstance(value, Rate):
        return value.num * 100 / value.den if value.den else 0
    return float(value)


def short(value: Value, unit: str) -> str:
    """A value for a label: money of ten thousand yuan and more in 万, a rate as a percentage."""
    if isinstance(value, Rate):
        return f"{value.num * 100 / value.den:.0f}%" if value.den else "—"
    if unit != catalogue.FEN:
        return str(value)
    fen = int(value)
    if abs(fen) < _WAN_FEN:
        return yuan(fen).removesuffix(".00")
    return f"{fen / _WAN_FEN:.{0 if abs(fen) >= 100 * _WAN_FEN else 1}f}万"


def years(fact: FactValue, scope: Scope, period: Pairs = ()) -> list[Point]:
    """The fact's years as points that open the year's records; a year that is not wholly in the scope is a part."""
    spec = fact.spec
    stock = isinstance(spec, FactSpec) and (bool(spec.rows.since) or spec.measure == RUNNING)
    return [
        Point(
            f"{year}年",
            amount(value),
            short(value, fact.unit),
            fact_url(fact.key, year=year, period=period),
            part=not stock and not _whole(int(year), scope),
            tick=year,
        )
        for year, value in fact.by.get(YEAR, {}).items()
    ]


def _whole(year: int, scope: Scope) -> bool:
    return scope.first <= date(year, 1, 1) and date(year + 1, 1, 1) <= scope.until


def trend(fact: FactValue, scope: Scope, period: Pairs = ()) -> Drawing | None:
    """The fact by year, with what it says as the title; None where it has no years or only one."""
    points = years(fact, scope, period)
    if len(points) < 2:
        return None
    note = "单位：元" if fact.unit == catalogue.FEN else f"单位：{fact.unit}" if fact.unit else ""
    if any(point.part for point in points):
        note += "；浅色的年份没有全部包括在内"
    return charts.bars(charts.told(fact.label, points), points, heads=("年份", fact.label), note=note.lstrip("；"))


def spark(fact: FactValue) -> SafeString:
    """The fact's years as small bars."""
    return charts.spark([amount(value) for value in fact.by.get(YEAR, {}).values()])


def breakdowns(fact: FactValue, scope: Scope, period: Pairs = ()) -> list[Drawing]:
    """The fact by each of its categories, the greatest first where there are many."""
    found = []
    for axis, codes in fact.by.items():
        if axis == YEAR or not codes or not isinstance(fact.spec, FactSpec):
            continue
        if AND in axis:
            found += _by_year(fact, axis, scope, period)
            continue
        points = [
            Point(
                catalogue.code_label(fact.spec, axis, code),
                amount(value),
                short(value, fact.unit) if isinstance(value, Rate) else catalogue.shown(value, fact.unit),
                fact_url(fact.key, by={axis: code}, period=period),
            )
            for code, value in codes.items()
        ]
        name = axis_name(axis)
        note = ""
        if len(points) > _MANY:
            points = sorted(points, key=lambda point: -point.value)[:_MANY]
            note = f"共{len(codes)}项，只画出最大的{_MANY}项"
        full = 100 if any(isinstance(value, Rate) for value in codes.values()) else 0
        found.append(charts.ranks(_leading(fact, points, name), points, heads=(name, fact.label), note=note, full=full))
    return found


def _by_year(fact: FactValue, axis: str, scope: Scope, period: Pairs) -> list[Drawing]:
    """A breakdown by year and one category as parts of the years' bars: the greatest three, and the others together."""
    first, _and, dimension = axis.partition(AND)
    cells: dict[tuple[str, str], int] = {}
    for place, value in fact.by[axis].items():
        year, _and, code = place.partition(AND)
        if first != YEAR or AND in code or isinstance(value, Rate) or int(value) < 0:
            return []
        cells[year, code] = int(value)
    sums: Counter[str] = Counter()
    for (_year, code), part in cells.items():
        sums[code] += part
    ordered = [code for code, _sum in sums.most_common()]
    cut = charts.SERIES if len(ordered) <= charts.SERIES else charts.SERIES - 1
    drawn: list[tuple[str, tuple[str, ...]]] = [
        (catalogue.code_label(fact.spec, dimension, code), (code,)) for code in ordered[:cut] if fact.spec
    ]
    if ordered[cut:]:
        drawn.append(("其他", tuple(ordered[cut:])))

    def point(year: int, codes: tuple[str, ...]) -> Point:
        value = sum(cells.get((str(year), code), 0) for code in codes)
        one = {dimension: codes[0]} if len(codes) == 1 else None
        url = fact_url(fact.key, year=year, by=one, period=period)
        return Point(f"{year}年", value, short(value, fact.unit), url, tick=str(year))

    series = [Series(label, tuple(point(year, codes) for year in scope.years)) for label, codes in drawn]
    if len(scope.years) < 2 or len(series) < 2:
        return []
    name = axis_name(dimension)
    return [charts.stacked(f"历年{fact.label}按{name}：“{drawn[0][0]}”最多", series)]


def beside(facts: Sequence[FactValue], scope: Scope, title: str) -> Drawing | None:
    """Facts of one unit as lines over the years; None where there are fewer than two years."""
    series = [Series(fact.label, tuple(years(fact, scope))) for fact in facts]
    if not series or len(series[0].points) < 2 or not any(point.value for one in series for point in one.points):
        return None
    return charts.lines(title, series)


def axis_name(axis: str) -> str:
    """What a dimension is called."""
    return _DIMENSIONS.get(axis, "分类")


def _leading(fact: FactValue, points: Iterable[Point], name: str) -> str:
    """The message of a breakdown: which category is the greatest."""
    ordered = sorted(points, key=lambda point: -point.value)
    if len(ordered) > 1 and ordered[0].value > ordered[1].value and not isinstance(fact.value, Rate):
        return f"按{name}：“{ordered[0].label}”最多"
    return f"按{name}"
