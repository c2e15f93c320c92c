"""Providers outside: where one is sent to, and who one is there. The login library speaks with most; WeCom is our own.

A round trip is bound to the browser's session by `state` (and PKCE where the provider knows it). Nothing that a
provider tells is kept but a digest of who it is; its tokens live only while this module asks.
"""

from __future__ import annotations

import json
import secrets as random
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import requests
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base import ProviderException
from allauth.socialaccount.providers.feishu.client import FeishuOAuth2Client
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.oauth2.utils import generate_code_challenge
from django.conf import settings
from django.http import HttpRequest
from jwt import PyJWTError

WECOM = "wecom"
WECOM_LOGIN = "https://login.work.weixin.qq.com/wwlogin/sso/login"
WECOM_API = "https://qyapi.weixin.qq.com/cgi-bin"
SECONDS = 10
_FAILURES = (
    requests.RequestException, OAuth2Error, ProviderException, PyJWTError, SocialApp.DoesNotExist, KeyError, TypeError,
    ValueError,
)  # fmt: skip


class Failed(Exception):
    """The provider did not say who it was. Carries no text: what a provider answers may hold tokens."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Where the browser is sent, and what must be remembered until it comes back."""

    url: str
    state: str
    verifier: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """Who somebody is at the provider, and what else it said (read at once, kept nowhere)."""

    uid: str
    claims: dict[str, Any] = field(default_factory=dict)


class _FeishuClient(FeishuOAuth2Client):
    """Feishu's documentation asks for JSON where the library sends a form."""

    def app_access_token(self) -> str:
        given = {"app_id": self.consumer_key, "app_secret": self.consumer_secret}
        with get_adapter().get_requests_session() as session:
            answer = session.request("POST", self.app_access_token_url, json=given)
            answer.raise_for_status()
            return str(answer.json()["app_access_token"])


def ask(request: HttpRequest, name: str, callback: str) -> Asked:
    """The address at the provider; raises Failed where it can not be reached."""
    state = random.token_urlsafe(24)
    if name == WECOM:
        app = settings.OUTSIDE[WECOM]["app"]
        query = {
            "login_type": "CorpApp", "appid": app["corp"], "agentid": app["agent"], "redirect_uri": callback,
            "state": state,
        }  # fmt: skip
        return Asked(f"{WECOM_LOGIN}?{urlencode(query)}", state)
    try:
        provider, adapter = _library(request, name)
        client = _client(adapter, provider.app, callback)
        client.state = state
        extra, verifier = provider.get_auth_params(), ""
        if provider.app.settings.get("oauth_pkce_enabled"):
            challenge = generate_code_challenge()
            verifier = challenge.pop("code_verifier")
            extra |= {**challenge, "code_challenge": challenge["code_challenge"].decode("ascii")}
        return Asked(client.get_redirect_url(adapter.authorize_url, provider.get_scope(), extra), state, verifier)
    except _FAILURES:
        raise Failed from None


def told(request: HttpRequest, name: str, callback: str, verifier: str) -> Told:
    """Who has come back with a code; raises Failed where the provider does not say so."""
    code = request.GET.get("code") or request.GET.get("authCode") or ""
    if not code:
        raise Failed
    try:
        if name == WECOM:
            return _wecom(code)
        provider, adapter = _library(request, name)
        client = _client(adapter, provider.app, callback)
        answer = adapter.get_access_token_data(request, provider.app, client, pkce_code_verifier=verifier or None)
        token = adapter.parse_token(answer)
        account = adapter.complete_login(request, provider.app, token, response=answer).account
    except _FAILURES:
        raise Failed from None
    claims = account.extra_data
    subjects = {claims[part]["sub"] for part in ("id_token", "userinfo") if claims.get(part)}
    if len(subjects) > 1:  # OpenID Connect Core 5.3.2: such an answer must not be used
        raise Failed
    issuer = getattr(adapter, "openid_config", {}).get("issuer", "")  # a `sub` means somebody at its issuer only
    uid = f"{issuer} {account.uid}" if issuer else str(account.uid)
    return Told(uid, {**claims.get("id_token", {}), **claims.get("userinfo", claims)})


def _library(request: HttpRequest, name: str) -> tuple[Any, Any]:
    provider = get_adapter().get_provider(request, name)
    return provider, provider.get_oauth2_adapter(request)


def _client(adapter: Any, app: Any, callback: str) -> OAuth2Client:
    """The library's client with our own address to come back to."""
    kind = _FeishuClient if adapter.provider_id == "feishu" else adapter.client_class
    return kind(
        adapter.request, app.client_id, app.secret, adapter.access_token_method, adapter.access_token_url, callback,
        scope_delimiter=adapter.scope_delimiter, headers=adapter.headers, basic_auth=adapter.basic_auth,
    )  # fmt: skip


def _wecom(code: str) -> Told:
    """企业微信: the application's token, then who the code stands for; only people of the corporation have a userid."""
    app = settings.OUTSIDE[WECOM]["app"]
    token = _wecom_get("gettoken", corpid=app["corp"], corpsecret=app["secret"])["access_token"]
    who = _wecom_get("auth/getuserinfo", access_token=token, code=code)
    userid = str(who.get("userid") or who["UserId"])  # older corporations are still answered in the old spelling
    return Told(f"{app['corp']}:{userid}", {"userid": userid})


def _wecom_get(path: str, **query: str) -> dict[str, Any]:
    answer = requests.get(f"{WECOM_API}/{path}", params=query, timeout=SECONDS)
    answer.raise_for_status()
    given: dict[str, Any] = json.loads(answer.content)
    if given.get("errcode", 0) != 0:
        raise ValueError
    return given
