"""The styles of a paper: real Word headings, the official fonts, and what to use where an office lacks them."""

from __future__ import annotations

from dataclasses import dataclass

from zhijia.documents.docx.blocks import WU_HAO, XIAO_SI, Face
from zhijia.documents.docx.page import LINE, Layout

FONTS: dict[Face, str] = {"body": "仿宋_GB2312", "kai": "楷体_GB2312", "hei": "黑体", "title": "方正小标宋简体"}
# What Word takes when the official font is not installed: present in every Windows and in WPS.
_SUBSTITUTES = {
    "仿宋_GB2312": "仿宋",
    "楷体_GB2312": "楷体",
    "黑体": "SimHei",
    "方正小标宋简体": "华文中宋",
    "宋体": "SimSun",
}
RED = "FF0000"
GREY = "808080"


def fonts_xml(name: str) -> str:
    """The `w:rFonts` that sets Chinese, Latin letters and digits in one font."""
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def look(
    font: str, *, size: float | None = None, bold: bool = False, colour: str = "", squeeze: int | None = None
) -> str:
    """Run properties in the order that the schema asks for; `size` in points, `squeeze` in twips a character."""
    return (
        fonts_xml(font)
        + ("<w:b/><w:bCs/>" if bold else "")
        + (f'<w:color w:val="{colour}"/>' if colour else "")
        + (f'<w:spacing w:val="{squeeze}"/>' if squeeze is not None else "")
        + (f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>' if size else "")
    )


@dataclass(frozen=True, slots=True)
class Style:
    """One paragraph style: Word's own name where there is one, and properties as XML in schema order."""

    id: str
    name: str
    paragraph: str
    run: str
    follows: str = "Normal"
    next: str = ""

    def xml(self) -> str:
        default = ' w:default="1"' if self.id == "Normal" else ""
        based = "" if self.id == "Normal" else f'<w:basedOn w:val="{self.follows}"/>'
        after = f'<w:next w:val="{self.next}"/>' if self.next else ""
        return (
            f'<w:style w:type="paragraph"{default} w:styleId="{self.id}"><w:name w:val="{self.name}"/>{based}{after}'
            f"<w:qFormat/><w:pPr>{self.paragraph}</w:pPr><w:rPr>{self.run}</w:rPr></w:style>"
        )


def line_xml(layout: Layout) -> str:
    """Line spacing: exact lines on the official page, one and a half lines in the speaker's copy."""
    rule = f'w:line="{LINE}" w:lineRule="exact"' if layout.official_grid else 'w:line="360" w:lineRule="auto"'
    return f'<w:spacing w:before="0" w:after="0" {rule}/>'


def indent_xml(layout: Layout) -> str:
    """A first line indented by two characters of the body."""
    return f'<w:ind w:firstLine="{round(layout.body * 40) + 2 * layout.squeeze}" w:firstLineChars="200"/>'


def _heading(layout: Layout, level: int) -> Style:
    faces: tuple[Face, ...] = ("hei", "kai", "body", "body")
    paragraph = f'<w:keepNext/><w:keepLines/><w:widowControl/>{indent_xml(layout)}<w:outlineLvl w:val="{level - 1}"/>'
    return Style(
        f"Heading{level}",
        f"heading {level}",
        paragraph,
        look(FONTS[faces[level - 1]], bold=level == 3),
        next="BodyText",
    )


def _table_styles() -> list[Style]:
    found = []
    tight = '<w:snapToGrid w:val="0"/><w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/>'
    for label, size in (("12", XIAO_SI), ("10", WU_HAO)):
        for name, side in (("Left", "left"), ("Centre", "center"), ("Right", "right"), ("Both", "both")):
            run = look(FONTS["body"], size=size, squeeze=0)
            found.append(Style(f"Table{name}{label}", f"Table {name} {label}", f'{tight}<w:jc w:val="{side}"/>', run))
        run = look(FONTS["hei"], size=size, squeeze=0)
        head = f'<w:keepNext/>{tight}<w:jc w:val="center"/>'
        found.append(Style(f"TableHead{label}", f"Table Head {label}", head, run))
        total = f'{tight}<w:jc w:val="left"/>'
        bold = look(FONTS["body"], size=size, bold=True, squeeze=0)
        found.append(Style(f"TableTotal{label}", f"Table Total {label}", total, bold))
    return found


def _all(layout: Layout) -> list[Style]:
    body, centre = FONTS["body"], '<w:jc w:val="center"/>'
    free = '<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
    side = f'<w:ind w:left="{round(layout.body * 20)}" w:right="{round(layout.body * 20)}"/>'
    # Twenty-two full lines a page: body text may leave a single line behind, headings may not.
    normal = '<w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>' + line_xml(layout)
    normal += '<w:jc w:val="both"/>'
    return [
        Style("Normal", "Normal", normal, look(body, size=layout.body, squeeze=layout.squeeze)),
        Style("BodyText", "Body Text", indent_xml(layout), ""),
        Style(
            "Title",
            "Title",
            f'<w:keepNext/><w:keepLines/><w:snapToGrid w:val="0"/>{centre}',
            look(FONTS["title"], size=layout.title, squeeze=0),
            next="BodyText",
        ),
        Style("Subtitle", "Subtitle", f"<w:keepNext/>{centre}", look(FONTS["kai"]), next="BodyText"),
        Style("Salutation", "Salutation", "<w:keepNext/>", "", next="BodyText"),
        *(_heading(layout, level) for level in (1, 2, 3, 4)),
        Style("Attachment", "Attachment", "<w:keepLines/>", ""),
        Style("Signature", "Signature", '<w:keepNext/><w:keepLines/><w:jc w:val="right"/>', ""),
        Style("Date", "Date", '<w:keepLines/><w:jc w:val="right"/>', ""),
        Style("SignLine", "Sign Line", "<w:keepLines/>", ""),
        Style("SealPlace", "Seal Place", '<w:jc w:val="right"/>', look(body, colour=GREY)),
        Style("Caption", "caption", f"<w:keepNext/>{centre}", look(FONTS["hei"], size=XIAO_SI, squeeze=0)),
        Style("Unit", "Unit", f'<w:keepNext/>{free}<w:jc w:val="right"/>', look(body, size=WU_HAO, squeeze=0)),
        Style("Note", "Note", f'{free}<w:jc w:val="left"/>', look(FONTS["kai"], size=XIAO_SI, squeeze=0)),
        Style("Picture", "Picture", free + centre, look(body, size=XIAO_SI, squeeze=0)),
        Style(
            "Gap", "Gap", '<w:snapToGrid w:val="0"/><w:spacing w:line="160" w:lineRule="exact"/>', look(body, size=4)
        ),
        Style("RedHead", "Red Head", f"<w:keepNext/>{free}{centre}", look(FONTS["title"], colour=RED, squeeze=0)),
        Style("DocNumber", "Document Number", "<w:keepNext/>", ""),
        Style("Imprint", "Imprint", f"<w:keepLines/>{side}", look(body, size=14, squeeze=0)),
        Style("Footer", "footer", free, look(layout.number_face, size=layout.page_number, squeeze=0)),
        *_table_styles(),
    ]


def styles_xml(layout: Layout) -> str:
    """The body of styles.xml: Chinese as the document's language, then every style."""
    language = '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts_xml(FONTS["body"])}<w:kern w:val="0"/><w:sz w:val="32"/>'
        f'<w:szCs w:val="32"/>{language}</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
    )
    return defaults + "".join(style.xml() for style in _all(layout))


def font_table_xml() -> str:
    """The fonts a paper names, each with the one to use where it is not installed."""
    return "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="auto"/>'
        '<w:pitch w:val="default"/></w:font>'
        for name, other in _SUBSTITUTES.items()
    )
