import pytest

from zhijia.funds import charts
from zhijia.funds.naming import Meant, Names, Own


@pytest.fixture
def names():
    return Names([Own("2009", "50105", "职工集体福利支出", "50105"), Own("2021", "10201", "工商银行", "102")])


@pytest.mark.parametrize(
    ("chart", "code", "name", "detail"),
    [
        ("2009", "502", "", "504"),
        ("2009", "50204", "困难职工帮扶费", "50404"),
        ("2009", "50105", "", "50105"),
        ("2009", "331", "", "332"),
        ("2021", "501.02", "", "50102"),
        ("2021", "", "文体活动支出", "50102"),
        ("2021", "", "职工活动支出-文体活动支出", "50102"),
        ("2021", "", "50102 文体活动支出", "50102"),
        ("2021", "50102", "职工活动支出", "50102"),
        ("2021", "5010201", "乒乓球比赛", "50102"),
        ("2021", "", "业务支出-其他", "505"),
        ("2021", "", "工商银行", "102"),
        ("2021", "321", "工会资金结余", "332"),
        ("2021", "214", "应付上级经费", "221"),
    ],
)
def test_a_code_or_a_name_is_enough(names, chart, code, name, detail):
    found = names.read(chart, code, name)
    assert isinstance(found, Meant), found
    assert found.detail == detail


def test_what_can_not_be_told_says_why_and_offers_near_names(names):
    assert "599" in names.read("2021", "599", "")
    assert "没有" in names.read("2021", "", "文体活动开支")
    assert "文体活动支出（50102）" in names.near("2021", "", "文体活动开支")
    assert "名称却是" in names.read("2021", "50102", "会议支出")


def test_every_account_of_the_old_chart_has_a_place_in_the_new_one_on_the_same_side():
    new = charts.CHARTS[charts.NEW]
    for code, account in charts.CHARTS[charts.OLD].items():
        assert account.new in new
        assert code[0] == account.new[0]


def test_codes_from_memory_are_marked():
    chart = charts.CHARTS[charts.NEW]
    assert not chart["221"].confirmed
    assert chart["50102"].confirmed
    assert chart["102"].confirmed
