"""Rules of passwords and sessions by protection level (等保 GB/T 22239-2019), and the words a device is known by.

Pure. The standard asks for complex passwords that are changed, limited attempts, timeouts and, at level 3, a second
factor; it names no figures. The figures are custom (`rules.md` 11.2) and can be set: those marked in `UNSURE` are to be
confirmed by whoever assesses the installation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from zhijia.core.outcomes import Violation

SOURCE = "GB/T 22239-2019 身份鉴别"
# The standard gives the duty, custom the figure.
UNSURE = frozenset({"days", "history", "locked_minutes", "idle_minutes", "session_hours"})


@dataclass(frozen=True, slots=True)
class Policy:
    """What one protection level asks.

    length, kinds: shortest password, and how many of capitals, small letters, digits, signs it mixes (custom: 8 to 10
    characters, 3 of 4 kinds). days: a password is changed after so many (custom: 90; 0 never). history: so many earlier
    ones are not taken again. failures, locked_minutes: attempts before a pause, and its length (custom: 5, 10 to 30
    minutes). idle_minutes, session_hours: a session ends after so long without a page (custom: 15 to 30 minutes), and
    at the latest (0 never). single: one session per login. second_for_officers: whoever holds a post comes in with two
    factors (level 3: two or more, one of them cryptographic). fresh_minutes: how long a typed password is good for what
    asks for it again.
    """

    level: int
    length: int
    kinds: int
    days: int
    history: int
    failures: int
    locked_minutes: int
    idle_minutes: int
    session_hours: int
    single: bool
    second_for_officers: bool
    fresh_minutes: int = 10


LEVELS: Mapping[int, Policy] = {
    2: Policy(2, 8, 3, 90, 5, 5, 15, 30, 12, single=False, second_for_officers=False),
    3: Policy(3, 10, 3, 90, 5, 5, 30, 15, 8, single=True, second_for_officers=True),
}


def policy_of(level: int, changes: Mapping[str, int]) -> Policy:
    """The rules of a level with the figures that an installation sets differently.

    >>> policy_of(2, {"idle_minutes": 20}).idle_minutes
    20
    """
    known = {field.name for field in fields(Policy)}
    figures: dict[str, Any] = {name: value for name, value in changes.items() if name in known}
    return replace(LEVELS[level], **figures)


def kinds_in(password: str) -> int:
    """How many of the four kinds of characters a password mixes; Chinese characters count as signs.

    >>> kinds_in("Zhijia-2026")
    4
    """
    tests = (
        lambda one: one.isascii() and one.isupper(),
        lambda one: one.isascii() and one.islower(),
        lambda one: one.isascii() and one.isdigit(),
        lambda one: not (one.isascii() and one.isalnum()),
    )
    return sum(any(test(one) for one in password) for test in tests)


def password_problems(password: str, policy: Policy, *, names: tuple[str, ...] = ()) -> list[Violation]:
    """Why a password is too weak; `names` are what the login is known by, which it must not contain."""
    found = []
    if len(password) < policy.length:
        found.append(Violation("short", f"口令至少要{policy.length}位", SOURCE, mend="请换一个长一些的口令"))
    if kinds_in(password) < policy.kinds:
        message = f"口令要混用大写字母、小写字母、数字、符号中的至少{policy.kinds}种"
        found.append(Violation("kinds", message, SOURCE, mend="例如几个词中间加数字和横线"))
    if any(len(name) >= 4 and name.lower() in password.lower() for name in names):
        found.append(Violation("named", "口令里不能有登录名或工号", SOURCE, mend="请换一个口令"))
    return found


def password_words(policy: Policy) -> str:
    """The rules of a new password in one sentence."""
    kept = f"，不能与最近{policy.history}个相同" if policy.history else ""
    return f"至少{policy.length}位，混用大写、小写、数字、符号中的{policy.kinds}种{kept}"


_SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("HarmonyOS", "鸿蒙手机"), ("Android", "安卓手机"),
    ("Windows", "Windows电脑"), ("Macintosh", "苹果电脑"), ("Linux", "Linux电脑"),
)  # fmt: skip
_BROWSERS = (
    ("MicroMessenger", "微信"), ("wxwork", "企业微信"), ("DingTalk", "钉钉"), ("Lark", "飞书"), ("Edg", "Edge浏览器"),
    ("Firefox", "火狐浏览器"), ("Chrome", "Chrome浏览器"), ("Safari", "Safari浏览器"),
)  # fmt: skip


def device_words(agent: str) -> str:
    """What a browser's own description says in two words; nothing of it is kept but these.

    >>> device_words("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36")
    'Windows电脑 · Chrome浏览器'
    """
    system = next((words for mark, words in _SYSTEMS if mark in agent), "")
    browser = next((words for mark, words in _BROWSERS if mark in agent), "")
    return " · ".join(part for part in (system, browser) if part) or "不认识的设备"
