"""What binds a person to the union still: members, those in office, those who wait for a correction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef

from zhijia.core.conditions import flag, holds, lasts
from zhijia.members.corrections import ERASE, WAITING, CorrectionRequest
from zhijia.members.models import Person, Post


def ties(person: int, today: date) -> Iterable[str]:
    """Membership (retained too), posts in force, requests without an answer; one query.

    Whoever asks to be erased is answered by the erasure itself: that request binds nobody.
    """
    still = holds(today, "admitted_on", "left_on")
    own = {"person": OuterRef("pk"), "withdrawn_on": None}
    member, office, asked = (
        Person._base_manager.filter(pk=person)
        .values_list(
            flag(still),
            Exists(Post.objects.filter(lasts(today), **own)),
            Exists(CorrectionRequest.objects.filter(state=WAITING, **own).exclude(about=ERASE)),
        )
        .get()
    )
    if member:
        yield "现在还是会员（含保留会籍）"
    if office:
        yield "还有任职没有离任"
    if asked:
        yield "提出的更正请求还没有答复"
