"""What elections puts on the first page: the way to the next congress, as far as the records know it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from zhijia.core.access import Access
from zhijia.core.feature_types import HomeCard, HomeLine
from zhijia.documents.models import Submission
from zhijia.elections import countdown
from zhijia.elections.countdown import Known, Step
from zhijia.elections.models import Delegate, Election
from zhijia.members.models import Person
from zhijia.notices.models import Notice
from zhijia.unions.models import Term
from zhijia.unions.rules import DELEGATES_FROM

Fields = tuple[tuple[str, str], ...]
# Where each step is recorded: the table and the fields that are known of the record.
_RECORDED: dict[str, tuple[str, Fields]] = {
    "request": ("documents.Submission", (("kind", "request"), ("matter", "congress"))),
    "answer": ("documents.Submission", ()),
    "delegates": ("elections.Delegate", ()),
    "names": ("documents.Submission", (("kind", "request"), ("matter", "candidates"))),
    "posting": ("notices.Notice", (("kind", "candidates"),)),
    "election": ("elections.Election", (("body", "committee"),)),
    "result": ("documents.Submission", (("kind", "report"), ("matter", "result"))),
    "approval": ("documents.Submission", ()),
}


def home(access: Access, today: date) -> Iterable[HomeCard]:
    """The steps of the countdown from half a year before the term ends; before that, when it will begin."""
    if not access.may("elections.edit"):
        return
    term = Term.objects.in_union(access.union).filter(first__lte=today).order_by("-first").first()
    if term is None:
        return
    begins = countdown.begins(term.end)
    if today < begins:
        days = (begins - today).days
        line = HomeLine("开始准备换届", begins.isoformat(), f"还有{days}天；到期前半年启动")
        yield HomeCard("换届日程", (line,))
        return
    steps = countdown.steps(term.end, _known(access.union, term, today))
    wanted = next((step for step in steps if step.done_on is None), None)
    start: tuple[tuple[str, str, Fields], ...] = ()
    if wanted is not None:
        label, fields = _RECORDED[wanted.key]
        start = ((label, f"登记：{wanted.text}", fields),) if fields or wanted.key == "delegates" else ()
    yield HomeCard("换届日程", tuple(_line(step, today) for step in steps), start=start)


def _line(step: Step, today: date) -> HomeLine:
    label, fields = _RECORDED[step.key]
    if step.done_on is not None:
        return HomeLine(step.text, f"{step.done_on.isoformat()}已办", label=label, asks=fields)
    days = (step.due - today).days
    note = f"过期{-days}天" if days < 0 else "今天到期" if days == 0 else f"还有{days}天"
    return HomeLine(step.text, f"{step.due.isoformat()}以前", note, label, asks=fields)


def _known(union: int, term: Term, today: date) -> Known:
    """What the records of the way's own time say; an election of the term's beginning is not the next one."""
    since = countdown.begins(term.end)
    papers: dict[str, tuple[date, date | None]] = {}  # by matter the first one: sent, answered
    sent = Submission.objects.in_union(union).filter(sent_on__gte=since, sent_on__lte=today)
    for matter, sent_on, answered_on in sent.order_by("-sent_on").values_list("matter", "sent_on", "answered_on"):
        papers[matter] = (sent_on, answered_on)
    nothing: tuple[None, None] = (None, None)
    asked = papers.get(Submission.Matter.CONGRESS, nothing)
    names = papers.get(Submission.Matter.CANDIDATES, nothing)
    result = papers.get(Submission.Matter.RESULT, nothing)
    posted = Notice.objects.in_union(union).filter(kind=Notice.Kind.CANDIDATES, posted_on__gte=since)
    delegates = Delegate.objects.in_union(union).filter(elected_on__gte=since, elected_on__lte=today)
    held = Election.objects.in_union(union).filter(body=Election.Body.COMMITTEE, on__gte=since, on__lte=today)
    members = Person.objects.in_union(union).members_on(today).order_by()[:DELEGATES_FROM]
    return Known(
        asked_on=asked[0],
        answered_on=asked[1],
        delegates_on=delegates.order_by("elected_on").values_list("elected_on", flat=True).first(),
        names_asked_on=names[0],
        posted_on=posted.order_by("posted_on").values_list("posted_on", flat=True).first(),
        elected_on=held.order_by("on").values_list("on", flat=True).first(),
        reported_on=result[0],
        approved_on=result[1],
        with_delegates=members.count() >= DELEGATES_FROM,
    )
