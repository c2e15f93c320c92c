"""What the learning room offers the house."""

from __future__ import annotations

from zhijia.core import erasing, personal
from zhijia.core.access import Grant
from zhijia.core.feature_types import Feature
from zhijia.learning.demo import demo
from zhijia.learning.facts import CLAIMS, FACTS
from zhijia.learning.sheets import SHEETS
from zhijia.learning.traces import TRACES

EDITORS = ("chair", "vice_chair", "committee", "operator")
READERS = ("reviewer", "review_director", "visitor")

FEATURE = Feature(
    slug="learning",
    section="学习",
    grants=(
        *(Grant(post, ("learning.view", "learning.edit")) for post in EDITORS),
        *(Grant(post, ("learning.view",)) for post in ("group_leader", *READERS)),
        # Who was taught; of the own group a leader reads it without this.
        *(Grant(post, ("learning.people",)) for post in (*EDITORS, *READERS)),
    ),
    sheets=SHEETS,
    facts=FACTS,
    claims=CLAIMS,
    export_person=personal.exporter("learning", SHEETS),
    erase_person=erasing.eraser("learning", SHEETS),
    traces=TRACES,
    demo=demo,
)
