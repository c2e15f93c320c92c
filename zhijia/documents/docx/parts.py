"""The parts of the docx package that are the same for every paper: types, relations, settings, properties."""

from __future__ import annotations

from collections.abc import Sequence

from zhijia.documents.docx.charts import ChartPart
from zhijia.documents.docx.text import escape

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{_OFFICE}/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
)
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"


def package_parts(
    *,
    body: str,
    styles: str,
    fonts: str,
    footers: tuple[str, str],
    charts: Sequence[ChartPart],
    title: str,
    creator: str,
    created: str,
    paper_colour: str | None,
) -> dict[str, bytes]:
    """Every part by name, in the order in which it is written; `created` is an instant in W3C form."""
    background = f'<w:background w:color="{paper_colour}"/>' if paper_colour else ""
    numbers = range(1, len(charts) + 1)
    parts = {
        "[Content_Types].xml": _content_types(numbers),
        "_rels/.rels": _relations(
            ("rId1", f"{_OFFICE}/relationships/officeDocument", "word/document.xml"),
            ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ("rId3", f"{_OFFICE}/relationships/extended-properties", "docProps/app.xml"),
        ),
        "word/document.xml": f"<w:document {_W}>{background}<w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relations(
            ("rIdStyles", f"{_OFFICE}/relationships/styles", "styles.xml"),
            ("rIdSettings", f"{_OFFICE}/relationships/settings", "settings.xml"),
            ("rIdFonts", f"{_OFFICE}/relationships/fontTable", "fontTable.xml"),
            ("rIdOdd", f"{_OFFICE}/relationships/footer", "footer1.xml"),
            ("rIdEven", f"{_OFFICE}/relationships/footer", "footer2.xml"),
            *((f"rIdChart{n}", f"{_OFFICE}/relationships/chart", f"charts/chart{n}.xml") for n in numbers),
        ),
        "word/styles.xml": f"<w:styles {_W}>{styles}</w:styles>",
        "word/settings.xml": _settings(coloured=paper_colour is not None),
        "word/fontTable.xml": f"<w:fonts {_W}>{fonts}</w:fonts>",
        "word/footer1.xml": f"<w:ftr {_W}>{footers[0]}</w:ftr>",
        "word/footer2.xml": f"<w:ftr {_W}>{footers[1]}</w:ftr>",
        "docProps/core.xml": _core(title, creator, created),
        "docProps/app.xml": _app(),
    }
    found = {name: (_XML + xml).encode() for name, xml in parts.items()}
    for number, chart in enumerate(charts, start=1):
        found[f"word/charts/chart{number}.xml"] = (_XML + chart.xml).encode()
        book = ("rIdBook", f"{_OFFICE}/relationships/package", f"../embeddings/chart{number}.xlsx")
        found[f"word/charts/_rels/chart{number}.xml.rels"] = (_XML + _relations(book)).encode()
        found[f"word/embeddings/chart{number}.xlsx"] = chart.workbook
    return found


def _relations(*relations: tuple[str, str, str]) -> str:
    lines = "".join(f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>' for key, kind, target in relations)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def _content_types(charts: range) -> str:
    kinds = {
        "/word/document.xml": f"{_WORD_TYPE}.document.main+xml",
        "/word/styles.xml": f"{_WORD_TYPE}.styles+xml",
        "/word/settings.xml": f"{_WORD_TYPE}.settings+xml",
        "/word/fontTable.xml": f"{_WORD_TYPE}.fontTable+xml",
        "/word/footer1.xml": f"{_WORD_TYPE}.footer+xml",
        "/word/footer2.xml": f"{_WORD_TYPE}.footer+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        **{f"/word/charts/chart{number}.xml": _CHART_TYPE for number in charts},
    }
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in kinds.items())
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="xlsx" ContentType="{_BOOK_TYPE}"/>{overrides}</Types>'
    )


def _settings(*, coloured: bool) -> str:
    """Chinese rules, different numbers on odd and even pages, Word 2013 and later."""
    uri = "http://schemas.microsoft.com/office/word"
    return (
        f"<w:settings {_W}>{'<w:displayBackgroundShape/>' if coloured else ''}"
        '<w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/><w:characterSpacingControl w:val="doNotCompress"/>'
        "<w:compat><w:useFELayout/>"
        f'<w:compatSetting w:name="compatibilityMode" w:uri="{uri}" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


def _app() -> str:
    return f'<Properties xmlns="{_OFFICE}/extended-properties"><Application>Zhijia</Application></Properties>'


def _core(title: str, creator: str, created: str) -> str:
    stamp = f'xsi:type="dcterms:W3CDTF">{created}'
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(creator)}</dc:creator>"
        f"<cp:lastModifiedBy>{escape(creator)}</cp:lastModifiedBy>"
        f"<dcterms:created {stamp}</dcterms:created><dcterms:modified {stamp}</dcterms:modified>"
        "<dc:language>zh-CN</dc:language></cp:coreProperties>"
    )
