"""Tables of the tests' own tiny ledger; they belong to no room and are made beside the rooms' tables."""

from collections.abc import Iterator

import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from tests.core import deeds


@pytest.fixture(scope="session")
def _deed_tables(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        for model in deeds.MODELS:
            editor.create_model(model)
    yield
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        for model in reversed(deeds.MODELS):
            editor.delete_model(model)


@pytest.fixture
def deed_tables(_deed_tables: None, db: None) -> None:
    """The deeds' tables, empty, in a transaction that is rolled back."""
