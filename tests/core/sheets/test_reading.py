"""Reading: ledgers in several styles, totals, mappings, and files that must be refused without harm."""

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from tests.core.sheets.ledger import SHEETS, VISITS, save
from zhijia.core.sheets import reading, source

HEAD = ["姓名", "慰问日期", "事由", "金额"]


def codes(found: list[Any]) -> list[str]:
    return [violation.code for violation in found]


def test_one_sheet_per_year_gives_the_year_to_dates_without_one(tmp_path: Path) -> None:
    rows = [["慰问金额", "日期", "慰问对象"], ["500元", "3月5日", "张三"], [300, "11.2", "李四"]]
    path = save(tmp_path / "慰问台账.xlsx", {"2021年": rows, "2022年": rows, "封面": [["某某学校工会"]]})
    found = reading.read(path, SHEETS)
    assert found.problems == []
    assert [(table.sheet.name, table.year) for table in found.tables] == [("走访慰问", 2021), ("走访慰问", 2022)]
    columns, problems = reading.parse(found.tables[1])
    assert problems == []
    assert columns["held_on"] == [date(2022, 3, 5), date(2022, 11, 2)]
    assert columns["amount_fen"] == [50_000, 30_000]
    assert "sheet.ignored" in codes(found.notes)


def test_merged_titles_two_row_headers_blank_rows_examples_and_totals_are_told_apart(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    page.title = "慰问情况"
    page.append(["2021年走访慰问台账"])
    page.merge_cells("A1:E1")
    page.append([])
    page.append(["序号", "职工姓名", "慰问", None, "事由"])
    page.append([None, None, "慰问日期*", "金额（万元）", None])
    page.merge_cells("C3:D3")
    page.append([1, "示例：张三", "2021-1-1", 1, "结婚"])
    page.append([2, "张三", "2021.3.5", 0.05, "住院"])
    page.append([3, "李四", "2021.3.6", "0.03", None])
    page.merge_cells("E6:E7")
    page.append(["序号", "职工姓名", "慰问日期*", "金额（万元）", "事由"])
    page.append([4, "王五", "2021.4.1", 0.02, "其他"])
    page.append([5, None, None, None, None])
    page.append([None, "合 计：", None, 0.1, None])
    book.save(tmp_path / "own.xlsx")
    found = reading.read(tmp_path / "own.xlsx", SHEETS)
    assert found.problems == []
    [table] = found.tables
    assert table.rows == [6, 7, 9]
    assert table.header_row == 4
    columns, problems = reading.parse(table)
    assert problems == []
    assert columns["amount_fen"] == [50_000, 30_000, 20_000]
    assert columns["cause"] == ["illness", "illness", "other"]
    assert reading.check_totals(table, columns) == []
    columns["amount_fen"][0] = 1
    [wrong] = reading.check_totals(table, columns)
    assert wrong.place.row == 11


def test_subtotals_are_checked_against_their_own_rows(tmp_path: Path) -> None:
    day = date(2021, 3, 5)
    rows = [
        HEAD,
        ["甲", day, None, 1],
        ["小计", None, None, 1],
        ["乙", day, None, 2],
        ["小计", None, None, 9],
        ["总计", None, None, 3],
    ]
    [table] = reading.read(save(tmp_path / "a.xlsx", {"走访慰问": rows}), SHEETS).tables
    columns, _ = reading.parse(table)
    assert table.rows == [2, 4]
    assert [violation.place.row for violation in reading.check_totals(table, columns)] == [5]


def test_a_mapping_reads_a_ledger_with_columns_of_its_own(tmp_path: Path) -> None:
    rows = [["谁", "哪天", "花了", "干部"], ["张三", "2021-3-5", 100, "王"], ["李四", "2021-3-6", 200, "王"]]
    path = save(tmp_path / "own.xlsx", {"跑腿本": rows})
    assert codes(reading.read(path, SHEETS).problems) == ["file.nothing"]
    wish = {
        "sheet": "走访慰问",
        "columns": {"谁": "姓名", "哪天": "慰问日期", "花了": "金额"},
        "constants": {"事由": "其他"},
    }
    found = reading.read(path, SHEETS, mapping={"sheets": {"跑腿本": wish}})
    assert found.problems == []
    columns, problems = reading.parse(found.tables[0])
    assert problems == []
    assert columns["cause"] == ["other", "other"]
    assert columns["amount_fen"] == [10_000, 20_000]
    assert found.tables[0].unknown == {"干部": (3, [])}
    wrong = reading.read(path, SHEETS, mapping={"sheets": {"*": {"sheet": "走访慰问", "columns": {"谁": "名"}}}})
    assert "mapping.column" in codes(wrong.problems)


def test_the_fingerprint_does_not_depend_on_order_or_spaces() -> None:
    assert reading.fingerprint(["姓名", "金额（元）"]) == reading.fingerprint(["金额(元)", " 姓 名* ", "序号"])
    assert reading.fingerprint(["姓名"]) != reading.fingerprint(["名称"])


def test_missing_and_doubled_columns_name_the_nearest_header(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", {"走访慰问": [["姓名", "慰问日", "金额", "慰问金"], ["张三", "2021-3-5", 1, 2]]})
    [missing] = reading.read(path, SHEETS).problems
    assert missing.code == "column.missing"
    assert "慰问日" in missing.mend
    path = save(
        tmp_path / "b.xlsx", {"走访慰问": [["姓名", "慰问日期", "慰问金", "慰问金额"], ["张三", "2021-3-5", 1, 2]]}
    )
    assert codes(reading.read(path, SHEETS).problems) == ["column.doubled"]


def test_bad_cells_are_reported_with_their_place_and_secrets_masked(tmp_path: Path) -> None:
    rows = [[*HEAD, "身份证号"], ["张三", "2021-3-5", "旅游", -5, 430102197801125610], ["", "2021-13-5", "", "/", ""]]
    [table] = reading.read(save(tmp_path / "a.xlsx", {"走访慰问": rows}), SHEETS).tables
    columns, problems = reading.parse(table)
    found = {(one.place.row, one.place.column, one.code) for one in problems}
    assert found == {
        (2, "事由", "choice"),
        (2, "金额", "money.negative"),
        (2, "身份证号", "id.rounded"),
        (3, "姓名", "required"),
        (3, "慰问日期", "date"),
    }
    assert not any("19780112" in str(one) for one in problems)
    assert columns["member"] == ["张三", None]


def test_formulas_give_their_saved_values_and_never_pass_as_blanks(tmp_path: Path) -> None:
    path = tmp_path / "f.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("走访慰问")
        page.write_row(0, 0, HEAD)
        page.write_row(1, 0, ["张三", "2021-3-5", "其他"])
        page.write_formula(1, 3, "=1+1", None, 2)
        page.write_row(2, 0, ["李四", "2021-3-5", "其他"])
        page.write_formula(2, 3, "=A1/0", None, "#DIV/0!")
    [table] = reading.read(path, SHEETS).tables
    columns, problems = reading.parse(table)
    assert columns["amount_fen"] == [200, None]
    assert codes(problems) == ["formula.error"]
    path = save(path, {"走访慰问": [HEAD, ["张三", "2021-3-5", "其他", "=1+1"]]})
    [table] = reading.read(path, SHEETS).tables
    assert codes(reading.parse(table)[1]) == ["formula.unsaved"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_is_read_in_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "2021年走访慰问.csv"
    path.write_bytes('姓名,慰问日期,编号\r\n张三,3月5日,="007"\r\n'.encode(encoding))
    [table] = reading.read(path, SHEETS).tables
    columns, problems = reading.parse(table)
    assert problems == []
    assert (columns["held_on"], columns["uid"]) == ([date(2021, 3, 5)], ["007"])


def test_mixed_encodings_in_one_csv_are_refused_with_the_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("姓名,慰问日期\n张三,2021-3-5\n".encode() + "李四,2021年3月6日\n".encode("gb18030"))
    [problem] = reading.read(path, SHEETS).problems
    assert (problem.code, problem.place.row) == ("csv.mixed", 3)


def packed(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def changed(path: Path, member: str, data: bytes) -> Path:
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return packed(path, members | {member: data})


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.xlsx", b"", "file.empty"),
        ("a.xlsx", b"%PDF-1.7 ...", "file.type"),
        ("a.xlsx", b"\x89PNG\r\n\x1a\n....", "file.type"),
        ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", "file.type"),
        ("a.xlsx", b"PK\x03\x04 broken", "file.broken"),
        ("a.csv", b"\x00\x01\x02\x03\x81\xff" * 50, "file.type"),
        ("a.xls", bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "file.encrypted"),
        ("a.xls", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "file.type"),
        ("a.xls", bytes.fromhex("d0cf11e0a1b11ae1") + "Workbook\0".encode("utf-16-le") + b"\0" * 600, "file.broken"),
    ],
)
def test_files_that_are_no_ledger_are_refused_in_words(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(data)
    found = reading.read(tmp_path / name, SHEETS)
    assert found.tables == []
    assert codes(found.problems) == [code]
    assert found.problems[0].mend


def test_macros_bombs_and_documents_are_refused(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", {"走访慰问": [HEAD]})
    assert codes(reading.read(changed(path, "xl/vbaProject.bin", b"x"), SHEETS).problems) == ["file.macro"]
    path = packed(tmp_path / "b.docx", {"word/document.xml": b"<x/>"})
    assert codes(reading.read(path, SHEETS).problems) == ["file.type"]
    many = {f"xl/{number}.xml": b"" for number in range(source.MEMBER_LIMIT + 1)}
    assert codes(reading.read(packed(tmp_path / "c.xlsx", many), SHEETS).problems) == ["file.bomb"]


def test_a_zip_bomb_is_refused_before_it_unfolds(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/workbook.xml", "w") as member:
        for _ in range(source.UNPACKED_LIMIT // (8 << 20) + 1):
            member.write(bytes(8 << 20))
    assert codes(reading.read(path, SHEETS).problems) == ["file.bomb"]


def test_a_file_beyond_the_limit_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "big.xlsx"
    with path.open("wb") as file:
        file.truncate(200 * 1024**2)
    assert codes(reading.read(path, SHEETS).problems) == ["file.large"]


def test_broken_xml_is_refused(tmp_path: Path) -> None:
    for member in ("xl/worksheets/sheet1.xml", "xl/workbook.xml"):
        path = changed(save(tmp_path / "a.xlsx", {"走访慰问": [HEAD]}), member, b"<worksheet><sheetData><row></oops>")
        assert codes(reading.read(path, SHEETS).problems) == ["file.broken"]


def test_one_far_off_cell_is_refused_and_does_not_end_the_process(tmp_path: Path) -> None:
    path = tmp_path / "far.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("走访慰问")
        page.write_row(0, 0, HEAD)
        page.write(1_048_575, 16_383, "x")
    [problem] = reading.read(path, SHEETS).problems
    assert problem.code == "sheet.sparse"
    assert "XFD1048576" in problem.message


def test_a_million_blank_rows_cost_nothing(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", {"走访慰问": [HEAD, ["张三", "2021-3-5"]]})
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    out = io.BytesIO()
    for row in range(3, 1_048_577):
        out.write(b'<row r="%d"><c r="A%d" s="0"/></row>' % (row, row))
    path = changed(path, "xl/worksheets/sheet1.xml", sheet.replace(b"</sheetData>", out.getvalue() + b"</sheetData>"))
    [table] = reading.read(path, SHEETS).tables
    assert table.rows == [2]


def test_empty_hidden_and_unknown_sheets_are_noted(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", {"走访慰问": [HEAD, ["张三", "2021-3-5"]], "空表": [], "说明": [["你好"]]})
    book = openpyxl.load_workbook(path)
    book["走访慰问"].sheet_state = "hidden"
    book.save(path)
    found = reading.read(path, SHEETS)
    assert found.problems == []
    assert len(found.tables) == 1
    assert set(codes(found.notes)) == {"sheet.hidden", "sheet.empty", "sheet.ignored"}


def test_headers_that_fit_two_sheets_are_asked_about(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", {"一": [["姓名", "慰问日期", "金额", "名称", "日期", "参加人数"], ["张三"]]})
    assert codes(reading.read(path, SHEETS).problems) == ["sheet.ambiguous"]
    assert [table.sheet for table in reading.read(path, [VISITS]).tables] == [VISITS]
