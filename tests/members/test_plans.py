"""How the database carries out what is asked of the register: by an index of the union, never through the table."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhijia.core.pages import listing
from zhijia.members import asof
from zhijia.members.models import Person
from zhijia.members.sheets import PERSONS

SEARCHES = (
    "", "zhang", "zhangwei", "zw", "danwei", "建国", "B0001", "0123", "计财处 zhang", "欧阳震华",
)  # fmt: skip
FILTERS = (
    {"standing": "member"}, {"standing": "retained"}, {"standing": "applying"}, {"standing": "never"},
    {"post": "group_leader"}, {"age": "36-45"}, {"at": "计财处"},
    {"standing": "member", "at": "计财处", "age_from": "40"},
)  # fmt: skip


@pytest.fixture
def world(make_world):
    return make_world("members", members=60)


def plans(ask):
    """The steps by which the database reads persons for what `ask` asks."""
    with CaptureQueriesContext(connection) as queries:
        ask()
    with connection.cursor() as cursor:
        on_postgres = connection.vendor == "postgresql"
        if on_postgres:  # it reads a few rows through: what matters is what it can do among a million
            cursor.execute("SET LOCAL enable_seqscan = off")
        for one in queries.captured_queries:
            if "members_person" in one["sql"] or "members_stretch" in one["sql"]:
                explain = "EXPLAIN " if on_postgres else "EXPLAIN QUERY PLAN "
                cursor.execute(explain + one["sql"].replace("%", "%%"))
                yield "\n".join(str(row[-1]) for row in cursor.fetchall())


def by_union(plan):
    """Whether the plan enters an index with the union, and reads no table of people through.

    What the index gives may be the persons, or their posts, from which they are then found by key.
    """
    if connection.vendor == "postgresql":
        return "Seq Scan on members_" not in plan and bool(re.search(r"Index Cond: \(+union_id = ", plan))
    lines = plan.splitlines()
    tables = ("members_person", "p", "m", "s", "o")  # the letters are those of `stretch_view`
    through = any(line.split()[:2] == ["SCAN", table] for line in lines for table in tables)
    return not through and any("(union_id=?" in line for line in lines)


@pytest.mark.django_db
@pytest.mark.parametrize("query", [*({"q": text} for text in SEARCHES), *FILTERS])
def test_lists_and_searches_are_answered_by_an_index_of_the_union(world, query):
    people = Person.objects.in_union(world.union)
    found = list(plans(lambda: listing.page(PERSONS, people, query, today=world.today)))
    assert found
    assert all(map(by_union, found)), found


@pytest.mark.django_db
@pytest.mark.parametrize("read", [lambda *on: list(asof.members_on(*on)), asof.counts])
def test_the_register_of_a_day_reads_its_union_alone(world, read):
    found = list(plans(lambda: read(world.union, date(2022, 6, 1))))
    assert found
    assert all(map(by_union, found)), found


@pytest.mark.django_db
def test_a_register_of_a_day_is_one_query(world):
    with CaptureQueriesContext(connection) as queries:
        rows = asof.lines(asof.members_on(world.union, date(2022, 6, 1)), {})
    assert rows
    assert len(queries) == 1
