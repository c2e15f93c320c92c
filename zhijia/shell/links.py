"""Addresses of what rooms speak of: rooms name a table, a record or a fact, never an address of the hallway."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from zhijia.core.access import Access
from zhijia.core.feature_types import HomeLine, Reminder
from zhijia.shell.registers import BY_LABEL, REGISTERS, record_url

Pairs = Iterable[tuple[str, str]]


def seen_url(access: Access, label: str, uid: str) -> str:
    """The page of a record, where the access may open it; else empty. A query only for whoever leads groups."""
    register = BY_LABEL.get(label)
    if register is None or not uid or not register.may_open(access):
        return ""
    if register.limited(access) and not register.rows(access).filter(uid=uid).exists():
        return ""
    return record_url(label, uid)


def seen_urls(access: Access, model: Any, uids: Iterable[str]) -> dict[str, str]:
    """The pages of records of one table by 编号; of a table that is kept as several registers, each in its own.

    No query for a table that is one register seen whole, else at most one per register.
    """
    wanted = [uid for uid in uids if uid]
    label = getattr(model, "stands_for", model._meta.label)  # rows of a view bear the numbers of a table's
    if (one := BY_LABEL.get(label)) and not one.limited(access):
        return {uid: record_url(label, uid) if one.may_view(access) else "" for uid in wanted}
    found: dict[str, str] = {}
    for register in REGISTERS:
        left = [uid for uid in wanted if uid not in found]
        own = register.sheet.records.model._meta
        mine = register.label == label or own.concrete_model is model
        if left and mine and register.may_open(access):
            there = register.rows(access).filter(uid__in=left).order_by().values_list("uid", flat=True)
            found |= {str(uid): register.url("record", uid) for uid in there}
    return found


def list_url(access: Access, label: str, asks: Pairs = ()) -> str:
    """The register's list filtered by `asks`, where the access may open it; else empty."""
    register = BY_LABEL.get(label)
    return with_query(register.url(), asks) if register and register.may_open(access) else ""


def start_url(access: Access, label: str, start: Pairs = ()) -> str:
    """The form of a new record with what is known already, where the access may make one; else empty."""
    register = BY_LABEL.get(label)
    return with_query(register.url("new"), start) if register and register.may_edit(access) else ""


def reminder_url(access: Access, reminder: Reminder) -> str:
    """Where the thing that the reminder asks for is done."""
    if reminder.url:
        return reminder.url
    if reminder.uid:
        return seen_url(access, reminder.label, reminder.uid)
    return start_url(access, reminder.label, reminder.start)


def line_url(access: Access, line: HomeLine) -> str:
    """Where a line of a card leads."""
    if line.url:
        return line.url
    if line.fact:
        return fact_url(line.fact) if access.may("shell.facts") else ""
    if line.start:
        return start_url(access, line.label, line.start)
    return seen_url(access, line.label, line.uid) if line.uid else list_url(access, line.label, line.asks)


def fact_url(key: str, *, year: Any = "", by: Mapping[str, str] | None = None, period: Pairs = ()) -> str:
    """The page of a fact, at the records of one year or category, in the period asked about."""
    parts = [*period]
    if year:
        parts.append(("year", str(year)))
    for dimension, code in (by or {}).items():
        parts += [("by", dimension), ("code", code)]
    url = with_query(reverse("shell:fact", args=[key]), parts)
    return f"{url}#records" if year or by else url


def with_query(url: str, pairs: Pairs) -> str:
    """The address with the values that are not None as its query."""
    words = urlencode([(name, value) for name, value in pairs if value is not None])
    return f"{url}?{words}" if words else url
