"""What a member wrote stays as it was written: whoever answers writes the answer, on every way into the tables."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client

from tests.shell.people import client_of, user_of
from zhijia.core import withdrawal
from zhijia.core.access import Access
from zhijia.core.demo import World
from zhijia.core.outcomes import Refused
from zhijia.core.sheets import importing
from zhijia.features import FEATURES
from zhijia.members import change_records, correction_records, joining
from zhijia.members.models import Admission, CorrectionRequest, Person
from zhijia.shell.access import for_user

WORDS = "学历应为博士，2019年毕业"


@pytest.fixture
def world(make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch, today: date) -> World:
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    return make_world("members", members=60)


@pytest.fixture
def officer(world: World, today: date) -> Access:
    return for_user(user_of(world, "committee", today), today)


@pytest.fixture
def chair(world: World, today: date) -> Client:
    return client_of(user_of(world, "chair", today))


@pytest.fixture
def member(world: World, today: date) -> Client:
    return client_of(user_of(world, "member", today))


@pytest.fixture
def request_of(world: World, member: Client) -> CorrectionRequest:
    assert member.post("/me/data/ask/", {"about": "会员", "wish": WORDS}).status_code == 303
    return CorrectionRequest.objects.get()


def row_of(one: CorrectionRequest, **changed: Any) -> dict[str, Any]:
    names = ("uid", "about", "wish", "asked_on", "state", "answer")
    return {name: getattr(one, name) for name in names} | {"person": one.person_id} | changed


@pytest.fixture
def online(world: World, officer: Access, today: date) -> Admission:
    """An application that somebody wrote on the own login."""
    person = Person.objects.in_union(world.union).filter(admitted_on=None, left_on=None).first()
    assert person is not None
    return joining.apply(person, on=today, wish="想加入\n请批准", how=Admission.How.ONLINE, by=officer, today=today)


def application(one: Admission, **changed: Any) -> dict[str, Any]:
    names = ("uid", "state", "how", "applied_on", "wish", "remark", "remarked_on", "decided_on")
    return {name: getattr(one, name) for name in names} | {"person": one.person_id} | changed


@pytest.mark.parametrize(
    "changed", [{"wish": "学历应为本科"}, {"about": "走访慰问"}, {"asked_on": date(2026, 11, 1)}, {"person": None}]
)
def test_what_was_asked_for_is_not_changed_by_who_answers(
    request_of: CorrectionRequest, officer: Access, today: date, changed: dict[str, Any]
) -> None:
    if "person" in changed:
        others = Person.objects.in_union(officer.union).exclude(pk=request_of.person_id)
        changed = {"person": others.values_list("pk", flat=True)[0]}
    with pytest.raises(Refused, match="本人提出时写的"):
        correction_records.save_corrections(
            [row_of(request_of, **changed)], union=officer.union, by=officer, today=today
        )
    answered = row_of(request_of, state="refused", answer="证书上是硕士")
    correction_records.save_corrections([answered], union=officer.union, by=officer, today=today)
    request_of.refresh_from_db()
    assert (request_of.wish, request_of.state, request_of.answer) == (WORDS, "refused", "证书上是硕士")


def test_the_form_shows_the_words_and_takes_only_the_answer(request_of: CorrectionRequest, chair: Client) -> None:
    url = f"/records/members/correctionrequest/{request_of.uid}/edit/"
    page = chair.get(url).content.decode()
    assert WORDS in page
    assert 'name="wish"' not in page
    assert 'name="person"' not in page
    sent = {"version": "1", "state": "已更正", "answer": "已按证书改", "wish": "别的话", "about": "别的"}
    assert chair.post(url, sent).status_code == 303
    request_of.refresh_from_db()
    assert (request_of.wish, request_of.about, request_of.state) == (WORDS, "会员", "done")


def test_words_of_several_lines_do_not_stand_in_the_way_of_the_answer(
    world: World, online: Admission, member: Client, chair: Client
) -> None:
    member.post("/me/data/ask/", {"about": "会员", "wish": "学历应为博士\r\n2019年毕业"})
    asked = CorrectionRequest.objects.get()
    url = f"/records/members/correctionrequest/{asked.uid}/edit/"
    assert chair.post(url, {"version": "1", "state": "已更正", "answer": "已改"}).status_code == 303
    url = f"/records/members/admission/{online.uid}/edit/"
    sent = {"version": "1", "state": "等委员会批准", "remark": "同意入会", "remarked_on": online.applied_on.isoformat()}
    assert chair.post(url, sent).status_code == 303
    online.refresh_from_db()
    assert (online.state, online.wish) == ("remarked", "想加入\n请批准")


def imported(path: Path, sheet: str, rows: list[list[Any]], officer: Access, today: date) -> list[str]:
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    book.save(path)
    sheets = tuple(sheet for feature in FEATURES for sheet in feature.sheets)
    done = importing.run(path, sheets=sheets, union=officer.union, by=officer, today=today)
    return [one.message for one in done.problems if one.level == "refuse"]


def test_an_import_changes_no_words_and_brings_answers(
    request_of: CorrectionRequest, officer: Access, today: date, tmp_path: Path
) -> None:
    head = ["编号", "姓名", "哪一项", "应改为", "提出日期", "状态", "答复"]
    name = request_of.person.name
    row = [str(request_of.uid), name, "会员", "学历应为本科", today, "已更正", "已改"]
    assert any(
        "本人提出时写的" in one for one in imported(tmp_path / "a.xlsx", "更正请求", [head, row], officer, today)
    )
    row[3] = WORDS
    assert imported(tmp_path / "b.xlsx", "更正请求", [head, row], officer, today) == []
    old = ["", name, "走访慰问", "日期应为3月5日", date(2019, 3, 6), "已更正", "已改"]
    assert imported(tmp_path / "c.xlsx", "更正请求", [head, old], officer, today) == []
    old[6] = "已于3月改正"  # history is typed in as it was, and mended as it is found
    assert imported(tmp_path / "d.xlsx", "更正请求", [head, old], officer, today) == []
    request_of.refresh_from_db()
    assert (request_of.wish, request_of.state) == (WORDS, "done")


@pytest.mark.parametrize("changed", [{"wish": "不想加入"}, {"how": "paper"}, {"applied_on": date(2026, 10, 1)}])
def test_an_application_written_online_is_its_writers(
    online: Admission, officer: Access, today: date, changed: dict[str, Any]
) -> None:
    with pytest.raises(Refused, match="本人提出时写的"):
        change_records.save_admissions([application(online, **changed)], union=officer.union, by=officer, today=today)


def test_a_form_on_paper_is_mended_by_who_typed_it_in_and_does_not_become_an_online_one(
    world: World, officer: Access, today: date
) -> None:
    person = Person.objects.in_union(world.union).filter(admitted_on=None, left_on=None).first()
    assert person is not None
    paper = joining.apply(person, on=today, wish="想加人", by=officer, today=today)
    save = change_records.save_admissions
    save([application(paper, wish="想加入")], union=officer.union, by=officer, today=today)
    paper.refresh_from_db()
    assert paper.wish == "想加入"
    with pytest.raises(Refused, match="由本人在网上提出"):
        save([application(paper, how="online")], union=officer.union, by=officer, today=today)
    withdrawal.withdraw(paper, reason="重复登记", by=officer, today=today)
    new = application(paper, how="online", applied_on=date(2026, 11, 2))
    del new["uid"]
    with pytest.raises(Refused, match="由本人在网上提出"):
        save([new], union=officer.union, by=officer, today=today)
    assert save([new], union=officer.union, by=officer, today=today, origin="recorded")


def test_a_request_taken_back_stays_before_the_eyes_of_who_made_it(
    request_of: CorrectionRequest, officer: Access, member: Client, today: date
) -> None:
    withdrawal.withdraw(request_of, reason="本人口头撤回", by=officer, today=today)
    page = member.get("/me/data/").content.decode()
    assert WORDS in page
    assert "已撤回：本人口头撤回" in page
