"""What a person does about the own family: sees it, adds, changes, takes out, agrees for a child and takes that back.

Everything starts from the person behind the login: no relative of somebody else can be named.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import BooleanField, ExpressionWrapper, Q

from zhijia.core import audit
from zhijia.core.access import Access
from zhijia.core.erasing import year_only
from zhijia.core.lookup import Lookup
from zhijia.core.outcomes import Place, Refused, Violation
from zhijia.core.pages.reading import row_of
from zhijia.core.pages.wording import registered, typed
from zhijia.core.uid import uuid7
from zhijia.members import household_records, own
from zhijia.members.ground_records import save_consents
from zhijia.members.grounds import Consent, in_force
from zhijia.members.household_records import save_relatives
from zhijia.members.household_rules import SOURCE, under_14
from zhijia.members.household_sheet import HOUSEHOLD
from zhijia.members.models import Relative

SECRETS = ("id_number", "illness")
ASKED = (
    "relation", "name", "sex", "birth_on", "work", "together", "dependent", "income_fen", "illness", "id_number",
)  # fmt: skip
GUARDIAN = "guardian"
WORDS = "作为监护人同意工会为帮扶、慰问使用未满14周岁子女的信息"
_HELD = {
    f"has_{name}": ExpressionWrapper(Q(**{f"{name}__isnull": False}), output_field=BooleanField()) for name in SECRETS
}


def mine(by: Access) -> list[Relative]:
    """The relatives of whoever asks, without secrets, those who still count first."""
    rows = Relative.objects.in_union(by.union).filter(person=by.person).annotate(**_HELD).defer(*SECRETS)
    return sorted(rows.order_by("pk"), key=lambda one: one.end is not None)


def one_of_mine(by: Access, uid: UUID) -> Relative | None:
    """One of them; None for anybody else's."""
    rows = Relative.objects.in_union(by.union).filter(person=by.person).annotate(**_HELD).defer(*SECRETS)
    found: Relative | None = rows.filter(uid=uid).first()
    return found


def agreed(by: Access) -> Consent | None:
    """The consent for children that whoever asks gave and that holds today."""
    return next(iter(_agreements(by)), None)


def _agreements(by: Access) -> list[Consent]:
    """Each that was given and holds today, the latest first: on paper and here there may be more than one."""
    rows = Consent.objects.in_union(by.union).filter(in_force(by.on), person=by.person, purpose=Consent.Purpose.CHILD)
    return list(rows.order_by("-given_on", "-pk"))


def _nobody(by: Access) -> list[Violation]:
    if own.person_of(by) is None:
        return [Violation("nobody", "这个登录名没有对应的人", mend="请联系小组长或主席")]
    return []


def keep(
    texts: Mapping[str, str],
    *,
    stored: Relative | None,
    version: int = 0,
    cleared: Collection[str] = (),
    guardian: bool = False,
    by: Access,
    today: date,
) -> int:
    """Add a relative of whoever asks, or change `stored`; a child needs the guardian's consent, given here or before.

    A secret that was left blank stays as it is; one in `cleared` goes. Refused with everything that is wrong.
    """
    broken = _nobody(by)
    if broken:
        raise Refused(broken)
    still = {name for name in SECRETS if not texts.get(name) and name not in cleared}
    others = {column.field for column in HOUSEHOLD.columns} - set(ASKED)
    lookup = Lookup(by.union, today, few=True)
    row, problems = row_of(HOUSEHOLD, texts, lookup, known={}, untouched=still | others)
    if problems:
        raise Refused(problems)
    row = {name: value for name, value in row.items() if name in ASKED}
    row |= {
        "uid": stored.uid if stored else uuid7(),
        "person": by.person,
        "first": stored.first if stored else today,
        "end": stored.end if stored else None,
    }
    if stored is not None:
        row["version"] = version
    with transaction.atomic():
        audit.lock(by.union)
        if guardian and under_14(row["birth_on"], today) and agreed(by) is None:
            _agree(by, today)
        try:
            return save_relatives([row], union=by.union, by=by, today=today)[0]
        except Refused as refused:
            raise Refused([_for_oneself(problem) for problem in refused.violations]) from None


def _for_oneself(problem: Violation) -> Violation:
    """The refusal for want of a consent, with the way that the person has on the same form."""
    if problem.code != "consent":
        return problem
    message, mend = (
        "孩子未满14周岁，要监护人同意才能登记",
        "您是监护人并且同意的，请打勾；不登记也不影响您的任何权益",
    )
    return Violation(problem.code, message, SOURCE, Place(column=GUARDIAN), mend=mend)


def _agree(by: Access, today: date) -> None:
    row = {
        "person": by.person, "purpose": Consent.Purpose.CHILD, "ground": Consent.Ground.GUARDIAN, "given_on": today,
        "ended_on": None, "text": WORDS,
    }  # fmt: skip
    save_consents([row], union=by.union, by=by, today=today)


@transaction.atomic
def forget(one: Relative, *, by: Access, today: date) -> None:
    """Take a relative out at the person's wish: the row is withdrawn, and what tells who it was goes at once."""
    audit.lock(by.union)
    rows = Relative.objects.filter(pk=one.pk, person=by.person, withdrawn_on=None)
    now = rows.values_list("birth_on", "version").first()  # as it is written, whatever the page showed
    if now is not None:
        birth_on, version = now
        rows.update(
            **household_records.blank(), birth_on=year_only(birth_on), version=version + 1, withdrawn_on=today,
            withdrawn_by=by.user, withdrawn_reason="本人删除",
        )  # fmt: skip
        audit.record(union=by.union, by=by, verb="members.relative.removed", tables=[Relative], subject=one)


@transaction.atomic
def take_back(by: Access, today: date) -> int:
    """Take the consent for children back: it ends, and the children under 14 are taken out. Returns how many."""
    audit.lock(by.union)
    held = _agreements(by)
    if not held:
        return 0
    rows = [
        {
            "uid": one.uid, "version": one.version, "person": one.person_id, "purpose": one.purpose,
            "ground": one.ground, "given_on": one.given_on, "ended_on": today, "text": one.text,
        }
        for one in held
    ]  # fmt: skip
    save_consents(rows, union=by.union, by=by, today=today)
    children = [one for one in mine(by) if under_14(one.birth_on, today)]
    for one in children:
        forget(one, by=by, today=today)
    return len(children)


def texts_of(one: Relative) -> dict[str, str]:
    """What a form holds of a relative; secrets are not among it."""
    plain = [HOUSEHOLD.column(name) for name in ASKED if name not in SECRETS]
    return {column.field: typed(column, getattr(one, column.field)) for column in plain}


def before(one: Relative) -> dict[str, str]:
    """What may be said of the secrets on record."""
    return {
        name: registered(HOUSEHOLD.column(name), one.id_tail if name == "id_number" else "")
        for name in SECRETS
        if getattr(one, f"has_{name}")
    }
