"""Claims and the inspector's list: what is missing, what is wrong, and the way out of each."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from django.utils.html import strip_tags

from tests.shell.people import client_of, user_of
from zhijia.activities.models import Activity
from zhijia.core import audit
from zhijia.core.access import Access
from zhijia.core.demo import World


@pytest.fixture
def world(make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch, today: date) -> World:
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    return make_world("benefits", members=60)


@pytest.fixture
def chair(world: World, today: date) -> Client:
    return client_of(user_of(world, "chair", today))


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def without_women_day(world: World, by: Access, year: int) -> None:
    """Take one year's activity away, as a withdrawal would."""
    Activity.objects.in_union(world.union).filter(kind="women_day", on__year=year).update(withdrawn_on=world.today)
    audit.record(union=world.union, by=by, verb="test.withdrawn", tables=[Activity])


def test_what_does_not_hold_comes_with_the_way_to_mend_it(chair: Client, world: World, by: Access) -> None:
    without_women_day(world, by, 2023)
    page = text_of(chair, "/claims/?state=refuted")
    assert "2023年缺少“三八节女职工活动”记录" in page
    start = page.split('id="claims.yearly_women_day"')[1].split("</li>")[0]
    new = start.split('href="')[1].split('"')[0].replace("&amp;", "&")
    assert new.startswith("/records/activities/activity/new/?")
    assert "kind=women_day" in new
    assert "on=2023-02-15" in new
    form = text_of(chair, new)
    assert "2023-02-15" in form
    exempt = start.split('href="')[2].split('"')[0].replace("&amp;", "&")
    assert "claim=claims.yearly_women_day" in exempt
    assert 'value="2023"' in text_of(chair, exempt)


def test_the_first_day_of_a_whole_year_is_not_proposed(chair: Client, world: World, by: Access) -> None:
    Activity.objects.in_union(world.union).filter(kind="sports_meet", on__year=2023).update(withdrawn_on=world.today)
    audit.record(union=world.union, by=by, verb="test.withdrawn", tables=[Activity])
    page = text_of(chair, "/claims/")
    start = page.split('id="claims.yearly_sports_meet"')[1].split("</li>")[0]
    assert "kind=sports_meet" in start
    assert "on=20" not in start


def test_claims_are_filtered_and_each_opens_its_records(chair: Client) -> None:
    page = text_of(chair, "/claims/?q=体检")
    assert "每年都安排职工体检" in page
    assert "三八节" not in page.split('id="list"')[1]
    assert "不成立" not in text_of(chair, "/claims/?state=holds").split('class="claim-list"')[1]
    for address in ("/facts/", "/records/benefits/healthbatch/"):
        assert f'href="{address}' in page


def test_bookkeepers_read_states_but_not_what_is_missing(world: World, today: date, by: Access) -> None:
    without_women_day(world, by, 2023)
    page = text_of(client_of(user_of(world, "accountant", today)), "/claims/")
    assert "不成立" in page
    assert "2023年缺少" not in page


def test_the_inspectors_list_is_one_list(chair: Client, world: World, by: Access) -> None:
    without_women_day(world, by, 2023)
    page = text_of(chair, "/check/")
    for words in ("R-FUN-08", "改法：", "当时合规，现在不合", "说法不成立", "claims.yearly_women_day"):
        assert words in page
    shown = strip_tags(page)
    assert "报告里的说法" in shown
    assert "到期待办" in shown
    for code in ("claims.", "plans.item", "shell.deemed"):
        assert code not in shown
    now = text_of(chair, "/check/?when=only_now&rule=R-FUN-08")
    assert "当时和现在都不合" not in now.split('id="list"')[1]
    record = now.split('class="cards findings"')[1].split('<th scope="row"><a href="')[1].split('"')[0]
    assert record.startswith("/records/")
    assert chair.get(record).status_code == 200
    assert "没有符合这些条件的问题" in text_of(chair, "/check/?q=没有这样的词")


def test_the_export_is_what_the_list_shows(chair: Client) -> None:
    page = text_of(chair, "/check/?level=refuse")
    answer = chair.get("/check/export/?level=refuse")
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:5] == ("日期", "类别", "规则", "记录", "问题")
    assert {row[1] for row in rows[1:]} == {"不合规定"}
    assert f"，{len(rows) - 1}处" in page
    whole = text_of(chair, "/check/?level=refuse&all=1")
    assert whole.count('<th scope="row">') == len(rows) - 1


def test_the_pages_cost_few_queries(chair: Client, django_assert_max_num_queries: Callable[[int], object]) -> None:
    for address in ("/claims/", "/claims/?state=refuted", "/check/", "/check/?when=now", "/check/export/"):
        chair.get(address)
        with django_assert_max_num_queries(15):  # type: ignore[attr-defined]  # a context manager of pytest-django
            chair.get(address)
