"""Passwords, pauses, second factors and sessions of logins, on a real database."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.accounts.conftest import Somebody
from tests.shell.people import PASSWORD
from zhijia.accounts import factors, services, sessions
from zhijia.accounts.models import CodeApp, LoginFailure, OldPassword, RecoveryCode, User
from zhijia.core.models import AuditLine
from zhijia.core.outcomes import Refused

NEW = [f"Noch-ein-Wort-{number}" for number in range(8)]


def test_the_last_five_passwords_are_not_taken_again(somebody: Callable[..., Somebody]) -> None:
    user = somebody().user
    for password in NEW[:6]:
        services.set_password(user, password)
    for password in NEW[1:6]:
        with pytest.raises(Refused, match="最近用过"):
            services.set_password(user, password)
    services.set_password(user, NEW[0])
    assert OldPassword.objects.filter(user=user).count() == 5


def test_a_password_is_due_after_the_days_of_the_policy(somebody: Callable[..., Somebody], settings: Any) -> None:
    user, now = somebody().user, timezone.now()
    services.set_password(user, NEW[0])
    assert not services.password_expired(user, now + timedelta(days=89))
    assert services.password_expired(user, now + timedelta(days=91))
    settings.LOGIN_RULES = {"days": 0}
    assert not services.password_expired(user, now + timedelta(days=9999))


def test_all_names_of_one_login_share_one_count(somebody: Callable[..., Somebody]) -> None:
    one, now = somebody(), timezone.now()
    typed = [one.user.username, one.person.staff_no, "13800138000", one.user.username, one.person.staff_no]
    for number, word in enumerate(typed, 1):
        with pytest.raises(services.NotLetIn) as refused:
            services.check_login([one.user], word, "wrong", address="10.0.0.1", now=now)
        assert refused.value.locked_now == (number == 5)
        assert refused.value.violations[0].code == "login"
    for word in (*typed, "another"):  # whichever name it is, and in the words for a wrong password
        with pytest.raises(services.NotLetIn) as refused:
            services.check_login([one.user], word, PASSWORD, address="10.0.0.1", now=now)
        assert refused.value.violations[0].code == "login"
    assert not refused.value.locked_now
    later = now + timedelta(minutes=15)
    assert services.check_login([one.user], "any", PASSWORD, address="10.0.0.1", now=later) == one.user
    kept = "".join(LoginFailure.objects.values_list("mark", flat=True))
    assert "10.0.0.1" not in kept
    assert one.user.username not in kept


def test_unknown_several_and_wrong_are_refused_alike(somebody: Callable[..., Somebody]) -> None:
    one, other, now = somebody("member").user, somebody("chair").user, timezone.now()
    told = []
    for candidates in ([], [one], [one, other]):
        with pytest.raises(services.NotLetIn) as refused:
            services.check_login(candidates, "0001", "wrong", address="10.0.0.2", now=now)
        told.append(str(refused.value))
    assert len(set(told)) == 1
    one.is_active = False
    with pytest.raises(services.NotLetIn, match="登录名或口令不对"):
        services.check_login([one], "0001", PASSWORD, address="10.0.0.3", now=now)


# RFC 6238, appendix B (the last six of eight digits), secret "12345678901234567890"
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.mark.parametrize(("seconds", "code"), [(59, "287082"), (1111111109, "081804"), (20000000000, "353130")])
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    assert factors.code_at(SECRET, seconds // 30) == code


AT = datetime(2026, 11, 20, 8, 0, 29, tzinfo=UTC)  # one second later there is another code


def _code(shift: int = 0) -> str:
    return factors.code_at(SECRET, int(AT.timestamp()) // factors.STEP + shift)


def test_a_code_is_good_once_and_the_secret_is_kept_sealed(somebody: Callable[..., Somebody]) -> None:
    one = somebody()
    with pytest.raises(Refused, match="验证码不对"):
        factors.add_app(one.user, SECRET, "000000", by=one.by, now=AT)
    codes = factors.add_app(one.user, SECRET, _code(), by=one.by, now=AT)
    assert len(codes) == factors.CODES
    assert factors.use_code(one.user, _code(), now=AT) == ""  # it was used when the app was added
    assert factors.use_code(one.user, _code(1), now=AT) == "app"
    assert factors.use_code(one.user, _code(1), now=AT) == ""
    assert factors.use_code(one.user, _code(2), now=AT) == ""
    assert factors.use_code(one.user, _code(2), now=AT + timedelta(seconds=1)) == "app"
    assert factors.use_code(one.user, _code(9), now=AT) == ""
    assert SECRET not in repr(CodeApp.objects.values().get())


def test_recovery_codes_are_good_once_kept_as_digests_and_go_with_the_last_factor(
    somebody: Callable[..., Somebody],
) -> None:
    one, now = somebody(), AT
    with pytest.raises(Refused, match="还没有两步验证"):
        factors.new_codes(one.user, by=one.by)
    codes = factors.add_app(one.user, SECRET, _code(), by=one.by, now=now)
    assert factors.use_code(one.user, codes[3].upper().replace("-", " "), now=now) == "recovery"
    assert factors.use_code(one.user, codes[3], now=now) == ""
    assert factors.codes_left(one.user) == 9
    assert not any(code.replace("-", "") in repr(list(RecoveryCode.objects.values())) for code in codes)
    fresh = factors.new_codes(one.user, by=one.by)
    assert factors.use_code(one.user, codes[4], now=now) == ""
    assert factors.use_code(one.user, fresh[0], now=now) == "recovery"
    assert factors.remove_app(one.user, by=one.by)
    assert factors.codes_left(one.user) == 0
    verbs = set(AuditLine.objects.filter(subject="accounts.User").values_list("verb", flat=True))
    assert verbs >= {"accounts.second.app_added", "accounts.second.codes_made", "accounts.second.app_removed"}


def test_a_session_ends_idle_or_old_or_revoked(somebody: Callable[..., Somebody]) -> None:
    user, now = somebody().user, timezone.now()
    store: dict[str, object] = {}
    sessions.begin(store, user, agent="Firefox", now=now)
    assert sessions.still_open(store, user, now=now + timedelta(minutes=29))
    assert sessions.still_open(store, user, now=now + timedelta(minutes=58))
    assert not sessions.still_open(store, user, now=now + timedelta(minutes=88))
    row = sessions.begin(store, user, agent="", now=now)
    assert not sessions.still_open(store, User(pk=user.pk + 1), now=now)
    assert sessions.end(user, row.uid, now=now) == 1
    assert not sessions.still_open(store, user, now=now)
    assert not sessions.still_open({}, user, now=now)


def test_a_session_ends_after_its_hours_however_busy(somebody: Callable[..., Somebody]) -> None:
    user, now = somebody().user, timezone.now()
    store: dict[str, object] = {}
    sessions.begin(store, user, agent="", now=now)
    at = now
    while at - now < timedelta(hours=12):
        assert sessions.still_open(store, user, now=at)
        at += timedelta(minutes=20)
    assert not sessions.still_open(store, user, now=at)


def test_at_level_three_one_session_stands(somebody: Callable[..., Somebody], settings: Any) -> None:
    user, now = somebody().user, timezone.now()
    first: dict[str, object] = {}
    second: dict[str, object] = {}
    sessions.begin(first, user, agent="", now=now)
    settings.MLPS = 3
    sessions.begin(second, user, agent="", now=now)
    assert not sessions.still_open(first, user, now=now)
    assert sessions.still_open(second, user, now=now)
