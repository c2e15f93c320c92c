"""The package: its documents, its figures, what it withholds, and that equal records give equal bytes."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.reports.conftest import FEATURES
from zhijia.core import evidence, facts
from zhijia.core.access import Access
from zhijia.core.cube import Rate
from zhijia.core.demo import SMALL, World
from zhijia.core.feature_types import Scope
from zhijia.documents.docx.reading import count_characters, marked_text, plain_text
from zhijia.reports import package
from zhijia.reports.material import specs_of
from zhijia.reports.package import PackageResult
from zhijia.reports.prose import PERSONS
from zhijia.reports.telling import FORBIDDEN, REFUTED

REPORT = "01-报告/01-工作报告.docx"
EXPECTED = {
    "01-报告/01-工作报告.docx", "01-报告/01-工作报告（讲稿）.docx", "01-报告/02-经费收支情况报告.docx",
    "01-报告/03-经费审查工作报告.docx",
    *(f"02-年度总结/{year}年工作总结.docx" for year in range(2021, 2027)),
    "03-登记册/计划及完成情况表.docx", "03-登记册/走访慰问登记册.docx", "03-登记册/荣誉册.docx",
    "03-登记册/大事记.docx",
    "04-选举/会员名册（选举人）.docx", "04-选举/代表名册.docx", "04-选举/代表资格审查报告.docx",
    "05-统计/任期工作统计表.docx",
}  # fmt: skip


def report_text(folder: Path) -> str:
    return "\n".join(plain_text((folder / REPORT).read_bytes()))


def number(value: object) -> int:
    assert isinstance(value, int)
    return value


def told(folder: Path) -> dict[str, list[dict[str, Any]]]:
    listed = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
    assert listed["version"] == 1
    return {document["file"]: document["figures"] for document in listed["documents"]}


@pytest.mark.django_db
def test_the_demo_package_is_whole_traced_and_restrained(
    built: PackageResult, demo_world: World, scope_of: Callable[..., Scope]
) -> None:
    folder = built.folder
    files = {document.file for document in built.documents}
    assert files >= EXPECTED
    with zipfile.ZipFile(built.zip_path) as archive:
        assert set(archive.namelist()) == files | {"目录.docx", "figures.json"}
    _every_figure_is_a_fact(folder, scope_of(demo_world))
    text = report_text(folder)
    assert 5_000 <= count_characters([text]) <= 8_000
    quantities = [one for one in told(folder)[REPORT] if re.search(r"\d", one["text"]) and one["key"] != "terms.years"]
    assert 35 <= len(quantities) <= 75
    for phrase in (
        "第五届委员会",
        "60多名",
        "8位因病、4位因其他原因",
        "8个文体小组",
        "团体第三名",
        "所有符合条件",
        "“五必访”",
        "临海",
        "余姚",
    ):
        assert phrase in text, phrase
    for silent in ("书票", "洗衣券", "三清山", "离退休"):
        assert silent not in text, silent
    withheld = {one.key: one for one in built.withheld}
    assert withheld["learning.book_coupons"].kind == FORBIDDEN
    assert withheld["service.coupons"].kind == FORBIDDEN
    assert withheld["culture.sports_meet"].kind == REFUTED
    review = "\n".join(plain_text((folder / "01-报告/03-经费审查工作报告.docx").read_bytes()))
    assert "问题整改清单" in review
    for practice in ("书票", "洗衣券", "隔夜", "离退休人员"):
        assert practice in review, practice
    index = "\n".join(plain_text((folder / "目录.docx").read_bytes()))
    for words in ("待确认", "没有写进报告的话", "规则检查", REPORT):
        assert words in index, words
    assert built.unconfirmed
    _no_name_of_a_patient_is_told(demo_world, folder)
    _the_money_of_the_reports_adds_up(folder)
    _the_running_year_is_not_told_as_over(folder)
    _lists_stand_in_the_order_of_the_groups(folder)
    _every_year_says_what_its_own_records_lack(folder)
    _two_papers_never_say_two_things_of_one(folder, scope_of(demo_world))
    _the_index_offers_what_the_report_leaves_out(folder)


def _paper(folder: Path, file: str) -> str:
    return "\n".join(plain_text((folder / file).read_bytes()))


def _the_money_of_the_reports_adds_up(folder: Path) -> None:
    """The term's opening balance, not the end of its first year; no part said to be larger than its whole."""
    finance = _paper(folder, "01-报告/02-经费收支情况报告.docx")
    shown = {one["key"]: one for one in reversed(told(folder)["01-报告/02-经费收支情况报告.docx"]) if not one["by"]}
    opening, income, expense, surplus, money, owed = (
        number(shown[f"funds.{name}"]["value"])
        for name in ("opening_surplus", "income", "expense", "surplus", "balance", "payable")
    )
    assert opening + income - expense == surplus == money - owed
    assert f"期初滚存结余{shown['funds.opening_surplus']['text']}" in finance
    assert f"经费滚存结余{shown['funds.opening_surplus']['text']}；截至目前" in report_text(folder)
    assert "其中货币资金" not in finance
    assert "不足0.1%" in finance
    assert finance.index("以上报告，请予审议") < finance.index("分年度收入明细表")


def _the_running_year_is_not_told_as_over(folder: Path) -> None:
    running, over = (_paper(folder, f"02-年度总结/{year}年工作总结.docx") for year in (2026, 2025))
    assert "今年以来" in running
    assert "目前有会员" in running
    assert not re.search("全年|年末", running)
    assert "全年" in over
    assert "年末有会员" in over


def _every_year_says_what_its_own_records_lack(folder: Path) -> None:
    """Problems and directions come from the year: no two years say the same, none says what its records do not."""
    papers = {year: _paper(folder, f"02-年度总结/{year}年工作总结.docx") for year in range(2021, 2027)}
    ahead = {year: text.partition("努力方向")[2].rpartition("江州省")[0] for year, text in papers.items()}
    assert all(ahead.values())
    assert len(set(ahead.values())) == len(ahead)
    assert "“每年组织一次运动会或健步走活动”，2022年没有做到" in papers[2022]
    assert "坚持“每年组织一次运动会或健步走活动”" in ahead[2022]
    assert "没有完成的事项（组织健步走活动）继续抓好" in ahead[2022]
    assert "会员对“文体活动”一项的满意率为73" in papers[2025]
    assert "下一次评价时向会员报告" in ahead[2025]
    assert "有的项目支出超过了预算" in papers[2023]
    assert "没有整改的经审意见" in ahead[2026]
    for year, text in papers.items():
        assert ("没有全部整改" in text) == (year == 2026)
        assert ("没有做到" in text) == (year == 2022)
        assert (f"{year + 1}年重点做好" in text) == (year != 2026), year
        assert "逐项整改" not in text


def _two_papers_never_say_two_things_of_one(folder: Path, scope: Scope) -> None:
    """Report, reviewers' report, summaries and table: the same words and numbers for the same thing."""
    values = facts.compute(list(specs_of(FEATURES).values()), scope)
    report = report_text(folder)
    assert f"本届之初，全会有会员{values['members.opening'].value}人、" in report
    asked = number(values["voice.asked"].at("year", 2025))
    summary, table = _paper(folder, "02-年度总结/2025年工作总结.docx"), _paper(folder, "05-统计/任期工作统计表.docx")
    assert f"{asked}人次参加，总体满意率为" in summary
    assert str(asked) in table.partition("参加会员总体评价")[2].partition("会员总体评价满意")[0].split("\n")
    assert table.count("工会工作评价") + table.count("年度评价等次") == 1
    for file in (REPORT, "02-年度总结/2025年工作总结.docx", "03-登记册/走访慰问登记册.docx"):
        assert not re.search("到访率|必访率", _paper(folder, file)), file
    review = _paper(folder, "01-报告/03-经费审查工作报告.docx")
    assert "当时即不符合规定" in review
    assert "当时较为普遍" not in report
    assert "改由规定的渠道负担" in review
    assert "逐项完成整改" in review
    chronicle = _paper(folder, "03-登记册/大事记.docx")
    assert chronicle.index("召开第五次会员代表大会") < chronicle.index("举行第五届工会委员会选举")
    for paper in (review, _paper(folder, "01-报告/02-经费收支情况报告.docx"), table):
        assert "2026年截至2026年11月20日" in paper


def _the_index_offers_what_the_report_leaves_out(folder: Path) -> None:
    index = _paper(folder, "目录.docx").split("\n")
    offered = [index[place - 1] for place, cell in enumerate(index) if cell == "备选"]
    assert any(words.startswith("必须坚持建强队伍，激发小组活力。工会小组离职工最近") for words in offered)
    text = report_text(folder)
    for place, cell in enumerate(index):
        if cell == "已用":
            assert index[place - 1] in text
    assert not [cell for cell in index if re.fullmatch("R-[A-Z]+(-[0-9]+)?", cell)]
    assert "外出活动当日往返" in index
    register = _paper(folder, "03-登记册/计划及完成情况表.docx").split("\n")
    assert (register.count("逾期未完成"), register.count("未到期"), register.count("未完成")) == (2, 1, 0)


def _lists_stand_in_the_order_of_the_groups(folder: Path) -> None:
    """The union's own order of its groups, and inside one the names as a dictionary has them."""
    order = [cell for cell in _paper(folder, "04-选举/代表名册.docx").split("\n") if cell.endswith("小组")]
    groups = list(dict.fromkeys(order))
    assert groups[1:5] == ["办公室小组", "人教处小组", "计财处小组", "法规处小组"]
    for file in ("04-选举/代表资格审查报告.docx", "04-选举/会员名册（选举人）.docx"):
        found = [cell for cell in _paper(folder, file).split("\n") if cell in groups]
        assert list(dict.fromkeys(found)) == groups, file
    honours = _paper(folder, "03-登记册/荣誉册.docx").split("\n")
    assert all(honours[place + 1].strip() for place, cell in enumerate(honours) if cell == "文明单位")
    electors = _paper(folder, "04-选举/会员名册（选举人）.docx")
    assert electors.index("蔡晓梅") < electors.index("侯长江") < electors.index("刘少华") < electors.index("丁斌")


def _every_figure_is_a_fact(folder: Path, scope: Scope) -> None:
    """R-REP: every marked figure is in figures.json, says what its bookmark says, and equals the fact."""
    specs = specs_of(FEATURES)
    values = facts.compute(list(specs.values()), scope, cache=False)
    for file, figures in told(folder).items():
        marks = marked_text((folder / file).read_bytes())
        assert len(marks) == len(figures), file
        for figure in figures:
            assert marks[figure["mark"]] == figure["text"], (file, figure)
            fact = values[figure["key"]]
            if figure["by"] or isinstance(figure["value"], dict):
                continue
            assert figure["value"] == fact.value, (file, figure)
            assert figure["evidence_count"] == fact.evidence_count, (file, figure)
            assert not (fact.unit == "人次" and figure["text"][-1] in PERSONS), figure
    for figure in told(folder)[REPORT]:
        spec, by = specs[figure["key"]], figure["by"]
        codes = {dim: code for dim, code in by.items() if dim != "year" and "|" not in code}
        if not codes or len(codes) < len([dim for dim in by if dim != "year"]):
            continue
        year = int(by["year"]) if "year" in by else None
        assert figure["evidence_count"] == evidence.queryset(spec, scope, year=year, by=codes).count(), figure


def _no_name_of_a_patient_is_told(world: World, folder: Path) -> None:
    """Names of people who got hardship aid stand in no report, index or register of care (the roster has all)."""
    spec = specs_of(FEATURES)["care.aid_people"]
    scope = Scope(world.union, world.first, world.end, world.today)
    names = {word for row in evidence.rows(spec, scope) for word in row.label[:2] if len(word) > 1}
    assert names
    for file in ("目录.docx", REPORT, "01-报告/03-经费审查工作报告.docx", "03-登记册/走访慰问登记册.docx"):
        text = "\n".join(plain_text((folder / file).read_bytes()))
        assert [name for name in names if name in text] == [], file


@pytest.mark.django_db
def test_equal_records_give_equal_bytes_and_old_documents_are_replaced(
    make_world: Callable[..., World], scope_of: Callable[..., Scope], by: Access, tmp_path: Path
) -> None:
    scope = scope_of(make_world("members", members=86, profile=SMALL))
    first = package.build(scope, out=tmp_path / "a", by=by)
    before = {document.file: (tmp_path / "a" / document.file).read_bytes() for document in first.documents}
    stranger = tmp_path / "a" / "03-登记册"
    stranger.mkdir(exist_ok=True)
    (stranger / "自己的文件.docx").write_bytes(b"mine")
    second = package.build(scope, out=tmp_path / "a", by=by)
    assert {document.file: (tmp_path / "a" / document.file).read_bytes() for document in second.documents} == before
    assert (stranger / "自己的文件.docx").read_bytes() == b"mine"
    assert second.version.number == first.version.number + 1


@pytest.mark.django_db
def test_a_small_union_of_all_members_reads_well_and_boasts_of_nothing_it_lacks(
    make_world: Callable[..., World], scope_of: Callable[..., Scope], by: Access, tmp_path: Path
) -> None:
    world = make_world(FEATURES[-1].slug, members=86, profile=SMALL)
    result = package.build(scope_of(world), out=tmp_path / "out", by=by)
    text = report_text(result.folder)
    assert "会员大会上的工作报告" in text.replace("\n", "")
    assert "各位会员、同志们" in text
    assert "代表" not in "".join(document.title for document in result.documents)
    assert not re.search(r"[，、。；]{2}|（）|“”|\b0[人次个件项]", text)
    assert 3_000 <= count_characters([text]) <= 8_000
    assert not re.search("先后组织了植树|购书券", text)
    review = _paper(result.folder, "01-报告/03-经费审查工作报告.docx")
    assert "整改率为100%" in review
    assert "逐项完成整改" not in review
    assert "坚持每年开展经费审查" in review


@pytest.mark.django_db
def test_a_union_with_members_only_tells_only_of_members(
    make_world: Callable[..., World], scope_of: Callable[..., Scope], by: Access, tmp_path: Path
) -> None:
    result = package.build(scope_of(make_world("members", members=86, profile=SMALL)), out=tmp_path / "out", by=by)
    text = report_text(result.folder)
    assert "新会员" in text
    for silent in ("住房", "文体小组", "送温暖", "经费总收入", "读书"):
        assert silent not in text.split("几点体会")[0], silent
    assert "02-经费收支情况报告" not in {document.title for document in result.documents}
    summary = _paper(result.folder, "02-年度总结/2024年工作总结.docx")
    assert not re.search("存在的问题|努力方向", summary)
    assert "《2024年工作总结》没有写问题和努力方向" in _paper(result.folder, "目录.docx")


@pytest.mark.django_db
def test_totals_agree_with_each_other(built: PackageResult, demo_world: World, scope_of: Callable[..., Scope]) -> None:
    """R-REP: income by account and by year, causes and persons, groups and the list, years and the term."""
    values = facts.compute(list(specs_of(FEATURES).values()), scope_of(demo_world), cache=False)
    for key in ("funds.income", "funds.expense"):
        fact = values[key]
        for axis in ("year", "account", "year+account"):
            assert sum(int(str(part)) for part in fact.by[axis].values()) == fact.value, (key, axis)
    income, expense, surplus = (values[f"funds.{name}"] for name in ("income", "expense", "surplus"))
    opening = number(surplus.value) - number(income.value) + number(expense.value)
    first = [number(fact.at("year", 2020)) for fact in (surplus, income, expense)]
    assert opening == first[0] - first[1] + first[2] == values["funds.opening_surplus"].value
    aided = values["care.aid_people"]
    assert sum(int(str(part)) for part in aided.by["cause"].values()) == aided.value
    active = values["activities.hobby_active"].value
    assert isinstance(active, Rate)
    assert active.den == values["activities.hobby_groups"].value
    assert values["terms.years"].value == 6
