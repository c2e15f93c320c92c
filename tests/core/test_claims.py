"""Claims hold, are refuted with what is missing, or can not be judged."""

from datetime import date
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.core.deeds import FLOW, STOCK, TERM, YEARLY, Deed
from zhijia.core import checks, claims, facts, windows
from zhijia.core.claims import ClaimValue, Exempt, Exemption
from zhijia.core.feature_types import (
    COUNT,
    HOLDS,
    RATE,
    REFUTED,
    SHARE,
    UNKNOWN,
    CheckSpec,
    EveryClaim,
    FactSpec,
    Finding,
    NumberClaim,
    Scope,
    YearlyClaim,
)

pytestmark = pytest.mark.usefixtures("deed_tables")

SHARED = FactSpec("deeds.share", "占比", "%", FLOW, SHARE, num_where={"kind": ("a",)})
PAID = FactSpec("deeds.paid", "足额", "%", FLOW, SHARE, of="fen", per="due")
COUNTED = FactSpec("deeds.count", "次数", "人", FLOW, COUNT)
RATED = FactSpec("deeds.rate", "完成率", "%", FLOW, RATE)
SPRING = YearlyClaim("spring", "每年年初制定计划。", FLOW, windows.months(1, 3), where={"kind": ("a",)})
# The term runs from 15 June 2021 to 14 June 2026 and today is 10 March 2025: the springs of 2022 to 2024 are due.


def deed(on: date, **fields: Any) -> Deed:
    return Deed.objects.create(union_id=1, uid="u", on=on, **fields)


def judged(claim: claims.ClaimSpec, scope: Scope = TERM, exempt: tuple[int, ...] = ()) -> ClaimValue:
    values = facts.compute([COUNTED, RATED, SHARED, PAID], scope, cache=False)
    exemptions = {claim.key: dict.fromkeys(exempt, Exemption("疫情防控", "工发〔2023〕3号"))}
    return claims.judge([claim], scope, values, exemptions=exemptions, cache=False)[0]


def springs(*years: int) -> None:
    for year in years:
        deed(date(year, 3, 31), kind="a")


def test_a_yearly_claim_holds_when_every_due_window_has_a_record() -> None:
    springs(2022, 2023, 2024)
    found = judged(SPRING)
    assert (found.state, found.years, found.missing) == (HOLDS, (2022, 2023, 2024), ())
    assert found.text_final == "每年年初制定计划。"


def test_a_yearly_claim_names_the_year_that_refutes_it() -> None:
    springs(2022, 2024)
    deed(date(2023, 4, 1), kind="a")
    deed(date(2023, 2, 1), kind="b")
    found = judged(SPRING)
    assert found.state == REFUTED
    assert found.missing == ("2023年缺少“往来”记录（应在2023年1月1日至2023年3月31日之间）",)


def test_an_exempt_year_is_left_out_and_printed() -> None:
    springs(2022, 2024)
    found = judged(SPRING, exempt=(2023,))
    assert (found.state, found.years) == (HOLDS, (2022, 2024))
    assert found.exempt == (Exempt(2023, "疫情防控", "工发〔2023〕3号"),)
    assert found.text_final == "每年年初制定计划（除2023年外）。"


def test_an_exempt_year_with_a_record_is_judged_like_any_other() -> None:
    springs(2022, 2023, 2024)
    found = judged(SPRING, exempt=(2023,))
    assert (found.years, found.text_final) == ((2022, 2023, 2024), "每年年初制定计划。")


def test_without_a_due_window_a_yearly_claim_can_not_be_judged() -> None:
    springs(2022)
    young = Scope(1, date(2022, 3, 1), date(2027, 3, 1), today=date(2022, 12, 30))
    assert judged(SPRING, young).state == UNKNOWN
    yearly = YearlyClaim("yearly", "每年体检", FLOW, windows.whole_year)
    assert judged(yearly, young).missing == ("本期内还没有一个完整结束的应办时段，无法判断（依据：往来）",)


def test_when_every_due_year_is_exempt_nothing_can_be_judged() -> None:
    found = judged(SPRING, exempt=(2022, 2023, 2024))
    assert (found.state, found.missing) == (UNKNOWN, ("各应办年度均已登记免办，无法判断（依据：往来）",))
    assert len(found.exempt) == 3


def test_a_window_over_the_year_end_is_due_when_it_has_passed() -> None:
    closing = YearlyClaim("closing", "每年年终总结", FLOW, windows.around_year_end(11, 2))
    assert set(claims.due_windows(closing, TERM)) == {2021, 2022, 2023, 2024}
    earlier = Scope(1, TERM.first, TERM.end, today=date(2025, 2, 27))
    assert set(claims.due_windows(closing, earlier)) == {2021, 2022, 2023}


def test_a_record_of_another_year_does_not_answer_a_set_with_its_own_years() -> None:
    budget = YearlyClaim("budget", "每年初提出预算", YEARLY, windows.around_year_start(11, 3))
    deed(date(2021, 12, 1), year=2022)
    deed(date(2022, 12, 1), year=2022)
    deed(date(2024, 1, 5), year=2024)
    found = judged(budget)
    assert (found.state, found.years) == (REFUTED, (2022, 2023, 2024))
    assert len(found.missing) == 1
    assert "2023年缺少" in found.missing[0]


def test_a_stock_answers_every_window_in_which_it_is_in_force() -> None:
    kept = YearlyClaim("kept", "每年设专人", STOCK, windows.whole_year)
    deed(date(2020, 1, 1), until=date(2023, 1, 1))
    found = judged(kept)
    assert [text[:5] for text in found.missing] == ["2023年", "2024年"]


def test_yearly_claims_of_one_set_share_a_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    more = [
        SPRING,
        YearlyClaim("b", "每年", FLOW, windows.whole_year),
        YearlyClaim("c", "每年", STOCK, windows.whole_year),
    ]
    with django_assert_num_queries(2):
        claims.judge(more, TERM, {})


def test_an_every_claim_without_a_denominator_can_not_be_judged() -> None:
    found = judged(EveryClaim("every", "有病必访", RATED.key))
    assert (found.state, found.missing) == (UNKNOWN, ("没有“往来”的记录，无法判断",))


def test_an_every_claim_holds_at_100_percent_and_names_what_was_not_done() -> None:
    every = EveryClaim("every", "有病必访", RATED.key, where={"kind": ("a",)})
    deed(date(2022, 1, 5), kind="a", met=True)
    deed(date(2022, 1, 6), kind="b", met=False, name="丙")
    assert judged(every).state == HOLDS
    deed(date(2022, 1, 7), kind="a", met=False, name="甲")
    found = judged(every)
    assert (found.state, found.missing) == (REFUTED, ("2022年1月7日 甲 a",))


def test_no_more_than_twenty_are_named() -> None:
    for _ in range(23):
        deed(date(2022, 1, 7), met=False)
    found = judged(EveryClaim("every", "有病必访", RATED.key))
    assert (len(found.missing), found.missing[-1]) == (21, "另有3条")


def test_an_every_claim_on_a_share_names_the_rows_outside_its_numerator() -> None:
    every = EveryClaim("every", "均面向全厅", SHARED.key)
    deed(date(2022, 1, 5), kind="a")
    assert judged(every).state == HOLDS
    deed(date(2022, 1, 7), name="甲")
    assert (judged(every).state, judged(every).missing) == (REFUTED, ("2022年1月7日 甲",))


def test_an_every_claim_on_two_sums_counts_rows_not_money() -> None:
    every = EveryClaim("every", "均足额缴纳", PAID.key)
    deed(date(2022, 1, 5), fen=700, due=500)
    assert judged(every).state == HOLDS
    for _ in range(23):
        deed(date(2022, 1, 7), fen=100, due=500)
    found = judged(every)
    assert (found.state, len(found.missing), found.missing[-1]) == (REFUTED, 21, "另有3条")


@pytest.mark.parametrize(
    ("count", "state", "text"),
    [
        (9, REFUTED, "9名职工"),
        (10, HOLDS, "10名职工"),
        (11, HOLDS, "10多名职工"),
        (60, HOLDS, "60名职工"),
        (61, HOLDS, "60多名职工"),
        (69, HOLDS, "60多名职工"),
    ],
)
def test_60_odd_means_61_to_69(count: int, state: str, text: str) -> None:
    Deed.objects.bulk_create(Deed(union_id=1, uid="u", on=date(2022, 1, 5)) for _ in range(count))
    found = judged(NumberClaim("about", "{about}名职工", COUNTED.key, about=True))
    assert (found.state, found.text_final) == (state, text)


def test_several_times_needs_at_least_so_many() -> None:
    several = NumberClaim("several", "多次组织（{value}次）", COUNTED.key, least=3)
    deed(date(2022, 1, 5))
    found = judged(several)
    assert (found.state, found.missing) == (REFUTED, ("“次数”按记录为1人，不足3人",))
    deed(date(2022, 1, 6))
    deed(date(2022, 1, 7))
    assert judged(several).text_final == "多次组织（3次）"


def test_the_printed_forms_have_the_promised_shape() -> None:
    scope = Scope(1, date(2022, 1, 1), date(2023, 1, 1), date(2025, 1, 1), term=5)
    head = {"version": 1, "union": "DEMO", "scope": {"term": 5, "first": "2022-01-01", "last": "2022-12-31"}}
    assert claims.claims_json(scope, "DEMO", [judged(SPRING, scope)]) == {
        **head,
        "claims": [
            {
                "key": "spring",
                "text": "每年年初制定计划。",
                "state": "refuted",
                "missing": ["2022年缺少“往来”记录（应在2022年1月1日至2022年3月31日之间）"],
            }
        ],
    }
    late = Finding("R-X-1", "warn", True, False, "记录乙", "说明", "依据", on=date(2022, 2, 1))
    early = Finding("R-X-1", "warn", True, True, "记录甲", "说明", "依据", on=date(2022, 1, 1))
    found = checks.run([CheckSpec("R-X-1", "规则", lambda _: [late, early])], scope)
    assert found == [early, late]
    assert checks.check_json(scope, "DEMO", [early]) == {
        **head,
        "findings": [
            {
                "rule": "R-X-1",
                "level": "warn",
                "then": True,
                "now": True,
                "record": "记录甲",
                "message": "说明",
                "source": "依据",
            }
        ],
    }
