"""Whoever alters the database behind the program is found, and where: a byte of any column, a line, the order, the end.

On either engine, by raw SQL with the triggers out of the way, as only somebody with the database file or the server's
own password can.
"""
# ruff: noqa: S608 - statements of names and numbers of this file

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection

from zhijia.core import audit
from zhijia.core.access import Access
from zhijia.core.models import AuditHead, AuditLine
from zhijia.unions.models import Group

UNION, OTHER, LINES = 1, 2, 6
TEXTS = ("at", "verb", "subject", "changes")
NUMBERS = ("union_id", "seq", "user_id", "person_id", "subject_id", "batch_id")
BYTES = ("previous", "hash")


@pytest.fixture
def chain(db: None, by: Access) -> None:
    for number in range(LINES):
        for union in (UNION, OTHER):
            changes = {"rows": [{"name": ["旧", f"新{number}"], "place": [None, number]}]}
            who = Access(union=union, on=by.on, user=40 + number, person=50 + number)
            group = Group(pk=600 + number, union_id=union)
            audit.record(
                union=union, by=who, verb="unions.Group.saved", subject=group, batch=70 + number, changes=changes
            )
    assert audit.verify() == []


@contextmanager
def unguarded() -> Iterator[Any]:
    """The table without its guards, and without the rule that numbers are given once."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE core_auditline DISABLE TRIGGER USER")
            cursor.execute("ALTER TABLE core_auditline DROP CONSTRAINT audit_line_once")
        else:
            cursor.execute("DROP TRIGGER core_auditline_no_update")
            cursor.execute("DROP TRIGGER core_auditline_no_delete")
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        yield cursor
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


def row(seq: int, column: str) -> Any:
    return AuditLine.objects.filter(union_id=UNION, seq=seq).values_list(column, flat=True).get()


def place(seq: int) -> str:
    return f"WHERE union_id = {UNION} AND seq = {seq}"


def altered_text(cursor: Any, column: str, seq: int, at: int, change: Callable[[int], int]) -> str:
    """SQL that changes the byte at a place of a stored text, whatever the result means."""
    if connection.vendor == "sqlite":
        cursor.execute(f"SELECT hex(CAST({column} AS BLOB)) FROM core_auditline {place(seq)}")
        data = bytearray.fromhex(cursor.fetchone()[0])
        data[at % len(data)] = change(data[at % len(data)]) % 256
        return f"UPDATE core_auditline SET {column} = CAST(x'{data.hex()}' AS TEXT) {place(seq)}"
    cursor.execute(f"SELECT {column}::text FROM core_auditline {place(seq)}")
    data = bytearray(cursor.fetchone()[0].encode())
    data[at % len(data)] = change(data[at % len(data)]) % 256
    literal = data.decode().replace("'", "''")
    kind = {"at": "timestamptz", "changes": "jsonb"}.get(column, "text")
    return f"UPDATE core_auditline SET {column} = '{literal}'::{kind} {place(seq)}"


def found(union: int | None = UNION) -> list[tuple[int, str]]:
    return [(gap.seq, gap.what) for gap in audit.verify(union)]


@pytest.mark.parametrize("seq", [1, 3, LINES])
@pytest.mark.parametrize("column", BYTES)
def test_one_byte_of_a_hash_is_found_in_its_line(chain: None, column: str, seq: int) -> None:
    for at in (0, 15, 31):
        stored = bytes(row(seq, column))
        changed = bytearray(stored)
        changed[at] ^= 1
        with unguarded() as cursor:
            mark = "decode(%s, 'hex')" if connection.vendor == "postgresql" else "%s"
            value = changed.hex() if connection.vendor == "postgresql" else bytes(changed)
            cursor.execute(f"UPDATE core_auditline SET {column} = {mark} {place(seq)}", [value])
            assert (seq, "内容被改动") in found()
            back = stored.hex() if connection.vendor == "postgresql" else stored
            cursor.execute(f"UPDATE core_auditline SET {column} = {mark} {place(seq)}", [back])
            assert found() == []
            guard_again(cursor)


def guard_again(cursor: Any) -> None:
    """Put the guards back, for another round."""
    if connection.vendor == "postgresql":
        cursor.execute("ALTER TABLE core_auditline ADD CONSTRAINT audit_line_once UNIQUE (union_id, seq)")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        return
    for verb in ("update", "delete"):
        name, deed = f"core_auditline_no_{verb}", "BEGIN SELECT RAISE(ABORT, 'no'); END"
        cursor.execute(f"CREATE TRIGGER {name} BEFORE {verb} ON core_auditline {deed}")


@pytest.mark.parametrize("seq", [1, 4, LINES])
@pytest.mark.parametrize("column", TEXTS)
def test_one_letter_of_a_text_is_found_in_its_line(chain: None, column: str, seq: int) -> None:
    # a digit of the instant's seconds, a letter of a word, a digit or letter inside the told changes
    at = {"at": 18, "verb": 3, "subject": 2, "changes": -5}[column]
    with unguarded() as cursor:
        cursor.execute(altered_text(cursor, column, seq, at, lambda byte: byte ^ 1))
    assert found() == [(seq, "内容被改动")]
    assert audit.verify(OTHER) == []


@pytest.mark.parametrize("column", TEXTS)
def test_a_byte_that_no_reader_understands_is_an_altered_line_and_no_error(chain: None, column: str) -> None:
    if connection.vendor == "postgresql":
        pytest.skip("the server refuses such bytes itself")
    with unguarded() as cursor:
        cursor.execute(altered_text(cursor, column, 2, 1, lambda _byte: 0xFF))
    assert found() == [(2, "内容被改动")]


def test_bytes_that_mean_the_same_are_found_where_the_database_keeps_them(chain: None) -> None:
    if connection.vendor == "postgresql":
        pytest.skip("the server keeps values, not their spelling")
    with unguarded() as cursor:
        cursor.execute(f"UPDATE core_auditline SET at = replace(at, ' ', 'T') {place(2)}")
        cursor.execute(f"UPDATE core_auditline SET changes = replace(changes, ': ', ':' || char(9)) {place(3)}")
        cursor.execute(f"UPDATE core_auditline SET verb = CAST(verb AS BLOB) {place(5)}")
    assert found() == [(2, "内容被改动"), (3, "内容被改动"), (5, "内容被改动")]


@pytest.mark.parametrize("column", ["user_id", "person_id", "subject_id", "batch_id"])
@pytest.mark.parametrize("seq", [1, LINES])
def test_one_bit_of_a_number_is_found_in_its_line(chain: None, column: str, seq: int) -> None:
    with unguarded() as cursor:
        cursor.execute(f"UPDATE core_auditline SET {column} = {row(seq, column) ^ 1} {place(seq)}")
    assert found() == [(seq, "内容被改动")]


@pytest.mark.parametrize("column", ["at", "user_id", "person_id", "subject_id", "batch_id"])
def test_a_value_that_was_wiped_is_found(chain: None, column: str) -> None:
    with unguarded() as cursor:
        cursor.execute(f"UPDATE core_auditline SET {column} = NULL {place(3)}")
    assert found() == [(3, "内容被改动")]


def test_a_line_given_to_another_union_is_missed_here_and_out_of_place_there(chain: None) -> None:
    with unguarded() as cursor:
        cursor.execute(f"UPDATE core_auditline SET union_id = {OTHER}, seq = {LINES + 1} {place(4)}")
    assert (4, "缺少第4行") in found()
    assert found(OTHER)[0] == (LINES + 1, "内容被改动")


def test_a_line_given_to_nobody_is_found_with_the_chain_that_has_no_end(chain: None) -> None:
    with unguarded() as cursor:
        cursor.execute(f"UPDATE core_auditline SET union_id = 9 {place(4)}")
    assert (9, 0, "缺少链尾") in {(gap.union, gap.seq, gap.what) for gap in audit.verify()}


@pytest.mark.parametrize("seq", [1, 3])
def test_another_number_of_a_line_is_found(chain: None, seq: int) -> None:
    with unguarded() as cursor:
        cursor.execute(f"UPDATE core_auditline SET seq = seq + 16 {place(seq)}")
    assert (seq, f"缺少第{seq}行") in found()
    assert (seq + 16, "内容被改动") in found()


def test_ids_out_of_order_are_found(chain: None) -> None:
    with unguarded() as cursor:
        cursor.execute(f"UPDATE core_auditline SET id = id + 256 {place(3)}")
    assert found() == [(4, "行的次序被改动")]


@pytest.mark.parametrize("seq", [1, 2, LINES - 1])
def test_a_line_that_was_taken_out_is_missed(chain: None, seq: int) -> None:
    with unguarded() as cursor:
        cursor.execute(f"DELETE FROM core_auditline {place(seq)}")
    assert found() == [(seq, f"缺少第{seq}行"), (seq + 1, "与上一行不衔接")]


def test_several_missing_lines_are_told_as_one_gap(chain: None) -> None:
    with unguarded() as cursor:
        cursor.execute(f"DELETE FROM core_auditline WHERE union_id = {UNION} AND seq IN (2, 3, 4)")
    assert found() == [(2, "缺少第2至4行"), (5, "与上一行不衔接")]


def test_two_lines_that_changed_places_are_found(chain: None) -> None:
    with unguarded() as cursor:
        cursor.execute(f"UPDATE core_auditline SET seq = 100 {place(2)}")
        cursor.execute(f"UPDATE core_auditline SET seq = 2 {place(5)}")
        cursor.execute(f"UPDATE core_auditline SET seq = 5 {place(100)}")
    assert {2, 5} <= {seq for seq, _what in found()}


@pytest.mark.parametrize("left", [0, 1, LINES - 1])
def test_a_tail_that_was_cut_off_is_missed(chain: None, left: int) -> None:
    with unguarded() as cursor:
        cursor.execute(f"DELETE FROM core_auditline WHERE union_id = {UNION} AND seq > {left}")
    assert found() == [(left + 1, f"末尾缺少{LINES - left}行")]


def test_a_forged_line_at_the_end_is_found(chain: None) -> None:
    with unguarded() as cursor:
        names = "at, user_id, person_id, verb, subject, subject_id, batch_id, changes, previous, hash"
        cursor.execute(
            f"INSERT INTO core_auditline (union_id, seq, {names}) SELECT union_id, seq + 1, {names} FROM core_auditline"
            f" {place(LINES)}"
        )
    assert (LINES + 1, "内容被改动") in found()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"seq": LINES + 1}, (LINES + 1, "末尾缺少1行")),
        ({"seq": LINES - 1}, (LINES, "链尾与最后一行不符")),
        ({"hash": bytes(32)}, (LINES, "链尾与最后一行不符")),
    ],
)
def test_a_changed_end_is_found(chain: None, change: dict[str, Any], expected: tuple[int, str]) -> None:
    AuditHead.objects.filter(union_id=UNION).update(**change)
    assert found() == [expected]


def test_a_missing_end_is_found(chain: None) -> None:
    AuditHead.objects.filter(union_id=UNION).delete()
    assert found() == [(0, "缺少链尾")]


def test_the_walk_goes_on_over_its_own_chunks(chain: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhijia.core.chain._CHUNK", 2)
    told: list[tuple[int, int]] = []
    assert audit.verify(UNION, lambda _label, done, total: told.append((done, total))) == []
    assert told == [(2, LINES), (4, LINES), (6, LINES)]
    with unguarded() as cursor:
        cursor.execute(f"UPDATE core_auditline SET user_id = 1 {place(5)}")
    assert found() == [(5, "内容被改动")]


def test_lines_written_while_the_walk_goes_on_are_no_break(chain: None, by: Access) -> None:
    """Lines and ends are read in one snapshot; here: what is added later does not disturb an earlier answer."""
    assert audit.verify(UNION) == []
    audit.record(union=UNION, by=by, verb="unions.Group.saved", tables=[Group])
    assert audit.verify(UNION) == []
