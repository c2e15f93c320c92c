"""What the documents room offers the house."""

from __future__ import annotations

from zhijia.core.access import Grant
from zhijia.core.feature_types import Feature
from zhijia.documents.checks import CHECKS
from zhijia.documents.demo import demo
from zhijia.documents.facts import FACTS
from zhijia.documents.sheets import SHEETS

EDITORS = ("chair", "vice_chair", "committee", "operator")

FEATURE = Feature(
    slug="documents",
    section="文书",
    grants=(
        *(Grant(post, ("documents.view", "documents.edit")) for post in EDITORS),
        Grant("visitor", ("documents.view",)),
    ),
    sheets=SHEETS,
    facts=FACTS,
    checks=CHECKS,
    demo=demo,
)
