from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from zhijia.core import audit
from zhijia.core.models import AuditLine
from zhijia.unions.models import Group, Term


@pytest.fixture
def lines(db, by):
    for verb in ("one", "two", "three"):
        audit.record(union=1, by=by, verb=verb, tables=[Group], changes={"名称": ["旧", verb]})
    return AuditLine.objects.filter(union_id=1).order_by("seq")


def test_a_chain_that_nobody_touched_holds(lines):
    assert [line.verb for line in lines] == ["one", "two", "three"]
    assert audit.verify() == []


@pytest.mark.parametrize("statement", ["UPDATE core_auditline SET verb = 'x'", "DELETE FROM core_auditline"])
def test_the_database_itself_refuses_to_change_or_remove_a_line(lines, statement):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert lines.count() == 3


def _tamper(statement):
    """Do what only somebody with the database file can: drop the guard, change, put it back."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE core_auditline DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER core_auditline_no_update")
            cursor.execute("DROP TRIGGER core_auditline_no_delete")
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("statement", "seq"),
    [
        ("UPDATE core_auditline SET verb = 'twp' WHERE seq = 2", 2),
        ("UPDATE core_auditline SET user_id = 7 WHERE seq = 3", 3),
        ("DELETE FROM core_auditline WHERE seq = 2", 2),
        ("DELETE FROM core_auditline WHERE seq = 3", 3),
    ],
)
def test_tampering_is_found_and_located(lines, statement, seq):
    _tamper(statement)
    assert seq in {gap.seq for gap in audit.verify()}


def test_an_anonymous_deed_leaves_no_actor_and_no_time(db, by):
    line = audit.record(union=1, by=by, verb="voice.said", tables=[Term], anonymous=True)
    assert (line.at, line.user_id, line.person_id) == (None, None, None)
    assert audit.verify() == []


def test_each_line_bumps_the_change_numbers_of_the_tables_it_wrote(db, by):
    before = audit.numbers(1)
    audit.record(union=1, by=by, verb="x", tables=[Group, Term])
    audit.record(union=1, by=by, verb="y", tables=[Group])
    assert before == {}
    assert audit.numbers(1) == {"unions_group": 2, "unions_term": 1}
    assert audit.numbers(2) == {}


def test_the_history_of_a_record_is_its_lines(db, by):
    group = Group(pk=5, union_id=1, name="甲", first=date(2020, 1, 1))
    audit.record(union=1, by=by, verb="unions.group.saved", subject=group)
    assert [line.verb for line in audit.history(group)] == ["unions.group.saved"]


def test_the_head_is_locked_before_any_change_number(lines, by):
    with CaptureQueriesContext(connection) as queries:
        audit.record(union=1, by=by, verb="core.test.done", tables=[AuditLine])
    told = [query["sql"] for query in queries]
    head = next(place for place, sql in enumerate(told) if "core_audithead" in sql)
    number = next(place for place, sql in enumerate(told) if "core_changenumber" in sql)
    assert head < number
