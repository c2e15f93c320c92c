"""Rules about the union's form, terms and groups. Pure. Sources: 工会法 (2021) art. 11, 16; 会员代表大会条例 (2019)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

LEGAL_YEARS = (3, 5)  # 工会法 art. 16
COMMITTEE_FROM = 25  # 工会法 art. 11: members from which a committee must be set up
DELEGATES_FROM = 100  # 会员代表大会条例: below this only a meeting of all members
EXTENSION_DAYS = 183  # an extension of a term usually lasts at most half a year [recall]


def legal_end(first: date, years: int) -> date:
    """The day on which a term of `years` that began on `first` is due to end (the next one's first day)."""
    try:
        return first.replace(year=first.year + years)
    except ValueError:
        return first.replace(year=first.year + years, day=28)


def overdue_days(first: date, end: date, years: int) -> int:
    """By how many days a term from `first` to `end` (excluded) outlasts its legal years; 0 when it does not."""
    return max((end - legal_end(first, years)).days, 0)


def quorum(due: int) -> int:
    """How many of `due` must be present at a congress or an election: two thirds, rounded up.

    >>> quorum(86)
    58
    """
    return -(-due * 2 // 3)


# ---------------------------------------------------------------- reorganisation of groups

RENAME, MERGE, SPLIT, DISSOLVE = "rename", "merge", "split", "dissolve"
SWAP = "swap"  # two groups take each other's name on one day; on record it is two renamings
# How many groups take part and how many come of them: (from least, from most, to least, to most); 0 is no limit.
SHAPES: Mapping[str, tuple[int, int, int, int]] = {
    RENAME: (1, 1, 1, 1),
    MERGE: (2, 0, 1, 1),
    SPLIT: (1, 1, 2, 0),
    SWAP: (2, 2, 2, 2),
    DISSOLVE: (1, 1, 0, 0),  # a group without people may end without another one
}
WHOLE = frozenset((RENAME, MERGE))  # whoever came after took the group over as a whole
FORMERLY = 200


def shape_problem(kind: str, before: int, after: int) -> tuple[str, str] | None:
    """Why groups of these numbers make no such reorganisation, as (field, message); None where they do.

    >>> shape_problem("merge", 1, 1)
    ('groups', '合并要有两个以上的小组')
    """
    least, most, to_least, to_most = SHAPES[kind]
    if kind == SWAP and before != least:
        return "groups", "互换名称要选两个小组"
    if before < least:
        return "groups", "合并要有两个以上的小组" if least > 1 else "还没有选小组"
    if most and before > most:
        return "groups", "一次只能选一个小组"
    if after < to_least:
        return "targets", "分设以后要有两个以上的小组" if to_least > 1 else "还没有写改革以后的小组"
    if to_most and after > to_most:
        return "targets", "改革以后只能是一个小组"
    return None


def formerly(kind: str, before: Sequence[str], on: date, *, new: bool, known: str = "") -> str:
    """What a group that came of a reorganisation was before, with what was `known` of that already.

    >>> formerly("rename", ["计划处小组"], date(2023, 3, 1), new=True)
    '2023年3月前为计划处小组'
    """
    month, names = f"{on.year}年{on.month}月", "、".join(before)
    words = {
        RENAME: f"{month}前为{names}",
        SWAP: f"{month}前为{names}",
        MERGE: f"{month}由{names}合并" if new else f"{month}并入{names}",
        SPLIT: f"{month}由{names}分设" if new else f"{month}分出小组",
        DISSOLVE: "",
    }[kind]
    found = "；".join(part for part in (words, known) if part)
    return found if len(found) <= FORMERLY else words[:FORMERLY]


def title(kind: str, before: Sequence[str], after: Sequence[str]) -> str:
    """A reorganisation in one line.

    >>> title("merge", ["计财处小组", "审计处小组"], ["财务处小组"])
    '计财处小组、审计处小组合并为财务处小组'
    """
    old, new = "、".join(before), "、".join(after)
    if kind == SWAP:
        return f"{'和'.join(before)}互换名称"
    if kind == DISSOLVE:
        return f"撤销{old}" + (f"，人员分到{new}" if new else "")
    verb = {RENAME: "更名为", MERGE: "合并为", SPLIT: "分设为"}[kind]
    return f"{old}{verb}{new}"


def with_formerly(name: str, before: str) -> str:
    """A group's name with what it was before, as lists show it."""
    return f"{name}（{before}）" if before else name


def proposed(department: str, targets: Iterable[tuple[str, str]]) -> int:
    """Which of the groups (name, department) suits the people of a department: its own, else the first; -1 for none.

    >>> proposed("计财处", [("办公室小组", "办公室"), ("计财处小组", "计划财务处")])
    1
    """
    own = list(targets)
    for place, (_name, there) in enumerate(own):
        if department and there == department:
            return place
    for place, (name, _there) in enumerate(own):
        if department and name.startswith(department):
            return place
    return 0 if own else -1


def taken_over(groups: Iterable[int], successions: Iterable[tuple[int, int, str]]) -> frozenset[int]:
    """The groups with those that they took over as a whole, however long ago: (before, after, kind) tell.

    >>> sorted(taken_over([3], [(1, 2, "rename"), (2, 3, "merge"), (9, 3, "split")]))
    [1, 2, 3]
    """
    sources: dict[int, list[int]] = {}
    for before, after, kind in successions:
        if kind in WHOLE:
            sources.setdefault(after, []).append(before)
    found, waiting = set(groups), list(groups)
    while waiting:
        for before in sources.get(waiting.pop(), ()):
            if before not in found:
                found.add(before)
                waiting.append(before)
    return frozenset(found)
