"""The frame of every page: who is here, where one can go, and where one is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse

from zhijia.core.access import Access
from zhijia.core.clock import DEMO_MARK
from zhijia.core.feature_types import MenuItem
from zhijia.features import FEATURES
from zhijia.shell import visits
from zhijia.shell.registers import REGISTERS, Register

THEMES = ("light", "dark")
# The sections of the navigation in their order: (label, word in addresses, icon).
SECTIONS: tuple[tuple[str, str, str], ...] = (
    ("会员", "members", "people"),
    ("关爱", "care", "heart"),
    ("福利", "benefits", "gift"),
    ("活动", "activities", "activity"),
    ("学习", "learning", "book"),
    ("民主", "voice", "voice"),
    ("公开", "openness", "notice"),
    ("计划", "plans", "plan"),
    ("经费", "funds", "money"),
    ("文书", "papers", "paper"),
    ("换届", "elections", "ballot"),
    ("报告", "reports", "report"),
    ("设置", "settings", "settings"),
)
MINE = ("members:household", "members:my_fields")  # rooms' own pages that belong to 我的
SHORT = 8  # entries of a section that one takes in at a glance
_WORDS = {label: word for label, word, _icon in SECTIONS}
# What the hallway itself offers, by section.
OWN: tuple[MenuItem, ...] = (
    MenuItem("会员", "人事名册核对", "shell:rosters", "shell.roster"),
    MenuItem("会员", "自动退会提议", "shell:deemed", "shell.deem"),
    MenuItem("报告", "报告工作台", "reports:workbench", "reports.view"),
    MenuItem("报告", "数据", "shell:facts", "shell.facts"),
    MenuItem("报告", "说法", "shell:claims", "shell.facts"),
    MenuItem("报告", "检查", "shell:check", "shell.records"),
    MenuItem("报告", "换届材料", "shell:package", "shell.package"),
    MenuItem("设置", "导入台账", "shell:import", "shell.import"),
    MenuItem("设置", "邀请登录", "shell:invitations", "shell.invite"),
    MenuItem("设置", "重设口令", "shell:vouching", "shell.vouch"),
    MenuItem("设置", "操作记录", "shell:audit", "shell.audit"),
    MenuItem("设置", "保存期限和删除", "shell:retention", "shell.erase"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the navigation."""

    label: str
    url: str
    active: bool = False
    icon: str = ""
    help: str = ""
    register: Register | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the navigation with the entries that the person may open."""

    label: str
    url: str
    icon: str
    entries: tuple[Entry, ...] = ()
    active: bool = False

    @property
    def near(self) -> tuple[Entry, ...]:
        """The entries that stand open beside a page: where there are many, the other registers are folded away."""
        return tuple(entry for entry in self.entries if entry not in self.far)

    @property
    def far(self) -> tuple[Entry, ...]:
        """All registers but the first, where the section has more entries than one takes in."""
        return () if len(self.entries) <= SHORT else tuple(one for one in self.entries if one.register)[1:]

    @property
    def in_far(self) -> bool:
        """Whether the page lies under one that is folded away."""
        return any(entry.active for entry in self.far)


@dataclass(frozen=True, slots=True)
class Hall:
    """What `core/base.html` frames a page with."""

    home_url: str = "/"
    theme: str = ""
    demo: bool = False
    union: str = ""
    person: str = ""
    sections: tuple[Section, ...] = ()
    bottom: tuple[Entry, ...] = ()
    search_url: str = ""
    me_url: str = ""
    visiting: str = ""


@cache
def _items() -> dict[str, list[MenuItem | Register]]:
    """Every entry of every section: its first register, rooms' own pages, the hallway's, then the other registers.

    A page of a room's own that bears a register's name stands for it.
    """
    pages: dict[str, list[MenuItem | Register]] = {label: [] for label, _word, _icon in SECTIONS}
    items = [*(item for feature in FEATURES for item in feature.menu), *OWN]
    for item in items:
        pages[item.section].append(item)
    kept: dict[str, list[MenuItem | Register]] = {label: [] for label in pages}
    named = {item.label for item in items}
    for register in REGISTERS:
        if register.sheet.name not in named:
            kept[register.section].append(register)
    return {label: [*kept[label][:1], *pages[label], *kept[label][1:]] for label in pages}


@lru_cache(maxsize=256)
def _open_to(permissions: frozenset[str], leads: bool) -> tuple[tuple[str, str, tuple[Entry, ...]], ...]:
    """The sections with the entries that somebody with these permissions may open: (label, icon, entries)."""
    who = Access(union=0, on=date.min, groups=frozenset({0}) if leads else frozenset(), permissions=permissions)
    found = []
    for label, _word, icon in SECTIONS:
        lines = []
        for item in _items()[label]:
            if isinstance(item, MenuItem):
                if who.may(item.permission):
                    lines.append(Entry(item.label, place(item.url_name)))
            elif item.may_open(who):
                lines.append(Entry(item.sheet.name, item.url(), help=item.sheet.help, register=item))
        if lines:
            found.append((label, icon, tuple(lines)))
    return tuple(found)


@cache
def place(name: str, *words: str) -> str:
    """The address of a page of the frame: the same for everybody, asked for on every page."""
    return reverse(name, args=words)


def entries(access: Access, section: str) -> tuple[Entry, ...]:
    """The entries of one section that the access may open."""
    opened = _open_to(access.permissions, bool(access.groups))
    return next((lines for label, _icon, lines in opened if label == section), ())


def sections(access: Access, path: str = "") -> tuple[Section, ...]:
    """The sections that hold anything for the access; the entry that `path` lies under is active."""
    found = []
    for label, icon, lines in _open_to(access.permissions, bool(access.groups)):
        url = place("shell:section", _WORDS[label])
        here = any(path.startswith(line.url) for line in lines)
        shown = tuple(replace(line, active=path.startswith(line.url)) for line in lines) if here else lines
        found.append(Section(label, url, icon, shown, here or path == url))
    return tuple(found)


def _bottom(access: Access, path: str, *, in_section: bool) -> tuple[Entry, ...]:
    """The places of the phone's bottom bar, at most five: what one does; for whoever leads what waits and registers.

    Pages of one's own that a room has lie under 我的, those of the sections under 台账.
    """
    leading = access.may("shell.facts") or bool(access.groups)
    doing = ("填表", "inquiries:mine", "edit", access.may("inquiries.answer"))
    if access.may("members.apply"):
        doing = ("入会", "members:apply", "edit", True)
    places = [
        ("首页", "shell:home", "home", True),
        ("待办", "shell:todos", "clock", True) if leading else doing,
        ("台账", "shell:menu", "menu", leading),
        ("公开", "notices:feed", "notice", access.may("notices.read")),
        ("我的", "shell:me", "person", True),
    ]
    home = place("shell:home")
    found = []
    for label, name, icon, may in places:
        if may:
            urls = (place(name), *(place(own) for own in MINE if name == "shell:me"))
            here = any(path == url or (url != home and path.startswith(url)) for url in urls)
            found.append(Entry(label, urls[0], here, icon))
    if in_section and not any(one.active for one in found):
        return tuple(replace(one, active=one.url == place("shell:menu")) for one in found)
    return tuple(found)


def is_demo() -> bool:
    """Whether the data folder is a demo's."""
    return (Path(settings.ZHIJIA_HOME) / DEMO_MARK).exists()


def context(request: Any) -> dict[str, Hall]:
    """Context processor: `hall`, empty but for the theme where nobody has logged in."""
    theme = request.COOKIES.get("theme", "")
    theme = theme if theme in THEMES else ""
    access: Access | None = getattr(request, "access", None)
    if access is None or not access.union:
        return {"hall": Hall(theme=theme, demo=is_demo())}
    home = Entry("首页", place("shell:home"))
    path = request.path
    there = sections(access, path)
    first = Section(home.label, home.url, "home", (), path == home.url)
    hall = Hall(
        home_url=home.url,
        theme=theme,
        demo=is_demo(),
        union=access.union_name,
        person=access.name,
        sections=(first, *there),
        bottom=_bottom(access, path, in_section=any(one.active for one in there)),
        search_url=place("shell:search"),
        me_url=place("shell:me"),
        visiting=visits.banner(access),
    )
    return {"hall": hall}


def label_of(word: str) -> str:
    """The section with that word in its address; empty where there is none."""
    return next((label for label, known, _icon in SECTIONS if known == word), "")
