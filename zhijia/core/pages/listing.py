"""One page of a register: filtered, sorted, found again by keyset, so that a million rows page as fast as ten.

A sort that no index serves is offered up to `SORTABLE` rows. The place in a list is kept as the 编号 of its edge row:
no value of a person stands in an address.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from zhijia.core.pages import asking
from zhijia.core.pages.asking import Asked, Outline
from zhijia.core.pages.words import Known, Words, is_secret, paths
from zhijia.core.sheets import beside
from zhijia.core.sheets.declare import Column, Sheet

PAGE = 50
COUNTED = 1_000
SORTABLE = 5_000
_CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class Order:
    """A sort: the path that is sorted by, downwards or not; `name` is the column's field, empty for the usual order."""

    path: str
    down: bool
    name: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """One page. `count` is exact up to `COUNTED`; `previous` and `next` are 编号 of the edge rows, or empty."""

    asked: Asked
    words: Words
    order: Order
    count: int
    small: bool
    previous: str
    next: str

    @property
    def count_text(self) -> str:
        """The number of rows as it is shown: 312, or 1,000+."""
        return f"{COUNTED:,}+" if self.count > COUNTED else f"{self.count:,}"


def rows(sheet: Sheet, base: QuerySet[Any], query: Asked, *, today: date) -> QuerySet[Any]:
    """The rows of `base` that the query keeps, unordered."""
    return base.filter(asking.condition(sheet, query, today=today))


def page(
    sheet: Sheet, base: QuerySet[Any], query: Mapping[str, Any], known: Known | None = None, *, today: date
) -> Listed:
    """One page of the list: at most four queries and one for each table that the shown columns refer to."""
    wanted = asking.asked(sheet, query)
    found = rows(sheet, base, wanted, today=today)
    fields = list(dict.fromkeys(["pk", "uid", *paths(sheet, wanted.columns)]))
    after, before = _uid(query.get("after")), _uid(query.get("before"))
    if asking.outline(sheet).has_pinyin and not (wanted.sort or after or before):
        # The order of names is the same at any size: where they all fit on the page, they need not be counted too.
        order, edge, backwards = order_of(sheet, wanted, small=True), None, False
        taken = list(_ordered(found, order, backwards=False).values(*fields)[: PAGE + 1])
        count = len(taken) if len(taken) <= PAGE else _count(found)
        small = count <= SORTABLE
    else:
        count = _count(found)
        small = count <= SORTABLE
        order = order_of(sheet, wanted, small=small)
        edge = _edge(base, order, after or before)
        backwards = bool(before and not after and edge)
        ordered = _ordered(found, order, backwards=backwards)
        if edge:
            nullable = _nullable(found, order)
            ordered = ordered.filter(_beyond(order, edge, backwards=backwards, nullable=nullable))
        taken = list(ordered.values(*fields)[: PAGE + 1])
    more = len(taken) > PAGE
    taken = taken[:PAGE]
    if backwards:
        taken.reverse()
    first, last = (str(taken[0]["uid"]), str(taken[-1]["uid"])) if taken else ("", "")
    return Listed(
        asked=wanted,
        words=Words(sheet, wanted.columns, taken, known),
        order=order,
        count=count,
        small=small,
        previous=first if (more if backwards else edge is not None) else "",
        next=last if (backwards or more) else "",
    )


def _count(found: QuerySet[Any]) -> int:
    """How many rows there are, counted no further than it matters."""
    return found.order_by()[: SORTABLE + 1].count()


def everything(sheet: Sheet, base: QuerySet[Any], query: Mapping[str, Any], *, today: date) -> Iterator[Words]:
    """All rows that the query keeps, in its order, a few thousand at a time: for exports and printing."""
    wanted = asking.asked(sheet, query)
    found = rows(sheet, base, wanted, today=today)
    small = _count(found) <= SORTABLE
    ordered = _ordered(found, order_of(sheet, wanted, small=small), backwards=False)
    fields = list(dict.fromkeys(["pk", "uid", *paths(sheet, wanted.columns)]))
    chunk: list[dict[str, Any]] = []
    for row in ordered.values(*fields).iterator(chunk_size=_CHUNK):
        chunk.append(row)
        if len(chunk) == _CHUNK:
            yield Words(sheet, wanted.columns, chunk)
            chunk = []
    if chunk:
        yield Words(sheet, wanted.columns, chunk)


def sortable(sheet: Sheet, column: Column, *, small: bool) -> bool:
    """Whether the list may be sorted by the column at this size."""
    shape = asking.outline(sheet)
    if _path(shape, column) in shape.indexed:
        return True
    return small and column in shape.columns and column.kind.name != "long_text" and not is_secret(sheet, column)


def _path(shape: Outline, column: Column) -> str:
    """The path that sorts a column: names by their pinyin key, references to persons by theirs."""
    if column.field == "name" and shape.has_pinyin:
        return "pinyin"
    if column.kind.target == "members.Person":
        return f"{column.field}__pinyin"
    return beside.sorted_by(column) if isinstance(column, beside.OwnColumn) else column.field


def order_of(sheet: Sheet, query: Asked, *, small: bool) -> Order:
    """The order asked for where it may be had, else the usual one: people by name, what happened newest first."""
    shape = asking.outline(sheet)
    if query.sort:
        column = next(column for column in shape.columns if column.field == query.sort.lstrip("-"))
        if sortable(sheet, column, small=small):
            return Order(_path(shape, column), query.sort.startswith("-"), column.field)
    if shape.has_pinyin:
        return Order("pinyin", down=False)
    if small and sheet.order_by and (path := sheet.order_by[0].lstrip("-")) in {one.field for one in shape.columns}:
        return Order(path, down=path in shape.times or sheet.order_by[0].startswith("-"))
    if shape.day and (small or shape.day in shape.indexed):
        return Order(shape.day, down=True)
    if shape.years and small:
        return Order(shape.years[0].field, down=True)
    return Order("pk", down=True)


def _ordered(found: QuerySet[Any], order: Order, *, backwards: bool) -> QuerySet[Any]:
    """Rows in order, those without a value last; rows of one value by their own number."""
    down = order.down != backwards
    own = "-pk" if down else "pk"
    if order.path == "pk":
        return found.order_by(own)
    if not _nullable(found, order):  # plain words, so that an index serves them
        return found.order_by(f"-{order.path}" if down else order.path, own)
    by = F(order.path)
    last = {"nulls_first" if backwards else "nulls_last": True}
    key = by.desc(**last) if down else by.asc(**last)
    return found.order_by(key, own)


def _nullable(found: QuerySet[Any], order: Order) -> bool:
    """Whether rows may have no value to sort by (nobody referred to, or an empty column)."""
    if order.path in found.query.annotations:
        return True
    return "__" in order.path or bool(getattr(found.model._meta.get_field(order.path), "null", False))


def _edge(base: QuerySet[Any], order: Order, uid: UUID | None) -> tuple[Any, int] | None:
    """Value and pk of the row that the page begins behind; None where it is no longer there."""
    if uid is None:
        return None
    found = base.filter(uid=uid).values_list(order.path, "pk").first()
    return None if found is None else (found[0], found[1])


def _beyond(order: Order, edge: tuple[Any, int], *, backwards: bool, nullable: bool) -> Q:
    """The rows behind the edge row in reading direction."""
    value, pk = edge
    down = order.down != backwards
    word = "lt" if down else "gt"
    same = Q(**{f"pk__{word}": pk})
    if order.path == "pk":
        return same
    if value is None:  # rows without a value stand last
        empty = Q(**{f"{order.path}__isnull": True}) & same
        return empty | Q(**{f"{order.path}__isnull": False}) if backwards else empty
    # One range that an index can enter, then the tie: an OR of two ranges would read the whole index.
    found = Q(**{f"{order.path}__{word}e": value}) & (Q(**{f"{order.path}__{word}": value}) | same)
    return found if backwards or not nullable else found | Q(**{f"{order.path}__isnull": True})


def _uid(text: Any) -> UUID | None:
    try:
        return UUID(str(text)) if text else None
    except ValueError:
        return None
