"""Fields that a union adds to its register of members: written, found, imported, exported, taken back."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from zhijia.core import batches, person_keys, secrets
from zhijia.core.access import Access
from zhijia.core.demo import SMALL, World
from zhijia.core.models import AuditLine
from zhijia.core.outcomes import Refused
from zhijia.core.sheets import beside, exporting, importing, writing
from zhijia.core.sheets.declare import Sheet
from zhijia.features import FEATURES
from zhijia.members import own_defining, services
from zhijia.members.models import OwnField, OwnValue, Person
from zhijia.members.own_defining import Wish
from zhijia.members.sheets import PERSONS

pytestmark = pytest.mark.django_db
KEPT = ("chair", "committee", "operator")
SHOE = Wish("鞋码", "number", kept_by=KEPT, seen_by=("group_leader",))
SIZE = Wish("衣服尺码", "choice", options="S\nM\nL", kept_by=KEPT)
PLATE = Wish("紧急联系人电话", "text", sensitive=True, kept_by=KEPT)
DAY = Wish("体检日期", "date", kept_by=KEPT, by_self=True)


@pytest.fixture
def world(make_world: Callable[..., World]) -> World:
    return make_world(members=80, profile=SMALL)  # without own fields


def make(world: World, *wishes: Wish) -> dict[str, str]:
    """Define the fields and return their column names by header."""
    found = {}
    for wish in wishes:
        by = Access(union=world.union, on=world.today, name="测试")
        pk = own_defining.define(wish, by=by, today=world.today)
        found[wish.name] = beside.name_of(pk)
    return found


def person(world: World) -> Person:
    return Person.objects.in_union(world.union).order_by("pk")[0]


def put(world: World, one: Person, **cells: Any) -> None:
    row = {"uid": one.uid, "name": one.name, "sex": one.sex, **cells}
    services.save_persons([row], union=world.union, by=world.by, today=world.today)
    one.refresh_from_db(fields=["version"])


def sheet(world: World, posts: frozenset[str] | None = None, *, kept: bool = False) -> Sheet:
    return beside.sheet_of(PERSONS, world.union, posts, kept=kept)


def value(one: Person, name: str) -> OwnValue | None:
    return OwnValue.objects.filter(person=one, field_id=int(name.removeprefix("own_"))).first()


def test_a_value_is_a_change_of_the_person_with_one_line(world: World) -> None:
    names = make(world, SHOE, SIZE, PLATE)
    one = person(world)
    version, lines = one.version, AuditLine.objects.count()
    put(world, one, **{names["鞋码"]: "42.5", names["紧急联系人电话"]: "13900001111"})
    assert one.version == version + 1
    assert AuditLine.objects.count() == lines + 1
    (line,) = person_keys.opened(AuditLine.objects.order_by("-pk")[:1])
    assert (line.verb, line.subject_id) == ("members.person.saved", one.pk)
    told = line.told["rows"][0]
    assert told[names["鞋码"]] == [None, "42.5"]
    assert told[names["紧急联系人电话"]] == [None, secrets.keyed_digest(repr("13900001111"))]
    assert "13900001111" not in str(line.told)
    kept = value(one, names["紧急联系人电话"])
    assert kept is not None
    assert (kept.text, kept.secret.reveal()) == ("", "13900001111")
    put(world, one, **{names["鞋码"]: "42.5"})
    assert one.version == version + 1, "the same value is no change"
    put(world, one, **{names["鞋码"]: None})
    assert value(one, names["鞋码"]).text == ""  # type: ignore[union-attr]
    (line,) = person_keys.opened(AuditLine.objects.order_by("-pk")[:1])
    assert line.told["rows"][0] == {names["鞋码"]: ["42.5", None]}


def test_a_field_of_another_union_or_a_retired_one_is_not_written(world: World) -> None:
    names = make(world, SHOE)
    field = OwnField.objects.get()
    own_defining.retire(field, by=Access(union=world.union, on=world.today), today=world.today)
    one = person(world)
    put(world, one, **{names["鞋码"]: "42", "own_999999": "x"})
    assert not OwnValue.objects.exists()


def test_posts_see_and_keep_what_the_field_says(world: World) -> None:
    make(world, SHOE, SIZE)

    def headers(posts: set[str], *, kept: bool = False) -> list[str]:
        return [column.header for column in beside.columns_of(sheet(world, frozenset(posts), kept=kept))]

    assert headers({"chair"}) == ["鞋码", "衣服尺码"]
    assert headers({"group_leader"}) == ["鞋码"]
    assert headers({"group_leader"}, kept=True) == []
    assert headers({"reviewer"}) == []
    assert beside.columns_of(sheet(world, None, kept=True))


def test_the_list_shows_filters_and_sorts_them(world: World) -> None:
    from django.http import QueryDict

    from zhijia.core.pages import listing

    names = make(world, SHOE, SIZE)
    first, second, third = Person.objects.in_union(world.union).order_by("pk")[:3]
    for one, shoe, size in ((first, "9", "M"), (second, "42", "M"), (third, "100", "L")):
        put(world, one, **{names["鞋码"]: shoe, names["衣服尺码"]: size})
    made = sheet(world)
    base = beside.annotated(made, Person.objects.in_union(world.union))
    shoe, size = names["鞋码"], names["衣服尺码"]
    page = listing.page(made, base, QueryDict(f"col=name&col={shoe}&{size}=M&sort=-{shoe}"), today=world.today)
    shown = [page.words.text(row, made.column(shoe)) for row in page.words.rows]
    assert shown == ["42", "9"], "numbers sort as numbers"
    page = listing.page(made, base, QueryDict(f"missing={size}"), today=world.today)
    assert page.count == Person.objects.in_union(world.union).count() - 3


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("{day}_from=2026-03-01", 2),
        ("{day}_from=2026-03-01&{day}_to=2026年3月31日", 1),
        ("{day}_from=没有这一天", 80),
        ("{shoe}_from=9.5", 2),
        ("{shoe}_from=9&{shoe}_to=42", 2),
        ("q=A12345", 1),
        ("q=京A12", 1),
        ("q=13900001111", 0),
    ],
)
def test_dates_and_numbers_are_asked_for_from_and_to_and_texts_are_searched(
    world: World, query: str, expected: int
) -> None:
    from django.http import QueryDict

    from zhijia.core.pages import listing

    names = make(world, SHOE, PLATE, DAY, Wish("车牌", "text", kept_by=KEPT))
    people = Person.objects.in_union(world.union).order_by("pk")[:3]
    told = (("9", "2026-02-28", "京A12345"), ("42", "2026-03-05", ""), ("100", "2026-11-20", "浙B77777"))
    for one, (shoe, day, plate) in zip(people, told, strict=True):
        cells = {"鞋码": shoe, "体检日期": day, "车牌": plate, "紧急联系人电话": "13900001111"}
        put(world, one, **{names[header]: text for header, text in cells.items()})
    made = sheet(world)
    base = beside.annotated(made, Person.objects.in_union(world.union))
    asked = query.format(day=names["体检日期"], shoe=names["鞋码"])
    count = listing.page(made, base, QueryDict(asked), today=world.today).count
    assert count == (Person.objects.in_union(world.union).count() if expected == 80 else expected)


def sheets(world: World) -> tuple[Sheet, ...]:
    return tuple(
        beside.optional(beside.sheet_of(one, world.union, None, kept=True)) for room in FEATURES for one in room.sheets
    )


def ledger(tmp_path: Path, head: list[str], *rows: list[Any]) -> Path:
    book = openpyxl.Workbook()
    page = book.active
    page.title = "会员"
    for row in (head, *rows):
        page.append(row)
    book.save(tmp_path / "会员.xlsx")
    return tmp_path / "会员.xlsx"


def test_a_ledger_brings_them_in_sets_and_undo_takes_them_back(world: World, tmp_path: Path) -> None:
    names = make(world, SHOE, SIZE, PLATE, DAY)
    one = person(world)
    put(world, one, **{names["衣服尺码"]: "S"})
    file = ledger(
        tmp_path, ["编号", "姓名", "性别", "鞋码", "衣服尺码", "紧急联系人电话", "体检日期"],
        [str(one.uid), one.name, "男" if one.sex == "male" else "女", "42码以上", "XXL", "13900001111", "2026.3.5"],
        ["", "新来的", "女", 38.5, "m", "13900002222", "明天"],
    )  # fmt: skip
    by = Access(union=world.union, on=world.today, name="测试")
    done = importing.run(file, sheets=sheets(world), union=world.union, by=by, today=world.today)
    wrong = {(problem.place.row, problem.place.column) for problem in done.problems if problem.level == "refuse"}
    assert wrong == {(2, "鞋码"), (2, "衣服尺码"), (3, "体检日期")}, "all problems at once"
    file = ledger(
        tmp_path, ["编号", "姓名", "性别", "鞋码", "衣服尺码", "紧急联系人电话", "体检日期"],
        [str(one.uid), one.name, "男" if one.sex == "male" else "女", "42", "", "13900001111", "2026.3.5"],
        ["", "新来的", "女", 38.5, "m", "13900002222", ""],
    )  # fmt: skip
    version = one.version
    done = importing.run(file, sheets=sheets(world), union=world.union, by=by, today=world.today)
    assert not done.refused
    assert [(count.new, count.changed) for count in done.counts] == [(1, 1)]
    assert value(one, names["衣服尺码"]).text == ""  # type: ignore[union-attr]
    assert value(one, names["体检日期"]).text == "2026-03-05"  # type: ignore[union-attr]
    new = Person.objects.get(name="新来的")
    assert value(new, names["鞋码"]).text == "38.5"  # type: ignore[union-attr]
    assert value(new, names["衣服尺码"]).text == "M"  # type: ignore[union-attr]
    one.refresh_from_db(fields=["version"])
    assert one.version == version + 1
    again = importing.run(file, sheets=sheets(world), union=world.union, by=by, today=world.today)
    assert [(count.new, count.changed, count.equal) for count in again.counts] == [(0, 0, 2)]
    assert done.batch is not None
    batches.undo(done.batch, union=world.union, by=by)
    assert not Person.objects.filter(name="新来的").exists()
    assert value(one, names["衣服尺码"]).text == "S"  # type: ignore[union-attr]
    assert value(one, names["鞋码"]) is None


def test_the_workbook_of_everything_comes_back_equal(world: World, tmp_path: Path) -> None:
    names = make(world, SHOE, SIZE, PLATE, DAY)
    one = person(world)
    cells = {"鞋码": "42.5", "衣服尺码": "L", "紧急联系人电话": "13900001111", "体检日期": "2026-03-05"}
    put(world, one, **{names[header]: text for header, text in cells.items()})
    out = BytesIO()
    writing.write_workbook(out, exporting.pages(sheets(world), world.union, world.today))
    page = openpyxl.load_workbook(BytesIO(out.getvalue()))["会员"]
    head = [cell.value for cell in page[1]]
    row = next(row for row in page.iter_rows(min_row=2, values_only=True) if row[0] == str(one.uid))
    held = dict(zip([str(word).rstrip("*") for word in head], row, strict=True))
    assert (held["鞋码"], held["衣服尺码"], held["紧急联系人电话"]) == (42.5, "L", "13900001111")
    by = Access(union=world.union, on=world.today, name="测试")
    path = tmp_path / "own-fields.xlsx"
    path.write_bytes(out.getvalue())
    done = importing.run(path, sheets=sheets(world), union=world.union, by=by, today=world.today, dry_run=True)
    assert not done.refused
    assert {count.new + count.changed for count in done.counts} == {0}


@pytest.mark.parametrize(
    ("wish", "place"),
    [
        (Wish("姓名", "text", kept_by=KEPT), "name"),
        (Wish("", "text", kept_by=KEPT), "name"),
        (Wish("尺码", "choice", options="S", kept_by=KEPT), "options"),
        (Wish("尺码", "choice", options="S\nS", kept_by=KEPT), "options"),
        (Wish("尺码", "number"), "kept_by"),
        (Wish("尺码", "bytes", kept_by=KEPT), "sort"),
    ],
)
def test_a_definition_that_says_nothing_is_refused(world: World, wish: Wish, place: str) -> None:
    by = Access(union=world.union, on=world.today, name="测试")
    with pytest.raises(Refused) as refused:
        own_defining.define(wish, by=by, today=world.today)
    assert place in {problem.place.column for problem in refused.value.violations}


def test_what_values_mean_is_not_changed_under_them(world: World, today: date) -> None:
    names = make(world, SIZE)
    by = Access(union=world.union, on=world.today, name="测试")
    field = OwnField.objects.get()
    put(world, person(world), **{names["衣服尺码"]: "M"})
    for wish in (
        Wish("衣服尺码", "text", kept_by=KEPT),
        Wish("衣服尺码", "choice", options="S\nL", kept_by=KEPT),
        Wish("衣服尺码", "choice", options="S\nM\nL", sensitive=True, kept_by=KEPT),
    ):
        with pytest.raises(Refused):
            own_defining.define(wish, by=by, today=today, stored=field, version=field.version)
    renamed = Wish("上衣尺码", "choice", options="M\nL\nXL", kept_by=KEPT)
    own_defining.define(renamed, by=by, today=today, stored=field, version=field.version)
    field.refresh_from_db()
    assert (field.name, field.answers) == ("上衣尺码", ("M", "L", "XL"))
    own_defining.retire(field, by=by, today=today)
    assert not beside.columns_of(sheet(world))
    field.refresh_from_db()
    own_defining.revive(field, by=by, today=today)
    assert OwnValue.objects.get().text == "M", "the values stayed"
