"""Which account a code or a name in a cell means: the charts, and beside them the union's own details. Pure."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from typing import NamedTuple

from zhijia.funds.charts import CHARTS, Standard, side_of

_SPLIT = re.compile(r"[-—–_/\\>:：·]+")
_LEADING_CODE = re.compile(r"^\s*(\d[\d.\-]*)\s*[-—:：]?\s*(\D.*)$")
_PLAIN = re.compile(r"[\s()（）]+")
_ENDING = re.compile(r"(支出|费用|费)$")


class Meant(NamedTuple):
    """An account that was understood; `detail` is its finest standard code of 2021, `account` the first level of it."""

    code: str
    name: str
    detail: str

    @property
    def account(self) -> str:
        """First-level code of 2021."""
        return self.detail[:3]

    @property
    def side(self) -> str:
        """money, asset, liability, net, income or expense."""
        return side_of(self.detail)


class Own(NamedTuple):
    """An account that the union added to a chart; `detail` is the standard account of 2021 to which it belongs."""

    chart: str
    code: str
    name: str
    detail: str


def plain_code(text: str) -> str:
    """The digits of a code as accountants write it: 501.02, 501-02 and 50102 are one."""
    return "".join(character for character in text if character.isdigit())


def _plain(name: str) -> str:
    return _PLAIN.sub("", name)


def leaf(name: str) -> str:
    """The last part of 职工活动支出-文体活动支出."""
    parts = [part for part in _SPLIT.split(name) if part.strip()]
    return parts[-1].strip() if parts else ""


def parent_of(chart: str, code: str) -> Standard | None:
    """The finest standard account of the chart with which the code begins; None where there is none."""
    for length in range(len(code), 2, -1):
        found = CHARTS[chart].get(code[:length])
        if found:
            return found
    return None


class Names:
    """Reads accounts of one union; every distinct pair of code and name is judged once."""

    def __init__(self, own: Iterable[Own] = ()):
        self._own_code: dict[tuple[str, str], Own] = {}
        self._own_name: dict[tuple[str, str], Own] = {}
        for account in own:
            self._own_code[account.chart, account.code] = account
            self._own_name[account.chart, _plain(account.name)] = account
        self._by_name: dict[tuple[str, str], list[Standard]] = {}
        for chart, accounts in CHARTS.items():
            for standard in accounts.values():
                short = _ENDING.sub("", _plain(standard.name))
                for name in {_plain(standard.name), short} - {"其他"}:
                    self._by_name.setdefault((chart, name), []).append(standard)
        self._known: dict[tuple[str, str, str], Meant | str] = {}

    def read(self, chart: str, code: str, name: str) -> Meant | str:
        """The account meant, or why it can not be told. Code or name alone is enough.

        An account below a standard one is accepted when it is named: accountants open details as they need them.
        """
        key = (chart, code, name)
        if key not in self._known:
            self._known[key] = self._judge(chart, code, name)
        return self._known[key]

    def near(self, chart: str, code: str, name: str) -> list[str]:
        """Up to three accounts that may have been meant, as 文体活动支出（50102）."""
        shown = {account.name: account.code for account in CHARTS[chart].values()}
        shown |= {own.name: own.code for own in self._own_code.values() if own.chart == chart}
        found = difflib.get_close_matches(leaf(name) or name, shown, 3, 0.4) if name else []
        if not found and code:
            codes = {value: label for label, value in shown.items()}
            found = [codes[near] for near in difflib.get_close_matches(plain_code(code), codes, 3, 0.5)]
        return [f"{label}（{shown[label]}）" for label in found]

    def _judge(self, chart: str, code: str, name: str) -> Meant | str:
        if not code and name:
            written = _LEADING_CODE.match(name)
            if written:
                code, name = written[1], written[2]
        digits = plain_code(code)
        if not digits:
            return self._named(chart, name)
        own = self._own_code.get((chart, digits))
        if own:
            return Meant(own.code, name or own.name, own.detail)
        exact, last = CHARTS[chart].get(digits), _plain(leaf(name))
        meant = self._standard(chart, name) if last else None
        if exact is None and meant is not None and not meant.confirmed:
            return Meant(digits, name, meant.new)  # a balance account under the code that the union's software gives it
        if exact is not None and meant is not None and meant.code != exact.code:
            if not exact.confirmed or not meant.confirmed:
                return Meant(digits, name, meant.new)
            # The first-level name beside a detail's code is how some exports print it.
            if not exact.code.startswith(meant.code):
                return f"科目编码{digits}是“{exact.name}”，科目名称却是“{name}”"
        if exact is not None:
            return Meant(exact.code, name or exact.name, exact.new)
        parent = parent_of(chart, digits)
        if parent is not None and name:
            return Meant(digits, name, parent.new)
        return f"{chart}年制度的科目表里没有“{code}”"

    def _named(self, chart: str, name: str) -> Meant | str:
        if not name:
            return "科目编码和科目名称都没有填"
        own = self._own_name.get((chart, _plain(leaf(name)))) or self._own_name.get((chart, _plain(name)))
        if own:
            return Meant(own.code, name, own.detail)
        found = self._standard(chart, name)
        if found:
            return Meant(found.code, name, found.new)
        first = [part.strip() for part in _SPLIT.split(name) if part.strip()]
        above = self._standard(chart, first[0]) if len(first) > 1 else None
        if above:
            return Meant(above.code, name, above.new)
        return f"{chart}年制度的科目表里没有“{name}”"

    def _standard(self, chart: str, name: str) -> Standard | None:
        """The one standard account of the name; a path may decide between several of one name."""
        found = self._by_name.get((chart, _plain(name))) or self._by_name.get((chart, _plain(leaf(name)))) or []
        if len(found) > 1:
            tops = {_plain(part) for part in _SPLIT.split(name)[:-1]}
            found = [one for one in found if _plain(CHARTS[chart][one.code[:3]].name) in tops] or found
        exact = [one for one in found if _plain(one.name) == _plain(leaf(name))]
        return exact[0] if len(exact) == 1 else found[0] if len(found) == 1 else None
