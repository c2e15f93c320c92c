"""What the first page shows to whom: figures and charts for those who read facts, and the rooms' cards for everybody.

All of it is kept until something is written in the union, so that coming home costs a handful of queries.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from zhijia.core.access import Access
from zhijia.core.cube import Rate
from zhijia.core.feature_types import REFUTED, HomeCard, Scope
from zhijia.core.pages import charts
from zhijia.core.pages.charts import Drawing, Point
from zhijia.core.pages.parts import Action, Figure
from zhijia.features import FEATURES
from zhijia.shell import figures
from zhijia.shell.kept import Kept
from zhijia.shell.links import fact_url, line_url, list_url, start_url
from zhijia.shell.overview import Overview, overview
from zhijia.shell.registers import BY_LABEL

CHARTS = ("care.visits", "activities.count")
INCOME, EXPENSE, BUDGET = "funds.income", "funds.expense", "funds.budget_expense"
PERSON, TERM = "members.Person", "unions.Term"
_CLAIMS = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a card as the page draws it."""

    text: str
    value: str = ""
    note: str = ""
    url: str = ""
    used: int | None = None
    full: int | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """One card as the page draws it: its lines, where all of them are, and what can be begun from it."""

    title: str
    lines: tuple[Line, ...] = ()
    url: str = ""
    empty: str = ""
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class FrontPage:
    """Everything on the first page but the to-dos, drawn already: what stands above them and below them.

    `fresh`: the union has no records yet.
    """

    above: str = ""
    below: str = ""
    fresh: bool = False
    begin: tuple[Action, ...] = field(default=())


_known: Kept[FrontPage] = Kept(256)


def front_page(access: Access, scope: Scope | None, state: bytes) -> FrontPage:
    """The page for this access; `scope` is the current term (None: the union has none), `state` the records' `mark`."""
    return _known.get((access, scope, state), lambda: _made(access, scope))


def _made(access: Access, scope: Scope | None) -> FrontPage:
    # The administrator of a union just founded is a person too: one alone is no membership.
    register = BY_LABEL[PERSON]
    fresh = scope is None or (register.may_edit(access) and register.rows(access).order_by()[:2].count() < 2)
    begin = tuple(_begin(access, scope)) if fresh else ()
    if scope is None:
        return FrontPage(fresh=True, begin=begin)
    cards = list(_cards(access))
    if not access.may("shell.facts"):
        return FrontPage(below=_drawn(cards), fresh=bool(begin), begin=begin)
    seen = overview(scope)
    above = render_to_string("core/components/figures.html", {"figures": tuple(_figures(access, scope, seen))})
    return FrontPage(above, _drawn([*_claims(seen), *cards], () if fresh else _charts(seen, scope)), bool(begin), begin)


def _drawn(cards: Iterable[Card], drawings: Iterable[Drawing] = ()) -> SafeString:
    return render_to_string("shell/_front.html", {"cards": list(cards), "charts": list(drawings)})


def _begin(access: Access, scope: Scope | None) -> Iterator[Action]:
    """How a union without records begins: the term, then its own ledgers, or one by one."""
    if scope is None:
        term = start_url(access, TERM)
        if term:
            yield Action("登记届次", term, "plus")
    if access.may("shell.import"):
        yield Action("从您的台账开始（导入）", reverse("shell:import"), "upload")
    blank = start_url(access, PERSON)
    if blank and scope is not None:
        yield Action("从空白开始（先登记会员）", blank, "plus")


def _figures(access: Access, scope: Scope, seen: Overview) -> Iterator[Figure]:
    days = (scope.end - access.on).days
    told = f"{days}天" if days > 0 else "已届满"
    yield Figure(
        "距届满",
        told,
        note=f"{scope.label}到{(scope.end - timedelta(days=1)).isoformat()}",
        tone="" if days > 180 else "due",
    )
    refuted = sum(claim.state == REFUTED for claim in seen.claims)
    claims = f"{reverse('shell:claims')}?state={REFUTED}"
    yield Figure("不成立的说法", str(refuted), claims, f"共{len(seen.claims)}个说法", "late" if refuted else "")
    if access.may("shell.records"):
        now = sum(finding.now for finding in seen.findings)
        note = f"按当时规定{sum(finding.then for finding in seen.findings)}处"
        yield Figure("不合现行规定", str(now), f"{reverse('shell:check')}?when=now", note, "late" if now else "")
    yield Figure("数据", str(seen.facts), reverse("shell:facts"), "点开看背后的记录")


def _claims(seen: Overview) -> Iterator[Card]:
    """What does not hold yet, with the first thing that is missing."""
    refuted = [claim for claim in seen.claims if claim.state == REFUTED]
    if not refuted:
        return
    url = reverse("shell:claims")
    lines = tuple(
        Line(claim.text, note="缺" + "、".join(f"{year}年" for year in claim.absent) if claim.absent else "")
        for claim in refuted[:_CLAIMS]
    )
    lines = tuple(replace(line, url=f"{url}#{claim.key}") for line, claim in zip(lines, refuted, strict=False))
    yield Card("还不成立的说法", lines, f"{url}?state={REFUTED}")


def _charts(seen: Overview, scope: Scope) -> Iterator[Drawing]:
    budget = _budget(seen, scope.today)
    if budget:
        yield budget
    for key in CHARTS:
        fact = seen.values.get(key)
        chart = figures.trend(fact, scope) if fact and fact.evidence_count else None
        if chart:
            yield chart
    balance = _balance(seen, scope)
    if balance:
        yield balance


def _balance(seen: Overview, scope: Scope) -> Drawing | None:
    """Income and expenses of the years, with what was left of the whole term as the message."""
    both = [seen.values[key] for key in (INCOME, EXPENSE)]
    income, expense = (fact.value for fact in both)
    if isinstance(income, Rate) or isinstance(expense, Rate):
        return None
    left = int(income) - int(expense)
    words = f"{'结余' if left >= 0 else '超支'}{figures.short(abs(left), both[0].unit)}元"
    return figures.beside(both, scope, f"{scope.label}收支相抵{words}")


def _budget(seen: Overview, today: date) -> Drawing | None:
    """This year's spending against its budget, beside the time that has passed."""
    year = str(today.year)
    spent, planned = (seen.values[key].by.get("year", {}).get(year, 0) for key in (EXPENSE, BUDGET))
    if isinstance(spent, Rate) or isinstance(planned, Rate) or not int(planned):
        return None
    used = int(spent) * 100 / int(planned)
    days = (date(today.year + 1, 1, 1) - date(today.year, 1, 1)).days
    passed = ((today - date(today.year, 1, 1)).days + 1) * 100 / days
    unit = seen.values[EXPENSE].unit
    told = f"{used:.0f}%（{figures.short(spent, unit)}/{figures.short(planned, unit)}元）"
    points = [
        Point("预算已用", used, told, fact_url(EXPENSE, year=year)),
        Point("时间已过", passed, f"{passed:.0f}%"),
    ]
    title = f"{year}年预算用了{used:.0f}%，时间过了{passed:.0f}%"
    return charts.ranks(title, points, heads=("今年", "占全年"), full=100)


def _cards(access: Access) -> Iterator[Card]:
    """The rooms' cards, upper rooms first, then what is about the person; one with nothing to show is left out."""
    every = [card for feature in FEATURES for card in (feature.home(access, access.on) if feature.home else ())]
    for card in (*(one for one in reversed(every) if not one.own), *(one for one in every if one.own)):
        actions = _actions(access, card)
        if card.lines or card.empty or actions:
            lines = tuple(
                Line(one.text, one.value, one.note, line_url(access, one), one.used, one.full) for one in card.lines
            )
            yield Card(card.title, lines, list_url(access, card.label) if card.label else "", card.empty, actions)


def _actions(access: Access, card: HomeCard) -> tuple[Action, ...]:
    found = ((words, start_url(access, label, known)) for label, words, known in card.start)
    return tuple(Action(words, url, "plus") for words, url in found if url)
