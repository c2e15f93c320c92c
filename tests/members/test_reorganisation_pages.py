"""The pages of a reorganisation and of moving many people: steps, preview, deed, undo, and the way from the list."""

import re
from datetime import date

import pytest
from django.test import Client

from tests.shell.people import client_of, user_of
from zhijia.core.demo import World
from zhijia.members.models import Person, Placement
from zhijia.unions.models import Group

PAGE = "/members/reorganisation/"
QUERIES = 30  # the deed with its audit line; reading pages are held to 15


@pytest.fixture
def world(make_world, monkeypatch, today) -> World:
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    return make_world("members", members=60)


@pytest.fixture
def chair(world, today) -> Client:
    return client_of(user_of(world, "chair", today))


def text(answer) -> str:
    return answer.content.decode()


def seen(answer) -> str:
    return re.search(r'name="seen" value="([0-9a-f]+)"', text(answer)).group(1)


def test_a_rename_goes_through_its_steps_and_back(chair, world, today, django_assert_max_num_queries):
    old = world.groups["计财处小组"]
    chosen = text(chair.get(PAGE))
    assert "?kind=rename" in chosen
    form = {"kind": "rename", "groups": old, "name-0": "财务处小组", "department-0": "财务处", "departments": "1",
            "on": "2026-10-01", "paper": "江编办〔2026〕3号"}  # fmt: skip
    assert "新名称" in text(chair.get(f"{PAGE}?kind=rename"))
    wrong = chair.post(PAGE, form | {"name-0": ""})
    assert (wrong.status_code, "还没有名称" in text(wrong)) == (422, True)
    with django_assert_max_num_queries(15):
        shown = chair.post(PAGE, form)
    assert "计财处小组更名为财务处小组" in text(shown)
    assert Group.objects.filter(name="财务处小组").count() == 0
    done = chair.post(PAGE, form | {"seen": seen(shown), "do": "1"}, follow=True)
    assert "以前的名册不变" in text(done)
    assert Person.objects.filter(group__name="财务处小组").exists()
    assert "2026年10月前为计财处小组" in text(chair.get("/records/unions/group/?q=计财处"))
    assert "财务处小组" in text(chair.get("/search/?q=计财处小组"))
    assert "计财处小组" in text(chair.get("/members/asof/?on=2026-09-30&purpose=electors"))
    now = text(chair.get("/members/asof/?on=2026-10-01&purpose=electors"))
    assert "财务处小组（2026年10月前为计财处小组；2018年9月前为计划处小组）" in now
    number = re.search(r"reorganisation/(\d+)/undo/", text(done)).group(1)
    batch = text(chair.get(f"/import/batches/{number}/"))  # what it wrote; no import, and the way back is its own page
    assert ("再导入一份" in batch, f'class="back" href="{PAGE}"' in batch) == (False, True)
    assert "撤销这次办理" in text(chair.get(f"{PAGE}{number}/undo/"))
    chair.post(f"{PAGE}{number}/undo/")
    assert not Group.objects.filter(name="财务处小组").exists()
    assert Group.objects.get(pk=old).end is None
    assert chair.get(f"{PAGE}987654/undo/").status_code == 404


def test_two_groups_swap_names_and_lists_and_search_tell_them_apart(chair, world):
    one, other = (world.groups[name] for name in ("办公室小组", "人教处小组"))
    form = {"kind": "swap", "groups": [one, other], "departments": "1", "on": "2026-10-01"}
    alone = text(chair.post(PAGE, form | {"groups": [one]}))
    assert "互换名称要选两个小组" in alone
    shown = chair.post(PAGE, form)
    assert "办公室小组和人教处小组互换名称" in text(shown)
    people = set(Person.objects.filter(group=one, left_on=None).values_list("pk", flat=True))
    done = text(chair.post(PAGE, form | {"seen": seen(shown), "do": "1"}, follow=True))
    assert "办公室小组和人教处小组互换名称：" in done
    named = Person.objects.filter(pk__in=people).values_list("group__name", "department").distinct()
    assert list(named) == [("人教处小组", "人事教育处")]
    listed = text(chair.get("/records/members/person/"))
    for name in ("人教处小组（2026年止）", "人教处小组（2026年起）"):
        assert name in listed
        assert name in text(chair.get("/search/?q=人教处小组"))
    entry = {"q": "人教处小组", "field": "group"}
    texts = {one["value"] for one in chair.get("/records/members/person/pick/", entry).json()["options"]}
    assert texts == {"人教处小组（2026年止）", "人教处小组（2026年起）"}
    asof = text(chair.get("/members/asof/?on=2026-09-30&purpose=electors"))
    assert "人教处小组" in asof
    assert "2026年止" not in asof


def test_a_name_borne_before_is_told_before_it_is_taken_again(chair, world):
    form = {"kind": "rename", "groups": world.groups["办公室小组"], "name-0": "计划处小组", "on": "2026-10-01"}
    shown = text(chair.post(PAGE, form))
    assert "“计划处小组”以前也有一个（2015年12月10日至2018年8月31日）" in shown
    assert "写“计划处小组（2018年止）”" in shown
    refused = chair.post(PAGE, form | {"on": "2018-03-01"})
    assert refused.status_code == 422
    assert "写那以后的日期" in text(refused)


def test_an_old_preview_is_shown_anew_instead_of_done(chair, world):
    form = {"kind": "rename", "groups": world.groups["计财处小组"], "name-0": "财务处小组", "on": "2026-10-01"}
    shown = chair.post(PAGE, form)
    Person.objects.filter(group=world.groups["计财处小组"]).update(version=7)
    again = chair.post(PAGE, form | {"seen": seen(shown), "do": "1"})
    assert again.status_code == 422
    assert "请再核对一遍" in text(again)
    assert chair.post(PAGE, form | {"seen": seen(again), "do": "1"}).status_code == 303


def test_a_dissolved_group_lets_nobody_go_without_a_place(chair, world):
    old, first, second = (world.groups[name] for name in ("计财处小组", "办公室小组", "人教处小组"))
    form = {"kind": "dissolve", "groups": old, "into": [first, second], "on": "2026-10-01"}
    shown = chair.post(PAGE, form)
    page = text(shown)
    names = dict(re.findall(r'name="(dn-\d+)" value="([^"]*)"', page))
    assert names == {"dn-0": "计财处"}
    lost = form | names | {"d-0": "-1", "seen": seen(shown), "do": "1"}
    refused = chair.post(PAGE, lost)
    assert (refused.status_code, "还没有去向" in text(refused)) == (422, True)
    one = Person.objects.filter(group=old, left_on=None).first()
    done = chair.post(PAGE, form | names | {"d-0": "1", f"p-{one.pk}": "0", "seen": seen(shown), "do": "1"})
    assert done.status_code == 303
    assert Person.objects.get(pk=one.pk).group_id == first
    assert not Person.objects.filter(group=old, left_on=None).exists()


def test_a_split_by_person_and_what_is_refused_on_the_first_step(chair, world):
    old = world.groups["办公室小组"]
    form = {
        "kind": "split",
        "groups": old,
        "keep": "1",
        "name-0": "机要处小组",
        "department-0": "机要处",
        "on": "2026-10-01",
    }
    shown = chair.post(PAGE, form)
    one = Person.objects.filter(group=old, left_on=None).first()
    again = chair.post(PAGE, form | {f"p-{one.pk}": "1", "again": "1"})
    assert "机要处小组" in text(again)
    assert chair.post(PAGE, form | {f"p-{one.pk}": "1", "seen": seen(shown), "do": "1"}).status_code == 303
    assert Person.objects.get(pk=one.pk).group.name == "机要处小组"
    merge = {"kind": "merge", "groups": [old], "name-0": "甲小组", "on": "2026-10-01"}
    assert "两个以上" in text(chair.post(PAGE, merge))
    assert "日期" in text(chair.post(PAGE, merge | {"on": "2026-13-01"}))


def test_people_picked_in_the_list_move_with_their_history(chair, world):
    people = list(Person.objects.filter(group=world.groups["计财处小组"], left_on=None)[:2])
    listed = text(chair.get("/records/members/person/"))
    assert '<option value="page=0">调整小组、处室</option>' in listed
    picks = [str(person.uid) for person in people]
    there = chair.post("/records/members/person/bulk/", {"pick": picks, "do": "page=0"}, follow=True)
    assert there.status_code == 200
    assert "一共2人" in text(there)
    assert "还没有选人" in text(chair.get("/members/move/"))
    new = world.groups["办公室小组"]
    refused = chair.post("/members/move/", {"pick": picks, "sure": "1", "group": "", "on": "2026-10-01"})
    assert (refused.status_code, "都没有变" in text(refused)) == (422, True)
    done = chair.post(
        "/members/move/",
        {"pick": picks, "sure": "1", "group": new, "department": "办公室", "on": "2026-10-01"},
        follow=True,
    )
    assert "以前的岗位留在记录里" in text(done)
    assert set(Placement.objects.filter(person__in=people, end=date(2026, 10, 1)).values_list("group", flat=True)) == {
        world.groups["计财处小组"]
    }
    assert set(Person.objects.filter(pk__in=[one.pk for one in people]).values_list("group", flat=True)) == {new}
    assert chair.post("/records/members/person/bulk/", {"pick": picks, "do": "page=9"}).status_code == 303


def test_the_leader_of_a_renamed_group_goes_on_and_reads_its_old_records(world, by, today):
    from zhijia.members.reorganisation import Asked, Target
    from zhijia.members.reorganising import reorganise
    from zhijia.shell import access

    user = user_of(world, "group_leader", today)
    old = next(iter(world.groups.values()))
    asked = Asked("rename", (old,), (Target("综合处小组"),), date(2026, 10, 1))
    reorganise(asked, union=world.union, by=by, today=today)
    new = Group.objects.get(name="综合处小组").pk
    assert access.for_user(user, today).groups == {old, new}
    assert access.for_user(user, date(2026, 9, 30)).groups == {old}


def test_who_is_put_into_an_ended_group_by_an_old_file_is_not_forgotten(chair, world, by, today):
    from zhijia.members.reminders import reminders
    from zhijia.members.reorganisation import Asked, Target
    from zhijia.members.reorganising import reorganise
    from zhijia.shell import access

    old = world.groups["计财处小组"]
    reorganise(
        Asked("rename", (old,), (Target("财务处小组"),), date(2026, 10, 1)), union=world.union, by=by, today=today
    )
    whoever = access.for_command(world.union, today)
    assert not [one for one in reminders(whoever, today) if one.key == "members.left_behind"]
    person = Person.objects.filter(group__name="财务处小组", left_on=None).first()
    Person.objects.filter(pk=person.pk).update(group=old)
    assert [one.text[:2] for one in reminders(whoever, today) if one.key == "members.left_behind"] == ["1人"]
    assert f"/members/{person.uid}/change/?kind=move" in text(chair.get(PAGE))


def test_a_missing_day_and_what_else_is_missing_are_told_at_once(chair):
    answer = chair.post("/members/reorganisation/", {"kind": "rename", "on": "", "groups": "", "name-0": ""})
    assert answer.status_code == 422
    for words in ("还没有写日期", "还没有名称"):
        assert words in text(answer)
