"""Kept lists whose search tells who somebody was go with the person: what is kept is nothing but that search."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict

from zhijia.shell.models import SavedList


def forget(model: Any, persons: Sequence[int], *, union: int) -> None:
    """Forget the lists of the union's logins that name one of the persons; called while the register holds the names.

    A name counts wherever it stands, also in what the list is called; staff number, tails and pinyin as a whole.
    """
    rows = model._base_manager.filter(pk__in=persons)
    found = list(rows.values_list("name", "staff_no", "id_tail", "phone_tail", "pinyin"))
    names = {name for name, *_rest in found if name}
    exact = {_bare(text) for _name, *rest, spelt in found for text in (*rest, *spelt.split(" ")[:1]) if text}
    users = model._base_manager.filter(union_id=union, user__isnull=False).values("user")
    tell = []
    for row in SavedList.objects.filter(user__in=users):
        texts = [row.name, *(text for _key, values in QueryDict(row.query).lists() for text in values)]
        if any(name in text for text in texts for name in names) or exact & {_bare(text) for text in texts}:
            tell.append(row.pk)
    SavedList.objects.filter(pk__in=tell).delete()


def _bare(text: str) -> str:
    return text.replace(" ", "").lower()
