"""Changes to logins: making one, setting its password, and telling whether somebody may come in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.contrib.auth import password_validation
from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from zhijia.accounts import rules
from zhijia.accounts.models import LoginFailure, OldPassword, User
from zhijia.accounts.policy import policy
from zhijia.core import audit, secrets
from zhijia.core.access import Access
from zhijia.core.outcomes import Refused, Violation


class NotLetIn(Refused):
    """Why somebody did not come in. `locked_now` where this attempt began the pause; `user` whose login it was."""

    def __init__(self, violation: Violation, *, user: User | None = None, locked_now: bool = False):
        super().__init__([violation])
        self.user = user
        self.locked_now = locked_now


def _password_problems(password: str, user: User, names: Sequence[str] = ()) -> list[Violation]:
    found = rules.password_problems(password, policy(), names=(user.username, *names))
    try:
        password_validation.validate_password(password, user)
    except ValidationError as error:
        told = [message.replace("密码", "口令").rstrip("。") for message in error.messages]
        found += [Violation("password", message, mend="请换一个口令") for message in told]
    if user.pk is not None and policy().history:
        before = [user.password, *_old(user).values_list("password", flat=True)[: policy().history - 1]]
        if any(check_password(password, old) for old in before):
            found.append(Violation("used", "这个口令最近用过", rules.SOURCE, mend="请换一个没用过的口令"))
    return found


def _old(user: User) -> QuerySet[OldPassword]:
    return OldPassword.objects.filter(user=user).order_by("-until", "-pk")


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
    return User.objects.create_user(name, password, password_at=timezone.now())


def make_demo_logins(usernames: list[str], password: str) -> list[User]:
    """Store logins that share one printed password; it is hashed once, because a hash is slow on purpose."""
    hashed = make_password(password)
    return User.objects.bulk_create([User(username=name, password=hashed) for name in usernames])


def one_at_a_time(user: User, by: Access | None = None) -> None:
    """Let nobody else change the login's keys and passwords until the transaction ends: taken before they are read.

    The chain of the union comes first, as in every deed that writes a line into it: an erasure, which holds it and then
    takes the login's keys away, would else wait for this one, and this one for it.
    """
    if by is not None and by.union:
        audit.lock(by.union)
    User.objects.select_for_update().get(pk=user.pk)


@transaction.atomic
def note(verb: str, user: User, *, by: Access, **changes: str) -> None:
    """Add a line about a login to the audit chain of its person's union; never an address, never a value."""
    if by.union:
        # The user of a request is a stand-in of Django's: the chain wants the row itself.
        audit.record(union=by.union, by=by, verb=verb, subject=User(pk=user.pk), changes=changes)


@transaction.atomic
def set_password(user: User, password: str) -> None:
    """Give a login a new password and remember the old one as used; a weak or lately used one is refused."""
    one_at_a_time(user)
    user.refresh_from_db(fields=["password", "password_at"])
    problems = _password_problems(password, user)
    if problems:
        raise Refused(problems)
    now = timezone.now()
    if user.has_usable_password() and user.password:
        OldPassword.objects.create(user=user, password=user.password, until=now)
    kept = list(_old(user).values_list("pk", flat=True)[: policy().history])
    OldPassword.objects.filter(user=user).exclude(pk__in=kept).delete()
    user.set_password(password)
    user.password_at = now
    user.save(update_fields=["password", "password_at"])


@transaction.atomic
def change_password(user: User, *, old: str, new: str, again: str, by: Access | None = None) -> None:
    """Give a login the new password that its owner typed twice; refused without the right old one."""
    one_at_a_time(user, by)
    user.refresh_from_db(fields=["password", "password_at"])
    problems = []
    if not user.check_password(old):
        problems.append(Violation("old", "现在的口令不对", mend="请重新输入；忘记了请在登录页点“忘记口令”"))
    if new != again:
        problems.append(Violation("again", "两次输入的新口令不一样", mend="请重新输入新口令"))
    if problems:
        raise Refused(problems)
    set_password(user, new)
    if by is not None:
        note("accounts.password.changed", user, by=by)


def password_expired(user: User, now: datetime) -> bool:
    """Whether the password is older than the policy lets it be."""
    days = policy().days
    return bool(days) and now - (user.password_at or user.created_at) >= timedelta(days=days)


def check_login(candidates: Sequence[User], typed: str, password: str, *, address: str, now: datetime) -> User:
    """Return the one login that fits, or raise `NotLetIn`; every failure says the same and takes the same time.

    `candidates` are the logins that what was `typed` may mean: several are as good as none. After so many failures from
    one address (policy: five) nobody comes in so for a while. What was typed has a count, and the login that it means
    has one of its own for all its names; only the first is told of, because it runs alike for a name that nobody has.
    The attempt is counted before the password is looked at, so that many attempts at once gain nothing. Name and
    address are not stored.
    """
    user = candidates[0] if len(candidates) == 1 else None
    word = f"{typed}\n{address}"
    count_attempt("login_word", word, now)
    meant = f"#{user.pk}\n{address}" if user is not None else ""
    attempts = _count(_mark("login", meant), now, policy().failures) if meant else 0
    shut = attempts > policy().failures
    if user is None or shut:
        User().set_password(password)  # an unknown name takes as long as a known one
    if user is None or shut or not user.check_password(password) or not user.is_active:
        told = Violation(
            "login", "登录名或口令不对", mend=_LOGIN_MEND.format(policy().failures, policy().locked_minutes)
        )
        raise NotLetIn(told, user=user, locked_now=attempts == policy().failures)
    forget_attempts("login_word", word, now)
    forget_attempts("login", meant, now)
    return user


_LOGIN_MEND = "请核对后再试，输错{}次要等{}分钟；几个单位的工号相同时请填工会代码；忘记口令请点“忘记口令”"
FROM_ONE_ADDRESS = 30  # a whole office may share an address: only floods are stopped by it alone


def count_attempt(purpose: str, what: str, now: datetime, *, most: int = 0) -> int:
    """Count one attempt at `what` and return its number; refused with NotLetIn once there were more than `most`.

    Without `most` the policy's number of failures holds.
    The pause of the policy starts anew with every attempt that was let through, and then the count begins at one.
    """
    most = most or policy().failures
    attempts = _count(_mark(purpose, what), now, most)
    if attempts > most:
        minutes = policy().locked_minutes
        mend = "请稍后再试；忘记口令请点“忘记口令”"
        raise NotLetIn(Violation("locked", f"试错次数太多，已暂停登录{minutes}分钟", mend=mend))
    return attempts


def forget_attempts(purpose: str, what: str, now: datetime) -> None:
    """Take a good attempt's mark away, and with it the marks that lock nobody any more."""
    stale = Q(last_at__lt=now - timedelta(minutes=policy().locked_minutes))
    LoginFailure.objects.filter(Q(mark=_mark(purpose, what)) | stale).delete()


def _mark(purpose: str, what: str) -> str:
    return secrets.keyed_digest(what, purpose=purpose)


@transaction.atomic
def _count(mark: str, now: datetime, most: int) -> int:
    LoginFailure.objects.get_or_create(mark=mark, defaults={"last_at": now})
    row = LoginFailure.objects.select_for_update().get(mark=mark)
    if now - row.last_at >= timedelta(minutes=policy().locked_minutes):
        row.count = 0
    attempts = row.count + 1
    if attempts <= most:  # attempts while locked do not prolong the pause
        row.count, row.last_at = attempts, now
        row.save(update_fields=["count", "last_at"])
    return attempts
