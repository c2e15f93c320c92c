"""What the tests of imports may ask for: the command line in this process, and a writer of workbooks."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.conf import settings

from tests.ledgers import story
from zhijia.shell import cli


@pytest.fixture
def zhijia(db: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """`zhijia("facts", "--json", code=0)`: run a command, expect its exit code, return what it printed."""
    monkeypatch.setenv("ZHIJIA_TODAY", story.TODAY.isoformat())

    def run(*words: str | Path, code: int = 0) -> Any:
        capsys.readouterr()
        ended = cli.main([str(word) for word in words])
        said = capsys.readouterr()
        log = Path(settings.ZHIJIA_HOME) / "logs" / "errors.log"
        assert ended == code, (
            f"{words} ended with {ended}:\n{said.out}{said.err}\n{log.read_text() if log.exists() else ''}"
        )
        return json.loads(said.out) if "--json" in words else said.out + said.err

    return run


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """`write({"会员": [headers, row, …]})`: a workbook; texts that start with = stay texts."""

    def make(sheets: dict[str, list[Any]], name: str = "台账.xlsx") -> Path:
        book = xlsxwriter.Workbook(tmp_path / name, {"strings_to_formulas": False, "strings_to_urls": False})
        for title, rows in sheets.items():
            page = book.add_worksheet(title)
            for index, row in enumerate(rows):
                page.write_row(index, 0, row)
        book.close()
        return tmp_path / name

    return make
