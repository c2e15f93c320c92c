"""Reorganisations: old names stay readable, nobody is lost, counts stay, one batch takes it all back."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection

from tests.racing import DONE, both
from zhijia.core import audit, batches
from zhijia.core.models import AuditLine
from zhijia.core.outcomes import Refused
from zhijia.core.uid import uuid7
from zhijia.members import asof, placing, reorganisations, services
from zhijia.members.models import Change, Person, Placement, Post
from zhijia.members.placing import To
from zhijia.members.reorganisation import NOWHERE, Asked, Target, planned
from zhijia.members.reorganising import reorganise
from zhijia.members.standing import Seat, move
from zhijia.unions import naming
from zhijia.unions import services as unions
from zhijia.unions.models import Group, GroupSuccession

ON = date(2026, 3, 1)
BEFORE = date(2026, 2, 28)


@pytest.fixture
def union(db, by, today):
    return unions.found({"code": "T", "name": "测试工会"}, by=by, today=today).pk


@pytest.fixture
def groups(union, by, today):
    names = ("计划处小组", "审计处小组", "办公室小组")
    rows = [
        {"name": name, "department": name[:-2], "rank": rank, "first": date(2015, 1, 1)}
        for rank, name in enumerate(names, 1)
    ]
    return dict(zip(names, unions.save_groups(rows, union=union, by=by, today=today), strict=True))


@pytest.fixture
def people(union, groups, by, today):
    """Three people in each group, the first one its leader; one left long ago, one rests."""
    rows = []
    for name, pk in groups.items():
        rows += [
            {"name": f"{surname}{name[0]}", "sex": "female", "staff_no": f"{name[0]}{number}", "group": pk,
             "department": name[:-2], "job": "科员", "admitted_on": date(2016, 1, 1), "retained_on": None,
             "left_on": None, "leaving": ""}
            for number, surname in enumerate("王李赵")
        ]  # fmt: skip
    rows[1] |= {"retained_on": date(2025, 1, 1)}
    rows[2] |= {"left_on": date(2020, 1, 1), "leaving": "transferred"}
    services.save_persons(rows, union=union, by=by, today=today)
    found = {person.name: person for person in Person.objects.in_union(union)}
    posts = [
        {"person": found[f"王{name[0]}"].pk, "office": "group_leader", "group": pk, "first": date(2020, 1, 1)}
        for name, pk in groups.items()
    ]
    services.save_posts(posts, union=union, by=by, today=today)
    return found


@pytest.fixture
def there(union, groups, people):
    return union, groups, people


def names_on(union, day):
    counts = asof.counts(union, day)
    return {one.name: (one.members, one.retained) for one in counts.groups}


def in_being(union, day):
    """How many groups there are on a day, as the facts count them."""
    rows = Group.objects.in_union(union).filter(first__lte=day)
    return rows.filter(end=None).count() + rows.filter(end__gt=day).count()


def rename(groups, **more):
    return Asked("rename", (groups["计划处小组"],), (Target("计财处小组", "计财处"),), ON, "江编办〔2026〕3号", **more)


def test_a_renamed_group_keeps_its_old_name_for_the_days_before(union, groups, people, by, today):
    before = names_on(union, BEFORE)
    batch, plan = reorganise(rename(groups, departments=True), union=union, by=by, today=today)
    assert plan.title == "计划处小组更名为计财处小组"
    assert names_on(union, BEFORE) == before
    after = names_on(union, ON)
    assert after["计财处小组"] == before["计划处小组"]
    assert "计划处小组" not in after
    assert in_being(union, BEFORE) == in_being(union, ON) == 3
    old, new = Group.objects.get(name="计划处小组"), Group.objects.get(name="计财处小组")
    assert (old.end, new.first, new.formerly, new.rank) == (ON, ON, "2026年3月前为计划处小组", old.rank)
    succession = GroupSuccession.objects.get()
    assert (succession.before, succession.after, succession.paper) == (old, new, "江编办〔2026〕3号")
    wang, gone = Person.objects.get(name="王计"), Person.objects.get(name="赵计")
    assert (wang.group, wang.department) == (new, "计财处")
    assert gone.group == old  # who had left is not of the new group
    placement = Placement.objects.get(person=wang)
    assert (placement.group, placement.department, placement.first, placement.end) == (
        old, "计划处", date(2016, 1, 1), ON,
    )  # fmt: skip
    assert Change.objects.get(person=wang).reason == "机构改革：计划处小组更名为计财处小组"
    posts = list(Post.objects.filter(person=wang).order_by("first").values_list("group__name", "first", "end"))
    assert posts == [("计划处小组", date(2020, 1, 1), ON), ("计财处小组", ON, None)]
    line = AuditLine.objects.get(verb="members.groups.reorganised")
    assert (line.batch_id, line.changes["paper"]) == (batch.pk, "江编办〔2026〕3号")
    assert line.changes["members.Person"] == [0, 2]


def test_whoever_leads_a_group_reads_what_it_took_over(union, groups, people, by, today):
    reorganise(rename(groups), union=union, by=by, today=today)
    new = Group.objects.get(name="计财处小组").pk
    assert unions.taken_over(union, [new]) == {new, groups["计划处小组"]}
    assert unions.taken_over(union, []) == frozenset()


def test_merged_groups_go_on_as_one_with_the_leader_of_the_first(union, groups, people, by, today):
    asked = Asked("merge", (groups["计划处小组"], groups["审计处小组"]), (Target("计审处小组"),), ON)
    reorganise(asked, union=union, by=by, today=today)
    assert names_on(union, ON) == {"计审处小组": (4, 1), "办公室小组": (3, 0)}
    assert in_being(union, ON) == 2
    assert Group.objects.get(name="计审处小组").formerly == "2026年3月由计划处小组、审计处小组合并"
    leaders = Post.objects.filter(end=None, office="group_leader").values_list("person__name", "group__name")
    assert set(leaders) == {("王计", "计审处小组"), ("王办", "办公室小组")}


def test_a_group_takes_another_one_in_and_keeps_its_leader(union, groups, people, by, today):
    office = groups["办公室小组"]
    asked = Asked("merge", (groups["审计处小组"], office), (Target(group=office),), ON)
    reorganise(asked, union=union, by=by, today=today)
    assert names_on(union, ON)["办公室小组"] == (6, 0)
    stayed = Group.objects.get(pk=office)
    assert (stayed.end, stayed.formerly) == (None, "2026年3月并入审计处小组")
    assert not Placement.objects.filter(person__name="王办").exists()
    assert list(Post.objects.filter(end=None, group=office).values_list("person__name", flat=True)) == ["王办"]


def test_a_split_sends_everybody_somewhere(union, groups, people, by, today):
    old = groups["办公室小组"]
    targets = (Target(group=old), Target("机要处小组", "机要处"))
    asked = Asked("split", (old,), targets, ON, by_person={people["李办"].pk: 1})
    plan = planned(asked, union=union, today=today)
    assert (plan.counts, plan.problems) == ([2, 1], [])
    reorganise(asked, seen=plan.seen, union=union, by=by, today=today)
    assert names_on(union, ON)["机要处小组"] == (1, 0)
    assert GroupSuccession.objects.get().after.name == "机要处小组"
    assert Group.objects.get(pk=old).formerly == "2026年3月分出小组"


def test_nobody_of_a_dissolved_group_is_lost(union, groups, people, by, today):
    office = groups["办公室小组"]
    others = (Target(group=groups["计划处小组"]), Target(group=groups["审计处小组"]))
    lost = Asked("dissolve", (office,), others, ON, by_department={"办公室": NOWHERE})
    with pytest.raises(Refused, match=r"王办.*还没有去向"):
        reorganise(lost, union=union, by=by, today=today)
    with pytest.raises(Refused, match="还没有去向"):
        reorganise(Asked("dissolve", (office,), (), ON), union=union, by=by, today=today)
    asked = Asked("dissolve", (office,), others, ON, by_department={"办公室": 1})
    reorganise(asked, union=union, by=by, today=today)
    assert names_on(union, ON)["审计处小组"] == (6, 0)
    assert list(GroupSuccession.objects.values_list("after__name", flat=True)) == ["审计处小组"]
    assert Post.objects.get(person=people["王办"]).end == ON


def test_a_name_of_former_days_may_be_used_again_and_each_day_shows_who_bore_it(union, groups, people, by, today):
    first = Asked("rename", (groups["计划处小组"],), (Target("规划处小组"),), ON)
    reorganise(first, union=union, by=by, today=today)
    now = Group.objects.get(name="规划处小组").pk
    back = Asked("rename", (now,), (Target("计划处小组"),), date(2026, 5, 1))
    reorganise(back, union=union, by=by, today=today)
    days = (BEFORE, date(2026, 4, 30), date(2026, 5, 1))
    mine = {"计划处小组", "规划处小组"}
    assert [set(names_on(union, day)) & mine for day in days] == [{"计划处小组"}, {"规划处小组"}, {"计划处小组"}]
    assert unions.names(union) == {
        groups["计划处小组"]: "计划处小组（2026年止）", now: "规划处小组", groups["审计处小组"]: "审计处小组",
        groups["办公室小组"]: "办公室小组", Group.objects.get(name="计划处小组", end=None).pk: "计划处小组（2026年起）",
    }  # fmt: skip


def test_two_names_are_swapped_in_one_paper_and_taken_back(union, groups, people, by, today):
    plan, audit_ = groups["计划处小组"], groups["审计处小组"]
    before = names_on(union, ON)
    batch, done = reorganise(
        Asked("swap", (plan, audit_), (), ON, "江编办〔2026〕3号"), union=union, by=by, today=today
    )
    assert done.title == "计划处小组和审计处小组互换名称"
    assert names_on(union, BEFORE) == before
    after = names_on(union, ON)
    assert (after["计划处小组"], after["审计处小组"]) == (before["审计处小组"], before["计划处小组"])
    li = Person.objects.get(name="李计")
    assert (li.group.name, li.group.formerly) == ("审计处小组", "2026年3月前为计划处小组")
    assert li.group.rank == Group.objects.get(pk=audit_).rank
    leaders = Post.objects.filter(end=None, office="group_leader").values_list("person__name", "group__name")
    assert set(leaders) == {("王计", "审计处小组"), ("王审", "计划处小组"), ("王办", "办公室小组")}
    kept = GroupSuccession.objects.order_by("pk").values_list("before__name", "after__name", "kind")
    assert list(kept) == [("计划处小组", "审计处小组", "rename"), ("审计处小组", "计划处小组", "rename")]
    assert [one.title for one in reorganisations.done(union)] == ["计划处小组和审计处小组互换名称"]
    assert unions.taken_over(union, [li.group_id]) == {li.group_id, plan}
    batches.undo(batch.pk, union=union, by=by)
    assert names_on(union, ON) == before
    assert not Group.objects.exclude(end=None).exists()


def test_a_name_is_free_only_from_the_day_on_which_it_is_given_up(union, groups, people, by, today):
    reorganise(rename(groups), union=union, by=by, today=today)
    office = groups["办公室小组"]
    early = Asked("rename", (office,), (Target("计划处小组"),), date(2026, 2, 1))
    with pytest.raises(Refused, match="“计划处小组”2015年1月1日至2026年2月28日是另一个小组") as refused:
        reorganise(early, union=union, by=by, today=today)
    assert "写那以后的日期" in refused.value.violations[0].mend
    reorganise(replace(early, on=ON), union=union, by=by, today=today)


def test_an_end_is_not_taken_back_while_another_group_bears_the_name(union, groups, people, by, today):
    batch, _plan = reorganise(rename(groups), union=union, by=by, today=today)
    row = {"name": "计划处小组", "first": date(2026, 6, 1), "end": None}
    unions.save_groups([row], union=union, by=by, today=today)
    with pytest.raises(Refused, match="会有两个小组同时叫“计划处小组”"):
        batches.undo(batch.pk, union=union, by=by)
    assert Group.objects.get(pk=groups["计划处小组"]).end == ON


def test_it_can_be_taken_back_as_a_whole_unless_something_changed_since(union, groups, people, by, today):
    asked = Asked("merge", (groups["计划处小组"], groups["审计处小组"]), (Target("计审处小组"),), ON)
    tables = (Group, Person, Post, Placement, Change, GroupSuccession)

    def picture():
        return [
            list(model.objects.order_by("pk").values().values_list("pk", "version", *_told(model))) for model in tables
        ]

    before = picture()
    batch, _plan = reorganise(asked, union=union, by=by, today=today)
    batches.undo(batch.pk, union=union, by=by)
    assert picture() == before
    batch, _plan = reorganise(asked, union=union, by=by, today=today)
    person = Person.objects.get(name="李审")
    move(person, on=date(2026, 6, 1), to=Seat(groups["办公室小组"], "办公室", ""), by=by, today=today)
    with pytest.raises(Refused, match="之后又被修改过"):
        batches.undo(batch.pk, union=union, by=by)
    assert Person.objects.get(name="李计").group.name == "计审处小组"


def _told(model):
    return [
        name
        for name in ("end", "group_id", "department", "formerly")
        if name in {f.attname for f in model._meta.fields}
    ]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (lambda g: Asked("rename", (g["计划处小组"],), (Target("办公室小组"),), ON), "已有叫“办公室小组”"),
        (lambda g: Asked("rename", (g["计划处小组"],), (Target("计划处小组"),), ON), "名称没有变"),
        (lambda g: Asked("merge", (g["计划处小组"], g["审计处小组"]), (Target("审计处小组"),), ON), "要并入它"),
        (lambda g: Asked("split", (g["计划处小组"],), (Target("计划处小组"), Target("甲")), ON), "原小组保留"),
        (lambda g: Asked("swap", (g["计划处小组"],), (), ON), "互换名称要选两个小组"),
        (lambda g: Asked("rename", (g["计划处小组"],), (Target(" "),), ON), "还没有名称"),
        (lambda g: Asked("rename", (g["计划处小组"],), (Target("甲"),), date(2027, 1, 1)), "日期还没有到"),
        (lambda g: Asked("rename", (g["计划处小组"],), (Target("甲"),), date(2015, 1, 1)), "才成立"),
        (lambda g: Asked("rename", (g["计划处小组"],), (Target("甲"),), date(2019, 1, 1)), "才当组长"),
        (lambda g: Asked("merge", (g["计划处小组"],), (Target("甲"),), ON), "两个以上"),
        (lambda g: Asked("split", (g["计划处小组"],), (Target("甲"),), ON), "两个以上"),
        (lambda g: Asked("split", (g["计划处小组"],), (Target("甲"), Target("甲")), ON), "已有"),
        (lambda g: Asked("dissolve", (g["计划处小组"],), (Target(group=g["计划处小组"]),), ON), "不能分到要撤销的小组"),
        (lambda _groups: Asked("rename", (987_654,), (Target("甲"),), ON), "还没有选小组"),
    ],
)
def test_what_can_not_be_is_refused_with_the_way_out(there, by, today, asked, said):
    union, groups, _people = there
    with pytest.raises(Refused, match=said):
        reorganise(asked(groups), union=union, by=by, today=today)
    assert not GroupSuccession.objects.exists()
    assert not AuditLine.objects.filter(verb="members.groups.reorganised").exists()


def test_an_ended_group_is_not_reorganised_again_and_an_old_preview_does_not_count(union, groups, people, by, today):
    plan = planned(rename(groups), union=union, today=today)
    person = people["王计"]
    move(person, on=date(2026, 2, 1), to=Seat(groups["计划处小组"], "计划处", "处长"), by=by, today=today)
    with pytest.raises(Refused, match="看过预览以后"):
        reorganise(rename(groups), seen=plan.seen, union=union, by=by, today=today)
    reorganise(rename(groups), union=union, by=by, today=today)
    with pytest.raises(Refused, match="已经撤销"):
        reorganise(rename(groups), union=union, by=by, today=today)


def test_who_came_after_the_day_bears_the_new_name_without_a_past(union, groups, people, by, today):
    row = {"name": "钱新", "sex": "male", "staff_no": "N1", "group": groups["计划处小组"], "hired_on": date(2026, 5, 1),
           "admitted_on": date(2026, 6, 1)}  # fmt: skip
    services.save_persons([row], union=union, by=by, today=today)
    reorganise(rename(groups), union=union, by=by, today=today)
    person = Person.objects.get(name="钱新")
    assert person.group.name == "计财处小组"
    assert not Placement.objects.filter(person=person).exists()


def test_the_past_after_the_day_is_not_written_over(union, groups, people, by, today):
    move(people["李审"], on=date(2026, 6, 1), to=Seat(groups["办公室小组"], "办公室", ""), by=by, today=today)
    asked = Asked("rename", (groups["审计处小组"],), (Target("审查处小组"),), ON)
    with pytest.raises(Refused, match="1人在2026-03-01以后从这些小组换到别处"):
        reorganise(asked, union=union, by=by, today=today)


def test_many_people_move_with_their_history_and_back(there, by, today, django_assert_max_num_queries):
    union, groups, people = there
    uids = [people[name].uid for name in ("王计", "李计")]
    with django_assert_max_num_queries(30):
        count, batch = placing.move_many(
            uids, union=union, to=To(groups["办公室小组"], "办公室"), on=ON, reason="抽调", by=by, today=today
        )
    assert count == 2
    assert names_on(union, BEFORE)["计划处小组"] == (1, 1)
    assert names_on(union, ON)["办公室小组"] == (4, 1)
    batches.undo(batch.pk, union=union, by=by)
    assert names_on(union, ON)["计划处小组"] == (1, 1)
    only_department = {"to": To(None, "财务处"), "keep_group": True, "on": ON, "by": by, "today": today}
    placing.move_many(uids, union=union, **only_department)
    assert set(Person.objects.filter(uid__in=uids).values_list("group__name", "department")) == {
        ("计划处小组", "财务处")
    }


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"on": date(2016, 1, 1)}, "以后才到现在的岗位"),
        ({"on": date(2027, 1, 1)}, "日期还没有到"),
        ({"to": To(987_654)}, "那一天没有这个小组"),
        ({"to": To(None, None), "keep_group": True}, "都没有变"),
    ],
)
def test_a_move_of_many_that_can_not_be_moves_nobody(there, by, today, change, said):
    union, groups, people = there
    words = {"to": To(groups["办公室小组"]), "on": ON} | change
    with pytest.raises(Refused, match=said):
        placing.move_many([people["王计"].uid], union=union, by=by, today=today, **words)
    assert not Placement.objects.exists()


def test_the_number_of_queries_does_not_grow_with_the_people(union, groups, people, by, today):
    from django.test.utils import CaptureQueriesContext

    def cost(group, name):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            reorganise(Asked("rename", (groups[group],), (Target(name),), ON), union=union, by=by, today=today)
        return len(queries)

    few = cost("审计处小组", "甲小组")
    rows = [
        {"name": f"众人{n}", "sex": "male", "staff_no": f"Z{n}", "group": groups["办公室小组"],
         "admitted_on": date(2016, 1, 1)}
        for n in range(120)
    ]  # fmt: skip
    services.save_persons(rows, union=union, by=by, today=today)
    assert cost("办公室小组", "乙小组") == few


def test_the_demo_tells_of_reorganisations_before_its_term(make_world):
    world = make_world("members", members=60)
    assert [one.title for one in reorganisations.done(world.union)] == [
        "计划处小组更名为计财处小组", "办公室小组分设为监察室小组", "撤销监察室小组，人员分到办公室小组",
    ]  # fmt: skip
    days = (date(2016, 6, 30), date(2016, 7, 1), date(2017, 7, 1))
    assert ["监察室小组" in names_on(world.union, day) for day in days] == [True, False, True]
    assert {"监察室小组（2016年止）", "监察室小组（2017年起）"} <= set(unions.names(world.union).values())
    assert "计划处小组" in names_on(world.union, date(2018, 8, 31))
    assert "计划处小组" not in names_on(world.union, date(2018, 9, 1))
    assert in_being(world.union, date(2018, 8, 31)) == in_being(world.union, date(2018, 9, 1)) == len(world.groups)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_reorganisations_of_one_group_at_once_one_is_done(there, by, today):
    union, groups, _people = there
    asked = [Asked("rename", (groups["计划处小组"],), (Target(name),), ON) for name in ("甲小组", "乙小组")]
    told = both(*(lambda one=one: reorganise(one, union=union, by=by, today=today) for one in asked))
    assert [one for one in told if one == DONE] == [DONE]
    assert any("groups" in one for one in told)
    assert GroupSuccession.objects.count() == 1
    assert in_being(union, ON) == 3
    assert audit.verify(union) == []


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_groups_that_take_one_name_at_once_one_does(there, by, today):
    union, groups, _people = there
    reorganise(rename(groups), union=union, by=by, today=today)
    name, on = "计划处小组", date(2026, 5, 1)
    takes = Asked("rename", (groups["审计处小组"],), (Target(name),), on)
    founded = {"name": name, "first": on, "end": None}
    told = both(
        lambda: reorganise(takes, union=union, by=by, today=today),
        lambda: unions.save_groups([founded | {"uid": uuid7()}], union=union, by=by, today=today),
        lambda: unions.save_groups([founded | {"uid": uuid7()}], union=union, by=by, today=today),
    )
    assert told.count(DONE) == 1
    assert Group.objects.in_union(union).filter(name=name).count() == 2
    assert naming.clash(union) is None
    assert audit.verify(union) == []


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_person_who_moves_in_the_same_moment_is_in_one_place(there, by, today):
    union, groups, people = there
    office = groups["办公室小组"]
    told = both(
        lambda: reorganise(rename(groups), union=union, by=by, today=today),
        lambda: move(people["王计"], on=ON, to=Seat(office, "办公室", ""), by=by, today=today),
    )
    person = Person.objects.get(name="王计")
    assert DONE in told
    assert person.group.name in {"计财处小组", "办公室小组"}
    assert person.group.end is None
    assert sum(sum(pair) for pair in names_on(union, BEFORE).values()) == sum(
        sum(pair) for pair in names_on(union, ON).values()
    )
