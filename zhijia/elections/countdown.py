"""The way to the next congress counted back from the end of the term. Pure.

Sources: the practice of beginning half a year ahead, with the ladder of 180, 90, 60 and 30 days; the superior answers
within 15 days; candidates are posted for 5 working days (工会基层组织选举工作条例, art. 15).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

BEGIN_DAYS, DELEGATE_DAYS, CANDIDATE_DAYS, POSTING_DAYS = 180, 90, 60, 30
ANSWER_DAYS = 15  # within so many days the superior answers on form and result
SHOWN_AHEAD = 30  # so many days before the way begins it is shown


@dataclass(frozen=True, slots=True)
class Known:
    """What the records say about the congress that ends the term; None where nothing says that it happened."""

    asked_on: date | None = None
    answered_on: date | None = None
    delegates_on: date | None = None
    names_asked_on: date | None = None
    posted_on: date | None = None
    elected_on: date | None = None
    reported_on: date | None = None
    approved_on: date | None = None
    with_delegates: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """One step: the day by which it is due, the day on which it was done, and the key of what would record it."""

    key: str
    text: str
    due: date
    done_on: date | None = None

    def late(self, today: date) -> bool:
        """Whether it should have been done and was not."""
        return self.done_on is None and self.due < today


def steps(end: date, known: Known) -> list[Step]:
    """The steps in the order of their days. `end` is the first day after the term.

    >>> [step.key for step in steps(date(2027, 7, 1), Known(with_delegates=False))]
    ['request', 'names', 'posting', 'election']
    """
    last = end - timedelta(days=1)

    def before(days: int) -> date:
        return end - timedelta(days=days)

    found = [Step("request", "向党组织和上级工会报送换届请示", before(BEGIN_DAYS), known.asked_on)]
    if known.asked_on:
        due = known.asked_on + timedelta(days=ANSWER_DAYS)
        found.append(Step("answer", f"上级批复换届请示（{ANSWER_DAYS}日内）", due, known.answered_on))
    if known.with_delegates:
        found.append(Step("delegates", "各小组选出会员代表", before(DELEGATE_DAYS), known.delegates_on))
    found.append(Step("names", "报送候选人建议人选", before(CANDIDATE_DAYS), known.names_asked_on))
    found.append(Step("posting", "候选人公示，不少于5个工作日", before(POSTING_DAYS), known.posted_on))
    found.append(Step("election", "召开大会，选举新一届委员会", last, known.elected_on))
    if known.elected_on:
        found.append(Step("result", "上报选举结果", known.elected_on + timedelta(days=ANSWER_DAYS), known.reported_on))
    if known.reported_on:
        due = known.reported_on + timedelta(days=ANSWER_DAYS)
        found.append(Step("approval", f"上级批复选举结果（{ANSWER_DAYS}日内）", due, known.approved_on))
    return found


def begins(end: date) -> date:
    """The first day on which the way is shown."""
    return end - timedelta(days=BEGIN_DAYS + SHOWN_AHEAD)
