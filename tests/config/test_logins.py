"""What the environment may say about logins."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from zhijia.config.logins import login_rules, mlps, outside, proxies


def test_nothing_said_means_level_two_and_no_provider() -> None:
    assert (mlps({}), login_rules({}), outside({})) == (2, {}, ({}, {}))


@pytest.mark.parametrize("word", ["1", "4", "three"])
def test_other_levels_are_refused(word: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        mlps({"ZHIJIA_MLPS": word})


def test_figures_below_what_makes_sense_are_refused() -> None:
    assert login_rules({"ZHIJIA_SESSION_IDLE_MINUTES": "0"}) == {"idle_minutes": 0}
    with pytest.raises(ImproperlyConfigured):
        login_rules({"ZHIJIA_PASSWORD_LENGTH": "4"})


@pytest.mark.parametrize(
    "env",
    [
        {"ZHIJIA_FEISHU_ID": "x"},
        {"ZHIJIA_OIDC_URL": "https://id.example", "ZHIJIA_OIDC_ID": "x"},
        {"ZHIJIA_WECOM_CORP": "c", "ZHIJIA_WECOM_AGENT": "a", "ZHIJIA_WECOM_SECRET": "s", "ZHIJIA_WECOM_STAFF_NO": "1"},
    ],
)
def test_half_a_provider_is_refused(env: dict[str, str]) -> None:
    with pytest.raises(ImproperlyConfigured):
        outside(env)


def test_a_whole_provider_is_offered() -> None:
    env = {"ZHIJIA_OIDC_URL": "https://id.example", "ZHIJIA_OIDC_ID": "x", "ZHIJIA_OIDC_SECRET": "s"}
    env |= {"ZHIJIA_OIDC_STAFF_CLAIM": "staff_no", "ZHIJIA_OIDC_UNION": "T1"}
    library, offered = outside(env)
    assert offered == {"oidc": {"label": "单位统一登录", "claim": "staff_no", "union": "T1"}}
    assert library["openid_connect"]["APPS"][0]["settings"]["oauth_pkce_enabled"] is True


def test_proxies_are_addresses_and_networks() -> None:
    assert [str(one) for one in proxies({"ZHIJIA_PROXIES": "127.0.0.1, 10.1.0.0/16,::1"})] == [
        "127.0.0.1/32", "10.1.0.0/16", "::1/128",
    ]  # fmt: skip
    assert proxies({}) == ()
    with pytest.raises(ImproperlyConfigured, match="ZHIJIA_PROXIES"):
        proxies({"ZHIJIA_PROXIES": "nginx"})
