from datetime import date

import pytest

from zhijia.benefits import services
from zhijia.benefits.models import Entitlement, HealthBatch, HousingCase, Issue
from zhijia.core.outcomes import Refused

ISSUE = {
    "kind": "book_coupon",
    "item": "书票",
    "unit_fen": 10_000,
    "heads": 3,
    "amount_fen": None,
    "issued_on": date(2021, 4, 22),
}


def test_a_blank_total_is_the_value_of_one_times_the_heads(save):
    save(services.save_issues, ISSUE)
    assert Issue.objects.get().amount_fen == 30_000


def test_a_coupon_of_the_past_can_always_be_recorded_but_a_festival_needs_its_name(save):
    save(services.save_issues, ISSUE | {"method": "value_voucher", "issued_on": date(2026, 4, 22)})
    with pytest.raises(Refused) as refused:
        save(services.save_issues, ISSUE | {"kind": "festival", "festival": ""})
    assert [violation.code for violation in refused.value.violations] == ["festival"]


def test_a_case_solved_before_it_was_applied_for_and_without_a_name_is_refused(save):
    row = {
        "person": None,
        "person_name": "",
        "kind": "subsidy",
        "applied_on": date(2022, 5, 1),
        "solved_on": date(2022, 4, 1),
    }
    with pytest.raises(Refused) as refused:
        save(services.save_housing, row)
    assert {violation.code for violation in refused.value.violations} == {"required", "order"}


def test_a_check_needs_its_day_and_more_people_than_were_asked_can_not_come(save):
    with pytest.raises(Refused) as refused:
        save(services.save_health, {"kind": "general", "year": 2024, "held_on": None, "invited": 3, "attended": 4})
    assert {violation.code for violation in refused.value.violations} == {"required", "attended"}
    save(services.save_health, {"kind": "general", "held_on": date(2024, 9, 1), "invited": 4, "attended": 4})
    assert HealthBatch.objects.get().year == 2024


def test_sheets_find_persons_and_notices_and_keep_the_names_of_others(people, read_cells):
    pages = {
        "公示": [
            {"标题": "2023年住房补贴公示", "类别": "住房补贴", "公示日期": "2023-05-08", "截止日期": "2023-05-19"}
        ],
        "福利发放": [
            {
                "类别": "节日",
                "节日": "中秋",
                "品名": "月饼",
                "单价": 200,
                "人数": "256人",
                "发放日期": "2024.9.10",
                "签收": "√",
            },
            {
                "类别": "书券",
                "节日": "",
                "品名": "书票",
                "单价": "100元",
                "人数": 256,
                "发放日期": "2021.4.22",
                "签收": "是",
            },
        ],
        "应享受名单": [
            {"姓名": "张伟", "事项": "补贴", "日期": "2023-02-20"},
            {"姓名": "王 五", "事项": "补贴", "日期": "2023-02-20"},
        ],
        "住房": [
            {
                "姓名": "张伟",
                "类别": "补贴",
                "申请日期": "2023-03-10",
                "公示": "2023年住房补贴公示",
                "发放日期": "2023-06-15",
                "金额": "8.6万",
            },
            {
                "姓名": "王五",
                "类别": "补贴",
                "申请日期": "2023-03-10",
                "公示": "张榜一周",
                "发放日期": "2023-06-15",
                "金额": "5万元",
            },
        ],
        "体检休假": [
            {
                "类别": "体检",
                "体检日期": "2024-09-16",
                "应检人数": 256,
                "实检人数": 240,
                "年度": "",
                "应休天数": "",
                "已休天数": "",
            },
            {
                "类别": "休假",
                "体检日期": "",
                "应检人数": "",
                "实检人数": "",
                "年度": 2024,
                "应休天数": 2560,
                "已休天数": 2400,
            },
        ],
    }
    done = read_cells(pages)
    assert [str(problem) for problem in done.problems] == []
    assert list(Issue.objects.order_by("issued_on").values_list("kind", "amount_fen")) == [
        ("book_coupon", 2_560_000),
        ("festival", 5_120_000),
    ]
    case = HousingCase.objects.get(person__name="张伟")
    assert case.amount_fen == 8_600_000
    assert case.notice.title == case.notice_name == "2023年住房补贴公示"
    assert HousingCase.objects.get(person=None).notice_name == "张榜一周"
    assert set(Entitlement.objects.values_list("person_name", flat=True)) == {"张伟", "王五"}
    again = read_cells(pages)
    assert [(count.new, count.changed) for count in again.counts] == [(0, 0)] * 5
