"""The room of logins: every way in, tests' included, opens a session that can be listed and ended."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.utils import timezone


class AccountsConfig(AppConfig):
    """Opens the session row when Django has let somebody in."""

    name = "zhijia.accounts"

    def ready(self) -> None:
        """Listen."""
        user_logged_in.connect(_begin, dispatch_uid="accounts.sessions.begin")


def _begin(sender: Any, request: Any, user: Any, **_more: Any) -> None:
    from zhijia.accounts import sessions  # models can be read only once all rooms are there

    sessions.begin(request.session, user, agent=request.META.get("HTTP_USER_AGENT", ""), now=timezone.now())
