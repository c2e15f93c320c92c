"""The list of members narrowed by standing, post, age, department; what the page shows is what export takes."""

import io
from datetime import date

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from tests.shell.people import client_of, user_of
from zhijia.core.dates import add_years
from zhijia.core.demo import World
from zhijia.core.pages import asking, listing
from zhijia.members import services
from zhijia.members.models import Person, Post
from zhijia.members.sheets import PERSONS


@pytest.fixture
def world(make_world, monkeypatch, today) -> World:
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    return make_world("members", members=60)


@pytest.fixture
def chair(world, today) -> Client:
    return client_of(user_of(world, "chair", today))


def found(world, **query):
    people = Person.objects.in_union(world.union)
    return listing.rows(PERSONS, people, asking.asked(PERSONS, query), today=world.today)


def test_standings_part_the_register(world, today):
    parts = {code: set(found(world, standing=code)) for code in ("member", "retained", "gone", "applying", "never")}
    assert parts["member"] == set(Person.objects.in_union(world.union).members_on(today))
    assert all(parts.values())
    assert not parts["applying"] & parts["never"]
    assert sum(map(len, parts.values())) == Person.objects.in_union(world.union).count()
    assert set.union(*parts.values()) == set(Person.objects.in_union(world.union))


def test_ages_are_full_years(world, by, today):
    rows = [
        {"name": f"寿{age}{word}", "sex": "male", "staff_no": f"S{age}{word}", "birth_on": born}
        for age in (35, 36, 45, 46)
        for word, born in (("今", add_years(today, -age)), ("昨", add_years(today, -age - 1) + date.resolution))
    ]  # somebody on the birthday, and on the day before the next one
    services.save_persons(rows, union=world.union, by=by, today=today)

    def names(**query):
        return set(found(world, q="寿", **query).values_list("name", flat=True))

    assert names(age="-35") == {"寿35今", "寿35昨"}
    assert names(age="36-45") == {"寿36今", "寿36昨", "寿45今", "寿45昨"}
    assert names(age_from="36", age_to="36") == {"寿36今", "寿36昨"}
    assert names(age_to="35") == names(age="-35")
    assert names(age_from="x", age="y") == names()


def test_posts_are_those_of_the_day(world, today):
    leaders = set(found(world, post="group_leader"))
    held = Post.objects.in_union(world.union).filter(office="group_leader", first__lte=today, end=None)
    assert leaders == {post.person for post in held}


def test_filters_stand_on_the_page_and_in_export_and_in_a_kept_list(chair, world):
    query = "standing=member&at=计财处&age_from=30&sex=female&q=计财处"
    page = chair.get(f"/records/members/person/?{query}").content.decode()
    for words in ("会籍：会员", "处室：计财处", "年龄从：30", 'name="age_to"', "工会职务"):
        assert words in page
    names = set(
        found(world, standing="member", at="计财处", age_from="30", sex="female").values_list("name", flat=True)
    )
    answer = chair.get(f"/records/members/person/export/?{query}&col=name")
    lines = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert {line[0] for line in lines[1:]} == names
    printed = chair.get(f"/records/members/person/print/?{query}&col=name").content.decode()
    assert all(name in printed for name in names)
    chair.post("/records/members/person/keep/", {"query": query, "name": "计财处女会员"})
    assert "计财处女会员" in chair.get("/records/members/person/").content.decode()


def test_old_bookmarks_with_wrong_words_still_answer(chair):
    assert chair.get("/records/members/person/?standing=x&age_from=-3&age=zz&post=king&at=").status_code == 200
