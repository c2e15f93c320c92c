"""Changes of standing: what is allowed, what stays on record, and that any day's register is what the log says."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhijia.core.models import AuditLine
from zhijia.core.outcomes import Refused
from zhijia.members import asof, joining, posts, rules, services, standing
from zhijia.members.models import Admission, Change, EarlierMembership, Newcomer, Person, Placement
from zhijia.members.standing import Seat, Words
from zhijia.unions import services as unions

START = date(2015, 1, 1)
WORDS = Words("某市工会", "原因", None, "2026年第1次委员会会议", "")
FULL_WORDS = Words("某市工会", "原因", date(2015, 1, 1), "2026年第1次委员会会议", "")


@pytest.fixture
def union(db, by, today):
    return unions.found({"code": "T", "name": "测试工会"}, by=by, today=today).pk


@pytest.fixture
def person(union, by, today):
    def make(name="王归", **row):
        entry = {"name": name, "sex": "female", "staff_no": name, **row}
        return Person.objects.get(pk=services.save_persons([entry], union=union, by=by, today=today)[0])

    return make


# ---------------------------------------------------------------- rules


@given(st.lists(st.tuples(st.sampled_from(sorted(rules.MOVES)), st.integers(0, 60)), max_size=12))
def test_any_sequence_of_legal_changes_leaves_stretches_that_do_not_overlap(asked):
    today, dates, before, on = date(2026, 11, 20), rules.Dates(), [], START
    for move, step in asked:
        on = on + timedelta(days=step)
        if rules.move_problem(move, dates, on, today):
            continue
        dates, ended = rules.moved(move, dates, on)
        if ended:
            before.append(ended)
    spans = [rules.Span(one.admitted_on, one.left_on) for one in before]
    assert all(span.first < span.end for span in spans)
    assert rules.overlapping(spans) == []
    assert all(span.end <= dates.admitted_on for span in spans)
    assert not rules.standing_problem(hired_on=None, **dates._asdict())


@pytest.mark.parametrize("move", sorted(rules.MOVES))
def test_a_change_is_refused_where_the_standing_does_not_allow_it(move):
    today = date(2026, 11, 20)
    stand = {
        rules.NEVER: rules.Dates(),
        rules.MEMBER: rules.Dates(START),
        rules.RETAINED: rules.Dates(START, date(2020, 1, 1)),
        rules.GONE: rules.Dates(START, None, date(2020, 1, 1)),
    }
    allowed = {state for state, dates in stand.items() if not rules.move_problem(move, dates, today, today)}
    assert allowed == rules.MOVES[move].before
    assert rules.move_problem(move, next(stand[one] for one in allowed), today + timedelta(days=1), today)


# ---------------------------------------------------------------- services


@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)
@given(asked=st.lists(st.tuples(st.sampled_from(sorted(rules.MOVES)), st.integers(1, 400)), min_size=1, max_size=8))
def test_the_register_of_any_day_is_what_the_log_of_changes_says(union, person, by, today, asked):
    one = person(f"王{Person.objects.count()}")
    on = START
    for move, step in asked:
        on = on + timedelta(days=step)
        try:
            one = standing.change(move, one, on=on, words=FULL_WORDS, by=by, today=today)
        except Refused:
            continue
    log = list(Change.objects.filter(person=one).order_by("on", "pk").values_list("on", "kind"))
    said = {"admit": "full", "transfer_in": "full", "resume": "full", "retain": "retained"}
    days = {day + timedelta(days=shift) for day, _kind in log for shift in (-1, 0, 1)} | {START}
    for day in sorted(days):
        told = ([said.get(kind, "") for at, kind in log if at <= day] or [""])[-1]
        rows = list(asof.members_on(union, day).filter(person=one))
        assert [("full" if row.full else "retained") for row in rows] == ([told] if told else [])


def test_a_change_writes_one_audit_line_and_one_line_of_the_log(person, by, today):
    one = person(admitted_on=START)
    before = AuditLine.objects.count()
    standing.change("transfer_out", one, on=date(2020, 5, 1), words=WORDS, by=by, today=today)
    assert AuditLine.objects.count() == before + 1
    assert AuditLine.objects.latest("pk").verb == "members.person.transfer_out"
    row = Person.objects.get(pk=one.pk)
    assert (row.left_on, row.leaving, row.version) == (date(2020, 5, 1), "transferred", one.version + 1)
    assert Change.objects.get().other_union == "某市工会"


def test_who_comes_back_keeps_the_membership_of_before(person, by, today):
    one = person(admitted_on=START)
    one = standing.change("transfer_out", one, on=date(2018, 5, 1), words=WORDS, by=by, today=today)
    one = standing.change("transfer_in", one, on=date(2020, 5, 1), words=WORDS, by=by, today=today)
    earlier = EarlierMembership.objects.get()
    assert (earlier.admitted_on, earlier.left_on, earlier.leaving) == (START, date(2018, 5, 1), "transferred")
    assert (one.admitted_on, one.left_on, one.leaving) == (date(2020, 5, 1), None, "")


@pytest.mark.parametrize("missing", ["reason", "discussed_on", "meeting"])
def test_expulsion_needs_each_of_its_steps(person, by, today, missing):
    words = replace(FULL_WORDS, **{missing: None if missing == "discussed_on" else ""})
    with pytest.raises(Refused) as refused:
        standing.change("expel", person(admitted_on=START), on=date(2020, 5, 1), words=words, by=by, today=today)
    assert [one.place.column for one in refused.value.violations] == [missing]
    assert refused.value.violations[0].mend


def test_a_change_of_a_record_that_somebody_changed_meanwhile_is_refused(person, by, today):
    with pytest.raises(Refused, match="刚被别人改过"):
        standing.change("retain", person(admitted_on=START), on=today, version=99, by=by, today=today)


def test_moving_keeps_the_place_of_before(union, person, by, today):
    groups = [unions.save_groups([{"name": name}], union=union, by=by, today=today)[0] for name in ("一组", "二组")]
    one = person(admitted_on=START, group=groups[0], department="甲处")
    standing.move(one, on=date(2020, 1, 1), to=Seat(groups[1], "乙处", ""), by=by, today=today)
    place = Placement.objects.get()
    assert (place.group_id, place.department, place.first, place.end) == (groups[0], "甲处", START, date(2020, 1, 1))
    seen = [asof.members_on(union, day).get().group_id for day in (date(2019, 12, 31), date(2020, 1, 1))]
    assert seen == groups
    with pytest.raises(Refused, match="以后"):
        standing.move(one, on=date(2019, 1, 1), to=Seat(None, "", ""), by=by, today=today)
    with pytest.raises(Refused, match="都没有变"):
        standing.move(one, on=today, to=Seat(groups[1], "乙处", ""), by=by, today=today)


@pytest.mark.parametrize("days", [{"first": date(2021, 1, 1)}, {"first": START, "end": date(2019, 12, 31)}])
def test_nobody_is_moved_to_a_group_that_is_not_there_on_the_day(union, person, by, today, days):
    (group,) = unions.save_groups([{"name": "新组", **days}], union=union, by=by, today=today)
    with pytest.raises(Refused, match="那一天没有这个小组") as refused:
        standing.move(person(admitted_on=START), on=date(2020, 1, 1), to=Seat(group, "", ""), by=by, today=today)
    assert refused.value.violations[0].place.column == "group"


def test_transfer_in_makes_the_person_and_refuses_who_is_on_record(union, by, today, person):
    row = {"name": "陈来", "sex": "male", "staff_no": "9"}
    one = standing.transfer_in(row, union=union, on=date(2024, 3, 1), words=WORDS, by=by, today=today)
    assert (one.admitted_on, Change.objects.get().kind) == (date(2024, 3, 1), "transfer_in")
    with pytest.raises(Refused, match="已经登记过"):
        standing.transfer_in(row, union=union, on=date(2024, 4, 1), words=WORDS, by=by, today=today)
    assert Person.objects.get(pk=one.pk).admitted_on == date(2024, 3, 1)


# ---------------------------------------------------------------- joining


def test_a_newcomer_becomes_a_member_on_the_day_of_the_meeting(union, by, today):
    services.save_newcomers(
        [{"name": "王新", "staff_no": "7", "arrived_on": date(2026, 9, 1)}], union=union, by=by, today=today
    )
    newcomer = Newcomer.objects.get()
    assert [(one.days, one.late) for one in joining.newcomers(union, today)] == [(80, False)]
    one = joining.start(newcomer, joining.Entry({"sex": "male"}), on=date(2026, 10, 1), by=by, today=today)
    assert joining.newcomers(union, today)[0].under_way
    keeper = by.__class__(union=union, on=today, permissions=frozenset({"members.edit"}), name="主席")
    one = joining.remark(one, text="同意入会", by=keeper, today=date(2026, 10, 8))
    decision = joining.Decision(approved=True, on=date(2026, 10, 20), meeting="第8次会议")
    joining.decide([one], decision, by=keeper, today=today)
    assert Person.objects.get().admitted_on == date(2026, 10, 20)
    assert (Admission.objects.get().state, Admission.objects.get().remarked_by) == ("approved", "主席")
    assert joining.newcomers(union, today) == []
    with pytest.raises(Refused, match="不用申请"):
        joining.apply(Person.objects.get(), on=today, by=by, today=today)


def test_a_paper_typed_in_after_the_meeting_bears_the_days_that_stand_on_it(person, by, today):
    one = joining.apply(person(), on=today - timedelta(days=30), by=by, today=today)
    keeper = by.__class__(union=one.union_id, on=today, permissions=frozenset({"members.edit"}), name="主席")
    for on, words in ((today + timedelta(days=1), "还没有到"), (today - timedelta(days=31), "早于申请日期")):
        with pytest.raises(Refused, match=words):
            joining.remark(one, text="同意", on=on, by=keeper, today=today)
    one = joining.remark(one, text="同意", on=today - timedelta(days=20), by=keeper, today=today)
    meeting = today - timedelta(days=10)
    joining.decide([one], joining.Decision(True, meeting, "第8次会议"), by=keeper, today=today)
    assert Person.objects.get(pk=one.person_id).admitted_on == meeting


def test_the_committee_decides_all_or_none(person, by, today):
    first, second = (joining.apply(person(name), on=today, by=by, today=today) for name in ("甲一", "乙二"))
    with pytest.raises(Refused, match="请小组长先签意见"):
        joining.decide([first, second], joining.Decision(True, today, "第8次会议"), by=by, today=today)
    assert not Person.objects.exclude(admitted_on=None).exists()


def test_a_leader_remarks_on_the_own_group_only(person, by, today):
    one = joining.apply(person(), on=today, by=by, today=today)
    leader = by.__class__(union=one.union_id, on=today, groups=frozenset({12345}), name="组长")
    with pytest.raises(Refused, match="不在您的小组"):
        joining.remark(one, text="同意", by=leader, today=today)


def test_a_leader_signs_today(person, by, today):
    one = joining.apply(person(), on=today - timedelta(days=30), by=by, today=today)
    Person.objects.filter(pk=one.person_id).update(group=12345)
    leader = by.__class__(union=one.union_id, on=today, groups=frozenset({12345}), name="组长")
    one = joining.remark(one, text="同意", on=today - timedelta(days=20), by=leader, today=today)
    assert one.remarked_on == today


def test_no_application_is_refused_in_a_meeting_to_come(person, by, today):
    one = joining.apply(person(), on=START, by=by, today=today)
    with pytest.raises(Refused, match="日期还没有到"):
        joining.decide([one], joining.Decision(False, today + timedelta(days=1), "", "材料不全"), by=by, today=today)
    with pytest.raises(Refused, match="早于申请日期"):
        joining.decide([one], joining.Decision(False, START - timedelta(days=1), "", "材料不全"), by=by, today=today)


def test_one_application_at_a_time_and_a_refusal_says_why(person, by, today):
    one = joining.apply(person(), on=today, by=by, today=today)
    with pytest.raises(Refused, match="已经有一份"):
        joining.apply(one.person, on=today, by=by, today=today)
    with pytest.raises(Refused, match="要写明原因"):
        joining.decide([one], joining.Decision(False, today, ""), by=by, today=today)
    joining.decide([one], joining.Decision(False, today, "", "材料不全"), by=by, today=today)
    assert Admission.objects.get().reason == "材料不全"
    joining.apply(one.person, on=today, by=by, today=today)


def test_a_deed_on_what_was_withdrawn_while_its_form_was_open_is_refused_and_breaks_nothing(union, person, by, today):
    keeper = replace(by, union=union, permissions=frozenset({"members.edit", "members.appoint"}))
    one, member = person(), person("李在", admitted_on=START)
    post = posts.take_up(member, "committee", on=START, by=keeper, today=today)
    new = Newcomer.objects.get(
        pk=services.save_newcomers([{"name": "陈新", "arrived_on": today}], union=union, by=by, today=today)[0]
    )
    admission = joining.apply(one, on=today, by=by, today=today)
    for row in (admission, one, post, new):
        type(row).objects.filter(pk=row.pk).update(withdrawn_on=today)
    meanwhile = {"by": keeper, "today": today}
    for deed in (
        lambda: standing.change("admit", one, on=today, words=WORDS, **meanwhile),
        lambda: joining.apply(one, on=today, **meanwhile),
        lambda: joining.remark(admission, text="同意", **meanwhile),
        lambda: joining.enter(new, joining.Entry({"sex": "male"}), **meanwhile),
        lambda: posts.leave(post, on=today, reason="工作调动", **meanwhile),
    ):
        with pytest.raises(Refused, match="刚被撤回"):
            deed()
