"""What a query asks of the page of deeds. Wrong words are passed over: an old bookmark never gets an error."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from zhijia.core.access import Access
from zhijia.core.names import normalise_name
from zhijia.core.pages import asking
from zhijia.core.pages.parts import Chip, Choice, Field, FilterBar
from zhijia.core.pages.reading import whole_number
from zhijia.shell.deeds import lines, verbs
from zhijia.shell.registers import BY_LABEL, REGISTERS, Register

ANONYMOUS = "anonymous"
_PEOPLE, _RECORDS = 20, 200  # so many matches of a name are followed


@dataclass(frozen=True, slots=True)
class Asked:
    """One query, read: `what` is a group of verbs, an unknown verb, or `anonymous`."""

    since: date | None
    until: date | None
    who: str
    what: str
    register: Register | None
    search: str
    record: UUID | None
    batch: int | None

    @property
    def filtered(self) -> bool:
        """Whether anything narrows the list."""
        return bool(
            self.since or self.until or self.who or self.what or self.register or self.search or self.record
            or self.batch is not None
        )  # fmt: skip


def asked(query: Mapping[str, Any], there: Sequence[str]) -> Asked:
    """Read a query: from, to, who, what, register, q, record, batch; `there` are the verbs that occur."""
    what = str(query.get("what", ""))
    unknown = {verb for verb in there if not verbs.known(verb).group}
    number = str(query.get("batch", "")).strip()
    return Asked(
        since=asking.day_of(str(query.get("from", ""))),
        until=asking.day_of(str(query.get("to", ""))),
        who=str(query.get("who", "")).strip()[:40],
        what=what if what in verbs.GROUPS or what in unknown or what == ANONYMOUS else "",
        register=BY_LABEL.get(str(query.get("register", ""))),
        search=str(query.get("q", "")).strip()[:60],
        record=_uid(str(query.get("record", ""))),
        batch=whole_number(number, 15),
    )


def wanted(query: Asked, access: Access, there: Sequence[str]) -> lines.Wanted:
    """The lines that the query keeps; at most two queries, for a name of a person and for one of a record."""
    anonymous = query.what == ANONYMOUS
    found = list(there)
    if query.what and not anonymous:
        found = verbs.of_group(query.what, found)
    if query.register:
        found = verbs.of_table(query.register.label, found)
    register = query.register or BY_LABEL["members.Person"]
    subjects = _records(register, access, query) if query.search or query.record else None
    return lines.Wanted(
        union=access.union,
        since=None if anonymous else query.since,
        until=None if anonymous else query.until,
        verbs=tuple(found) if (query.what and not anonymous) or query.register else None,
        users=None if anonymous or not query.who else _users(query.who, access),
        subject=register.label if subjects is not None else "",
        subjects=subjects,
        batch=query.batch,
        anonymous=anonymous,
    )


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _users(text: str, access: Access) -> tuple[int, ...]:
    """Logins of the union's people by name, pinyin, initials or login name."""
    person: Any = BY_LABEL["members.Person"].sheet.records.model
    match = Q(name__icontains=normalise_name(text)) | Q(user__username__iexact=text)
    if text.isascii():
        word = "".join(text.lower().split())
        match |= Q(pinyin__startswith=word) | Q(pinyin__contains=f" {word}")
    rows = person._base_manager.filter(match, union=access.union, user__isnull=False)
    return tuple(rows.values_list("user_id", flat=True)[:_PEOPLE])


def _records(register: Register, access: Access, query: Asked) -> tuple[int, ...]:
    """Records by name or 编号, withdrawn ones too; none of a register that the access may not open."""
    if not register.may_view(access):
        return ()
    rows: Any = register.sheet.records.model._base_manager.all()
    rows = rows.filter(union=access.union) if register.sheet.records.tenant else rows.filter(pk=access.union)
    if query.record:
        rows = rows.filter(uid=query.record)
    if query.search:
        sought = asking.asked(register.sheet, {"q": query.search})
        rows = rows.filter(asking.condition(register.sheet, sought, today=access.on))
    return tuple(rows.values_list("pk", flat=True)[:_RECORDS])


def bar(query: Asked, bare: Any, url: str, there: Sequence[str]) -> FilterBar:
    """The form above the list."""
    occurring = {verbs.known(verb).group for verb in there}
    groups = [(word, label) for word, label in verbs.GROUPS.items() if word in occurring]
    groups += [(verb, verb) for verb in there if not verbs.known(verb).group]
    groups.append((ANONYMOUS, "不记名的"))
    what = tuple(Choice(word, label, word == query.what) for word, label in (("", "全部"), *groups))
    label = query.register.label if query.register else ""
    seen: dict[str, str] = {"": "全部"}
    for register in REGISTERS:
        seen.setdefault(register.label, register.sheet.name)
    tables = tuple(Choice(word, name, word == label) for word, name in seen.items())
    return FilterBar(
        action=url,
        fields=(
            Field("who", "谁做的", "search", query.who, hint="姓名、拼音、登录名"),
            Field("what", "做了什么", "select", choices=what),
            Field("from", "从哪天", "text", query.since.isoformat() if query.since else "", hint="2026-01-01"),
            Field("to", "到哪天", "text", query.until.isoformat() if query.until else "", hint="2026-12-31"),
        ),
        more=(
            Field("register", "台账", "select", choices=tables),
            Field("q", "哪条记录", "search", query.search, hint="姓名、名称；不选台账时找会员"),
            Field("batch", "导入批号", "number", "" if query.batch is None else str(query.batch)),
        ),
        chips=tuple(_chips(query, bare)),
        kept=(("record", str(query.record)),) if query.record else (),
    )


def _chips(query: Asked, bare: Any) -> list[Chip]:
    told = {
        "who": f"谁：{query.who}" if query.who else "",
        "what": f"做了什么：{_group_word(query.what)}" if query.what else "",
        "from": f"从{query.since}" if query.since else "",
        "to": f"到{query.until}" if query.until else "",
        "register": f"台账：{query.register.sheet.name}" if query.register else "",
        "q": f"记录：{query.search}" if query.search else "",
        "record": "一条记录的经过" if query.record else "",
        "batch": f"第{query.batch}批导入" if query.batch is not None else "",
    }
    found = []
    for name, label in told.items():
        if label:
            rest = bare.copy()
            rest.pop(name, None)
            found.append(Chip(label, f"?{rest.urlencode()}"))
    return found


def _group_word(what: str) -> str:
    return "不记名的" if what == ANONYMOUS else verbs.GROUPS.get(what, what)
