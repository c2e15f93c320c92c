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


def _delegate_problems(frame: Frame, lookup: Lookup) -> Iterable[Violation]:
    admitted = lookup.follow(frame.get("person"), "members.Person", "admitted_on")
    retained = lookup.follow(frame.get("person"), "members.Person", "retained_on")
    left = lookup.follow(frame.get("person"), "members.Person", "left_on")
    rows = zip(frame.get("elected_on"), admitted, retained, left, strict=True)
    for index, (elected_on, admitted_on, retained_on, left_on) in enumerate(rows):
        if elected_on is None:
            continue
        place = frame.place(index, "person")
        if admitted_on is None or admitted_on > elected_on or (left_on and left_on <= elected_on):
            message = "当选时还不是（或已不是）会员"
            yield Violation("not_member", message, "会员代表大会条例", place, mend="请核对会员表的入会、离会日期")
        elif retained_on and retained_on <= elected_on:
            source = "《工会基层组织选举工作条例》第四条"
            yield Violation("R-ELE-01", "保留会籍的会员没有选举权和被选举权", source, place, mend="请核对保留会籍日期")


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
