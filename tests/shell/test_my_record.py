"""One's own record and applications: all of the person's, nothing of anybody else's; and numbers on their page."""

from datetime import date

import pytest

from tests.shell.people import client_of, user_of
from zhijia.benefits import services as benefits
from zhijia.care import services as care
from zhijia.core import traces
from zhijia.funds import services as funds
from zhijia.members import own
from zhijia.members.models import Person
from zhijia.shell import my_record, retention
from zhijia.shell.access import for_user

QUERIES = 15


@pytest.fixture
def world(make_world, monkeypatch, today):
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    return make_world("elections", members=60)


@pytest.fixture
def member(world, today):
    return user_of(world, "member", today)


def receipt(world, person, today, **row):
    entry = {"person": person, "person_name": "", "on": date(2026, 2, 3), "kind": "festival_gift", "festival": "spring",
             "item": "年货", "value_fen": 50_000, **row}  # fmt: skip
    funds.save_receipts([entry], union=world.union, by=world.by, today=today, origin="recorded")


def test_the_record_is_by_year_with_amounts_and_without_links_one_may_not_open(
    world, member, today, django_assert_max_num_queries
):
    access = for_user(member, today)
    receipt(world, access.person, today)
    receipt(world, access.person, today, on=date(2024, 2, 3), item="核桃", value_fen=20_000)
    client = client_of(member)
    with django_assert_max_num_queries(QUERIES):
        page = client.get("/me/record/?year=2026").content.decode()
    assert "节日慰问，春节，年货" in page
    assert "500.00元" in page
    assert "核桃" not in page
    assert "/records/funds/" not in page
    assert "核桃" in client.get("/me/record/?year=2024").content.decode()
    assert client.get("/me/record/?year=1066").status_code == 200


def test_what_went_to_all_members_is_told_apart_and_not_added_up(world, member, today):
    access = for_user(member, today)
    gift = {"kind": "festival", "festival": "端午节", "item": "粽子", "unit_fen": 30_000, "heads": 60,
            "amount_fen": 1_800_000, "issued_on": date(2026, 6, 15)}  # fmt: skip
    before = my_record.year_of(access, 2026)
    benefits.save_issues([gift], union=world.union, by=world.by, today=today, origin="recorded")
    after = my_record.year_of(access, 2026)
    assert before is not None
    assert after is not None
    assert [kind.fen for kind in after.kinds] == [kind.fen for kind in before.kinds]
    assert len(after.shared) == len(before.shared) + 1
    page = client_of(member).get("/me/record/?year=2026").content.decode()
    assert "端午节，粽子" in page
    assert "每人300.00元" in page
    assert "/records/benefits/" not in page, "whom the register is closed to, its page is"


def test_nothing_of_anybody_else_is_ever_in_it(world, today):
    people = [human.pk for human in world.members_on(today)]
    for person in people[:20]:
        found = traces.of_person(my_record.SETS, world.union, person)
        assert {trace.person for trace in found} <= {person}
    latest = traces.latest(my_record.SETS, world.union, people[:20])
    assert any(latest.values())
    for person, rows in latest.items():
        every = traces.of_person(my_record.SETS, world.union, person)
        for trace in rows:
            assert trace.on == max(one.on for one in every if one.of is trace.of)
        assert {trace.of.name for trace in rows} == {trace.of.name for trace in every}


def test_every_set_reads_on_this_database(world):
    for one in my_record.SETS:
        person = one.rows(world.union).values_list("person", flat=True).first()
        assert person, f"the demo has nobody in {one.name}"
        assert any(trace.of is one for trace in traces.of_person((one,), world.union, person))


def test_applications_tell_the_state_the_next_step_and_by_whom(world, member, today, django_assert_max_num_queries):
    access = for_user(member, today)
    case = {"person": access.person, "applied_on": date(2026, 11, 3), "illness": "不给人看的病情"}
    care.save_aid([case], union=world.union, by=world.by, today=today)
    own.ask("会员", "学历应为研究生", kinds=["会员"], by=access, today=today)
    client = client_of(member)
    with django_assert_max_num_queries(QUERIES):
        page = client.get("/me/applications/").content.decode()
    assert "困难补助" in page
    assert "等工会委员会研究" in page
    assert "更正“会员”" in page
    assert "等工会委员会核对、答复" in page
    assert "不给人看的病情" not in page
    waiting, _done = my_record.asked(access)
    other = user_of(world, "women", today)
    theirs = {line.one.uid for lines in my_record.asked(for_user(other, today)) for line in lines}
    assert not theirs & {line.one.uid for line in waiting}


def test_erasure_is_asked_for_like_a_correction(world, member, today):
    client = client_of(member)
    answer = client.post("/me/data/ask/", {"about": "删除我的信息", "wish": "离会以后请删除"})
    assert answer.status_code == 303
    assert "更正“删除我的信息”" not in client.get("/me/applications/").content.decode()
    assert "删除我的信息" in client.get("/me/applications/").content.decode()


def test_the_chair_settles_how_long_records_are_kept_and_the_list_follows(world, today, django_assert_max_num_queries):
    client = client_of(user_of(world, "chair", today))
    with django_assert_max_num_queries(QUERIES):
        page = client.get("/retention/numbers/").content.decode()
    assert "待确认" in page
    url = "/retention/numbers/keep.members.Person/"
    gone = Person.objects.get(pk=world.members_on(date(2021, 6, 1))[-1].pk)
    Person.objects.filter(pk=gone.pk).update(left_on=date(2023, 6, 1), leaving="transferred")
    assert gone.name not in client.get("/retention/").content.decode()
    assert client.post(url, {"number": "x", "source": "会议"}).status_code == 422
    assert client.post(url, {"number": "3", "source": "2026年第8次委员会会议"}).status_code == 303
    assert gone.name in client.get("/retention/").content.decode()
    page = client.get("/retention/numbers/").content.decode()
    assert "已确认" in page
    assert "2026年第8次委员会会议" in page
    assert retention.periods(world.union)["members.Person"].years == 3
    assert client.get("/retention/numbers/keep.funds.Collection/").status_code == 404
    assert client.get("/retention/numbers/nothing/").status_code == 404


def test_numbers_of_one_meeting_are_confirmed_together_and_everything_wrong_is_told_at_once(world, today):
    client = client_of(user_of(world, "chair", today))
    url, keys = "/retention/numbers/", ["keep.members.Person", "members.correction.days"]
    refused = client.post(url, {"key": keys, "source": ""})
    page = refused.content.decode()
    assert (refused.status_code, page.count(" checked>")) == (422, 2)  # who was ticked still is
    assert client.post(url, {"key": keys, "source": "2026年第8次委员会会议"}).status_code == 303
    page = client.get(url).content.decode()
    assert page.count("2026年第8次委员会会议</td>") == 2
    assert f'value="{keys[0]}"' not in page
    wrong = client.post(f"{url}keep.care.AidCase/", {"number": "x", "source": "", "first": "昨天"})
    page = wrong.content.decode()
    assert (wrong.status_code, "最后一天以后保存多少年" in page) == (422, True)
    for words in ("之间的整数", "没有写依据", "看不懂"):
        assert words in page
    assert "确认年限或天数" in client.get("/audit/").content.decode()
