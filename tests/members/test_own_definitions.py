"""Definitions of own fields in a ledger: the columns that they make are read from the same file."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from zhijia.core import batches
from zhijia.core.access import Access
from zhijia.core.demo import SMALL, World
from zhijia.core.sheets import beside, importing, preview
from zhijia.core.sheets.importing import Import
from zhijia.features import FEATURES
from zhijia.members import own_defining
from zhijia.members.models import OwnField, OwnValue, Person
from zhijia.members.own_defining import Wish

pytestmark = pytest.mark.django_db
HEAD = ("字段名", "类型", "选项", "敏感", "能改的职务", "还能看的职务")
SIZE = ("衣服尺码", "选项", "S\nM\nL", "否", "主席、委员", "小组长")
CALL = ("紧急联系人电话", "文字", "", "是", "主席", "")
PEOPLE = ("姓名", "性别", "入会日期", "衣服尺码", "紧急联系人电话")
NEW = ("新来的", "女", "2020-01-01", "M", "13900002222")


@pytest.fixture
def world(make_world: Callable[..., World]) -> World:
    return make_world(members=80, profile=SMALL)  # without own fields


def ledger(folder: Path, **pages: Iterable[Iterable[Any]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in pages.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(list(row))
    book.save(folder / "台账.xlsx")
    return folder / "台账.xlsx"


def bring(
    world: World, file: Path, *, posts: frozenset[str] | None = None, dry_run: bool = False, mapping: Any = None
) -> Import:
    made = (beside.sheet_of(one, world.union, posts, kept=True) for room in FEATURES for one in room.sheets)
    return importing.run(
        file, sheets=[beside.optional(one) for one in made], union=world.union, by=asking(world), today=world.today,
        posts=posts, dry_run=dry_run, mapping=mapping,
    )  # fmt: skip


def asking(world: World) -> Access:
    return Access(union=world.union, on=world.today, name="测试")


def held() -> dict[str, Any]:
    found = OwnValue.objects.filter(person__name="新来的").select_related("field")
    return {one.field.name: one.text or one.secret for one in found}


def codes(done: Import) -> set[str]:
    return {problem.code for problem in done.problems}


@pytest.mark.parametrize("order", [("自定义字段", "会员"), ("会员", "自定义字段")])
def test_a_file_brings_fields_and_values_and_undo_takes_both_back(
    world: World, tmp_path: Path, order: tuple[str, str]
) -> None:
    pages = {"自定义字段": (HEAD, SIZE, CALL), "会员": (PEOPLE, NEW)}
    file = ledger(tmp_path, **{title: pages[title] for title in order})
    seen = bring(world, file, dry_run=True)
    done = bring(world, file)
    assert not done.refused
    assert "column.unknown" not in codes(done)
    assert done.counts == seen.counts
    size = OwnField.objects.get(name="衣服尺码")
    assert (size.answers, size.keepers, size.seers) == (
        ("S", "M", "L"), {"chair", "committee"}, {"chair", "committee", "group_leader"},
    )  # fmt: skip
    value = OwnValue.objects.get(person__name="新来的", field__name="紧急联系人电话")
    assert value.text == ""
    assert value.secret is not None, "sealed as its definition says"
    assert held()["衣服尺码"] == "M"
    again = bring(world, file)
    assert {count.new + count.changed for count in again.counts} == {0}
    assert done.batch is not None
    batches.undo(done.batch, union=world.union, by=asking(world))
    assert not OwnField.objects.exists()
    assert not OwnValue.objects.exists()


def test_values_are_read_as_the_definition_in_the_same_file_says(world: World, tmp_path: Path) -> None:
    done = bring(world, ledger(tmp_path, 自定义字段=(HEAD, SIZE), 会员=(PEOPLE[:4], (*NEW[:3], "XXXL"))))
    [problem] = [problem for problem in done.problems if problem.level == "refuse"]
    assert (problem.place.sheet, problem.place.row, problem.place.column) == ("会员", 2, "衣服尺码")
    assert "S、M、L" in problem.message
    assert not OwnField.objects.exists(), "nothing is half saved"


def test_wrong_definitions_are_all_told_and_refuse_the_file(world: World, tmp_path: Path) -> None:
    wrong = (
        ("姓名", "文字", "", "", "主席", ""),
        ("尺码", "选项", "S", "", "主席", ""),
        ("车牌", "文字", "", "", "", ""),
        ("车位", "文字", "", "", "看门的", ""),
    )
    done = bring(world, ledger(tmp_path, 自定义字段=(HEAD, *wrong)))
    places = {(problem.place.row, problem.place.column) for problem in done.problems if problem.level == "refuse"}
    assert places == {(2, "字段名"), (3, "选项"), (4, "能改的职务"), (5, "能改的职务")}


def test_a_field_renamed_in_the_file_takes_its_column_along(world: World, tmp_path: Path) -> None:
    own_defining.define(Wish("尺码", "choice", "S\nM\nL", kept_by=("chair",)), by=asking(world), today=world.today)
    field = OwnField.objects.get()
    file = ledger(
        tmp_path, 自定义字段=(("编号", "字段名", "类型"), (str(field.uid), "衣服尺码", "选项")),
        会员=(PEOPLE[:4], NEW[:4]),
    )  # fmt: skip
    done = bring(world, file)
    assert not done.refused
    assert held() == {"衣服尺码": "M"}
    field.refresh_from_db()
    assert (field.name, field.keepers) == ("衣服尺码", {"chair"}), "what the file does not tell stays"


def test_changes_by_a_new_field_are_shown_in_the_preview(world: World, tmp_path: Path) -> None:
    one = Person.objects.in_union(world.union).order_by("pk")[0]
    people = (("编号", "姓名", "性别", "衣服尺码"), (str(one.uid), one.name, one.get_sex_display(), "L"))
    seen = bring(world, ledger(tmp_path, 自定义字段=(HEAD, SIZE), 会员=people), dry_run=True)
    [(place, changes)] = preview.changed_rows(seen)
    assert (place.sheet, [str(change) for change in changes]) == ("会员", ["衣服尺码：（空） → L"])


def test_a_field_that_the_importer_may_not_write_is_defined_but_not_read(world: World, tmp_path: Path) -> None:
    file = ledger(tmp_path, 自定义字段=(HEAD, SIZE, CALL), 会员=(PEOPLE, NEW))
    done = bring(world, file, posts=frozenset({"committee"}))
    assert not done.refused
    assert held() == {"衣服尺码": "M"}
    [note] = [problem.message for problem in done.problems if problem.code == "column.unknown"]
    assert "紧急联系人电话" in note


def test_what_values_mean_is_not_changed_by_a_file_either(world: World, tmp_path: Path) -> None:
    assert not bring(world, ledger(tmp_path, 自定义字段=(HEAD, SIZE), 会员=(PEOPLE[:4], NEW[:4]))).refused
    smaller = ("衣服尺码", "选项", "S\nL", "否", "主席", "")
    done = bring(world, ledger(tmp_path, 自定义字段=(HEAD, smaller)))
    [problem] = [problem for problem in done.problems if problem.level == "refuse"]
    assert "有人选了“M”" in problem.message


def test_a_column_that_somebody_left_out_stays_out(world: World, tmp_path: Path) -> None:
    file = ledger(tmp_path, 自定义字段=(HEAD, SIZE), 会员=(PEOPLE[:4], NEW[:4]))
    out = {"sheets": {"会员": {"sheet": "会员", "columns": {"衣服尺码": ""}}}}
    done = bring(world, file, mapping=out)
    assert not done.refused
    assert held() == {}
    assert "column.unknown" not in codes(done)
