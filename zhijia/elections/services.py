"""Changes to delegates and to the records of elections held."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from zhijia.core import records
from zhijia.core.frame import Frame
from zhijia.core.lookup import Lookup
from zhijia.core.outcomes import Violation
from zhijia.core.records import Records
from zhijia.elections.models import Candidacy, Delegate, Election
from zhijia.members import past_records, rules


def _delegate_problems(frame: Frame, lookup: Lookup) -> Iterable[Violation]:
    """Delegates are members with full rights on the day they are elected, in this membership or in one of before."""
    days = frame.get("elected_on")
    for index, state in enumerate(past_records.states(lookup, frame.get("person"), days)):
        if days[index] is None or state == rules.MEMBER:
            continue
        place = frame.place(index, "person")
        if state == rules.RETAINED:
            source = "《工会基层组织选举工作条例》第四条"
            yield Violation("R-ELE-01", "保留会籍的会员没有选举权和被选举权", source, place, mend="请核对保留会籍日期")
        else:
            message, mend = "当选时还不是（或已不是）会员", "请核对会员表、以前会籍表里的入会、离会日期"
            yield Violation("not_member", message, "会员代表大会条例", place, mend=mend)


def _election_problems(frame: Frame, _lookup: Lookup) -> Iterable[Violation]:
    names = ("due_count", "present_count", "issued", "returned", "valid", "invalid")
    for index, (due, present, issued, returned, valid, invalid) in enumerate(frame.zip(*names)):
        if None in (due, present, issued, returned, valid):
            continue
        if present > due:
            yield Violation("present", "实到多于应到", place=frame.place(index, "present_count"), mend="请核对人数")
        if valid + (invalid or 0) != returned:
            message = f"有效票{valid}加废票{invalid or 0}不等于收回的{returned}张"
            yield Violation("R-ELE-10", message, place=frame.place(index, "valid"), mend="请核对计票报告单")


DELEGATES = Records(Delegate, key=("person", "congress"), check=_delegate_problems)
ELECTIONS = Records(
    Election, key=("title", "on"), handles=(("title",), ("title", "on"), ("body", "on")), check=_election_problems
)
CANDIDACIES = Records(Candidacy, key=("election", "person"))

save_delegates = partial(records.save, DELEGATES)
save_elections = partial(records.save, ELECTIONS)
save_candidacies = partial(records.save, CANDIDACIES)
