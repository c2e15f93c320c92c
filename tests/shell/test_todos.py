"""To-dos: computed, filtered by what one may do, overdue first; done and later are one's own and can be taken back."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from tests.shell.people import client_of, user_of
from zhijia.core.demo import World
from zhijia.core.outcomes import Refused
from zhijia.shell import access, todos
from zhijia.shell.models import ReminderState


@pytest.fixture
def world(make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch, today: date) -> World:
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    return make_world("care", members=60)


@pytest.fixture
def chair(world: World, today: date) -> Client:
    return client_of(user_of(world, "chair", today))


def test_overdue_comes_first_and_each_opens_where_it_is_done(chair: Client) -> None:
    page = chair.get("/todos/").content.decode()
    assert page.index("已经过期") < page.index("七天内")
    address = page.split('class="todo"')[1].split('href="')[1].split('"')[0]
    assert chair.get(address.replace("&amp;", "&")).status_code == 200


def test_what_one_may_not_do_is_no_to_do(world: World, today: date) -> None:
    member = access.for_user(user_of(world, "member", today), today)
    assert not [one for one in todos.listed(member) if one.key.startswith(("plans.", "care.", "voice."))]


def test_done_and_later_are_ones_own_and_can_be_taken_back(world: World, today: date, chair: Client) -> None:
    mine = access.for_user(user_of(world, "vice_chair", today), today)
    theirs = access.for_user(user_of(world, "committee", today), today)
    first, second, *_others = todos.still_open(todos.listed(mine))
    todos.say(first.key, todos.DONE, by=mine)
    todos.say(second.key, todos.SNOOZED, wait=7, by=mine)
    left = {one.key for one in todos.still_open(todos.listed(mine))}
    assert not left & {first.key, second.key}
    assert {first.key, second.key} <= {one.key for one in todos.still_open(todos.listed(theirs))}
    assert ReminderState.objects.get(key=second.key).until == today + timedelta(days=7)
    todos.say(first.key, "", by=mine)
    assert first.key in {one.key for one in todos.still_open(todos.listed(mine))}


def test_what_waits_comes_back_on_its_day(world: World, today: date) -> None:
    user = user_of(world, "vice_chair", today)
    mine = access.for_user(user, today)
    todo = next(one for one in todos.still_open(todos.listed(mine)) if one.overdue and one.section == "计划")
    todos.say(todo.key, todos.SNOOZED, wait=1, by=mine)
    tomorrow = access.for_user(user, today + timedelta(days=1))
    assert todo.key in {one.key for one in todos.still_open(todos.listed(tomorrow))}


def test_what_is_not_offered_is_refused(world: World, today: date, chair: Client) -> None:
    mine = access.for_user(user_of(world, "vice_chair", today), today)
    key = todos.still_open(todos.listed(mine))[0].key
    for wrong in ({"key": "no.such", "state": todos.DONE}, {"key": key, "state": "gone"}):
        with pytest.raises(Refused):
            todos.say(**wrong, by=mine)
    with pytest.raises(Refused):
        todos.say(key, todos.SNOOZED, wait=400, by=mine)
    answer = chair.post("/todos/say/", {"key": "no.such", "state": "done"})
    assert answer.status_code == 422
    assert "这件待办已经不在了" in answer.content.decode()
    assert not ReminderState.objects.exists()


def test_the_buttons_lead_back_to_where_they_were(chair: Client) -> None:
    page = chair.get("/todos/").content.decode()
    key = page.split('name="key" value="')[1].split('"')[0]
    said = {"key": key, "state": "snoozed-7", "back": "/"}
    answer = chair.post("/todos/say/", said)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert key not in chair.get("/todos/").content.decode()
    later = chair.get("/todos/?show=later").content.decode()
    assert key in later
    assert "再提醒" in later
    answer = chair.post("/todos/say/", {"key": key, "state": "", "back": "https://evil.example/"})
    assert answer.headers["Location"] == "/todos/"
    assert key in chair.get("/todos/").content.decode()


def test_the_page_costs_few_queries(chair: Client, django_assert_max_num_queries: Callable[[int], object]) -> None:
    chair.get("/todos/")
    with django_assert_max_num_queries(15):  # type: ignore[attr-defined]  # a context manager of pytest-django
        chair.get("/todos/")
