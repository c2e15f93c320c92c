"""A group's leader reads of the members of the groups led, and of nobody else: every register, every way to a row."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.shell.people import client_of, user_of
from zhijia.core.access import Access
from zhijia.core.demo import World
from zhijia.members.models import Person, Post, Stretch
from zhijia.shell import access, finding, links
from zhijia.shell.registers import BY_LABEL, REGISTERS, Register

PERSON = "members.Person"
CEILING = 15
# Registers with names of persons that a leader reads whole, and why: what every member may know anyway.
OPEN = {
    "plans.PlanItem": "who of the officers answers for a task of the plan",
    "activities.HobbyGroup": "who leads a hobby group: whoever wants to join asks him",
    "activities.Honour": "honours are published before and after they are given",
    "activities.ModelDeed": "model deeds are told of to be followed",
}


def named(register: Register) -> list[str]:
    """The register's references to persons."""
    return [column.field for column in register.sheet.columns if column.kind.target == PERSON]


def about_persons(register: Register) -> bool:
    return register.label == PERSON or bool(named(register))


LED = [register for register in REGISTERS if register.sheet.led or register.sheet.report]


@dataclass(frozen=True)
class Leading:
    """A leader of one group and of nothing else: browser, access, and the group."""

    client: Client
    access: Access
    group: int


@pytest.fixture
def world(make_world: Any) -> World:
    return make_world("elections", members=120)  # type: ignore[no-any-return]


@pytest.fixture
def leading(world: World, today: date) -> Leading:
    user = user_of(world, "group_leader", today)
    return Leading(client_of(user), access.for_user(user, today), next(iter(world.groups.values())))


def split(register: Register, leading: Leading) -> tuple[set[str], set[str]]:
    """The 编号 of the register's rows of the group led, and of all others."""
    model: Any = register.sheet.records.model
    rows = model.objects.in_union(leading.access.union)
    mine = {str(uid) for uid in rows.filter(**{register.sheet.group_path: leading.group}).values_list("uid", flat=True)}
    return mine, {str(uid) for uid in rows.values_list("uid", flat=True)} - mine


def test_every_register_with_persons_has_a_decision(world: World, leading: Leading) -> None:
    """A new sheet that names persons says by which permission a leader reads the own group, or stands in `OPEN`."""
    found = {register.label for register in REGISTERS if about_persons(register) and register.may_view(leading.access)}
    assert found == set(OPEN)
    for register in LED:
        assert register.limited(leading.access), register.label
        name, _, rest = register.sheet.group_path.partition("__")
        assert (name, rest) == ("group", "") or (name in named(register) and rest == "group"), register.label
    assert {register.label for register in LED} == {
        "members.Person", "activities.HobbyMember", "activities.Participation", "activities.Recuperation",
        "care.Event", "care.Visit", "benefits.Entitlement", "benefits.HousingCase", "learning.Education",
    }  # fmt: skip


def test_who_writes_a_register_reads_all_of_it(world: World, today: date) -> None:
    for role in ("chair", "vice_chair", "committee", "women_director", "operator", "reviewer", "visitor"):
        who = access.for_user(user_of(world, role, today), today)
        partly = [register.label for register in LED if register.may_edit_all(who) and not register.may_view(who)]
        assert partly == [], role


@pytest.mark.parametrize("register", LED, ids=lambda register: register.label)
def test_rows_of_another_group_are_nowhere(register: Register, world: World, leading: Leading) -> None:
    mine, others = split(register, leading)
    assert others, "the demo has rows of other groups, or this test shows nothing"
    client = leading.client
    first = f"col={register.sheet.columns[1].field}"
    pages = [
        client.get(f"{register.url()}?{first}"),
        client.get(f"{register.url('print')}?{first}"),
        client.get(f"{register.url('print')}?{first}&sign=1"),
    ]
    assert [page.status_code for page in pages] == [200, 200, 200]
    shown = pages[0].content.decode()
    assert pages[0].context["page"].count == str(len(mine))
    assert not [uid for uid in others if uid in shown]
    assert [len(page.context["rows"]) for page in pages[1:]] == [len(mine), len(mine)]
    other = sorted(others)[0]
    for name in ("record", "edit", "findings", "withdraw", "restore"):
        assert client.get(register.url(name, other)).status_code in (403, 404), name
    assert client.get(register.url("record", other)).status_code == 404
    assert client.get(f"{register.url('print')}?pick={other}").context["rows"] == []
    assert client.get(f"{register.url()}?after={other}").context["page"].count == str(len(mine))
    assert other not in client.get(f"{register.url()}?after={other}").content.decode()
    if mine:
        with CaptureQueriesContext(connection) as asked:
            page = client.get(register.url("record", sorted(mine)[0]))
        assert (page.status_code, len(asked) <= CEILING) == (200, True), len(asked)
        assert not [uid for uid in others if uid in page.content.decode()]
    assert links.seen_url(leading.access, register.label, other) == ""
    model: Any = register.sheet.records.model
    assert links.seen_urls(leading.access, model, [other]) in ({}, {other: ""})


@pytest.mark.parametrize("register", LED, ids=lambda register: register.label)
def test_the_rows_of_a_group_are_found_by_an_index(register: Register, world: World, leading: Leading) -> None:
    plan = register.rows(leading.access).explain()
    assert "person_by_group" in plan or connection.vendor != "sqlite", plan


def test_no_person_of_another_group_is_found_named_or_offered(world: World, leading: Leading) -> None:
    people = Person.objects.in_union(world.union).exclude(group=leading.group)
    namesakes = Person.objects.in_union(world.union).filter(group=leading.group).values_list("name", flat=True)
    stranger = people.exclude(name__in=namesakes).exclude(staff_no="").first()
    client = leading.client
    for text in (stranger.name, stranger.staff_no, stranger.pinyin.split(" ")[0]):
        hits = finding.people(leading.access, text)
        assert str(stranger.uid) not in client.get("/search/", {"q": text}).content.decode()
        assert not {str(hit.url) for hit in hits} & {BY_LABEL[PERSON].url("record", stranger.uid)}
    for register in LED:
        if "person" in named(register):
            page = client.get(register.url(), {"person": str(stranger.uid)})
            assert stranger.name not in page.content.decode(), register.label
        if register.may_report(leading.access):
            page = client.get(register.url("new"), {"person": str(stranger.uid)})
            assert stranger.name not in page.content.decode(), register.label
            offered = client.get(register.url("pick"), {"field": "person", "q": stranger.name}).json()["options"]
            assert offered == []
            assert client.get(register.url("pick"), {"field": "event", "q": ""}).status_code == 404
    assert client.get(reverse("members:pick_successor"), {"q": stranger.name}).json()["options"] == []


def test_pages_of_the_members_room_hold_to_the_group(world: World, leading: Leading) -> None:
    people = Person.objects.in_union(world.union)
    stranger = people.exclude(group=leading.group).exclude(admitted_on=None).first()
    own = people.filter(group=leading.group).exclude(admitted_on=None).first()
    client = leading.client
    assert client.get(reverse("members:timeline", args=[own.uid])).status_code == 200
    assert client.get(reverse("members:timeline", args=[stranger.uid])).status_code == 404
    for name in ("own_file", "own_file_data"):
        assert client.get(reverse(f"members:{name}", args=[stranger.uid, 1])).status_code == 404
    assert client.get(reverse("members:asof_certificate")).status_code == 403
    page = client.get(reverse("members:admissions"))
    assert not page.context["newcomers"]
    for one in (page.context["applied"], page.context["remarked"]):
        assert one is None or {row.cells[1].text for row in one.rows} == {own.group.name}


def test_the_register_of_a_day_is_that_of_the_groups_led(world: World, leading: Leading, today: date) -> None:
    day = date(2024, 6, 1)
    then = Stretch.objects.in_union(world.union).on(day)
    expected = set(then.filter(group=leading.group).values_list("uid", flat=True))
    client = leading.client
    with CaptureQueriesContext(connection) as asked:
        page = client.get(reverse("members:asof"), {"on": day.isoformat(), "purpose": "all"})
    assert len(asked) <= CEILING
    assert page.context["total"] == len(expected)
    assert page.context["groups"] is None, "one group's head count needs no table by group"
    assert "人数证明" not in page.content.decode()
    others = then.exclude(group=leading.group).values_list("uid", flat=True)
    assert not [uid for uid in others if str(uid) in page.content.decode()]
    gone = Person.objects.get(uid=sorted(expected)[0])
    elsewhere = next(pk for pk in world.groups.values() if pk != leading.group)
    Person.objects.filter(pk=gone.pk).update(group=elsewhere)
    now = client.get(reverse("members:asof"), {"purpose": "all"}).content.decode()
    assert str(gone.uid) not in now, "whoever went to another group is read of there"


def test_whoever_was_in_the_group_that_day_stands_in_it_without_a_page(world: World, leading: Leading) -> None:
    person = Person.objects.in_union(world.union).members_on(leading.access.on).filter(group=leading.group).first()
    elsewhere = next(pk for pk in world.groups.values() if pk != leading.group)
    from zhijia.members import standing

    seat = standing.Seat(elsewhere, person.department, person.job)
    standing.move(person, on=leading.access.on, to=seat, reason="", by=world.by, today=leading.access.on)
    page = leading.client.get(reverse("members:asof"), {"on": "2026-01-05", "purpose": "all"}).content.decode()
    assert person.name in page
    assert str(person.uid) not in page


@pytest.mark.parametrize("label", ["care.Event", "care.Visit"])
def test_of_what_may_be_reported_few_fields_are_read_anywhere(label: str, world: World, leading: Leading) -> None:
    register = BY_LABEL[label]
    kept = [register.sheet.column(name).header for name in register.sheet.reported]
    hidden = [column for column in register.sheet.columns if column.field not in ("uid", *register.sheet.reported)]
    mine, _others = split(register, leading)
    query = "&".join(f"col={column.field}" for column in hidden)
    for name in ("list", "print"):
        page = leading.client.get(f"{register.url(name)}?{query}")
        assert not [column.header for column in hidden if f'<th scope="col">{column.header}' in page.content.decode()]
    assert [column.header for column in page.context["columns"]] == kept
    (part,) = leading.client.get(register.url("record", sorted(mine)[0])).context["page"].parts
    assert [line.label for line in part.lines] == kept
    sent = {"pick": sorted(mine)[:1], "do": f"{hidden[0].field}=x", "sure": "1"}
    assert leading.client.post(register.url("bulk"), sent).status_code == 403
    whole = replace(leading.access, permissions=leading.access.permissions | {"care.view"})
    assert register.of(whole).sheet.columns == register.sheet.columns, (
        "a reviewer who leads a group reads as reviewers do"
    )


def test_who_leads_and_holds_another_post_sees_what_that_post_gives(world: World, leading: Leading) -> None:
    whole = replace(leading.access, permissions=leading.access.permissions | access.permissions_of({"committee"}))
    for register in LED:
        assert not register.limited(whole)
        assert register.rows(whole).count() >= register.rows(leading.access).count()
    people = BY_LABEL[PERSON]
    assert people.rows(whole).count() == Person.objects.in_union(world.union).count()


def test_a_post_without_a_group_opens_nobodys_rows(world: World, leading: Leading) -> None:
    none = replace(leading.access, groups=frozenset())
    assert [register.label for register in LED if register.may_open(none)] == []
    Post.objects.in_union(world.union).filter(person=leading.access.person).update(group=None)
    assert leading.client.get(BY_LABEL[PERSON].url()).status_code == 403
    assert leading.client.get(reverse("members:asof")).context["total"] == 0


def test_the_group_goes_on_under_a_new_name(world: World, leading: Leading, today: date) -> None:
    from zhijia.members.reorganisation import Asked, Target
    from zhijia.members.reorganising import reorganise

    before = leading.client.get(BY_LABEL[PERSON].url()).context["page"].count
    asked = Asked("rename", (leading.group,), (Target("综合处小组"),), date(2026, 10, 1))
    reorganise(asked, union=world.union, by=world.by, today=today)
    page = leading.client.get(BY_LABEL[PERSON].url())
    assert page.context["page"].count == before
    assert "综合处小组" in page.context["page"].lead
    assert leading.client.get(reverse("members:asof"), {"on": "2026-01-05"}).context["total"] > 0


def test_my_data_tells_that_the_leader_of_the_own_group_sees_it(world: World, today: date) -> None:
    from zhijia.shell import my_data

    user = user_of(world, "member", today)
    kinds = {one.source.label: one.posts for one in my_data.held(access.for_user(user, today).person)}
    assert kinds[PERSON].endswith("本组小组长")
    assert "、小组长" not in kinds[PERSON]
