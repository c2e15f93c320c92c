"""Two people do the same thing in the same moment: one of them is told, and the register tells it once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.racing import DONE, both
from zhijia.accounts import factors, invitations, resets
from zhijia.accounts.models import Invitation, RecoveryCode, ResetRequest
from zhijia.accounts.services import make_login
from zhijia.core import audit, withdrawal
from zhijia.core.access import Access
from zhijia.documents import attaching
from zhijia.documents.models import Attachment
from zhijia.members import (
    arriving,
    family,
    joining,
    lapsing,
    own,
    own_defining,
    own_files,
    paper_forms,
    posts,
    services,
    standing,
    undoing,
)
from zhijia.members.merging import services as merging
from zhijia.members.models import Admission, Change, Lapse, OwnField, OwnValue, Pair, Person, Post
from zhijia.members.standing import Words
from zhijia.unions import services as unions

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

START = date(2015, 1, 1)
ON = date(2026, 11, 2)
WORDS = Words("某市工会", "原因", START, "2026年第1次委员会会议", "")
ROW = {"name": "王归", "sex": "female", "birth_on": date(1990, 2, 3), "staff_no": "W9"}


@pytest.fixture
def union(db, today):
    return unions.found({"code": "T", "name": "测试工会"}, by=Access(union=0, on=today), today=today).pk


@pytest.fixture
def by(union, today):
    return Access(union=union, on=today, name="测试", permissions=frozenset({posts.APPOINT, "members.edit"}))


@pytest.fixture
def person(union, by, today):
    def make(name="王归", **row):
        entry = {"name": name, "sex": "female", "staff_no": name, "admitted_on": START, **row}
        return Person.objects.get(pk=services.save_persons([entry], union=union, by=by, today=today)[0])

    return make


@pytest.fixture(autouse=True)
def _chain_holds(union):
    yield
    assert audit.verify(union) == []


def test_who_is_transferred_in_at_two_desks_comes_once(union, by, today):
    def arrive():
        standing.transfer_in(ROW, union=union, on=ON, words=WORDS, by=by, today=today)

    assert sorted(both(arrive, arrive)) in ([DONE, "name"], [DONE, "twice"])
    assert Change.objects.in_union(union).filter(kind="transfer_in").count() == 1


def test_two_who_look_alike_are_not_both_entered_unseen(union, by, today):
    def arrive(number):
        row = {"name": "王归", "sex": "female", "staff_no": number}
        arriving.arrive(row, group=None, on=ON, words=WORDS, anew=False, by=by, today=today)

    told = both(lambda: arrive("W1"), lambda: arrive("W2"))
    assert sorted(told) == ["alike", DONE]
    assert Person.objects.in_union(union).count() == 1


def test_a_paper_form_typed_in_at_two_desks_is_one_application(union, by, today):
    def type_in():
        paper_forms.type_in(ROW, group=None, on=ON, anew=False, by=by, today=today)

    assert sorted(both(type_in, type_in)) == ["alike", DONE]
    assert Admission.objects.in_union(union).count() == Person.objects.in_union(union).count() == 1


def test_a_change_of_standing_is_made_once_and_undone_once(person, by, today):
    one = person()
    deeds = [
        lambda move=move: standing.change(move, one, on=ON, words=WORDS, by=by, today=today)
        for move in ("transfer_out", "withdraw")
    ]
    assert sorted(both(*deeds)) == [DONE, "kind"]
    change = undoing.last(one)
    told = both(*[lambda: undoing.undo(change, reason="办错了人", by=by, today=today)] * 2)
    assert sorted(told) == [DONE, "order"]
    assert Person.objects.get(pk=one.pk).dates.admitted_on == START


def test_an_application_is_remarked_and_decided_once(person, by, today):
    one = joining.apply(person(admitted_on=None), on=ON, by=by, today=today)
    told = both(*[lambda: joining.remark(one, text="同意", by=by, today=today)] * 2)
    assert sorted(told) == [DONE, "state"]
    one.refresh_from_db()
    decision = joining.Decision(True, today, "第1次会议")
    told = both(*[lambda: joining.decide([one], decision, by=by, today=today)] * 2)
    assert sorted(told) == [DONE, "stale"]
    assert Change.objects.filter(person=one.person, kind="admit").count() == 1


def test_one_asks_to_join_once(person, by, today):
    one = person(admitted_on=None)
    assert sorted(both(*[lambda: joining.apply(one, on=ON, by=by, today=today)] * 2)) == [DONE, "twice"]


def test_of_two_verdicts_on_a_lapse_one_holds(person, by, today):
    one = person()
    assert both(*[lambda: lapsing.talked(one, on=ON, who="李", told="谈过了", by=by, today=today)] * 2) == [DONE, DONE]
    assert Lapse.objects.count() == 1
    deem = lapsing.Verdict(True, today, "原因", "第1次会议")
    told = both(*[lambda: lapsing.decide(one, deem, by=by, today=today)] * 2)
    assert sorted(told) == [DONE, "state"]
    assert Change.objects.filter(person=one, kind="deem").count() == 1


def test_nobody_takes_up_a_post_while_leaving(person, by, today):
    one = person()
    told = both(
        lambda: standing.change("transfer_out", one, on=ON, words=WORDS, by=by, today=today),
        lambda: posts.take_up(one, "committee", on=ON, by=by, today=today),
    )
    left = Person.objects.get(pk=one.pk).left_on
    assert told[0] == DONE
    assert left == ON
    if told[1] == DONE:  # the post was there first
        lines = [line.verb for line in audit.since(one.union_id, 0)]
        assert lines.index("members.post.taken_up") < lines.index("members.person.transfer_out")


def test_an_office_that_one_holds_is_taken_up_once(person, union, by, today):
    one, two = person("王归"), person("李去")
    told = both(*(lambda who=who: posts.take_up(who, "chair", on=ON, by=by, today=today) for who in (one, two)))
    assert sorted(told) == [DONE, "office"]
    assert Post.objects.in_union(union).filter(office="chair").count() == 1


def test_the_last_who_appoint_do_not_leave_at_once(person, union, by, today):
    held = [
        posts.take_up(person(name), office, on=START + timedelta(days=9), by=by, today=today)
        for name, office in (("王归", "chair"), ("李去", "vice_chair"))
    ]
    told = both(*(lambda post=post: posts.leave(post, on=ON, reason="调动", by=by, today=today) for post in held))
    assert sorted(told) == [DONE, "last"]


def test_a_pair_judged_both_ways_keeps_one_verdict(person, union, by, today):
    one, two = person("王归"), person("王规")
    told = both(
        lambda: merging.dismiss(one, two, union=union, by=by, today=today),
        lambda: merging.merge(one, two, choices={}, union=union, by=by, today=today),
    )
    assert DONE in told
    assert Pair.objects.in_union(union).count() == 1


def test_of_two_files_put_into_one_field_at_once_one_stands(*, person, union, by, today, tmp_path, settings):
    settings.ZHIJIA_HOME = tmp_path
    one = person()
    wish = own_defining.Wish("体检报告", "file", seen_by=("chair",), kept_by=("chair",))
    field = OwnField.objects.get(pk=own_defining.define(wish, by=by, today=today))
    seen = own_files.Held(one, field, None, may_change=True)  # as both pages showed it

    def put(name):
        own_files.put(seen, attaching.Upload(name, "image/png", name.encode()), by=by, today=today)

    assert both(lambda: put("一.png"), lambda: put("二.png")) == [DONE, DONE]
    (kept,) = Attachment.objects.filter(withdrawn_on=None)
    assert kept.name == OwnValue.objects.get().text


def test_no_child_is_entered_on_a_consent_that_is_taken_back(person, union, by, today):
    me = replace(by, person=person().pk)
    child = {"name": "王小", "relation": "daughter", "sex": "female", "birth_on": "2020-05-06"}
    family._agree(me, today)

    def enter():
        family.keep({**child, "together": "yes", "dependent": "yes"}, stored=None, by=me, today=today)

    told = both(enter, lambda: family.take_back(me, today))
    assert told[1] == DONE
    assert not family.agreed(me)
    assert [one.name for one in family.mine(me)] == []


def test_the_last_two_who_appoint_are_not_withdrawn_at_once(person, union, by, today):
    held = []
    for name, office in (("王归", "chair"), ("李去", "vice_chair")):
        one = person(name)
        services.link_login(one.pk, make_login(office, "ein-langes-Wort-7").pk)
        held.append(posts.take_up(one, office, on=START + timedelta(days=9), by=by, today=today))
    told = both(*(lambda post=post: withdrawal.withdraw(post, reason="错了", by=by, today=today) for post in held))
    assert sorted(told) == [DONE, "last"]


# ---------------------------------------------------------------- logins


def test_of_two_sets_of_recovery_codes_made_at_once_one_is_good(login, by):
    _one, user = login
    secret = factors.new_secret()
    now = timezone.now()
    code = factors.code_at(secret, int(now.timestamp()) // factors.STEP)
    factors.add_app(user, secret, code, by=by, now=now)
    assert both(*[lambda: factors.new_codes(user, by=by)] * 2) == [DONE, DONE]
    assert RecoveryCode.objects.filter(user=user).count() == factors.CODES


@pytest.fixture
def login(person):
    one = person("李有")
    user = make_login("liyou", "ein-langes-Wort-7")
    services.link_login(one.pk, user.pk)
    return one, user


def test_of_two_invitations_made_at_once_one_is_good(person, by):
    one, now = person(), timezone.now()
    both(*[lambda: invitations.invite([one.pk], by=by, now=now)] * 2)
    assert invitations.open_ones(now).filter(person_id=one.pk).count() == 1


def test_an_invitation_makes_one_login(person, by):
    one, now = person(), timezone.now()
    digest = invitations.digest_of(invitations.invite([one.pk], by=by, now=now)[one.pk])

    def accept():
        invitations.accept(digest, username="wanggui", password="ein-langes-Wort-7", by=by, now=now)

    assert sorted(both(accept, accept)) == [DONE, "gone"]
    assert Invitation.objects.filter(used_at=now).count() == 1


def test_a_forgotten_password_is_asked_for_and_vouched_for_once(login, by):
    one, user = login
    now = timezone.now()
    both(*[lambda: resets.ask(user, one.pk, union=by.union, lost_device=False, by=by, now=now)] * 2)
    assert ResetRequest.objects.count() == 1
    uid = ResetRequest.objects.get().uid
    assert sorted(both(*[lambda: resets.vouch(uid, [one.pk], by=by, now=now)] * 2)) == [DONE, "gone"]


def test_a_code_that_was_handed_over_sets_one_password(login, by):
    one, user = login
    now = timezone.now()
    uid = resets.ask(user, one.pk, union=by.union, lost_device=False, by=by, now=now).uid
    code = resets.vouch(uid, [one.pk], by=by, now=now)
    told = both(
        *(
            lambda new=new: resets.redeem(one.pk, code, new, stands=lambda _row: True, by=by, now=now)
            for new in ("noch-ein-Wort-8", "noch-ein-Wort-9")
        )
    )
    assert sorted(told) == ["code", DONE]


def test_a_recovery_code_is_good_once(login, by):
    _one, user = login
    code = factors._fresh_codes(user)[0]
    told = []
    both(*[lambda: told.append(factors.use_code(user, code, now=timezone.now()))] * 2)
    assert sorted(told) == ["", "recovery"]
    assert RecoveryCode.objects.filter(user=user, used_at=None).count() == factors.CODES - 1


def test_guesses_sent_at_once_are_no_more_than_those_sent_one_by_one(person, by):
    one, now = person(), timezone.now()
    row = invitations.find(invitations.digest_of(invitations.invite([one.pk], by=by, now=now)[one.pk]), now)
    heard = []
    both(*[lambda: heard.append(invitations.answer(row, "9999", "W1", now=now))] * 12)
    assert heard.count(False) == 12
    assert invitations.find(row.digest, now) is None
    assert Invitation.objects.get().tries == invitations.TRIES
    assert not invitations.answer(row, "W1", "W1", now=now)  # the right one comes too late


def test_a_phone_becomes_the_login_of_one(person, by, today):
    people = [person("王归"), person("李去"), person("张来")]
    for number, one in enumerate(people):
        services.link_login(one.pk, make_login(f"p{number}", "ein-langes-Wort-7").pk)

    def claim(one):
        own.correct({"phone": "13800001234"}, version=one.version, by=replace(by, person=one.pk), today=today)

    assert sorted(both(*(lambda one=one: claim(one) for one in people))) == [DONE, "taken", "taken"]
    assert Person.objects.exclude(phone_index=None).count() == 1
