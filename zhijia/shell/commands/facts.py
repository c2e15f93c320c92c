"""`facts`: all facts of a term or year, or the records behind one."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from zhijia.core.evidence import Evidence
from zhijia.core.feature_types import FactSpec, Scope, SingleSpec
from zhijia.core.outcomes import Refused, Violation
from zhijia.shell.readiness import here
from zhijia.shell.scopes import scope_for
from zhijia.shell.terminal import answer, table


def arguments(parser: argparse.ArgumentParser) -> None:
    """Words of the command."""
    parser.add_argument("key", metavar="数据名", nargs="?", help="如 care.aid_people")
    parser.add_argument("--records", action="store_true", help="列出数据背后的记录")
    period = parser.add_mutually_exclusive_group()
    period.add_argument("--term", metavar="届次", type=int, help="第几届（默认本届）")
    period.add_argument("--year", metavar="年份", type=int)
    parser.add_argument("--json", action="store_true", help="用 JSON 回答")


def run(options: argparse.Namespace) -> int:
    """Print facts, or records."""
    from zhijia.core import facts
    from zhijia.shell import catalogue

    if options.records and not options.key:
        raise Refused(
            [Violation("key", "没有说明要看哪个数据的记录", mend="例如：zhijia facts members.active --records")]
        )
    place = here(options.union)
    scope = scope_for(place.pk, place.today, term=options.term, year=options.year)
    spec = catalogue.fact_spec(options.key) if options.key else None
    if options.key and spec is None:
        raise Refused([Violation("key", f"没有“{options.key}”这个数据", mend="运行 zhijia facts 看全部数据名")])
    if options.records and spec is not None:
        return _records(spec, scope, place.known.code, as_json=options.json)
    values = facts.compute([spec], scope) if spec else catalogue.measured(scope)
    if options.json:
        answer(facts.facts_json(scope, place.known.code, values))
        return 0
    print(f"{place.known.name} {scope.label}（{scope.first}至{scope.last}）")
    rows = [
        [fact.key, fact.label, catalogue.shown(fact.value, fact.unit), str(fact.evidence_count)]
        for fact in values.values()
    ]
    table(("数据名", "含义", "数值", "记录数"), rows, right=(2, 3))
    if spec:
        for axis, parts in next(iter(values.values())).by.items():
            print()
            lines = [
                [catalogue.code_label(spec, axis, code), catalogue.shown(part, spec.unit)]
                for code, part in parts.items()
            ]
            table(("年份" if axis == "year" else "分类", "数值"), lines, right=(1,))
    print(f"\n看背后的记录：zhijia facts {options.key or '数据名'} --records")
    return 0


def _records(spec: FactSpec | SingleSpec, scope: Scope, code: str, *, as_json: bool) -> int:
    from zhijia.core import evidence, facts
    from zhijia.core.money import yuan
    from zhijia.shell import catalogue

    rows: Iterator[Evidence] = evidence.rows(spec, scope)
    if as_json:
        answer(
            {
                "version": 1,
                "union": code,
                "scope": facts.scope_json(scope),
                "key": spec.key,
                "records": [
                    {
                        "uid": row.uid, "on": row.on.isoformat() if row.on else None, "fen": row.fen, "met": row.met,
                        "label": catalogue.record_words(spec, row), "by": row.dims,
                    }
                    for row in rows
                ],
            }
        )  # fmt: skip
        return 0
    is_money = catalogue.is_money(spec)
    fact = facts.compute([spec], scope)[spec.key]
    lines = [
        [
            row.on.isoformat() if row.on else "",
            " ".join(catalogue.record_words(spec, row)),
            "" if row.fen is None else yuan(row.fen) if is_money else str(row.fen),
            "" if row.met is None else "是" if row.met else "否",
        ]
        for row in rows
    ]
    keep = [index for index in range(4) if index == 1 or any(line[index] for line in lines)]
    head = ("日期", "记录", "金额（元）" if is_money else "数量", "做到")
    value = catalogue.shown(fact.value, spec.unit)
    print(f"{spec.label}（{spec.key}） {scope.label}：{value}，来自{len(lines)}条记录")
    table([head[index] for index in keep], [[line[index] for index in keep] for line in lines])
    return 0
