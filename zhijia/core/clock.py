"""The one clock. Views and commands read it; rules and services are told `today`."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils import timezone

DEMO_MARK = "demo.json"


def today() -> date:
    """Today in Asia/Shanghai. A demo folder's stored day replaces it, and `ZHIJIA_TODAY=2026-11-20` both."""
    fixed = os.environ.get("ZHIJIA_TODAY") or _day_of_the_demo()
    return date.fromisoformat(fixed) if fixed else timezone.localdate()


def _day_of_the_demo() -> str:
    try:
        mark = (Path(settings.ZHIJIA_HOME) / DEMO_MARK).read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    return str(json.loads(mark)["today"])
