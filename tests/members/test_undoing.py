"""A change that was a mistake is taken back, and everything is as it was: dates, place, application, earlier spells."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shell.people import client_of, user_of
from zhijia.core import batches
from zhijia.core.dates import chinese_date
from zhijia.core.models import AuditLine
from zhijia.core.outcomes import Refused
from zhijia.core.sheets import importing
from zhijia.members import joining, placing, reorganising, rules, services, standing, undoing
from zhijia.members.models import Admission, Change, EarlierMembership, Person, Placement, Post
from zhijia.members.reorganisation import Asked, Target
from zhijia.members.sheets import SHEETS
from zhijia.members.standing import Seat, Words
from zhijia.unions import services as unions

START = date(2015, 1, 1)
ON = date(2026, 11, 2)
WORDS = Words("某市工会", "原因", date(2015, 1, 1), "2026年第1次委员会会议", "")


@pytest.fixture
def union(db, by, today):
    return unions.found({"code": "T", "name": "测试工会"}, by=by, today=today).pk


@pytest.fixture
def person(union, by, today):
    row = {"name": "王归", "sex": "female", "staff_no": "W1", "department": "一处", "admitted_on": START}
    return Person.objects.get(pk=services.save_persons([row], union=union, by=by, today=today)[0])


def taken_back(person, by, today):
    return undoing.undo(undoing.last(person), reason="办错了人", by=by, today=today)


@given(st.sampled_from(sorted(rules.MOVES)), st.integers(1, 90), st.booleans(), st.booleans())
def test_what_a_change_made_of_the_dates_is_unmade(move, step, retained, gone):
    dates = rules.Dates(START, START + timedelta(days=9) if retained else None, date(2016, 1, 1) if gone else None)
    on = date(2016, 1, 1) + timedelta(days=step)
    if rules.move_problem(move, dates, on, date(2026, 11, 20)):
        return
    after, put_aside = rules.moved(move, dates, on)
    assert rules.unmoved(move, after, on, put_aside) == dates
    assert rules.unmoved(move, after, on + timedelta(days=1), put_aside) is None


@pytest.mark.parametrize("move", ["retain", "transfer_out", "withdraw", "expel", "die"])
def test_a_member_who_was_taken_for_another_is_a_member_again(person, by, today, move):
    standing.change(move, person, on=ON, words=WORDS, by=by, today=today)
    lines = AuditLine.objects.count()
    back = taken_back(person, by, today)
    assert back.dates == rules.Dates(START)
    assert back.leaving == ""
    assert undoing.last(person) is None
    withdrawn = Change.objects.get(person=person)
    assert (withdrawn.withdrawn_on, withdrawn.withdrawn_reason) == (today, "办错了人")
    assert AuditLine.objects.count() == lines + 1
    standing.change("withdraw", back, on=ON, words=WORDS, by=by, today=today)  # the right one can be made now


def test_who_was_resumed_rests_again_and_the_spell_of_before_is_whole(person, by, today):
    standing.change("retain", person, on=date(2024, 1, 1), by=by, today=today)
    standing.change("resume", person, on=ON, words=WORDS, by=by, today=today)
    assert EarlierMembership.objects.in_union(person.union_id).count() == 1
    back = taken_back(person, by, today)
    assert back.dates == rules.Dates(START, date(2024, 1, 1))
    assert EarlierMembership.objects.in_union(person.union_id).count() == 0
    assert taken_back(person, by, today).dates == rules.Dates(START)  # one after the other, the last first


def test_who_came_back_by_mistake_left_as_before(person, by, today):
    standing.change("transfer_out", person, on=date(2024, 1, 1), words=WORDS, by=by, today=today)
    standing.change("transfer_in", person, on=ON, words=WORDS, by=by, today=today)
    back = taken_back(person, by, today)
    assert (back.dates, back.leaving) == (rules.Dates(START, None, date(2024, 1, 1)), "transferred")


def test_a_move_gives_the_place_back(person, by, today):
    standing.move(person, on=ON, to=Seat(None, "二处", "处长"), by=by, today=today)
    back = taken_back(person, by, today)
    assert (back.department, back.job) == ("一处", "")
    assert Placement.objects.in_union(person.union_id).count() == 0


def test_a_reorganisation_on_the_day_of_the_arrival_does_not_give_a_place_before_it_back(union, person, by, today):
    rows = [{"name": "一处小组", "department": "一处", "rank": 1, "first": START}]
    (group,) = unions.save_groups(rows, union=union, by=by, today=today)
    standing.move(person, on=ON, to=Seat(group, "二处", ""), by=by, today=today)
    renamed = Asked("rename", (group,), (Target("新一处小组"),), ON)
    reorganising.reorganise(renamed, union=union, by=by, today=today)
    with pytest.raises(Refused, match="又改过"):
        taken_back(person, by, today)
    person.refresh_from_db()
    assert (person.department, person.group.name) == ("二处", "新一处小组")


def test_a_place_that_was_corrected_since_the_move_is_not_lost(union, person, by, today):
    standing.move(person, on=ON, to=Seat(None, "二处", "处长"), by=by, today=today)
    person.refresh_from_db()
    row = {"uid": person.uid, "version": person.version, "name": person.name, "sex": person.sex, "job": "副处长"}
    services.save_persons([row], union=union, by=by, today=today)
    with pytest.raises(Refused, match="又改过"):
        taken_back(person, by, today)
    person.refresh_from_db()
    assert person.job == "副处长"


def test_an_approval_that_was_a_mistake_waits_for_the_committee_again(union, by, today):
    row = {"name": "周新来", "sex": "female"}
    new = Person.objects.get(pk=services.save_persons([row], union=union, by=by, today=today)[0])
    keeper = by.__class__(union=union, on=today, permissions=frozenset({"members.edit"}), name="主席")
    one = joining.remark(joining.apply(new, on=ON, by=by, today=today), text="同意", by=keeper, today=ON)
    joining.decide([one], joining.Decision(True, today, "第1次会议"), by=by, today=today)
    assert taken_back(new, by, today).dates == rules.Dates()
    one.refresh_from_db()
    assert (one.state, one.decided_on, one.meeting) == (Admission.State.REMARKED, None, "")
    joining.decide([one], joining.Decision(True, today, "第2次会议"), by=by, today=today)
    Post.objects.create(union_id=union, person=new, office=Post.Office.COMMITTEE, first=today)
    with pytest.raises(Refused, match="工会职务"):
        taken_back(new, by, today)


def test_only_the_last_change_and_only_while_nothing_came_after_it(person, by, today):
    first = standing.change("retain", person, on=date(2024, 1, 1), by=by, today=today) and undoing.last(person)
    standing.move(person, on=ON, to=Seat(None, "二处", ""), by=by, today=today)
    with pytest.raises(Refused, match="最近办的"):
        undoing.undo(first, reason="错", by=by, today=today)
    with pytest.raises(Refused, match="为什么"):
        undoing.undo(undoing.last(person), reason=" ", by=by, today=today)
    taken_back(person, by, today)
    Person.objects.filter(pk=person.pk).update(retained_on=date(2025, 1, 1))  # mended in the record since
    with pytest.raises(Refused, match="又改过"):
        taken_back(person, by, today)


def test_the_page_says_what_happens_and_asks_why(make_world, monkeypatch, by, today):
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    world = make_world("members", members=60)
    chair = client_of(user_of(world, "chair", today))
    person = Person.objects.get(pk=world.members_on(today)[3].pk)
    way, back = f"/members/{person.uid}/undo/", f"/members/{person.uid}/standing/"
    none = chair.get(way, follow=True)
    assert (none.redirect_chain, "没有可以撤销的变动" in none.content.decode()) == ([(back, 303)], True)
    standing.change("withdraw", person, on=today, words=WORDS, by=by, today=today)
    assert way in chair.get(back).content.decode()
    page = chair.get(way).content.decode()
    assert f"撤销{person.name}的“退会”" in page
    joined = person.dates.admitted_on
    assert f"撤销以后：会员（{chinese_date(joined)}入会）" in page
    assert f"{chinese_date(today)}离会" in page
    change = undoing.last(person)
    assert chair.post(way, {"change": change.uid, "reason": ""}).status_code == 422
    assert chair.post(way, {"change": person.uid, "reason": "办错"}).status_code == 422
    assert chair.post(way, {"change": change.uid, "reason": "办错"}).headers["Location"] == back
    assert way not in chair.get(back).content.decode()
    assert chair.post(way, {"change": change.uid, "reason": "办错"}).headers["Location"] == back  # sent twice


def test_what_stands_against_it_is_said_before_a_reason_is_asked(make_world, monkeypatch, by, today):
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    world = make_world("members", members=60)
    chair = client_of(user_of(world, "chair", today))
    person = Person.objects.get(pk=world.members_on(today)[3].pk)
    way = f"/members/{person.uid}/undo/"
    here = f"{person.group.name}、{person.department}、{person.job}"
    standing.move(person, on=today, to=Seat(person.group_id, "二处", "处长"), by=by, today=today)
    assert f"撤销以后：{here}。现在：{person.group.name}、二处、处长。" in chair.get(way).content.decode()
    Placement.objects.filter(person=person).update(origin=Placement.Origin.RECORDED)
    page = chair.get(way)
    assert (page.status_code, "又改过" in page.content.decode()) == (200, True)
    assert "为什么撤销" not in page.content.decode()


def test_an_approval_that_was_taken_back_leads_to_the_application(make_world, monkeypatch, by, today):
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    world = make_world("members", members=60)
    chair = client_of(user_of(world, "chair", today))
    row = {"name": "周新来", "sex": "female"}
    person = Person.objects.get(pk=services.save_persons([row], union=world.union, by=by, today=today)[0])
    keeper = by.__class__(union=world.union, on=today, permissions=frozenset({"members.edit"}), name="主席")
    one = joining.remark(joining.apply(person, on=ON, by=by, today=today), text="同意", on=ON, by=keeper, today=today)
    joining.decide([one], joining.Decision(True, ON, "第1次会议"), by=by, today=today)
    way = f"/members/{person.uid}/undo/"
    assert "撤销以后：还不是会员。" in chair.get(way).content.decode()
    change = undoing.last(person)
    page = chair.post(way, {"change": change.uid, "reason": "同名的另一位"}, follow=True).content.decode()
    assert "申请又在等委员会批准" in page
    assert f'href="/members/admissions/{one.uid}/"' in page


def test_a_place_that_an_import_corrected_since_the_move_is_not_lost(union, person, by, today, tmp_path):
    def imported(job):
        path = tmp_path / "会员.csv"
        path.write_text(f"姓名,性别,工号,职务\n王归,女,W1,{job}\n李在,男,L1,科员\n", encoding="utf-8")
        return importing.commit(importing.prepare(path, sheets=SHEETS, union=union, today=today), by=by)

    imported("科员")  # before the move: no matter
    standing.move(person, on=ON, to=Seat(None, "二处", "处长"), by=by, today=today)
    imported("处长")  # says the same
    batch = imported("副处长")
    with pytest.raises(Refused, match="又改过"):
        taken_back(person, by, today)
    batches.undo(batch, union=union, by=by)
    assert taken_back(person, by, today).job == "科员"


def test_one_of_many_who_were_moved_at_once_is_moved_back(union, person, by, today):
    placing.move_many([person.uid], to=placing.To(None, "二处"), on=ON, reason="", union=union, by=by, today=today)
    person.refresh_from_db()
    assert person.department == "二处"
    assert taken_back(person, by, today).department == "一处"
