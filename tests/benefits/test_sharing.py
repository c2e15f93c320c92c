"""What was done for all members of a day, as a member finds it: of the days on which the person was one."""

from datetime import date

import pytest

from zhijia.benefits import services
from zhijia.benefits.sharing import shared
from zhijia.core.access import Access
from zhijia.members import services as members
from zhijia.members.models import Person

pytestmark = pytest.mark.django_db
GIFT = {"kind": "festival", "festival": "中秋节", "item": "月饼", "unit_fen": 30_000, "heads": 2, "amount_fen": 60_000,
        "cut_off_on": None, "left_out": 0, "left_out_reason": ""}  # fmt: skip


@pytest.fixture
def issues(union: int, people: list[int], by: Access, today: date) -> None:
    """A gift counted on the day before 李娜 left and handed out after it, one later, a film, and a check for women."""
    nana = Person.objects.get(pk=people[1])
    row = {"uid": nana.uid, "name": nana.name, "sex": nana.sex, "admitted_on": nana.admitted_on,
           "left_on": date(2025, 9, 20), "leaving": "transfer"}  # fmt: skip
    members.save_persons([row], union=union, by=by, today=today, origin="recorded")
    services.save_issues(
        [
            GIFT | {"cut_off_on": date(2025, 9, 19), "issued_on": date(2025, 9, 26)},
            GIFT | {"issued_on": date(2026, 2, 10), "festival": "春节", "left_out": 1, "left_out_reason": "在外挂职"},
            GIFT | {"kind": "film", "festival": "", "item": "电影票", "issued_on": date(2026, 3, 1)},
        ],
        union=union, by=by, today=today, origin="recorded",
    )  # fmt: skip
    check = {"kind": "women", "year": 2025, "held_on": date(2025, 3, 18), "clinic": "省人民医院", "invited": 1,
             "attended": 1}  # fmt: skip
    services.save_health([check], union=union, by=by, today=today, origin="recorded")


def test_gifts_and_checks_of_the_days_on_which_one_was_a_member(issues: None, people: list[int], today: date) -> None:
    wei, nana = ([(one.title, one.on, one.fen, one.help) for one in shared(pk, today)] for pk in people)
    autumn = ("中秋节，月饼", date(2025, 9, 26), 30_000, "")
    assert wei == [autumn, ("春节，月饼", date(2026, 2, 10), 30_000, "有1人没有发：在外挂职")]
    assert nana == [autumn, ("妇科体检", date(2025, 3, 18), None, "省人民医院")]


def test_nothing_of_tomorrow_and_nothing_for_nobody(issues: None, people: list[int], today: date) -> None:
    assert [one.on for one in shared(people[0], date(2025, 12, 31))] == [date(2025, 9, 26)]
    assert not list(shared(0, today))
