"""Kinds: what cells mean, what is refused, and that an export reads back as the same values."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhijia.core.sheets import kinds
from zhijia.core.sheets.declare import Kind
from zhijia.core.sheets.identifiers import shown

POSTS = kinds.several([("chair", "主席"), ("committee", "委员")])
CAUSES = kinds.choice([("illness", "生病住院"), ("other", "其他")], {"住院": "illness"})


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        (kinds.text(), 2472.0, "2472"),
        (kinds.text(), " 一\n二　三 ", "一 二 三"),
        (kinds.text(), 1.0, "1"),
        (kinds.uid(), 2472.0, "2472"),
        (kinds.name(), "张　三", "张三"),
        (kinds.names(), "张 三、李四;王五", ["张三", "李四", "王五"]),
        (kinds.names(), "张三 李四", ["张三", "李四"]),
        (POSTS, "委员，主席、主席", "chair,committee"),
        (kinds.date_(), "2021.3.5", date(2021, 3, 5)),
        (kinds.date_(), "２０２１年3月5日", date(2021, 3, 5)),
        (kinds.date_(), 44260.0, date(2021, 3, 5)),
        (kinds.date_(), datetime(2021, 3, 5, 9, 30, tzinfo=UTC), date(2021, 3, 5)),
        (kinds.month(), "2021年3月", date(2021, 3, 1)),
        (kinds.year(), "2021年度", 2021),
        (kinds.money(), "1,234.5元", 123450),
        (kinds.money(), "1.2万", 1_200_000),
        (kinds.money(), 0.1 + 0.2, 30),
        (kinds.whole(), "１２人", 12),
        (kinds.hours(), "3.5小时", 35),
        (kinds.yesno(), "√", True),
        (kinds.yesno(), 0.0, False),
        (kinds.yesno(), True, True),
        (CAUSES, "住院", "illness"),
        (CAUSES, "illness", "illness"),
        (kinds.phone(), 13800138000.0, "13800138000"),
        (kinds.phone(), "(0731)88881234转801", "0731-88881234-801"),
        (kinds.resident_id(), "11010519491231002x", "11010519491231002X"),
        (kinds.account(), "6222 0212 3456 7890 123", "6222021234567890123"),
        (kinds.ref("members.Group"), 3.0, "3"),
    ],
)
def test_cells_are_read_as_unions_write_them(kind: Kind, raw: Any, value: Any) -> None:
    assert kind.parse([raw]) == ([value], [])


@pytest.mark.parametrize(
    ("kind", "raw", "code"),
    [
        (kinds.text(5), "六个字的文字", "text.long"),
        (kinds.money(), -3.0, "money.negative"),
        (kinds.money(), 12.345, "money"),
        (kinds.money(), 1e12, "money.range"),
        (kinds.date_(), date(2150, 1, 1), "date.range"),
        (kinds.date_(), "3月5日", "date"),
        (kinds.month(), 2021.1, "month"),
        (kinds.whole(0, 100), 12.5, "whole"),
        (kinds.whole(0, 100), 101.0, "whole.range"),
        (kinds.yesno(), "也许", "yesno"),
        (CAUSES, "生病", "choice"),
        (kinds.resident_id(), 430102197801125610.0, "id.rounded"),
        (kinds.account(), 6.22202123456789e18, "account.rounded"),
        (kinds.phone(), "13800138000/13900139000", "phone"),
        (kinds.text(), "#REF!", "formula.error"),
    ],
)
def test_what_can_not_be_read_is_a_problem_with_a_way_to_mend_it(kind: Kind, raw: Any, code: str) -> None:
    values, problems = kind.parse([raw])
    assert values == [None]
    assert [problem.code for problem in problems] == [code]
    assert problems[0].message
    assert problems[0].mend


def test_an_unknown_word_lists_what_is_allowed_and_the_nearest() -> None:
    [problem] = CAUSES.parse(["生病住医"])[1]
    assert "生病住院、其他" in problem.message
    assert "生病住院" in problem.mend


def test_true_and_one_in_one_column_stay_apart() -> None:
    assert kinds.text().parse([True, 1.0, False, 0.0])[0] == ["TRUE", "1", "FALSE", "0"]


def test_secrets_are_masked_where_a_problem_quotes_them() -> None:
    assert "19491231" not in shown(kinds.resident_id(), "110105194912310021")
    assert shown(kinds.account(), "6222021234567890123").endswith("0123")
    assert "62220212" not in shown(kinds.account(), "6222021234567890123")


LINES = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=50)


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just(kinds.money(signed=True)), st.integers(-(10**13), 10**13)),
            st.tuples(st.just(kinds.date_()), st.dates(date(1900, 1, 1), date(2100, 12, 31))),
            st.tuples(st.just(kinds.month()), st.integers(1900, 2100).map(lambda year: date(year, 1 + year % 12, 1))),
            st.tuples(st.just(kinds.year()), st.integers(1900, 2100)),
            st.tuples(st.just(kinds.whole(-1000)), st.integers(-1000, 2_000_000_000)),
            st.tuples(st.just(kinds.hours()), st.integers(0, 100_000)),
            st.tuples(st.just(kinds.yesno()), st.booleans()),
            st.tuples(st.just(CAUSES), st.sampled_from(["illness", "other"])),
            st.tuples(st.just(kinds.text()), LINES),
            st.tuples(st.just(kinds.long_text()), LINES),
            st.tuples(st.just(kinds.uid()), LINES.filter(lambda text: len(text) <= 40)),
        )
    )
)
def test_what_a_kind_shows_reads_back_as_the_same_value(pairs: list[tuple[Kind, Any]]) -> None:
    for kind, value in pairs:
        cell = kind.show(value)
        cell = float(cell) if isinstance(cell, int) and not isinstance(cell, bool) else cell
        if isinstance(cell, str) and cell.startswith("#"):
            continue
        assert kind.parse([cell]) == ([value], [])
