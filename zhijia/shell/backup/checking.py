"""Checking a backup file: every byte, every member, every count."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from pathlib import Path
from typing import Any

from zhijia.core.outcomes import Refused, Violation
from zhijia.shell.backup import format as form

_BLOCK = 1 << 20


def check(file: Path) -> dict[str, Any]:
    """Return the manifest of a sound backup; anything else is refused with what is wrong."""
    if not file.is_file():
        raise Refused([Violation("file", "找不到备份文件", value=file.name)])
    with file.open("rb") as stream:
        head = stream.read(2)
        size = file.stat().st_size
        stream.seek(max(0, size - form.DIGEST_CHARACTERS))
        stated = stream.read()
    if head != b"PK" or size < form.DIGEST_CHARACTERS * 2:
        raise Refused([Violation("file", "这不是职家的备份文件", value=file.name)])
    if form.digest_of(file, leave=form.DIGEST_CHARACTERS).encode("ascii") != stated:
        raise form.damaged("摘要不符")
    try:
        with zipfile.ZipFile(file) as archive:
            manifest: dict[str, Any] = json.loads(archive.read(form.MANIFEST))
            if manifest.get("format") != form.VERSION:
                message = "备份文件由更新版本的程序写成"
                raise Refused([Violation("newer", message, mend="请换用更新的程序")])
            if set(archive.namelist()) != {form.MANIFEST, *manifest["members"]}:
                raise form.damaged("内容不全")
            for name, member in manifest["members"].items():
                _check_member(archive, name, member)
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, EOFError):
        raise form.damaged("打不开") from None
    return manifest


def _check_member(archive: zipfile.ZipFile, name: str, member: dict[str, Any]) -> None:
    hasher, lines = hashlib.sha256(), 0
    with archive.open(name) as stream:
        while block := stream.read(_BLOCK):
            hasher.update(block)
            lines += block.count(b"\n")
    if hasher.hexdigest() != member["sha256"] or ("rows" in member and lines != member["rows"]):
        raise form.damaged(name)
