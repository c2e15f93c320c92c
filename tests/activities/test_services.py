"""Rows recorded: what is told from the words, what is refused, and ledgers in and out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.activities.conftest import House
from zhijia.activities.models import Activity, HobbyGroup, Honour
from zhijia.activities.sheets import SHEETS
from zhijia.core.access import Access
from zhijia.core.demo import World
from zhijia.core.outcomes import Refused
from zhijia.core.sheets import exporting, importing
from zhijia.core.sheets.declare import Sheet
from zhijia.core.sheets.writing import write_workbook
from zhijia.features import FEATURES
from zhijia.learning.sheets import SHEETS as LEARNING

UPTO = [sheet for feature in FEATURES if feature.slug in {"unions", "members"} for sheet in feature.sheets]


def known_sheets(*own: Sheet) -> list[Sheet]:
    return [*UPTO, *own]


def test_kind_and_names_are_told_where_they_are_not_written(house: House, day: date) -> None:
    body = house.world.bodies["省体育局"]
    house.save("activities", title="春季登山", on=day, kind="", organiser=body)
    activity = Activity.objects.get(title="春季登山")
    assert (activity.kind, activity.organiser_name) == ("hill_climbing", "省体育局")
    person = house.world.people[0]
    house.save(
        "honours",
        title="单打第三名",
        on=day,
        contest="省级机关乒乓球赛",
        level="province",
        subject="person",
        person=person.pk,
        rank=3,
    )
    honour = Honour.objects.get()
    assert (honour.kind, honour.event, honour.person_name, honour.recipient) == (
        "placing",
        "table_tennis",
        person.name,
        person.name,
    )
    house.save(
        "honours", title="文明单位", on=day, level="street", subject="unit", awarder=None, awarder_name="邻街街道"
    )
    assert Honour.objects.get(title="文明单位").kind == "honour"
    assert Honour.objects.get(title="文明单位").awarder_name == "邻街街道"


def test_impossible_rows_are_refused_with_every_reason(house: House, day: date) -> None:
    with pytest.raises(Refused) as refused:
        house.save("activities", title="比赛", on=day, last_on=date(2024, 5, 1), invited=10, attended=9, winners=12)
    assert {violation.code for violation in refused.value.violations} == {"order", "heads"}
    with pytest.raises(Refused, match="分行填写"):
        house.save("donations", title="捐助", on=day, kind="blood", people=3, amount_fen=500, goods=None, ml=900)
    with pytest.raises(Refused, match="获奖人"):
        house.save("honours", title="先进工作者", on=day, level="department", subject="person")
    with pytest.raises(Refused, match="比赛名称"):
        house.save("honours", title="第三名", on=day, level="department", kind="placing", rank=3)


def test_nobody_joins_a_hobby_group_before_it_is_founded(house: House, day: date) -> None:
    group = house.save("hobby_groups", name="棋牌小组", sort="culture", founded_on=day)
    with pytest.raises(Refused, match="成立日期"):
        house.save("hobby_members", hobby=group, person=house.world.people[0].pk, joined_on=date(2024, 5, 17))
    with pytest.raises(Refused, match="退出日期"):
        house.save("hobby_members", hobby=group, person=house.world.people[0].pk, joined_on=day, left_on=day)


def test_more_people_than_invited_warns_and_is_saved(house: House, day: date) -> None:
    house.save("activities", title="比赛", on=day, invited=10, attended=12, winners=None)
    assert Activity.objects.get().attended == 12


@pytest.mark.parametrize("with_uid", [True, False])
def test_what_the_demo_exports_comes_back_equal_by_number_and_by_natural_key(
    make_world: Callable[..., World], by: Access, today: date, tmp_path: Path, with_uid: bool
) -> None:
    world = make_world("learning", members=60)
    own = [*SHEETS, *LEARNING]
    kept = own if with_uid else [replace(sheet, columns=sheet.columns[1:]) for sheet in own]
    file = tmp_path / "台账.xlsx"
    write_workbook(
        file,
        [(sheet, rows) for sheet, rows in exporting.pages(known_sheets(*kept), world.union, today) if sheet in kept],
    )
    done = importing.run(file, sheets=known_sheets(*own), union=world.union, by=by, today=today)
    assert [str(problem) for problem in done.problems] == []
    assert len(done.counts) == len(own)
    assert all(count.new == count.changed == count.absent == 0 and count.equal for count in done.counts)


def test_a_ledger_of_the_unions_own_comes_in_with_kinds_told_and_again_changes_nothing(
    house: House, today: date, tmp_path: Path
) -> None:
    file = tmp_path / "活动台账.csv"
    file.write_text(
        "序号,活动时间,活动主题,活动地点,参加人数,活动费用,主办方\n"
        "1,2024.3.8,三八节女职工赴黄岩考察,黄岩,62人,4200,\n"
        "2,2024年10月18日,职工运动会,体育场,150,3000元,省体育局\n"
        "合计,,,,212,7200,\n",
        encoding="utf-8",
    )
    for expected in ((2, 0), (0, 2)):
        done = importing.run(file, sheets=known_sheets(*SHEETS), union=house.world.union, by=house.by, today=today)
        assert not done.refused, [str(problem) for problem in done.problems]
        assert [(count.new, count.equal) for count in done.counts] == [expected]
    found = Activity.objects.order_by("on").values_list("kind", "attended", "cost_fen", "organiser_name")
    assert list(found) == [("women_day", 62, 420000, ""), ("sports_meet", 150, 300000, "省体育局")]


def test_places_are_read_as_people_write_them(house: House, today: date, tmp_path: Path) -> None:
    file = tmp_path / "比赛荣誉.csv"
    file.write_text(
        "名称,日期,比赛名称,级别,名次,获奖对象,授予单位,证书编号\n"
        "团体第三名,2024-10-18,省级机关体能测试,省级,第三名,工会,省体育局,体测1号\n"
        "季军,2023-10-18,省级机关乒乓球赛,省,季军,工会,省级机关工委,乒1号\n",
        encoding="utf-8",
    )
    done = importing.run(file, sheets=known_sheets(*SHEETS), union=house.world.union, by=house.by, today=today)
    assert not done.refused, [str(problem) for problem in done.problems]
    assert set(Honour.objects.values_list("event", "rank", "kind")) == {
        ("fitness", 3, "placing"),
        ("table_tennis", 3, "placing"),
    }


def test_a_group_saved_again_under_its_name_is_changed_not_doubled(house: House, day: date) -> None:
    house.save("hobby_groups", name="棋牌小组", sort="culture", founded_on=day)
    house.save("hobby_groups", name="棋牌小组", sort="sport", founded_on=day)
    assert list(HobbyGroup.objects.values_list("sort", "version")) == [("sport", 2)]
