"""Tells the browser whose drafts of forms it holds, and which of them the server has taken (core/offline.js).

draft-owner: an opaque mark of the login, so that drafts of one person are never shown to the next. It outlives the
session: what was typed when the session ended is there after the next login of the same person, and goes at logout.
draft-done: the key of the form that was just saved.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from zhijia.core import secrets

OWNER, DONE, FIELD = "draft-owner", "draft-done", "draft_key"
OWNED_FOR = 60 * 86400  # seconds: longer than drafts are kept
SAVED = {301, 302, 303}
KEY = re.compile(r"[\w./:-]{1,120}")
FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}


class DraftMiddleware:
    """Sets both cookies; stands inside `AccessMiddleware`, whose `request.access` it reads."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """Answer, then say who is here now and what was saved."""
        response = self.get_response(request)
        if request.user.is_authenticated:
            mark = secrets.keyed_digest(str(request.user.pk), purpose="drafts")[:16]
            if request.COOKIES.get(OWNER) != mark:
                _give(response, OWNER, mark, OWNED_FOR)
            key = _saved(request, response)
            if key:
                _give(response, DONE, quote(key), 60)
        elif request.access is not None:  # somebody has just gone out
            response.delete_cookie(OWNER, samesite="Lax")
        return response


def _saved(request: Any, response: HttpResponse) -> str:
    """The key of the form that this request saved, if it did."""
    if request.method != "POST" or response.status_code not in SAVED or request.access is None:
        return ""
    key = request.POST.get(FIELD, "") if request.content_type in FORMS else ""
    return key if KEY.fullmatch(key) else ""


def _give(response: HttpResponse, name: str, value: str, age: int) -> None:
    # read by the script of the page, which is why it is not HttpOnly; it opens nothing
    response.set_cookie(name, value, max_age=age, samesite="Lax", secure=settings.HTTPS)
