"""What the house holds about whoever asks: how much of what, which posts may see it, and who did see it.

Everything starts from the person behind the login; no address names a person.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from io import BytesIO
from typing import Any

import xlsxwriter
from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.urls import reverse

from zhijia.core import audit, person_keys, personal, revealing
from zhijia.core.access import Access
from zhijia.core.models import AuditLine
from zhijia.core.personal import Source
from zhijia.features import FEATURES
from zhijia.shell import access as hall
from zhijia.shell import history
from zhijia.shell.grants import GRANTS, MEMBER
from zhijia.shell.registers import BY_LABEL

SHOWN, SEEN = 50, 50
WORKBOOK = "core.workbook.exported"
LIST = "shell.exported"
TAKEN = "shell.owndata.exported"


@dataclass(frozen=True, slots=True)
class Held:
    """One kind of record about the person: how many, its own page, and who may see it."""

    source: Source
    count: int
    url: str
    posts: str
    secret: str = ""  # who may see what is sealed in it


@dataclass(frozen=True, slots=True)
class Seen:
    """One look by somebody: `sure` where it was the person's own record, else a list in which the person may stand."""

    at: datetime | None
    who: str
    what: str
    reason: str = ""
    sure: bool = True


@cache
def all_sources() -> tuple[Source, ...]:
    """Every table of every room with rows about persons."""
    return tuple(source for feature in FEATURES for source in personal.sources(feature.slug, feature.sheets))


@cache
def _posts_with(permission: str) -> str:
    """The posts that hold a permission, in words and in their order."""
    grants = (*GRANTS, *(grant for feature in FEATURES for grant in feature.grants))
    holding = {grant.post for grant in grants if permission in grant.permissions}
    if MEMBER in holding:
        return "全体会员"
    return "、".join(str(label) for code, label in hall.OFFICES.items() if code in holding)


def held(person: int) -> tuple[Held, ...]:
    """The kinds of records that there are about the person; one query."""
    found = all_sources()
    return tuple(
        Held(source, count, reverse("shell:my_data_kind", args=[source.room, source.kind]), *_may_see(source))
        for source, count in zip(found, personal.counts(found, person), strict=True)
        if count
    )


def by_readers(kinds: Iterable[Held]) -> list[tuple[tuple[str, str], list[Held]]]:
    """The kinds in groups that the same posts may see: ((who, who of what is sealed), kinds)."""
    found: dict[tuple[str, str], list[Held]] = {}
    for one in kinds:
        found.setdefault((one.posts, one.secret), []).append(one)
    return list(found.items())


def _may_see(source: Source) -> tuple[str, str]:
    register = BY_LABEL.get(source.label)
    posts = _posts_with(register.view if register else f"{source.room}.view")
    if source.sheet and (source.sheet.led or source.sheet.report):
        leader = "本组小组长（一部分）" if source.sheet.report else "本组小组长"
        posts = "、".join(filter(None, (posts, leader)))
    secret = _posts_with(source.sheet.reveal) if source.sheet and source.sheet.reveal else ""
    return posts or "没有职务能看", secret


def source_of(room: str, kind: str, person: int) -> Source:
    """The kind of an address; 404 where nothing of it is held about the person."""
    found = next((one for one in all_sources() if (one.room, one.kind) == (room, kind)), None)
    if found is None or not found.about(person).exists():
        raise Http404("没有这一类记录")
    return found


def seen(access: Access, kinds: Sequence[Held]) -> list[Seen]:
    """Who looked: every secret shown, and every list taken away in which the person may stand; the latest first."""
    labels = [one.source.label for one in kinds]
    rooms = {one.source.room for one in kinds}
    own = Q(pk__in=())
    for one in kinds:
        if one.source.secrets:
            own |= Q(subject=one.source.label, subject_id__in=one.source.about(access.person or 0).values("pk"))
    lines = AuditLine.objects.filter(union_id=access.union).order_by("-seq")
    sure = person_keys.opened(lines.filter(own, verb=revealing.VERB)[:SEEN])
    lists = Q(verb=LIST, changes__register__in=labels) | Q(verb=WORKBOOK)
    if "inquiries" in rooms:
        lists |= Q(verb="inquiries.answers.revealed")
    maybe = person_keys.opened(lines.filter(lists)[:SEEN])
    who = history.people(line.user_id for line in (*sure, *maybe))
    found = [_seen(line, who, sure=line.verb == revealing.VERB) for line in (*sure, *maybe)]
    return sorted(found, key=lambda one: one.at.timestamp() if one.at else 0.0, reverse=True)[:SEEN]


def _seen(line: AuditLine, who: Mapping[int | None, str], *, sure: bool) -> Seen:
    name = who.get(line.user_id, "") or "终端"
    if sure:
        register = BY_LABEL.get(line.subject)
        column = history.columns_of(register).get(str(line.told.get("field", ""))) if register else None
        what = f"{register.sheet.name if register else ''}：{column.header if column else '保密内容'}的全文"
        return Seen(line.at, name, what, str(line.told.get("reason", "")))
    register = BY_LABEL.get(str(line.told.get("register", "")))
    if line.verb == LIST and register:
        return Seen(line.at, name, f"导出“{register.sheet.name}”名单", sure=False)
    if line.verb == WORKBOOK:
        return Seen(line.at, name, "导出全部台账", sure=False)
    return Seen(line.at, name, "导出收集表的保密答复", str(line.told.get("reason", "")), sure=False)


def copies(access: Access, most: int = 10) -> list[datetime]:
    """When the person took a copy of the own data, the latest first."""
    lines = AuditLine.objects.filter(union_id=access.union, verb=TAKEN, person_id=access.person, at__isnull=False)
    return [at for at in lines.order_by("-seq").values_list("at", flat=True)[:most] if at]


def everything(person: int) -> dict[str, dict[str, Any]]:
    """All that every room holds about the person, in full: room → kind → rows."""
    found: dict[str, dict[str, Any]] = {}
    for feature in FEATURES:
        rows = feature.export_person(person) if feature.export_person else {}
        if rows:
            found.setdefault(feature.section or feature.slug, {}).update(rows)
    return found


@transaction.atomic
def take(access: Access, form: str, *, kinds: Sequence[Held]) -> bytes:
    """The person's own copy, as "json" or "xlsx", with one audit line that tells the kinds and numbers of rows."""
    found = everything(access.person or 0)
    looks = [
        {"时间": one.at.astimezone().strftime("%Y-%m-%d %H:%M") if one.at else "", "谁": one.who, "看了什么": one.what,
         "用途": one.reason, "范围": "本人的记录" if one.sure else "整张名单，可能有本人"}
        for one in seen(access, kinds)
    ]  # fmt: skip
    counts = {title: len(rows) for part in found.values() for title, rows in part.items()}
    audit.record(union=access.union, by=access, verb=TAKEN, changes={"form": form, "rows": counts})
    return _json(found, looks, access) if form == "json" else _xlsx(found, looks)


def _json(found: Mapping[str, Any], looks: Iterable[Mapping[str, str]], access: Access) -> bytes:
    whole = {"姓名": access.name, "导出日期": access.on.isoformat(), "登记的数据": found, "谁看过": list(looks)}
    return json.dumps(whole, ensure_ascii=False, indent=2).encode()


def _xlsx(found: Mapping[str, Mapping[str, Sequence[Mapping[str, str]]]], looks: Sequence[Mapping[str, str]]) -> bytes:
    """One page for each kind; no text ever becomes a formula or a link."""
    out = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = xlsxwriter.Workbook(out, options)
    head = book.add_format({"bold": True, "bg_color": "#E8EEF7", "border": 1, "border_color": "#BFBFBF"})
    pages = [(title, rows) for part in found.values() for title, rows in part.items()]
    for title, rows in [*pages, *([("谁看过", looks)] if looks else [])]:
        heads = list(dict.fromkeys(name for row in rows for name in row))
        page = book.add_worksheet(title[:31])
        for place, name in enumerate(heads):
            page.write_string(0, place, name, head)
            page.set_column(place, place, max(10, min(40, 2 * len(name) + 4)))
        for number, row in enumerate(rows, start=1):
            for place, name in enumerate(heads):
                page.write_string(number, place, row.get(name, "")[:32_767])
        page.freeze_panes(1, 0)
    book.close()
    return out.getvalue()
