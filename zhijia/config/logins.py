"""What the environment says about logins: the protection level, figures of its rules, and providers outside.

A provider is offered only where everything that it needs is given; half of it is refused at the start.
"""

import os
from collections.abc import Mapping
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from zhijia.config.environment import env_bool, env_int, env_list

Env = Mapping[str, str]
_FIGURES = {
    "length": "ZHIJIA_PASSWORD_LENGTH",
    "kinds": "ZHIJIA_PASSWORD_KINDS",
    "days": "ZHIJIA_PASSWORD_DAYS",
    "history": "ZHIJIA_PASSWORD_HISTORY",
    "failures": "ZHIJIA_LOGIN_FAILURES",
    "locked_minutes": "ZHIJIA_LOGIN_LOCKED_MINUTES",
    "idle_minutes": "ZHIJIA_SESSION_IDLE_MINUTES",
    "session_hours": "ZHIJIA_SESSION_HOURS",
    "fresh_minutes": "ZHIJIA_CONFIRM_MINUTES",
}
_LEAST = {"length": 8, "kinds": 1, "failures": 1, "locked_minutes": 1, "fresh_minutes": 1}
# Providers of the login library: name here and there, label, variables of its key and secret.
_LIBRARY = (
    ("dingtalk", "钉钉", "ZHIJIA_DINGTALK_ID", "ZHIJIA_DINGTALK_SECRET"),
    ("feishu", "飞书", "ZHIJIA_FEISHU_ID", "ZHIJIA_FEISHU_SECRET"),
    ("weixin", "微信", "ZHIJIA_WEIXIN_ID", "ZHIJIA_WEIXIN_SECRET"),
)

# What a provider's documentation asks for beside what the library sends.
_ASKED = {"dingtalk": {"auth_params": {"prompt": "consent"}, "scope": ["openid"]}}


def mlps(env: Env = os.environ) -> int:
    """The protection level (等保) that logins follow: 2 or 3."""
    level = env_int("ZHIJIA_MLPS", 2, env=env)
    if level not in (2, 3):
        raise ImproperlyConfigured("ZHIJIA_MLPS must be 2 or 3.")
    return level


def login_rules(env: Env = os.environ) -> dict[str, int]:
    """The figures that are given; the level's own stand for the rest."""
    given = {name: word for name, word in _FIGURES.items() if env.get(word, "").strip()}
    return {name: env_int(word, 0, least=_LEAST.get(name, 0), env=env) for name, word in given.items()}


def proxies(env: Env = os.environ) -> tuple[IPv4Network | IPv6Network, ...]:
    """The proxies that are believed when they say whom they ask for: addresses or networks."""
    try:
        return tuple(ip_network(word) for word in env_list("ZHIJIA_PROXIES", "", env=env))
    except ValueError:
        raise ImproperlyConfigured("ZHIJIA_PROXIES must be addresses or networks, such as 127.0.0.1.") from None


def outside(env: Env = os.environ) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """The library's settings, and what is offered: label, claim that holds the staff number, union it counts in."""
    library: dict[str, Any] = {}
    offered: dict[str, dict[str, Any]] = {}
    for name, label, key, secret in _LIBRARY:
        given = _all_of(env, key, secret)
        if given:
            library[name] = {"APPS": [{"client_id": given[0], "secret": given[1], "settings": _ASKED.get(name, {})}]}
            offered[name] = {"label": label, "claim": "", "union": ""}
    given = _all_of(env, "ZHIJIA_OIDC_URL", "ZHIJIA_OIDC_ID", "ZHIJIA_OIDC_SECRET")
    if given:
        label = env.get("ZHIJIA_OIDC_NAME", "").strip() or "单位统一登录"
        app: dict[str, Any] = {"provider_id": "oidc", "name": label, "client_id": given[1], "secret": given[2]}
        app["settings"] = {"server_url": given[0], "oauth_pkce_enabled": True, "scope": ["openid", "profile"]}
        library["openid_connect"] = {"APPS": [app]}
        offered["oidc"] = {"label": label, **_claim(env, "ZHIJIA_OIDC_STAFF_CLAIM", "ZHIJIA_OIDC_UNION")}
    given = _all_of(env, "ZHIJIA_WECOM_CORP", "ZHIJIA_WECOM_AGENT", "ZHIJIA_WECOM_SECRET")
    if given:
        app = dict(zip(("corp", "agent", "secret"), given, strict=True))
        by_number = env_bool("ZHIJIA_WECOM_STAFF_NO", False, env)
        union = _all_of(env, "ZHIJIA_WECOM_UNION")[:1] if by_number else []
        if by_number and not union:
            raise ImproperlyConfigured("ZHIJIA_WECOM_STAFF_NO needs ZHIJIA_WECOM_UNION.")
        offered["wecom"] = {
            "label": "企业微信", "claim": "userid" if by_number else "", "union": union[0] if union else "", "app": app,
        }  # fmt: skip
    return library, offered


def _claim(env: Env, claim: str, union: str) -> dict[str, str]:
    given = _all_of(env, claim, union)
    return {"claim": given[0], "union": given[1]} if given else {"claim": "", "union": ""}


def _all_of(env: Env, *names: str) -> list[str]:
    """The values of the variables; empty where none is given; refused where only some are."""
    values = [env.get(name, "").strip() for name in names]
    if any(values) and not all(values):
        raise ImproperlyConfigured(f"{', '.join(names)} must be given together.")
    return values if all(values) else []
