"""What the list of members can be narrowed by besides its columns: standing, post, age, department."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from zhijia.core.conditions import holds
from zhijia.core.dates import add_years
from zhijia.core.sheets.declare import Filter
from zhijia.core.sheets.kinds import whole
from zhijia.members import rules
from zhijia.members.models import Admission, Post, member_on

APPLYING = "applying"
STANDINGS = (
    (rules.MEMBER, "会员"), (rules.RETAINED, "保留会籍"), (rules.GONE, "已离会"), (APPLYING, "正在申请"),
    (rules.NEVER, "非会员"),
)  # fmt: skip
# Bands of age as yearly statistics have them: from, up to (both included).
OLDEST = 150
BANDS: dict[str, tuple[int, int]] = {"-35": (0, 35), "36-45": (36, 45), "46-55": (46, 55), "56-": (56, OLDEST)}
BAND_WORDS = (("-35", "35岁以下"), ("36-45", "36—45岁"), ("46-55", "46—55岁"), ("56-", "56岁以上"))


def _standing(code: str, today: date) -> Q:
    """The standing of a person on the day, as the dates on record give it."""
    if code == rules.MEMBER:
        return member_on(today)
    if code == rules.RETAINED:
        return holds(today, "admitted_on", "left_on") & Q(retained_on__lte=today)
    if code == rules.GONE:
        return Q(left_on__lte=today)
    never = Q(admitted_on=None) | Q(admitted_on__gt=today)
    waiting = Admission.objects.filter(
        union=OuterRef("union"), person=OuterRef("pk"), state__in=rules.WAITING, withdrawn_on=None
    )
    return Q(Exists(waiting)) if code == APPLYING else never & ~Q(Exists(waiting))


def _post(office: str, today: date) -> Any:
    """Whoever holds the post on the day: posts last until they are handed over."""
    rows = Post.objects.filter(union=OuterRef("union"), person=OuterRef("pk"), office=office, withdrawn_on=None)
    return Q(Exists(rows.filter(holds(today))))


def _from(age: int, today: date) -> Q:
    """At least so many full years old."""
    return Q(birth_on__lte=add_years(today, -min(age, OLDEST)))


def _to(age: int, today: date) -> Q:
    """At most so many full years old."""
    return Q(birth_on__gt=add_years(today, -min(age, OLDEST) - 1))


def _band(code: str, today: date) -> Q:
    first, last = BANDS[code]
    return _from(first, today) & _to(last, today)


FILTERS = (
    Filter("standing", "会籍", _standing, STANDINGS),
    Filter("post", "工会职务", _post, tuple((str(code), str(label)) for code, label in Post.Office.choices)),
    Filter("age", "年龄段", _band, BAND_WORDS),
    Filter("age_from", "年龄从", _from, kind=whole(), hint="30"),
    Filter("age_to", "年龄到", _to, kind=whole(), hint="45"),
    Filter("at", "处室", lambda text, _today: Q(department__startswith=text), hint="计财处"),
)
