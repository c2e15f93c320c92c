"""What the benefits room offers the house."""

from __future__ import annotations

from zhijia.benefits.checks import CHECKS
from zhijia.benefits.demo import demo
from zhijia.benefits.facts import CLAIMS, FACTS
from zhijia.benefits.home import home
from zhijia.benefits.sharing import shared
from zhijia.benefits.sheets import SHEETS
from zhijia.benefits.terms import PAY
from zhijia.benefits.traces import TRACES, applications
from zhijia.core import erasing, personal
from zhijia.core.access import Grant
from zhijia.core.feature_types import Feature

OFFICERS = ("chair", "vice_chair", "committee")

FEATURE = Feature(
    slug="benefits",
    section="福利",
    grants=(
        *(Grant(post, ("benefits.view", "benefits.edit")) for post in (*OFFICERS, "operator")),
        *(Grant(post, ("benefits.view",)) for post in ("group_leader", "reviewer", "visitor")),
        # What is written of each member; of the own group a leader reads it without this.
        *(Grant(post, ("benefits.people",)) for post in (*OFFICERS, "operator", "reviewer", "visitor")),
    ),
    sheets=SHEETS,
    facts=FACTS,
    claims=CLAIMS,
    checks=CHECKS,
    home=home,
    export_person=personal.exporter("benefits", SHEETS),
    erase_person=erasing.eraser("benefits", SHEETS),
    traces=TRACES,
    applications=applications,
    shared=shared,
    numbers={"福利": (PAY,)},
    demo=demo,
)
