"""Taking an import back: after a change of keys, among rows that refer to each other, and what is kept how long."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.core.sheets.test_importing import LEDGER, PEOPLE, POSTS, run, write
from zhijia.core import batches, keys
from zhijia.core.models import Batch, BatchPart
from zhijia.members.models import Person
from zhijia.shell import rotation
from zhijia.unions import services as unions
from zhijia.unions.models import Union

__all__ = ["run", "write"]  # fixtures
PHONES = [(*PEOPLE[0], "手机"), (*PEOPLE[1], "13812345678")]
CHANGED = [(*PEOPLE[0], "手机"), (*PEOPLE[1], "13912345678")]


@pytest.fixture
def own_keys(settings, tmp_path):
    settings.ZHIJIA_HOME = tmp_path
    ring = keys.ensure(tmp_path / "keys")
    keys.use(ring)
    yield
    keys.use(None)


def test_an_import_can_be_taken_back_after_the_keys_were_changed(own_keys, run, write, by):
    first = run(write({**LEDGER, "会员": PHONES, "任职": [POSTS[0]]}))
    done = run(write({"会员": CHANGED}), first.union)
    rotation.rotate(by, lambda *_: None)
    batches.undo(done.batch, union=first.union, by=by)
    assert Person.objects.only("phone").get().phone.reveal() == "13812345678"


def test_a_union_founded_by_an_import_has_its_place_in_the_tree(run, write):
    done = run(write(LEDGER))
    assert Union.objects.get(pk=done.union).path == f"/{done.union}/"


def test_a_union_founded_by_init_has_its_place_in_the_tree(db, by, today):
    union = unions.found({"code": "T", "name": "测试工会"}, by=by, today=today)
    assert union.path == f"/{union.pk}/"


def test_before_images_are_destroyed_after_thirty_days(run, write):
    first = run(write({**LEDGER, "会员": PHONES, "任职": [POSTS[0]]}))
    old = run(write({"会员": CHANGED}), first.union)
    Batch.objects.filter(pk=old.batch).update(at=timezone.now() - timedelta(days=31))
    recent = run(write({"会员": PHONES}), first.union)
    assert batches.forget_images() == 1
    assert not BatchPart.objects.filter(batch=old.batch).exclude(changed=None).exists()
    assert BatchPart.objects.filter(batch=recent.batch).exclude(changed=None).exists()


def test_unions_above_and_below_each_other_refer_only_among_themselves(db, by, today):
    upper = unions.found({"code": "U", "name": "上级", "set_up_on": date(2000, 1, 1)}, by=by, today=today)
    lower = unions.found({"code": "L", "name": "下级", "parent": upper}, by=by, today=today)
    assert batches._referring(Union, [upper.pk]) == ["工会"]
    assert batches._referring(Union, [upper.pk, lower.pk]) == []
