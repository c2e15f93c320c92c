"""Native Word charts: DrawingML with direct labels, an embedded workbook to edit, and a text for those who can not see.

Bars and lines start at zero (unless a value is negative). Colours differ in lightness too, for black-and-white print.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime

import xlsxwriter

from zhijia.documents.docx.blocks import Chart, Number, Series
from zhijia.documents.docx.text import escape, paragraph_xml

_COLOURS = ("1F4E79", "C55A11", "7F7F7F", "BF9000", "2E75B6", "548235", "843C0C", "A5A5A5")
_EMU = 635  # per twip
_HEIGHT = 4200  # twips, 74 mm
_FONT = '<a:latin typeface="宋体"/><a:ea typeface="宋体"/>'
_NS = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_SHEET = "数据"


@dataclass(frozen=True, slots=True)
class ChartPart:
    """What one chart adds to the package: its XML and the bytes of its workbook."""

    xml: str
    workbook: bytes


def alternative_text(chart: Chart) -> str:
    """The chart told in words: kind, title and all values."""
    kind = {"bar": "柱形图", "rank": "条形图", "line": "折线图", "pie": "饼图"}[chart.kind]
    unit = chart.unit or ""
    told = []
    for series in chart.series:
        values = zip(chart.categories, series.values, strict=True)
        points = (f"{name}{'无数据' if value is None else _number(value) + unit}" for name, value in values)
        told.append(f"{series.name}：" + "，".join(points))
    return f"{kind}“{chart.title}”。" + "；".join(told) + "。"


def picture_xml(chart: Chart, *, number: int, width: int) -> str:
    """The paragraph that shows chart `number` of the document over `width` twips."""
    size = f'cx="{width * _EMU}" cy="{_HEIGHT * _EMU}"'
    words = escape(chart.alt or alternative_text(chart))
    return paragraph_xml(
        "Picture",
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{number}" name="图表 {number}" title="{escape(chart.title)}" descr="{words}"/>'
        '<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        f'<c:chart r:id="rIdChart{number}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>',
    )


def chart_part(chart: Chart, *, created_at: datetime) -> ChartPart:
    """The chart's own part and its workbook, both the same for the same input."""
    legend = '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>' if len(chart.series) > 1 else ""
    title = chart.title + (f"（单位：{chart.unit}）" if chart.unit else "")
    xml = (
        f'<c:chartSpace {_NS}><c:date1904 val="0"/><c:lang val="zh-CN"/><c:roundedCorners val="0"/><c:chart>'
        f'<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz="1200" b="1"/></a:pPr><a:r>'
        f'<a:rPr lang="zh-CN" sz="1200" b="1">{_FONT}</a:rPr><a:t>{escape(title)}</a:t></a:r></a:p></c:rich></c:tx>'
        f'<c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>{_plot(chart)}'
        f"</c:plotArea>{legend}"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        '<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr>'
        f'{_text(1000)}<c:externalData r:id="rIdBook"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )
    return ChartPart(xml, _workbook(chart, created_at=created_at))


def _plot(chart: Chart) -> str:
    series = "".join(_series(chart, index, one) for index, one in enumerate(chart.series))
    axes = '<c:axId val="111111111"/><c:axId val="222222222"/>'
    if chart.kind == "pie":
        return f'<c:pieChart><c:varyColors val="1"/>{series}<c:firstSliceAng val="0"/></c:pieChart>'
    if chart.kind in {"bar", "rank"}:
        lying = "col" if chart.kind == "bar" else "bar"
        drawn = f'<c:barChart><c:barDir val="{lying}"/><c:grouping val="clustered"/><c:varyColors val="0"/>{series}'
        return f'{drawn}<c:gapWidth val="60"/>{axes}</c:barChart>{_axes(chart)}'
    drawn = f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{series}<c:marker val="1"/>'
    return f"{drawn}{axes}</c:lineChart>{_axes(chart)}"


def _axes(chart: Chart) -> str:
    values = [value for series in chart.series for value in series.values if value is not None]
    least = "" if any(value < 0 for value in values) else '<c:min val="0"/>'
    line = '<c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="BFBFBF"/></a:solidFill></a:ln></c:spPr>'
    quiet = '<c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
    grid = (
        '<c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="E3E3E3"/></a:solidFill></a:ln></c:spPr>'
    )
    lines = "" if chart.kind == "rank" else grid + "</c:majorGridlines>"
    order, names_at, values_at = ("maxMin", "l", "t") if chart.kind == "rank" else ("minMax", "b", "l")
    return (
        '<c:catAx><c:axId val="111111111"/>'
        f'<c:scaling><c:orientation val="{order}"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{names_at}"/><c:numFmt formatCode="General" sourceLinked="0"/>{quiet}'
        f'<c:tickLblPos val="low"/>{line}'
        '<c:crossAx val="222222222"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/>'
        '<c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/></c:catAx>'
        f'<c:valAx><c:axId val="222222222"/><c:scaling><c:orientation val="minMax"/>{least}</c:scaling>'
        f'<c:delete val="{int(chart.kind == "rank")}"/><c:axPos val="{values_at}"/>{lines}'
        f'<c:numFmt formatCode="{_format(chart)}" sourceLinked="0"/>{quiet}<c:tickLblPos val="nextTo"/>'
        '<c:spPr><a:ln><a:noFill/></a:ln></c:spPr><c:crossAx val="111111111"/><c:crosses val="autoZero"/>'
        '<c:crossBetween val="between"/></c:valAx>'
    )


def _series(chart: Chart, index: int, series: Series) -> str:
    last, column = len(chart.categories) + 1, chr(ord("B") + index)
    name = f"<c:tx><c:strRef><c:f>{_SHEET}!${column}$1</c:f>{_strings((series.name,))}</c:strRef></c:tx>"
    fill = f'<a:solidFill><a:srgbClr val="{_COLOURS[index % len(_COLOURS)]}"/></a:solidFill>'
    bar = f'<c:spPr>{fill}</c:spPr><c:invertIfNegative val="0"/>'
    looks = {
        "bar": bar,
        "rank": bar,
        "line": f'<c:spPr><a:ln w="28575">{fill}</a:ln></c:spPr><c:marker><c:symbol val="circle"/><c:size val="6"/>'
        f"<c:spPr>{fill}</c:spPr></c:marker>",
        "pie": "".join(_slice(place) for place in range(len(chart.categories))),
    }
    points = "".join(
        f'<c:pt idx="{place}"><c:v>{_plain(value)}</c:v></c:pt>'
        for place, value in enumerate(series.values)
        if value is not None
    )
    return (
        f'<c:ser><c:idx val="{index}"/><c:order val="{index}"/>{name}{looks[chart.kind]}{_labels(chart)}'
        f"<c:cat><c:strRef><c:f>{_SHEET}!$A$2:$A${last}</c:f>{_strings(chart.categories)}</c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>{_SHEET}!${column}$2:${column}${last}</c:f><c:numCache><c:formatCode>General</c:formatCode>"
        f'<c:ptCount val="{len(series.values)}"/>{points}</c:numCache></c:numRef></c:val>'
        + ('<c:smooth val="0"/>' if chart.kind == "line" else "")
        + "</c:ser>"
    )


def _slice(place: int) -> str:
    colour = _COLOURS[place % len(_COLOURS)]
    edge = '<a:ln w="12700"><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></a:ln>'
    fill = f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
    return f'<c:dPt><c:idx val="{place}"/><c:bubble3D val="0"/><c:spPr>{fill}{edge}</c:spPr></c:dPt>'


def _labels(chart: Chart) -> str:
    pie = int(chart.kind == "pie")
    place = {"bar": "outEnd", "rank": "outEnd", "line": "t", "pie": "outEnd"}[chart.kind]
    separator = "<c:separator> </c:separator>" if pie else ""
    return (
        f'<c:dLbls><c:numFmt formatCode="{_format(chart)}" sourceLinked="0"/>'
        f'<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{_text(900)}<c:dLblPos val="{place}"/>'
        f'<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="{pie}"/>'
        f'<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>{separator}'
        + ('<c:showLeaderLines val="1"/>' if pie else "")
        + "</c:dLbls>"
    )


def _text(size: int) -> str:
    look = f'<a:pPr><a:defRPr sz="{size}">{_FONT}</a:defRPr></a:pPr>'
    return f'<c:txPr><a:bodyPr/><a:p>{look}<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'


def _strings(texts: tuple[str, ...]) -> str:
    points = "".join(f'<c:pt idx="{place}"><c:v>{escape(text)}</c:v></c:pt>' for place, text in enumerate(texts))
    return f'<c:strCache><c:ptCount val="{len(texts)}"/>{points}</c:strCache>'


def _format(chart: Chart) -> str:
    values = [value for series in chart.series for value in series.values if value is not None]
    return "#,##0" if all(value == int(value) for value in values) else "#,##0.##"


def _plain(value: Number) -> str:
    return f"{value:f}" if not isinstance(value, int | float) else repr(value)


def _number(value: Number) -> str:
    text = _plain(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _workbook(chart: Chart, *, created_at: datetime) -> bytes:
    target = io.BytesIO()
    literal = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, {"in_memory": True, **literal}) as book:
        book.set_properties({"created": created_at.replace(tzinfo=None)})
        sheet = book.add_worksheet(_SHEET)
        sheet.write_row(0, 1, [series.name for series in chart.series])
        sheet.write_column(1, 0, chart.categories)
        for column, series in enumerate(chart.series, start=1):
            sheet.write_column(1, column, series.values)
    return target.getvalue()
