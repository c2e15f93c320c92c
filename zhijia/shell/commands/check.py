"""`check`: all records against the rules of their own date and of today."""

from __future__ import annotations

import argparse

from zhijia.shell.readiness import here
from zhijia.shell.scopes import scope_for
from zhijia.shell.terminal import answer

WHEN = {
    (True, True): "当时和现在都不合规定",
    (True, False): "当时不合规定",
    (False, True): "不合现行规定",
    (False, False): "请核对",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Words of the command."""
    parser.add_argument("--term", metavar="届次", type=int, help="第几届（默认本届）")
    parser.add_argument("--json", action="store_true", help="用 JSON 回答")


def run(options: argparse.Namespace) -> int:
    """Print the findings; findings are an answer, not a refusal, so the exit code is 0."""
    from zhijia.core.checks import check_json
    from zhijia.shell import catalogue

    place = here(options.union)
    scope = scope_for(place.pk, place.today, term=options.term)
    found = catalogue.findings(scope)
    if options.json:
        answer(check_json(scope, place.known.code, found))
        return 0
    print(f"{place.known.name} {scope.label}（{scope.first}至{scope.last}）：{len(found)}处")
    for finding in found:
        when = (
            "当时和现在都不合规定"
            if finding.then and finding.now
            else "当时不合规定"
            if finding.then
            else "不合现行规定"
        )
        print(f"[{when}] {finding.rule} {finding.record}：{finding.message}〔{finding.source}〕")
    return 0
