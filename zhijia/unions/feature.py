"""What the unions room offers the house."""

from __future__ import annotations

from zhijia.core.access import Grant
from zhijia.core.feature_types import Feature
from zhijia.unions.checks import CHECKS
from zhijia.unions.demo import demo
from zhijia.unions.facts import FACTS
from zhijia.unions.sheets import SHEETS

FEATURE = Feature(
    slug="unions",
    section="设置",
    grants=(
        *(Grant(post, ("unions.view", "unions.edit")) for post in ("chair", "operator")),
        Grant("visitor", ("unions.view",)),
    ),
    sheets=SHEETS,
    facts=FACTS,
    checks=CHECKS,
    demo=demo,
)
