"""What the accounts room offers the house: logins have no sheet, fact or page of their own."""

from __future__ import annotations

from zhijia.core.feature_types import Feature

FEATURE = Feature(slug="accounts")
