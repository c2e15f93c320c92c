"""The page: paper, margins, line grid, sections and page numbers.

GB/T 9704-2012: A4, margins 37/35/28/26 mm, 22 lines of 28 characters. 28.95 pt exact lines fill 22 of them; a quarter
point less between characters fits 28 of 16 pt into 156 mm. The grid is of lines only: a character grid makes some
programs give each character two cells. Lengths in the XML are twips (1/20 pt).
"""

from __future__ import annotations

from dataclasses import dataclass

from zhijia.documents.docx.blocks import Document

A4_WIDTH, A4_HEIGHT = 11906, 16838
LINE = 579  # 28.95 pt


def twips(millimetres: float) -> int:
    """Millimetres in twentieths of a point."""
    return round(millimetres * 1440 / 25.4)


@dataclass(frozen=True, slots=True)
class Layout:
    """The measures that one kind of paper is set in: points, or millimetres for (top, bottom, left, right)."""

    margins: tuple[float, float, float, float] = (37, 35, 28, 26)
    landscape_margins: tuple[float, float, float, float] = (28, 26, 35, 37)
    footer: float = 25  # the number's dash then stands 7 mm below the type area
    landscape_footer: float = 16
    body: float = 16
    title: float = 22
    page_number: float = 14
    number_face: str = "宋体"
    squeeze: int = -5
    official_grid: bool = True
    mirrored_numbers: bool = True

    def text_width(self, *, landscape: bool = False) -> int:
        """The width of the type area in twips."""
        margins = self.landscape_margins if landscape else self.margins
        return (A4_HEIGHT if landscape else A4_WIDTH) - twips(margins[2]) - twips(margins[3])


OFFICIAL = Layout()
REGISTER = Layout(
    margins=(25, 22, 22, 20), landscape_margins=(22, 20, 22, 20), footer=13, landscape_footer=11, title=18
)
SPEAKER = Layout(
    margins=(30, 30, 35, 35), landscape_margins=(30, 30, 30, 30), footer=14, landscape_footer=14, body=22, title=28,
    page_number=24, squeeze=0, official_grid=False, mirrored_numbers=False,
)  # fmt: skip


def layout_of(document: Document) -> Layout:
    """The measures for this document."""
    if document.speaker_copy:
        return SPEAKER
    return REGISTER if document.kind == "register" else OFFICIAL


def section_xml(layout: Layout, *, landscape: bool) -> str:
    """The `w:sectPr` that ends a section of this orientation."""
    top, bottom, left, right = map(twips, layout.landscape_margins if landscape else layout.margins)
    footer = twips(layout.landscape_footer if landscape else layout.footer)
    size = (
        f'w:w="{A4_HEIGHT}" w:h="{A4_WIDTH}" w:orient="landscape"'
        if landscape
        else f'w:w="{A4_WIDTH}" w:h="{A4_HEIGHT}"'
    )
    grid = f'<w:docGrid w:type="lines" w:linePitch="{LINE}"/>' if layout.official_grid else ""
    return (
        '<w:sectPr><w:footerReference w:type="default" r:id="rIdOdd"/><w:footerReference w:type="even" r:id="rIdEven"/>'
        f'<w:type w:val="nextPage"/><w:pgSz {size}/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" '
        f'w:header="851" w:footer="{footer}" w:gutter="0"/><w:cols w:space="425"/>{grid}</w:sectPr>'
    )


def footer_xml(layout: Layout, *, even: bool) -> str:
    """A footer with “— 1 —”: right on odd pages, left on even ones, one character in from the edge."""
    inset = round(layout.page_number * 20)
    if not layout.mirrored_numbers:
        place = '<w:jc w:val="center"/>'
    elif even:
        place = f'<w:ind w:left="{inset}" w:leftChars="100"/><w:jc w:val="left"/>'
    else:
        place = f'<w:ind w:right="{inset}" w:rightChars="100"/><w:jc w:val="right"/>'
    return (
        f'<w:p><w:pPr><w:pStyle w:val="Footer"/>{place}</w:pPr><w:r><w:t xml:space="preserve">— </w:t></w:r>'
        '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        '<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p>'
    )
