"""DingTalk, Feishu, WeChat and WeCom against the examples that their documentation publishes, over real HTTP.

The answers are the examples of the providers' pages, with the invented values that stand there: DingTalk
获取用户token, 获取用户通讯录个人信息; Feishu app_access_token, user_access_token, 获取用户信息; WeChat
通过code获取access_token, 获取用户个人信息; WeCom gettoken, getuserinfo. A server on loopback gives them, and only to
a request that is made as those pages say.
"""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.providers.dingtalk.views import DingTalkOAuth2Adapter
from allauth.socialaccount.providers.feishu.client import FeishuOAuth2Client
from allauth.socialaccount.providers.feishu.views import FeishuOAuth2Adapter
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.socialaccount.providers.weixin.views import WeixinOAuth2Adapter
from django.test import Client, RequestFactory

from tests.accounts.conftest import Somebody
from tests.shell.people import PASSWORD, client_of
from zhijia.accounts import providers
from zhijia.accounts.models import OutsideLogin, User
from zhijia.config.logins import outside
from zhijia.core.models import AuditLine
from zhijia.unions.models import Union

ENV = {
    "ZHIJIA_DINGTALK_ID": "dingxxxxxx", "ZHIJIA_DINGTALK_SECRET": "1234",
    "ZHIJIA_FEISHU_ID": "cli_slkdjalasdkjasd", "ZHIJIA_FEISHU_SECRET": "dskLLdkasdjlasdKK",
    "ZHIJIA_WEIXIN_ID": "wx-app", "ZHIJIA_WEIXIN_SECRET": "wx-secret",
    "ZHIJIA_WECOM_CORP": "ww100000a5f2191", "ZHIJIA_WECOM_AGENT": "1000000", "ZHIJIA_WECOM_SECRET": "corp-secret",
}  # fmt: skip

Asked = dict[str, Any]
Answer = Callable[[Asked], dict[str, Any] | None]


def dingtalk(asked: Asked) -> dict[str, Any] | None:
    if asked["path"] == "/v1.0/oauth2/userAccessToken":
        wanted = {"clientId": "dingxxxxxx", "clientSecret": "1234", "code": "abcd", "grantType": "authorization_code"}
        good = asked["json"] == wanted
        return (
            {"accessToken": "abcd1234", "refreshToken": "abcd", "expireIn": 7200, "corpId": "corpxxxx"}
            if good
            else None
        )
    if asked["headers"].get("x-acs-dingtalk-access-token") == "abcd1234":
        return {
            "nick": "zhangsan", "avatarUrl": "https://xxx", "mobile": "150xxxx9144", "openId": "123",
            "unionId": "z21HjQliSzpw0Yxxxx", "email": "zhangsan@alibaba-inc.com", "stateCode": "86",
        }  # fmt: skip
    return None


def feishu(asked: Asked) -> dict[str, Any] | None:
    if asked["path"] == "/open-apis/auth/v3/app_access_token/internal/":
        good = asked["json"] == {"app_id": "cli_slkdjalasdkjasd", "app_secret": "dskLLdkasdjlasdKK"}
        token = {"app_access_token": "t-g1044ghJRUIJJ5ELPNJH6", "code": 0, "expire": 7140, "msg": "ok"}
        return token | {"tenant_access_token": "t-g1044ghJRUIJJ5ELPNJH6"} if good else None
    if asked["path"] == "/open-apis/authen/v1/access_token":
        good = asked["json"].get("code") == "abcd" and asked["json"]["grant_type"] == "authorization_code"
        data = {"access_token": "u-5Dak9ZAxJ9tFUn8MaTD_BFM51FNdg5xzO0y010000HWb", "token_type": "Bearer"}
        data |= {"expires_in": 7199, "refresh_token": "ur-5TdFSLIyBcMW9eKO3pUfwF", "refresh_expires_in": 2591999}
        return {"code": 0, "msg": "success", "data": data} if good else None
    if asked["headers"].get("authorization") == "Bearer u-5Dak9ZAxJ9tFUn8MaTD_BFM51FNdg5xzO0y010000HWb":
        data = {"name": "zhangsan", "en_name": "zhangsan", "avatar_url": "www.feishu.cn/avatar/icon"}
        data |= {"open_id": "ou-caecc734c2e3328a62489fe0648c4b98779515d3", "union_id": "on-d89jhsdhjsajkda7828enjdj328"}
        return {"code": 0, "msg": "success", "data": data}
    return None


def weixin(asked: Asked) -> dict[str, Any] | None:
    query = asked["query"] | (asked["form"] or {})
    if asked["path"] == "/sns/oauth2/access_token":
        good = query.get("appid") == "wx-app" and query.get("secret") == "wx-secret" and query.get("code") == "abcd"
        token = {"access_token": "ACCESS_TOKEN", "expires_in": 7200, "refresh_token": "REFRESH_TOKEN"}
        return token | {"openid": "OPENID", "scope": "SCOPE"} if good else {"errcode": 40029, "errmsg": "invalid code"}
    if query == {"access_token": "ACCESS_TOKEN", "openid": "OPENID"}:
        return {"openid": "OPENID", "nickname": "NICKNAME", "sex": 1, "unionid": "o6_bmasdasdsad6_2sgVt7hMZOPfL"}
    return None


def wecom(asked: Asked) -> dict[str, Any] | None:
    query = asked["query"]
    if asked["path"] == "/cgi-bin/gettoken":
        good = query == {"corpid": "ww100000a5f2191", "corpsecret": "corp-secret"}
        token = {"errcode": 0, "errmsg": "ok", "access_token": "accesstoken000001", "expires_in": 7200}
        return token if good else {"errcode": 40001, "errmsg": "invalid credential"}
    if asked["path"] == "/cgi-bin/auth/getuserinfo" and query.get("access_token") == "accesstoken000001":
        told = {
            "abcd": {"errcode": 0, "errmsg": "ok", "userid": "USERID", "user_ticket": "USER_TICKET"},
            "outsider": {"errcode": 0, "errmsg": "ok", "openid": "OPENID", "external_userid": "EXTERNAL_USERID"},
        }
        return told.get(query["code"], {"errcode": 40029, "errmsg": "invalid code"})
    return None


@contextmanager
def answering(answer: Answer) -> Iterator[str]:
    """A server on loopback; what the documentation does not allow is answered 400."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._tell(b"")

        def do_POST(self) -> None:
            self._tell(self.rfile.read(int(self.headers.get("Content-Length", 0))))

        def _tell(self, body: bytes) -> None:
            url, kind = urlsplit(self.path), self.headers.get("Content-Type", "")
            asked = {
                "path": url.path,
                "query": {name: values[0] for name, values in parse_qs(url.query).items()},
                "headers": {name.lower(): value for name, value in self.headers.items()},
                "json": json.loads(body) if "json" in kind and body else None,
                "form": {k: v[0] for k, v in parse_qs(body.decode()).items()} if "form" in kind else None,
            }
            try:
                told = answer(asked)
            except (AttributeError, KeyError, TypeError):
                told = None
            self.send_response(200 if told is not None else 400)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(told if told is not None else {"code": 400}).encode())

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(autouse=True)
def at_loopback(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[None]:
    """All four are configured, and their addresses lead to loopback."""
    settings.SOCIALACCOUNT_PROVIDERS, settings.OUTSIDE = outside(ENV)
    answers = {"dingtalk": dingtalk, "feishu": feishu, "weixin": weixin, "wecom": wecom}
    with answering(lambda asked: next((t for one in answers.values() if (t := _one(one, asked))), None)) as url:
        for adapter, names in (
            (DingTalkOAuth2Adapter, ("access_token_url", "profile_url")),
            (FeishuOAuth2Adapter, ("access_token_url", "user_info_url")),
            (FeishuOAuth2Client, ("app_access_token_url",)),
            (WeixinOAuth2Adapter, ("access_token_url", "profile_url")),
        ):
            for name in names:
                monkeypatch.setattr(adapter, name, url + urlsplit(getattr(adapter, name)).path)
        monkeypatch.setattr(providers, "WECOM_API", f"{url}/cgi-bin")
        yield


def _one(answer: Answer, asked: Asked) -> dict[str, Any] | None:
    try:
        return answer(asked)
    except (AttributeError, KeyError, TypeError):
        return None


ADDRESSES = {
    "dingtalk": (
        "https://login.dingtalk.com/oauth2/auth",
        {"client_id": "dingxxxxxx", "response_type": "code", "scope": "openid", "prompt": "consent"},
    ),
    "feishu": ("https://open.feishu.cn/open-apis/authen/v1/index", {"app_id": "cli_slkdjalasdkjasd"}),
    "weixin": (
        "https://open.weixin.qq.com/connect/qrconnect",
        {"appid": "wx-app", "response_type": "code", "scope": "snsapi_login"},
    ),
    "wecom": (
        "https://login.work.weixin.qq.com/wwlogin/sso/login",
        {"login_type": "CorpApp", "appid": "ww100000a5f2191", "agentid": "1000000"},
    ),
}


def sent(client: Client, provider: str, address: str = "/login/with/{}/") -> str:
    """Go to the provider and return the `state` that it is given."""
    answer = client.get(address.format(provider))
    assert answer.status_code == 302
    url = urlsplit(answer.headers["Location"])
    query = {name: values[0] for name, values in parse_qs(url.query).items()}
    there, wanted = ADDRESSES[provider]
    assert url._replace(query="").geturl() == there
    assert query.items() >= wanted.items()
    assert query["redirect_uri"] == f"http://testserver/login/back/{provider}/"
    return query["state"]


def back(client: Client, provider: str, state: str, code: str = "abcd") -> Any:
    word = "authCode" if provider == "dingtalk" else "code"
    return client.get(f"/login/back/{provider}/", {word: code, "state": state})


@pytest.mark.parametrize("provider", ADDRESSES)
def test_linked_by_its_owner_an_account_lets_in(somebody: Callable[..., Somebody], provider: str) -> None:
    one, count = somebody(), User.objects.count()
    stranger = Client()
    answer = back(stranger, provider, sent(stranger, provider))
    assert answer.status_code == 403
    assert "还没有关联" in answer.content.decode()
    client = client_of(one.user)
    answer = back(client, provider, sent(client, provider, "/me/security/outside/{}/"))
    assert answer.headers["Location"] == "/me/security/"
    fresh = Client()
    answer = back(fresh, provider, sent(fresh, provider))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert fresh.session["_auth_user_id"] == str(one.user.pk)
    assert User.objects.count() == count
    kept = repr(list(OutsideLogin.objects.values()))
    for told in ("OPENID", "USERID", "ou-caecc", "zhangsan", "ACCESS", "accesstoken"):
        assert told not in kept
    client.post(f"/me/security/outside/{provider}/remove/")
    assert back(fresh, provider, sent(fresh, provider)).status_code == 403
    verbs = set(AuditLine.objects.filter(subject="accounts.User").values_list("verb", flat=True))
    assert verbs >= {"accounts.outside.linked", "accounts.outside.unlinked", "accounts.login.entered"}


@pytest.mark.parametrize("provider", ADDRESSES)
def test_a_wrong_state_code_or_browser_lets_nobody_in(somebody: Callable[..., Somebody], provider: str) -> None:
    one = somebody()
    owner = client_of(one.user)
    back(owner, provider, sent(owner, provider, "/me/security/outside/{}/"))
    client = Client()
    state = sent(client, provider)
    assert back(Client(), provider, state).status_code == 403  # another browser
    assert back(client, provider, "other").status_code == 403
    assert back(client, provider, state).status_code == 403  # the trip is over after one return
    answer = back(client, provider, sent(client, provider), "forged")
    assert answer.status_code == 403
    assert "invalid" not in answer.content.decode()
    assert client.get("/login/back/feishu/?state=").status_code == 403


def test_one_account_outside_belongs_to_one_login(somebody: Callable[..., Somebody]) -> None:
    first, second = client_of(somebody("member").user), client_of(somebody("chair").user)
    for client in (first, second):
        back(client, "wecom", sent(client, "wecom", "/me/security/outside/{}/"))
    assert "已经关联了别的登录名" in second.get("/me/security/").content.decode()
    assert OutsideLogin.objects.count() == 1


def test_somebody_outside_the_corporation_is_nobody_at_wecom(somebody: Callable[..., Somebody]) -> None:
    client = Client()
    assert back(client, "wecom", sent(client, "wecom"), "outsider").status_code == 403


def test_wecom_may_vouch_by_the_staff_number_of_the_named_union(
    somebody: Callable[..., Somebody], settings: Any
) -> None:
    one, other = somebody("member"), somebody("chair")
    code = Union.objects.get(pk=one.by.union).code
    more = {"ZHIJIA_WECOM_STAFF_NO": "1", "ZHIJIA_WECOM_UNION": code}
    settings.SOCIALACCOUNT_PROVIDERS, settings.OUTSIDE = outside(ENV | more)
    type(one.person).objects.filter(pk=one.person.pk).update(staff_no="USERID")
    client = Client()
    assert back(client, "wecom", sent(client, "wecom")).headers["Location"] == "/"
    assert client.session["_auth_user_id"] == str(one.user.pk)
    # Once linked, the account stays this login's even where the number moves to another person.
    type(one.person).objects.filter(pk=one.person.pk).update(staff_no="gone")
    type(one.person).objects.filter(pk=other.person.pk).update(staff_no="USERID")
    client = Client()
    back(client, "wecom", sent(client, "wecom"))
    assert client.session["_auth_user_id"] == str(one.user.pk)


def test_a_second_factor_is_asked_for_after_an_outside_login_too(somebody: Callable[..., Somebody]) -> None:
    from tests.shell.test_login_pages import with_app

    one = somebody()
    owner = client_of(one.user)
    back(owner, "weixin", sent(owner, "weixin", "/me/security/outside/{}/"))
    with_app(one.user, one.by.on)
    client = Client()
    assert back(client, "weixin", sent(client, "weixin")).headers["Location"] == "/login/second/"
    assert client.get("/").status_code == 302


def test_linking_asks_for_the_password_first(somebody: Callable[..., Somebody]) -> None:
    client = client_of(somebody().user)
    session = client.session
    session["fresh_at"] = 0
    session.save()
    answer = client.get("/me/security/outside/wecom/")
    assert answer.headers["Location"].startswith("/me/confirm/")
    client.post("/me/confirm/", {"password": PASSWORD})
    assert client.get("/me/security/outside/wecom/").headers["Location"].startswith("https://login.work.weixin")


def _telling(told: dict[str, Any]) -> Callable[..., Any]:
    def complete(adapter: Any, request: Any, *_rest: Any, **_more: Any) -> Any:
        return adapter.get_provider().sociallogin_from_response(request, told)

    return complete


def test_a_number_of_another_issuer_is_another_person(
    somebody: Callable[..., Somebody], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """OpenID Connect Core 2: `sub` means somebody at its issuer only; a provider that is replaced counts anew."""
    env = {"ZHIJIA_OIDC_ID": "x", "ZHIJIA_OIDC_SECRET": "y"}
    issuers = {"https://old.example": "7", "https://new.example": "7"}
    seen = []
    for issuer, number in issuers.items():
        settings.SOCIALACCOUNT_PROVIDERS, settings.OUTSIDE = outside({**env, "ZHIJIA_OIDC_URL": issuer})
        config = {"issuer": issuer, "token_endpoint": "", "authorization_endpoint": f"{issuer}/authorize"}
        monkeypatch.setattr(OpenIDConnectOAuth2Adapter, "openid_config", config)
        monkeypatch.setattr(
            OpenIDConnectOAuth2Adapter, "get_access_token_data", lambda *_a, **_k: {"access_token": "t"}
        )
        told = {"userinfo": {"sub": number}, "id_token": {"sub": number, "iss": issuer}}
        monkeypatch.setattr(OpenIDConnectOAuth2Adapter, "complete_login", _telling(told))
        request = RequestFactory().get("/login/back/oidc/", {"code": "abcd"})
        request.session = {}
        seen.append(providers.told(request, "oidc", "http://testserver/login/back/oidc/", "v").uid)
    assert len(set(seen)) == 2
