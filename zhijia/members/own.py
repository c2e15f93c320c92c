"""What a person does about the own data: corrects phone, education and political status at once, asks for the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction
from django.db.models import Q

from zhijia.core import audit, secrets
from zhijia.core.access import Access
from zhijia.core.outcomes import Place, Refused, Violation
from zhijia.core.sheets import kinds
from zhijia.members import services
from zhijia.members.correction_records import NUMBER, save_corrections
from zhijia.members.corrections import ERASE, WAITING, CorrectionRequest
from zhijia.members.models import OwnField, Person

ERASURE = ERASE  # what may be asked for besides corrections
PHONE, EDUCATION, POLITICS = FIELDS = ("phone", "education", "politics")
SHORTEST = 7  # digits of a person's own phone; a ledger may hold a service number such as 12351
_KINDS = {PHONE: kinds.phone(), EDUCATION: kinds.text(20), POLITICS: kinds.choice(Person.Politics)}


def person_of(by: Access) -> Person | None:
    """The person who asks, without secrets."""
    found: Person | None = Person.objects.filter(pk=by.person, union_id=by.union, withdrawn_on=None).first()
    return found


def has_fields(by: Access) -> bool:
    """Whether the union added fields to its register."""
    return bool(OwnField.objects.in_union(by.union).filter(retired_on=None).exists())


@transaction.atomic
def correct(texts: Mapping[str, str], *, version: int, by: Access, today: date) -> bool:
    """Save what was typed for the person who asks; an empty phone leaves the one on record. Tells whether it changed.

    Refused with every field that can not be read, and where the phone is somebody else's login.
    """
    audit.lock(by.union)  # first: two who claim one phone in the same moment would both find it free
    person = person_of(by)
    if person is None:
        raise Refused([Violation("nobody", "这个登录名没有对应的人", mend="请联系小组长或主席")])
    row: dict[str, object] = {}
    broken = []
    for name in FIELDS:
        text = str(texts.get(name, "")).strip()
        if not text:
            if name != PHONE:
                row[name] = ""
            continue
        values, problems = _KINDS[name].parse([text])
        row[name] = values[0]
        broken += [Violation(one.code, one.message, place=Place(column=name), mend=one.mend) for one in problems]
    if row.get(PHONE) and len(str(row[PHONE])) < SHORTEST:
        mend = "写自己的手机11位，或座机，如 0731-88881234"
        broken.append(Violation("service", "这是服务号码，不是个人的电话", place=Place(column=PHONE), mend=mend))
    if not broken and row.get(PHONE) and _taken(str(row[PHONE]), person):
        message = "这个手机号已经登记在别人名下"
        broken.append(Violation("taken", message, place=Place(column=PHONE), mend="请核对；确实是您的，请联系小组长"))
    if broken:
        raise Refused(broken)
    return services.save_part(person, row, version=version, by=by, today=today)


def _taken(phone: str, person: Person) -> bool:
    """Whether somebody else logs in with the number: two logins of one number would lock each other out.

    A staff number of eight digits can be read as a phone without its area.
    """
    meant = Q(phone_index=secrets.blind_index(phone, purpose=PHONE)) | Q(staff_no=phone) | Q(user__username=phone)
    others = Person.objects.filter(meant, user__isnull=False, withdrawn_on=None)
    return bool(others.exclude(pk=person.pk).exists())


POLITICAL = tuple(str(label) for label in Person.Politics.labels)


def asked(person: int, most: int = 20) -> list[CorrectionRequest]:
    """The person's latest requests, newest first, with those that the office took back: they do not just vanish."""
    return list(CorrectionRequest.objects.filter(person=person).order_by("-pk")[:most])


def erasure_asked(person: int) -> CorrectionRequest | None:
    """The request of the person to be erased that waits for an answer."""
    return next((one for one in asked(person) if one.asks_erasure), None)


def ask(about: str, wish: str, *, kinds: Iterable[str], by: Access, today: date) -> int:
    """Record the request of the person who asks; refused with everything that is missing. Returns its pk."""
    person = person_of(by)
    broken = []
    if person is None:
        broken.append(Violation("nobody", "这个登录名没有对应的人", mend="请联系小组长或主席"))
    if about not in set(kinds):
        broken.append(Violation("about", "没有选是哪一项", place=Place(column="about"), mend="选一项"))
    if len(wish) < 2:
        broken.append(
            Violation("wish", "没有写应改成什么", place=Place(column="wish"), mend="写清楚哪里不对、应改成什么")
        )
    elif len(wish) > 300:
        broken.append(Violation("wish", "文字太长，最多300个字", place=Place(column="wish"), mend="请缩短"))
    elif NUMBER.search(wish):
        mend = "这些请当面告诉小组长，或在自己的页面上改"
        broken.append(Violation("wish", "这里不要写证件号、手机号、卡号", place=Place(column="wish"), mend=mend))
    if broken or person is None:
        raise Refused(broken)
    row = {"person": person.pk, "about": about, "wish": wish, "asked_on": today, "state": WAITING, "answer": ""}
    return save_corrections([row], union=by.union, by=by, today=today)[0]
