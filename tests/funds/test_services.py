from datetime import date

import pytest
import xlsxwriter

from tests.funds.conftest import budget_row, dues_row, receipt_row
from zhijia.core.outcomes import Refused
from zhijia.core.sheets import importing
from zhijia.funds import services
from zhijia.funds.models import Account, BudgetLine, Collection, Entry, LedgerLine, Opening, PersonReceipt
from zhijia.funds.sheets import SHEETS

HEADERS = ("凭证日期", "凭证字号", "摘要", "科目名称", "借方金额", "贷方金额", "附件张数")


def write(path, rows, title="凭证", headers=HEADERS):
    with xlsxwriter.Workbook(str(path)) as workbook:
        page = workbook.add_worksheet(title)
        page.write_row(0, 0, headers)
        for number, row in enumerate(rows, 1):
            page.write_row(number, 0, row)
    return path


@pytest.fixture
def bring(world, by, today):
    def run(path):
        return importing.run(path, sheets=SHEETS, union=world.union, by=by, today=today)

    return run


VOUCHERS = (
    ("2024-03-12", "记-1", "收会费", "银行存款", 670.25, "", 2),
    ("2024-03-12", "记-1", "收会费", "会费收入", "", 670.25, 2),
    ("2024-03-20", "记-2", "乒乓球赛", "职工活动支出-文体活动支出", 300, "", 3),
    ("2024-03-20", "记-2", "乒乓球赛", "银行存款", "", 300, 3),
)


def test_a_list_of_vouchers_as_accountants_export_it_is_taken_over_and_is_equal_the_second_time(tmp_path, bring):
    path = write(tmp_path / "vouchers.xlsx", VOUCHERS)
    first = bring(path)
    assert not first.refused, [str(problem) for problem in first.problems]
    line = Entry.objects.get(account="501")
    assert (line.voucher, line.line, line.detail, line.side, line.fen) == (
        "2024-03 记-2",
        1,
        "50102",
        "expense",
        30_000,
    )
    assert Entry.objects.get(account="401").fen == 67_025
    again = bring(path)
    assert [(count.new, count.changed, count.equal) for count in again.counts] == [(0, 0, 4)]


def test_a_voucher_that_does_not_balance_is_refused_with_the_difference(tmp_path, bring):
    rows = [*VOUCHERS[:3], ("2024-03-20", "记-2", "乒乓球赛", "银行存款", "", 290, 3)]
    done = bring(write(tmp_path / "off.xlsx", rows))
    assert done.refused
    [problem] = [problem for problem in done.problems if problem.code == "unbalanced"]
    assert "相差10.00元" in problem.message
    assert problem.place.row == 4
    assert not Entry.objects.exists()


def test_a_missing_number_warns_and_stops_nothing(tmp_path, bring):
    rows = [(on, number.replace("2", "4"), *rest) for on, number, *rest in VOUCHERS]
    done = bring(write(tmp_path / "gap.xlsx", rows))
    assert not done.refused
    assert any("缺号：2、3" in problem.message for problem in done.problems)


def test_an_unknown_account_is_refused_with_near_names(tmp_path, bring):
    rows = [
        (*row[:3], row[3].replace("文体活动支出", "文体话动支出").replace("职工活动支出-", ""), *row[4:])
        for row in VOUCHERS
    ]
    done = bring(write(tmp_path / "near.xlsx", rows))
    [problem] = [problem for problem in done.problems if problem.code == "account"]
    assert "文体活动支出（50102）" in problem.mend


def test_two_dates_under_one_number_are_refused(tmp_path, bring):
    rows = [*VOUCHERS[:3], ("2024-03-21", *VOUCHERS[3][1:])]
    done = bring(write(tmp_path / "days.xlsx", rows))
    assert [problem.code for problem in done.problems if problem.level == "refuse"] == ["two_days"]


def test_cells_merged_over_the_lines_of_a_voucher_say_the_same_for_each_line(tmp_path, bring):
    path = tmp_path / "merged.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        page = workbook.add_worksheet("凭证")
        page.write_row(0, 0, HEADERS)
        for top in (1, 3):
            for column in range(3):
                page.merge_range(top, column, top + 1, column, VOUCHERS[top][column])
        for number, row in enumerate(VOUCHERS, 1):
            page.write_row(number, 3, row[3:])
    done = bring(path)
    assert not done.refused, [str(problem) for problem in done.problems]
    assert sorted(Entry.objects.values_list("voucher", "line")) == [
        ("2024-03 记-1", 1),
        ("2024-03 记-1", 2),
        ("2024-03 记-2", 1),
        ("2024-03 记-2", 2),
    ]


def test_both_sides_in_one_line_and_no_amount_are_refused(book):
    with pytest.raises(Refused, match="借方和贷方都没有金额"):
        book(date(2024, 3, 1), 1, ("102", 0, 0), ("401", 0, 0))
    with pytest.raises(Refused, match="既有借方又有贷方"):
        book(date(2024, 3, 1), 1, ("102", 5, 5), ("401", 5, 5))


def test_an_import_can_be_taken_back(tmp_path, bring, world, by):
    from zhijia.core import batches

    done = bring(write(tmp_path / "vouchers.xlsx", VOUCHERS))
    batches.undo(done.batch, union=world.union, by=by)
    assert not LedgerLine.objects.exists()


def test_openings_and_vouchers_share_the_books_but_not_the_sheet(book, keep):
    opening = {
        "on": date(2020, 12, 10),
        "account_code": "",
        "account_name": "银行存款",
        "debit_fen": 100,
        "credit_fen": 0,
    }
    keep(services.save_openings, opening, {**opening, "account_name": "结余", "debit_fen": 0, "credit_fen": 100})
    book(date(2021, 1, 5), 1, ("102", 50, 0), ("401", 0, 50))
    assert Opening.objects.count() == Entry.objects.count() == 2
    assert LedgerLine.objects.count() == 4
    assert {row.account for row in Opening.objects.all()} == {"102", "332"}


def test_vouchers_before_2022_are_read_by_the_old_chart(book):
    book(date(2021, 12, 30), 1, ("502", 50, 0), ("102", 0, 50))
    book(date(2022, 1, 4), 1, ("504", 50, 0), ("102", 0, 50))
    assert set(Entry.objects.filter(side="expense").values_list("chart", "account")) == {
        ("2009", "504"),
        ("2021", "504"),
    }


def test_an_own_account_takes_its_place_in_the_chart(keep):
    keep(services.save_accounts, {"chart": "2021", "code": "501.05.01", "name": "节日慰问", "detail": ""})
    row = Account.objects.get()
    assert (row.code, row.detail) == ("5010501", "50105")
    with pytest.raises(Refused, match="不能另作他用"):
        keep(services.save_accounts, {"chart": "2021", "code": "50102", "name": "会议", "detail": "50502"})


def test_a_budget_works_out_its_sums_purposes_and_days(keep):
    signed = budget_row(2024, "50404", 30_000, revised_fen=3_500_000)
    blank = budget_row(2024, "50105", 100, name="实物福利", office_on=None, finance_on=None, personnel_on=None)
    keep(services.save_budgets, signed, blank)
    aid, goods = BudgetLine.objects.order_by("-account_code")
    assert (aid.adjustment_fen, aid.purpose, aid.joint, aid.effective_on) == (500_000, "aid", True, date(2024, 1, 10))
    assert (goods.purpose, goods.joint, goods.revised_fen) == ("goods", True, 10_000)
    with pytest.raises(Refused, match="不等于"):
        keep(services.save_budgets, budget_row(2025, "50404", 10, adjustment_fen=100, revised_fen=5))
    with pytest.raises(Refused, match="只列收入和支出"):
        keep(services.save_budgets, budget_row(2025, "102", 10))


def test_dues_do_not_go_up(keep):
    with pytest.raises(Refused, match="全部留在基层工会"):
        keep(services.save_collections, dues_row(date(2024, 3, 1), 26.15, remitted_fen=100))
    keep(services.save_collections, dues_row(date(2024, 3, 1), 26.15))
    assert Collection.objects.get().paid_fen == 2_615


def test_more_findings_mended_than_made_are_refused(keep):
    with pytest.raises(Refused, match="多于问题数"):
        keep(
            services.save_reviews,
            {"on": date(2024, 3, 1), "year": 2023, "kind": "final", "finding_count": 1, "mended_count": 2},
        )


def test_receipts_name_a_person_or_keep_the_name(keep, world):
    human = world.people[0]
    keep(services.save_receipts, receipt_row(human.pk, date(2024, 2, 1), 300), receipt_row(None, date(2024, 2, 1), 300))
    assert set(PersonReceipt.objects.values_list("person_name", flat=True)) == {human.name, "来访人"}


def test_the_contribution_is_split_without_losing_a_fen():
    assert services.split_contribution(561_750_001) == (6_741_000, 4_494_000)
    kept, up = services.split_contribution(333_333)
    assert kept + up == 6_667
