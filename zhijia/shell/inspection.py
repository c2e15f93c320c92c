"""What an inspector would find, as one list: broken rules then and now, refuted claims, overdue to-dos."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from zhijia.core.access import Access
from zhijia.core.feature_types import REFUTED, Finding, Scope
from zhijia.core.outcomes import REFUSE, UNCONFIRMED, WARN
from zhijia.features import FEATURES
from zhijia.shell import todos, usage
from zhijia.shell.links import fact_url, seen_url
from zhijia.shell.overview import overview
from zhijia.shell.registers import BY_LABEL

CLAIM, OVERDUE = "claim", "todo"
# What kind of thing it is: (code, word, tone). The first three are the levels of rules.
LEVELS: tuple[tuple[str, str, str], ...] = (
    (REFUSE, "不合规定", "late"),
    (WARN, "请核对", "due"),
    (UNCONFIRMED, "待核", "info"),
    (CLAIM, "说法不成立", "late"),
    (OVERDUE, "过期未办", "late"),
)
WHENS: tuple[tuple[str, str], ...] = (
    ("now", "按现行规定"),
    ("then", "按当时规定"),
    ("only_now", "当时合规，现在不合"),
    ("only_then", "当时不合，现在合规"),
)


@dataclass(frozen=True, slots=True)
class Found:
    """One line of the list. `rule` is a rule's number, or the key of a claim; `mend` is the way out."""

    level: str
    rule: str
    title: str
    record: str
    message: str
    source: str
    mend: str
    section: str
    then: bool
    now: bool
    on: date | None = None
    url: str = ""

    @property
    def by_rule(self) -> bool:
        """Whether a rule was broken; claims and to-dos bear keys that are not for people, and know no then and now."""
        return self.level not in (CLAIM, OVERDUE)

    @property
    def claim(self) -> str:
        """The key of the claim that does not hold; empty for anything else."""
        return self.rule if self.level == CLAIM else ""

    @property
    def ground(self) -> str:
        """The rule by its number and what it is about; of a claim or a to-do what it is."""
        return f"{self.rule} {self.title}" if self.by_rule else self.title

    @property
    def when(self) -> str:
        """Then and now in words; nothing where no rule was broken."""
        if not self.by_rule:
            return ""
        if self.then and self.now:
            return "当时和现在都不合"
        return "当时不合，现在合规" if self.then else "当时合规，现在不合"

    def fits(self, *, when: str, level: str, rule: str, section: str, wanted: str) -> bool:
        """Whether the line is asked for; empty words ask for everything."""
        times = {
            "": True, "now": self.now, "then": self.then, "only_now": self.now and not self.then,
            "only_then": self.then and not self.now,
        }  # fmt: skip
        if level not in ("", self.level) or rule not in ("", self.rule) or section not in ("", self.section):
            return False
        words = f"{self.record} {self.message} {self.rule} {self.title} {self.source}".lower()
        return times.get(when, True) and wanted.lower() in words


def found(access: Access, scope: Scope) -> list[Found]:
    """The whole list, newest first in each kind; what the overview keeps costs no query."""
    seen = overview(scope)
    rules = [_finding(access, finding) for finding in seen.findings]
    rules.sort(key=lambda one: one.on or date.min, reverse=True)
    return [*rules, *_claims(access, scope), *_todos(access)]


def _finding(access: Access, finding: Finding) -> Found:
    register = BY_LABEL.get(finding.label)
    return Found(
        finding.level, finding.rule, rule_title(finding.rule), finding.record, finding.message, finding.source,
        finding.mend, register.section if register else _home_of(finding.rule), finding.then, finding.now, finding.on,
        seen_url(access, finding.label, finding.uid) if finding.uid else "",
    )  # fmt: skip


def _claims(access: Access, scope: Scope) -> Iterator[Found]:
    for claim in overview(scope).claims:
        if claim.state == REFUTED:
            facts = usage.evidence_of(claim.key)
            yield Found(
                CLAIM, claim.key, "报告里的说法", claim.text, "；".join(claim.missing), "换届报告数据要求",
                "补上缺的记录，或登记不用办的原因", "报告", then=True, now=True, on=scope.last,
                url=fact_url(facts[0].key) if facts else "",
            )  # fmt: skip


def _todos(access: Access) -> Iterator[Found]:
    for todo in todos.listed(access):
        if todo.overdue:
            yield Found(
                OVERDUE, todo.key.rpartition(".")[0], "到期待办", todo.text, f"应在{todo.due.isoformat()}以前办好",
                "工作期限", "办好后登记；确实不办的写明原因", todo.section, then=True, now=True,
                on=todo.due, url=todo.url,
            )  # fmt: skip


@cache
def _rules() -> dict[str, tuple[str, str]]:
    known: dict[str, tuple[str, str]] = {}
    for feature in FEATURES:
        for spec in feature.checks:
            known.setdefault(spec.rule, (spec.title, feature.section or "设置"))
    return known


def rule_title(rule: str) -> str:
    """What a rule is about; its number where no check bears it."""
    return _rules().get(rule, (rule, ""))[0]


def _home_of(rule: str) -> str:
    return _rules().get(rule, ("", "报告"))[1]
