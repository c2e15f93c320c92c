"""The first page of each role, of a union without records, and what it costs."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tests.shell.people import client_of, user_of
from zhijia.care.models import Visit
from zhijia.core import audit
from zhijia.core.access import Access
from zhijia.core.demo import World
from zhijia.funds.models import PersonReceipt
from zhijia.members.models import Person
from zhijia.plans.models import PlanItem
from zhijia.shell import access, frontpage
from zhijia.shell.kept import Kept, mark
from zhijia.shell.scopes import term_scope
from zhijia.unions.models import Term


@pytest.fixture
def world(make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch, today: date) -> World:
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    return make_world("elections", members=60)


def home_of(world: World, role: str, on: date) -> str:
    answer = client_of(user_of(world, role, on)).get("/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_chair_sees_what_is_due_and_how_things_stand(world: World, today: date) -> None:
    page = home_of(world, "chair", today)
    scope = term_scope(world.union, today)
    for words in (
        f"{(scope.end - today).days}天", "要办的事", "件过期", "换届日程", f"{today.year}年计划", "不成立的说法",
        "年预算用了", "走访慰问", "全部待办", "收支相抵",
    ):  # fmt: skip
        assert words in page, words
    number = PlanItem.objects.in_union(world.union).filter(year=today.year, state="open").count()
    assert f'state=open">未完成</a></span><b>{number}项</b>' in page.replace("\n", "").replace("  ", "")
    visits = Visit.objects.in_union(world.union).filter(on__year=2024).count()
    assert f'aria-label="2024年：{visits}"' in page
    assert "/facts/care.visits/?year=2024#records" in page


def test_a_group_leader_begins_from_the_own_groups(world: World, today: date) -> None:
    page = home_of(world, "group_leader", today)
    for words in ("我的小组", "上报应访事项", "记走访", "/records/care/event/new/", "/records/care/visit/new/?on="):
        assert words in page, words
    for words in ("不成立的说法", "年预算用了", "换届日程"):
        assert words not in page


def test_the_phones_bar_has_what_waits_for_whoever_leads_and_the_forms_for_who_only_fills_them_in(
    world: World, today: date
) -> None:
    def bar(role: str) -> str:
        return home_of(world, role, today).partition('<nav class="bottom"')[2].partition("</nav>")[0]

    leader, member = bar("group_leader"), bar("member")
    assert 'href="/todos/"' in leader
    assert 'href="/menu/"' in leader
    assert 'href="/inquiries/mine/"' in member
    assert 'href="/todos/"' not in member


def test_the_phones_bar_says_where_one_is(world: World, today: date) -> None:
    def active(client: Client, path: str) -> list[str]:
        bar = client.get(path).content.decode().partition('<nav class="bottom"')[2].partition("</nav>")[0]
        return re.findall(r'href="([^"]+)" aria-current', bar)

    member, chair = (client_of(user_of(world, role, today)) for role in ("member", "chair"))
    for path in ("/me/", "/me/data/", "/members/household/", "/members/household/new/", "/members/fields/mine/"):
        assert active(member, path) == ["/me/"], path
    for path in ("/menu/", "/records/members/person/", "/members/admissions/new/", "/audit/"):
        assert active(chair, path) == ["/menu/"], path
    assert active(chair, "/") == ["/"]


def test_the_books_see_vouchers_and_what_is_not_mended(world: World, today: date) -> None:
    for role in ("accountant", "reviewer"):
        page = home_of(world, role, today)
        assert ("月凭证" in page) is (role == "accountant")
        assert "经审发现没有整改完的" in page


def test_a_member_sees_the_own_entitlements_with_the_rule_and_nobody_elses(
    world: World, today: date, by: Access
) -> None:
    user = user_of(world, "member", today)
    person = Person.objects.get(user=user)
    rows = PersonReceipt.objects.in_union(world.union).filter(person=person, on__year=today.year)
    rows.update(withdrawn_on=today)
    PersonReceipt.objects.create(
        union_id=world.union, person=person, person_name=person.name, on=date(today.year, 9, 1),
        kind=PersonReceipt.Kind.FESTIVAL, value_fen=30_000,
    )  # fmt: skip
    audit.record(union=world.union, by=by, verb="test.received", tables=[PersonReceipt])
    page = client_of(user).get("/").content.decode()
    assert "我今年的权益" in page
    assert "已领300.00元；每年不超过" in page
    assert "依据：" in page
    assert "困难补助" not in page
    for words in ("不成立的说法", "年预算用了", "换届日程", "本月的账"):
        assert words not in page


def test_nothing_is_measured_twice_while_nothing_is_written(
    world: World, today: date, by: Access, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    for role in ("chair", "accountant", "reviewer", "group_leader", "member"):
        client = client_of(user_of(world, role, today))
        client.get("/")
        with django_assert_max_num_queries(15):  # type: ignore[attr-defined]  # a context manager of pytest-django
            client.get("/")


def test_what_is_written_is_seen_at_once(world: World, today: date, by: Access) -> None:
    client = client_of(user_of(world, "chair", today))
    before = PlanItem.objects.in_union(world.union).filter(year=today.year, state="open").count()
    assert f"<b>{before}项</b>" in client.get("/").content.decode()
    PlanItem.objects.in_union(world.union).filter(year=today.year, state="open").update(state="done")
    audit.record(union=world.union, by=by, verb="test.done", tables=[PlanItem])
    assert "未完成</a>" not in client.get("/").content.decode()


def test_a_union_without_a_term_registers_it_first(world: World, today: date) -> None:
    client = client_of(user_of(world, "chair", today))
    operator = client_of(user_of(world, "operator", today))
    Term.objects.in_union(world.union).update(withdrawn_on=today)
    for one in (client, operator):
        page = one.get("/").content.decode()
        assert "先登记届次" in page
        assert "/records/unions/term/new/" in page
        assert one.get("/facts/").status_code == 404
    member = client_of(user_of(world, "member", today)).get("/").content.decode()
    assert "请找工会主席或系统管理员登记" in member


def test_a_union_without_records_is_told_how_to_begin(
    db: None, today: date, monkeypatch: pytest.MonkeyPatch, by: Access
) -> None:
    from zhijia.unions.models import Union

    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    union = Union.objects.create(code="NEW", name="新建单位工会", short_name="新建")
    Union.objects.filter(pk=union.pk).update(path=f"/{union.pk}/")
    Term.objects.create(union=union, number=1, first=date(2026, 1, 1), end=date(2031, 1, 1))
    access.first_operator("管理员", "male", "boss", "ein-langes-Wort-7", union=union.pk, by=by, today=today)
    client = Client()
    assert client.login(username="boss", password="ein-langes-Wort-7")
    page = client.get("/").content.decode()
    for words in (
        "还没有会员和工作记录",
        "从您的台账开始（导入）",
        "从空白开始",
        "/import/",
        "/records/members/person/new/",
    ):
        assert words in page, words
    assert "<svg viewBox" not in page


def test_the_facts_of_the_page_exist() -> None:
    from zhijia.shell import catalogue

    for key in (*frontpage.CHARTS, frontpage.INCOME, frontpage.EXPENSE, frontpage.BUDGET):
        assert catalogue.fact_spec(key) is not None, key


def test_answers_are_kept_by_key_and_the_oldest_goes(world: World) -> None:
    kept: Kept[int] = Kept(2)
    made: list[int] = []

    def make(value: int) -> int:
        made.append(value)
        return value

    for value in (1, 2, 1, 3, 1, 2):
        assert kept.get(value, lambda value=value: make(value)) == value  # type: ignore[misc]  # bound per turn
    assert made == [1, 2, 3, 2]
    assert mark(world.union) == mark(world.union) != b""
    assert mark(0) == b""
