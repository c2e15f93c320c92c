"""Facts equal a brute-force computation over plain rows, cost few queries and are kept only while nothing changes."""

from collections.abc import Iterable
from datetime import date
from itertools import product
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from tests.core import deeds
from tests.core.deeds import ANSWERED, FLOW, NAMED, STOCK, TERM, YEARLY, Deed, Person, Receipt, Team
from zhijia.core import evidence, fact_cache, facts
from zhijia.core.cube import Rate
from zhijia.core.db import snapshot
from zhijia.core.feature_types import (
    COUNT,
    DISTINCT,
    FEN,
    ITEMS,
    RATE,
    RUNNING,
    SHARE,
    TOTAL,
    WHO,
    EvidenceSet,
    FactSpec,
    Scope,
    SingleSpec,
)
from zhijia.core.models import ChangeNumber, FactCache

pytestmark = pytest.mark.usefixtures("deed_tables")

AXES = ("year", "kind", "big", "team", "year+kind")
WHERE: dict[str, tuple[Any, ...]] = {"kind": ("a", None), "big": (True,)}
PART: dict[str, tuple[Any, ...]] = {"kind": ("", "b"), "team": ("一组", "")}
WAYS: dict[str, tuple[dict[str, Any], ...]] = {
    TOTAL: ({}, {"of": "due"}),
    RUNNING: ({}, {"of": "due"}),
    SHARE: (
        {"num_where": PART},
        {"num_where": PART, "of": FEN},
        {"num_where": PART, "of": WHO},
        {"of": FEN, "per": "due"},
        {"num_where": PART, "of": "due", "per": FEN},
    ),
}


def catalogue(rows: EvidenceSet, measures: Iterable[str]) -> list[FactSpec]:
    """Each measure with all breakdowns, without and with a filter, over each of the sums that it may take."""
    found = []
    for measure, where in product(measures, ({}, WHERE)):
        for number, ways in enumerate(WAYS.get(measure, ({},))):
            key = f"{rows.name}.{measure}.{len(where)}" + (f".{number}" if number else "")
            found.append(FactSpec(key, "事实", "次", rows, measure, where, AXES, **ways))
    return found


EVERY = [
    *catalogue(FLOW, (COUNT, DISTINCT, TOTAL, RATE, SHARE, RUNNING, ITEMS)),
    *catalogue(NAMED, (DISTINCT,)),
    *catalogue(STOCK, (COUNT, DISTINCT, TOTAL, RATE, SHARE, ITEMS)),
    *catalogue(YEARLY, (COUNT, DISTINCT, TOTAL, RATE, SHARE, RUNNING)),
    *catalogue(ANSWERED, (RATE,)),
]
# Which other facts are asked for decides how a set is read; the values must not tell.
MANNERS = [
    EVERY,
    [spec for spec in EVERY if spec.measure != ITEMS],
    [spec for spec in EVERY if spec.measure not in (ITEMS, RUNNING)],
    [spec for spec in EVERY if spec.measure not in (ITEMS, RUNNING, DISTINCT) and spec.of != WHO],
]

days = st.dates(date(2020, 6, 1), date(2027, 2, 1))
rows_of_a_ledger = st.lists(
    st.fixed_dictionaries(
        {
            "union_id": st.sampled_from([1, 1, 1, 2]),
            "on": st.none() | days,
            "until": st.none() | days,
            "kind": st.sampled_from(["a", "b", "", None]),
            "big": st.booleans(),
            "who": st.sampled_from([None, 0, 1, 2]),
            "name": st.sampled_from(["", "甲", "乙"]),
            "fen": st.none() | st.integers(-500, 10**12),
            "due": st.none() | st.integers(0, 500),
            "met": st.none() | st.booleans(),
            "year": st.none() | st.integers(2020, 2027),
            "answered": st.booleans(),
        }
    ),
    max_size=12,
)
scopes = st.builds(
    lambda first, length, today: Scope(1, first, date(first.year + length, first.month, first.day), today),
    st.sampled_from([date(2021, 1, 1), date(2021, 6, 15), date(2024, 1, 1)]),
    st.sampled_from([1, 3, 5]),
    st.sampled_from([date(2021, 3, 1), date(2021, 12, 31), date(2024, 8, 8), date(2027, 1, 15)]),
)


def write(ledger: list[dict[str, Any]]) -> None:
    """Store the rows, three persons and a team for two of them."""
    team = Team.objects.create(name="一组")
    people = [Person.objects.create(name=f"人{i}", team=team if i < 2 else None) for i in range(3)]
    for number, row in enumerate(ledger):
        row["person"] = None if row["who"] is None else people[row["who"]]
        plain = {name: value for name, value in row.items() if name not in ("who", "answered")}
        row["id"] = Deed.objects.create(uid=f"u{number}", **plain).pk
        row["team"] = team.name if row["who"] in (0, 1) else None
        if row["answered"]:
            Receipt.objects.create(deed_id=row["id"])


def counts_in(rows: EvidenceSet, row: dict[str, Any], scope: Scope, running: bool) -> int | None:
    """The year in which a row of a flow counts in the scope by plain reading of the rules, or None."""
    on, year = row["on"], row["year"]
    if not rows.year:
        inside = on is not None and on < scope.until and (running or on >= scope.first)
        return on.year if inside else None
    if year is None or year > scope.last.year or (on and on > scope.today):
        return None
    if on and year == scope.end.year and scope.end != date(year, 1, 1) and on >= scope.end:
        return None
    if running:
        return int(year)
    cut = scope.first != date(scope.first.year, 1, 1)
    if year < scope.first.year or (on and year == scope.first.year and cut and on < scope.first):
        return None
    return int(year)


def fits(spec: FactSpec, row: dict[str, Any]) -> bool:
    if row["union_id"] != 1:
        return False
    return not spec.where or (row["kind"] in ("a", "", None) and row["big"])


def in_part(row: dict[str, Any]) -> bool:
    """Whether a row fits PART."""
    return row["kind"] in ("", "b", None) and row["team"] in ("一组", None)


def measure(spec: FactSpec, rows: list[dict[str, Any]]) -> tuple[Any, int]:
    """The value of the rows and how many of them are behind it."""
    if spec.measure == DISTINCT:
        who = "name" if spec.rows is NAMED else "who"
        known = [row for row in rows if row[who] not in (None, "")]
        return len({row[who] for row in known}), len(known)
    if spec.measure in (TOTAL, RUNNING):
        known = [row for row in rows if row[spec.of or "fen"] is not None]
        return sum(row[spec.of or "fen"] for row in known), len(known)
    if spec.measure == SHARE:
        known = [row for row in rows if None not in (row[name] for name in (spec.of, spec.per) if name)]
        part = [row for row in known if not spec.num_where or in_part(row)]
        if spec.of == WHO:
            return Rate(len({row["who"] for row in part}), len({row["who"] for row in known})), len(known)
        num = sum(row[spec.of] for row in part) if spec.of else len(part)
        whole = spec.per or spec.of
        return Rate(num, sum(row[whole] for row in known) if whole else len(known)), len(known)
    if spec.measure == RATE:
        met = "answered" if spec.rows is ANSWERED else "met"
        known = [row for row in rows if row[met] is not None]
        return Rate(sum(row[met] for row in known), len(known)), len(known)
    return len(rows), len(rows)


def in_year(spec: FactSpec, ledger: list[dict[str, Any]], scope: Scope, year: int | None) -> list[dict[str, Any]]:
    """The rows behind the value of one year, or of the whole scope."""
    fitting = [row for row in ledger if fits(spec, row)]
    if spec.rows.since:
        day = scope.last if year is None else min(date(year, 12, 31), scope.last)
        return [
            row for row in fitting if row["on"] and row["on"] <= day and (row["until"] is None or row["until"] > day)
        ]
    running = spec.measure == RUNNING
    found = []
    for row in fitting:
        counted = counts_in(spec.rows, row, scope, running)
        if counted is not None and (year is None or counted == year or (running and counted <= year)):
            found.append(row)
    return found


def by_brute_force(spec: FactSpec, ledger: list[dict[str, Any]], scope: Scope) -> tuple[Any, int, dict[str, Any]]:
    whole = in_year(spec, ledger, scope, None)
    by: dict[str, Any] = {"year": {}, "year+kind": {}}
    for year in scope.years:
        rows = in_year(spec, ledger, scope, year)
        by["year"][str(year)] = measure(spec, rows)[0]
        for kind in ("", "a", "b"):
            value, count = measure(spec, [row for row in rows if (row["kind"] or "") == kind])
            if count:
                by["year+kind"][f"{year}+{kind}"] = value
    for dim in ("kind", "big", "team"):
        by[dim] = {}
        for code in {evidence.code_of(row[dim]) for row in whole}:
            value, count = measure(spec, [row for row in whole if evidence.code_of(row[dim]) == code])
            if count:
                by[dim][code] = value
    return *measure(spec, whole), by


# One example runs some 300 queries: shrinking a failure would take minutes.
@settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(ledger=rows_of_a_ledger, scope=scopes)
def test_every_measure_and_breakdown_equals_brute_force_and_its_evidence(
    ledger: list[dict[str, Any]], scope: Scope
) -> None:
    with transaction.atomic():
        write(ledger)
        values = facts.compute(EVERY, scope, cache=False)
        for specs in MANNERS:
            assert facts.compute(specs, scope, cache=False) == {spec.key: values[spec.key] for spec in specs}
        for spec in EVERY:
            value, count, by = by_brute_force(spec, ledger, scope)
            fact = values[spec.key]
            assert (fact.value, fact.evidence_count) == (value, count), spec.key
            assert fact.by == by, spec.key
            listed = list(evidence.rows(spec, scope))
            assert len(listed) == count, spec.key
            assert evidence.ids(spec, scope) == sorted(record.id for record in listed)
            by_id = {row["id"]: row for row in ledger}
            assert measure(spec, [by_id[record.id] for record in listed])[0] == value, spec.key
            for axis, codes in fact.by.items():
                for code, part in codes.items():
                    chosen = dict(zip(axis.split("+"), code.split("+"), strict=True))
                    behind = [by_id[record.id] for record in evidence.rows(spec, scope, by=chosen)]
                    assert measure(spec, behind)[0] == part, (spec.key, axis, code)
        transaction.set_rollback(True)


def deed(on: date, **fields: Any) -> Deed:
    return Deed.objects.create(union_id=1, uid="u", on=on, **fields)


def changed(model: type[Any]) -> None:
    """What the audit does with every write."""
    row, _ = ChangeNumber.objects.get_or_create(union_id=1, table=model._meta.db_table)
    ChangeNumber.objects.filter(pk=row.pk).update(number=F("number") + 1)


@pytest.mark.parametrize(
    ("measures", "queries"),
    [
        ((COUNT, TOTAL, RATE, SHARE), 1),
        ((COUNT, DISTINCT, TOTAL, RATE, SHARE), 1),
        ((COUNT, DISTINCT, TOTAL, RATE, SHARE, ITEMS), 1),
        ((COUNT, DISTINCT, TOTAL, RATE, SHARE, RUNNING), 1),
        ((COUNT, ITEMS, RUNNING), 2),
    ],
)
def test_the_facts_of_one_set_share_one_query_and_items_beside_running_sums_cost_another(
    django_assert_num_queries: DjangoAssertNumQueries, measures: tuple[str, ...], queries: int
) -> None:
    specs = catalogue(FLOW, measures)
    with django_assert_num_queries(queries):
        facts.compute(specs, TERM, cache=False)
    assert facts.query_count(specs, TERM) == queries


def test_single_facts_that_share_evaluated_records_cost_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    def read(scope: Scope) -> tuple[dict[str, int], Any]:
        records = Deed.objects.filter(union_id=scope.union)
        return {name: sum(getattr(record, name) for record in records) for name in ("fen", "due")}, records

    deed(date(2022, 1, 5), fen=3, due=4)
    specs = [SingleSpec(f"deeds.{name}", "合计", "fen", read, of=name) for name in ("fen", "due")]
    with django_assert_num_queries(1):
        found = facts.compute(specs, TERM, cache=False).values()
    assert [(fact.value, fact.evidence_count) for fact in found] == [(3, 1), (4, 1)]
    assert [fact.value for fact in facts.compute(specs, TERM).values()] == [3, 4]
    assert [fact.value for fact in facts.compute(specs, TERM).values()] == [3, 4]


def test_a_warm_catalogue_costs_two_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    single = SingleSpec("terms.number", "届次", "届", lambda scope: (5, Deed.objects.filter(union_id=scope.union)))
    specs: list[FactSpec | SingleSpec] = [single, *EVERY]
    deed(date(2022, 1, 5), kind="a", fen=3, name="甲")
    cold = facts.compute(specs, TERM)
    with django_assert_num_queries(2):
        warm = facts.compute(specs, TERM)
    assert warm == cold
    assert warm["flow.items.0"].items[0].label == ("甲", "a")


def test_a_write_in_any_table_of_the_set_makes_the_value_fresh() -> None:
    person = Person.objects.create(name="甲", team=Team.objects.create(name="一组"))
    row = deed(date(2022, 1, 5), person=person)
    spec = FactSpec("answered.rate", "答复率", "%", ANSWERED, RATE, by=("team",))
    assert facts.compute([spec], TERM)[spec.key].value == Rate(0, 1)
    Receipt.objects.create(deed=row)
    assert facts.compute([spec], TERM)[spec.key].value == Rate(0, 1), "kept: the audit told of no write"
    changed(Receipt)
    assert facts.compute([spec], TERM)[spec.key].value == Rate(1, 1)
    Team.objects.update(name="二组")
    changed(Team)
    assert facts.compute([spec], TERM)[spec.key].by["team"] == {"二组": Rate(1, 1)}


def test_joins_and_subqueries_report_all_of_their_tables() -> None:
    spec = FactSpec("answered.rate", "答复率", "%", ANSWERED, RATE, by=("team", "year"))
    with fact_cache.recorded() as tables:
        facts.compute([spec], TERM, cache=False)
    assert tables == {model._meta.db_table for model in deeds.MODELS}


def test_another_day_union_or_definition_does_not_find_the_kept_value() -> None:
    deed(date(2025, 3, 11), kind="a")
    plain = FactSpec("deeds.count", "次数", "次", FLOW)
    assert facts.compute([plain], TERM)[plain.key].value == 0
    tomorrow = Scope(1, TERM.first, TERM.end, date(2025, 3, 11))
    assert facts.compute([plain], tomorrow)[plain.key].value == 1
    assert facts.compute([plain], Scope(2, TERM.first, TERM.end, date(2025, 3, 11)))[plain.key].value == 0
    narrowed = FactSpec("deeds.count", "次数", "次", FLOW, where={"kind": ("b",)})
    assert facts.compute([narrowed], tomorrow)[plain.key].value == 0


def test_at_most_so_many_values_are_kept_per_union(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fact_cache, "KEPT", 3)
    spec = FactSpec("deeds.count", "次数", "次", FLOW)
    for day in range(1, 8):
        facts.compute([spec], Scope(1, TERM.first, TERM.end, date(2025, 3, day)))
    assert FactCache.objects.filter(union_id=1).count() == 3


@pytest.mark.django_db(transaction=True)
def test_a_snapshot_measures_and_keeps_nothing() -> None:
    spec = FactSpec("deeds.count", "次数", "次", FLOW)
    with snapshot():
        assert facts.compute([spec], TERM)[spec.key].value == 0
    assert not FactCache.objects.exists()
    assert facts.compute([spec], TERM)[spec.key].value == 0
    assert FactCache.objects.count() == 1


def test_years_of_the_scope_are_all_present_without_records() -> None:
    values = facts.compute(EVERY, TERM)
    years = ["2021", "2022", "2023", "2024", "2025"]
    assert all(list(values[spec.key].by["year"]) == years for spec in EVERY)
    assert values["flow.rate.0"].by["year"]["2024"] == Rate(0, 0)
    assert values["flow.rate.0"].by["kind"] == {}


def test_declared_labels_give_the_order_of_a_breakdown() -> None:
    ordered = EvidenceSet(
        "ordered", "次序", deeds.deeds, on="on", dims={"kind": "kind"}, dim_labels={"kind": {"b": "乙", "a": "甲"}}
    )
    for kind in ("a", "z", "b"):
        deed(date(2022, 1, 5), kind=kind)
    spec = FactSpec("deeds.count", "次数", "次", ordered, by=("kind",))
    assert list(facts.compute([spec], TERM)[spec.key].by["kind"]) == ["b", "a", "z"]
    assert list(facts.compute([spec], TERM)[spec.key].by["kind"]) == ["b", "a", "z"]


def test_a_set_of_grouped_rows_and_a_fact_without_its_column_are_refused() -> None:
    distinct = EvidenceSet("distinct", "不同", lambda scope: deeds.deeds(scope).distinct(), on="on")
    with pytest.raises(ValueError, match="plain rows"):
        facts.compute([FactSpec("deeds.count", "次数", "次", distinct)], TERM)
    with pytest.raises(ValueError, match="has no category place"):
        facts.compute([FactSpec("deeds.count", "次数", "次", FLOW, by=("place",))], TERM)
    with pytest.raises(ValueError, match="measured by"):
        facts.compute([FactSpec("deeds.total", "金额", "fen", NAMED, TOTAL)], TERM)
    with pytest.raises(ValueError, match="measured by"):
        facts.compute([FactSpec("deeds.total", "金额", "fen", FLOW, TOTAL, of="paid")], TERM)
    with pytest.raises(ValueError, match="a share is of rows"):
        facts.compute([FactSpec("deeds.share", "占比", "%", FLOW, SHARE)], TERM)


def test_the_printed_form_has_the_promised_shape() -> None:
    deed(date(2022, 1, 5), met=True)
    spec = FactSpec("deeds.rate", "完成率", "%", FLOW, RATE, by=("year",))
    scope = Scope(1, date(2022, 1, 1), date(2023, 1, 1), date(2025, 1, 1), term=5)
    assert facts.facts_json(scope, "DEMO", facts.compute([spec], scope)) == {
        "version": 1,
        "union": "DEMO",
        "scope": {"term": 5, "first": "2022-01-01", "last": "2022-12-31"},
        "facts": [
            {
                "key": "deeds.rate",
                "label": "完成率",
                "unit": "%",
                "value": {"num": 1, "den": 1},
                "by": {"year": {"2022": {"num": 1, "den": 1}}},
                "evidence_count": 1,
            }
        ],
    }
