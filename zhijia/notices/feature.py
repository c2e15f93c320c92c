"""What the notices room offers the house."""

from __future__ import annotations

from zhijia.core.access import Grant
from zhijia.core.feature_types import Feature, MenuItem
from zhijia.notices.checks import CHECKS
from zhijia.notices.demo import demo
from zhijia.notices.facts import CLAIMS, FACTS
from zhijia.notices.home import home
from zhijia.notices.sheets import SHEETS

OFFICERS = ("chair", "vice_chair", "committee")

FEATURE = Feature(
    slug="notices",
    section="公开",
    urls="zhijia.notices.urls",
    menu=(MenuItem("公开", "公示栏", "notices:feed", "notices.read"),),
    grants=(
        Grant("member", ("notices.read",)),
        *(Grant(post, ("notices.read", "notices.view", "notices.edit")) for post in OFFICERS),
        Grant("group_leader", ("notices.read", "notices.view")),
        *(Grant(post, ("notices.read", "notices.view")) for post in ("reviewer", "visitor")),
        Grant("operator", ("notices.read", "notices.view", "notices.edit")),
    ),
    sheets=SHEETS,
    facts=FACTS,
    claims=CLAIMS,
    checks=CHECKS,
    home=home,
    demo=demo,
)
