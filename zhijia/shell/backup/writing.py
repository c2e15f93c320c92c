"""Writing a backup: one snapshot of the database, while everybody goes on working."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, models
from django.utils import timezone

from zhijia.core import db, keys, secrets
from zhijia.shell.backup import format as form
from zhijia.shell.backup.checking import check
from zhijia.shell.readiness import migrations_applied

_CHUNK = 2_000
Progress = Callable[[str, int, int], None]


def write(file: Path, passphrase: str, progress: Progress) -> dict[str, int]:
    """Write a backup into `file` (made by the caller, closed to others), verify it, and return the rows per table.

    Without a passphrase the keys are left out; one that is too short is refused with SecretError.
    """
    sealed = keys.seal(keys.keyring(), passphrase) if passphrase else None
    members: dict[str, dict[str, Any]] = {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        with db.snapshot():
            tables = form.tables()
            for step, model in enumerate(tables):
                progress("备份", step, len(tables))
                members[f"tables/{model._meta.label}.jsonl"] = _write_table(archive, model)
            sequences = {model._meta.db_table: _last_id(model) for model in tables}
            migrations = sorted(f"{app}.{name}" for app, name in migrations_applied())
        for name, stored in _stored_files():
            members[f"files/{name}"] = _write_bytes(archive, f"files/{name}", stored)
        if sealed is not None:
            archive.writestr(form.KEYS, sealed)
            members[form.KEYS] = {"sha256": hashlib.sha256(sealed).hexdigest()}
        manifest = {
            "format": form.VERSION,
            "made_at": timezone.now().isoformat(),
            "migrations": migrations,
            "key_mark": secrets.keyed_digest("backup", purpose="backup"),
            "sequences": sequences,
            "members": members,
        }
        archive.writestr(form.MANIFEST, json.dumps(manifest, ensure_ascii=False))
        archive.comment = b"0" * form.DIGEST_CHARACTERS
    _close_with_digest(file)
    check(file)
    return {name: member["rows"] for name, member in members.items() if "rows" in member}


def _write_table(archive: zipfile.ZipFile, model: type[models.Model]) -> dict[str, Any]:
    names = [field.attname for field in form.columns(model)]
    hasher, rows = hashlib.sha256(), 0
    found = model._base_manager.order_by("pk").values_list(*names).iterator(chunk_size=_CHUNK)
    with archive.open(f"tables/{model._meta.label}.jsonl", "w", force_zip64=True) as member:
        for row in found:
            line = json.dumps([form.plain(value) for value in row], ensure_ascii=False, separators=(",", ":")) + "\n"
            data = line.encode()
            hasher.update(data)
            member.write(data)
            rows += 1
    return {"rows": rows, "columns": names, "sha256": hasher.hexdigest()}


def _last_id(model: type[models.Model]) -> int:
    """The last primary key that was given out, so that a restored database never gives it to another row."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            row = cursor.fetchone()
            return int(row[0]) if row else 0
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [f'"{table}"', model._meta.pk.column])
        sequence = cursor.fetchone()[0]
        if sequence is None:
            return 0
        cursor.execute(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}")  # noqa: S608 - named by the database itself
        return int(cursor.fetchone()[0])


def _stored_files() -> list[tuple[str, Path]]:
    folder = Path(settings.ZHIJIA_HOME) / "files"
    if not folder.is_dir():
        return []
    return [(file.relative_to(folder).as_posix(), file) for file in sorted(folder.rglob("*")) if file.is_file()]


def _write_bytes(archive: zipfile.ZipFile, name: str, source: Path) -> dict[str, Any]:
    archive.write(source, name, compress_type=zipfile.ZIP_STORED)
    return {"sha256": form.digest_of(source)}


def _close_with_digest(file: Path) -> None:
    digest = form.digest_of(file, leave=form.DIGEST_CHARACTERS)
    with file.open("r+b") as stream:
        stream.seek(-form.DIGEST_CHARACTERS, os.SEEK_END)
        stream.write(digest.encode("ascii"))
        stream.flush()
        os.fsync(stream.fileno())
