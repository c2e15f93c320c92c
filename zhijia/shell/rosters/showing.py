"""What the review's page shows: the lines of one kind, a page at a time, each with what may be done about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from zhijia.core.pages.parts import DUE, Action, Choice, Field, FilterBar, Notice, Pager, Step, Tab
from zhijia.core.pages.reading import whole_number
from zhijia.shell.rosters import reviewing
from zhijia.shell.rosters.keeping import Roster
from zhijia.shell.rosters.reviewing import WORDS

STEPS = ("上传", "对应列", "核对", "保存")
PAGE = 50
ALL, OWN, WRONG, MOVED = "", "own", "wrong", "moved"
ONLY = {ALL: "全部", OWN: "单独改过的", WRONG: "还不能办的", MOVED: "核对后变了的"}
_EXPLAINED = {
    "joined": "名册上有、会员台账里没有的人。登记为新进人员后，到“办理入会”里请他（她）写申请。",
    "left": "会员台账里有、名册上没有的人。人事名册说不出为什么不在：调出要写对方工会，退会要写委员会会议。",
    "moved": "处室、职务与台账不同的人；处室里多数人在哪个小组，就跟着换到哪个小组。原来的岗位留作历史。",
    "changed": "信息与台账不同的人。名册上空着的格不会改掉台账里的内容。",
    "doubt": "可能是同一个人，也可能不是，要您来认。不选就先不动。",
}
_UNDATED = ("changed",)  # what changes at once, without a day


def steps(now: int) -> list[Step]:
    """Where on the way one is; steps count from 0."""
    return [
        Step(label, "done" if place < now else "now" if place == now else "todo") for place, label in enumerate(STEPS)
    ]


class Asked:
    """Which lines the address asks for: a kind, a filter, a page."""

    def __init__(self, path: str, values: Mapping[str, str], roster: Roster, today: date) -> None:
        self.path, self.roster, self.today = path, roster, today
        first = next((kind for kind in WORDS.KINDS if roster.counts.get(kind)), next(iter(WORDS.KINDS)))
        kind = values.get("kind", "")
        self.kind: str = kind if kind in WORDS.KINDS else first
        self.q = values.get("q", "").strip()[:40]
        self.only = values.get("only", "") if values.get("only", "") in ONLY else ALL
        self.page = whole_number(values.get("page", ""), 6) or 1
        self.said = reviewing.decisions(roster)
        # One more than the page holds: whether there is another page.
        found = list(islice(self._lines(), PAGE + 1))
        self.lines, self.more = found[:PAGE], len(found) > PAGE

    def _lines(self) -> Iterator[Any]:
        first = (self.page - 1) * PAGE
        if not self.q and self.only == ALL:
            return reviewing.lines_of(self.roster, self.kind, first)
        return islice((line for line in reviewing.lines_of(self.roster, self.kind) if self._fits(line)), first, None)

    def _fits(self, line: Any) -> bool:
        if self.q and self.q not in line.name and self.q not in line.place:
            return False
        if self.only == OWN:
            return line.key in self.said
        if self.only == MOVED:
            return line.key in self.roster.moved
        return self.only == ALL or bool(WORDS.problem(line, WORDS.decided(line, self.said), self.today))

    def url(self, **changes: Any) -> str:
        """This page with other answers; another kind or filter begins at page 1."""
        now = {"kind": self.kind, "q": self.q, "only": self.only, **changes}
        return f"{self.path}?{urlencode({name: value for name, value in now.items() if value})}"

    @property
    def pager(self) -> Pager:
        """The neighbouring pages."""
        before = self.url(page=self.page - 1) if self.page > 1 else ""
        after = self.url(page=self.page + 1) if self.more else ""
        filtered = self.q or self.only != ALL
        last = -(-self.roster.counts.get(self.kind, 0) // PAGE)
        text = f"第{self.page}页" + ("" if filtered else f"，共{last}页")
        return Pager(before, after, text) if before or after else Pager()


def context(roster: Roster, asked: Asked) -> dict[str, Any]:
    """What the page shows."""
    named = reviewing.SYNC.named(roster.union)
    differing = sum(roster.counts.values())
    uid = roster.uid
    return {
        "steps": steps(2),
        "roster": roster,
        "title": f"核对《{roster.name}》",
        "lead": _lead(roster, differing),
        "main": Action("去保存", reverse("shell:roster_confirm", args=[uid]), "next") if differing else None,
        "actions": [
            Action("改列对应", reverse("shell:roster_columns", args=[uid]), "edit"),
            Action("不核对了，删除名册", reverse("shell:roster_discard", args=[uid]), "close", post=True),
        ],
        "notice": _moved(roster, asked),
        "tabs": [
            Tab(label, asked.url(kind=kind, q="", only=""), kind == asked.kind, str(roster.counts.get(kind, 0)))
            for kind, label in WORDS.KINDS.items()
        ],
        "bar": _bar(asked),
        "asked": asked,
        "explained": _EXPLAINED[asked.kind],
        "dated": asked.kind not in _UNDATED,
        "noted": asked.kind == WORDS.LEFT,
        "whole": _whole(asked),
        "lines": [_shown(place, line, asked, named) for place, line in enumerate(asked.lines)],
        "pager": asked.pager,
    }


def _lead(roster: Roster, differing: int) -> str:
    told = f"名册{roster.rows}人，与台账相同{roster.equal}人"
    told += f"，已登记为新进人员{roster.waiting}人" if roster.waiting else ""
    if not differing:
        return f"{told}。没有不一样的，不用保存。"
    return f"{told}，不一样{differing}行。现在还什么都没有保存；保存时每一行按“怎么办”里选的办。"


def _moved(roster: Roster, asked: Asked) -> Notice | None:
    if not roster.moved:
        return None
    kinds = [kind for kind in WORDS.KINDS if any(key.startswith(f"{kind}:") for key in roster.moved)]
    actions = tuple(Action(WORDS.KINDS[kind], asked.url(kind=kind, only=MOVED, q="")) for kind in kinds)
    text = "这几行核对之后被别人改过或办过，刚才没有保存。下面已按现在的台账重新比较，请再看一遍。"
    return Notice(text, DUE, f"有{len(roster.moved)}行变了", actions=actions)


def _bar(asked: Asked) -> FilterBar:
    choices = tuple(Choice(code, label, code == asked.only) for code, label in ONLY.items())
    fields = (
        Field("q", "姓名或处室", "search", asked.q),
        Field("only", "只看", "select", choices=choices),
    )
    return FilterBar(asked.path, fields, kept=(("kind", asked.kind),), target="#review")


def _whole(asked: Asked) -> dict[str, Any]:
    """The question about all lines of the kind at once."""
    said = asked.said.get(asked.kind)
    actions = WORDS.ACTIONS[asked.kind]
    choices = (
        Choice("", "按每行的建议", said is None),
        *(Choice(code, label, said is not None and said.action == code) for code, label in actions.items()),
    )
    return {
        "action": Field("action", f"“{WORDS.KINDS[asked.kind]}”全部", "select", choices=choices),
        "on": Field(
            "on", "从哪天起", "date", said.on.isoformat() if said and said.on else "", help="不写就按每行的日期"
        ),
        "note": Field("note", "对方工会或委员会会议", value=said.note if said else ""),
    }


def _shown(place: int, line: Any, asked: Asked, named: Mapping[str, Mapping[Any, str]]) -> dict[str, Any]:
    decision = WORDS.decided(line, asked.said)
    actions = WORDS.ACTIONS[line.kind]
    return {
        "place": place,
        "key": line.key,
        "name": line.name,
        "where": line.place,
        "why": line.why,
        "changes": [_change(name, before, after, named) for name, (before, after) in line.changes.items()],
        "choices": [Choice(code, actions[code], code == decision.action) for code in line.actions],
        "only": actions[line.actions[0]] if len(line.actions) == 1 else "",
        "on": decision.on.isoformat() if decision.on else "",
        "note": decision.note,
        "own": line.key in asked.said,
        "moved": line.key in asked.roster.moved,
        "wrong": WORDS.problem(line, decision, asked.today),
    }


def _change(name: str, before: Any, after: Any, named: Mapping[str, Mapping[Any, str]]) -> str:
    label = named[""].get(name, name)
    if name == "id_number":
        return f"{label}：与台账不同（不显示）" if before else f"{label}：补上（不显示）"
    if name == "phone":
        return f"{label}：尾号{before} → 尾号{after}" if before else f"{label}：补上，尾号{after}"
    words = named.get(name, {})
    old, new = (str(words.get(value, value)) if value not in (None, "") else "（空）" for value in (before, after))
    return f"{label}：{old} → {new}"
