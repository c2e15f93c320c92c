"""What the care room offers the house."""

from __future__ import annotations

from zhijia.care.checks import CHECKS
from zhijia.care.demo import demo
from zhijia.care.facts import CLAIMS, FACTS
from zhijia.care.ground_checks import CHECKS as GROUND_CHECKS
from zhijia.care.home import home
from zhijia.care.reminders import reminders
from zhijia.care.sheets import SHEETS
from zhijia.care.ties import ties
from zhijia.care.traces import TRACES, applications
from zhijia.core import erasing, personal
from zhijia.core.access import Grant
from zhijia.core.feature_types import Feature

# care.secret: illness, family and income of those who are aided (R-PRI-01); only who decides on aid reads them.
FEATURE = Feature(
    slug="care",
    section="关爱",
    grants=(
        *(Grant(post, ("care.view", "care.edit", "care.secret")) for post in ("chair", "vice_chair")),
        Grant("committee", ("care.view", "care.edit")),
        Grant("group_leader", ("care.report",)),
        Grant("reviewer", ("care.view",)),
        *(Grant(post, ("care.view",)) for post in ("review_director", "visitor")),
        Grant("operator", ("care.view", "care.edit")),
    ),
    sheets=SHEETS,
    facts=FACTS,
    claims=CLAIMS,
    checks=(*CHECKS, *GROUND_CHECKS),
    reminders=reminders,
    home=home,
    export_person=personal.exporter("care", SHEETS),
    erase_person=erasing.eraser("care", SHEETS),
    ties_person=ties,
    traces=TRACES,
    applications=applications,
    demo=demo,
)
