"""Every value of plans equals what its records, counted one by one, add up to."""

from collections import Counter

from zhijia.core import evidence, facts
from zhijia.plans.facts import FACTS
from zhijia.plans.models import KeyTask, Meeting, PlanItem


def test_values_equal_their_records_counted_one_by_one(make_world, scope_of):
    world = make_world("plans")
    scope = scope_of(world)
    values = facts.compute(FACTS, scope, cache=False)
    for spec in FACTS:
        if spec.measure in ("count", "items"):
            assert values[spec.key].value == len(list(evidence.rows(spec, scope))), spec.key
    items = list(PlanItem.objects.in_union(world.union))
    done = sum(item.state in ("done", "late") for item in items)
    pending = sum(item.state == "open" and item.due >= scope.last for item in items)
    rate = values["plans.done_rate"].value
    assert (rate.num, rate.den) == (done, len(items) - pending)
    meetings = list(Meeting.objects.in_union(world.union))
    assert values["plans.meetings"].by["kind"] == Counter(meeting.kind for meeting in meetings)
    assert values["plans.meeting_people"].value == sum(meeting.present for meeting in meetings)
    linked = [task for task in KeyTask.objects.in_union(world.union) if task.linked]
    assert values["plans.linked_tasks"].value == len(linked)
    assert facts.query_count(FACTS, scope) <= 11
