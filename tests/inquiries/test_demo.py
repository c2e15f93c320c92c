"""The demo's two forms, and the facts that they prove."""

from datetime import date

from zhijia.core import facts
from zhijia.core.demo import SMALL
from zhijia.inquiries import people, rules, services
from zhijia.inquiries.demo import demo
from zhijia.inquiries.facts import FACTS
from zhijia.inquiries.models import Answer, Inquiry


def test_one_form_is_open_with_most_answered_and_one_is_closed(make_world, today):
    make_world("inquiries")
    sizes, outing = Inquiry.objects.get(title="工会服尺码登记"), Inquiry.objects.get(title="秋游报名")
    assert (sizes.standing(today), outing.state) == (rules.OPEN, rules.CLOSED)
    done = people.counts([sizes, outing])
    assert 0.75 < done[sizes.pk] / sizes.asked < 1
    assert 0.85 < done[outing.pk] / outing.asked < 1
    assert Answer.objects.filter(typed_by__isnull=False).exists()


def test_the_dice_of_the_world_stay_as_they_were(make_world):
    world = make_world("plans", members=40, profile=SMALL)
    before = world.rng.getstate()
    demo(world)
    assert world.rng.getstate() == before


def test_the_answer_rate_has_the_register_as_its_denominator(make_world, scope_of):
    world = make_world("inquiries")
    found = facts.compute(FACTS, scope_of(world), cache=False)
    outing = Inquiry.objects.get(title="秋游报名")
    rate = found["inquiries.answer_rate"].value
    assert (rate.num, rate.den) == (people.counts([outing])[outing.pk], outing.asked)
    assert found["inquiries.count"].value == 1


def test_a_form_recorded_without_answers_tells_nothing_about_the_rate(make_world, scope_of, by, today):
    world = make_world("inquiries")
    before = facts.compute(FACTS, scope_of(world), cache=False)["inquiries.answer_rate"].value
    row = {"title": "旧表", "first": date(2024, 3, 1), "state": "closed", "asked": 30}
    services.save_inquiries([row], union=world.union, by=by, today=today, origin="recorded")
    after = facts.compute(FACTS, scope_of(world), cache=False)
    assert after["inquiries.answer_rate"].value == before
    assert after["inquiries.count"].value == 2
