"""What the standards room offers the house."""

from __future__ import annotations

from zhijia.core.access import Grant
from zhijia.core.feature_types import Feature
from zhijia.standards.demo import demo
from zhijia.standards.sheets import SHEETS

READERS = ("vice_chair", "committee", "accountant", "cashier", "review_director", "reviewer", "group_leader", "visitor")

FEATURE = Feature(
    slug="standards",
    section="设置",
    grants=(
        Grant("chair", ("standards.view", "standards.edit", "standards.confirm")),
        Grant("operator", ("standards.view", "standards.edit")),
        *(Grant(post, ("standards.view",)) for post in READERS),
    ),
    sheets=SHEETS,
    demo=demo,
)
