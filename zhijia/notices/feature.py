"""What the notices room offers the house."""

from __future__ import annotations

from zhijia.core.access import Grant
from zhijia.core.feature_types import Feature
from zhijia.notices.checks import CHECKS
from zhijia.notices.demo import demo
from zhijia.notices.facts import CLAIMS, FACTS
from zhijia.notices.sheets import SHEETS

OFFICERS = ("chair", "vice_chair", "committee")

FEATURE = Feature(
    slug="notices",
    section="公开",
    grants=(
        *(Grant(post, ("notices.view", "notices.edit")) for post in OFFICERS),
        Grant("group_leader", ("notices.view",)),
        Grant("reviewer", ("notices.view",)),
        Grant("operator", ("notices.view", "notices.edit")),
    ),
    sheets=SHEETS,
    facts=FACTS,
    claims=CLAIMS,
    checks=CHECKS,
    demo=demo,
)
