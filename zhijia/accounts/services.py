"""Changes to logins: making one, setting its password, and telling whether somebody may come in."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth import password_validation
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from zhijia.accounts.models import LoginFailure, User
from zhijia.core import secrets
from zhijia.core.outcomes import Refused, Violation

FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)


def _password_problems(password: str, user: User) -> list[Violation]:
    try:
        password_validation.validate_password(password, user)
    except ValidationError as error:
        return [Violation("password", message, mend="请换一个口令") for message in error.messages]
    return []


@transaction.atomic
def make_login(username: str, password: str) -> User:
    """Store a login. A name already in use and a weak password are refused."""
    name = username.strip()
    problems = _password_problems(password, User(username=name))
    if not name:
        problems.append(Violation("required", "缺少登录名", mend="请用工号或手机号"))
    elif User.objects.filter(username=name).exists():
        problems.append(Violation("twice", f"登录名“{name}”已经有人用", mend="请换一个登录名"))
    if problems:
        raise Refused(problems)
    return User.objects.create_user(name, password)


def make_demo_logins(usernames: list[str], password: str) -> list[User]:
    """Store logins that share one printed password; it is hashed once, because a hash is slow on purpose."""
    hashed = make_password(password)
    return User.objects.bulk_create([User(username=name, password=hashed) for name in usernames])


@transaction.atomic
def set_password(user: User, password: str) -> None:
    """Give a login a new password; a weak one is refused."""
    problems = _password_problems(password, user)
    if problems:
        raise Refused(problems)
    user.set_password(password)
    user.save(update_fields=["password"])


def change_password(user: User, *, old: str, new: str, again: str) -> None:
    """Give a login the new password that its owner typed twice; refused without the right old one."""
    problems = []
    if not user.check_password(old):
        problems.append(Violation("old", "现在的口令不对", mend="请重新输入；忘记了请找系统管理员"))
    if new != again:
        problems.append(Violation("again", "两次输入的新口令不一样", mend="请重新输入新口令"))
    if problems:
        raise Refused(problems)
    set_password(user, new)


def check_login(username: str, password: str, *, address: str, now: datetime) -> User:
    """Return the login that fits, or raise `Refused`.

    After five failures of one name from one address nobody comes in with it for 15 minutes. The attempt is counted
    before the password is looked at, so that many attempts at once gain nothing. Name and address are not stored.
    """
    mark = secrets.keyed_digest(f"{username}\n{address}", purpose="login")
    if _count_attempt(mark, now) > FAILURES:
        minutes = int(LOCKED_FOR.total_seconds() // 60)
        raise Refused(
            [Violation("locked", f"试错次数太多，已暂停登录{minutes}分钟", mend="请稍后再试，或请系统管理员重设口令")]
        )
    user = User.objects.filter(username=username).first()
    if user is None:
        User().set_password(password)  # an unknown name takes as long as a known one
    if user is None or not user.check_password(password) or not user.is_active:
        raise Refused([Violation("login", "登录名或口令不对", mend="请核对后再试；忘记口令请找系统管理员")])
    LoginFailure.objects.filter(Q(mark=mark) | Q(last_at__lt=now - LOCKED_FOR)).delete()  # and marks that lock nobody
    return user


@transaction.atomic
def _count_attempt(mark: str, now: datetime) -> int:
    """Count one attempt and return how many there were without a good one; a pause of 15 minutes starts anew."""
    LoginFailure.objects.get_or_create(mark=mark, defaults={"last_at": now})
    row = LoginFailure.objects.select_for_update().get(mark=mark)
    if now - row.last_at >= LOCKED_FOR:
        row.count = 0
    attempts = row.count + 1
    if attempts <= FAILURES:  # attempts while locked do not prolong the pause
        row.count, row.last_at = attempts, now
        row.save(update_fields=["count", "last_at"])
    return attempts
