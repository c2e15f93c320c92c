"""What the elections room offers the house."""

from __future__ import annotations

from zhijia.core import erasing, personal
from zhijia.core.access import Grant
from zhijia.core.feature_types import Feature
from zhijia.elections.checks import CHECKS
from zhijia.elections.demo import demo
from zhijia.elections.facts import FACTS
from zhijia.elections.home import home
from zhijia.elections.sheets import SHEETS

EDITORS = ("chair", "vice_chair", "committee", "operator")

FEATURE = Feature(
    slug="elections",
    section="换届",
    grants=(
        *(Grant(post, ("elections.view", "elections.edit")) for post in EDITORS),
        Grant("visitor", ("elections.view",)),
    ),
    sheets=SHEETS,
    facts=FACTS,
    checks=CHECKS,
    home=home,
    export_person=personal.exporter("elections", SHEETS),
    erase_person=erasing.eraser("elections", SHEETS),
    demo=demo,
)
