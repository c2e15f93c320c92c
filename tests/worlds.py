"""Worlds built once and then put back row by row: the demo's services take half a second, its rows a twentieth of that.

What a room's services do to an empty database is the same each time, so the first test that asks for a world builds
it, and the process keeps its rows as the engine stores them. A world beside other rows is always built.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Hashable
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection

from zhijia.core import keys
from zhijia.core.demo import World

_KEPT: dict[Hashable, tuple[World, dict[str, Any]]] = {}


def of(name: tuple[Hashable, ...], build: Callable[[], World]) -> World:
    """The world of that name: put back where it is kept and the database is empty, else built."""
    if _filled():
        return build()
    # Secrets and the audit chain are under the keys of the moment, files in the folder of the moment.
    full = (*name, connection.vendor, str(settings.ZHIJIA_HOME), keys.keyring().subkey("audit"))
    if full not in _KEPT:
        world = build()
        _KEPT[full] = copy.deepcopy(world), {table: _rows(table) for table in _filled()}
        return world
    world, rows = _KEPT[full]
    for table, kept in rows.items():
        _put(table, kept)
    return copy.deepcopy(world)


def _filled() -> list[str]:
    """The program's tables that hold rows."""
    models = [one for one in apps.get_models() if one.__module__.startswith("zhijia.") and one._meta.managed]
    tables = [one._meta.db_table for one in models]
    parts = (f"SELECT {number} WHERE EXISTS (SELECT 1 FROM {_quoted(name)})" for number, name in enumerate(tables))  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return [tables[number] for (number,) in cursor.fetchall()]


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _rows(table: str) -> Any:
    """The rows as the engine stores them: PostgreSQL's copy of the table, or values that sqlite3 did not convert."""
    name = _quoted(table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {name} TO STDOUT (FORMAT BINARY)") as out:
                return b"".join(bytes(block) for block in out)
        cursor.execute(f"PRAGMA table_info({name})")
        columns = ", ".join(f"+{_quoted(column[1])}" for column in cursor.fetchall())
        cursor.execute(f"SELECT {columns} FROM {name} ORDER BY rowid")  # noqa: S608
        return cursor.fetchall()


def _put(table: str, rows: Any) -> None:
    name = _quoted(table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # its sequences never go back, so that no number comes twice
            with cursor.copy(f"COPY {name} FROM STDIN (FORMAT BINARY)") as into:
                into.write(rows)
        else:
            cursor.executemany(f"INSERT INTO {name} VALUES ({', '.join(['%s'] * len(rows[0]))})", rows)  # noqa: S608
