"""The rooms of this house, lowest first: the order of the ledger's sheets and in which the demo is built."""

from __future__ import annotations

from zhijia.core.feature_types import Feature
from zhijia.documents.feature import FEATURE as documents
from zhijia.elections.feature import FEATURE as elections
from zhijia.members.feature import FEATURE as members
from zhijia.notices.feature import FEATURE as notices
from zhijia.standards.feature import FEATURE as standards
from zhijia.unions.feature import FEATURE as unions

FEATURES: tuple[Feature, ...] = (unions, documents, standards, members, notices, elections)
