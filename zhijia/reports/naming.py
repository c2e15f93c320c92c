"""The names that a report calls the union, its term and the bodies around it by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from zhijia.core.dates import chinese_date, years_between
from zhijia.core.feature_types import Scope
from zhijia.unions.models import OutsideBody, Term, Union

Role = OutsideBody.Role


@dataclass(frozen=True, slots=True)
class Names:
    """Names by the word that patterns use, and the dates of the congress."""

    union: str
    short: str
    organ: str
    number: int
    years: int
    speaker: str
    form: str
    delegates: bool
    congress_on: date
    first: date
    words: Mapping[str, str] = field(default_factory=dict)
    code: str = ""

    def get(self, word: str) -> str:
        """The name meant by a pattern's word; empty where this union has none."""
        return self.words.get(word, "")


# For pages that print figures only.
NAMELESS = Names("", "", "", 0, 0, "", "", False, date.min, date.min)


def names_of(scope: Scope) -> Names:
    """Read the union, the scope's term and the outside bodies in their order."""
    union = Union.objects.get(pk=scope.union)
    terms = Term.objects.in_union(scope.union).filter(first__lt=scope.end, end__gt=scope.first).order_by("-number")
    term = terms.filter(number=scope.term).first() if scope.term else terms.first()
    bodies: dict[str, list[str]] = {}
    for body in _bodies(scope):
        bodies.setdefault(body.role, []).append(body.short_name or body.name)
    short = union.short_name or union.name
    delegates = term is None or term.form == Term.Form.DELEGATES
    first, end = (term.first, term.end) if term else (scope.first, scope.end)
    words = {
        "union": short,
        "fullname": union.name,
        "organ": union.organ_short or union.organ_name or "本单位",
        "organ_full": union.organ_name or union.organ_short or "本单位",
        "field": union.field_of_work or "本单位事业",
        "region": union.region,
        "must": union.must_visit_name,
        "leaders": _formula(bodies),
        "party": "、".join(bodies.get(Role.PARTY_COMMITTEE, [])),
        "party_group": "、".join(bodies.get(Role.PARTY_GROUP, [])),
        "branch": "、".join(bodies.get(Role.PARTY_BRANCH, []) or bodies.get(Role.PARTY_COMMITTEE, [])),
        "superior": "、".join(bodies.get(Role.SUPERIOR_UNION, [])),
        "offices": "、".join(bodies.get(Role.OFFICE, [])),
        "providers": "、".join(bodies.get(Role.PROVIDER, [])),
        "organisers": "、".join(bodies.get(Role.ORGANISER, [])),
        "last": chinese_date(scope.last),
        "congress": "会员代表大会" if delegates else "会员大会",
        "audience": "各位代表" if delegates else "各位会员",
    }
    return Names(
        union=union.name,
        short=short,
        organ=words["organ"],
        number=term.number if term else 0,
        years=years_between(first, end),
        speaker=term.speaker if term else "",
        form=words["congress"],
        delegates=delegates,
        congress_on=(term.congress_on if term else None) or scope.last,
        first=first,
        words=words,
        code=union.code,
    )


def _bodies(scope: Scope) -> list[OutsideBody]:
    rows = OutsideBody.objects.in_union(scope.union).order_by("rank", "pk")
    day = scope.last
    return [row for row in rows if (row.first is None or row.first <= day) and (row.end is None or row.end > day)]


def _formula(bodies: Mapping[str, list[str]]) -> str:
    """厅党组和厅直属机关党委、建设建材工会: the Party side first, then the superior union, in their recorded order."""
    led = [
        name for role in (Role.PARTY_GROUP, Role.PARTY_COMMITTEE, Role.SUPERIOR_UNION) for name in bodies.get(role, [])
    ]
    if len(led) < 2:
        return "".join(led)
    return f"{led[0]}和{'、'.join(led[1:])}"
