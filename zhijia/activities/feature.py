"""What the activities room offers the house."""

from __future__ import annotations

from zhijia.activities.checks import CHECKS
from zhijia.activities.demo import demo
from zhijia.activities.facts import CLAIMS, FACTS
from zhijia.activities.home import home
from zhijia.activities.sheets import SHEETS
from zhijia.activities.traces import TRACES
from zhijia.core import erasing, personal
from zhijia.core.access import Grant
from zhijia.core.feature_types import Feature

EDITORS = ("chair", "vice_chair", "committee", "women_director", "operator")
READERS = ("reviewer", "review_director", "women", "visitor")

FEATURE = Feature(
    slug="activities",
    section="活动",
    grants=(
        *(Grant(post, ("activities.view", "activities.edit")) for post in EDITORS),
        *(Grant(post, ("activities.view",)) for post in ("group_leader", *READERS)),
        # Who took part and who is where; of the own group a leader reads it without this.
        *(Grant(post, ("activities.people",)) for post in (*EDITORS, *READERS)),
    ),
    sheets=SHEETS,
    facts=FACTS,
    claims=CLAIMS,
    checks=CHECKS,
    home=home,
    export_person=personal.exporter("activities", SHEETS),
    erase_person=erasing.eraser("activities", SHEETS),
    traces=TRACES,
    demo=demo,
)
