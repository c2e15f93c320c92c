"""Posts, hand-over, visitors and working time as pages: the password first, plain words, and nothing for visitors."""

import io
import re
import time
import zipfile
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.shell.forms import form_of
from tests.shell.people import PASSWORD, client_of, user_of
from tests.shell.test_access_matrix import EXPECTED, PUBLIC
from zhijia.accounts import sessions
from zhijia.accounts.services import make_login
from zhijia.core.demo import World
from zhijia.core.models import AuditLine
from zhijia.members import logins, services, visiting
from zhijia.members.models import Person, Post, WorkTime

QUERIES = 15


@pytest.fixture
def world(make_world, monkeypatch, today) -> World:
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    return make_world("members", members=80)


def text(answer) -> str:
    return answer.content.decode()


def fresh(client: Client, at: float | None = None) -> Client:
    """The password was given a moment ago, or `at`."""
    session = client.session
    session[sessions.FRESH] = time.time() if at is None else at
    session.save()
    return client


def chair_of(world) -> Post:
    return Post.objects.get(union_id=world.union, office="chair", end=None)


@pytest.fixture
def chair(world) -> Client:
    """The demo's own chair, so that there is one."""
    person = chair_of(world).person
    user = make_login("zhuxi", "ein-langes-Wort-7")
    services.link_login(person.pk, user.pk)
    return client_of(user)


def somebody(world, today) -> Person:
    held = Post.objects.filter(union_id=world.union).values("person")
    return Person.objects.in_union(world.union).members_on(today).exclude(pk__in=held).exclude(staff_no="").first()


def test_the_page_of_posts_costs_few_queries_and_shows_any_day(chair, django_assert_max_num_queries):
    with django_assert_max_num_queries(QUERIES):
        page = text(chair.get("/members/posts/"))
    assert "空缺" not in re.sub(r"<[^>]+>", "", page)
    assert "代理女职工委员：代一名休产假的女职工委员" in page
    old = text(chair.get("/members/posts/?on=2023-03-20"))
    assert "19天" in old
    assert "登记上任</a></td>" not in old
    assert "这个日期看不懂" in text(chair.get("/members/posts/?on=never"))


def test_the_chair_hands_over_after_the_password_and_a_page_that_says_what_comes(chair, world, today):
    post, to = chair_of(world), somebody(world, today)
    address = reverse("members:hand_over", args=[post.uid])
    assert fresh(chair, at=0).get(address).headers["Location"].startswith("/me/confirm/")
    fresh(chair)
    assert "工会印章" in text(chair.get(address))
    given = {"to": to.staff_no, "on": today.isoformat(), "chosen": "elected", "items": "印章", "version": post.version}
    refused = chair.post(address, given)
    assert refused.status_code == 422  # nobody with a login would be left
    assert f"请先给{to.name}" in text(refused)
    operator = Person.objects.in_union(world.union).members_on(today).exclude(pk__in=(to.pk, post.person_id)).last()
    row = {"person": operator.pk, "office": "operator", "group": None, "first": date(2024, 1, 1)}
    services.save_posts([row], union=world.union, by=world.by, today=today)
    services.link_login(operator.pk, make_login("guanli", "ein-langes-Wort-7").pk)
    asked = text(chair.post(address, given))
    assert f"把主席交接给{to.name}？" in asked
    assert "只看自己的权益" in asked
    assert "还没有登录名" in asked
    assert chair_of(world).pk == post.pk
    assert chair.post(address, {**given, "to": "没有这个人", "sure": "yes"}).status_code == 422
    answer = chair.post(address, {**given, "sure": "yes"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert chair_of(world).person_id == to.pk
    assert f"主席已交接给{to.name}" in text(chair.get("/"))
    assert chair.get("/members/posts/").status_code == 403
    user = make_login("xin", "ein-langes-Wort-7")
    services.link_login(to.pk, user.pk)
    new = client_of(user)
    assert "交接或卸任" in text(new.get("/members/posts/"))
    assert reverse("members:handover_paper", args=[post.uid]) in new.get(reverse("members:posts")).content.decode()
    paper = new.get(reverse("members:handover_paper", args=[post.uid]))
    with zipfile.ZipFile(io.BytesIO(paper.content)) as package:
        words = package.read("word/document.xml").decode()
    assert "印章" in words
    assert to.name in words
    lines = AuditLine.objects.filter(verb="members.post.handed_over")
    assert [line.subject_id for line in lines] == [post.pk]


def test_an_officer_hands_over_only_the_own_post(world, today):
    user = user_of(world, "reviewer", today)
    client = fresh(client_of(user))
    mine = Post.objects.get(person__user=user)
    assert client.get(reverse("members:hand_over", args=[mine.uid])).status_code == 200
    assert client.get(reverse("members:leave", args=[chair_of(world).uid])).status_code == 403
    assert "登记上任" not in text(client.get("/members/posts/"))


def test_a_deputy_is_registered_with_an_end_and_a_person_is_found_by_number(chair, world, today):
    fresh(chair)
    assert '<option value="chair" selected>' in text(chair.get("/members/posts/take-up/?office=chair"))
    to = somebody(world, today)
    given = {"office": "vice_chair", "to": to.staff_no, "on": today.isoformat(), "chosen": "appointed", "acting": "1"}
    assert "代理要写到哪天为止" in text(chair.post("/members/posts/take-up/", given))
    last = today + timedelta(days=10)
    given |= {"last": last.isoformat(), "purpose": "代秦"}
    assert chair.post("/members/posts/take-up/", given).status_code == 303
    post = Post.objects.get(person=to)
    assert (post.acting, post.end, post.chosen) == (True, last + timedelta(days=1), "appointed")
    assert "代理副主席" in text(chair.get("/todos/"))
    gone = {"on": today.isoformat(), "reason": ""}
    assert chair.post(reverse("members:leave", args=[post.uid]), gone).status_code == 422


def test_hours_are_noted_by_the_officer_and_summed_for_who_registers_posts(chair, world, today):
    user = user_of(world, "women", today)
    client = client_of(user)
    given = {"on": today.isoformat(), "hours": "2.5", "what": "三八活动"}
    assert client.post("/members/time/", given).status_code == 303
    assert client.post("/members/time/", {**given, "hours": "半天"}).status_code == 422
    row = WorkTime.objects.get(what="三八活动")
    assert row.tenths == 25
    name = row.person.name
    assert f"{today.month}月2.5小时" in text(client.get("/members/time/"))
    assert name in text(chair.get(f"/members/time/?year={today.year}"))
    other = client_of(user_of(world, "cashier", today))
    assert name not in text(other.get("/members/time/"))


def test_a_visitor_is_let_in_by_an_invitation_and_taken_out_at_once(chair, world, today):
    fresh(chair)
    given = {
        "name": "赵审", "sex": "male", "organisation": "市总工会经审办", "purpose": "年度审查",
        "first": today.isoformat(), "last": (today + timedelta(days=200)).isoformat(),
    }  # fmt: skip
    assert "最长90天" in text(chair.post("/members/visits/new/", given))
    assert not Person.objects.filter(name="赵审").exists()
    given["last"] = (today + timedelta(days=9)).isoformat()
    assert chair.post("/members/visits/new/", given).status_code == 303
    person = Person.objects.get(name="赵审")
    assert "赵审" in text(chair.get("/invitations/"))
    slip = re.findall(
        r'class="help address">http://testserver(/join/[^<]+)<',
        text(chair.post("/invitations/make/", {"person": [person.pk]})),
    )
    guest = Client()
    guest.get(slip[0])
    guest.post("/join/", {"answer": "", "new": "Mein-erstes-Wort-1", "again": "Mein-erstes-Wort-1"})
    assert "来访查阅，到2026年11月29日为止" in text(guest.get("/"))
    assert guest.get("/records/members/person/").status_code == 200
    post = Post.objects.get(person=person)
    assert chair.post(reverse("members:stop_visit", args=[post.uid])).status_code == 303
    answer = guest.get("/records/members/person/")
    assert answer.status_code == 403
    assert "来访查阅不在有效期内" in text(answer)
    assert AuditLine.objects.filter(verb="accounts.login.entered", person_id=person.pk).exists()


def test_what_is_typed_of_a_visitor_is_read_as_of_anybody(chair, world, today):
    fresh(chair)
    given = {
        "name": "赵审", "sex": "male", "organisation": "市总工会经审办", "purpose": "年度审查",
        "first": today.isoformat(), "last": (today + timedelta(days=9)).isoformat(),
    }  # fmt: skip
    for wrong in ({"sex": "somebody"}, {"phone": "明天再说"}):
        assert chair.post("/members/visits/new/", given | wrong).status_code == 422
    assert not Person.objects.filter(name="赵审").exists()
    assert chair.post("/members/visits/new/", given | {"phone": "１３８ 0000 9999"}).status_code == 303
    person = Person.objects.get(name="赵审")
    user = make_login("guest", PASSWORD)
    services.link_login(person.pk, user.pk)
    assert logins.users_named("13800009999") == [user.pk]


OWN = {
    "shell:password", "shell:confirm", "shell:passkey_ask_own", "shell:security", "shell:security_app",
    "shell:security_app_remove", "shell:security_codes", "shell:security_passkey_add", "shell:security_passkey_ask",
    "shell:security_passkey_remove", "shell:security_session_end", "shell:security_outside_link",
    "shell:security_outside_remove",
}  # fmt: skip


def test_a_visitor_may_send_nothing_anywhere_but_for_the_own_login(world, today):
    client = fresh(client_of(user_of(world, "visitor", today)))
    rows = [Person.objects.in_union(world.union).first(), chair_of(world)]
    taken = []
    for name, (address, allowed) in EXPECTED.items():
        if allowed == PUBLIC:
            continue
        lines = AuditLine.objects.count()
        answers = {method: getattr(client, method)(address) for method in ("post", "put", "patch", "delete")}
        if name not in OWN:
            taken += [f"{method} {name}" for method, answer in answers.items() if answer.status_code != 403]
        if name not in OWN and AuditLine.objects.count() != lines:
            taken.append(f"{name} wrote")
    assert taken == []
    for row in rows:
        address = f"/records/{row._meta.app_label}/{row._meta.model_name}/{row.uid}/"
        for deed in ("withdraw/", "edit/", "files/"):
            assert client.post(address + deed, {"reason": "x"}).status_code == 403
        assert client.post(address + "reveal/phone/", {"reason": "x"}).status_code == 403


def test_a_visitor_reads_pages_that_say_so_and_no_secret(world, today):
    user = user_of(world, "visitor", today)
    client = client_of(user)
    person = Person.objects.in_union(world.union).members_on(today).exclude(phone_tail="").first()
    full = Person.objects.only("phone").get(pk=person.pk).phone.reveal()
    pages = ["/", "/records/members/person/", "/members/posts/", "/facts/", "/claims/", "/check/", "/audit/", "/todos/"]
    for address in (*pages, f"/records/members/person/{person.uid}/"):
        page = text(client.get(address))
        assert "来访查阅，到2026年12月10日为止" in page, address
        assert full not in page
    held = Post.objects.get(person__user=user)
    assert visiting.visits(world.union) == [held]


def test_the_successor_is_picked_from_suggestions_that_tell_homonyms_apart(world, by, today):
    rows = [
        {"name": "欧阳同名", "sex": "male", "department": where, "birth_on": born, "staff_no": "", "admitted_on": today}
        for where, born in (("办公室", date(1980, 1, 1)), ("财务处", date(1990, 1, 1)))
    ]
    one, other = services.save_persons(rows, union=world.union, by=by, today=today)
    user = user_of(world, "chair", today)
    chair, post = fresh(client_of(user)), Post.objects.get(person__user=user, office="chair", end=None)
    page = text(chair.get(f"/members/posts/{post.uid}/hand-over/"))
    assert 'data-pick="/members/posts/successors/"' in page
    options = chair.get("/members/posts/successors/?q=oytm").json()["options"]
    assert [option["label"] for option in options] == ["欧阳同名（办公室）", "欧阳同名（财务处）"]
    assert len({option["value"] for option in options}) == 2
    given = {"to": options[1]["value"], "on": today.isoformat(), "chosen": "elected", "version": post.version}
    assert "欧阳同名（财务处）" in text(chair.post(f"/members/posts/{post.uid}/hand-over/", given))
    twice = chair.post(f"/members/posts/{post.uid}/hand-over/", given | {"to": "欧阳同名"})
    assert twice.status_code == 422
    assert "从列出的人里选" in text(twice)
    Person.objects.filter(pk=one).update(left_on=today)
    (left,) = chair.get("/members/posts/successors/?q=oytm").json()["options"]
    assert left["label"] == "欧阳同名（财务处）"
    assert Person.objects.get(pk=other).left_on is None


def test_a_leader_is_offered_the_own_groups_only(world, today):
    user = user_of(world, "group_leader", today)
    led = set(Post.objects.filter(person__user=user, office="group_leader", end=None).values_list("group", flat=True))
    for letter in "wzlcyh":
        options = client_of(user).get(f"/members/posts/successors/?q={letter}").json()["options"]
        names = {option["label"].split("（")[0] for option in options}
        assert names <= set(Person.objects.filter(group__in=led).values_list("name", flat=True))


def test_the_forms_of_posts_tell_everything_at_once(chair, world, today):
    post = chair_of(world)
    fresh(chair)
    page = text(chair.post(f"/members/posts/{post.uid}/hand-over/", {"on": "", "to": ""}))
    assert ("还没有写日期" in page, "还没有写是谁" in page) == (True, True)
    page = text(chair.post("/members/time/", {"on": "", "hours": "", "what": ""}))
    assert ("还没有写日期" in page, "还没有写小时数" in page, "还没有写做了什么" in page) == (True, True, True)
    page = text(chair.post(f"/members/posts/{post.uid}/leave/", {"on": "", "reason": ""}))
    assert ("还没有写日期" in page, "还没有写原因" in page) == (True, True)
    sent = {"on": "", "to": "", "office": "group_leader", "acting": "on"}
    page = text(chair.post("/members/posts/take-up/", sent))
    for words in ("还没有写日期", "还没有写是谁", "要写明是哪个小组", "代理要写到哪天为止"):
        assert words in page
    person = somebody_outside(world, today)
    sent = {"on": "", "to": person.staff_no, "office": "group_leader"}
    page = text(chair.post("/members/posts/take-up/", sent))
    assert ("还没有写日期" in page, "要写明是哪个小组" in page, "不是会员" in page) == (True, True, True)
    answer = chair.post("/members/posts/take-up/", sent | {"on": today.isoformat()})
    assert "不是会员" in text(answer)
    assert "要写明是哪个小组" in text(answer)


def somebody_outside(world, today) -> Person:
    row = {"name": "钱不是会员", "sex": "male", "staff_no": "OUT-1"}
    return Person.objects.get(pk=services.save_persons([row], union=world.union, by=world.by, today=today)[0])


def test_the_form_of_the_ledger_keeps_duties_apart_and_visits_short(chair, world, today):
    person = somebody(world, today)
    row = {"person": person.pk, "office": "cashier", "group": None, "first": date(2024, 1, 1)}
    services.save_posts([row], union=world.union, by=world.by, today=today)
    blank = form_of(chair.get("/records/members/post/new/"))
    given = blank | {
        "person": person.staff_no,
        "office": "accountant",
        "first": today.isoformat(),
        "chosen": "appointed",
    }
    answer = chair.post("/records/members/post/new/", given)
    assert (answer.status_code, "不能兼任会计和出纳" in text(answer)) == (422, True)
    past = given | {"first": "2020-01-01", "end": "2023-12-31"}
    assert chair.post("/records/members/post/new/", past).status_code == 303  # what was so is recorded
    both = {"person": person.pk, "office": "accountant", "group": None, "first": date(2025, 1, 1)}
    pk = services.save_posts([both], union=world.union, by=world.by, today=today, origin="recorded")[0]
    url = f"/records/members/post/{Post.objects.get(pk=pk).uid}/edit/"
    kept = form_of(chair.get(url)) | {"portfolio": "兼"}  # what a file told is put right without taking up anything
    assert chair.post(url, kept).status_code == 303
    guest = somebody_outside(world, today)
    blank = form_of(chair.get("/records/members/post/new/"))
    visit = blank | {
        "person": guest.staff_no, "office": "visitor", "first": today.isoformat(), "chosen": "appointed",
        "end": (today + timedelta(days=400)).isoformat(),
    }  # fmt: skip
    answer = chair.post("/records/members/post/new/", visit)
    assert (answer.status_code, "最长90天" in text(answer)) == (422, True)
    short = visit | {"end": (today + timedelta(days=9)).isoformat()}
    assert chair.post("/records/members/post/new/", short).status_code == 303
