"""Papers received, studied, sent upward and answered."""

from datetime import date

import pytest

from zhijia.core import facts
from zhijia.core.outcomes import Refused
from zhijia.documents import checks, services
from zhijia.documents.facts import FACTS


def test_the_demo_studies_what_it_receives_and_its_requests_are_answered(make_world, scope_of):
    world = make_world("documents", members=60)
    values = facts.compute(FACTS, scope_of(world), cache=False)
    assert values["papers.incoming"].value >= 25
    assert values["papers.studied"].value.full
    assert (values["submissions.answered"].value.num, values["submissions.answered"].value.den) == (2, 2)
    assert list(checks.unanswered(scope_of(world))) == []


def test_a_request_is_overdue_after_fifteen_days_and_counts_neither_way_before(make_world, scope_of):
    world = make_world("documents", members=60)
    row = {"title": "请示", "kind": "request", "matter": "congress", "sent_on": date(2026, 11, 10)}
    world.save(services.save_submissions, [row])
    assert facts.compute(FACTS, scope_of(world), cache=False)["submissions.answered"].value.den == 2
    assert list(checks.unanswered(scope_of(world))) == []
    world.save(services.save_submissions, [{**row, "sent_on": date(2026, 11, 1)}])
    (finding,) = checks.unanswered(scope_of(world))
    assert finding.rule == "R-ELE-15"
    assert facts.compute(FACTS, scope_of(world), cache=False)["submissions.answered"].value.den == 3


def test_dates_in_the_wrong_order_are_refused(make_world):
    world = make_world("unions")
    with pytest.raises(Refused) as refused:
        world.save(
            services.save_papers, [{"title": "通知", "received_on": date(2024, 2, 2), "studied_on": date(2024, 2, 1)}]
        )
    assert [violation.code for violation in refused.value.violations] == ["order"]
