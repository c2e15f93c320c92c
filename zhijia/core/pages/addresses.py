"""Addresses of pages that stand above the room that links to them.

A room's text links figures to the page of their fact, and that page belongs to the hallway. The room names no address
of the hallway: the settings say where the pages are (`FACT_URL`, `RECORD_URL`, `DEEMED_URL`, `INVITE_URL`), and a test
keeps them and the hallway's own together.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.conf import settings


def fact_url(key: str, codes: Mapping[str, str] | None = None) -> str:
    """The page with a fact's value and the records behind it: of the year and the one category among `codes`."""
    address: str = settings.FACT_URL.format(key=key)
    asked = {"year": codes["year"]} if codes and "year" in codes else {}
    axes = [axis for axis in codes or {} if axis != "year"]
    if codes and len(axes) == 1:
        asked |= {"by": axes[0], "code": codes[axes[0]]}
    return f"{address}?{urlencode(asked)}#records" if asked else address


def record_url(model: Any, uid: str) -> str:
    """The page of a record; rows of a view bear the 编号 of the table that they stand for."""
    room, _dot, kind = str(getattr(model, "stands_for", model._meta.label)).lower().partition(".")
    address: str = settings.RECORD_URL.format(room=room, kind=kind, uid=uid)
    return address


def deemed_url(uid: str) -> str:
    """The page where it is proposed, talked about and decided that somebody is deemed withdrawn (自动退会)."""
    address: str = settings.DEEMED_URL.format(uid=uid)
    return address


def invite_url(person: int) -> str:
    """The page where invitations are made (邀请登录), that person ticked."""
    return f"{settings.INVITE_URL}?person={person}"
