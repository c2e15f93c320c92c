"""Forms and replies through their services: what is kept, what is refused, what the audit tells."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.inquiries.conftest import CARD
from zhijia.core import person_keys
from zhijia.core.models import AuditLine
from zhijia.core.outcomes import Refused
from zhijia.inquiries import people, replies, results, rules, services
from zhijia.inquiries.models import Answer, Inquiry, Question
from zhijia.inquiries.reminders import reminders
from zhijia.members.models import Person

DAY = timedelta(days=1)


def answer(inquiry, person, values, *, by, today, version=0):
    questions = services.questions_of(inquiry)
    given = {one.pk: value for one, value in zip(questions, values, strict=False)}
    return replies.answer(inquiry, questions, given, person=person, version=version, by=by, today=today)


def test_opening_counts_those_asked_and_leaves_one_audit_line(make_inquiry, world, today):
    inquiry = make_inquiry()
    assert inquiry.asked == len(world.members_on(today))
    verbs = [line.verb for line in AuditLine.objects.filter(subject="inquiries.Inquiry").order_by("seq")]
    assert verbs == ["inquiries.inquiry.written", "inquiries.inquiry.open"]


def test_groups_leaders_and_all_are_asked_as_the_register_says(make_inquiry, world, today):
    group = next(iter(world.groups.values()))
    of_group = make_inquiry(audience=rules.GROUPS, groups=(group,))
    assert {one.group_id for one in people.asked(of_group, today)} == {group}
    leaders = make_inquiry(title="组长会", audience=rules.LEADERS)
    assert {one.pk for one in people.asked(leaders, today)} == {one.pk for one in world.officers["group_leader"]}


def test_whoever_left_is_asked_no_more_but_the_answer_stays(make_inquiry, world, by, today):
    inquiry, human = make_inquiry(), world.members_on(today)[0]
    answer(inquiry, human.pk, ["L"], by=replace(by, person=human.pk), today=today)
    Person.objects.filter(pk=human.pk).update(left_on=today)
    assert not replies.is_asked(inquiry, human.pk, today)
    assert people.counts([inquiry]) == {inquiry.pk: 1}


def test_an_answer_is_cleaned_kept_and_told_once(make_inquiry, world, by, today):
    inquiry, human = make_inquiry(), world.members_on(today)[0]
    me = replace(by, union=world.union, person=human.pk)
    before = AuditLine.objects.count()
    assert answer(inquiry, human.pk, [" xl ", "１７２"], by=me, today=today)
    assert AuditLine.objects.count() == before + 1
    reply = replies.reply(inquiry, human.pk)
    assert (list(reply.values.values()), reply.typed_by, reply.on) == (["XL", "172"], "", today)
    assert not answer(inquiry, human.pk, ["XL", "172"], by=me, today=today, version=reply.version)


def test_a_missing_and_a_wrong_answer_are_refused_together_and_nothing_is_kept(make_inquiry, world, by, today):
    inquiry, human = make_inquiry(), world.members_on(today)[0]
    with pytest.raises(Refused) as refused:
        answer(inquiry, human.pk, ["", "高"], by=by, today=today)
    assert [one.code for one in refused.value.violations] == ["answer", "answer"]
    assert not Answer.objects.exists()


def test_the_second_sees_what_the_first_wrote_and_may_then_mean_it(make_inquiry, world, by, today):
    inquiry, human = make_inquiry(), world.members_on(today)[0]
    leader = world.officers["group_leader"][0]
    answer(inquiry, human.pk, ["L"], by=replace(by, person=leader.pk), today=today)
    with pytest.raises(Refused) as refused:
        answer(inquiry, human.pk, ["M"], by=replace(by, person=human.pk), today=today, version=0)
    told = [str(one) for one in refused.value.violations]
    assert any("已保存：L" in text for text in told)
    assert any(leader.name in text for text in told)
    now = people.reply_version(inquiry, human.pk)
    assert answer(inquiry, human.pk, ["M"], by=replace(by, person=human.pk), today=today, version=now)
    assert replies.reply(inquiry, human.pk).typed_by == ""


def test_after_the_last_day_and_after_closing_nothing_is_taken(make_inquiry, world, officer, by, today):
    inquiry, human = make_inquiry(), world.members_on(today)[0]
    with pytest.raises(Refused, match="不收集"):
        answer(inquiry, human.pk, ["L"], by=by, today=inquiry.end)
    services.move(inquiry, "close", by=officer, today=today)
    with pytest.raises(Refused, match="不收集"):
        answer(inquiry, human.pk, ["L"], by=by, today=today)


def test_who_is_not_asked_can_not_answer(make_inquiry, world, by, today):
    first, second, *_rest = world.groups.values()
    inquiry = make_inquiry(audience=rules.GROUPS, groups=(first,))
    stranger = next(human for human in world.members_on(today) if human.group == second)
    with pytest.raises(Refused, match="没有请"):
        answer(inquiry, stranger.pk, ["L"], by=by, today=today)


def test_a_card_number_is_sealed_and_stands_in_no_audit_line_and_no_masked_file(make_inquiry, world, by, today):
    inquiry, human = make_inquiry("account"), world.members_on(today)[0]
    answer(inquiry, human.pk, ["某某银行", CARD], by=replace(by, person=human.pk), today=today)
    sealed = Answer.objects.get(question__kind=rules.ACCOUNT)
    assert (sealed.value, sealed.secret_tail, sealed.secret.reveal()) == ("", CARD[-4:], CARD)
    assert not [line for line in person_keys.opened(AuditLine.objects.all()) if CARD in str(line.told)]
    questions = services.questions_of(inquiry)
    cells = [cell for row in results.grid(inquiry, questions, today).rows for cell in row]
    assert f"****{CARD[-4:]}" in cells
    assert CARD not in cells


def test_a_sealed_answer_left_blank_stays(make_inquiry, world, by, today):
    inquiry, human = make_inquiry("account"), world.members_on(today)[0]
    me = replace(by, person=human.pk)
    answer(inquiry, human.pk, ["某某银行", CARD], by=me, today=today)
    version = people.reply_version(inquiry, human.pk)
    assert answer(inquiry, human.pk, ["别的银行", ""], by=me, today=today, version=version)
    assert Answer.objects.get(question__kind=rules.ACCOUNT).secret.reveal() == CARD


def test_the_full_file_needs_a_reason_and_is_told_in_the_audit(make_inquiry, world, officer, today, monkeypatch):
    inquiry, human = make_inquiry("account"), world.members_on(today)[0]
    answer(inquiry, human.pk, ["某某银行", CARD], by=replace(officer, person=human.pk), today=today)
    questions, written = services.questions_of(inquiry), []
    monkeypatch.setattr(results, "workbook", lambda _inquiry, grid: written.append(grid) or b"")
    with pytest.raises(Refused, match="用途"):
        results.full_file(inquiry, questions, reason=" ", by=officer, today=today)
    assert not written
    results.full_file(inquiry, questions, reason="发放慰问金", by=officer, today=today)
    assert any(CARD in row for row in written[0].rows)
    [line] = person_keys.opened(AuditLine.objects.filter(verb="inquiries.answers.revealed"))
    assert line.told == {"reason": "发放慰问金", "questions": ["银行卡号"]}


def test_questions_of_an_open_form_stay_and_a_form_with_answers_never_goes_back(make_inquiry, world, officer, today):
    inquiry = make_inquiry()
    changed = replace(services.draft_of(inquiry), title="新表名", questions=(), last=inquiry.last + DAY)
    now = services.change(inquiry, changed, version=inquiry.version, by=officer, today=today)
    assert (now.title, len(services.questions_of(now)), now.last) == ("新表名", 2, inquiry.last + DAY)
    assert services.move(now, "redraft", by=officer, today=today).state == rules.DRAFT
    now = services.move(now, "open", by=officer, today=today)
    answer(now, world.members_on(today)[0].pk, ["L"], by=officer, today=today)
    with pytest.raises(Refused, match="已有1人填写"):
        services.move(now, "redraft", by=officer, today=today)


def test_a_draft_keeps_questions_by_their_number_and_drops_those_left_out(make_inquiry, officer, today):
    inquiry = make_inquiry(state=rules.DRAFT)
    size, height = services.draft_of(inquiry).questions
    again = replace(services.draft_of(inquiry), questions=(replace(height, text="身高"), rules.QuestionDraft("鞋码")))
    services.change(inquiry, again, version=inquiry.version, by=officer, today=today)
    assert [(one.text, str(one.uid) == height.uid) for one in services.questions_of(inquiry)] == [
        ("身高", True),
        ("鞋码", False),
    ]
    assert Question.objects.get(uid=size.uid).withdrawn_on == today


def test_a_form_changed_meanwhile_is_refused(make_inquiry, officer, today):
    inquiry = make_inquiry(state=rules.DRAFT)
    draft = services.draft_of(inquiry)
    services.change(inquiry, draft, version=inquiry.version, by=officer, today=today)
    with pytest.raises(Refused, match="刚被别人改过"):
        services.change(inquiry, draft, version=inquiry.version, by=officer, today=today)


def of(found, start):
    return [one for one in found if one.key.startswith(f"inquiries.{start}")]


def test_a_reminder_brings_the_form_to_the_front_until_it_is_answered(make_inquiry, world, officer, by, today):
    inquiry, human = make_inquiry(), world.members_on(today)[0]
    me = replace(by, union=world.union, person=human.pk)
    (before,) = of(reminders(me, today), "answer")
    assert before.due == inquiry.last
    assert services.remind(inquiry, group=None, by=officer, today=today) == len(world.members_on(today))
    (after,) = of(reminders(me, today), "answer")
    assert (after.due, "请尽快" in after.text) == (today, True)
    answer(inquiry, human.pk, ["L"], by=me, today=today)
    assert not of(reminders(me, today), "answer")


def test_a_leader_is_told_who_is_missing_and_an_officer_what_is_over(make_inquiry, world, by, today):
    inquiry = make_inquiry()
    leader = world.officers["group_leader"][0]
    access = replace(by, union=world.union, person=leader.pk, groups=frozenset({leader.group}))
    (told,) = of(reminders(access, today), "collect")
    members = [human for human in world.members_on(today) if human.group == leader.group]
    assert f"还有{len(members) - 1}人没填" in told.text
    assert of(reminders(access, inquiry.end), "close")
    assert not of(reminders(access, inquiry.end), "collect")


def test_reminders_cost_few_queries_whatever_the_number_of_forms(
    make_inquiry, world, by, today, django_assert_max_num_queries
):
    for number in range(5):
        make_inquiry(title=f"第{number}张", audience=rules.LEADERS if number % 2 else rules.MEMBERS)
    leader = world.officers["group_leader"][0]
    access = replace(by, union=world.union, person=leader.pk, groups=frozenset({leader.group}))
    with django_assert_max_num_queries(6):
        assert len(list(reminders(access, today))) == 8


def test_progress_by_group_adds_up_to_those_asked(make_inquiry, world, officer, today):
    inquiry = make_inquiry()
    for human in world.members_on(today)[:5]:
        answer(inquiry, human.pk, ["L"], by=officer, today=today)
    lines = people.progress(inquiry, today)
    assert sum(line.asked for line in lines) == inquiry.asked
    assert sum(line.answered for line in lines) == 5
    named = people.standings(inquiry, today)
    assert len(named) == inquiry.asked
    assert sum(one.answered for one in named) == 5


def test_a_reply_typed_on_the_wrong_side_of_an_imported_sheet_is_sealed(world, by, today):
    (inquiry,) = services.save_inquiries(
        [{"title": "卡号", "first": date(2025, 3, 1), "state": "closed"}], union=world.union, by=by, today=today
    )
    question = {"inquiry": inquiry, "text": "卡号", "kind": "account", "options": "", "personal": False}
    (pk,) = services.save_questions([question], union=world.union, by=by, today=today)
    row = {"question": pk, "person": world.people[0].pk, "value": CARD}
    services.save_answers([row], union=world.union, by=by, today=today)
    kept = Answer.objects.get()
    assert (kept.value, kept.secret.reveal(), kept.secret_tail) == ("", CARD, CARD[-4:])
    assert Inquiry.objects.get(pk=inquiry).state == rules.CLOSED
    assert not [line for line in person_keys.opened(AuditLine.objects.all()) if CARD in str(line.told)]


def test_a_draft_that_is_discarded_says_by_which_login_as_every_withdrawn_record(make_inquiry, world, by, today):
    officer = replace(by, union=world.union, user=4_711, person=world.members_on(today)[0].pk)
    draft = services.move(make_inquiry(), "redraft", by=officer, today=today)
    gone = services.move(draft, "discard", by=officer, today=today)
    assert (gone.withdrawn_by, gone.withdrawn_on) == (4_711, today)
