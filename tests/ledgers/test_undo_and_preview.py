"""Undo at its edges, the preview against the commit, and the workbook that comes back marked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

from tests.ledgers import styles
from tests.ledgers.test_bad_input import LEDGER, PEOPLE, counts, person

Run = Callable[..., Any]
Write = Callable[..., Path]


def test_the_preview_of_every_style_says_what_the_import_does(zhijia: Run, tmp_path: Path) -> None:
    file, before = styles.merged(tmp_path / "台账.xlsx"), counts()
    preview = zhijia("import", file, "--dry-run", "--json")
    assert counts() == before
    done = zhijia("import", file, "--json")
    assert (preview["sheets"], preview["problems"]) == (done["sheets"], done["problems"])


def test_a_first_import_undone_leaves_a_folder_that_can_begin_anew(zhijia: Run, tmp_path: Path) -> None:
    file = styles.by_year(tmp_path / "台账.xlsx")
    first = zhijia("import", file, "--json")
    zhijia("undo", str(first["batch"]))
    again = zhijia("import", file, "--json")
    assert again["sheets"] == first["sheets"]
    zhijia("audit", "verify")


def test_imports_are_undone_from_the_last_backwards(zhijia: Run, write: Write) -> None:
    first = zhijia("import", write(LEDGER), "--json")["batch"]
    moved = [PEOPLE[0], (*PEOPLE[1][:4], "二组", *PEOPLE[1][5:])]
    second = zhijia("import", write({"会员": moved}, "二.xlsx"), "--json")["batch"]
    third = zhijia("import", write({"会员": [PEOPLE[0], PEOPLE[1]]}, "三.xlsx"), "--json")["batch"]
    assert "之后又被修改过" in zhijia("undo", str(second), code=1)
    assert "之后又被修改过" in zhijia("undo", str(first), code=1)
    zhijia("undo", str(third))
    zhijia("undo", str(second))
    assert zhijia("import", write({"会员": PEOPLE}, "四.xlsx"), "--json")["sheets"][0]["equal"] == 3
    zhijia("undo", str(first))
    assert counts()["members.Person"] == 0


def test_an_import_that_changed_nothing_can_be_undone_too(zhijia: Run, write: Write) -> None:
    zhijia("import", write(LEDGER))
    again = zhijia("import", write(LEDGER), "--json")["batch"]
    zhijia("undo", str(again))
    assert counts()["members.Person"] == 3


def test_an_unknown_batch_and_one_undone_before_are_refused(zhijia: Run, write: Write) -> None:
    batch = zhijia("import", write(LEDGER), "--json")["batch"]
    zhijia("undo", str(batch + 1_000), code=1)
    zhijia("undo", str(batch))
    zhijia("undo", str(batch), code=1)


def test_the_marked_workbook_lists_every_problem_and_marks_its_cell(zhijia: Run, write: Write, tmp_path: Path) -> None:
    bad = {**LEDGER, "会员": [*PEOPLE, person(工会小组="三组", 入会日期="2010-13-40")]}
    marked = tmp_path / "标出.xlsx"
    zhijia("import", write(bad), "--report", marked, code=1)
    book = openpyxl.load_workbook(marked)
    assert book.sheetnames == ["导入问题", *bad]
    places = {tuple(row[:3]) for row in book["导入问题"].iter_rows(2, values_only=True)}
    assert {("会员", 5, "工会小组"), ("会员", 5, "入会日期")} <= places
    page = book["会员"]
    commented = {cell.coordinate for row in page.iter_rows() for cell in row if cell.comment}
    assert {"E5", "G5"} <= commented
