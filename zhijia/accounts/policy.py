"""The policy in force: the level of the settings with the figures set differently there."""

from __future__ import annotations

from django.conf import settings

from zhijia.accounts.rules import Policy, policy_of


def policy() -> Policy:
    """What this installation asks of passwords and sessions (ZHIJIA_MLPS and its single figures)."""
    return policy_of(settings.MLPS, settings.LOGIN_RULES)
