"""The decisions written: one transaction, one batch that can be taken back, one audit line, all in sets of rows."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from zhijia.core import audit, batches, db, keys, secrets
from zhijia.core.access import Access
from zhijia.core.batches import Written
from zhijia.core.models import Batch
from zhijia.core.outcomes import Refused, Violation
from zhijia.core.uid import uuid7_many
from zhijia.members.models import Change, Newcomer, Person, Placement
from zhijia.members.roster_sync import lines as parts
from zhijia.members.roster_sync import register
from zhijia.members.roster_sync.comparing import compare
from zhijia.members.roster_sync.lines import Comparison, Decision, Line, Row, mark, named
from zhijia.members.roster_sync.planning import Outcome, plan

Progress = Callable[[str, int, int], None]
LISTED = 30

APPLIED = "members.roster.applied"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What was decided about the lines of a comparison, their marks, and the digest of all lines ("": not known)."""

    decisions: Mapping[str, Decision]
    seen: Callable[[], Mapping[str, str]]
    digest: str


class Moved(Refused):
    """The register is not as it was reviewed; `lines` are the keys of the lines that say something else now."""

    def __init__(self, lines: Sequence[str], names: Sequence[str]) -> None:
        self.lines = tuple(lines)
        told = "、".join(names[:LISTED]) + ("等" if len(names) > LISTED else "")
        message = f"核对以后，会员台账里有{len(lines)}行的情况变了：{told}"
        super().__init__([Violation("moved", message, mend="没有保存任何内容；请回到核对页看过这几行，再保存")])


def stamp(union: int) -> dict[str, int]:
    """Equal as long as nobody wrote what a comparison depends on."""
    return audit.numbers(union, [model._meta.db_table for model in register.READ])


def compared(rows: Sequence[Row], *, union: int, today: date) -> Comparison:
    """The list compared with the register as it is now."""
    return compare(rows, register.known(union, today), register.arrivals(union), today)


def apply(
    rows: Sequence[Row],
    decisions: Mapping[str, Decision],
    *,
    seen: Callable[[], Mapping[str, str]],
    digest: str = "",
    source: str,
    union: int,
    by: Access,
    today: date,
    progress: Progress,
) -> Batch:
    """Do what was decided about each line. Refused as a whole where one can not be done so, and with `Moved` where the
    lines that something is done about are not those reviewed (`seen()`: the mark of each by its key).

    The comparison is made anew before the lock; in it only the change numbers are looked at, unless they moved. Where
    it has the `digest` of the one reviewed, it is the same, and its lines are not looked at one by one.
    """
    progress("再核对一遍", 0, 3)
    before = stamp(union)
    reviewed = Reviewed(decisions, seen, digest)
    planned = None
    try:
        planned = _planned(rows, reviewed, union=union, today=today)
    except Refused:
        if stamp(union) == before:
            raise  # else it was read while somebody wrote: what is refused is seen under the lock
    with transaction.atomic():
        audit.lock(union)
        if planned is None or stamp(union) != before:
            planned = _planned(rows, reviewed, union=union, today=today)
        outcome, told = planned
        progress("保存", 1, 3)
        written = _write(outcome, union)
        progress("记账", 2, 3)
        batch = batches.keep(written, union=union, source=source, by=by)
        tables = list(dict.fromkeys(part.model for part in written))
        audit.record(
            union=union, by=by, verb=APPLIED, tables=tables, batch=batch.pk,
            changes={**batches.counts(written), "lines": told, "digest": keyed_digest(outcome)},
        )  # fmt: skip
    return batch


def _planned(rows: Sequence[Row], reviewed: Reviewed, *, union: int, today: date) -> tuple[Outcome, dict[str, int]]:
    people = register.known(union, today)
    found = compare(rows, people, register.arrivals(union), today)
    done = parts.to_do(found.lines, reviewed.decisions)
    if not reviewed.digest or parts.digest(found.lines) != reviewed.digest:
        _unmoved([line for line, _decision in done], reviewed.seen())
    outcome = plan(done, rows=rows, register=people, today=today)
    if outcome.problems:
        raise Refused(_told(outcome.problems))
    if not outcome:
        raise Refused([Violation("nothing", "没有选要办的行", mend="在核对页选好每一行怎么办，再保存")])
    return outcome, dict(Counter(f"{line.kind}.{decision.action}" for line, decision in done))


def _unmoved(done: Sequence[Line], seen: Mapping[str, str]) -> None:
    """Every line that something is done about says what was reviewed, and none of those reviewed is gone."""
    now = {line.key: line for line in done}
    moved = {key: line.name for key, line in now.items() if seen.get(key) != mark(line)}
    gone = {key: named(told) for key, told in seen.items() if key not in now}
    if moved or gone:
        raise Moved([*moved, *gone], list(dict.fromkeys([*moved.values(), *gone.values()])))


def _told(problems: Sequence[tuple[Line, str]]) -> list[Violation]:
    found = [Violation("line", f"{line.name}：{why}", mend="回到核对页改这一行") for line, why in problems[:LISTED]]
    if len(problems) > LISTED:
        found.append(Violation("lines", f"另有{len(problems) - LISTED}行也要改", mend="回到核对页改"))
    return found


def keyed_digest(outcome: Outcome) -> str:
    """Keyed digest of everything that is written."""
    hasher = hashlib.blake2b(key=keys.keyring().subkey("batch"), digest_size=32)
    for columns in (
        *({"pk": pks, **_columns(rows)} for pks, rows in _alike(outcome.updates)),
        *map(_columns, (outcome.persons, outcome.newcomers, outcome.placements, outcome.changes)),
    ):
        hasher.update(repr(columns).encode(errors="surrogatepass"))
    return hasher.hexdigest()


# ---------------------------------------------------------------- in sets


def _columns(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    return {name: [row[name] for row in rows] for name in rows[0]} if rows else {}


def _alike(updates: Mapping[int, Mapping[str, Any]]) -> list[tuple[list[int], list[Mapping[str, Any]]]]:
    """Persons and what changes of them, by the set of fields that change."""
    found: dict[tuple[str, ...], tuple[list[int], list[Mapping[str, Any]]]] = {}
    for pk, fields in updates.items():
        pks, rows = found.setdefault(tuple(sorted(fields)), ([], []))
        pks.append(pk)
        rows.append(fields)
    return list(found.values())


def _inserted(model: type, rows: Sequence[Mapping[str, Any]], union: int) -> list[Written]:
    if not rows:
        return []
    columns = {"uid": uuid7_many(len(rows)), **_sealed(_columns(rows))}
    pks = db.insert(model, columns, same={"union": union, "origin": "lived"})
    return [Written(model, new=pks)]


def _write(outcome: Outcome, union: int) -> list[Written]:
    """In the order in which rows refer to each other; the batch is taken back the other way round."""
    written = _inserted(Person, outcome.persons, union)  # nobody becomes a member by it
    entered = written[0].new if written else []
    newcomers = [
        row | {"person": entered[outcome.made[place]]} if place in outcome.made else row
        for place, row in enumerate(outcome.newcomers)
    ]
    written += _inserted(Newcomer, newcomers, union)
    written += [_update(pks, _sealed(_columns(rows))) for pks, rows in _alike(outcome.updates)]
    written += _inserted(Placement, outcome.placements, union)
    return written + _inserted(Change, outcome.changes, union)


def _sealed(columns: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
    """Columns of persons with each number that is given sealed, and beside it what it is found by and its tail."""
    found = dict(columns)
    for name, index in parts.SECRETS.items():
        if name in columns:
            found[name] = secrets.encrypt_many(text or None for text in columns[name])
            found[index] = [bytes.fromhex(one) if one else None for one in columns[index]]
            found[index.replace("index", "tail")] = [text[-4:] for text in columns[name]]
    return found


def _update(pks: Sequence[int], columns: Mapping[str, list[Any]]) -> Written:
    """The columns of persons written, with the old values kept."""
    old: dict[int, tuple[Any, ...]] = {}
    for chunk in db.chunked(pks):
        found = Person.objects.select_for_update().filter(pk__in=chunk, withdrawn_on=None).order_by("pk")
        old |= {row[0]: row[1:] for row in db.tuples(found.values_list("pk", "version", *columns))}
    if len(old) != len(pks):
        raise Moved([str(pk) for pk in pks if pk not in old], [])
    count = db.update(Person, pks, [old[pk][0] for pk in pks], columns)
    assert count == len(pks), "the rows are locked"
    return Written(Person, changed=[(pk, old[pk][0] + 1, dict(zip(columns, old[pk][1:], strict=True))) for pk in pks])
