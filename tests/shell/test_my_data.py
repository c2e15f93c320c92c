"""My data: all that is held about me and nothing about anybody else; who saw it; corrected; taken along."""

import json
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.apps import apps
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.shell.people import client_of, user_of
from zhijia.accounts.models import User
from zhijia.care import services as care
from zhijia.core.demo import World
from zhijia.core.models import AuditLine
from zhijia.core.outcomes import Refused
from zhijia.features import FEATURES
from zhijia.members import correction_records, standing
from zhijia.members import services as members
from zhijia.members.models import CorrectionRequest, Person
from zhijia.members.standing import Words
from zhijia.shell import my_data
from zhijia.shell.access import for_user
from zhijia.shell.registers import BY_LABEL

CEILING = 15
MINE, THEIRS = "我自己的病情标记壬癸", "别人的病情标记子丑"


@pytest.fixture
def world(make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch, today: date) -> World:
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    return make_world("elections", members=60)


@pytest.fixture
def user(world: World, today: date) -> User:
    return user_of(world, "member", today)


@pytest.fixture
def person(world: World, user: User, today: date) -> Person:
    """The member, with a phone, a visit, and an aid case with an illness; somebody else has one too."""
    own = Person.objects.get(user=user)
    row = {"uid": own.uid, "name": own.name, "sex": own.sex, "birth_on": own.birth_on, "phone": "13900001234"}
    members.save_persons([row], union=world.union, by=world.by, today=today)
    other = next(human.pk for human in world.members_on(today) if human.pk != own.pk)
    cases = [
        {"person": pk, "applied_on": date(2026, 3, 2), "illness": text}
        for pk, text in ((own.pk, MINE), (other, THEIRS))
    ]
    care.save_aid(cases, union=world.union, by=world.by, today=today)
    return Person.objects.get(pk=own.pk)


@pytest.fixture
def client(user: User, person: Person) -> Client:
    return client_of(user)


def test_no_table_with_persons_is_forgotten(db: None) -> None:
    known = {(source.label, field) for source in my_data.all_sources() for field in source.fields}
    missing = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.managed and model.__module__.startswith("zhijia.")
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
        and field.related_model is Person
        and (model._meta.label, field.name) not in known
    ]
    assert missing == []
    holding = {source.room for source in my_data.all_sources()}
    assert {feature.slug for feature in FEATURES if feature.export_person} == holding


def test_the_page_tells_kinds_posts_and_looks_with_few_queries(
    world: World, client: Client, person: Person, today: date
) -> None:
    case = apps.get_model("care.AidCase").objects.get(person=person)
    chair = client_of(user_of(world, "chair", today))
    url = BY_LABEL["care.AidCase"].url("record", case.uid) + "reveal/illness/"
    chair.post(url, {"reason": "办理困难补助审核"})
    chair.get(BY_LABEL["members.Person"].url("export"))
    with CaptureQueriesContext(connection) as asked:
        page = client.get("/me/data/")
    assert len(asked) <= CEILING, len(asked)
    text = page.content.decode()
    assert "困难补助" in text
    assert "办理困难补助审核" in text
    assert "导出“会员”名单" in text
    assert MINE not in text
    assert "no-store" in page.headers["Cache-Control"]


def test_every_kind_of_mine_opens_with_few_queries_and_nothing_of_others(client: Client, person: Person) -> None:
    kinds = my_data.held(person.pk)
    assert {"members.Person", "care.AidCase"} <= {one.source.label for one in kinds}
    for one in kinds:
        with CaptureQueriesContext(connection) as asked:
            page = client.get(one.url)
        text = page.content.decode()
        assert page.status_code == 200
        assert len(asked) <= CEILING, (one.url, len(asked))
        assert MINE not in text
        assert THEIRS not in text
        assert "13900001234" not in text


def test_what_is_not_held_is_not_there(client: Client, person: Person) -> None:
    held = {one.source.label for one in my_data.held(person.pk)}
    others = [source for source in my_data.all_sources() if source.label not in held]
    assert others
    for source in others:
        assert client.get(f"/me/data/kinds/{source.room}/{source.kind}/").status_code == 404
    assert client.get("/me/data/kinds/accounts/user/").status_code == 404


@pytest.mark.parametrize("form", ["json", "xlsx"])
def test_the_own_copy_is_whole_and_only_mine_and_noted_without_content(
    world: World, client: Client, person: Person, form: str
) -> None:
    answer = client.get(f"/me/data/file/{form}/")
    data = answer.getvalue()
    if form == "json":
        text = data.decode()
        assert json.loads(text)["姓名"] == person.name
    else:
        book = openpyxl.load_workbook(BytesIO(data))
        text = "\n".join(str(cell) for page in book for row in page.iter_rows(values_only=True) for cell in row)
    assert MINE in text
    assert "13900001234" in text
    assert THEIRS not in text
    line = AuditLine.objects.get(verb=my_data.TAKEN)
    assert line.changes["form"] == form
    assert MINE not in json.dumps(line.changes, ensure_ascii=False)
    assert "13900001234" not in json.dumps(line.changes)


def test_the_copy_asks_for_the_password_first(client: Client) -> None:
    session: Any = client.session
    session["fresh_at"] = 0
    session.save()
    for url in ("/me/data/file/json/", "/me/data/correct/"):
        assert client.get(url).headers["Location"].startswith("/me/confirm/")


def typed(person: Person, **given: str) -> dict[str, str]:
    return {"phone": "", "education": "研究生", "politics": "群众", "version": str(person.version), **given}


def test_phone_education_and_politics_are_corrected_at_once(client: Client, person: Person) -> None:
    lines = AuditLine.objects.count()
    answer = client.post("/me/data/correct/", typed(person, phone="139 0000 5678"))
    assert answer.status_code == 303
    now = Person.objects.get(pk=person.pk)
    assert (now.phone_tail, now.education, now.politics) == ("5678", "研究生", "none")
    assert (now.name, now.pinyin, now.birth_on, now.admitted_on) == (
        person.name, person.pinyin, person.birth_on, person.admitted_on,
    )  # fmt: skip
    assert AuditLine.objects.count() == lines + 1
    assert "13900005678" not in json.dumps(AuditLine.objects.order_by("-pk")[0].changes)


def test_an_empty_phone_stays_a_wrong_one_is_refused_and_other_fields_are_not_taken(
    client: Client, person: Person
) -> None:
    assert client.post("/me/data/correct/", typed(person, phone="12")).status_code == 422
    assert client.post("/me/data/correct/", typed(person, politics="皇帝")).status_code == 422
    client.post("/me/data/correct/", typed(person, name="改名", leader="1", admitted_on="1990-01-01"))
    now = Person.objects.get(pk=person.pk)
    assert (now.phone_tail, now.name, now.leader, now.admitted_on) == (
        "1234", person.name, person.leader, person.admitted_on,
    )  # fmt: skip
    stale = client.post("/me/data/correct/", typed(person, education="博士"))
    assert stale.status_code == 422


def test_somebody_else_s_login_phone_is_not_taken(world: World, client: Client, person: Person, today: date) -> None:
    other = Person.objects.get(user=user_of(world, "reviewer", today))
    row = {"uid": other.uid, "name": other.name, "sex": other.sex, "birth_on": other.birth_on, "phone": "13711112222"}
    members.save_persons([row], union=world.union, by=world.by, today=today)
    answer = client.post("/me/data/correct/", typed(person, phone="13711112222"))
    assert answer.status_code == 422
    assert other.name not in answer.content.decode()


def test_a_request_reaches_the_committee_and_the_answer_comes_back(
    world: World, client: Client, person: Person, user: User, today: date
) -> None:
    assert client.post("/me/data/ask/", {"about": "工会", "wish": "改"}).status_code == 422
    assert client.post("/me/data/ask/", {"about": "会员", "wish": "证件号330102198001011234"}).status_code == 422
    assert client.post("/me/data/ask/", {"about": "会员", "wish": "学历应为博士"}).status_code == 303
    request = CorrectionRequest.objects.get()
    assert (request.person_id, request.state, request.origin) == (person.pk, "waiting", "lived")
    chair_user = user_of(world, "chair", today)
    chair = client_of(chair_user)
    assert f"核对{person.name}提出的更正请求" in chair.get("/todos/").content.decode()
    by = for_user(chair_user, today)
    row = {
        "uid": request.uid, "person": person.pk, "about": "会员", "wish": "学历应为博士", "asked_on": today,
        "state": "done", "answer": "已按毕业证书更正",
    }  # fmt: skip
    correction_records.save_corrections([row], union=world.union, by=by, today=today)
    page = client.get("/me/data/").content.decode()
    assert "已更正" in page
    assert "已按毕业证书更正" in page
    assert f"核对{person.name}提出的更正请求" not in chair.get("/todos/").content.decode()


def test_who_asks_for_an_erasure_is_not_told_that_it_is_done_before_it_is(
    world: World, client: Client, person: Person, today: date
) -> None:
    page = client.get("/me/data/").content.decode()
    assert "/me/data/ask/?erase=1" in page
    assert "checked" in client.get("/me/data/ask/?erase=1").content.decode()
    client.post("/me/data/ask/", {"about": "删除我的信息", "wish": "离会以后请删除"})
    page = client.get("/me/data/").content.decode()
    assert page.index("我提出的请求") < page.index("登记的内容")  # the answer is not looked for at the end
    request = CorrectionRequest.objects.get()
    chair_user = user_of(world, "chair", today)
    chair = client_of(chair_user)
    record = f"/records/members/correctionrequest/{request.uid}/"
    assert f'href="/retention/{person.uid}/"' in chair.get(record).content.decode()
    assert "离会以后请删除" in chair.get(f"/retention/{person.uid}/").content.decode()
    row = {
        "uid": request.uid, "person": person.pk, "about": "删除我的信息", "wish": "离会以后请删除", "asked_on": today,
        "state": "erased", "answer": "",
    }  # fmt: skip
    by = for_user(chair_user, today)
    with pytest.raises(Refused, match="没有写删了什么"):
        correction_records.save_corrections([row], union=world.union, by=by, today=today)
    words = Words(reason="本人提出", meeting="委员会第11次会议")
    apps.get_model("care.AidCase").objects.filter(person=person.pk).update(closed_on=today)
    standing.change("withdraw", Person.objects.get(pk=person.pk), on=today, words=words, by=by, today=today)
    decided = {"reason": "本人申请，委员会同意", "minutes": "委员会第12次会议", "decided_on": today}
    assert chair.post(f"/retention/{person.uid}/", decided).headers["Location"] == "/retention/"
    request.refresh_from_db()
    assert (request.state, request.answered_on) == ("erased", today)


@pytest.mark.parametrize("answered", [("done", "已删除"), ("refused", "不删除"), ("kept", "不删除")])
def test_the_answer_to_a_request_for_erasure_is_told_as_one(
    world: World, client: Client, person: Person, today: date, answered: tuple[str, str]
) -> None:
    state, said = answered
    client.post("/me/data/ask/", {"about": "删除我的信息", "wish": "离会以后请删除"})
    request = CorrectionRequest.objects.get()
    chair_user = user_of(world, "chair", today)
    chair, by = client_of(chair_user), for_user(chair_user, today)
    record = f"/records/members/correctionrequest/{request.uid}/"
    page = chair.get(record).content.decode()
    assert ("改为“已删除”" in page, "改为“已更正”" in page) == (True, False)
    assert f"核对{person.name}提出的删除请求" in chair.get("/todos/").content.decode()
    row = {
        "uid": request.uid, "person": person.pk, "about": "删除我的信息", "wish": "离会以后请删除", "asked_on": today,
        "state": state, "answer": "按决定办理",
    }  # fmt: skip
    correction_records.save_corrections([row], union=world.union, by=by, today=today)
    assert said in chair.get("/records/members/correctionrequest/").content.decode()
    for page in (client.get("/me/data/"), client.get("/me/applications/"), chair.get(record)):
        assert said in page.content.decode()
        assert "已更正" not in page.content.decode()


def test_another_person_sees_none_of_it(world: World, client: Client, person: Person, today: date) -> None:
    client.post("/me/data/ask/", {"about": "会员", "wish": "我的独特愿望标记"})
    other = client_of(user_of(world, "reviewer", today))
    assert "我的独特愿望标记" not in other.get("/me/data/").content.decode()
    assert MINE not in other.get("/me/data/file/json/").content.decode()


@pytest.mark.parametrize("role", ["group_leader", "reviewer", "member", "accountant"])
@pytest.mark.parametrize("kind", ["correctionrequest", "consent"])
def test_requests_and_consents_are_read_by_who_keeps_the_register_only(
    world: World, today: date, role: str, kind: str
) -> None:
    reader = client_of(user_of(world, role, today))
    assert reader.get(f"/records/members/{kind}/").status_code == 403
    assert client_of(user_of(world, "committee", today)).get(f"/records/members/{kind}/").status_code == 200
