"""A union with two persons of the register and the fictional province's rules, and the scope of its records."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from zhijia.core.access import Access
from zhijia.core.demo import World
from zhijia.core.feature_types import Scope
from zhijia.core.sheets import importing
from zhijia.features import FEATURES
from zhijia.members import services as members
from zhijia.standards import services as standards
from zhijia.unions import services as unions


@pytest.fixture
def union(db: None, by: Access, today: date) -> int:
    pk = unions.found({"code": "T1", "name": "测试局机关工会"}, by=by, today=today).pk
    standards.import_pack("jiangzhou", union=pk, by=by, today=today)
    return pk


@pytest.fixture
def people(union: int, by: Access, today: date) -> list[int]:
    """张伟 and 李娜."""
    day = date(2015, 1, 1)
    rows = [{"name": "张伟", "sex": "male", "admitted_on": day}, {"name": "李娜", "sex": "female", "admitted_on": day}]
    return members.save_persons(rows, union=union, by=by, today=today)


@pytest.fixture
def scope(union: int, today: date) -> Scope:
    return Scope(union, date(2020, 12, 10), date(2026, 12, 10), today, "第五届")


@pytest.fixture
def read_cells(union: int, by: Access, today: date, tmp_path: Path) -> Callable[..., importing.Import]:
    """`read_cells({"公示": [{header: cell}, …], …})`: import raw cells as a union would have typed them."""

    def read(pages: dict[str, list[dict[str, Any]]]) -> importing.Import:
        file = tmp_path / "ledger.xlsx"
        book = xlsxwriter.Workbook(str(file))
        for name, rows in pages.items():
            page = book.add_worksheet(name)
            page.write_row(0, 0, list(rows[0]))
            for number, row in enumerate(rows, 1):
                page.write_row(number, 0, [row[header] for header in rows[0]])
        book.close()
        sheets = [sheet for feature in FEATURES for sheet in feature.sheets]
        return importing.run(file, sheets=sheets, union=union, by=by, today=today)

    return read


@pytest.fixture
def save(union: int, by: Access, today: date) -> Callable[..., list[int]]:
    """`save(services.save_issues, row, …)`."""

    def to(service: Callable[..., list[int]], *rows: dict[str, Any]) -> list[int]:
        return service(list(rows), union=union, by=by, today=today)

    return to


@pytest.fixture
def small_house(db: None, by: Access, today: date) -> Callable[..., World]:
    """The demo built by the rooms below benefits and by it, of the profile and size asked for."""

    def build(profile: str, size: int) -> World:
        world = World(today=today, by=by, profile=profile, members=size)
        for feature in FEATURES:
            if feature.demo and feature.slug in {"unions", "standards", "members", "notices", "benefits"}:
                feature.demo(world)
        return world

    return build
