"""A register's list as the page draws it: filter bar, table, pager, columns to choose; every address is made here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict

from zhijia.core.access import Access
from zhijia.core.pages import asking, listing
from zhijia.core.pages.asking import Asked, Outline
from zhijia.core.pages.entry import CONTROLS
from zhijia.core.pages.parts import Badge, Cell, Chip, Choice, Field, FilterBar, Head, Pager, Row, Tab, Table
from zhijia.core.pages.words import NUMBERS, Known, Words, labels, tone
from zhijia.core.sheets.declare import Column, Sheet
from zhijia.shell.models import SavedList
from zhijia.shell.registers import BY_LABEL, Register
from zhijia.unions import services as unions
from zhijia.unions.models import Group, Term

PLACE = ("after", "before")  # where in the list one is: dropped whenever the list becomes another one
_MAIN_FILTERS = 2
CHOICES = 200
GROUP = "unions.Group"


@dataclass(frozen=True, slots=True)
class ListPage:
    """What `shell/list.html` draws."""

    register: Register
    lead: str
    table: Table
    bar: FilterBar
    pager: Pager
    count: str
    filtered: bool
    columns: tuple[Choice, ...]
    kept: tuple[tuple[str, str], ...]
    query: str
    setters: tuple[Choice, ...]


def build(register: Register, access: Access, query: QueryDict) -> ListPage:
    """The page that the query asks for; about eight queries whatever the size."""
    sheet = register.sheet
    shape = asking.outline(sheet)
    known = _groups(shape, access)
    listed = listing.page(sheet, register.rows(access), query, known, today=access.on)
    wanted = listed.asked
    bare = query.copy()
    for name in PLACE:
        bare.pop(name, None)
    groups = _choices(shape, known, wanted, access if register.limited(access) else None)
    return ListPage(
        register=register,
        lead=_lead(register, access),
        table=_table(register, listed, bare, selectable=access.visiting is None),
        bar=replace(_bar(sheet, wanted, bare, groups, _saved(register, access, bare), access), action=register.url()),
        pager=_pager(listed, bare),
        count=listed.count_text,
        filtered=wanted.filtered,
        columns=tuple(Choice(c.field, c.header, c in wanted.columns) for c in shape.columns),
        kept=tuple((name, value) for name, values in bare.lists() if name != "col" for value in values),
        query=bare.urlencode(),
        setters=_pages(register, access) + _setters(shape),
    )


def _lead(register: Register, access: Access) -> str:
    """What the register is for; to who sees rows of the groups led alone, that these are not all."""
    if not register.limited(access):
        return register.sheet.help
    return f"只列您带的小组的人：{'、'.join(unions.going_on(access.union, access.groups))}。"


def with_query(bare: QueryDict, **changes: str) -> str:
    """The list's address with some values changed; an empty one takes the value out."""
    values = bare.copy()
    for name, value in changes.items():
        values.pop(name, None)
        if value:
            values[name] = value
    return f"?{values.urlencode()}" if values else "?"


def _table(register: Register, listed: listing.Listed, bare: QueryDict, *, selectable: bool) -> Table:
    sheet, words = register.sheet, listed.words
    heads = []
    for column in listed.asked.columns:
        can = listing.sortable(sheet, column, small=listed.small)
        here = listed.order.name == column.field
        turned = f"-{column.field}" if here and not listed.order.down else column.field
        heads.append(
            Head(
                column.header,
                number=column.kind.name in NUMBERS,
                sort_url=with_query(bare, sort=turned) if can else "",
                sorted=("down" if listed.order.down else "up") if here else "",
            )
        )
    lines = [
        Row(
            tuple(_cell(register, words, row, column, place) for place, column in enumerate(listed.asked.columns)),
            str(row["uid"]),
        )
        for row in words.rows
    ]
    return Table(tuple(heads), lines, select="pick" if selectable and lines else "")


def _cell(register: Register, words: Words, row: dict[str, Any], column: Column, place: int) -> Cell:
    text = words.text(row, column)
    if place == 0:
        return Cell(text or "（未填）", url=register.url("record", row["uid"]))
    colour = tone(column, words.value(row, column))
    if colour:
        return Cell(text, badge=Badge(text, colour))
    return Cell(text or "—", number=column.kind.name in NUMBERS)


def _pager(listed: listing.Listed, bare: QueryDict) -> Pager:
    back = with_query(bare, before=listed.previous) if listed.previous else ""
    on = with_query(bare, after=listed.next) if listed.next else ""
    return Pager(back, on, f"共{listed.count_text}条，每页{listing.PAGE}条" if back or on else "")


def _groups(shape: Outline, access: Access) -> dict[str, dict[int, tuple[str, str]]]:
    """The union's groups and terms where the register refers to them: to choose from, and to call rows by."""
    found: dict[str, dict[int, tuple[str, str]]] = {}
    for target in {column.kind.target for column in shape.groups}:
        model: Any = Group if target == "unions.Group" else Term
        order = ("rank", "pk") if model is Group else ("-number",)
        rows = model.objects.in_union(access.union).order_by(*order)[:CHOICES]
        names = unions.names(access.union) if model is Group else {}
        found[target] = {row.pk: (names.get(row.pk, str(row)), str(row.uid)) for row in rows}
    return found


def _choices(
    shape: Outline, known: Known, wanted: Asked, leader: Access | None = None
) -> dict[str, tuple[Choice, ...]]:
    """For each reference to a group or a term the rows to choose from; for a `leader` only the groups led."""
    chosen = {column.field: str(uid) for column, uid in wanted.linked}
    found = {}
    for column in shape.groups:
        rows = known[column.kind.target].items()
        led = leader.groups if leader and column.kind.target == GROUP else None
        found[column.field] = tuple(
            Choice(uid, text, uid == chosen.get(column.field)) for pk, (text, uid) in rows if led is None or pk in led
        )
    return found


def _bar(  # noqa: PLR0917 - what a bar is made of
    sheet: Sheet,
    wanted: Asked,
    bare: QueryDict,
    groups: dict[str, tuple[Choice, ...]],
    saved: tuple[Tab, ...],
    access: Access,
) -> FilterBar:
    shape = asking.outline(sheet)
    code_of = {column.field: text for column, text in wanted.chosen}
    every = Choice("", "全部")
    selects = []
    for column in shape.groups:
        choices = (every, *groups[column.field])
        if len(groups[column.field]) != 1 or column.kind.target != GROUP:
            selects.append(Field(column.field, column.header, "select", choices=choices))
    selects += _own_filters(sheet, wanted)
    for column in shape.choices:
        options = zip(asking.codes(column), column.kind.choices, strict=True)
        chosen = code_of.get(column.field)
        choices = (every, *(Choice(str(code), label, str(code) == chosen) for code, label in options))
        selects.append(Field(column.field, column.header, "select", choices=choices))
    years = {column.field: str(year) for column, year in wanted.years}
    selects += [Field(c.field, c.header, "number", years.get(c.field, "")) for c in shape.years]
    search = Field("q", "查找", "search", wanted.search, hint="姓名、拼音、首字母" if _names(shape) else "名称、内容")
    more = selects[_MAIN_FILTERS:]
    if shape.day:
        day = next(column.header for column in shape.columns if column.field == shape.day)
        more.append(Field("from", f"{day}从", "text", _day(wanted.since), hint="2026-01-01"))
        more.append(Field("to", "到", "text", _day(wanted.until), hint="2026-12-31"))
    if shape.blanks:
        more.append(_blanks("missing", "缺少", shape, wanted.missing))
        more.append(_blanks("filled", "已填", shape, wanted.filled))
    kept = tuple((name, value) for name, values in bare.lists() if name in ("col", "sort") for value in values)
    return FilterBar(
        action="",
        fields=(search, *selects[:_MAIN_FILTERS]),
        more=tuple(more),
        chips=tuple(_chips(wanted, bare, access)),
        kept=kept + tuple((c.field, str(uid)) for c, uid in wanted.linked if c not in shape.groups),
        saved=saved,
    )


def _own_filters(sheet: Sheet, wanted: Asked) -> list[Field]:
    """The questions that the sheet itself declares."""
    values = {one.name: value for one, value in wanted.filters}
    found = []
    for one in sheet.filters:
        value = str(values.get(one.name, ""))
        choices = (Choice("", "全部"), *(Choice(code, words, code == value) for code, words in one.answers))
        control = "select" if one.answers else CONTROLS.get(one.kind.name, "text") if one.kind else "text"
        found.append(Field(one.name, one.label, control, value, hint=one.hint, choices=choices if one.answers else ()))
    return found


def _names(shape: Outline) -> bool:
    return shape.has_pinyin or any(column.kind.target == "members.Person" for column in shape.references)


def _day(value: Any) -> str:
    return value.isoformat() if value else ""


def _blanks(name: str, label: str, shape: Outline, chosen: Column | None) -> Field:
    options = tuple(Choice(c.field, c.header, c is chosen) for c in shape.blanks)
    return Field(name, label, "select", choices=(Choice("", "不限"), *options))


def _chips(wanted: Asked, bare: QueryDict, access: Access) -> list[Chip]:
    found = []

    def chip(label: str, *names: str) -> None:
        found.append(Chip(label, with_query(bare, **dict.fromkeys(names, ""))))

    if wanted.search:
        chip(f"查找“{wanted.search}”", "q")
    for column, text in wanted.chosen:
        label = next(
            word for code, word in zip(asking.codes(column), column.kind.choices, strict=True) if str(code) == text
        )
        chip(f"{column.header}：{label}", column.field)
    for column, year in wanted.years:
        chip(f"{column.header}：{year}年", column.field)
    for column, uid in wanted.linked:
        chip(f"{column.header}：{_called(column, uid, access)}", column.field)
    for one, value in wanted.filters:
        chip(f"{one.label}：{one.told(value)}", one.name)
    if wanted.since or wanted.until:
        chip(f"{_day(wanted.since) or '最早'}至{_day(wanted.until) or '现在'}", "from", "to")
    if wanted.missing:
        chip(f"缺少{wanted.missing.header}", "missing")
    if wanted.filled:
        chip(f"已填{wanted.filled.header}", "filled")
    return found


def _called(column: Column, uid: Any, access: Access) -> str:
    """What a row is called: one out of reach is not named to whoever knows its 编号."""
    target = BY_LABEL[column.kind.target]
    manager: Any = target.sheet.records.model._default_manager
    rows = target.rows(access) if target.limited(access) else manager.filter(union=access.union)
    pk = rows.filter(uid=uid).values_list("pk", flat=True).first()
    return labels(column.kind.target, [pk]).get(pk, ("（已不在）", ""))[0] if pk else "（已不在）"


def _saved(register: Register, access: Access, bare: QueryDict) -> tuple[Tab, ...]:
    rows = SavedList.objects.filter(user_id=access.user or 0, register=register.label).order_by("name")
    here = bare.urlencode()
    return tuple(Tab(row.name, f"?{row.query}", row.query == here) for row in rows)


def _pages(register: Register, access: Access) -> tuple[Choice, ...]:
    """What a page of the room's own does to the picked rows."""
    pages = enumerate(register.sheet.pages)
    return tuple(Choice(f"page={place}", words) for place, (words, _url, may) in pages if access.may(may))


def _setters(shape: Outline) -> tuple[Choice, ...]:
    """What can be set for many rows at once: every answer of every column with a short list of answers."""
    found = []
    for column in shape.choices:
        if len(column.kind.choices) <= 8 and getattr(column, "kept", True):
            options = zip(asking.codes(column), column.kind.choices, strict=True)
            found += [Choice(f"{column.field}={code}", f"{column.header} → {label}") for code, label in options]
    return tuple(found)
