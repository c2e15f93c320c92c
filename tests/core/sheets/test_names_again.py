"""A name that two groups bore, one after the other: which one a cell means, how it is written, never two at once."""

from datetime import date

import pytest
import xlsxwriter

from zhijia.core import naming, withdrawal
from zhijia.core.lookup import Lookup
from zhijia.core.outcomes import REFUSE, Refused
from zhijia.core.sheets import exporting, importing, writing
from zhijia.features import FEATURES
from zhijia.members.models import Person, Placement, Post
from zhijia.plans.models import Meeting
from zhijia.unions import services
from zhijia.unions.models import Group, GroupSuccession
from zhijia.unions.sheets import GROUPS as SHEET

SHEETS = [sheet for feature in FEATURES for sheet in feature.sheets]
UNION = [("工会名称", "工会代码"), ("测试工会", "T1")]
HEAD = ("小组名称", "所在处室", "成立日期", "撤销日期")
GROUPS = [
    HEAD,
    ("第一组", "一处", "2015-01-01", ""),
    ("第二组", "二处", "", "2021-02-28"),
    ("第二组", "新二处", "2025-01-01", ""),
]
PERSON = ("姓名", "性别", "工号", "工会小组", "入会日期")
MEETING = ("类别", "日期", "议题", "工会小组")
PLACE = ("姓名", "工会小组", "截止日期")


@pytest.fixture
def write(tmp_path):
    def make(sheets, name="台账.xlsx"):
        book = xlsxwriter.Workbook(tmp_path / name)
        for title, rows in ({"工会": UNION} | sheets).items():
            sheet = book.add_worksheet(title)
            for index, row in enumerate(rows):
                sheet.write_row(index, 0, row)
        book.close()
        return tmp_path / name

    return make


@pytest.fixture
def run(db, by, today):
    def go(path, union=None):
        return importing.run(path, sheets=SHEETS, union=union, by=by, today=today)

    return go


@pytest.fixture
def union(run, write):
    return run(write({"工会小组": GROUPS})).union


@pytest.fixture
def old(union):
    return Group.objects.get(union=union, name="第二组", first=None)


@pytest.fixture
def new(union):
    return Group.objects.get(union=union, name="第二组", end=None)


def refusals(result):
    return [str(problem) for problem in result.problems if problem.level == REFUSE]


def meetings(*rows):
    return {"会议": [MEETING, *(("小组会", day, f"议题{n}", name) for n, (day, name) in enumerate(rows))]}


def test_a_file_founds_both_and_says_the_same_again(union, run, write):
    assert Group.objects.count() == 3
    again = run(write({"工会小组": GROUPS}), union)
    assert [(one.new, one.changed, one.equal) for one in again.counts if one.sheet == "工会小组"] == [(0, 0, 3)]
    one = run(write({"工会小组": [HEAD, ("第二组", "旧二处", "", "2021-02-28")]}), union)
    assert not refusals(one)
    assert dict(Group.objects.values_list("first", "department"))[None] == "旧二处"
    without_days = run(write({"工会小组": [HEAD[:2], ("第二组", "二处室")]}), union)
    assert not refusals(without_days)
    assert Group.objects.get(name="第二组", end=None).department == "二处室"


def test_a_name_means_who_bears_it_on_the_day_of_the_row_or_else_now(union, old, new, run, write):
    sheets = meetings(("2019-05-01", "第二组"), ("2026-03-01", "第二组"), ("2026-04-01", "第二组（2021年止）"))
    people = [PERSON, ("张伟", "男", "1", "第二组", "2010-07-01")]
    places = [PLACE, ("张伟", "第二组", "2020-06-30")]
    done = run(write(sheets | {"会员": people, "以前岗位": places}), union)
    assert not refusals(done)
    assert list(Meeting.objects.order_by("on").values_list("group", flat=True)) == [old.pk, new.pk, old.pk]
    assert (Person.objects.get().group, Placement.objects.get().group) == (new, old)


def test_a_name_that_nobody_bore_on_the_day_is_asked_for_with_both_spellings(union, run, write):
    told = refusals(run(write(meetings(("2023-05-01", "第二组"), ("2023-05-02", "第一组"))), union))
    assert len(told) == 1
    assert "“第二组”有2个，分不清是哪一个" in told[0]
    assert "第二组（2021年止）、第二组（2025年起）" in told[0]
    assert not Meeting.objects.exists()


def test_what_became_of_a_group_is_told_by_names_alone(union, old, new, run, write):
    rows = [("原小组", "后来的小组", "方式", "日期"), ("第二组", "第一组", "撤销", "2021-03-01"),
            ("第一组", "第二组", "分设", "2025-01-01")]  # fmt: skip
    assert not refusals(run(write({"小组沿革": rows}), union))
    found = GroupSuccession.objects.order_by("on").values_list("before", "after")
    first = Group.objects.get(name="第一组").pk
    assert list(found) == [(old.pk, first), (first, new.pk)]


def test_what_is_exported_names_each_and_comes_back_equal(union, run, write, tmp_path, today):
    people = [PERSON, ("张伟", "男", "1", "第二组", "2010-07-01"), ("李秀", "女", "2", "第一组", "2010-07-01")]
    posts = [
        ("姓名", "职务", "工会小组", "任职日期", "离任日期"),
        ("张伟", "小组长", "第二组", "2016-01-01", "2020-01-01"),
    ]
    # A row may point to a group that was not there on its day: the export keeps even that.
    sheets = meetings(("2019-05-01", "第二组"), ("2023-05-01", "第二组（2025年起）"))
    assert not refusals(run(write(sheets | {"会员": people, "任职": posts}), union))
    pages = {
        sheet.name: [dict(zip((c.field for c in sheet.columns), row, strict=True)) for row in rows]
        for sheet, rows in exporting.pages(SHEETS, union, today)
    }
    assert [row["group"] for row in pages["会员"]] == ["第二组（2025年起）", "第一组"]
    assert [row["group"] for row in pages["任职"]] == ["第二组（2021年止）"]
    assert [row["group"] for row in pages["会议"]] == ["第二组（2021年止）", "第二组（2025年起）"]
    writing.write_workbook(tmp_path / "导出.xlsx", exporting.pages(SHEETS, union, today))
    again = run(tmp_path / "导出.xlsx", union)
    assert not refusals(again)
    assert {(one.new, one.changed) for one in again.counts} == {(0, 0)}
    assert Post.objects.get().group.end == date(2021, 3, 1)


def test_every_overlap_in_a_file_is_told_at_once(union, run, write):
    rows = [
        HEAD,
        ("甲组", "", "2015-01-01", "2020-12-31"),
        ("甲组", "", "2020-12-31", ""),
        ("乙组", "", "2015-01-01", ""),
        ("乙组", "", "2018-01-01", "2019-01-01"),
        ("第二组", "", "2021-03-01", "2021-12-31"),
    ]
    told = refusals(run(write({"工会小组": rows}), union))
    assert len(told) == 2
    assert "第3行" in told[0]
    assert "与第2行的工会小组“甲组”（2015年1月1日至2020年12月31日）同名，日期重叠" in told[0]
    assert "第5行" in told[1]
    assert not Group.objects.filter(name__in=("甲组", "乙组")).exists()


def test_days_are_not_moved_into_those_of_another_group(union, old, new, by, today):
    with pytest.raises(Refused, match=r"已登记的工会小组“第二组”（2025年1月1日起）同名") as refused:
        services.save_groups([{"uid": old.uid, "end": date(2025, 6, 1)}], union=union, by=by, today=today)
    assert refused.value.violations[0].code == "overlap"
    first = Group.objects.get(name="第一组")
    with pytest.raises(Refused, match="同名，日期重叠"):
        services.save_groups([{"uid": first.uid, "name": "第二组"}], union=union, by=by, today=today)
    services.save_groups([{"uid": old.uid, "end": date(2025, 1, 1)}], union=union, by=by, today=today)


def test_a_withdrawn_group_comes_back_only_where_its_name_is_free(union, new, by, today):
    withdrawal.withdraw(new, reason="登错了", by=by, today=today)
    row = {"name": "第二组", "first": date(2026, 1, 1), "end": None}
    other = services.save_groups([row], union=union, by=by, today=today)[0]
    with pytest.raises(Refused, match=r"“第二组”已经是另一个小组的名称（2026年1月1日起）"):
        withdrawal.restore(new, by=by)
    services.save_groups([{"uid": Group.objects.get(pk=other).uid, "name": "第三组"}], union=union, by=by, today=today)
    withdrawal.restore(new, by=by)


@pytest.mark.parametrize("few", [True, False])
def test_forms_and_files_read_a_name_alike(union, old, new, today, few):
    lookup = Lookup(union, today, few=few)

    def found(text, day=None):
        return lookup.find(services.GROUPS, text, day)

    assert found("第二组") == [new.pk]
    assert found("第二组", date(2020, 1, 1)) == [old.pk]
    assert set(found("第二组", date(2023, 1, 1))) == {old.pk, new.pk}
    assert found("第二组(2021年止)") == found("第二组（2021年2月28日止）") == [old.pk]
    assert found("第二组（2025年起）", date(2020, 1, 1)) == [new.pk]
    assert found("新二处") == [new.pk]
    assert found("第二组（2024年止）") == []
    assert lookup.describe(services.GROUPS, old.pk) == "第二组（2021年止）"
    assert set(naming.texts(SHEET, union, [old.pk, new.pk]).values()) == {"第二组（2021年止）", "第二组（2025年起）"}
