"""Sets of rows in and out of either engine, and a snapshot to read a version in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from zhijia.core.copying import blocks

CHUNK = 20_000
MANY = 200  # rows from which PostgreSQL is given columns to update by COPY
_PLAIN = frozenset(("varchar", "text", "date", "bytea", "bigint", "integer", "smallint", "boolean", "uuid"))


@contextmanager
def snapshot() -> Iterator[None]:
    """Everything read inside sees one state of the database, and nothing can be written.

    PostgreSQL: REPEATABLE READ READ ONLY. SQLite: one deferred transaction under query_only; writers go on beside it.
    """
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            if not connection.savepoint_ids:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON")
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")
            cursor.execute("PRAGMA query_only = OFF")


def _adapter(field: models.Field[Any, Any]) -> Callable[[Any], Any] | None:
    """How a Python value of the field goes to the driver; None where it goes as it is."""
    kind = field.get_internal_type()
    if kind in {"CharField", "TextField", "BigIntegerField", "IntegerField", "SmallIntegerField", "BigAutoField"}:
        return None
    if kind in {
        "PositiveIntegerField",
        "PositiveSmallIntegerField",
        "PositiveBigIntegerField",
        "ForeignKey",
        "OneToOneField",
    }:
        return None
    if kind == "BinaryField":
        return None  # secret columns come sealed
    if kind in {"BooleanField", "DateField", "UUIDField"} and connection.vendor == "postgresql":
        return None
    if kind == "UUIDField":
        return lambda value: value and value.hex
    return lambda value: field.get_db_prep_save(value, connection=connection)


def _driver_columns(
    model: type[models.Model], columns: Mapping[str, Sequence[Any]]
) -> tuple[list[str], list[list[Any]]]:
    """Database column names and values as the driver wants them; repeated values are adapted once."""
    names, values = [], []
    for name, column in columns.items():
        field = model._meta.get_field(name)
        assert isinstance(field, models.Field)
        names.append(str(field.column))
        adapt = _adapter(field)
        if adapt is None:
            values.append(list(column))
            continue
        if field.get_internal_type() in {"DateField", "DateTimeField", "BooleanField"}:
            known = {value: adapt(value) for value in set(column)}
            values.append([known[value] for value in column])
        else:
            values.append([adapt(value) for value in column])
    return names, values


def _new_ids(model: type[models.Model], count: int) -> list[int]:
    """Fresh primary keys; inside the writing transaction nobody else can get the same ones."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT pg_get_serial_sequence(%s, 'id')", [f'"{table}"']
            )  # once: it costs more than nextval
            sequence = cursor.fetchone()[0]
            cursor.execute("SELECT nextval(%s::regclass) FROM generate_series(1, %s)", [sequence, count])
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
    last = row[0] if row else 0
    return list(range(last + 1, last + count + 1))


def _defaults(model: type[models.Model], given: set[str]) -> dict[str, list[Any]]:
    """The value of every field that is not given, once: it is the same in all rows."""
    found: dict[str, list[Any]] = {}
    for field in model._meta.concrete_fields:
        if field.name not in given and not field.primary_key:
            clock = getattr(field, "auto_now_add", False) or getattr(field, "auto_now", False)
            found[field.name] = [timezone.now() if clock else field.get_default()]
    return found


def _literal(value: Any) -> str:
    """A default as SQL text for `executemany`, where a bound value costs as much as one that differs by row."""
    if value is None:
        return "NULL"
    if isinstance(value, int):
        return str(int(value))
    return "'" + str(value).replace("'", "''").replace("%", "%%") + "'"


def insert(
    model: type[models.Model], columns: Mapping[str, Sequence[Any]], same: Mapping[str, Any] | None = None
) -> list[int]:
    """Insert rows given as columns (field name -> values) and return their primary keys in order.

    `same` gives fields with one value for all rows; fields not given at all take the model's default. Must run inside
    a transaction. COPY or executemany.
    """
    assert connection.in_atomic_block, "insert() belongs inside a service's transaction"
    count = len(next(iter(columns.values())))
    if not count:
        return []
    ids = _new_ids(model, count)
    names, values = _driver_columns(model, columns)
    names, values = ["id", *names], [ids, *values]
    constants = {name: [value] for name, value in (same or {}).items()}
    constants |= _defaults(model, {*columns, *constants})
    same_names, alike = _driver_columns(model, constants)
    quoted = ", ".join(f'"{name}"' for name in [*names, *same_names])
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            every = [*values, *(column * count for column in alike)]
            _copy(cursor, table, [*names, *same_names], every)
        else:
            if count > CHUNK:
                cursor.execute("PRAGMA cache_size = -131072")  # KiB: keys that come in no order would be read back
            marks = ", ".join(["%s"] * len(names) + [_literal(column[0]) for column in alike])
            statement = f'INSERT INTO "{table}" ({quoted}) VALUES ({marks})'  # noqa: S608 - names and defaults of models
            cursor.executemany(statement, list(zip(*values, strict=True)))
    return ids


def update(
    model: type[models.Model],
    ids: Sequence[int],
    versions: Sequence[int] | None,
    columns: Mapping[str, Sequence[Any]],
    *,
    step: int = 1,
) -> int:
    """Set columns of the rows `ids`; with `versions`, only rows still at that version, which then moves by `step`.

    Returns how many rows were written. Must run inside a transaction.
    """
    if not ids:
        return 0
    names, values = _driver_columns(model, columns)
    kinds = _copied_kinds(model, columns) if len(ids) >= MANY else None
    if kinds is not None:
        return _update_from_copy(model, ids, versions, dict(zip(names, values, strict=True)), kinds, step)
    assigns = [f'"{name}" = %s' for name in names]
    condition = '"id" = %s'
    parameters: list[Sequence[Any]] = [*values, list(ids)]
    if versions is not None:
        assigns.append(f'"version" = "version" + {int(step)}')
        condition += ' AND "version" = %s'
        parameters.append(list(versions))
    statement = f'UPDATE "{model._meta.db_table}" SET {", ".join(assigns)} WHERE {condition}'  # noqa: S608 - names come from the models
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(zip(*parameters, strict=True)))
        return cursor.rowcount


def _copied_kinds(model: type[models.Model], columns: Mapping[str, Sequence[Any]]) -> list[str] | None:
    """The types of the columns for PostgreSQL's COPY; None on SQLite, and where one's values are of another sort."""
    if connection.vendor != "postgresql":
        return None
    fields = [model._meta.get_field(name) for name in columns]
    kinds = [str(field.db_type(connection)) for field in fields if isinstance(field, models.Field)]
    plain = all(kind.partition("(")[0] in _PLAIN for kind in kinds)
    return kinds if plain and len(kinds) == len(fields) else None


def _update_from_copy(  # noqa: PLR0917 - what `update` worked out
    model: type[models.Model],
    ids: Sequence[int],
    versions: Sequence[int] | None,
    columns: Mapping[str, Sequence[Any]],
    kinds: Sequence[str],
    step: int,
) -> int:
    """The columns copied beside the table, and one statement for all rows where one for each would be sent."""
    given = ["id", *(["version"] if versions is not None else []), *columns]
    types = ["bigint", *(["integer"] if versions is not None else []), *kinds]
    beside = [f"v{place}" for place in range(len(given))]
    assigns = [f'"{name}" = v.{own}' for name, own in zip(given, beside, strict=True) if name in columns]
    condition = "t.id = v.v0"
    if versions is not None:
        assigns.append(f'"version" = t."version" + {int(step)}')
        condition += ' AND t."version" = v.v1'
    kept = ", ".join(f"{own} {kind}" for own, kind in zip(beside, types, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE given_rows ({kept}) ON COMMIT DROP")
        _copy(cursor, "given_rows", beside, [ids, *([versions] if versions is not None else []), *columns.values()])
        cursor.execute(
            f'UPDATE "{model._meta.db_table}" AS t SET {", ".join(assigns)} FROM given_rows AS v WHERE {condition}'  # noqa: S608 - names of the models
        )
        written = int(cursor.rowcount)
        cursor.execute("DROP TABLE given_rows")
    return written


def _copy(cursor: Any, table: str, names: Sequence[str], columns: Sequence[Sequence[Any]]) -> None:
    """Columns into a table by PostgreSQL's COPY."""
    pieces = blocks(columns)
    quoted = ", ".join(f'"{name}"' for name in names)
    with connection.wrap_database_errors, cursor.copy(f'COPY "{table}" ({quoted}) FROM STDIN') as copy:
        for piece in pieces or ():
            copy.write(piece)
        for row in zip(*columns, strict=True) if pieces is None else ():
            copy.write_row(row)


def tuples(rows: models.QuerySet[Any, tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """All rows of a `values_list`; what repeats in a column (days, mostly) is made of the driver's values only once."""
    compiler = rows.query.get_compiler(rows.db)
    columns: list[Sequence[Any]] = list(zip(*chain.from_iterable(compiler.execute_sql() or ()), strict=True))
    converters = compiler.get_converters([expression for expression, *_names in compiler.select]) if columns else {}
    for place, (converts, expression) in converters.items():
        known = {value: value for value in set(columns[place])}
        for convert in converts:
            known = {value: convert(made, expression, connection) for value, made in known.items()}
        columns[place] = [known[value] for value in columns[place]]
    return list(zip(*columns, strict=True))


def chunked(values: Sequence[Any], size: int = CHUNK) -> Iterator[Sequence[Any]]:
    """Slices of at most `size`, for `IN (…)` lists."""
    for start in range(0, len(values), size):
        yield values[start : start + size]
