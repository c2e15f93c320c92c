"""The papers of the package, each maker giving none, one or several."""

from zhijia.reports.papers import work_report
from zhijia.reports.workshop import Maker

MAKERS: tuple[Maker, ...] = (work_report.papers,)
