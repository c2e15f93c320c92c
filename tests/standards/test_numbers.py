"""Numbers that no law fixes: usual until a named person settles them, told in the audit chain, never by law changed."""

from datetime import date, timedelta

import pytest

from zhijia.core.access import Access
from zhijia.core.models import AuditLine
from zhijia.core.outcomes import Refused
from zhijia.standards import numbers
from zhijia.standards.models import OwnNumber
from zhijia.standards.numbers import YEARS, Number
from zhijia.unions import services as unions

CUSTOM = Number("keep.test", "试验记录", 5, YEARS, "惯例", most=30)
LAW = Number("keep.law", "凭证", 30, YEARS, "会计档案管理办法", by_law=True)


@pytest.fixture
def chair(db, by, today):
    pk = unions.found({"code": "T", "name": "测试工会"}, by=by, today=today).pk
    return Access(union=pk, on=today, name="张主席")


def test_until_it_is_settled_the_usual_number_holds_unconfirmed(chair):
    held = numbers.settled(chair.union, (CUSTOM, LAW))
    assert [(one.number, one.confirmed) for one in held.values()] == [(5, False), (30, True)]


def test_settling_keeps_number_source_name_and_day_and_one_audit_line(chair, today):
    numbers.settle(CUSTOM, 8, "2026年第8次委员会会议", by=chair, today=today)
    held = numbers.settled(chair.union, (CUSTOM,))["keep.test"]
    assert (held.number, held.source, held.confirmed_by, held.confirmed_on) == (
        8, "2026年第8次委员会会议", "张主席", today,
    )  # fmt: skip
    line = AuditLine.objects.get(verb="standards.number.settled")
    assert (line.changes["before"], line.changes["number"]) == (5, 8)
    numbers.settle(CUSTOM, 6, "2026年第9次委员会会议", version=held.version, by=chair, today=today)
    assert numbers.value(chair.union, CUSTOM) == 6
    assert OwnNumber.objects.count() == 1


@pytest.mark.parametrize(
    ("about", "given", "words"),
    [
        (LAW, (10, "会议", 0), "法规规定"),
        (CUSTOM, (0, "会议", 0), "1到30"),
        (CUSTOM, (31, "会议", 0), "1到30"),
        (CUSTOM, (None, "会议", 0), "1到30"),
        (CUSTOM, (5, " ", 0), "没有写依据"),
        (CUSTOM, (5, "会议", 3), "刚被别人改过"),
    ],
)
def test_what_can_not_be_is_refused_and_nothing_is_kept(chair, about, given, words):
    count, source, version = given
    with pytest.raises(Refused, match=words):
        numbers.settle(about, count, source, version=version, by=chair, today=chair.on)
    assert not OwnNumber.objects.exists()


def test_another_union_has_its_own(chair, by, today):
    other = unions.found({"code": "U", "name": "别的工会"}, by=by, today=today).pk
    numbers.settle(CUSTOM, 9, "会议纪要", by=chair, today=date(2026, 11, 20))
    assert numbers.value(other, CUSTOM) == 5


def test_a_number_that_begins_on_a_day_leaves_the_one_of_before_on_record(chair, today):
    numbers.settle(CUSTOM, 8, "2025年第1次委员会会议", by=chair, today=today)
    numbers.settle(CUSTOM, 6, "2026年第9次委员会会议", first=today, version=1, by=chair, today=today)
    assert numbers.value(chair.union, CUSTOM) == 6
    held = numbers.history(chair.union, CUSTOM)
    assert [(one.number, one.first, one.version) for one in held] == [(8, None, 1), (6, today, 2)]


def test_a_number_is_not_settled_from_a_day_to_come_nor_before_the_one_that_holds(chair, today):
    with pytest.raises(Refused, match="还没有到"):
        numbers.settle(CUSTOM, 8, "会议纪要", first=today + timedelta(days=1), by=chair, today=today)
    numbers.settle(CUSTOM, 8, "会议纪要", first=today, by=chair, today=today)
    for first in (None, today - timedelta(days=1)):
        with pytest.raises(Refused, match="现在的数从"):
            numbers.settle(CUSTOM, 6, "会议纪要", first=first, version=1, by=chair, today=today)


def test_what_one_meeting_settled_is_confirmed_in_one_go_or_not_at_all(chair, today):
    other = Number("keep.other", "别的记录", 7, YEARS, "惯例")
    words = "2026年第8次委员会会议"
    for those, source, why in (((), words, "还没有选"), ((CUSTOM,), " ", "没有写依据"), ((LAW,), words, "还没有选")):
        with pytest.raises(Refused, match=why):
            numbers.confirm(those, source, by=chair, today=today)
    assert numbers.confirm((CUSTOM, other, LAW), words, by=chair, today=today) == 2
    held = numbers.settled(chair.union, (CUSTOM, other))
    assert [(one.number, one.source, one.confirmed_by) for one in held.values()] == [
        (5, words, "张主席"), (7, words, "张主席"),
    ]  # fmt: skip
    line = AuditLine.objects.get(verb="standards.number.settled")
    assert line.changes["title"] == "试验记录5年、别的记录7年"
    numbers.settle(CUSTOM, 8, "第9次会议", version=held["keep.test"].version, by=chair, today=today)
    with pytest.raises(Refused, match="刚被别人确认过"):
        numbers.confirm((other, Number("keep.third", "第三种", 3, YEARS, "惯例")), words, by=chair, today=today)
    assert OwnNumber.objects.count() == 2
