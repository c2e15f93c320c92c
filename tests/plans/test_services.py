"""Records of plans: from a ledger, contradictions refused, exempted years as claims take them."""

from datetime import date

import pytest
import xlsxwriter

from zhijia.core import claims, facts
from zhijia.core.feature_types import Scope, YearlyClaim
from zhijia.core.outcomes import Refused
from zhijia.core.sheets import exporting, importing
from zhijia.core.sheets.writing import write_workbook
from zhijia.features import FEATURES
from zhijia.plans import services
from zhijia.plans.facts import CLAIMS, FACTS
from zhijia.plans.models import Campaign, Exemption, KeyTask, Meeting, NextTask, PlanItem, Summary, Yearly
from zhijia.plans.sheets import SHEETS

HOUSE = [sheet for feature in FEATURES for sheet in feature.sheets]
LEDGER = {
    "工会": [("工会名称", "工会代码"), ("测试工会", "T1")],
    "届次": [("届次", "开始日期", "届满日期"), ("第五届", "2020-12-10", "2026-12-09")],
    "工会小组": [("小组名称",), ("办公室小组",)],
    "重点工作": [
        ("年份", "重点工作", "联动举措", "下达单位"),
        (2024, "城市更新", "志愿服务", "机关党总支"),
        (2024, "消防审验", "", ""),
    ],
    "主题活动": [
        ("活动名称", "类型", "启动日期", "截止日期", "口号"),
        ("效能建设活动", "效能建设", "2021.4.1", "2021.12.31", "提速"),
    ],
    "年度计划": [
        ("年份", "事项", "负责人", "时限", "实际完成日期", "进展"),
        (2024, "健步走", "张三", "2024-10-31", "2024-10-19", "完成"),
        (2024, "书屋更新", "", "2024-06-30", "2024-08-01", "已办结"),
        (2024, "场地改造", "", "2024-09-30", "", ""),
    ],
    "会议记录": [
        ("会议类型", "会议日期", "会议内容", "小组", "应到", "实到"),
        ("工作务虚会", "2024年1月12日", "研究年度计划", "", 18, 17),
        ("小组会", "2024-04-02", "谈心", "办公室小组", 20, 19),
    ],
    "年终总结": [("年度", "日期", "主要成绩", "存在问题", "下一步打算"), (2024, "2024-12-25", "好", "少", "加强")],
    "下届任务": [("序号", "任务", "对应问题", "届次", "提出日期"), (1, "落实场地", "场地不足", "第五届", "2026-10-30")],
    "例外年份": [("事项", "年度", "原因", "文号"), ("运动会", 2022, "防控要求", "江直党〔2022〕3号")],
}


def written(path, sheets):
    book = xlsxwriter.Workbook(path)
    for title, rows in sheets.items():
        page = book.add_worksheet(title)
        for index, row in enumerate(rows):
            page.write_row(index, 0, row)
    book.close()
    return path


@pytest.fixture
def imported(db, by, today, tmp_path):
    done = importing.run(written(tmp_path / "台账.xlsx", LEDGER), sheets=HOUSE, union=None, by=by, today=today)
    assert not done.refused, done.problems
    return done.union


def test_a_ledger_in_a_unions_own_words_is_read(imported):
    states = dict(PlanItem.objects.values_list("item", "state"))
    assert states == {"健步走": "done", "书屋更新": "late", "场地改造": "open"}
    assert PlanItem.objects.get(item="健步走").owner_name == "张三"
    assert KeyTask.objects.get(task="城市更新").body_name == "机关党总支"
    assert (Campaign.objects.get().kind, Campaign.objects.get().end) == ("efficiency", date(2022, 1, 1))
    assert Meeting.objects.get(kind="plan_meeting").present == 17
    assert Meeting.objects.get(kind="group").group.name == "办公室小组"
    assert Summary.objects.get().direction == "加强"
    assert NextTask.objects.get().term.number == 5


def test_what_is_exported_is_read_again_as_equal(make_world, by, today, tmp_path):
    world = make_world("plans", members=86, profile="small")
    path = tmp_path / "导出.xlsx"
    own = (page for page in exporting.pages(HOUSE, world.union, today) if page[0] in SHEETS)
    write_workbook(path, own)
    done = importing.run(path, sheets=HOUSE, union=world.union, by=by, today=today)
    assert not done.refused, done.problems
    assert [(count.sheet, count.new, count.changed) for count in done.counts if count.new or count.changed] == []


def test_exempted_years_are_given_by_claim_and_year_and_printed_as_an_exception(imported, today):
    found = services.exemptions(imported)
    assert found == {"claims.yearly_sports_meet": {2022: claims.Exemption("防控要求", "江直党〔2022〕3号")}}
    Exemption.objects.update(claim=Yearly.PLAN, year=2021)
    scope = Scope(imported, date(2020, 12, 10), date(2022, 4, 1), today)
    values = facts.compute(FACTS, scope, cache=False)
    (plan, *_rest) = claims.judge(CLAIMS, scope, values, exemptions=services.exemptions(imported), cache=False)
    assert plan.state == "refuted"
    assert [entry.year for entry in plan.exempt] == [2021]
    assert all("2022" in missing for missing in plan.missing)


def test_every_yearly_claim_of_the_house_can_be_exempted():
    keys = {spec.key for feature in FEATURES for spec in feature.claims if isinstance(spec, YearlyClaim)}
    assert keys <= set(Yearly.values)


@pytest.mark.parametrize(
    ("save", "row", "told"),
    [
        (
            services.save_items,
            {"year": 2024, "item": "甲", "due": None, "done_on": date(2024, 3, 1), "state": "open"},
            "状态却是未完成",
        ),
        (
            services.save_meetings,
            {"kind": "committee", "on": date(2024, 3, 1), "topic": "甲", "due": 5, "present": 6, "group": None},
            "比应到人数多",
        ),
        (
            services.save_campaigns,
            {"name": "甲", "kind": "style", "first": date(2024, 3, 1), "end": date(2024, 2, 1)},
            "早于开始日期",
        ),
        (services.save_summaries, {"year": 2024, "on": date(2023, 12, 1)}, "早于所总结的年度"),
    ],
)
def test_rows_that_contradict_themselves_are_refused(imported, by, *, today, save, row, told):
    with pytest.raises(Refused, match=told):
        save([row], union=imported, by=by, today=today)
