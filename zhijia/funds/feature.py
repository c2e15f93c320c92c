"""What the funds room offers the house."""

from __future__ import annotations

from zhijia.core import erasing, personal
from zhijia.core.access import Grant
from zhijia.core.feature_types import Feature
from zhijia.funds.checks import CHECKS
from zhijia.funds.demo import demo
from zhijia.funds.facts import CLAIMS, FACTS
from zhijia.funds.home import home
from zhijia.funds.sheets import SHEETS
from zhijia.funds.traces import TRACES

FEATURE = Feature(
    slug="funds",
    section="经费",
    grants=(
        Grant("chair", ("funds.view",)),
        Grant("vice_chair", ("funds.view",)),
        Grant("accountant", ("funds.view", "funds.edit")),
        *(Grant(post, ("funds.view",)) for post in ("cashier", "visitor")),
        Grant("review_director", ("funds.view", "funds.review")),
        Grant("reviewer", ("funds.view", "funds.review")),
    ),
    sheets=SHEETS,
    facts=FACTS,
    claims=CLAIMS,
    checks=CHECKS,
    home=home,
    export_person=personal.exporter("funds", SHEETS),
    erase_person=erasing.eraser("funds", SHEETS, named=("funds.Collection", "funds.PersonReceipt")),
    traces=TRACES,
    demo=demo,
)
