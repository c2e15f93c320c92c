"""Posts change hands: what is refused, what is written, and that access follows at the same instant."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.racing import DONE, both
from zhijia.accounts.services import make_login
from zhijia.core import person_keys
from zhijia.core.access import Access
from zhijia.core.conditions import holds
from zhijia.core.feature_types import Scope
from zhijia.core.models import AuditLine
from zhijia.core.outcomes import REFUSE, WARN, Refused
from zhijia.members import (
    checks,
    post_board,
    post_reminders,
    post_rules,
    posts,
    services,
    standing,
    time_records,
    visiting,
)
from zhijia.members.models import Person, Post
from zhijia.members.posts import Terms
from zhijia.shell import access
from zhijia.unions import services as unions
from zhijia.unions.models import Group

START = date(2020, 12, 10)
APPOINTER = frozenset({posts.APPOINT})


@pytest.fixture
def union(db, by, today):
    return unions.found({"code": "T", "name": "测试工会"}, by=by, today=today).pk


@pytest.fixture
def chief(union, today):
    """Somebody who may register posts and is nobody's holder."""
    return Access(union=union, on=today, name="测试", permissions=APPOINTER)


@pytest.fixture
def person(union, by, today):
    def make(name, sex="female", admitted_on=date(2015, 1, 1), **row):
        entry = {"name": name, "sex": sex, "staff_no": name, "admitted_on": admitted_on, **row}
        return Person.objects.get(pk=services.save_persons([entry], union=union, by=by, today=today)[0])

    return make


@pytest.fixture
def post(union, by, today):
    def make(holder, office, first=START, **row):
        entry = {"person": holder.pk, "office": office, "group": None, "first": first, "end": None, **row}
        pk = services.save_posts([entry], union=union, by=by, today=today, origin="recorded")[0]
        return Post.objects.get(pk=pk)

    return make


def codes(refused):
    return {one.code for one in refused.value.violations}


def login(holder):
    user = make_login(f"u{holder.pk}", "ein-langes-Wort-7")
    services.link_login(holder.pk, user.pk)
    return user


# ---------------------------------------------------------------- rules


@given(st.sets(st.sampled_from(sorted(posts.OFFICE_NAMES))))
def test_what_is_kept_apart_stays_so_whatever_else_is_held(offices):
    broken = {one.rule for one in post_rules.conflicts(offices)}
    assert ("R-FUN-13" in broken) == ({"accountant", "cashier"} <= offices)
    review = offices & {"reviewer", "review_director"} and offices & {"chair", "vice_chair", "accountant", "cashier"}
    visit = "visitor" in offices and len(offices) > 1
    assert ("R-ELE-16" in broken) == bool(review or visit)
    for office in offices:
        assert set(post_rules.conflicts(offices - {office})) <= set(post_rules.conflicts(offices))


@pytest.mark.parametrize(("days", "late"), [(183, False), (184, True)])
def test_a_chair_is_vacant_too_long_after_half_a_year(days, late):
    assert post_rules.vacant_too_long(START, START + timedelta(days=days)) is late


# ---------------------------------------------------------------- hand over


def test_a_hand_over_is_one_line_and_both_accesses_follow(union, person, post, chief, today):
    old, new = person("张旧"), person("李新")
    chair = post(old, "chair", portfolio="主持全面工作")
    first, second = login(old), login(new)
    lines = AuditLine.objects.filter(union_id=union).count()
    mine = access.for_user(first, today)
    assert mine.may("members.appoint")
    held = posts.hand_over(chair, new, on=today, items="印章\n法人证书", version=1, by=mine, today=today)
    assert AuditLine.objects.filter(union_id=union).count() == lines + 1
    (line,) = person_keys.opened(AuditLine.objects.filter(union_id=union).order_by("-seq")[:1])
    assert (line.verb, line.subject_id, line.told["to"]) == ("members.post.handed_over", chair.pk, str(held.uid))
    chair.refresh_from_db()
    assert (chair.end, chair.handover, chair.version) == (today, "印章\n法人证书", 2)
    assert (held.first, held.end, held.portfolio, held.origin) == (today, None, "主持全面工作", "lived")
    assert access.for_user(first, today).posts == {"member"}
    assert not access.for_user(first, today).may("members.appoint")
    assert access.for_user(second, today).may("members.appoint")
    assert access.for_user(first, today - timedelta(days=1)).may("members.appoint")


def test_a_hand_over_of_a_day_to_come_changes_nothing_until_then(person, post, chief, today):
    old, new = person("张旧"), person("李新")
    chair, later = post(old, "chair"), today + timedelta(days=10)
    first, second = login(old), login(new)
    posts.hand_over(chair, new, on=later, by=chief, today=today)
    assert "chair" in access.for_user(first, later - timedelta(days=1)).posts
    assert "chair" not in access.for_user(second, later - timedelta(days=1)).posts
    assert "chair" not in access.for_user(first, later).posts
    assert "chair" in access.for_user(second, later).posts


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"to": "guest"}, "to"), ({"to": "retired"}, "to"), ({"to": "late"}, "to"), ({"to": "cashier"}, "to"),
        ({"to": "old"}, "to"), ({"to": "stranger"}, "to"), ({"on": START}, "on"), ({"version": 7}, "stale"),
    ],
)  # fmt: skip
def test_a_hand_over_is_refused_to_who_may_not_hold_it(*, union, person, post, chief, by, today, change, code):
    who = {
        "old": person("张旧"), "new": person("李新"), "guest": person("客人", admitted_on=None),
        "retired": person("退休", retained_on=date(2024, 1, 1)), "late": person("后来", admitted_on=today),
        "cashier": person("出纳"),
    }  # fmt: skip
    other = unions.found({"code": "O", "name": "别的工会"}, by=by, today=today).pk
    row = {"name": "外人", "sex": "male", "staff_no": "X", "admitted_on": START}
    who["stranger"] = Person.objects.get(pk=services.save_persons([row], union=other, by=by, today=today)[0])
    post(who["cashier"], "cashier")
    books = post(who["old"], "accountant" if change.get("to") == "cashier" else "review_director")
    on = today - timedelta(days=1)
    asked = {"to": who[change.get("to", "new")], "on": change.get("on", on), "version": change.get("version")}
    with pytest.raises(Refused) as refused:
        posts.hand_over(books, by=chief, today=today, **asked)
    assert codes(refused) == {code}
    books.refresh_from_db()
    assert (books.end, Post.objects.in_union(union).count()) == (None, 2)


def test_only_the_holder_and_who_registers_posts_hands_over(union, person, post, today):
    old, new, third = person("张旧"), person("李新"), person("王三")
    leader = post(old, "reviewer")
    with pytest.raises(Refused) as refused:
        posts.hand_over(leader, new, on=today, by=Access(union=union, on=today, person=third.pk), today=today)
    assert codes(refused) == {"mine"}
    posts.hand_over(leader, new, on=today, by=Access(union=union, on=today, person=old.pk), today=today)
    with pytest.raises(Refused) as refused:
        posts.hand_over(leader, third, on=today, by=Access(union=union, on=today, person=old.pk), today=today)
    assert codes(refused) == {"ended"}


def test_a_deputys_post_keeps_its_end_when_it_is_handed_over(person, post, chief, today):
    end = today + timedelta(days=30)
    acting = post(person("张旧"), "vice_chair", acting=True, end=end, purpose="代李")
    held = posts.hand_over(acting, person("李新"), on=today, by=chief, today=today)
    assert (held.acting, held.end, held.purpose) == (True, end, "代李")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_hand_overs_at_once_leave_one_holder(union, person, post, chief, today):
    chair, rivals = post(person("张旧"), "chair"), [person("李新"), person("王三")]
    told = both(*(lambda to=to: posts.hand_over(chair, to, on=today, by=chief, today=today) for to in rivals))
    assert sorted(told) == [DONE, "ended"]
    assert Post.objects.in_union(union).filter(holds(today), office="chair").count() == 1


# ---------------------------------------------------------------- take up, leave


def test_a_post_is_taken_up_and_opens_its_pages_from_that_day(person, chief, today):
    new = person("李新")
    user = login(new)
    terms = Terms(chosen=Post.Chosen.CO_OPTED, portfolio="宣传委员", full_time=True)
    held = posts.take_up(new, "committee", on=today, terms=terms, by=chief, today=today)
    assert (held.chosen, held.full_time, held.portfolio) == ("co_opted", True, "宣传委员")
    assert access.for_user(user, today).may("members.edit")


def test_whoever_was_taken_off_the_register_meanwhile_takes_up_nothing(person, chief, today):
    new = person("李新")
    Person.objects.filter(pk=new.pk).update(withdrawn_on=today)
    with pytest.raises(Refused, match="名册里没有这个人"):
        posts.take_up(new, "committee", on=today, by=chief, today=today)


def test_a_deputy_needs_an_end_and_loses_the_post_with_it(person, post, chief, today):
    chair, deputy = person("张主席"), person("李副")
    post(chair, "chair")
    with pytest.raises(Refused) as refused:
        posts.take_up(deputy, "chair", on=today, by=chief, today=today)
    assert codes(refused) == {"office"}
    with pytest.raises(Refused) as refused:
        posts.take_up(deputy, "chair", on=today, terms=Terms(acting=True), by=chief, today=today)
    assert codes(refused) == {"end"}
    end = today + timedelta(days=20)
    held = posts.take_up(deputy, "chair", on=today, terms=Terms(acting=True, end=end), by=chief, today=today)
    user = login(deputy)
    assert access.for_user(user, end - timedelta(days=1)).may("members.appoint")
    assert not access.for_user(user, end).may("members.appoint")
    (reminder,) = post_reminders.reminders(chief, today)
    assert (reminder.due, reminder.uid) == (end - timedelta(days=1), str(held.uid))
    assert list(post_reminders.reminders(chief, today - timedelta(days=15))) == []
    assert list(post_reminders.reminders(replace(chief, permissions=frozenset()), today)) == []


def test_nobody_is_left_without_somebody_who_registers_posts(person, post, chief, today):
    chair = post(person("张主席"), "chair")
    with pytest.raises(Refused) as refused:
        posts.leave(chair, on=today, reason="调动", by=chief, today=today)
    assert codes(refused) == {"last"}
    post(person("李管"), "operator")
    with pytest.raises(Refused) as refused:
        posts.leave(chair, on=today, by=chief, today=today)
    assert codes(refused) == {"reason"}
    assert posts.leave(chair, on=today, reason="调动", items="印章", by=chief, today=today).end == today


def test_what_is_lived_is_refused_and_what_is_recorded_is_listed_by_check(union, person, by, today):
    both = person("双职")
    rows = [
        {"person": both.pk, "office": office, "group": None, "first": START, "end": None}
        for office in ("accountant", "cashier")
    ]
    with pytest.raises(Refused) as refused:
        services.save_posts(rows, union=union, by=by, today=today)
    assert codes(refused) == {"together"}
    noted = []
    services.save_posts(rows, union=union, by=by, today=today, origin="recorded", noted=noted)
    assert {one.level for one in noted} == {WARN}
    found = list(checks.separate_duties(Scope(union, START, date(2027, 1, 1), today, "", 1)))
    assert [(one.rule, one.level, one.record) for one in found] == [("R-FUN-13", REFUSE, "双职")]
    later = [{**rows[0], "office": "reviewer", "first": today}]
    with pytest.raises(Refused):
        services.save_posts(later, union=union, by=by, today=today)


def test_posts_one_after_the_other_are_no_conflict(union, person, by, today):
    one = person("先后")
    change = date(2023, 1, 1)
    rows = [
        {"person": one.pk, "office": "accountant", "group": None, "first": START, "end": change},
        {"person": one.pk, "office": "cashier", "group": None, "first": change, "end": None},
    ]
    assert len(services.save_posts(rows, union=union, by=by, today=today)) == 2


# ---------------------------------------------------------------- the board


def test_the_board_tells_of_any_day_who_holds_what_and_what_is_empty(*, union, person, post, chief, by, today):
    group = unions.save_groups([{"name": "办公室小组"}], union=union, by=by, today=today)[0]
    old, left = person("张旧"), date(2026, 3, 1)
    post(old, "chair", end=left)
    deputy = posts.take_up(
        person("李副"), "chair", on=left, terms=Terms(acting=True, end=date(2027, 1, 1)), by=chief, today=today
    )
    before = post_board.board(union, date(2026, 2, 28))
    assert [title for title, _held in before.bodies] == ["工会委员会"]
    assert "chair" not in {one.office for one in before.vacancies}
    found = post_board.board(union, today)
    chair = next(one for one in found.vacancies if one.office == "chair")
    assert (chair.since, chair.days, chair.late, chair.deputy) == (left, (today - left).days, True, "李副")
    assert {one.label for one in found.vacancies} >= {"经审主任", "会计", "出纳", "办公室小组组长"}
    assert "女职工委员会主任" not in {one.label for one in found.vacancies}
    assert [held.post.pk for held in found.bodies[0][1]] == [deputy.pk]
    findings = list(checks.vacant_chair(Scope(union, START, date(2027, 1, 1), today, "", 1)))
    assert [one.rule for one in findings] == ["R-ELE-17"]
    assert any(one.key == f"members.chair.{left}" for one in post_reminders.reminders(chief, today))
    leader = posts.take_up(
        person("王组"), "group_leader", on=today, group=Group.objects.get(pk=group), by=chief, today=today
    )
    assert posts.title(leader) == "办公室小组组长"
    assert Post.Office.GROUP_LEADER not in {one.office for one in post_board.board(union, today).vacancies}


def test_who_is_no_member_any_more_is_marked_on_the_board(union, person, post, chief, today):
    old = person("张旧")
    post(old, "vice_chair")
    standing.change("retain", old, on=today, by=chief, today=today)
    (body,) = post_board.board(union, today).bodies
    assert [one.gone for one in body[1]] == [True]


def test_of_two_who_hand_over_one_office_on_a_day_each_paper_names_its_own_successor(union, chief, person, post, today):
    old = [post(person(name), "committee") for name in ("王甲", "王乙")]
    new = [
        posts.hand_over(held, person(name), on=today, items=f"{name}的清单", by=chief, today=today)
        for held, name in zip(old, ("李甲", "李乙"), strict=True)
    ]
    posts.take_up(person("李丙"), "committee", on=today, by=chief, today=today)
    assert [posts.successor(Post.objects.get(pk=held.pk)) for held in old] == new
    ((_title, members),) = post_board.board(union, today).bodies
    papers = {one.post.person.name: one.paper for one in members}
    assert papers == {"李甲": old[0].uid, "李乙": old[1].uid, "李丙": None}


def test_a_post_of_an_earlier_membership_is_recorded_of_who_left_and_is_back(person, post, by, today):
    back = person("王归", admitted_on=date(2005, 1, 1))
    words = standing.Words(other_union="某市工会")
    standing.change("transfer_out", back, on=date(2012, 1, 1), words=words, by=by, today=today)
    standing.change("transfer_in", back, on=date(2020, 1, 1), words=words, by=by, today=today)
    assert post(back, "committee", first=date(2008, 1, 1), end=date(2010, 1, 1)).pk
    with pytest.raises(Refused, match="任职时还不是"):
        post(back, "committee", first=date(2015, 1, 1), end=date(2016, 1, 1))


# ---------------------------------------------------------------- visitors


def guest(today, **change):
    last = change.pop("last", today + timedelta(days=9))
    return visiting.Guest("赵审", "市总工会经审办", "male", "年度审查", change.pop("first", today), last, **change)


def test_a_visitor_reads_until_the_last_day_and_not_a_day_longer(union, chief, today):
    visit = visiting.begin(guest(today), union=union, by=chief, today=today)
    user = login(visit.person)
    there = access.for_user(user, today)
    assert there.posts == {"visitor"}
    assert there.visiting == today + timedelta(days=9)
    assert {"members.view", "funds.view", "shell.audit"} <= there.permissions
    assert not [one for one in there.permissions if one.endswith((".edit", ".secret", ".appoint", ".workbook"))]
    for day in (today - timedelta(days=1), today + timedelta(days=10)):
        assert access.for_user(user, day).permissions == frozenset()


def test_a_visit_is_taken_back_at_once_on_its_first_day_too(union, chief, today):
    for day in (today, today + timedelta(days=1)):
        visit = visiting.begin(guest(today), union=union, by=chief, today=today)
        user = visit.person.user or login(visit.person)
        visiting.stop(visit, by=chief, today=day)
        assert access.for_user(user, day).permissions == frozenset()
        with pytest.raises((Refused, Post.DoesNotExist)):
            visiting.stop(visit, by=chief, today=day)
    assert Person.objects.in_union(union).filter(name="赵审").count() == 1


@pytest.mark.parametrize(
    ("first", "last", "name", "code"),
    [(0, 90, "赵审", "last"), (0, -1, "赵审", "last"), (-9, -1, "赵审", "last"), (0, 5, " ", "name")],
)
def test_a_visit_has_a_name_and_is_neither_too_long_nor_over(*, union, chief, today, first, last, name, code):
    asked = replace(guest(today), first=today + timedelta(days=first), last=today + timedelta(days=last), name=name)
    with pytest.raises(Refused) as refused:
        visiting.begin(asked, union=union, by=chief, today=today)
    assert codes(refused) == {code}


# ---------------------------------------------------------------- working time


def test_hours_are_summed_by_month_against_three_working_days(union, person, today):
    me = person("张干")
    by = Access(union=union, on=today, person=me.pk)
    for on, tenths in ((date(2026, 3, 2), 80), (date(2026, 3, 3), 80), (date(2026, 3, 4), 85), (date(2026, 5, 4), 15)):
        time_records.add(on=on, tenths=tenths, what="筹备运动会", by=by, today=today)
    (year,) = time_records.year(union, 2026)
    assert (year.name, year.months[2], year.total, year.over) == ("张干", 245, 260, 1)
    assert time_records.year(union, 2025) == []
    assert [time_records.hours(tenths) for tenths in (80, 15)] == ["8", "1.5"]
    for change in ({"on": today + timedelta(days=1)}, {"what": " "}, {"tenths": 0}, {"tenths": 250}):
        with pytest.raises(Refused):
            time_records.add(**{"on": today, "tenths": 10, "what": "会议", "by": by, "today": today, **change})
    with pytest.raises(Refused):
        time_records.add(on=today, tenths=10, what="会议", by=Access(union=union, on=today), today=today)
