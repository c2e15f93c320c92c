"""What came back: counts by option, and the answers as rows for Excel, masked or (told in the audit) in full."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter
from django.db import transaction

from zhijia.core import audit
from zhijia.core.access import Access
from zhijia.core.outcomes import Refused, Violation
from zhijia.inquiries import people, replies, rules
from zhijia.inquiries.models import Inquiry, Question

TEXTS_SHOWN = 30  # free texts on the page of results; all of them are in the Excel file


@dataclass(frozen=True, slots=True)
class Tally:
    """One question with what was answered: `counts` by option where it offers some, else the free `texts`."""

    question: Question
    answered: int
    counts: tuple[tuple[str, int], ...] = ()
    texts: tuple[str, ...] = ()
    note: str = ""


def tallies(inquiry: Inquiry, questions: Sequence[Question], today: date) -> list[Tally]:
    """The answers of each question counted, of those whom the form asks: the same people as in the file. One query."""
    rows = people.answers(inquiry).filter(person__in=people.asked(inquiry, today).values("pk"))
    given: dict[int, list[str]] = {one.pk: [] for one in questions}
    for question, value, tail_, personal in rows.values_list("question", "value", "secret_tail", "question__personal"):
        if personal or value or tail_:
            given[question].append(value)
    return [_tally(one, given[one.pk]) for one in questions]


def _tally(one: Question, values: list[str]) -> Tally:
    if one.personal:
        return Tally(one, len(values), note="保密内容不在页面上显示；发放需要时由会计导出完整号码")
    values = [value for value in values if value]
    offered = rules.choices(one.kind, one.options)
    if offered:
        parts = Counter(part for value in values for part in value.split(rules.SEPARATOR))
        rest = sorted(set(parts) - set(offered))
        return Tally(one, len(values), tuple((option, parts[option]) for option in (*offered, *rest)))
    if one.kind == rules.NUMBER:
        return Tally(one, len(values), note=_summed(values))
    return Tally(one, len(values), texts=tuple(values[:TEXTS_SHOWN]))


def _summed(values: list[str]) -> str:
    numbers = [float(value) for value in values if not rules.clean(rules.NUMBER, value, today=date.min)[1]]
    if not numbers:
        return ""
    mean = f"{sum(numbers) / len(numbers):.1f}"
    return f"平均 {mean}，最小 {min(numbers):g}，最大 {max(numbers):g}，合计 {sum(numbers):.10g}"


@dataclass(frozen=True, slots=True)
class Grid:
    """The answers as a table: heads, and a row for everybody asked."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def grid(inquiry: Inquiry, questions: Sequence[Question], today: date, full: Mapping[Any, str] | None = None) -> Grid:
    """Everybody asked with what they answered; sealed answers masked unless `full` holds them. Three queries."""
    shown = {}
    rows = people.answers(inquiry).values_list("person", "question", "value", "secret_tail", "question__personal")
    for person, question, value, tail_, personal in rows:
        shown[person, question] = rules.masked(tail_) if personal else value
    if full is not None:
        shown.update(full)
    heads = ("工会小组", "姓名", *(one.text for one in questions), "填写日期", "代填人")
    table = [
        (one.group_name, one.name, *(shown.get((one.pk, question.pk), "") for question in questions),
         one.answered_on.isoformat() if one.answered_on else "", one.typed_by)
        for one in people.standings(inquiry, today)
    ]  # fmt: skip
    return Grid(heads, tuple(table))


def workbook(inquiry: Inquiry, table: Grid) -> bytes:
    """The table as an Excel file; no text becomes a formula, a link or a number (a card number keeps its digits)."""
    file = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = xlsxwriter.Workbook(file, options)
    head = book.add_format({"bold": True, "border": 1, "bg_color": "#E8EEF7", "text_wrap": True, "valign": "vcenter"})
    cell = book.add_format({"border": 1, "num_format": "@"})
    page = book.add_worksheet("收集答复")
    for index, text in enumerate(table.heads):
        page.write_string(0, index, text, head)
        page.set_column(index, index, max(10, min(40, 2 * len(text) + 4)))
    for number, row in enumerate(table.rows, 1):
        for index, text in enumerate(row):
            page.write_string(number, index, text, cell)
    page.freeze_panes(1, 2)
    page.autofilter(0, 0, len(table.rows), len(table.heads) - 1)
    page.set_landscape()
    page.set_paper(9)
    page.repeat_rows(0)
    page.fit_to_pages(1, 0)
    page.set_header(f"&C{inquiry.title.replace('&', '&&')}")
    page.set_footer("&R第 &P 页，共 &N 页")
    book.close()
    return file.getvalue()


def masked_file(inquiry: Inquiry, questions: Sequence[Question], today: date) -> bytes:
    """The answers as Excel with sealed answers masked."""
    return workbook(inquiry, grid(inquiry, questions, today))


@transaction.atomic
def full_file(inquiry: Inquiry, questions: Sequence[Question], *, reason: str, by: Access, today: date) -> bytes:
    """The answers as Excel with card numbers and the like in full; who took them and why stands in the audit.

    Refused without a reason.
    """
    if len(reason.strip()) < 2:
        raise Refused([Violation("reason", "没有写用途", mend="例如：发放春节慰问金")])
    audit.record(
        union=inquiry.union_id,
        by=by,
        verb="inquiries.answers.revealed",
        subject=inquiry,
        changes={"reason": reason.strip()[:200], "questions": [one.text for one in questions if one.personal]},
    )
    return workbook(inquiry, grid(inquiry, questions, today, replies.secrets_of(inquiry)))
