"""What learning tells of one person: courses finished."""

from __future__ import annotations

from typing import Any

from zhijia.core.person_types import TAKING_PART, TraceSet
from zhijia.learning.models import Education


def _finished(union: int) -> Any:
    return Education.objects.in_union(union)


TRACES = (TraceSet("学习培训", _finished, "on", ("course", "provider_name"), ground=TAKING_PART),)
