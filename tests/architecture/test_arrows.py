"""Arrows that import-linter does not see: foreign keys, links in templates, guards of views, grants, packages."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver

from tests.architecture import house
from zhijia.unions.models import UnionRecord

pytestmark = pytest.mark.arrows
HEIGHT = house.floors()
OWN_MODELS = [model for model in apps.get_models() if model.__module__.startswith("zhijia.")]


def room_of(thing: type | object) -> str:
    return str(getattr(thing, "__module__", "")).split(".")[1]


def test_the_contracts_hold() -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as lint; lint()", "--no-logo"]
    done = subprocess.run(command, cwd=house.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_room_has_a_floor_and_is_installed() -> None:
    on_disk = house.rooms()
    assert [room for room in on_disk if room not in HEIGHT] == []
    assert sorted(settings.ROOMS) == sorted(on_disk)
    assert list(settings.ROOMS) == sorted(settings.ROOMS, key=HEIGHT.__getitem__), "lowest floor first"


@pytest.mark.parametrize("model", OWN_MODELS, ids=lambda model: model._meta.label)
def test_foreign_keys_point_down(model: type[Model]) -> None:
    for field in model._meta.get_fields():
        target = field.related_model if field.is_relation and not field.auto_created else None
        if target in OWN_MODELS:
            assert house.points_down(room_of(model), room_of(target), HEIGHT), f"{field} points up"


def test_names_of_models_addresses_and_modules_point_down() -> None:
    assert house.text_arrows_up() == []


def test_what_is_told_knows_the_rooms_through_features_only() -> None:
    assert house.arrows_past_the_waist() == []


def test_templates_link_down() -> None:
    assert house.template_arrows_up() == []


def test_every_view_says_who_may_open_it() -> None:
    assert house.unguarded_views() == []


def addresses(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns)
        else:
            yield pattern


def test_every_address_leads_to_a_guarded_view() -> None:
    # The attribute is set by @requires and @public: this sees views that are defined somewhere else than in views.py.
    ours = [a for a in addresses(get_resolver().url_patterns) if a.callback.__module__.startswith("zhijia.")]
    assert [str(a.pattern) for a in ours if not hasattr(a.callback, "permission")] == []


def test_every_permission_asked_for_is_granted_to_a_post() -> None:
    from zhijia.features import FEATURES
    from zhijia.shell.grants import GRANTS  # the hallway stands above features.py

    granted = {permission for feature in FEATURES for grant in feature.grants for permission in grant.permissions}
    granted |= {permission for grant in GRANTS for permission in grant.permissions}
    asked = {guard for _, _, guard in house.views() if guard}
    asked |= {entry.permission for feature in FEATURES for entry in feature.menu}
    assert sorted(asked - granted) == []


def test_a_room_grants_only_its_own_permissions() -> None:
    from zhijia.features import FEATURES

    wrong = [
        f"{feature.slug} grants {permission}"
        for feature in FEATURES
        for grant in feature.grants
        for permission in grant.permissions
        if permission.partition(".")[0] != feature.slug
    ]
    assert wrong == []


def test_every_folder_of_code_is_a_package() -> None:
    assert house.folders_that_are_no_package() == []


@pytest.mark.parametrize("model", OWN_MODELS, ids=lambda model: model._meta.label)
def test_a_table_of_union_records_has_an_index_that_begins_with_the_union(model: type[Model]) -> None:
    if not issubclass(model, UnionRecord) or model._meta.proxy:
        return
    first = {index.fields[0].lstrip("-") for index in model._meta.indexes if index.fields}
    first |= {rule.fields[0] for rule in model._meta.constraints if getattr(rule, "fields", ())}
    assert "union" in first
