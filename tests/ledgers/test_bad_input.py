"""Everything a person may send by mistake: refused with place, value and the way out; nothing half saved."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.apps import apps

from tests.ledgers.generated import WEIGHTS

Run = Callable[..., Any]
Write = Callable[..., Path]
Sheets = dict[str, list[Any]]

UNION = [("工会名称", "工会代码"), ("测试工会", "T1")]
TERMS = [("届次", "开始日期", "届满日期"), ("第五届", "2021-12-10", "2026-12-09")]
GROUPS = [("小组名称", "所在处室"), ("一组", "办公室"), ("二组", "计财处")]
HEADERS = ("姓名", "性别", "身份证号", "工号", "工会小组", "到单位日期", "入会日期", "出生日期")
PEOPLE = [
    HEADERS,
    ("张伟", "男", "", "1", "一组", "2010-06-01", "2010-07-01", "1980-05-06"),
    ("张伟", "男", "", "2", "二组", "2011-06-01", "2011-07-01", "1981-05-06"),
    ("李秀英", "女", "", "3", "二组", "2012-06-01", "2012-07-01", "1985-05-06"),
]
POSTS = [("姓名", "职务", "工会小组", "届次", "任职日期"), ("李秀英", "主席", "", "第五届", "2021-12-10")]
LEDGER: Sheets = {"工会": UNION, "届次": TERMS, "工会小组": GROUPS, "会员": PEOPLE, "任职": POSTS}


def counts() -> dict[str, int]:
    """How many rows every table of the house holds."""
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def resident_id(birth: str, order: str = "001") -> str:
    body = f"990101{birth}{order}"
    return body + "10X98765432"[sum(int(a) * b for a, b in zip(body, WEIGHTS, strict=True)) % 11]


def person(**cells: Any) -> tuple[Any, ...]:
    row = dict(zip(HEADERS, ("王五", "男", "", "9", "一组", "2015-06-01", "2015-07-01", "1990-01-01"), strict=True))
    return tuple((row | cells).values())


def with_person(**cells: Any) -> Sheets:
    return {**LEDGER, "会员": [*PEOPLE, person(**cells)]}


def with_sheet(name: str, *rows: tuple[Any, ...]) -> Sheets:
    return {**LEDGER, name: list(rows)}


VISIT = ("慰问对象", "慰问类别", "走访日期", "慰问金")
ENTRY = ("日期", "凭证号", "科目名称", "借方金额", "贷方金额")
ID = resident_id("19900101")
# what is wrong -> the sheets, and where the problem stands: sheet, row, column, value as it may be shown
CELLS: dict[str, tuple[Sheets, tuple[str, int, str, str]]] = {
    "a date that is none": (with_person(入会日期="2010-13-40"), ("会员", 5, "入会日期", "2010-13-40")),
    "end before start": (
        with_sheet("届次", TERMS[0], ("第五届", "2026-12-10", "2021-12-09")),
        ("届次", 2, "届满日期", "2021-12-10"),
    ),
    "overlapping terms": (
        with_sheet("届次", *TERMS, ("第六届", "2026-01-01", "2031-01-01")),
        ("届次", 3, "开始日期", "2026-01-01"),
    ),
    "negative money": (
        with_sheet("走访慰问", VISIT, ("李秀英", "困难职工", "2024-02-01", -500)),
        ("走访慰问", 2, "慰问金", "-500"),
    ),
    "money in words": (
        with_sheet("走访慰问", VISIT, ("李秀英", "困难职工", "2024-02-01", "五百多")),
        ("走访慰问", 2, "慰问金", "五百多"),
    ),
    "a voucher that does not balance": (
        with_sheet(
            "凭证", ENTRY, ("2024-01-05", "记-1", "银行存款", 100, ""), ("2024-01-05", "记-1", "会费收入", "", 90)
        ),
        ("凭证", 2, "借方金额", ""),
    ),
    "a leader who is not a member": (
        {**with_person(入会日期=""), "任职": [*POSTS, ("王五", "小组长", "一组", "第五届", "2022-01-01")]},
        ("任职", 3, "姓名", ""),
    ),
    "a leader who joined later": (
        {**with_person(入会日期="2023-01-01"), "任职": [*POSTS, ("王五", "小组长", "一组", "第五届", "2022-01-01")]},
        ("任职", 3, "姓名", ""),
    ),
    "an ID that Excel has rounded": (
        with_person(身份证号=110101199003070000),
        ("会员", 5, "身份证号", "110101********0000"),
    ),
    "an ID with a wrong check digit": (
        with_person(身份证号=ID[:-1] + ("1" if ID[-1] != "1" else "2")),
        ("会员", 5, "身份证号", "990101********001"),
    ),
    "an ID of one not yet born": (
        with_person(身份证号=resident_id("20270101"), 出生日期=""),
        ("会员", 5, "身份证号", "990101********001"),
    ),
    "born after today": (with_person(出生日期="2027-01-01"), ("会员", 5, "出生日期", "2027-01-01")),
    "one ID twice": (
        {**LEDGER, "会员": [*PEOPLE, person(身份证号=ID), person(姓名="赵六", 工号="10", 身份证号=ID)]},
        ("会员", 5, "身份证号", ""),
    ),
    "one staff number twice": (with_person(工号="3"), ("会员", 5, "姓名", "")),
    "one 编号 twice": (
        {
            **LEDGER,
            "工会小组": [("编号", *GROUPS[0]), *(("0199aaaa-0000-7000-8000-000000000001", *row) for row in GROUPS[1:])],
        },
        ("工会小组", 3, "编号", "0199aaaa-0000-7000-8000-000000000001"),
    ),
    "one group twice": (with_sheet("工会小组", *GROUPS, GROUPS[1]), ("工会小组", 4, "小组名称", "")),
    "an unknown group": (with_person(工会小组="三组"), ("会员", 5, "工会小组", "三组")),
    "a name that fits two people": (
        {**LEDGER, "任职": [*POSTS, ("张伟", "小组长", "一组", "第五届", "2022-01-01")]},
        ("任职", 3, "姓名", "张伟"),
    ),
    "a word that is no choice": (with_person(性别="南"), ("会员", 5, "性别", "南")),
    "a name that is missing": (with_person(姓名=""), ("会员", 5, "姓名", "")),
    "two unions in one workbook": (with_sheet("工会", *UNION, ("别的工会", "T2")), ("工会", 3, "工会代码", "T2")),
}


@pytest.mark.parametrize("what", list(CELLS))
def test_a_bad_cell_is_told_with_place_value_and_mend_and_nothing_is_saved(
    what: str, zhijia: Run, write: Write
) -> None:
    sheets, place = CELLS[what]
    before = counts()
    done = zhijia("import", write(sheets), "--json", code=1)
    found = [problem for problem in done["problems"] if problem["level"] == "refuse"]
    places = [tuple(problem[key] for key in ("sheet", "row", "column", "value")) for problem in found]
    assert any(one[:3] == place[:3] and place[3] in one[3] for one in places), places
    assert all(problem["mend"] or problem["source"] for problem in found), found
    assert ID not in str(done)
    assert counts() == before


def test_the_sound_ledger_of_these_tests_is_taken(zhijia: Run, write: Write) -> None:
    assert not zhijia("import", write(LEDGER), "--json")["refused"]


def test_a_bad_cell_in_a_second_ledger_leaves_the_first_as_it_was(zhijia: Run, write: Write) -> None:
    zhijia("import", write(LEDGER))
    before = counts()
    for name in ("an unknown group", "one staff number twice", "negative money"):
        zhijia("import", write(CELLS[name][0], "二.xlsx"), code=1)
    assert counts() == before


def test_days_ahead_are_told_and_taken(zhijia: Run, write: Write) -> None:
    done = zhijia("import", write(with_person(到单位日期="2027-03-01", 入会日期="")), "--json")
    assert ("会员", 5, "到单位日期", "warn") in {
        (problem["sheet"], problem["row"], problem["column"], problem["level"]) for problem in done["problems"]
    }


def test_another_unions_ledger_is_refused(zhijia: Run, write: Write) -> None:
    zhijia("import", write(LEDGER))
    before = counts()
    done = zhijia("import", write({**LEDGER, "工会": [UNION[0], ("别的工会", "T2")]}, "二.xlsx"), "--json", code=1)
    assert "other_union" in {problem["code"] for problem in done["problems"]}
    assert counts() == before


# ------------------------------------------------------------------ formulas


def _formulas(folder: Path, cells: dict[tuple[int, int], tuple[str, Any]]) -> Path:
    """The visits' ledger with formulas and their saved results at (row, column)."""
    book = xlsxwriter.Workbook(folder / "公式.xlsx")
    rows = [VISIT, ("李秀英", "困难职工", "2024-02-01", 500)]
    for name, content in {**LEDGER, "走访慰问": rows}.items():
        page = book.add_worksheet(name)
        for index, row in enumerate(content):
            page.write_row(index, 0, row)
        for (row, column), (formula, value) in cells.items() if name == "走访慰问" else ():
            page.write_formula(row, column, formula, None, value)
    book.close()
    return folder / "公式.xlsx"


def test_a_formulas_saved_result_is_read(zhijia: Run, tmp_path: Path) -> None:
    zhijia("import", _formulas(tmp_path, {(1, 3): ("=200+300", 500)}))
    (fact,) = zhijia("facts", "care.visit_amount", "--json")["facts"]
    assert fact["value"] == 50_000


@pytest.mark.parametrize(("cell", "header"), [((1, 0), "慰问对象"), ((1, 3), "慰问金")])
@pytest.mark.parametrize("error", ["#REF!", "#DIV/0!", "#VALUE!"])
def test_a_formula_that_went_wrong_is_refused(
    zhijia: Run, tmp_path: Path, cell: tuple[int, int], header: str, error: str
) -> None:
    before = counts()
    done = zhijia("import", _formulas(tmp_path, {cell: ("=1+1", error)}), "--json", code=1)
    places = {(problem["sheet"], problem["row"], problem["column"], problem["code"]) for problem in done["problems"]}
    assert ("走访慰问", 2, header, "formula.error") in places
    assert counts() == before


def test_a_name_written_like_a_formula_stays_a_name(zhijia: Run, write: Write) -> None:
    zhijia("import", write(with_person(姓名="=1+1")))
    assert apps.get_model("members.Person")._default_manager.get(staff_no="9").name == "=1+1"


# ------------------------------------------------------------------ files


def _text(folder: Path) -> Path:
    (folder / "a.xlsx").write_bytes(b"%PDF-1.7 what people rename")
    return folder / "a.xlsx"


def _bomb(folder: Path) -> Path:
    with zipfile.ZipFile(folder / "a.xlsx", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _piece in range(700):
                part.write(bytes(1024 * 1024))
    return folder / "a.xlsx"


def _huge(folder: Path) -> Path:
    with (folder / "a.xlsx").open("wb") as file:
        file.write(b"PK\x03\x04")
        os.truncate(file.fileno(), 200 * 1024 * 1024)
    return folder / "a.xlsx"


def _macro(folder: Path) -> Path:
    book = xlsxwriter.Workbook(folder / "a.xlsm")
    book.add_worksheet("会员").write_row(0, 0, HEADERS)
    book.close()
    with zipfile.ZipFile(folder / "a.xlsm", "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    return folder / "a.xlsm"


def _broken_xml(folder: Path) -> Path:
    book = xlsxwriter.Workbook(folder / "good.xlsx")
    book.add_worksheet("会员").write_row(0, 0, HEADERS)
    book.close()
    with zipfile.ZipFile(folder / "good.xlsx") as good, zipfile.ZipFile(folder / "a.xlsx", "w") as bad:
        for name in good.namelist():
            data = good.read(name)
            bad.writestr(name, data[: len(data) // 2] if name == "xl/workbook.xml" else data)
    return folder / "a.xlsx"


def _half(folder: Path) -> Path:
    book = xlsxwriter.Workbook(folder / "good.xlsx")
    book.add_worksheet("会员").write_row(0, 0, HEADERS)
    book.close()
    data = (folder / "good.xlsx").read_bytes()
    (folder / "a.xlsx").write_bytes(data[: len(data) // 2])
    return folder / "a.xlsx"


def _empty_sheets(folder: Path) -> Path:
    book = xlsxwriter.Workbook(folder / "a.xlsx")
    book.add_worksheet("会员")
    book.add_worksheet("走访慰问")
    book.close()
    return folder / "a.xlsx"


def _mixed_csv(folder: Path) -> Path:
    lines = ["姓名,性别,工号".encode(), "张伟,男,1".encode(), "李秀英,女,2".encode("gb18030")]
    (folder / "会员.csv").write_bytes(b"\n".join(lines))
    return folder / "会员.csv"


def _empty(folder: Path) -> Path:
    (folder / "a.xlsx").write_bytes(b"")
    return folder / "a.xlsx"


def _missing(folder: Path) -> Path:
    return folder / "没有.xlsx"


FILES = {
    "wrong file type": (_text, "file.type"),
    "zip bomb": (_bomb, "file.bomb"),
    "200 MB": (_huge, "file.large"),
    "macro file": (_macro, "file.macro"),
    "broken XML": (_broken_xml, "file.broken"),
    "half a file": (_half, "file.broken"),
    "empty sheets": (_empty_sheets, "file.nothing"),
    "mixed encodings": (_mixed_csv, "csv.mixed"),
    "empty file": (_empty, "file.empty"),
    "no file": (_missing, "file.missing"),
}


@pytest.mark.parametrize("what", list(FILES))
def test_a_bad_file_is_refused_with_the_way_out(what: str, zhijia: Run, tmp_path: Path) -> None:
    make, code = FILES[what]
    file, before = make(tmp_path), counts()
    done = zhijia("import", file, "--json", "--report", tmp_path / "标出.xlsx", code=1)
    assert code in {problem["code"] for problem in done["problems"] if problem["level"] == "refuse"}
    assert all(problem["mend"] for problem in done["problems"] if problem["level"] == "refuse")
    assert counts() == before
    shutil.rmtree(tmp_path)  # some are large


def test_a_million_blank_rows_are_passed_over(zhijia: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    for name, rows in LEDGER.items():
        page = book.add_worksheet(name)
        for index, row in enumerate(rows):
            page.write_row(index, 0, row)
    book.close()
    _blow_up(file, 1_000_000)
    done = zhijia("import", file, "--json")
    assert {sheet["sheet"]: sheet["new"] for sheet in done["sheets"]}["会员"] == 3


def _blow_up(file: Path, rows: int) -> None:
    """Add formatted but empty rows to the last sheet, as a spreadsheet does when a whole column is dragged down."""
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = max(part for part in parts if part.startswith("xl/worksheets/sheet"))
    blank = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (row, row) for row in range(10, rows))
    parts[name] = parts[name].replace(b"</sheetData>", blank + b"</sheetData>")
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
