"""The catalogue of facts and the page of a fact: search, periods, charts, records, where it is told, export."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.test import Client

from tests.shell.people import client_of, user_of
from zhijia.core import evidence, facts
from zhijia.core.demo import World
from zhijia.core.feature_types import FactSpec, Scope
from zhijia.shell import catalogue, usage
from zhijia.shell.registers import BY_LABEL


@pytest.fixture
def world(make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch, today: date) -> World:
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    return make_world("care", members=60)


@pytest.fixture
def chair(world: World, today: date) -> Client:
    return client_of(user_of(world, "chair", today))


def text_of(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def test_a_fact_is_found_by_name_key_and_initials(chair: Client) -> None:
    for words in ("走访慰问", "care.visits", "zfww"):
        page = text_of(chair, f"/facts/?q={words}")
        assert "走访慰问" in page
        assert "会员人数" not in page
    assert "没有找到这个数据" in text_of(chair, "/facts/?q=qqqqq")
    assert "会员人数" not in text_of(chair, "/facts/?section=关爱")


def test_the_value_follows_the_period(chair: Client, world: World, scope_of: Callable[..., Scope]) -> None:
    spec = catalogue.fact_spec("care.visits")
    assert spec is not None
    for address, first, end in (
        ("?period=year-2024", date(2024, 1, 1), date(2025, 1, 1)),
        ("?period=own&from=2023.5.1&to=2024年4月30日", date(2023, 5, 1), date(2024, 5, 1)),
    ):
        value = facts.compute([spec], scope_of(world, first, end))["care.visits"].value
        page = text_of(chair, f"/facts/care.visits/{address}")
        assert f'<p class="value">{value} 人次</p>' in page
        assert f">共{value}条" in page


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("period=own&from=2024&to=2024-06-30", "看不懂"),
        ("period=own&from=2024-01-01&to=", "请填日期"),
        ("period=own&from=2024-06-30&to=2024-01-01", "截止日期早于起始日期"),
        ("period=own&from=2199-01-01&to=2199-02-01", "起始日期还没有到"),
        ("period=term-99", "没有这个范围"),
    ],
)
def test_a_period_that_can_not_be_read_is_refused_and_stays_typed(chair: Client, query: str, said: str) -> None:
    for address in ("/facts/", "/facts/care.visits/"):
        page = text_of(chair, f"{address}?{query}", 422)
        assert said in page
        if "from=2024&" in query:
            assert 'value="2024"' in page


def test_bars_and_categories_open_their_records(chair: Client) -> None:
    page = text_of(chair, "/facts/care.visits/")
    assert '<a href="/facts/care.visits/?year=2024#records" aria-label="2024年：' in page
    assert 'href="/facts/care.visits/?by=category&amp;code=hospital#records"' in page
    part = text_of(chair, "/facts/care.visits/?by=category&code=hospital")
    assert "背后的记录（生病住院，" in part
    assert "家属去世</a>" not in part
    kept = text_of(chair, "/facts/care.visits/?period=year-2024")
    assert "period=year-2024&amp;by=category" in kept
    for absent in ("by=nothing&code=x", "by=category&code=x&year=1999"):
        assert chair.get(f"/facts/care.visits/?{absent}").status_code == 404


def test_years_are_drawn_in_parts(chair: Client) -> None:
    page = text_of(chair, "/facts/funds.initial_expense/")
    part = page.split("历年年初支出预算按科目", 1)[1].split("</svg>")[0]
    assert "<pattern" in part
    address = part.split('href="')[1].split('"')[0].replace("&amp;", "&").split("#")[0]
    assert "year=20" in address
    assert chair.get(address).status_code == 200


def test_each_record_leads_to_its_page(chair: Client, world: World, scope_of: Callable[..., Scope]) -> None:
    for key in ("care.visits", "funds.expense", "members.active"):
        spec = catalogue.fact_spec(key)
        assert isinstance(spec, FactSpec)
        first = next(evidence.rows(spec, scope_of(world), limit=1))
        page = text_of(chair, f"/facts/{key}/")
        address = page.split(f'{first.uid}/"')[0].rsplit('href="', 1)[1] + f"{first.uid}/"
        assert first.on is None or first.on.isoformat() in page
        assert chair.get(address).status_code == 200


def test_a_fact_says_where_it_is_told(chair: Client) -> None:
    page = text_of(chair, "/facts/care.visit_rate/")
    assert "/claims/#claims.every_must_visit" in page
    assert "R86" in text_of(chair, "/facts/care.visits/")
    assert usage.sentences("care.visits")
    assert usage.sentences("no.such") == ()
    assert "解决了□名干部职工的住房问题" in chair.get("/facts/benefits.housing_people/").content.decode()
    assert usage.evidence_of("no.such") == ()


def test_every_claim_but_named_ones_has_a_fact_behind_it() -> None:
    bare = {claim.key for claim in usage.CLAIMS if not usage.evidence_of(claim.key)}
    assert bare <= {"claims.yearly_checkup"}


def test_the_export_holds_the_same_records(chair: Client, world: World, today: date) -> None:
    page = text_of(chair, "/facts/care.visits/?year=2024")
    answer = chair.get("/facts/care.visits/export/?year=2024")
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ("日期", "记录", "金额（元）", "做到")
    assert f">共{len(rows) - 1}条" in page
    assert all(str(row[0]).startswith("2024-") for row in rows[1:])
    wrong = chair.get("/facts/care.visits/export/?period=own&from=x&to=y")
    assert wrong.status_code == 302
    books = client_of(user_of(world, "accountant", today))
    assert books.get("/facts/care.visits/export/").status_code == 403


def test_names_are_for_those_who_may_see_them(world: World, today: date) -> None:
    page = text_of(client_of(user_of(world, "accountant", today)), "/facts/care.visits/")
    assert "您的职务不能查看" in page
    assert "导出这些记录" not in page


def test_the_pages_cost_few_queries(chair: Client, django_assert_max_num_queries: Callable[[int], object]) -> None:
    for address in (
        "/facts/", "/facts/?q=zf", "/facts/?period=year-2024", "/facts/care.visits/", "/facts/funds.expense/",
        "/facts/funds.expense/?year=2024", "/facts/care.visits/export/",
    ):  # fmt: skip
        chair.get(address)
        with django_assert_max_num_queries(15):  # type: ignore[attr-defined]  # a context manager of pytest-django
            chair.get(address)


def test_every_finding_and_reminder_names_a_register() -> None:
    from zhijia.features import FEATURES

    labels = {spec.label for feature in FEATURES for spec in feature.checks if spec.label}
    assert labels
    assert labels <= set(BY_LABEL)
    assert all(spec.mend for feature in FEATURES for spec in feature.checks)
