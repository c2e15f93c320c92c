"""Every value of voice equals what its records add up to; the claim holds, is refuted, or can not be judged."""

from collections import Counter
from datetime import timedelta

from zhijia.core import claims, evidence, facts
from zhijia.core.cube import Rate
from zhijia.voice.facts import CLAIMS, FACTS
from zhijia.voice.models import Contact, Evaluation, Participation, RightsMatter, Suggestion


def claim_state(scope):
    values = facts.compute(FACTS, scope, cache=False)
    (claim,) = claims.judge(CLAIMS, scope, values, cache=False)
    return claim.state


def test_values_equal_their_records_counted_one_by_one(make_world, scope_of):
    world = make_world("voice", members=120)
    scope = scope_of(world)
    values = facts.compute(FACTS, scope, cache=False)
    for spec in FACTS:
        if spec.measure in ("count", "items"):
            assert values[spec.key].value == len(list(evidence.rows(spec, scope))), spec.key
    suggestions = list(Suggestion.objects.in_union(world.union))
    assert values["voice.suggestions"].by["area"] == Counter(row.area for row in suggestions)
    assert values["voice.adopted"].value == sum(row.adopted is True for row in suggestions)
    rate = values["voice.answered_rate"].value
    assert rate.num == sum(row.answered_on is not None for row in suggestions) == len(suggestions) - 2
    shared = Participation.objects.in_union(world.union)
    assert values["voice.opinions"].value == sum(row.opinions for row in shared)
    contacts = Contact.objects.in_union(world.union)
    assert values["voice.contact_people"].value == sum(row.people or 0 for row in contacts)
    matters = RightsMatter.objects.in_union(world.union)
    assert values["voice.escalations"].value == sum(row.escalated_on is not None for row in matters)
    assert facts.query_count(FACTS, scope) <= 11


def test_a_member_who_answers_eight_questions_is_asked_once(make_world, scope_of):
    world = make_world("voice", members=120)
    values = facts.compute(FACTS, scope_of(world), cache=False)
    members = [row for row in Evaluation.objects.in_union(world.union) if row.rater == "members"]
    overall = {str(row.year): row for row in members if row.topic == "whole"}
    items = [row for row in members if row.topic != "whole"]
    assert {row.year for row in items} == {2025}
    asked = values["voice.asked"]
    assert {year: asked.at("year", year) for year in overall} == {year: row.asked for year, row in overall.items()}
    assert max(overall.values(), key=lambda row: row.asked).asked <= 120
    total = Rate(sum(row.satisfied for row in overall.values()), sum(row.asked for row in overall.values()))
    assert values["voice.satisfaction"].value == total == Rate(values["voice.satisfied"].value, asked.value)
    assert values["voice.items_rated"].at("year", 2025) == len(items) == 7
    shares = values["voice.item_satisfaction"].by["topic"]
    assert shares == {row.topic: Rate(row.satisfied, row.asked) for row in items}


def test_no_secret_and_no_authors_name_stands_in_the_evidence(make_world, scope_of):
    world = make_world("voice", members=120)
    scope = scope_of(world)
    names = {human.name for human in world.people}
    rows = [(spec, row) for spec in FACTS for row in evidence.rows(spec, scope, limit=40)]
    assert len({spec.key for spec, _row in rows}) > 5
    for spec, row in rows:
        assert not names & set(row.label), spec.key
        assert "转达工会" not in " ".join(row.label), spec.key


def test_the_claim_on_answers_holds_is_refuted_and_can_not_be_judged(make_world, scope_of):
    world = make_world("voice", members=86, profile="small")
    scope = scope_of(world)
    assert claim_state(scope) == "holds"
    old = Suggestion.objects.filter(on__lt=world.today - timedelta(days=200)).first()
    Suggestion.objects.filter(pk=old.pk).update(answered_on=None)
    assert claim_state(scope) == "refuted"
    Suggestion.objects.update(withdrawn_on=world.today)
    assert claim_state(scope) == "unknown"
