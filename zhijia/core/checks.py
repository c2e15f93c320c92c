"""Checks run: every rule of every room judged over the records of the scope, then and now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from zhijia.core.facts import scope_json
from zhijia.core.feature_types import CheckSpec, Finding, Scope


def run(specs: Sequence[CheckSpec], scope: Scope) -> list[Finding]:
    """All findings, rules in the order given, within a rule by date and record."""
    found: list[Finding] = []
    for spec in specs:
        found += sorted(_whole(spec, scope), key=lambda finding: (finding.on or date.min, finding.record, finding.uid))
    return found


def _whole(spec: CheckSpec, scope: Scope) -> Iterable[Finding]:
    """The rule's findings, each with its table and the way out."""
    for finding in spec.run(scope):
        yield replace(finding, label=finding.label or spec.label, mend=finding.mend or spec.mend)


def check_json(scope: Scope, union_code: str, findings: Iterable[Finding]) -> dict[str, Any]:
    """What `zhijia check --json` prints."""
    return {
        "version": 1,
        "union": union_code,
        "scope": scope_json(scope),
        "findings": [
            {
                "rule": finding.rule,
                "level": finding.level,
                "then": finding.then,
                "now": finding.now,
                "record": finding.record,
                "message": finding.message,
                "source": finding.source,
            }
            for finding in findings
        ],
    }
