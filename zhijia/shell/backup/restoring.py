"""Reading a backup into an empty data folder and database: everything or nothing, then the audit chain is walked."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, models, transaction

from zhijia.core import audit, keys, secrets
from zhijia.core.keys import Keyring
from zhijia.core.outcomes import Refused, Violation
from zhijia.shell.backup import format as form
from zhijia.shell.backup.checking import check
from zhijia.shell.readiness import migrations_applied

_CHUNK = 5_000
Progress = Callable[[str, int, int], None]


def restore(file: Path, passphrase: str, progress: Progress) -> dict[str, int]:
    """Restore a checked backup and return the rows per table.

    Refused where the database or the files folder holds anything, where the program is of another version, or where
    the keys do not fit. A wrong passphrase raises SecretError. Nothing is kept of a restore that fails.
    """
    manifest = check(file)
    _refuse_other_version(manifest)
    tables = form.tables()
    folder = Path(settings.ZHIJIA_HOME)
    if any(model._base_manager.exists() for model in tables) or _has_files(folder / "files"):
        message = "数据文件夹里已有数据，不能恢复到这里"
        raise Refused(
            [Violation("not_empty", message, mend="请用 ZHIJIA_HOME 指定一个空的文件夹（PostgreSQL 用空的数据库）")]
        )
    with zipfile.ZipFile(file) as archive:
        before = keys.keyring()
        ring = _keys_of(archive, manifest, passphrase)
        keys.use(ring)
        try:
            with transaction.atomic():
                counts = _restore_rows(archive, manifest, tables, progress)
                if breaks := audit.verify(progress=progress):
                    raise _broken(breaks)
                _restore_files(archive, manifest, folder / "files")
                if ring != before:
                    keys.store(ring, folder / "keys")
        except BaseException:
            keys.use(before)
            raise
    return counts


def _broken(breaks: list[audit.Break]) -> Refused:
    """A refusal of a backup whose audit chains do not hold, with the first places."""
    lines = "；".join(f"第{one.union}个工会第{one.seq}行{one.what}" for one in breaks[:5])
    return form.damaged(f"审计链有{len(breaks)}处断裂（{lines}），备份以前就有人绕过程序改过数据库，或密钥不是当时的")


def _refuse_other_version(manifest: dict[str, Any]) -> None:
    here = {f"{app}.{name}" for app, name in migrations_applied()}
    if set(manifest["migrations"]) != here:
        message = "备份由另一个版本的程序写成，数据表不同"
        raise Refused([Violation("version", message, mend="请先用写备份时的版本恢复，再升级程序")])


def _has_files(folder: Path) -> bool:
    return folder.is_dir() and any(file.is_file() for file in folder.rglob("*"))


def _keys_of(archive: zipfile.ZipFile, manifest: dict[str, Any], passphrase: str) -> Keyring:
    """The keys from the backup, or the folder's own where they are the ones of the backup."""
    if form.KEYS in manifest["members"] and passphrase:
        return keys.unseal(archive.read(form.KEYS), passphrase)
    if secrets.keyed_digest("backup", purpose="backup") == manifest["key_mark"]:
        return keys.keyring()
    if form.KEYS in manifest["members"]:
        raise Refused(
            [Violation("passphrase", "备份里的密钥用口令锁着", mend="请给出写备份时的口令（ZHIJIA_PASSPHRASE）")]
        )
    mend = f"请先把原来的 keys/{keys.FILE} 放进新的数据文件夹的 keys 里，再恢复"
    raise Refused([Violation("no_keys", "备份里没有密钥，这里的密钥也不是当时的", mend=mend)])


def _restore_rows(
    archive: zipfile.ZipFile, manifest: dict[str, Any], tables: list[type[models.Model]], progress: Progress
) -> dict[str, int]:
    counts: dict[str, int] = {}
    for step, model in enumerate(tables):
        progress("恢复", step, len(tables))
        name = f"tables/{model._meta.label}.jsonl"
        member = manifest["members"][name]
        fields = form.columns(model)
        if member["columns"] != [field.attname for field in fields]:
            raise form.damaged(f"{name} 的列与程序不同")
        with archive.open(name) as stream:
            for lines in _chunks(stream):
                _insert(model, fields, [json.loads(line) for line in lines])
        counts[name] = member["rows"]
        _continue_after(model, manifest["sequences"].get(model._meta.db_table, 0))
    return counts


def _chunks(stream: Any) -> Iterator[list[bytes]]:
    lines: list[bytes] = []
    for line in stream:
        lines.append(line)
        if len(lines) == _CHUNK:
            yield lines
            lines = []
    if lines:
        yield lines


def _insert(model: type[models.Model], fields: list[models.Field[Any, Any]], rows: list[list[Any]]) -> None:
    prepared = []
    for field, values in zip(fields, zip(*rows, strict=True), strict=True):
        read = form.reader(field)
        prepared.append([field.get_db_prep_save(read(value), connection=connection) for value in values])
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608 - names come from the models
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(zip(*prepared, strict=True)))


def _continue_after(model: type[models.Model], last: int) -> None:
    """Let new rows' keys go on after the last one ever given out."""
    if not last:
        return
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = %s", [last, table])
            if not cursor.rowcount:
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last])
            return
        cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [f'"{table}"', model._meta.pk.column, last])


def _restore_files(archive: zipfile.ZipFile, manifest: dict[str, Any], folder: Path) -> None:
    for name in manifest["members"]:
        if not name.startswith("files/"):
            continue
        target = (folder / name.removeprefix("files/")).resolve()
        if not target.is_relative_to(folder.resolve()):
            raise form.damaged(name)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with archive.open(name) as source, target.open("wb") as out:
            while block := source.read(1 << 20):
                out.write(block)
