"""What a page of figures is asked about: a term, a year, or any period with typed dates (both days included)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from zhijia.core.access import Access
from zhijia.core.dates import DateError, ordinal, parse_date
from zhijia.core.feature_types import Scope
from zhijia.core.pages.parts import Choice, Field
from zhijia.shell.scopes import scope_or_404, year_scope
from zhijia.unions.models import Term

OWN = "own"
_YEARS = 12
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """The scope asked for, the fields that ask for it, and what links carry so that they stay in it.

    `wrong`: what was typed can not be read; the scope is the current term then, and the fields say why.
    `before` is the term before, where a term is asked about and the one before is on record.
    """

    scope: Scope
    fields: tuple[Field, ...]
    query: tuple[tuple[str, str], ...] = ()
    before: Scope | None = None
    wrong: bool = False


def asked(access: Access, query: Mapping[str, str]) -> Asked:
    """Read `period` (term-5, year-2024, own with `from` and `to`); nothing is the current term. 404 without a term."""
    terms = list(Term.objects.in_union(access.union).filter(first__lte=access.on).order_by("-first"))
    current = scope_or_404(access, terms[0] if terms else None)
    scopes = {f"term-{term.number}": _term(access, term) for term in terms}
    first_year = min(term.first.year for term in terms)
    years = range(access.on.year, max(first_year, access.on.year - _YEARS) - 1, -1)
    scopes |= {f"year-{year}": year_scope(access.union, access.on, year) for year in years}
    word = query.get("period", "") or f"term-{current.term}"
    typed = (query.get("from", ""), query.get("to", ""))
    errors: dict[str, str] = {}
    scope = scopes.get(word)
    if word == OWN:
        scope, errors = _own(access, *typed)
    elif scope is None:
        errors = {"period": "没有这个范围：请从列表里选一个"}
    kept = (("period", word), *((("from", typed[0]), ("to", typed[1])) if word == OWN else ()))
    before = scopes.get(f"term-{scope.term - 1}") if scope and scope.term else None
    return Asked(
        scope or current,
        _fields(scopes, word, typed, errors),
        kept if scope and word != f"term-{current.term}" else (),
        before,
        bool(errors),
    )


def _term(access: Access, term: Term) -> Scope:
    return Scope(access.union, term.first, term.end, access.on, ordinal(term.number), term.number)


def _own(access: Access, first_text: str, last_text: str) -> tuple[Scope | None, dict[str, str]]:
    """The period typed, or what is wrong with each of its days."""
    days: dict[str, date] = {}
    errors: dict[str, str] = {}
    for name, text in (("from", first_text), ("to", last_text)):
        try:
            days[name] = parse_date(text, access.on)
        except DateError as error:
            errors[name] = str(error) if text.strip() else "请填日期，例如 2024-01-01"
    if errors:
        return None, errors
    first, last = days["from"], days["to"]
    if first > access.on:
        return None, {"from": "起始日期还没有到，没有记录可以统计：请填今天以前的日期"}
    if last < first:
        return None, {"to": f"截止日期早于起始日期：请填{first.isoformat()}以后的日期"}
    label = f"{first.isoformat()}至{last.isoformat()}"
    return Scope(access.union, first, last + _DAY, access.on, label), {}


def _fields(
    scopes: Mapping[str, Scope], word: str, typed: tuple[str, str], errors: Mapping[str, str]
) -> tuple[Field, ...]:
    choices = [Choice(name, scope.label, name == word) for name, scope in scopes.items()]
    choices.append(Choice(OWN, "自选日期", word == OWN))
    fields = [Field("period", "范围", "select", word, choices=tuple(choices))]
    fields += [
        Field("from", "自选：从", "date", typed[0], hint="2024-01-01"),
        Field("to", "到（含当日）", "date", typed[1], hint="2024-06-30"),
    ]
    return tuple(replace(one, errors=(errors[one.name],) if one.name in errors else ()) for one in fields)
