"""Learning recorded: kinds told, warnings given, facts and claims against the records."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from zhijia.core import claims, evidence, facts
from zhijia.core.access import Access
from zhijia.core.demo import World
from zhijia.core.facts import FactValue
from zhijia.core.feature_types import DISTINCT, HOLDS, ITEMS, REFUTED, TOTAL, FactSpec, Scope
from zhijia.core.outcomes import Refused
from zhijia.learning import rules, services
from zhijia.learning.facts import CLAIMS, FACTS
from zhijia.learning.models import Education, LearningSession

Build = Callable[..., World]
ScopeOf = Callable[..., Scope]
Record = Callable[..., int]


@pytest.fixture
def world(make_world: Build) -> World:
    return make_world("members", members=60)


@pytest.fixture
def record(world: World, by: Access) -> Record:
    """`record(title=…, on=…)`: record one session."""

    def save(**row: Any) -> int:
        return services.save_sessions([row], union=world.union, by=by, today=world.today)[0]

    return save


def measured(scope: Scope) -> dict[str, FactValue]:
    return facts.compute(FACTS, scope, cache=False)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("2024年“读好书、强素质”活动", "reading"),
        ("暑期理论读书班", "theory_class"),
        ("小组长以上工会干部集中学习", "cadre_training"),
        ("学习林致远同志先进事迹", "role_model_study"),
        ("读书心得交流会", "exchange"),
        ("健康知识", "lecture"),
    ],
)
def test_a_title_tells_the_kind(record: Record, title: str, kind: str) -> None:
    record(title=title, on=date(2024, 6, 1), kind=None)
    session = LearningSession.objects.get()
    assert session.kind == kind
    assert session.audience == ("leaders" if kind == "cadre_training" else "members")


def test_kinds_told_exist_and_missing_parts_of_a_notice_are_named() -> None:
    assert {code for code, _words in rules.KIND_WORDS} <= set(LearningSession.Kind.values)
    assert rules.missing_parts("学习时间、学习内容、学习形式、成果交流") == ()
    assert rules.missing_parts("时间和内容") == ("形式", "交流")
    assert rules.missing_parts("") == ()


def test_a_class_that_ends_before_it_begins_is_refused(record: Record) -> None:
    with pytest.raises(Refused, match="结束日期"):
        record(title="理论读书班", on=date(2024, 7, 3), last_on=date(2024, 7, 1))


def test_every_fact_is_what_its_evidence_adds_up_to(make_world: Build, scope_of: ScopeOf) -> None:
    scope = scope_of(make_world("learning", members=90))
    found = measured(scope)
    for spec in FACTS:
        assert isinstance(spec, FactSpec)
        rows = list(evidence.rows(spec, scope))
        expected = len(rows)
        if spec.measure == DISTINCT:
            expected = len({row.who for row in rows})
        elif spec.measure == TOTAL:
            expected = sum(row.fen or 0 for row in rows)
        else:
            assert spec.measure in {"count", ITEMS}
        assert found[spec.key].value == expected, spec.key
    assert facts.query_count(FACTS, scope) <= 4
    attended = LearningSession.objects.values_list("attended", flat=True)
    assert found["learning.people_times"].value == sum(number or 0 for number in attended)


def test_only_who_held_a_finance_or_review_post_that_day_counts(world: World, by: Access, scope_of: ScopeOf) -> None:
    accountant = world.officers["accountant"][0]
    reviewer = world.officers["reviewer"][0]
    chair = world.officers["chair"][0]
    rows = [
        {"person": human.pk, "on": on, "provider": None, "provider_name": "省财政厅", "hours": 24, "certificate_no": ""}
        for human, on in (
            (accountant, date(2023, 9, 1)),
            (accountant, date(2024, 9, 1)),
            (reviewer, date(2024, 9, 1)),
            (chair, date(2024, 9, 1)),
        )
    ]
    services.save_education(rows, union=world.union, by=by, today=world.today)
    found = measured(scope_of(world))["learning.finance_education_people"]
    assert found.value == 2
    assert found.by["post"] == {"finance": 1, "review": 1}
    assert found.at("year", 2023) == 1
    assert Education.objects.count() == 4


def test_a_year_without_cadre_training_refutes_and_training_of_others_does_not_mend_it(
    world: World, record: Record, scope_of: ScopeOf
) -> None:
    def state() -> tuple[str, tuple[str, ...]]:
        scope = scope_of(world)
        judged = {claim.key: claim for claim in claims.judge(CLAIMS, scope, measured(scope))}
        return judged["claims.yearly_cadre_training"].state, judged["claims.yearly_cadre_training"].missing

    for year in (2021, 2022, 2024, 2025):
        record(title=f"{year}年集中学习", on=date(year, 5, 8), kind="cadre_training", audience="leaders")
    record(title="青年学习", on=date(2023, 5, 8), kind="cadre_training", audience="young")
    found, missing = state()
    assert found == REFUTED
    assert len(missing) == 1
    assert missing[0].startswith("2023年")
    record(title="2023年集中学习", on=date(2023, 12, 30), kind="cadre_training", audience="leaders")
    assert state()[0] == HOLDS
