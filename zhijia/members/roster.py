"""The register of a day on paper and in Excel: 花名册 and 人数证明."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO

import xlsxwriter

from zhijia.core.dates import chinese_date
from zhijia.documents.docx.blocks import (
    WU_HAO,
    Document,
    Note,
    Paragraph,
    SealPlace,
    Section,
    Signature,
    Subtitle,
    Table,
    Title,
)
from zhijia.members.asof import ELECTORS, PURPOSES, Counts, Line

HEADS = ("序号", "姓名", "性别", "工会小组", "处室", "职务", "工会职务", "入会日期", "会籍")
_WIDTHS = (4, 7, 4, 11, 11, 10, 10, 9, 7)


def _rows(lines: Sequence[Line]) -> list[tuple[str, ...]]:
    return [
        (str(number), one.name, one.sex, one.group, one.department, one.job, one.post, one.admitted_on.isoformat(),
         one.standing)
        for number, one in enumerate(lines, 1)
    ]  # fmt: skip


def workbook(lines: Sequence[Line], title: str) -> bytes:
    """The register as an Excel file; no text becomes a formula, a link or a number."""
    file = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = xlsxwriter.Workbook(file, options)
    head = book.add_format({"bold": True, "border": 1, "bg_color": "#E8EEF7"})
    cell = book.add_format({"border": 1, "num_format": "@"})
    page = book.add_worksheet("花名册")
    for index, text in enumerate(HEADS):
        page.write_string(0, index, text, head)
        page.set_column(index, index, _WIDTHS[index] * 1.8)
    for number, row in enumerate(_rows(lines), 1):
        for index, text in enumerate(row):
            page.write_string(number, index, text, cell)
    page.freeze_panes(1, 2)
    page.autofilter(0, 0, max(1, len(lines)), len(HEADS) - 1)
    page.set_landscape()
    page.set_paper(9)
    page.repeat_rows(0)
    page.fit_to_pages(1, 0)
    page.set_header(f"&C{title.replace('&', '&&')}")
    page.set_footer("&R第 &P 页，共 &N 页")
    book.close()
    return file.getvalue()


def title(union: str, day: date, purpose: str) -> str:
    """What the register of the day is called."""
    word = "选举人名册" if purpose == ELECTORS else "会员花名册"
    return f"{union}{word}（{chinese_date(day)}）"


def paper(lines: Sequence[Line], *, union: str, day: date, purpose: str, created_at: datetime) -> Document:
    """The 花名册 of a day, landscape, its head on every page."""
    name = title("", day, purpose)
    blocks = (
        Section(landscape=True),
        Title(union),
        Subtitle(name),
        Table(HEADS, _rows(lines), widths=_WIDTHS, size=WU_HAO),
        Note(f"共{len(lines)}人。范围：{PURPOSES[purpose][1]}。"),
    )
    return Document(blocks=blocks, title=union + name, created_at=created_at, kind="register", creator=union)


def certificate(found: Counts, *, union: str, day: date, on: date, created_at: datetime) -> Document:
    """The 人数证明 of a day: members by group and sex, signed with today's date."""
    rows = [(one.name, str(one.members), str(one.men), str(one.women), str(one.retained)) for one in found.groups]
    total = ("合计", str(found.members), str(found.men), str(found.women), str(found.retained))
    text = f"截至{chinese_date(day)}，{union}共有会员{found.members}人，其中男{found.men}人、女{found.women}人"
    rest = f"；另有保留会籍{found.retained}人，不计入会员人数。" if found.retained else "。"
    blocks = (
        Title("会员人数证明"),
        Paragraph(text + rest),
        Table(("工会小组", "会员", "男", "女", "保留会籍"), rows, widths=(4, 2, 2, 2, 2), total=total,
              align=("left", "right", "right", "right", "right")),
        Paragraph("特此证明。"),
        Signature(union, on),
        SealPlace(),
    )  # fmt: skip
    return Document(blocks=blocks, title="会员人数证明", created_at=created_at, creator=union)
