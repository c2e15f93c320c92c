"""Ledgers small enough to reckon by hand."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from zhijia.core.access import Access
from zhijia.core.demo import World
from zhijia.core.feature_types import Scope
from zhijia.funds import services


@pytest.fixture
def world(make_world: Callable[..., World]) -> World:
    """A small union with standards and people, but without any money yet."""
    return make_world("members", members=30, profile="small")


@pytest.fixture
def scope(world: World, today: date) -> Scope:
    """The years 2021 to 2026."""
    return Scope(world.union, date(2021, 1, 1), date(2027, 1, 1), today, "2021—2026年")


@pytest.fixture
def keep(world: World, by: Access, today: date) -> Callable[..., list[int]]:
    """`keep(services.save_x, row, row)`: rows recorded for the union."""

    def save(service: Callable[..., list[int]], *rows: dict[str, Any]) -> list[int]:
        return service(list(rows), union=world.union, by=by, today=today, origin="recorded")

    return save


@pytest.fixture
def book(keep: Callable[..., list[int]]) -> Callable[..., list[int]]:
    """`book(date(2024, 3, 1), 1, ("102", 500, 0), ("401", 0, 500))`: one voucher in yuan."""

    def one(on: date, number: int, *lines: tuple[str, int, int], memo: str = "试记", **more: Any) -> list[int]:
        rows = [
            {
                "on": on,
                "voucher_no": str(number),
                "memo": memo,
                "account_code": code if code.isdigit() else "",
                "account_name": "" if code.isdigit() else code,
                "debit_fen": debit * 100,
                "credit_fen": credit * 100,
                "prepared_by": "",
                "checked_by": "",
                **more,
            }
            for code, debit, credit in lines
        ]
        return keep(services.save_entries, *rows)

    return one


def budget_row(year: int, code: str, yuan: int, **more: Any) -> dict[str, Any]:
    """A budget line that the three offices signed in January."""
    return {
        "year": year,
        "account_code": code,
        "account_name": "",
        "name": "",
        "purpose": "",
        "initial_fen": yuan * 100,
        "adjustment_fen": 0,
        "revised_fen": 0,
        "adjusted_on": None,
        "office_on": date(year, 1, 8),
        "finance_on": date(year, 1, 9),
        "personnel_on": date(year, 1, 10),
        "decided_on": date(year, 1, 12),
        "reviewed_on": None,
        "submitted_on": None,
        **more,
    }


def receipt_row(person: int | None, on: date, yuan: int, **more: Any) -> dict[str, Any]:
    """Festival goods that the person signed for."""
    return {
        "person": person,
        "person_name": "" if person else "来访人",
        "on": on,
        "kind": "festival_gift",
        "festival": "spring",
        "item": "米、油",
        "value_fen": yuan * 100,
        "form": "goods",
        "payer": "union",
        "signed": True,
        "source": "春节慰问",
        **more,
    }


def dues_row(month: date, yuan: float, **more: Any) -> dict[str, Any]:
    """Dues of one unnamed member with a base of 5,238 yuan."""
    return {
        "kind": "dues",
        "month": month,
        "group": None,
        "person": None,
        "person_name": "",
        "heads": 1,
        "base_fen": 523_800,
        "due_fen": 2_615,
        "paid_fen": round(yuan * 100),
        "due_on": month.replace(day=15),
        "paid_on": month.replace(day=12),
        "kept_fen": None,
        "remitted_fen": None,
        "remitted_on": None,
        **more,
    }
