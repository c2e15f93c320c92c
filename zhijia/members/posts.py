"""Posts change hands: hand over, take up, leave. Each one function, one transaction, one audit line.

Access is built from posts in force, so what is written here is at once who may do what.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from zhijia.core import audit, person_keys, withdrawal
from zhijia.core.access import Access
from zhijia.core.conditions import holds, lasts
from zhijia.core.models import AuditLine
from zhijia.core.outcomes import Refused, Violation
from zhijia.members import appointing, post_rules
from zhijia.members.models import Person, Post
from zhijia.members.standing import refusal
from zhijia.unions.models import Group, Term

APPOINT = "members.appoint"
Office, Chosen = Post.Office, Post.Chosen
# Of a secret nothing is read; of a term only its row.
_SLIM = ("person__id_number", "person__phone")


@dataclass(frozen=True, slots=True)
class Terms:
    """How a post is held. `end` is the first day after it, for deputies and visitors known from the beginning."""

    portfolio: str = ""
    chosen: str = Chosen.ELECTED
    full_time: bool = False
    acting: bool = False
    end: date | None = None
    purpose: str = ""


PLAIN = Terms()


def at(union: int, day: date) -> list[Post]:
    """The posts held on the day, with holders and groups; one query."""
    rows = Post.objects.in_union(union).filter(holds(day)).select_related("person", "group")
    return list(rows.defer(*_SLIM).order_by("first", "pk"))


def may_hand_over(post: Post, by: Access) -> bool:
    """The holder himself, and whoever registers posts."""
    return post.office != Office.VISITOR and (post.person_id == by.person or by.may(APPOINT))


def locked(post: Post) -> Post:
    """The post's row, nobody else changing the union's posts meanwhile; refused where it was withdrawn."""
    audit.lock(post.union_id)
    rows = Post.objects.select_for_update(of=("self",)).select_related("person", "group")
    row: Post = withdrawal.still(rows.defer(*_SLIM), post.pk)
    return row


def stale(row: Post, version: int | None) -> list[Violation]:
    """A problem where somebody changed the post meanwhile."""
    if version is None or version == row.version:
        return []
    return [Violation("stale", "这个职务刚被别人办过", mend="请看过现在的情况再办")]


def _holding(row: Post, on: date, today: date) -> list[Violation]:
    """What stands against the post ending on the day."""
    if row.end is not None and row.end <= max(on, today):
        return [Violation("ended", f"这个职务已在{row.end}离任", mend="请看“任职和交接”里现在由谁担任")]
    if row.end is not None and not row.acting:
        return [Violation("ended", f"已经定了在{row.end}离任", mend="要改日期，请在这条任职记录里改")]
    if on <= row.first:
        mend = "刚上任的，第二天起才能再交接；登记错了，请在“任职”台账里改这条记录"
        return [refusal("on", f"日期要在任职日期{row.first}以后", mend)]
    return []


def holder_problems(
    person: Person, office: str, *, group: int | None, on: date, end: date | None, today: date
) -> list[Violation]:
    """Why the person may not hold the office from the day on: membership, separation of duties, held already."""
    found = []
    full = all(person.dates.full_on(day) for day in {on, max(on, today)})
    if office not in post_rules.FREE and not full:
        mend = "先办入会，或请另一个人担任"
        found.append(refusal("to", f"{person.name}那天不是会员，不能任职", mend, "《中国工会章程》"))
    beside = Post.objects.in_union(person.union_id).filter(lasts(on), person=person)
    if end is not None:
        beside = beside.filter(first__lt=end)
    held = list(beside.values_list("office", "group_id", "acting"))
    if (office, group, False) in held:
        found.append(refusal("to", f"{person.name}已经担任{OFFICE_NAMES[office]}", "请选另一个人"))
    others = {name for name, *_rest in held}
    known = set(post_rules.conflicts(others))
    for conflict in post_rules.conflicts(others | {office}):
        if conflict not in known:
            already = "、".join(OFFICE_NAMES[name] for name in sorted(others))
            mend = f"{person.name}现在担任{already}；请选另一个人，或先交接那个职务"
            found.append(refusal("to", conflict.message, mend, conflict.source))
    return found


OFFICE_NAMES: dict[str, str] = {str(code): str(label) for code, label in Office.choices}


def title(post: Post) -> str:
    """The post in words: 代理主席, 办公室小组组长."""
    words = f"{post.group.name}组长" if post.group else str(post.get_office_display())
    return f"代理{words}" if post.acting else words


def _begun(person: Person, office: str, *, group: int | None, on: date, terms: Terms) -> Post:
    term = Term.objects.in_union(person.union_id).filter(first__lte=on).order_by("-first").first()
    row: Post = Post.objects.create(
        union_id=person.union_id, person=person, office=office, group_id=group, term=term, first=on, end=terms.end,
        portfolio=terms.portfolio.strip()[:40], chosen=terms.chosen, full_time=terms.full_time, acting=terms.acting,
        purpose=terms.purpose.strip()[:100], origin=Post.Origin.LIVED,
    )  # fmt: skip
    return row


def _ended(row: Post, on: date, items: str) -> None:
    row.end, row.handover = on, items.strip()[:4000]
    row.version += 1
    row.save(update_fields=["end", "handover", "version"])


def hand_over_problems(row: Post, to: Person, *, on: date, by: Access, today: date) -> list[Violation]:
    """Everything that stands against handing the post over to that person."""
    found = _holding(row, on, today)
    if not may_hand_over(row, by):
        found.append(Violation("mine", "这个职务不是您担任的", mend="请本人、主席或副主席办理交接"))
    if to.pk == row.person_id:
        found.append(refusal("to", "不能交接给自己", "请写接任的人"))
        return found
    if to.union_id != row.union_id or to.withdrawn_on is not None:
        found.append(refusal("to", "名册里没有这个人", "请核对姓名或工号"))
        return found
    found += holder_problems(to, row.office, group=row.group_id, on=on, end=row.end, today=today)
    end = row.end if row.acting else None
    nobody = appointing.handed(row.union_id, row.pk, to=to.pk, on=on, end=end, today=today)
    return [*found, nobody] if nobody else found


@transaction.atomic
def hand_over(
    post: Post,
    to: Person,
    *,
    on: date,
    terms: Terms = PLAIN,
    items: str = "",
    version: int | None = None,
    by: Access,
    today: date,
) -> Post:
    """End the post on the day and let `to` hold it from then on; returns the new post.

    `items` is the list of what is handed over. A deputy's post keeps its end. The same instant decides both accesses:
    the old one ends with the day on which the new one begins.
    """
    row = locked(post)
    to = Person.objects.get(pk=to.pk)
    found = stale(row, version) + hand_over_problems(row, to, on=on, by=by, today=today)
    if found:
        raise Refused(found)
    terms = Terms(
        terms.portfolio or row.portfolio, terms.chosen, terms.full_time, row.acting, row.end if row.acting else None,
        row.purpose,
    )  # fmt: skip
    _ended(row, on, items)
    new = _begun(to, row.office, group=row.group_id, on=on, terms=terms)
    told = {"office": row.office, "on": on.isoformat(), "to": str(new.uid)}
    audit.record(union=row.union_id, by=by, verb="members.post.handed_over", subject=row, changes=told)
    return new


def taken_over(union: int, given: Iterable[int]) -> dict[str, int]:
    """By the 编号 of each post that began with a hand-over the one that was given (of these pks). Two queries.

    The audit chain tells: several may hold one office, and change on one day. It tells nothing of what is recorded from
    the past, nor of whoever was erased.
    """
    lines = AuditLine.objects.filter(union_id=union, subject=Post._meta.label, verb="members.post.handed_over")
    lines = lines.filter(subject_id__in=list(given))
    told = ((line.told.get("to"), line.subject_id) for line in person_keys.opened(lines))
    return {to: pk for to, pk in told if to and pk}


def successor(post: Post) -> Post | None:
    """Who took the post over: as the chain tells, else the only one who began in the office on the day."""
    if post.end is None:
        return None
    began = Post.objects.in_union(post.union_id).filter(office=post.office, group=post.group_id, first=post.end)
    found = list(began.select_related("person").defer(*_SLIM).order_by("pk"))
    told = taken_over(post.union_id, [post.pk])
    found = [one for one in found if str(one.uid) in told] if told else found
    return found[0] if len(found) == 1 else None


def _terms_problems(office: str, group: int | None, on: date, terms: Terms, union: int) -> list[Violation]:
    found = []
    if office not in OFFICE_NAMES or office == Office.VISITOR:
        return [refusal("office", "没有这个职务", "请从列表里选")]
    if office == Office.GROUP_LEADER and group is None:
        found.append(refusal("group", "小组长要写明是哪个小组", "请选工会小组"))
    if terms.acting and terms.end is None:
        found.append(refusal("end", "代理要写到哪天为止", "到期会提醒；没有选出新人的，到时再延"))
    if terms.end is not None and terms.end <= on:
        found.append(refusal("end", "最后一天早于任职日期", "请核对两个日期"))
    if office in post_rules.SINGLE and not terms.acting:
        held = Post.objects.in_union(union).filter(lasts(on), office=office, acting=False)
        holder = held.select_related("person").defer(*_SLIM).first()
        if holder is not None:
            mend = f"请由{holder.person.name}办交接；临时主持工作的选“代理”"
            found.append(refusal("office", f"{OFFICE_NAMES[office]}现在是{holder.person.name}", mend))
    return found


def take_up_problems(
    person: Person | None, office: str, *, group: int | None, on: date, terms: Terms, union: int, today: date
) -> list[Violation]:
    """Everything that stands against the person (None: not said yet) holding the office from the day on."""
    found = _terms_problems(office, group, on, terms, union)
    if person is None:
        return found
    if person.withdrawn_on is not None:
        found.append(refusal("to", "名册里没有这个人", "请核对姓名或工号"))
    elif office in OFFICE_NAMES and office != Office.VISITOR:
        end = terms.end if terms.end is not None and terms.end > on else None
        found += holder_problems(person, office, group=group, on=on, end=end, today=today)
    return found


@transaction.atomic
def take_up(
    person: Person, office: str, *, on: date, group: Group | None = None, terms: Terms = PLAIN, by: Access, today: date
) -> Post:
    """Let the person hold an office from the day on; a deputy (`terms.acting`) until an end that is said now."""
    audit.lock(person.union_id)
    person = Person.objects.get(pk=person.pk)  # as it is now: whoever left meanwhile takes up nothing
    leads = group.pk if group is not None and office == Office.GROUP_LEADER else None
    found = take_up_problems(
        person, office, group=leads, on=on, terms=terms, union=person.union_id, today=today
    )  # fmt: skip
    if found:
        raise Refused(found)
    new = _begun(person, office, group=leads, on=on, terms=terms)
    told = {"office": office, "on": on.isoformat(), "chosen": terms.chosen}
    audit.record(union=person.union_id, by=by, verb="members.post.taken_up", subject=new, changes=told)
    return new


@transaction.atomic
def leave(
    post: Post, *, on: date, reason: str = "", items: str = "", version: int | None = None, by: Access, today: date
) -> Post:
    """End a post without a successor. Refused where nobody would be left who registers posts."""
    row = locked(post)
    found = stale(row, version) + _holding(row, on, today)
    if not may_hand_over(row, by):
        found.append(Violation("mine", "这个职务不是您担任的", mend="请本人、主席或副主席办理卸任"))
    if not reason.strip():
        found.append(refusal("reason", "还没有写原因", "写一句，如“工作调动”"))
    last = appointing.ended(row.union_id, row.pk, on, today)
    found += [last] if last else []
    if found:
        raise Refused(found)
    _ended(row, on, items)
    told = {"office": row.office, "on": on.isoformat(), "reason": reason.strip()[:100]}
    audit.record(union=row.union_id, by=by, verb="members.post.left", subject=row, changes=told)
    return row


def overlaps(posts: Iterable[Post]) -> list[tuple[Post, post_rules.Conflict]]:
    """Posts that one person holds beside another although the rules forbid it; each later post once per rule."""
    mine: dict[int, list[Post]] = {}
    found: list[tuple[Post, Any]] = []
    for post in posts:
        beside = mine.setdefault(post.person_id, [])
        for other in beside:
            apart = (other.end and other.end <= post.first) or (post.end and post.end <= other.first)
            if not apart:
                found += [(post, one) for one in post_rules.conflicts({post.office, other.office})]
        beside.append(post)
    return list(dict.fromkeys(found))
