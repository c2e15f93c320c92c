"""What the sheets carry out they carry in again."""

from zhijia.core import facts
from zhijia.core.sheets import importing
from zhijia.core.sheets.writing import write_workbook
from zhijia.features import FEATURES
from zhijia.funds.facts import FACTS
from zhijia.funds.models import LedgerLine
from zhijia.funds.sheets import SHEETS


def _rows(sheet, union, *, with_uid):
    """The sheet's records as an export writes them: references by name."""
    paths = [f"{column.field}__name" if column.kind.target else column.field for column in sheet.columns]
    for row in sheet.records.model.objects.in_union(union).order_by(*sheet.order_by, "pk").values_list(*paths):
        yield row if with_uid else (None, *row[1:])


def _written(path, union, *, with_uid):
    write_workbook(path, [(sheet, _rows(sheet, union, with_uid=with_uid)) for sheet in SHEETS])
    return path


def _houses_sheets():
    return [sheet for feature in FEATURES for sheet in feature.sheets]


def test_an_export_changes_nothing_when_it_is_imported_again(make_world, by, tmp_path):
    world = make_world("funds")
    path = _written(tmp_path / "out.xlsx", world.union, with_uid=True)
    done = importing.run(path, sheets=_houses_sheets(), union=world.union, by=by, today=world.today)
    assert not done.refused, [str(problem) for problem in done.problems][:5]
    assert {(count.sheet, count.new, count.changed) for count in done.counts} == {
        (sheet.name, 0, 0) for sheet in SHEETS
    }


def test_an_export_imported_into_empty_books_gives_the_same_facts(make_world, by, tmp_path, scope_of):
    world = make_world("funds")
    before = facts.compute(FACTS, scope_of(world), cache=False)
    path = _written(tmp_path / "out.xlsx", world.union, with_uid=False)
    for sheet in SHEETS:
        sheet.records.model.objects.all().delete()
    assert not LedgerLine.objects.exists()
    done = importing.run(path, sheets=_houses_sheets(), union=world.union, by=by, today=world.today)
    assert not done.refused, [str(problem) for problem in done.problems][:5]
    assert facts.compute(FACTS, scope_of(world), cache=False) == before


def test_every_column_has_a_field_and_a_second_example():
    for sheet in SHEETS:
        names = {field.name for field in sheet.records.model._meta.concrete_fields}
        for column in sheet.columns:
            assert column.field in names, (sheet.name, column.header)
