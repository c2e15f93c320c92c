"""A described document into docx bytes: every block drawn, sections closed, parts put together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC

from zhijia.documents.docx import blocks as b
from zhijia.documents.docx import frame
from zhijia.documents.docx.archive import zipped
from zhijia.documents.docx.charts import ChartPart, chart_part, picture_xml
from zhijia.documents.docx.page import Layout, footer_xml, layout_of, section_xml
from zhijia.documents.docx.parts import package_parts
from zhijia.documents.docx.styles import font_table_xml, styles_xml
from zhijia.documents.docx.tables import signature_list_table, table_xml
from zhijia.documents.docx.text import BLANK, Marks, paragraph_xml, runs_xml, text_xml
from zhijia.documents.docx.titles import balanced, title_spacing

_JC: dict[b.Align, str] = {"left": "left", "centre": "center", "right": "right", "both": "both"}
_PAGE_BREAK = "<w:pageBreakBefore/>"
_THIN = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'


def render(document: b.Document) -> bytes:
    """The docx of a document; equal documents give equal bytes. A mark used twice is refused (ValueError)."""
    layout = layout_of(document)
    body = _Body(document, layout)
    xml = body.xml()
    return zipped(
        package_parts(
            body=xml,
            styles=styles_xml(layout),
            fonts=font_table_xml(),
            footers=(footer_xml(layout, even=False), footer_xml(layout, even=True)),
            charts=body.charts,
            title=document.title,
            creator=document.creator,
            created=document.created_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            paper_colour=document.paper_colour,
        )
    )


@dataclass(slots=True)
class _Body:
    """The elements of the body as they are drawn, with what they add to the package."""

    document: b.Document
    layout: Layout
    marks: Marks = field(default_factory=Marks)
    charts: list[ChartPart] = field(default_factory=list)
    landscape: bool = False

    def xml(self) -> str:
        found: list[str] = []
        blocks = list(self.document.blocks)
        if blocks and isinstance(first := blocks[0], b.Section):
            self.landscape = first.landscape
            del blocks[0]
        if self.document.kind == "red_head" and not self.document.speaker_copy:
            found += frame.red_head_xml(self.document, self.layout)
        break_next = False
        for block, following in _pairs(blocks):
            if isinstance(block, b.Section):
                _close_section(found, section_xml(self.layout, landscape=self.landscape))
                self.landscape, break_next = block.landscape, False
                continue
            if isinstance(block, b.PageBreak):
                break_next = bool(found)
                continue
            drawn = self.draw(block, following)
            if break_next and drawn:
                drawn = _on_a_new_page(drawn)
                break_next = False
            found += drawn
        return "".join(found) + section_xml(self.layout, landscape=self.landscape)

    @property
    def width(self) -> int:
        return self.layout.text_width(landscape=self.landscape)

    def draw(self, block: b.Block, following: b.Block | None) -> list[str]:
        """The elements of one block; `following` decides on blank lines and on what is kept together."""
        match block:
            case b.Title():
                limit = int(self.width / 20 / self.layout.title)
                lines = block.lines or balanced(block.text, limit)
                spacing = title_spacing(len(lines), self.layout)
                title = paragraph_xml("Title", f"<w:r>{text_xml(chr(10).join(lines))}</w:r>", properties=spacing)
                return [title, *self.blank_after_head(following)]
            case b.Subtitle():
                return [self.styled("Subtitle", block.runs), *self.blank_after_head(following)]
            case b.Salutation():
                return [self.styled("Salutation", block.text)]
            case b.Addressee():
                text = block.text if block.text.endswith("：") else f"{block.text.rstrip(':')}："
                return [self.styled("Salutation", text)]
            case b.Heading():
                return [self.styled(f"Heading{block.level}", block.text)]
            case b.Paragraph():
                return [self.paragraph(block, following)]
            case b.Note():
                return [self.styled("Note", block.runs)]
            case b.SealPlace():
                return [self.styled("SealPlace", block.text)]
        return self.draw_object(block)

    def draw_object(self, block: b.Block) -> list[str]:
        """The elements of a table, a chart or a fixed part of an official paper."""
        match block:
            case b.Table():
                return table_xml(block, width=self.width, marks=self.marks)
            case b.SignatureList():
                return table_xml(signature_list_table(block), width=self.width, marks=self.marks)
            case b.Chart():
                self.charts.append(chart_part(block, created_at=self.document.created_at))
                return [picture_xml(block, number=len(self.charts), width=self.width)]
            case b.Signature():
                return frame.signature_xml(block, self.layout)
            case b.SignLines():
                return frame.sign_lines_xml(block, self.layout)
            case b.Attachments():
                return frame.attachments_xml(block, self.layout)
            case b.Imprint():
                return frame.imprint_xml(block, self.layout)
        raise TypeError(f"no such block in a document: {block!r}")

    def styled(self, style: str, text: b.Text) -> str:
        return paragraph_xml(style, runs_xml(text, self.marks))

    def paragraph(self, block: b.Paragraph, following: b.Block | None) -> str:
        kept = block.keep_with_next or isinstance(following, b.Signature)
        properties = ("<w:keepNext/>" if kept else "") + (
            f'<w:jc w:val="{_JC[block.align]}"/>' if block.align != "both" else ""
        )
        style = "BodyText" if block.indent and block.align in ("both", "left") else "Normal"
        return paragraph_xml(style, runs_xml(block.runs, self.marks), properties=properties)

    def blank_after_head(self, following: b.Block | None) -> list[str]:
        last = not isinstance(following, b.Title | b.Subtitle)
        return [BLANK] if last and self.document.kind != "register" else []


def _pairs(blocks: Sequence[b.Block]) -> Iterator[tuple[b.Block, b.Block | None]]:
    return zip(blocks, (*blocks[1:], None), strict=True)


def _on_a_new_page(drawn: list[str]) -> list[str]:
    """The same elements, the first one (or a thin paragraph before a table) starting a new page."""
    first = drawn[0]
    if not first.startswith("<w:p>"):
        return [paragraph_xml("Gap", "", properties=_PAGE_BREAK + _THIN), *drawn]
    style_end = first.index("/>") + 2
    rest = first[style_end:]
    for earlier in ("<w:keepNext/>", "<w:keepLines/>"):
        if rest.startswith(earlier):
            style_end += len(earlier)
            rest = rest[len(earlier) :]
    return [first[:style_end] + _PAGE_BREAK + rest, *drawn[1:]]


def _close_section(found: list[str], section: str) -> None:
    """Put the section's properties into the last paragraph, or into a thin one of its own after a table."""
    if not found or not found[-1].startswith("<w:p>"):
        found.append(paragraph_xml("Gap", "", properties=_THIN))
    found[-1] = found[-1].replace("</w:pPr>", f"{section}</w:pPr>", 1)
