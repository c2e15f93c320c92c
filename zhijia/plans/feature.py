"""What the plans room offers the house."""

from __future__ import annotations

from zhijia.core import erasing, personal
from zhijia.core.access import Grant
from zhijia.core.feature_types import Feature
from zhijia.plans.checks import CHECKS
from zhijia.plans.demo import demo
from zhijia.plans.facts import CLAIMS, FACTS
from zhijia.plans.home import home
from zhijia.plans.reminders import reminders
from zhijia.plans.sheets import SHEETS

OFFICERS = ("chair", "vice_chair", "committee")

FEATURE = Feature(
    slug="plans",
    section="计划",
    grants=(
        *(Grant(post, ("plans.view", "plans.edit")) for post in OFFICERS),
        Grant("group_leader", ("plans.view",)),
        *(Grant(post, ("plans.view",)) for post in ("reviewer", "visitor")),
        Grant("operator", ("plans.view", "plans.edit")),
    ),
    sheets=SHEETS,
    facts=FACTS,
    claims=CLAIMS,
    checks=CHECKS,
    reminders=reminders,
    home=home,
    export_person=personal.exporter("plans", SHEETS),
    erase_person=erasing.eraser("plans", SHEETS),
    demo=demo,
)
