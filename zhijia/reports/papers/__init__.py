"""The papers of the package, each maker giving none, one or several; the work report first: it withholds."""

from zhijia.reports.papers import chronicle, election, finance, registers, review, statistics, summaries, work_report
from zhijia.reports.workshop import Maker

MAKERS: tuple[Maker, ...] = (
    work_report.papers, finance.papers, review.papers, summaries.papers, registers.papers, chronicle.papers,
    election.papers, statistics.papers,
)  # fmt: skip

# Sentences that stand in other papers than the work report.
SENTENCES = (*finance.SENTENCES, *review.SENTENCES, *election.SENTENCES)
