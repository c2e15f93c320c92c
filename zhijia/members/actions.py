"""What the page of a person, a newcomer or an application offers besides its record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.urls import reverse

from zhijia.core.access import Access
from zhijia.core.pages.parts import Action
from zhijia.members import posts
from zhijia.members.models import Admission, Newcomer, Pair, Person, Post


def actions(access: Access, row: Any) -> Iterable[Action]:
    """The ways from a record to the pages of standing."""
    if isinstance(row, Person) and row.withdrawn_on:
        if access.may("members.edit"):
            yield from _of_pairs(row)
    elif isinstance(row, Person):
        if access.may("members.led"):
            yield Action("看会籍经过", reverse("members:timeline", args=[row.uid]), "clock")
        if access.may("members.edit"):
            yield Action("办理变动（退休、调出、换小组等）", reverse("members:change", args=[row.uid]), "edit")
            yield from _of_pairs(row)
    elif isinstance(row, Newcomer) and row.person_id is None and access.may("members.edit"):
        yield Action("办理入会", reverse("members:start", args=[row.uid]), "next")
    elif isinstance(row, Admission) and access.may("members.led"):
        yield Action("签意见、看进展", reverse("members:admission", args=[row.uid]), "next")
    elif isinstance(row, Post):
        yield from _of_post(access, row)


def _of_pairs(row: Person) -> Iterable[Action]:
    """The way between a record and those merged with it, both ways."""
    merged = Pair.objects.in_union(row.union_id).filter(verdict=Pair.Verdict.MERGED)
    for pair in merged.filter(Q(kept=row) | Q(other=row)).order_by("-on", "-pk")[:3]:
        label = "看合并进来的记录" if pair.kept_id == row.pk else "这条已合并，看合并后的记录"
        yield Action(label, reverse("members:judged", args=[pair.uid]), "next")


def _of_post(access: Access, row: Post) -> Iterable[Action]:
    """Hand over what is held today; the paper of what was handed over."""
    open_ended = row.end is None or (row.acting and row.end > access.on)
    if open_ended and row.first <= access.on and access.may("members.handover") and posts.may_hand_over(row, access):
        yield Action("交接或卸任", reverse("members:hand_over", args=[row.uid]), "next")
    if row.end is not None and row.office != Post.Office.VISITOR and access.may("members.posts"):
        yield Action("交接清单（Word）", reverse("members:handover_paper", args=[row.uid]), "print")
