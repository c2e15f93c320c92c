"""What a person asked for in the voice room: suggestions under the own name. Anonymous ones are nobody's."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from zhijia.core.person_types import ANSWERED, WAITING, Application
from zhijia.voice.models import Suggestion


def applications(person: int, _today: date) -> Iterable[Application]:
    """The suggestions, with their answers."""
    for row in Suggestion.objects.filter(person=person, withdrawn_on=None).order_by("-on", "-pk"):
        office = row.office_name or "工会"
        state = f"{row.answered_on.isoformat()}答复：{row.answer}".rstrip("：") if row.answered_on else "还没有答复"
        stands, after = (ANSWERED, "") if row.answered_on else (WAITING, f"等{office}答复")
        yield Application(f"意见建议：{row.text[:30]}", row.on, stands, state, after, "voice.Suggestion", str(row.uid))
