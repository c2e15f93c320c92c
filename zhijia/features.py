"""The rooms of this house, lowest first: the order of the ledger's sheets and in which the demo is built."""

from __future__ import annotations

from zhijia.activities.feature import FEATURE as activities
from zhijia.benefits.feature import FEATURE as benefits
from zhijia.care.feature import FEATURE as care
from zhijia.core.feature_types import Feature
from zhijia.documents.feature import FEATURE as documents
from zhijia.elections.feature import FEATURE as elections
from zhijia.funds.feature import FEATURE as funds
from zhijia.inquiries.feature import FEATURE as inquiries
from zhijia.learning.feature import FEATURE as learning
from zhijia.members.feature import FEATURE as members
from zhijia.notices.feature import FEATURE as notices
from zhijia.plans.feature import FEATURE as plans
from zhijia.standards.feature import FEATURE as standards
from zhijia.unions.feature import FEATURE as unions
from zhijia.voice.feature import FEATURE as voice

FEATURES: tuple[Feature, ...] = (
    unions,
    documents,
    standards,
    members,
    notices,
    plans,
    inquiries,
    funds,
    activities,
    care,
    benefits,
    learning,
    voice,
    elections,
)
