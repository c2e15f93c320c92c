"""Writing: the template is empty to an import, an export reads back as the same values, text is never a formula."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.sheets.ledger import SHEETS, VISITS
from zhijia.core.sheets import reading, writing

ROW = ["A1", "张三", date(2021, 3, 5), "illness", 123_456, "11010519491231002X", "=1+1\n@x"]


def test_an_export_reads_back_as_the_same_values(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    blank = ["A2", "李四", date(2022, 1, 1), None, None, None, None]
    writing.write_workbook(path, [(VISITS, iter([ROW, blank]))])
    found = reading.read(path, SHEETS)
    assert (found.problems, found.notes) == ([], [])
    columns, problems = reading.parse(found.tables[0])
    assert problems == []
    assert [list(row) for row in zip(*columns.values(), strict=True)] == [ROW, blank]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=30), min_size=1)
)
def test_any_text_survives_an_export(notes: list[str]) -> None:
    notes = [f"-{note}" for note in notes]
    file = io.BytesIO()
    rows = [[None, "张三", date(2021, 3, 5), None, None, None, note] for note in notes]
    writing.write_workbook(file, [(VISITS, rows)])
    page = openpyxl.load_workbook(file).active
    assert {row[6].data_type for row in page.iter_rows(min_row=2)} == {"s"}
    assert [row[6].value for row in page.iter_rows(min_row=2)] == notes


def test_the_template_holds_help_lists_and_examples_that_an_import_passes_over(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    writing.write_template(path, SHEETS)
    found = reading.read(path, SHEETS)
    assert [problem.code for problem in found.problems] == ["file.blank"]
    assert {note.code for note in found.notes} == {"sheet.blank", "sheet.ignored"}
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["说明", "走访慰问", "活动"]
    page: Any = book["走访慰问"]
    assert [cell.value for cell in page[1]][:3] == ["编号", "姓名*", "慰问日期*"]
    assert page["A2"].value == "示例"
    assert book["活动"]["A2"].value.startswith("示例")
    assert page["B1"].comment.text.startswith("必填")
    assert any("生病住院" in rule.formula1 for rule in page.data_validations.dataValidation)
    assert page.freeze_panes == "A2"
    assert page.print_title_rows == "$1:$1"
    page.append(["", "王五", "2021.3.5", "结婚", 5])
    book.save(path)
    assert [table.rows for table in reading.read(path, SHEETS).tables] == [[4]]


def test_the_reference_names_every_column() -> None:
    text = writing.reference_markdown(SHEETS)
    for sheet in SHEETS:
        assert f"## {sheet.name}" in text
        for column in sheet.columns:
            assert f"| {column.header}" in text
    assert "生病住院、结婚、其他" in text
