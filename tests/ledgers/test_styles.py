"""Ledgers in other styles than ours become the same records and the same figures, counted by hand beforehand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.ledgers import story, styles

Run = Callable[..., Any]


def _by_year(zhijia: Run, folder: Path) -> None:
    zhijia("import", styles.by_year(folder / "分年台账.xlsx"))


def _merged(zhijia: Run, folder: Path) -> None:
    zhijia("import", styles.merged(folder / "打印台账.xlsx"))


def _own_words(zhijia: Run, folder: Path) -> None:
    first = story.TERM_FIRST.isoformat()
    union = ("--name", story.UNION["工会名称"], "--code", story.UNION["工会代码"])
    term = ("--term", "3", "--start", first, "--years", "5")
    zhijia("init", *union, *term, "--admin", "管理员", "--admin-sex", "女", "--login", "admin")
    files, mapping = styles.own_words(folder)
    for file in files:
        zhijia("import", file, "--map", mapping)


STYLES = {"a sheet per year": _by_year, "merged titles": _merged, "own words": _own_words}


@pytest.fixture(params=list(STYLES))
def imported(request: pytest.FixtureRequest, zhijia: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The story, read from one of the styles."""
    monkeypatch.setenv("ZHIJIA_PASSWORD", "ein-langes-Wort-7")
    STYLES[request.param](zhijia, tmp_path)
    return zhijia


def test_the_figures_are_those_counted_by_hand(imported: Run) -> None:
    facts = {fact["key"]: fact for fact in imported("facts", "--json")["facts"]}
    found = {key: facts[key]["value"] for key in story.FACTS}
    wanted = {key: {"num": value[0], "den": value[1]} if isinstance(value, tuple) else value
              for key, value in story.FACTS.items()}  # fmt: skip
    assert found == wanted
    for key, years in story.BY_YEAR.items():
        assert {year: value for year, value in facts[key]["by"]["year"].items() if value} == years


def test_claims_checks_and_the_package_work_on_it(imported: Run, tmp_path: Path) -> None:
    claims = {claim["key"]: claim["state"] for claim in imported("claims", "--json")["claims"]}
    assert claims["claims.leaders_complete"] == "holds"
    assert claims["claims.every_death_visited"] == "holds"
    assert claims["claims.every_hospital_visited"] == "refuted"
    assert isinstance(imported("check", "--json")["findings"], list)
    imported("package", "--out", tmp_path / "out")
    assert list((tmp_path / "out").rglob("*.docx"))
    assert list((tmp_path / "out").rglob("figures.json"))
    imported("audit", "verify")


@pytest.mark.parametrize("style", ["a sheet per year", "merged titles"])
def test_the_same_ledger_again_changes_nothing(zhijia: Run, tmp_path: Path, style: str) -> None:
    STYLES[style](zhijia, tmp_path)
    again = zhijia("import", next(tmp_path.glob("*.xlsx")), "--json")
    assert {(sheet["new"], sheet["changed"], sheet["absent"]) for sheet in again["sheets"]} == {(0, 0, 0)}


def test_a_mapping_once_given_is_remembered(zhijia: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHIJIA_PASSWORD", "ein-langes-Wort-7")
    _own_words(zhijia, tmp_path)
    for name in ("班组.xlsx", "名单.csv", "我们的本子.xlsx"):
        again = zhijia("import", tmp_path / name, "--json")
        assert {(sheet["new"], sheet["changed"]) for sheet in again["sheets"]} == {(0, 0)}, again
