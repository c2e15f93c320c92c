"""Lists: every row once whichever way one pages, filters and sorts as asked, nothing secret in words or addresses."""

from collections.abc import Callable
from datetime import date

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from zhijia.care.models import Visit
from zhijia.care.sheets import VISITS
from zhijia.core.demo import World
from zhijia.core.pages import asking, listing
from zhijia.core.pages.words import Words, paths, word
from zhijia.members.models import Person
from zhijia.members.sheets import PERSONS

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(make_world: Callable[..., World]) -> World:
    return make_world("care", members=150)


def walk(sheet, base, query: str, today: date, step: str = "next") -> list[str]:
    """All uids met from the first page on, page by page."""
    seen, place = [], ""
    for _page in range(40):
        asked = QueryDict(f"{query}&{'after' if step == 'next' else 'before'}={place}" if place else query)
        page = listing.page(sheet, base, asked, today=today)
        uids = [str(row["uid"]) for row in page.words.rows]
        seen += uids if step == "next" else uids[::-1]
        place = page.next if step == "next" else page.previous
        if not place:
            return seen
    raise AssertionError("the list never ends")


@pytest.mark.parametrize(
    "sort", ["", "name", "-name", "admitted_on", "-admitted_on", "group", "department", "-birth_on"]
)
def test_every_person_is_met_once_whatever_the_order(world: World, sort: str) -> None:
    base = Person.objects.in_union(world.union)
    seen = walk(PERSONS, base, f"sort={sort}", world.today)
    assert len(seen) == len(set(seen)) == base.count()


@pytest.mark.parametrize("sort", ["", "-on", "money_fen", "person", "-receipt"])
def test_going_back_shows_the_same_rows_the_other_way_round(world: World, sort: str) -> None:
    base = Visit.objects.in_union(world.union)
    forth = walk(VISITS, base, f"sort={sort}", world.today)
    last = forth[-1]
    page = listing.page(VISITS, base, QueryDict(f"sort={sort}&before={last}"), today=world.today)
    back = [str(row["uid"]) for row in page.words.rows]
    assert back == forth[-1 - len(back) : -1]


def test_a_page_costs_few_queries(world: World, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(4):
        listing.page(PERSONS, Person.objects.in_union(world.union), QueryDict(), today=world.today)
    with django_assert_max_num_queries(6):
        listing.page(
            VISITS,
            Visit.objects.in_union(world.union),
            QueryDict("col=person&col=event&col=category"),
            today=world.today,
        )


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("sex=female", lambda row: row.sex == "female"),
        ("missing=retained_on", lambda row: row.retained_on is None),
        ("filled=retained_on", lambda row: row.retained_on is not None),
        ("leader=True", lambda row: row.leader),
        ("from=1980-01-01&to=1985-12-31", lambda row: date(1980, 1, 1) <= row.birth_on <= date(1985, 12, 31)),
    ],
)
def test_filters_keep_what_they_say(world: World, query: str, kept) -> None:
    base = Person.objects.in_union(world.union)
    seen = set(walk(PERSONS, base, query, world.today))
    assert seen == {str(row.uid) for row in base if kept(row)}
    assert seen


def test_a_name_is_found_by_any_part_by_pinyin_and_by_initials(world: World) -> None:
    base = Person.objects.in_union(world.union)
    person = base.order_by("pk").first()
    full, initials = person.pinyin.split(" ")
    for text in (person.name, person.name[-1], full, full[:4], initials, person.staff_no):
        query = QueryDict(mutable=True)
        query["q"] = text
        assert str(person.uid) in walk(PERSONS, base, query.urlencode(), world.today), text


def test_a_visit_is_found_by_the_name_of_the_person(world: World) -> None:
    visit = Visit.objects.in_union(world.union).exclude(person=None).first()
    query = QueryDict(mutable=True)
    query["q"] = visit.person.name
    assert str(visit.uid) in walk(VISITS, Visit.objects.in_union(world.union), query.urlencode(), world.today)


@given(st.text(max_size=40), st.text(max_size=12), st.text(max_size=12))
def test_an_old_or_broken_query_is_passed_over(query: str, name: str, value: str) -> None:
    given_query = QueryDict(mutable=True)
    given_query.update(
        {"q": query, "sort": name, "col": value, "from": value, "missing": name, "sex": value, "group": name}
    )
    wanted = asking.asked(PERSONS, given_query)
    assert wanted.columns
    assert wanted.sort in ("", *[column.field for column in PERSONS.columns], *[f"-{c.field}" for c in PERSONS.columns])


def test_a_secret_shows_its_tail_and_no_more(world: World) -> None:
    columns = [PERSONS.column(name) for name in ("name", "phone", "id_number")]
    fields = ["pk", "uid", *paths(PERSONS, columns)]
    assert not {"phone", "id_number"} & set(fields)
    row = Person.objects.in_union(world.union).exclude(phone_tail="").values(*fields).first()
    words = Words(PERSONS, columns, [row])
    assert words.text(row, columns[1]) == f"尾号{row['phone_tail']}"
    assert words.text(row, columns[2]) == f"尾号{row['id_tail']}"


def test_words_are_those_of_tables() -> None:
    assert word(VISITS.column("money_fen"), 123_450) == "1,234.50"
    assert word(VISITS.column("on"), date(2026, 11, 2)) == "2026-11-02"
    assert word(VISITS.column("receipt"), False) == "否"
    assert word(VISITS.column("goods"), "") == ""


def test_a_sort_without_an_index_is_offered_for_short_lists_only() -> None:
    assert listing.sortable(PERSONS, PERSONS.column("name"), small=False)
    assert listing.sortable(PERSONS, PERSONS.column("department"), small=True)
    assert not listing.sortable(PERSONS, PERSONS.column("department"), small=False)
    assert not listing.sortable(PERSONS, PERSONS.column("phone"), small=True)
