"""The list behind a value: in order, lazy, limited, and of exactly the rows that count."""

from datetime import date
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.core.deeds import FLOW, STOCK, TERM, Deed, Person
from zhijia.core import evidence, facts
from zhijia.core.feature_types import (
    COUNT,
    DISTINCT,
    RATE,
    SHARE,
    TOTAL,
    EvidenceSet,
    FactSpec,
    Scope,
    SingleSpec,
)
from zhijia.unions.models import OutsideBody, Union

pytestmark = pytest.mark.usefixtures("deed_tables")

COUNTED = FactSpec("deeds.count", "次数", "次", FLOW, COUNT, by=("year", "kind", "big"))
RATED = FactSpec("deeds.rate", "完成率", "%", FLOW, RATE)


def deed(number: int, on: date, **fields: Any) -> Deed:
    return Deed.objects.create(union_id=1, uid=f"u{number}", on=on, **fields)


def test_records_come_by_date_then_id_and_say_what_they_are(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    person = Person.objects.create(name="甲")
    later = deed(1, date(2023, 1, 1))
    first = deed(2, date(2022, 1, 1), person=person, name="走访", kind="a", big=True, fen=5, met=False)
    second = deed(3, date(2022, 1, 1))
    with django_assert_num_queries(1):
        found = list(evidence.rows(COUNTED, TERM))
    assert [record.id for record in found] == [first.pk, second.pk, later.pk]
    assert found[0] == evidence.Evidence(
        id=first.pk,
        uid="u2",
        on=date(2022, 1, 1),
        who=person.pk,
        fen=5,
        met=False,
        label=["走访", "a"],
        dims={"kind": "a", "big": "yes", "team": ""},
    )


def test_nothing_is_read_before_the_first_record_is_asked_for(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(0):
        evidence.rows(COUNTED, TERM)


def test_a_limit_cuts_the_list() -> None:
    for number in range(5):
        deed(number, date(2022, 1, 1 + number))
    assert [record.uid for record in evidence.rows(COUNTED, TERM, limit=2)] == ["u0", "u1"]


def test_the_part_of_a_year_and_a_code_is_listed_alone() -> None:
    deed(1, date(2022, 1, 1), kind="a", big=True)
    deed(2, date(2022, 1, 1), kind="b")
    deed(3, date(2023, 1, 1), kind="a")
    deed(4, date(2023, 1, 1))

    def uids(**part: Any) -> list[str]:
        return [record.uid for record in evidence.rows(COUNTED, TERM, **part)]

    assert uids(year=2022, by={"kind": "a"}) == ["u1"]
    assert uids(by={"year": "2022"}) == ["u1", "u2"]
    assert uids(by={"big": "yes"}) == ["u1"]
    assert uids(by={"kind": ""}) == ["u4"]


def test_rows_whose_outcome_is_not_known_are_behind_no_rate() -> None:
    deed(1, date(2022, 1, 1), met=True)
    deed(2, date(2022, 1, 1), met=None)
    deed(3, date(2022, 1, 1), met=False)
    assert [record.uid for record in evidence.rows(RATED, TERM)] == ["u1", "u3"]
    assert [record.uid for record in evidence.rows(RATED, TERM, met=False)] == ["u3"]


def test_of_a_share_the_records_say_whether_they_belong_to_its_numerator() -> None:
    deed(1, date(2022, 1, 1), kind="a", fen=5, due=5)
    deed(2, date(2022, 1, 2), kind="b", fen=4, due=5)
    deed(3, date(2022, 1, 3), fen=4)
    kinds = FactSpec("deeds.share", "占比", "%", FLOW, SHARE, num_where={"kind": ("a", None)})
    paid = FactSpec("deeds.paid", "足额", "%", FLOW, SHARE, of="fen", per="due")
    assert [(record.uid, record.met) for record in evidence.rows(kinds, TERM)] == [
        ("u1", True),
        ("u2", False),
        ("u3", True),
    ]
    assert [(record.uid, record.met) for record in evidence.rows(paid, TERM)] == [("u1", True), ("u2", False)]
    assert [record.uid for record in evidence.rows(paid, TERM, met=False)] == ["u2"]
    due = FactSpec("deeds.due", "应缴", "fen", FLOW, TOTAL, of="due")
    assert [record.fen for record in evidence.rows(due, TERM)] == [5, 5]


def test_a_stock_lists_what_is_in_force_on_its_day() -> None:
    spec = FactSpec("members.active", "在册", "人", STOCK, DISTINCT)
    person = Person.objects.create(name="甲")
    deed(1, date(2010, 1, 1), until=date(2023, 1, 1), person=person)
    deed(2, date(2010, 1, 1), until=date(2022, 12, 31), person=person)
    deed(3, date(2024, 1, 1), person=person)
    assert [record.uid for record in evidence.rows(spec, TERM, year=2022)] == ["u1"]
    assert [record.uid for record in evidence.rows(spec, TERM)] == ["u3"]
    assert list(evidence.rows(spec, TERM, year=2019)) == []


def test_the_ids_of_a_value_are_sorted() -> None:
    late, early = deed(1, date(2023, 1, 1)), deed(2, date(2022, 1, 1))
    assert evidence.ids(COUNTED, TERM) == sorted([late.pk, early.pk])


def test_a_single_fact_lists_its_record_and_has_no_parts() -> None:
    def read(scope: Scope) -> tuple[str, object]:
        return "甲", Deed.objects.filter(union_id=scope.union, kind="a")

    spec = SingleSpec("terms.number", "届次", "届", read, label_paths=("name",))
    deed(1, date(2022, 1, 1), kind="a", name="第五届")
    value = facts.compute([spec], TERM)["terms.number"]
    assert (value.value, value.by, value.evidence_count) == ("甲", {}, 1)
    assert [record.label for record in evidence.rows(spec, TERM)] == [["第五届"]]
    with pytest.raises(ValueError, match="no breakdown"):
        evidence.queryset(spec, TERM, year=2022)


def test_withdrawn_records_and_those_of_other_unions_are_behind_nothing() -> None:
    ours, theirs = (Union.objects.create(code=code, name=code) for code in ("甲", "乙"))
    counted = OutsideBody.objects.create(union=ours, name="一", first=date(2022, 1, 1))
    OutsideBody.objects.create(union=ours, name="二", first=date(2022, 1, 1), withdrawn_on=date(2022, 2, 1))
    OutsideBody.objects.create(union=theirs, name="三", first=date(2022, 1, 1))
    bodies = EvidenceSet(
        "bodies",
        "外部单位",
        lambda scope: OutsideBody.objects.in_union(scope.union),
        since="first",
        until="end",
        label=("name",),
    )
    spec = FactSpec("bodies.count", "外部单位", "个", bodies)
    scope = Scope(ours.pk, TERM.first, TERM.end, TERM.today)
    value = facts.compute([spec], scope)[spec.key]
    found = list(evidence.rows(spec, scope))
    assert (value.value, value.evidence_count) == (1, 1)
    assert [(record.id, record.uid, record.label) for record in found] == [(counted.pk, str(counted.uid), ["一"])]
