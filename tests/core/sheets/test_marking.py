"""Marking: the workbook comes back with its bad cells filled and explained, and a list that leads to them."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.core.sheets.ledger import SHEETS, save
from zhijia.core.outcomes import Violation
from zhijia.core.sheets import marking, reading

ROWS = [
    ["走访慰问台账"],
    ["姓名", "慰问日期", "金额", "身份证号"],
    ["张三", "三月", -5, "43010219780112561X"],
    ["李四", date(2021, 3, 5), 1, None],
]


def problems_of(path: Path) -> list[Violation]:
    return [one for table in reading.read(path, SHEETS).tables for one in reading.parse(table)[1]]


def test_the_workbook_comes_back_marked_with_a_list_in_front(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", {"走访慰问": ROWS, "别的": [["留着"]]})
    problems = problems_of(path)
    assert len(problems) == 3
    marking.mark(path, problems, tmp_path / "marked.xlsx")
    book = openpyxl.load_workbook(tmp_path / "marked.xlsx")
    assert book.sheetnames == ["导入问题", "走访慰问", "别的"]
    page = book["走访慰问"]
    assert [cell.fill.start_color.rgb[-6:] == "FFC000" for cell in page[3]] == [False, True, True, True]
    assert "怎么改" in page["C3"].comment.text
    assert page["C3"].value == -5
    listed = book["导入问题"]
    assert [cell.value for cell in listed[1]] == list(marking.HEADERS)
    assert listed["B2"].hyperlink.location == "'走访慰问'!B3"
    assert "19780112" not in "".join(str(cell.value) for row in listed.iter_rows() for cell in row)


def test_a_marked_workbook_can_be_mended_and_marked_again(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", {"走访慰问": ROWS})
    marking.mark(path, problems_of(path), tmp_path / "once.xlsx")
    found = reading.read(tmp_path / "once.xlsx", SHEETS)
    assert [table.title for table in found.tables] == ["走访慰问"]
    marking.mark(tmp_path / "once.xlsx", problems_of(tmp_path / "once.xlsx"), tmp_path / "twice.xlsx")
    assert openpyxl.load_workbook(tmp_path / "twice.xlsx").sheetnames == ["导入问题", "走访慰问"]


def test_other_formats_give_the_list_and_the_problem_rows(tmp_path: Path) -> None:
    path = tmp_path / "走访慰问.csv"
    path.write_text("姓名,慰问日期,金额\n张三,三月,=1+1\n李四,2021-3-5,5\n", encoding="utf-8")
    problems = problems_of(path)
    marking.mark(path, problems, tmp_path / "marked.xlsx")
    book = openpyxl.load_workbook(tmp_path / "marked.xlsx")
    page = book["走访慰问"]
    assert [[cell.value for cell in row] for row in page.iter_rows()] == [
        ["原来的行号", "姓名", "慰问日期", "金额"],
        [2, "张三", "三月", "=1+1"],
    ]
    assert page["D2"].data_type == "s"
    assert page["C2"].comment.text


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"PK\x03\x04 broken"])
def test_a_file_that_can_not_be_opened_gives_the_list_alone(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    marking.mark(path, reading.read(path, SHEETS).problems, tmp_path / "marked.xlsx")
    assert openpyxl.load_workbook(tmp_path / "marked.xlsx").sheetnames == ["导入问题"]


def test_a_long_workbook_gives_its_problem_rows_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marking, "ROWS_LIMIT", 3)
    path = save(tmp_path / "a.xlsx", {"走访慰问": ROWS})
    marking.mark(path, problems_of(path), tmp_path / "marked.xlsx")
    page = openpyxl.load_workbook(tmp_path / "marked.xlsx")["走访慰问"]
    assert page.max_row == 2
    assert page["A2"].value == 3
    assert page["C2"].fill.start_color.rgb[-6:] == "FFC000"
