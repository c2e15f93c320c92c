"""Pages of possible duplicates: the list, two rows side by side, merging, taking back, finding by the old number."""

from __future__ import annotations

import re

import pytest

from tests.shell.people import client_of, user_of
from zhijia.members import services
from zhijia.members.merging import finding
from zhijia.members.merging import services as merging
from zhijia.members.models import Pair, Person


@pytest.fixture
def world(make_world, monkeypatch, today):
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    return make_world("members")


@pytest.fixture
def chair(world, today):
    return client_of(user_of(world, "chair", today))


@pytest.fixture
def twice(world, today):
    """Somebody who was registered a second time, with a number and a job of another kind."""
    one = Person.objects.filter(union=world.union, left_on=None, retained_on=None).exclude(group=None).order_by("pk")[7]
    row = {
        "name": one.name,
        "sex": one.sex,
        "birth_on": one.birth_on,
        "staff_no": "K900",
        "job": "科员",
        "phone": "19955550111",
    }
    pk = services.save_persons([row], union=world.union, by=world.by, today=today)[0]
    return Person.objects.get(pk=one.pk), Person.objects.get(pk=pk)


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_from_the_list_to_the_merge_and_back(chair, twice):
    one, two = twice
    listed = chair.get("/members/duplicates/")
    assert one.name in text(listed)
    assert "K900" in text(listed)
    url = f"/members/duplicates/{one.uid}/{two.uid}/"
    assert url in listed.content.decode()
    page = chair.get(url)
    assert "尾号0111" in text(page)
    assert "19955550111" not in page.content.decode()
    form = {"version": one.version, "other_version": two.version, "c-job": "other", "c-phone": "kept"}
    assert chair.post(url, form).status_code == 422
    done = chair.post(url, form | {"sure": "1"}, follow=True)
    assert "已合并" in text(done)
    assert Person.objects.get(pk=one.pk).job == "科员"
    pair = Pair.objects.get()
    for row in (one, two):
        page = chair.get(f"/records/members/person/{row.uid}/")
        assert f"/members/duplicates/judged/{pair.uid}/" in page.content.decode()
    assert str(one.uid) in chair.get("/search/?q=K900").content.decode()
    refused = chair.post(f"/records/members/person/{two.uid}/restore/", follow=True)
    assert "已经合并到另一条" in text(refused)
    assert Person.objects.get(pk=two.pk).withdrawn_on is not None
    back = chair.post(f"/members/duplicates/judged/{pair.uid}/", follow=True)
    assert "恢复到合并以前" in text(back)
    assert Person.objects.get(pk=two.pk).withdrawn_on is None


def test_they_are_different_people_is_remembered(chair, twice):
    one, two = twice
    chair.post(f"/members/duplicates/{one.uid}/{two.uid}/dismiss/")
    page = chair.get("/members/duplicates/")
    assert f"/members/duplicates/{one.uid}/{two.uid}/" not in page.content.decode()
    assert "不是同一个人" in text(page)
    chair.post(f"/members/duplicates/judged/{Pair.objects.get().uid}/")
    assert f"/members/duplicates/{one.uid}/{two.uid}/" in chair.get("/members/duplicates/").content.decode()


def test_a_page_costs_few_queries(chair, twice, django_assert_max_num_queries):
    one, two = twice
    for url in ("/members/duplicates/", f"/members/duplicates/{one.uid}/{two.uid}/"):
        chair.get(url)
        with django_assert_max_num_queries(15):
            chair.get(url)


def test_whoever_may_not_keep_the_register_does_not_come_in(world, twice, today):
    one, two = twice
    leader = client_of(user_of(world, "group_leader", today))
    assert leader.get("/members/duplicates/").status_code == 403
    assert leader.post(f"/members/duplicates/{one.uid}/{two.uid}/", {"sure": "1"}).status_code == 403
    assert not Pair.objects.exists()


def test_whoever_keeps_the_register_is_reminded_of_pairs_until_they_are_judged(world, chair, twice, today, by):
    one, other = twice
    assert "有1对登记像是同一个人" in chair.get("/todos/").content.decode()
    leader = client_of(user_of(world, "group_leader", today))
    assert "像是同一个人" not in leader.get("/todos/").content.decode()
    assert finding.waiting(world.union) == (1, other.pk)
    merging.dismiss(one, other, union=world.union, by=by, today=today)
    assert finding.waiting(world.union) == (0, 0)
    assert "像是同一个人" not in chair.get("/todos/").content.decode()
