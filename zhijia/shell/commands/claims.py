"""`claims`: sentences such as 每年 and 每次, judged by the records."""

from __future__ import annotations

import argparse

from zhijia.shell.readiness import here
from zhijia.shell.scopes import scope_for
from zhijia.shell.terminal import answer


def arguments(parser: argparse.ArgumentParser) -> None:
    """Words of the command."""
    parser.add_argument("--term", metavar="届次", type=int, help="第几届（默认本届）")
    parser.add_argument("--json", action="store_true", help="用 JSON 回答")


def run(options: argparse.Namespace) -> int:
    """Print each claim with its state and what is missing."""
    from zhijia.core.claims import claims_json
    from zhijia.shell import catalogue

    place = here(options.union)
    scope = scope_for(place.pk, place.today, term=options.term)
    judged = catalogue.judged(scope)
    if options.json:
        answer(claims_json(scope, place.known.code, judged))
        return 0
    print(f"{place.known.name} {scope.label}（{scope.first}至{scope.last}）：{len(judged)}个说法")
    for claim in judged:
        print(f"[{catalogue.STATES[claim.state]}] {claim.text_final or claim.text}（{claim.key}）")
        for missing in claim.missing:
            print(f"      缺：{missing}")
    return 0
