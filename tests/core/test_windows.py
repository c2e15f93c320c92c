"""When yearly things are due."""

from datetime import date

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhijia.core import windows

years = st.integers(2000, 2045)
BUILT = {
    "whole year": windows.whole_year,
    "months": windows.months(1, 3),
    "around year end": windows.around_year_end(11, 2),
    "around year start": windows.around_year_start(11, 3),
    "before spring festival": windows.before_spring_festival,
    "on day": windows.on_day(3, 8, before=20, after=30),
}


def test_the_windows_of_2024() -> None:
    assert {name: window(2024) for name, window in BUILT.items()} == {
        "whole year": (date(2024, 1, 1), date(2025, 1, 1)),
        "months": (date(2024, 1, 1), date(2024, 4, 1)),
        "around year end": (date(2024, 11, 1), date(2025, 3, 1)),
        "around year start": (date(2023, 11, 1), date(2024, 4, 1)),
        "before spring festival": (date(2024, 1, 1), date(2024, 2, 10)),
        "on day": (date(2024, 2, 17), date(2024, 4, 8)),
    }


def test_december_is_the_last_month_of_a_window() -> None:
    assert windows.months(12, 12)(2024) == (date(2024, 12, 1), date(2025, 1, 1))


@given(years)
def test_every_window_holds_days_of_its_year(year: int) -> None:
    for window in BUILT.values():
        first, end = window(year)
        assert first < date(year + 1, 1, 1)
        assert end > date(year, 1, 1)
        assert first < end


def test_spring_festival_agrees_with_an_independent_calendar() -> None:
    for year in range(2000, 2046):
        names = holidays.China(years=year, language="zh_CN")
        # Since 2024 the eve is a holiday too, called 除夕; before, the first day of the three has the lowest date.
        days = [day for day, name in names.items() if "春节" in name and "休息日" not in name]
        assert windows.spring_festival(year) == min(days), year


def test_years_outside_the_table_are_refused() -> None:
    for year in (1999, 2046):
        with pytest.raises(LookupError, match="2000年至2045年"):
            windows.before_spring_festival(year)
