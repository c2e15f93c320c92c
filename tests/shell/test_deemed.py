"""Proposals to deem a member withdrawn: what the records prove, what they do not, and that only a human decides."""

from datetime import date

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.shell.people import client_of, user_of
from zhijia.activities import services as activities
from zhijia.activities.models import Activity, Participation
from zhijia.core.access import Access
from zhijia.core.dates import add_months
from zhijia.core.models import AuditLine
from zhijia.core.outcomes import Refused
from zhijia.core.pages.addresses import deemed_url
from zhijia.funds import services as funds
from zhijia.funds.models import Collection
from zhijia.members import lapsing, services, standing
from zhijia.members.models import Change, Lapse, Person
from zhijia.members.standing import Words
from zhijia.shell import deemed
from zhijia.unions import services as unions

TODAY = date(2026, 11, 20)
QUERIES = 15
LONG_HERE = date(2015, 3, 2)


@pytest.fixture
def union(db, by, today):
    return unions.found({"code": "T", "name": "测试工会"}, by=by, today=today).pk


@pytest.fixture
def access(union, today):
    return Access(union=union, on=today, name="张主席", permissions=frozenset({deemed.PERMISSION, "members.edit"}))


@pytest.fixture
def people(union, by, today):
    """Ten members of long standing, by number."""
    rows = [
        {"name": f"会员{number}", "sex": "male", "staff_no": f"{number}", "admitted_on": LONG_HERE}
        for number in range(10)
    ]
    return services.save_persons(rows, union=union, by=by, today=today)


@pytest.fixture
def pay(union, by, today):
    def paid(persons, months, fen=1000):
        rows = [
            {"kind": "dues", "month": month, "person": person, "person_name": "", "group": None, "paid_fen": fen}
            for person in persons
            for month in months
        ]
        funds.save_collections(rows, union=union, by=by, today=today, origin="recorded")

    return paid


@pytest.fixture
def attend(union, by, today):
    def there(persons, on):
        row = {"title": f"活动{on}", "kind": Activity.Kind.values[0], "on": on, "function": Activity.Function.values[0]}
        pk = activities.save_activities([row], union=union, by=by, today=today, origin="recorded")[0]
        rows = [{"activity": pk, "person": person, "present": True} for person in persons]
        activities.save_participations(rows, union=union, by=by, today=today, origin="recorded")

    return there


def months(first, last):
    return [date(2026, number, 1) for number in range(first, last + 1)]


def names(access, on=TODAY):
    return {one.person.name for one in deemed.outlook(access, on).proposals}


def test_nobody_is_accused_where_dues_are_not_kept_person_by_person(access, people, attend):
    attend(people[:5], date(2026, 10, 1))
    seen = deemed.outlook(access, TODAY)
    assert seen.proposals == ()
    assert seen.notes[0] == deemed.NO_DUES


def test_a_month_entered_for_all_says_nothing_of_one_member(access, people, attend, union, by):
    attend(people[:5], date(2026, 10, 1))
    row = {"kind": "dues", "month": date(2026, 10, 1), "person": None, "group": None, "paid_fen": 10_000}
    funds.save_collections([row], union=union, by=by, today=TODAY, origin="recorded")
    assert names(access) == set()


def test_whoever_neither_paid_nor_came_is_proposed_with_the_last_traces(access, people, pay, attend):
    pay(people[:8], months(1, 10))
    pay(people[8:], months(1, 3))
    attend([people[8]], date(2026, 8, 8))
    attend([people[9]], date(2026, 2, 2))
    seen = deemed.outlook(access, TODAY)
    (one,) = seen.proposals
    assert (one.person.pk, one.since, one.due) == (people[9], date(2026, 4, 1), date(2026, 10, 1))
    assert [(trace.of.name, trace.on) for trace in one.traces] == [
        ("会费", date(2026, 3, 1)),
        ("参加活动", date(2026, 2, 2)),
    ]
    assert one.evidence == "最后一次会费：2026-03；最后一次参加：2026-02-02（参加活动）"
    assert seen.notes == ()


def test_few_dues_on_record_are_no_ground_but_months_expressly_unpaid_are(access, people, pay, attend):
    attend(people[:5], date(2026, 10, 1))
    pay(people[:2], months(1, 10))
    pay([people[9]], months(5, 10), fen=0)
    pay([people[8]], months(6, 10), fen=0)  # five months only
    seen = deemed.outlook(access, TODAY)
    assert [one.person.pk for one in seen.proposals] == [people[9]]
    assert seen.proposals[0].since == date(2026, 5, 1)
    assert "只有2人（会员10人）" in seen.notes[0]


def test_nobody_is_proposed_where_nobody_is_on_any_list(access, people, pay):
    pay(people[:8], months(1, 10))
    seen = deemed.outlook(access, TODAY)
    assert seen.proposals == ()
    assert "看不出谁没有参加" in seen.notes[0]


def test_who_came_lately_or_rests_is_not_proposed(access, people, pay, attend):
    pay(people[:8], months(1, 10))
    attend(people[:1], date(2026, 10, 1))
    Person.objects.filter(pk=people[8]).update(admitted_on=date(2026, 7, 1))
    Person.objects.filter(pk=people[9]).update(retained_on=date(2026, 1, 1))
    assert names(access) == set()


def fixed_traces(days, today):
    """The rule said once more, for one member: the latest of everything is six months past."""
    return all(add_months(day, 6) <= today for day in days)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(days=st.tuples(st.integers(1, 10), st.integers(1, 10)))
def test_both_must_be_missing(access, people, pay, attend, days):
    (paid, came), union = days, access.union
    Collection.objects.filter(union_id=union).delete()
    Participation.objects.filter(union_id=union).delete()
    Activity.objects.filter(union_id=union).delete()
    pay(people[:9], months(1, 10))
    pay([people[9]], [date(2026, paid, 1)])
    attend(people[:1], date(2026, 10, 1))
    attend([people[9]], date(2026, came, 15))
    quiet = fixed_traces([add_months(date(2026, paid, 1), 1), date(2026, came, 15)], TODAY)
    assert names(access) == ({"会员9"} if quiet else set())


# ---------------------------------------------------------------- talk and decision


@pytest.fixture
def silent(people, pay, attend):
    pay(people[:9], months(1, 10))
    attend(people[:1], date(2026, 10, 1))
    return Person.objects.get(pk=people[9])


def verdict(deem, on=TODAY, reason="长期不交不来", meeting="第9次会议"):
    return lapsing.Verdict(deem, on, reason, meeting)


def test_nobody_is_deemed_before_a_talk(silent, access):
    with pytest.raises(Refused, match="还没有找本人谈过"):
        lapsing.decide(silent, verdict(True), by=access, today=TODAY)
    assert not Lapse.objects.exists()
    assert not Change.objects.exists()


def test_after_the_talk_the_committee_deems_and_the_standing_says_so(silent, access):
    row = lapsing.talked(silent, on=date(2026, 11, 2), who="王组长", told="说明了章程", by=access, today=TODAY)
    assert names(access) == {"会员9"}
    with pytest.raises(Refused, match="早于谈话日期"):
        lapsing.decide(silent, verdict(True, date(2026, 11, 1)), by=access, today=TODAY)
    with pytest.raises(Refused, match="委员会会议"):
        lapsing.decide(silent, verdict(True, meeting=""), by=access, today=TODAY)
    lapsing.decide(silent, verdict(True), by=access, today=TODAY)
    silent.refresh_from_db()
    row.refresh_from_db()
    assert (silent.left_on, silent.leaving, row.state) == (TODAY, "deemed", "deemed")
    assert Change.objects.get().meeting == "第9次会议"
    assert names(access) == set()
    verbs = list(AuditLine.objects.order_by("seq").values_list("verb", flat=True))[-3:]
    assert verbs == ["members.lapse.talked", "members.person.deem", "members.lapse.deemed"]
    with pytest.raises(Refused):
        lapsing.decide(silent, verdict(True), by=access, today=TODAY)


def test_who_is_kept_is_not_proposed_again_for_a_while(silent, access):
    row = lapsing.decide(silent, verdict(False, reason="长期病假"), by=access, today=TODAY)
    assert row.again_on == date(2027, 5, 20)
    assert names(access) == set()
    assert [one.person.name for one in lapsing.resting(access.union, TODAY)] == ["会员9"]
    later = date(2027, 5, 21)
    assert not lapsing.resting(access.union, later)
    assert lapsing.may_lapse(access.union, later).filter(pk=silent.pk).exists()


def test_who_left_in_another_way_is_done_with(silent, access):
    lapsing.talked(silent, on=TODAY, who="王组长", told="本人要求退会", by=access, today=TODAY)
    standing.change("withdraw", silent, on=TODAY, words=Words(meeting="第9次会议"), by=access, today=TODAY)
    assert names(access) == set()


def test_what_is_sent_twice_is_decided_once_and_who_left_meanwhile_is_not_talked_to(silent, access):
    said = {"who": "王组长", "told": "说明了章程", "by": access, "today": TODAY}
    lapsing.decide(silent, verdict(False, reason="长期病假"), by=access, today=TODAY)
    for again in (
        lambda: lapsing.decide(silent, verdict(False, reason="长期病假"), by=access, today=TODAY),
        lambda: lapsing.talked(silent, on=TODAY, **said),
    ):
        with pytest.raises(Refused, match="刚认为不算"):
            again()
    assert Lapse.objects.get().state == "kept"
    standing.change("die", silent, on=TODAY, by=access, today=TODAY)
    Lapse.objects.all().delete()
    with pytest.raises(Refused, match="现在是“已离会”"):
        lapsing.talked(silent, on=TODAY, **said)
    assert not Lapse.objects.exists()


def test_a_talk_of_an_earlier_membership_counts_no_more(silent, access):
    lapsing.talked(silent, on=date(2025, 3, 1), who="王组长", told="说明了章程", by=access, today=TODAY)
    words = Words(other_union="某市工会")
    standing.change("transfer_out", silent, on=date(2025, 4, 1), words=words, by=access, today=TODAY)
    standing.change("transfer_in", silent, on=date(2026, 11, 2), words=words, by=access, today=TODAY)
    assert names(access) == set()
    with pytest.raises(Refused, match="还没有找本人谈过"):
        lapsing.decide(silent, verdict(True), by=access, today=TODAY)
    silent.refresh_from_db()
    assert silent.left_on is None
    with pytest.raises(Refused, match="入会"):
        lapsing.talked(silent, on=date(2026, 11, 1), who="王组长", told="说明了章程", by=access, today=TODAY)
    lapsing.talked(silent, on=TODAY, who="王组长", told="说明了章程", by=access, today=TODAY)


def test_a_new_proposal_is_a_new_to_do_until_somebody_talked(silent, access):
    (todo,) = deemed.reminders(access, TODAY)
    assert "会员9" in todo.text
    lapsing.talked(silent, on=TODAY, who="王组长", told="说明了章程", by=access, today=TODAY)
    assert list(deemed.reminders(access, TODAY)) == []
    nobody = Access(union=access.union, on=TODAY, name="会员")
    assert list(deemed.reminders(nobody, TODAY)) == []


# ---------------------------------------------------------------- pages


@pytest.fixture
def world(make_world, monkeypatch, today):
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    return make_world("learning", members=80)


def test_the_chair_sees_the_evidence_talks_and_decides(world, today, django_assert_max_num_queries):
    client = client_of(user_of(world, "chair", today))
    with django_assert_max_num_queries(QUERIES):
        page = client.get("/members/deemed/").content.decode()
    (one,) = deemed.outlook(Access(union=world.union, on=today), today).proposals
    url = f"/members/deemed/{one.person.uid}/"
    assert url in page
    with django_assert_max_num_queries(QUERIES):
        page = client.get(url).content.decode()
    assert "从2026-05起有7个月没交" in page
    assert "按自动退会办理</span>" not in page
    assert client.get(f"{url}paper/").content[:2] == b"PK"
    assert client.post(url, {"do": "talk", "on": today, "who": "", "told": ""}).status_code == 422
    talk = {"do": "talk", "on": today.isoformat(), "who": "王组长", "told": "说明了章程，本人没有理由"}
    assert client.post(url, talk).status_code == 303
    assert "由王组长谈话" in client.get(url).content.decode()
    decision = {"do": "decide", "verdict": "deem", "decided_on": "2020-01-01", "reason": "教育不改", "meeting": "第9次"}
    refused = client.post(url, decision)
    assert refused.status_code == 422
    assert "早于谈话日期" in refused.content.decode()
    assert client.post(url, decision | {"decided_on": today.isoformat()}).status_code == 303
    assert Person.objects.get(pk=one.person.pk).leaving == "deemed"
    assert client.get(url).status_code == 404


def test_who_is_not_proposed_by_the_records_may_be_talked_to_unless_they_tell_otherwise(access, people, attend, pay):
    attend(people[:5], date(2026, 10, 1))
    silent, lively = (Person.objects.get(pk=people[number]) for number in (9, 0))
    one, other = (deemed.by_hand(access, person.uid, TODAY) for person in (silent, lively))
    assert deemed.proposal(access, silent.uid, TODAY) is None  # dues are not kept person by person
    assert one.notes[0] == deemed.BY_HAND
    assert (one.due <= TODAY, other.due <= TODAY) == (True, False)
    Person.objects.filter(pk=silent.pk).update(admitted_on=date(2026, 9, 1))
    assert deemed.by_hand(access, silent.uid, TODAY) is None


def test_the_page_of_a_member_who_came_lately_begins_nothing(world, today):
    client = client_of(user_of(world, "chair", today))
    proposed = {one.person.pk for one in deemed.outlook(Access(union=world.union, on=today), today).proposals}
    members = lapsing.may_lapse(world.union, today).exclude(pk__in=proposed)
    barred = next(
        one for one in members if deemed.by_hand(Access(union=world.union, on=today), one.uid, today).due > today
    )
    url = f"/members/deemed/{barred.uid}/"
    page = client.get(url).content.decode()
    assert "现在不能提出" in page
    assert "记下谈话" not in page
    talk = {"do": "talk", "on": today.isoformat(), "who": "王组长", "told": "说明了章程"}
    assert client.post(url, talk).status_code == 422
    assert not Lapse.objects.filter(person=barred).exists()


def test_a_leader_and_a_member_are_told_it_is_not_theirs(world, today):
    for role in ("group_leader", "member", "reviewer"):
        assert client_of(user_of(world, role, today)).get("/members/deemed/").status_code == 403


def test_the_address_that_the_register_links_to_is_that_of_the_proposal(union):
    uid = "01900000-0000-7000-8000-000000000000"
    assert deemed_url(uid) == reverse("shell:deemed_one", args=[uid])
