"""A package is a frozen version: opened later it shows what changed since, and only that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from zhijia.care import services as care
from zhijia.care.models import AidCase
from zhijia.core.access import Access
from zhijia.core.demo import SMALL, World
from zhijia.core.feature_types import Scope
from zhijia.core.outcomes import Refused
from zhijia.members import services as members
from zhijia.reports import package, versions
from zhijia.reports.package import PackageResult
from zhijia.standards import services as standards


def test_ids_are_packed_and_come_back_sorted() -> None:
    assert versions.unpacked(versions.packed([9, 2, 100_000, 3])) == [2, 3, 9, 100_000]
    assert versions.unpacked(versions.packed([])) == []
    assert len(versions.packed(range(1, 10_001))) < 200


@pytest.mark.django_db
def test_nothing_changed_means_no_drift(built: PackageResult) -> None:
    assert versions.drift(built.version) == []
    assert versions.listed(built.version.union_id) == [built.version]


@pytest.mark.django_db
def test_one_changed_aid_amount_shows_exactly_that_figure(built: PackageResult, demo_world: World, by: Access) -> None:
    case = AidCase.objects.in_union(demo_world.union).filter(paid_on__isnull=False).order_by("pk").first()
    assert case is not None
    care.save_aid(
        [{"uid": case.uid, "paid_on": case.paid_on, "amount_fen": case.amount_fen + 100_00}],
        union=demo_world.union,
        by=by,
        today=demo_world.today,
    )
    found = versions.drift(built.version)
    assert [one.key for one in found] == ["care.aid_amount"]
    drifted = found[0]
    assert drifted.new == drifted.old + 100_00
    assert (drifted.added, drifted.removed) == ((), ())
    assert [(line.verb, line.subject_id) for line in drifted.lines] == [("care.aidcase.saved", case.pk)]


@pytest.mark.django_db
def test_a_record_added_later_shows_by_its_id(built: PackageResult, demo_world: World, by: Access) -> None:
    row = {"name": "高远", "sex": "male", "admitted_on": demo_world.today - timedelta(days=3)}
    pk = members.save_persons([row], union=demo_world.union, by=by, today=demo_world.today)[0]
    found = {one.key: one for one in versions.drift(built.version)}
    assert set(found) >= {"members.active", "members.admitted"}
    assert found["members.active"].added == (pk,)


@pytest.mark.django_db
def test_a_version_becomes_final_only_when_a_named_person_confirms_its_phrases(
    built: PackageResult, demo_world: World, by: Access
) -> None:
    with pytest.raises(Refused) as refused:
        versions.confirm(built.version, name=" ", by=by, today=demo_world.today)
    assert {violation.code for violation in refused.value.violations} >= {"name"}
    standards.confirm_phrases(union=demo_world.union, name="陈立新", by=by, today=demo_world.today)
    final = versions.confirm(built.version, name="陈立新", by=by, today=demo_world.today)
    assert (final.confirmed_by, final.confirmed_on) == ("陈立新", demo_world.today)
    with pytest.raises(Refused):
        versions.confirm(final, name="陈立新", by=by, today=demo_world.today)


@pytest.mark.django_db
def test_the_files_of_a_version_are_kept_by_their_digest(
    make_world: Callable[..., World], scope_of: Callable[..., Scope], by: Access, tmp_path, settings
) -> None:
    settings.ZHIJIA_HOME = tmp_path / "home"
    scope = replace(scope_of(make_world("members", members=86, profile=SMALL)), label="第五届")
    result = package.build(scope, out=tmp_path / "out", by=by)
    for kept in result.version.documents:
        data = (tmp_path / "home" / "files" / kept["sha256"]).read_bytes()
        assert data == (tmp_path / "out" / kept["file"]).read_bytes()
        assert len(data) == kept["size"]
