"""The pages: writing a form without script, answering on a phone, who sees what, and what is never shown."""

from __future__ import annotations

import logging
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from django.test import Client

from tests.inquiries.conftest import CARD
from tests.shell.people import client_of, user_of
from zhijia.core import person_keys
from zhijia.core.models import AuditLine
from zhijia.inquiries import people, replies, rules, services
from zhijia.inquiries.models import Inquiry, Nudge
from zhijia.members.models import Person

CEILING = 15


@pytest.fixture
def enter(world, today) -> Callable[[str], tuple[Client, Person]]:
    """`enter("group_leader")`: a browser with that role, and the person behind it."""

    def open_(role: str) -> tuple[Client, Person]:
        user = user_of(world, role, today)
        return client_of(user), Person.objects.get(user=user)

    return open_


def boxes(inquiry: Inquiry, *values: str, version: int = 0) -> dict[str, str]:
    names = [replies.place(one) for one in services.questions_of(inquiry)]
    return {**dict(zip(names, values, strict=False)), "version": str(version)}


def form(**more: str) -> dict[str, str]:
    """What the page of a new form posts: two questions."""
    return {
        "title": "羽毛球赛报名", "purpose": "定场地", "audience": "members", "last": "2026-11-30", "rows": "2",
        "q-0-text": "是否参加", "q-0-kind": "yesno", "q-0-required": "1",
        "q-1-text": "球衣号码", "q-1-kind": "number", **more,
    }  # fmt: skip


def test_a_form_is_written_opened_answered_and_exported(enter, today):
    officer, _person = enter("committee")
    answer = officer.post("/inquiries/new/", form())
    assert answer.status_code == 303
    inquiry = Inquiry.objects.get()
    preview = officer.get(answer.headers["Location"]).content.decode()
    assert "开始收集" in preview
    assert "羽毛球赛报名" in preview
    assert officer.post(f"/inquiries/{inquiry.uid}/move/open/").status_code == 303
    member, person = enter("member")
    assert "羽毛球赛报名" in member.get("/inquiries/mine/").content.decode()
    assert member.post(f"/inquiries/{inquiry.uid}/answer/", boxes(inquiry, "是", "7")).status_code == 303
    results = officer.get(f"/inquiries/{inquiry.uid}/results/").content.decode()
    assert "是最多，1人" in results
    book = zipfile.ZipFile(BytesIO(officer.get(f"/inquiries/{inquiry.uid}/export/").content))
    assert person.name in book.read("xl/sharedStrings.xml").decode()


def test_questions_are_added_moved_and_removed_by_buttons_and_nothing_typed_is_lost(enter):
    officer, _person = enter("committee")
    added = officer.post("/inquiries/new/", form(do="add")).content.decode()
    assert 'name="q-2-text"' in added
    assert 'value="球衣号码"' in added
    moved = officer.post("/inquiries/new/", form(do="up:1")).content.decode()
    assert moved.index("球衣号码") < moved.index("是否参加")
    removed = officer.post("/inquiries/new/", form(do="remove:0", last="下周")).content.decode()
    assert "是否参加" not in removed
    assert 'value="下周"' in removed
    assert not Inquiry.objects.exists()


def test_a_wrong_form_comes_back_with_reasons_at_the_boxes(enter):
    officer, _person = enter("committee")
    wrong = form(title="", last="2026年13月1日", **{"q-1-kind": "choice", "q-1-options": "只有一个"})
    answer = officer.post("/inquiries/new/", wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "只有一个" in page
    answer = officer.post("/inquiries/new/", {**wrong, "last": "2026-12-01"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "没有写表名" in page
    assert "至少要有两个选项" in page
    assert 'aria-invalid="true"' in page


def test_two_officers_write_one_form_and_the_second_sees_the_first(enter, make_inquiry):
    inquiry = make_inquiry(state=rules.DRAFT)
    officer, _person = enter("committee")
    url, typed = f"/inquiries/{inquiry.uid}/edit/", form(version=str(inquiry.version))
    assert officer.post(url, {**typed, "title": "第一个人写的"}).status_code == 303
    answer = officer.post(url, {**typed, "title": "第二个人写的"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "对方改成了" in page
    assert "第一个人写的" in page
    assert "第二个人写的" in page
    again = {**typed, "title": "第二个人写的", "version": str(Inquiry.objects.get().version)}
    assert officer.post(url, again).status_code == 303


def test_the_second_answer_tells_what_the_first_was_and_keeps_what_was_typed(enter, make_inquiry, officer, today):
    inquiry = make_inquiry()
    member, person = enter("member")
    services_questions = services.questions_of(inquiry)
    given = {services_questions[0].pk: "XXL"}
    replies.answer(inquiry, services_questions, given, person=person.pk, version=0, by=officer, today=today)
    answer = member.post(f"/inquiries/{inquiry.uid}/answer/", boxes(inquiry, "S"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "已保存：XXL" in page
    assert f'name="version" value="{people.reply_version(inquiry, person.pk)}"' in page
    assert 'value="S" checked' in page


def test_a_leader_types_in_for_the_own_group_only(enter, make_inquiry, world, today):
    inquiry = make_inquiry()
    leader, person = enter("group_leader")
    group, other, *_rest = world.groups.values()
    own = next(human for human in world.members_on(today) if human.group == group and human.pk != person.pk)
    stranger = next(human for human in world.members_on(today) if human.group == other)
    url = "/inquiries/{}/for/{}/"
    mine = url.format(inquiry.uid, Person.objects.get(pk=own.pk).uid)
    theirs = url.format(inquiry.uid, Person.objects.get(pk=stranger.pk).uid)
    assert leader.get(theirs).status_code == 404
    assert leader.post(mine, boxes(inquiry, "M")).status_code == 303
    page = leader.get(f"/inquiries/{inquiry.uid}/").content.decode()
    assert f"{person.name}代填" in page
    assert stranger.name not in page
    assert "发到群里的话" in page
    assert leader.post(f"/inquiries/{inquiry.uid}/remind/", {"group": str(other)}).status_code == 403
    assert leader.post(f"/inquiries/{inquiry.uid}/remind/", {"group": str(group)}).status_code == 303
    assert Nudge.objects.get().group_id == group


def test_what_is_not_asked_of_one_is_not_found(enter, make_inquiry, world):
    member, person = enter("member")
    other = next(pk for pk in world.groups.values() if pk != person.group_id)
    inquiry = make_inquiry(audience=rules.GROUPS, groups=(other,))
    draft = make_inquiry(title="草稿", state=rules.DRAFT)
    assert member.get(f"/inquiries/{inquiry.uid}/answer/").status_code == 404
    assert member.get(f"/inquiries/{draft.uid}/answer/").status_code == 404
    assert member.get(f"/inquiries/{inquiry.uid}/").status_code == 403


def test_a_form_that_is_closed_shows_what_was_given_and_takes_no_more(enter, make_inquiry, officer, today):
    inquiry = make_inquiry()
    member, _person = enter("member")
    url = f"/inquiries/{inquiry.uid}/answer/"
    member.post(url, boxes(inquiry, "M"))
    services.move(inquiry, "close", by=officer, today=today)
    page = member.get(url).content.decode()
    assert "已经不收了" in page
    assert ">M<" in page
    assert member.post(url, boxes(inquiry, "L", version=1)).status_code == 422


def test_a_card_number_is_on_no_page_in_no_masked_file_and_in_no_log(enter, make_inquiry, caplog, world, today):
    caplog.set_level(logging.DEBUG)
    inquiry = make_inquiry("account")
    leader, person = enter("group_leader")
    answer = leader.post(f"/inquiries/{inquiry.uid}/answer/", boxes(inquiry, "某某银行", CARD))
    assert answer.status_code == 303
    assert CARD not in answer.headers["Location"]
    chair, _chair = enter("chair")
    base = f"/inquiries/{inquiry.uid}/"
    uid = Person.objects.get(pk=person.pk).uid
    pages = ["/inquiries/", base, f"{base}results/", f"{base}preview/", f"{base}paper/", f"{base}for/{uid}/"]
    for client, urls in ((chair, pages), (leader, [f"{base}answer/", base, "/inquiries/mine/"])):
        for url in urls:
            shown = client.get(url)
            assert shown.status_code == 200, url
            assert CARD not in shown.content.decode(), url
    assert CARD[-4:] in leader.get(f"{base}answer/").content.decode()
    book = zipfile.ZipFile(BytesIO(chair.get(f"{base}export/").content))
    assert not [name for name in book.namelist() if CARD in book.read(name).decode(errors="replace")]
    assert CARD not in caplog.text
    assert not [line for line in person_keys.opened(AuditLine.objects.all()) if CARD in str(line.told)]


def test_the_accountant_gets_card_numbers_in_full_after_saying_what_for(enter, make_inquiry, by, today):
    inquiry = make_inquiry("account")
    accountant, person = enter("accountant")
    questions = services.questions_of(inquiry)
    given = {questions[0].pk: "某某银行", questions[1].pk: CARD}
    me = replace(by, person=person.pk)
    replies.answer(inquiry, questions, given, person=person.pk, version=0, by=me, today=today)
    url = f"/inquiries/{inquiry.uid}/export-full/"
    assert "会记入日志" in accountant.get(url).content.decode()
    assert accountant.post(url, {"reason": ""}).status_code == 422
    book = zipfile.ZipFile(BytesIO(accountant.post(url, {"reason": "发放慰问金"}).content))
    assert CARD in book.read("xl/sharedStrings.xml").decode()
    [line] = person_keys.opened(AuditLine.objects.filter(verb="inquiries.answers.revealed"))
    assert (line.person_id, line.told["reason"]) == (person.pk, "发放慰问金")
    officer, _person = enter("committee")
    assert officer.get(url).status_code == 403


def test_texts_stay_texts_in_excel(enter, make_inquiry):
    inquiry = make_inquiry("attendance")
    member, _person = enter("member")
    member.post(f"/inquiries/{inquiry.uid}/answer/", boxes(inquiry, "是", "=1+1"))
    officer, _officer = enter("committee")
    book = zipfile.ZipFile(BytesIO(officer.get(f"/inquiries/{inquiry.uid}/export/").content))
    assert "=1+1" in book.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()


def test_no_page_asks_the_database_more_than_fifteen_times(enter, make_inquiry, world, django_assert_max_num_queries):
    for number in range(4):
        make_inquiry(title=f"第{number}张", audience=rules.LEADERS if number % 2 else rules.MEMBERS)
    inquiry = make_inquiry("attendance", audience=rules.GROUPS, groups=tuple(world.groups.values()))
    officer, _person = enter("committee")
    leader, _leader = enter("group_leader")
    base = f"/inquiries/{inquiry.uid}/"
    pages = ["/inquiries/", base, f"{base}results/", f"{base}preview/", f"{base}edit/", f"{base}paper/"]
    for client, urls in ((officer, [*pages, f"{base}export/"]), (leader, [base, f"{base}answer/", "/inquiries/mine/"])):
        for url in urls:
            client.get(url)  # what the hallway keeps between pages
            with django_assert_max_num_queries(CEILING):
                assert client.get(url).status_code == 200, url


def test_another_unions_forms_do_not_exist(enter, make_inquiry, make_world, today):
    inquiry = make_inquiry()
    other = make_world("members")
    stranger = client_of(user_of(other, "chair", today))
    assert stranger.get(f"/inquiries/{inquiry.uid}/").status_code == 404
    assert stranger.post(f"/inquiries/{inquiry.uid}/move/close/").status_code == 404
    assert inquiry.title not in stranger.get("/inquiries/").content.decode()
