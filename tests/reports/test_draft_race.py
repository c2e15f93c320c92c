"""Two people save one section in the same moment, each over a connection of its own: one is stored, one has a clash."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from zhijia.core import audit
from zhijia.core.access import Access
from zhijia.reports.drafts import writing
from zhijia.reports.drafts.body import Sentence, Words, from_json, to_json
from zhijia.reports.models import Draft, DraftSection
from zhijia.unions.models import Union

TODAY = date(2026, 11, 20)


@pytest.fixture
def section(transactional_db: None) -> DraftSection:
    union = Union.objects.create(code="X1", name="某工会", path="/")
    draft = Draft.objects.create(
        union=union, number=1, label="第五届", term=5, first=date(2020, 12, 10), end=TODAY, started_at=timezone.now()
    )
    body = (Sentence((Words("头一句。"),), id=1001), Sentence((Words("末一句。"),), id=1002))
    return DraftSection.objects.create(draft=draft, number=1, name="一节", body=to_json(body), serial=2)


@pytest.mark.postgres
def test_of_two_saves_at_once_one_is_stored_and_one_is_a_clash(section: DraftSection) -> None:
    together = Barrier(2)

    def save(name: str) -> str:
        by = Access(union=section.draft.union_id, on=TODAY, name=name)
        mine = DraftSection.objects.select_related("draft").get(pk=section.pk)
        body = from_json(mine.body)
        mended = (replace(body[0], spans=(Words(f"{name}写的。"),)), *body[1:])
        together.wait(10)
        try:
            writing.save(mine, mended, version=mine.version, by=by, now=timezone.now())
        except writing.Clash as clash:
            return f"clash with {clash.section.saved_by}"
        finally:
            connection.close()
        return f"stored {name}"

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(save, ["甲", "乙"]))
    winner = said[1].removeprefix("stored ")
    assert said[0] == f"clash with {winner}"
    fresh = DraftSection.objects.get(pk=section.pk)
    assert (fresh.version, from_json(fresh.body)[0].text) == (2, f"{winner}写的。")
    assert audit.verify(section.draft.union_id) == []
