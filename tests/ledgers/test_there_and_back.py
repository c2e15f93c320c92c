"""What is exported and imported into an empty folder is what was there, for unions that nobody thought of."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.ledgers import generated
from zhijia.core import audit
from zhijia.core.access import Access
from zhijia.core.sheets import exporting, importing, writing
from zhijia.features import FEATURES
from zhijia.unions.models import Union

SHEETS = tuple(sheet for feature in FEATURES for sheet in feature.sheets)
TODAY = date(2026, 11, 20)
BY = Access(union=0, on=TODAY, name="测试")
seen: dict[str, int] = {}


def run(path: Path, union: int | None = None, *, dry_run: bool = False) -> importing.Import:
    return importing.run(path, sheets=SHEETS, union=union, by=BY, today=TODAY, dry_run=dry_run)


@settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # a seed has nothing to shrink
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(seed=st.integers(0, 2**32))
def there_and_back(seed: int) -> None:
    rows = generated.Maker(SHEETS, seed).make()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ledger = folder / "台账.xlsx"
        preview = generated.sound(ledger, SHEETS, rows, lambda path: run(path, dry_run=True))
        with transaction.atomic():
            first = run(ledger)
            assert not first.refused, [str(problem) for problem in first.problems]
            assert first.counts == preview.counts
            assert first.union is not None
            before = generated.stored(SHEETS, first.union)
            writing.write_workbook(folder / "导出.xlsx", exporting.pages(SHEETS, first.union, TODAY))
            transaction.set_rollback(True)
        assert not Union.objects.exists()
        with transaction.atomic():
            second = run(folder / "导出.xlsx")
            assert not second.refused, [str(problem) for problem in second.problems]
            assert second.union is not None
            after = generated.stored(SHEETS, second.union)
            assert generated.differences(before, after) == []
            for sheet in SHEETS:
                seen[sheet.name] = seen.get(sheet.name, 0) + len(after[sheet.name])
            lines = audit.head_seq(second.union)
            again = run(folder / "导出.xlsx", second.union)
            assert [count.sheet for count in again.counts if count.new or count.changed or count.absent] == []
            assert audit.head_seq(second.union) == lines
            transaction.set_rollback(True)


@pytest.mark.django_db
def test_export_and_import_into_an_empty_folder_give_equal_records_of_every_sheet() -> None:
    there_and_back()
    assert [sheet.name for sheet in SHEETS if not seen.get(sheet.name)] == []
