import contextlib
from datetime import date, datetime, time, timedelta

import cn2an
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhijia.core.dates import (
    DateError,
    Period,
    add_months,
    add_years,
    chinese_date,
    chinese_number,
    ordinal,
    parse_date,
    parse_month,
    years_between,
)

FIFTH = date(2021, 3, 5)
days = st.dates(date(1900, 1, 1), date(2199, 12, 31))
short = st.dates(date(2015, 1, 1), date(2030, 1, 1))


@pytest.mark.parametrize(
    "written",
    [
        FIFTH,
        datetime.combine(FIFTH, time(23, 59)),
        "2021-03-05",
        "2021-3-5",
        "2021.3.5",
        "2021.03.05.",
        "2021/3/5",
        "2021 3 5",
        "2021年3月5日",
        "2021年3月5号",
        "2021年3月5",
        " 2021 年 3 月 5 日 ",
        "２０２１．３．５",
        "２０２１年３月５日",
        "2021。3。5",
        "2021—3—5",
        "20210305",
        20210305,
        20210305.0,
        44260,
        44260.75,
        "44260",
        "2021-03-05 00:00:00",
        "2021-03-05T08:30",
        "2021/3/5 8:30:00",
    ],
)
def test_days_are_read_as_people_and_spreadsheets_write_them(written):
    assert parse_date(written) == FIFTH


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("", "没有填"),
        (None, "没有填"),
        ("21.3.5", "两位"),
        ("21年3月5日", "两位"),
        ("3/5/2021", "年份写在前面"),
        ("05-03-2021", "年份写在前面"),
        ("3月5日", "没有写年份"),
        ("3.5", "没有写年份"),
        ("2021年3月", "写到日"),
        ("2021.3", "写到日"),
        ("2021-02-30", "只有 28 天"),
        ("2020年2月30日", "只有 29 天"),
        ("2021-13-05", "没有 13 月"),
        ("2021.0.5", "没有 0 月"),
        ("20210431", "只有 30 天"),
        ("0021-03-05", "年份"),
        ("2921-03-05", "年份"),
        ("20213", "看不懂"),
        (2021, "看不懂"),
        (20000000, "没有 0 月"),
        (20210305.5, "看不懂"),
        (float("nan"), "看不懂"),
        (float("inf"), "看不懂"),
        (True, "看不懂"),
        ([], "看不懂"),
        ("去年三月", "看不懂"),
        ("2021年3月5日6", "看不懂"),
        ("²021-3-5", None),
    ],
)
def test_what_is_not_one_certain_day_is_refused_with_the_reason(written, hint):
    if hint is None:
        assert parse_date(written) == FIFTH
        return
    with pytest.raises(DateError, match=hint):
        parse_date(written)


def test_today_only_shapes_the_advice():
    with pytest.raises(DateError, match="2026年3月5日"):
        parse_date("3月5日", today=date(2026, 11, 22))
    assert parse_date("2021.3.5", today=date(2026, 11, 22)) == FIFTH


@settings(max_examples=200)
@given(days)
def test_every_day_reads_back_from_every_form(day):
    forms = (
        day.isoformat(),
        chinese_date(day),
        f"{day.year}.{day.month}.{day.day}",
        f"{day:%Y%m%d}",
        int(f"{day:%Y%m%d}"),
        f"{day:%Y/%m/%d} 12:00",
    )
    assert {parse_date(form) for form in forms} == {day}
    serial = (day - date(1899, 12, 30)).days
    if 20000 <= serial <= 80000:
        assert parse_date(serial) == parse_date(serial + 0.5) == day


@settings(max_examples=200)
@given(st.one_of(st.text(max_size=20), st.text("0123456789年月日-./ ", max_size=14), st.floats(), st.integers()))
def test_any_value_gives_a_day_or_an_explanation(value):
    answer = None
    with contextlib.suppress(DateError):
        answer = parse_date(value)
    assert answer is None or answer.year in range(1900, 2200)


@pytest.mark.parametrize(
    "written",
    ["2021年3月", "2021.3", "2021-03", "2021/3", "202103", 202103, 2021.3, "2021年3月份", "2021-03-05", FIFTH],
)
def test_months_are_read_where_a_month_is_asked_for(written):
    assert parse_month(written) == date(2021, 3, 1)


def test_the_number_2021_1_may_be_october():
    with pytest.raises(DateError, match="10月"):
        parse_month(2021.1)
    with pytest.raises(DateError):
        parse_month(2021.0)
    assert parse_month("2021.1") == date(2021, 1, 1)
    assert parse_month("2021.10") == date(2021, 10, 1)


def test_a_month_that_does_not_exist_is_refused():
    with pytest.raises(DateError, match="没有 13 月"):
        parse_month("2021-13")


@settings(max_examples=200)
@given(short, st.integers(1, 60), short, st.integers(1, 60))
def test_periods_agree_with_their_sets_of_days(first, length, other_first, other_length):
    one, two = (Period(day, day + timedelta(days=n)) for day, n in ((first, length), (other_first, other_length)))
    ones, twos = ({p.first + timedelta(days=n) for n in range(p.days)} for p in (one, two))
    assert len(ones) == length
    assert max(ones) == one.last
    assert one.years == sorted({day.year for day in ones})
    assert one.overlaps(two) == two.overlaps(one) == bool(ones & twos)
    assert all(one.contains(day) and day in one for day in ones)
    assert one.end not in one
    assert Period.inclusive(one.first, one.last) == one


def test_a_period_has_at_least_one_day_and_does_not_change():
    with pytest.raises(DateError, match="晚于"):
        Period(FIFTH, FIFTH)
    with pytest.raises(AttributeError):
        Period.of_year(2021).end = FIFTH
    assert Period.of_year(2021).last == date(2021, 12, 31)


def test_adding_months_keeps_to_the_end_of_the_month():
    assert add_months(date(2021, 1, 31), 1) == date(2021, 2, 28)
    assert add_months(date(2020, 3, 31), -1) == date(2020, 2, 29)
    assert add_years(date(2020, 2, 29), 1) == date(2021, 2, 28)
    assert add_years(date(2020, 12, 10), 6) == date(2026, 12, 10)


@settings(max_examples=200)
@given(short, st.integers(-60, 60))
def test_adding_months_lands_in_that_month(day, months):
    later = add_months(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("first", "end", "years"),
    [
        (date(2020, 12, 10), date(2026, 12, 10), 6),
        (date(2020, 12, 10), date(2026, 12, 9), 6),
        (date(2020, 12, 10), date(2026, 11, 22), 6),
        (date(2020, 12, 10), date(2027, 1, 20), 6),
        (date(2020, 12, 10), date(2024, 3, 1), 3),
        (date(2020, 2, 29), date(2025, 2, 28), 5),
        (date(2020, 1, 1), date(2020, 1, 1), 0),
    ],
)
def test_terms_are_told_in_the_nearest_whole_years(first, end, years):
    assert years_between(first, end) == years


@settings(max_examples=200)
@given(short, st.integers(0, 10), st.integers(-180, 180))
def test_a_term_some_months_off_is_still_told_in_its_years(first, years, off):
    end = add_years(first, years) + timedelta(days=off)
    if end >= first:
        assert years_between(first, end) == years


def test_an_end_before_the_start_is_refused():
    with pytest.raises(DateError):
        years_between(FIFTH, FIFTH - timedelta(days=1))


def test_prose_writes_dates_numerals_and_years():
    assert chinese_date(date(2026, 11, 22)) == "2026年11月22日"
    assert [chinese_number(n) for n in (0, 6, 10, 12, 20, 101, 110, 1001)] == (
        ["零", "六", "十", "十二", "二十", "一百零一", "一百一十", "一千零一"]
    )
    assert chinese_number(107000) == "十万七千"
    assert ordinal(5) == "第五届"
    assert ordinal(12, "次") == "第十二次"
    with pytest.raises(ValueError, match="从一开始"):
        ordinal(0)


@settings(max_examples=200)
@given(st.integers(20, 10**8 - 1))
def test_numerals_agree_with_another_writer(number):
    wanted = cn2an.an2cn(str(number), "low")
    assert chinese_number(number) == (wanted.removeprefix("一") if wanted.startswith("一十") else wanted)
