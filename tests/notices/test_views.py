"""Notices as members read them: open, finished, one, on paper; and what they do not show."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from tests.shell.people import client_of, user_of
from zhijia.core.demo import SMALL, World
from zhijia.notices.models import Notice


@pytest.fixture
def world(make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch, today: date) -> World:
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    return make_world("notices", members=60)


@pytest.fixture
def member(world: World, today: date) -> Client:
    return client_of(user_of(world, "member", today))


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def of(world: World, **which: Any) -> Notice:
    return Notice.objects.in_union(world.union).filter(**which).latest("posted_on")


def test_a_member_finds_what_is_open_with_the_working_days_left(member: Client, world: World, today: date) -> None:
    listed = page(member, "/notices/")
    assert f"{today.year}年冬季送温暖困难职工补助公示" in listed
    assert "公示中，还剩6个工作日" in listed  # 20 November is a Friday; the last day is the Friday after


def test_finished_notices_are_found_by_year_and_word(member: Client, today: date) -> None:
    listed = page(member, "/notices/?year=2023&q=住房补贴")
    past = listed[listed.index('id="past"') :]
    assert "2023年住房补贴发放对象公示" in past
    assert "2022年住房补贴" not in past
    latest = page(member, "/notices/")
    assert f"{today.year}年住房补贴" in latest
    assert f"{today.year - 1}年住房补贴" not in latest
    assert f"{today.year - 1}年住房补贴" in page(member, "/notices/?year=")
    assert "没有符合条件的公示" in page(member, "/notices/?q=没有这样的事")
    assert "没有符合条件" not in page(member, "/notices/?year=nonsense")


def test_an_open_notice_says_how_to_object_and_a_finished_one_what_came_of_it(member: Client, world: World) -> None:
    now = page(member, f"/notices/{of(world, end__gt=world.today).uid}/")
    assert "有不同意见怎么办" in now
    assert "结论</h2>" not in now
    then = page(member, f"/notices/{of(world, objections=1).uid}/")
    assert "收到异议1件，已答复1件" in then
    assert "有不同意见怎么办" not in then


def test_numbers_that_stand_for_a_person_are_hidden_on_the_page_and_on_paper(member: Client, world: World) -> None:
    row = of(world, kind="aid")
    Notice.objects.filter(pk=row.pk).update(text="王某，33010619900307123X，13800001234，卡号 6222 0200 1234 5678 901")
    for address in (f"/notices/{row.uid}/", f"/notices/{row.uid}/print/"):
        shown = page(member, address)
        assert "330106********123X" in shown
        for hidden in ("33010619900307123X", "13800001234", "1234 5678"):
            assert hidden not in shown


def test_the_sheet_for_the_board_bears_the_unions_name(member: Client, world: World) -> None:
    sheet = page(member, f"/notices/{of(world, kind='other').uid}/print/")
    assert "江州省建设厅机关工会<br>" in sheet


def test_what_is_posted_later_or_by_another_union_is_not_there(
    member: Client, world: World, make_world: Callable[..., World], today: date
) -> None:
    row = of(world, kind="other")
    Notice.objects.filter(pk=row.pk).update(posted_on=today + timedelta(days=3))
    assert member.get(f"/notices/{row.uid}/").status_code == 404
    other = make_world("notices", profile=SMALL, members=40)
    theirs = of(other, kind="aid")
    assert member.get(f"/notices/{theirs.uid}/").status_code == 404
    assert member.get(f"/notices/{theirs.uid}/print/").status_code == 404


def test_a_notice_without_an_end_is_not_said_to_be_open(member: Client, world: World) -> None:
    row = of(world, kind="other")
    Notice.objects.filter(pk=row.pk).update(end=None)
    assert "没有写截止日期" in page(member, f"/notices/{row.uid}/")


def test_a_feed_costs_few_queries(member: Client, django_assert_max_num_queries: Callable[[int], Any]) -> None:
    with django_assert_max_num_queries(15):
        page(member, "/notices/?q=公示")
