"""What is still open with a person: who waits for an answer can not be erased."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from zhijia.voice.models import Suggestion


def ties(person: int, _today: date) -> Iterable[str]:
    """Suggestions without an answer."""
    if count := Suggestion.objects.filter(person=person, withdrawn_on=None, answered_on=None).count():
        yield f"有{count}条意见建议还没有答复"
