"""What stands round the text of an official paper: red head, signature, attachments, 版记.

GB/T 9704-2012, 7.2 (版头), 7.3.4–7.3.5 (附件说明, 署名, 成文日期) and 7.4 (版记).
"""

from __future__ import annotations

from datetime import date

from zhijia.documents.docx.blocks import Attachments, Document, Imprint, Signature, SignLines
from zhijia.documents.docx.page import Layout, twips
from zhijia.documents.docx.styles import FONTS, RED, fonts_xml
from zhijia.documents.docx.text import BLANK, BLANK_KEPT, GAP, paragraph_xml, text_xml, width_of

_DATE_INSET = 4  # characters between the date and the right edge, room for the seal
_HEAD_DROP_MM = 33  # 35 mm from the type area to the characters, less the leading above them


def chinese_date(on: date) -> str:
    """A date as papers write it: Arabic digits, no leading zero: 2025年3月8日."""
    return f"{on.year}年{on.month}月{on.day}日"


def red_head_xml(document: Document, layout: Layout) -> list[str]:
    """发文机关标志 in red, the document number (with 签发人 on upward papers), the red line, two blank lines."""
    width = layout.text_width()
    mark = f"{document.issuer}文件"
    size = max(22, min(54, int(width / 20 / width_of(mark) * 0.96)))
    return [
        paragraph_xml(
            "RedHead",
            f'<w:r><w:rPr><w:sz w:val="{size * 2}"/><w:szCs w:val="{size * 2}"/></w:rPr>{text_xml(mark)}</w:r>',
            properties=f'<w:spacing w:before="{twips(_HEAD_DROP_MM)}" w:after="0" w:line="240" w:lineRule="auto"/>',
        ),
        BLANK_KEPT,
        _number_line(document, layout),
        BLANK,
        BLANK,
    ]


def _number_line(document: Document, layout: Layout) -> str:
    number = text_xml(document.doc_number) if document.doc_number else ""
    line = f'<w:pBdr><w:bottom w:val="single" w:sz="18" w:space="11" w:color="{RED}"/></w:pBdr>'
    if document.signer is None:
        return paragraph_xml("DocNumber", f"<w:r>{number}</w:r>", properties=f'{line}<w:jc w:val="center"/>')
    character = round(layout.body * 20)
    tabs = f'<w:tabs><w:tab w:val="right" w:pos="{layout.text_width() - character}"/></w:tabs>'
    content = (
        f'<w:r><w:t xml:space="preserve">　</w:t>{number}<w:tab/><w:t>签发人：</w:t></w:r>'
        f"<w:r><w:rPr>{fonts_xml(FONTS['kai'])}</w:rPr>{text_xml(document.signer)}</w:r>"
    )
    return paragraph_xml("DocNumber", content, properties=f'{line}{tabs}<w:jc w:val="left"/>')


def _inset(characters: float, layout: Layout) -> str:
    pitch = layout.body * 20 + layout.squeeze
    return f'<w:ind w:right="{round(characters * pitch)}" w:rightChars="{round(characters * 100)}"/>'


def signature_xml(block: Signature, layout: Layout) -> list[str]:
    """Blank line, the signing bodies centred over the date, the date four characters from the right edge.

    A body too long to be centred so stands at the right edge, and the date is centred below it.
    """
    bodies = (block.org,) if isinstance(block.org, str) else block.org
    day = chinese_date(block.on)
    widest = max(width_of(body) for body in bodies)
    inset = max(float(_DATE_INSET), (widest - width_of(day)) / 2)
    parts = [BLANK_KEPT, BLANK_KEPT] if layout.official_grid else [BLANK_KEPT]
    for body in bodies:
        side = max(0.0, inset + (width_of(day) - width_of(body)) / 2)
        parts.append(paragraph_xml("Signature", f"<w:r>{text_xml(body)}</w:r>", properties=_inset(side, layout)))
    parts.append(paragraph_xml("Date", f"<w:r>{text_xml(day)}</w:r>", properties=_inset(inset, layout)))
    return parts


def sign_lines_xml(block: SignLines, layout: Layout) -> list[str]:
    """One line for each label, the rest of it ruled for a signature by hand."""
    character = round(layout.body * 20)
    parts = []
    for label in block.labels:
        end = min(layout.text_width(), round((width_of(label) + 2 + 12) * character))
        tabs = f'<w:tabs><w:tab w:val="left" w:leader="underscore" w:pos="{end}"/></w:tabs>'
        indent = f'<w:ind w:left="{2 * character}"/>'
        content = f"<w:r>{text_xml(label)}<w:tab/></w:r>"
        space = '<w:spacing w:before="120" w:after="120"/>'
        parts.append(paragraph_xml("SignLine", content, properties=tabs + space + indent))
    return parts


def attachments_xml(block: Attachments, layout: Layout) -> list[str]:
    """A blank line, then the names two characters in; further names stand below the first one's number."""
    if not block.names:
        return []
    pitch = layout.body * 20 + layout.squeeze
    several = len(block.names) > 1
    number_width = 1.0 + 0.5 * (len(block.names) > 9)
    parts = [BLANK]
    for place, name in enumerate(block.names, start=1):
        lead = "附件：" if place == 1 else ""
        text = f"{lead}{place}.{name}" if several else f"{lead}{name}"
        hanging = width_of(lead) + (width_of(f"{place}.") if several else 0)
        left = 5 + (number_width if several else 0)
        indent = f'<w:ind w:left="{round(left * pitch)}" w:hanging="{round(hanging * pitch)}"/>'
        properties = f'{indent}<w:jc w:val="left"/>'
        parts.append(paragraph_xml("Attachment", f"<w:r>{text_xml(text)}</w:r>", properties=properties))
    return parts


def imprint_xml(block: Imprint, layout: Layout) -> list[str]:
    """版记 standing at the foot of the page: thick rules outside, a thin one between copies and printing."""
    width, character = layout.text_width(), 280
    rows = []
    if block.copies:
        hang = f'<w:ind w:left="{4 * character}" w:right="{character}" w:hanging="{3 * character}"/>'
        copies = text_xml("抄送：" + "，".join(block.copies) + "。")
        rows.append(paragraph_xml("Imprint", f"<w:r>{copies}</w:r>", properties=hang))
    tabs = f'<w:tabs><w:tab w:val="right" w:pos="{width - character}"/></w:tabs>'
    printed = f"{text_xml(block.issued_by)}<w:tab/><w:t>{chinese_date(block.on)}印发</w:t>"
    flat = f'<w:ind w:left="{character}" w:right="0"/><w:jc w:val="left"/>'
    rows.append(paragraph_xml("Imprint", f"<w:r>{printed}</w:r>", properties=tabs + flat))
    start = f'<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
    cells = "".join(f"{start}{row}</w:tc></w:tr>" for row in rows)
    thick = 'w:val="single" w:sz="8" w:space="0" w:color="000000"'
    thin = 'w:val="single" w:sz="6" w:space="0" w:color="000000"'
    table = (
        '<w:tbl><w:tblPr><w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin" w:horzAnchor="margin" '
        f'w:tblpX="0" w:tblpYSpec="bottom"/><w:tblW w:w="{width}" w:type="dxa"/>'
        f"<w:tblBorders><w:top {thick}/><w:bottom {thick}/><w:insideH {thin}/></w:tblBorders>"
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
        f'</w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w="{width}"/></w:tblGrid>{cells}</w:tbl>'
    )
    return [table, GAP]
