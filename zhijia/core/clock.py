"""The one clock. Views and commands read it; rules and services are told `today`."""

from __future__ import annotations

import os
from datetime import date

from django.utils import timezone


def today() -> date:
    """Today in Asia/Shanghai; `ZHIJIA_TODAY=2026-11-20` replaces it (the demo folder stores its own day)."""
    fixed = os.environ.get("ZHIJIA_TODAY")
    return date.fromisoformat(fixed) if fixed else timezone.localdate()
