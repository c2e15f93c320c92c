"""Records of voice: from a ledger, the anonymous stay unknown, secrets are sealed, contradictions are refused."""

from datetime import date

import pytest
import xlsxwriter

from zhijia.core import person_keys
from zhijia.core.fields import HIDDEN
from zhijia.core.models import AuditLine
from zhijia.core.outcomes import Refused
from zhijia.core.sheets import exporting, importing
from zhijia.core.sheets.writing import write_workbook
from zhijia.features import FEATURES
from zhijia.voice import services
from zhijia.voice.models import Channel, Contact, Evaluation, OpenItem, Participation, RightsMatter, Suggestion
from zhijia.voice.sheets import SHEETS

HOUSE = [sheet for feature in FEATURES for sheet in feature.sheets]
LEDGER = {
    "工会": [("工会名称", "工会代码"), ("测试工会", "T1")],
    "届次": [("届次", "开始日期", "届满日期"), ("第五届", "2020-12-10", "2026-12-09")],
    "外部单位": [("名称", "简称", "类别"), ("办公室", "", "行政处室")],
    "会员": [("姓名", "性别", "工号", "入会日期"), ("张伟", "男", "1", "2010-07-01")],
    "合理化建议": [
        ("收到日期", "建议人", "来源", "分类", "建议内容", "承办部门", "办复日期", "采纳情况"),
        ("2024-03-05", "张伟", "座谈", "饭堂", "增加早餐", "办公室", "2024-03-20", "是"),
        ("2024-03-05", "匿名", "意见箱", "办公", "增加早餐", "物业", "", ""),
        ("2024-06-01", "老李", "", "", "修路灯", "", "", "否"),
    ],
    "制度参与": [
        ("类型", "领域", "文件名称", "参与日期", "收到意见", "采纳数"),
        ("征求意见", "装修", "办公楼装修方案", "2022-04-12", 18, 11),
    ],
    "民主渠道": [("名称", "类型", "开通日期"), ("网上职工之家", "网上", "2022-05-01")],
    "联系职工": [("联系日期", "渠道", "主题", "参加人数"), ("2024-03-20", "座谈", "青年座谈", 24)],
    "维权台账": [
        ("权利类别", "方面", "受理日期", "事由", "具体情况", "处理情况"),
        ("经济", "休假", "2024-05-10", "年休假安排", "某处某人未休", "已协调"),
    ],
    "公开事项": [("事项", "公开类别", "日期", "公开方式"), ("考核结果", "政务", "2024-01-25", "内网")],
    "会员评家": [
        ("年度", "日期", "评价主体", "评价项目", "满意", "参评人数"),
        (2024, "2024-12-18", "会员", "文体", 70, 100),
    ],
}


@pytest.fixture
def imported(db, by, today, tmp_path):
    path = tmp_path / "台账.xlsx"
    book = xlsxwriter.Workbook(path)
    for title, rows in LEDGER.items():
        page = book.add_worksheet(title)
        for index, row in enumerate(rows):
            page.write_row(index, 0, row)
    book.close()
    done = importing.run(path, sheets=HOUSE, union=None, by=by, today=today)
    assert not done.refused, done.problems
    return done.union


def test_a_ledger_in_a_unions_own_words_is_read(imported):
    named = Suggestion.objects.get(area="canteen")
    assert (named.person.staff_no, named.person_name, named.office.name, named.adopted) == ("1", "张伟", "办公室", True)
    assert Participation.objects.get().kind == "consultation"
    assert Channel.objects.get().kind == "online"
    assert Contact.objects.get().people == 24
    assert OpenItem.objects.get().kind == "affairs"
    assert (Evaluation.objects.get().rater, Evaluation.objects.get().topic) == ("members", "culture")


def test_an_anonymous_suggestion_keeps_nobody_and_a_strangers_name_stays(imported):
    anonymous = Suggestion.objects.get(area="office")
    assert (anonymous.person, anonymous.person_name, anonymous.office_name) == (None, "", "物业")
    assert Suggestion.objects.get(text="修路灯").person_name == "老李"


def test_what_was_said_in_a_matter_of_rights_is_sealed_and_not_in_the_audit(imported, by, today):
    matter = RightsMatter.objects.get()
    assert (str(matter.detail), matter.detail.reveal()) == (HIDDEN, "某处某人未休")
    assert matter.handling.reveal() == "已协调"
    row = {"matter": "误餐标准", "on": date(2024, 6, 1), "field": "economic", "detail": "某人的秘密"}
    services.save_rights([row], union=imported, by=by, today=today)
    assert not any("某人的秘密" in str(line.told) for line in person_keys.opened(AuditLine.objects.all()))


def test_what_is_exported_is_read_again_as_equal(make_world, by, today, tmp_path):
    world = make_world("voice", members=86, profile="small")
    path = tmp_path / "导出.xlsx"
    own = (page for page in exporting.pages(HOUSE, world.union, today) if page[0] in SHEETS)
    write_workbook(path, own)
    done = importing.run(path, sheets=HOUSE, union=world.union, by=by, today=today)
    assert not done.refused, done.problems
    assert [(count.sheet, count.new, count.changed) for count in done.counts if count.new or count.changed] == []


@pytest.mark.parametrize(
    ("save", "row", "told"),
    [
        (
            services.save_suggestions,
            {"on": date(2024, 3, 1), "text": "甲", "answered_on": date(2024, 2, 1)},
            "早于提出日期",
        ),
        (
            services.save_participations,
            {"document": "甲", "on": date(2024, 3, 1), "kind": "rule", "opinions": 2, "adopted": 3},
            "比意见条数多",
        ),
        (services.save_channels, {"name": "甲", "first": date(2024, 3, 1), "end": date(2024, 2, 1)}, "早于开设日期"),
        (
            services.save_rights,
            {"matter": "甲", "on": date(2024, 3, 1), "field": "women", "settled_on": date(2024, 2, 1)},
            "早于事项日期",
        ),
        (
            services.save_open_items,
            {"matter": "甲", "on": date(2024, 3, 1), "place": "", "end": date(2024, 2, 1)},
            "早于公开日期",
        ),
        (services.save_evaluations, {"year": 2024, "on": date(2024, 12, 1), "rater": "self", "grade": ""}, "没有等次"),
        (
            services.save_evaluations,
            {"year": 2024, "on": date(2024, 12, 1), "rater": "members", "satisfied": 9, "asked": 8},
            "比参评人数多",
        ),
    ],
)
def test_rows_that_contradict_themselves_are_refused(imported, by, *, today, save, row, told):
    with pytest.raises(Refused, match=told):
        save([row], union=imported, by=by, today=today)
