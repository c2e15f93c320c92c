"""Backup and restore: equal rows, every byte guarded, either engine."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests.shell.folder import Folder
from zhijia.core.outcomes import Refused
from zhijia.shell.backup.checking import check

pytestmark = pytest.mark.own_folder

WORD = {"ZHIJIA_PASSPHRASE": "一句很长很长的口令 2026"}


@pytest.fixture(scope="module")
def backup(demo: Folder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("backup") / "copy.zhijia"
    assert "已逐字节核对" in demo.run("backup", str(file), **WORD)
    return file


def same(one: Folder, other: Folder) -> None:
    for words in (("facts",), ("facts", "members.active", "--records")):
        assert one.json(*words) == other.json(*words)
    assert "审计链完整" in other.run("audit", "verify")


def test_a_restored_folder_has_equal_rows_and_an_unbroken_audit_chain(
    demo: Folder, backup: Path, tmp_path: Path
) -> None:
    other = Folder(tmp_path / "other")
    other.run("restore", str(backup), **WORD)
    same(demo, other)
    other.run("restore", str(backup), code=1, **WORD)


def test_a_backup_is_closed_to_others(backup: Path) -> None:
    if os.name == "posix":
        assert backup.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("where", [0.02, 0.5, 0.97, 1.0])
def test_one_altered_byte_is_refused(backup: Path, tmp_path: Path, where: float) -> None:
    data = bytearray(backup.read_bytes())
    place = min(int(len(data) * where), len(data) - 1)
    data[place] ^= 1
    changed = tmp_path / "changed.zhijia"
    changed.write_bytes(data)
    with pytest.raises(Refused, match=r"损坏|不是职家"):
        check(changed)


def test_a_backup_that_was_cut_off_or_is_something_else_is_refused(backup: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.zhijia"
    for content in (backup.read_bytes()[:-5000], b"nothing of ours", b""):
        cut.write_bytes(content)
        with pytest.raises(Refused):
            check(cut)
    with pytest.raises(Refused):
        check(tmp_path / "absent")


def test_an_altered_chain_is_located_by_the_command_and_stops_a_restore(copy: Folder, tmp_path: Path) -> None:
    with closing(sqlite3.connect(copy.home / "zhijia.sqlite3")) as database, database:
        database.execute("DROP TRIGGER core_auditline_no_update")
        database.execute("UPDATE core_auditline SET user_id = 4711 WHERE union_id = 1 AND seq = 7")
    said = copy.run("audit", "verify", code=1)
    assert "第7行：内容被改动" in said
    assert "审计链有1处断裂" in said
    file = tmp_path / "altered.zhijia"
    copy.run("backup", str(file), **WORD)
    other = Folder(tmp_path / "other")
    other.migrated()
    said = other.run("restore", str(file), code=1, **WORD)
    assert "第7行内容被改动" in said
    other.run("facts", code=1)


def test_a_wrong_passphrase_restores_nothing(backup: Path, tmp_path: Path) -> None:
    other = Folder(tmp_path / "other")
    other.migrated()
    other.run("restore", str(backup), code=1, ZHIJIA_PASSPHRASE="another long phrase")
    other.run("restore", str(backup), code=1)
    other.run("restore", str(backup), **WORD)


def test_without_a_passphrase_the_keys_are_left_out_and_wanted_at_restoring(demo: Folder, tmp_path: Path) -> None:
    file = tmp_path / "copy.zhijia"
    assert "密钥没有放进备份" in demo.run("backup", str(file))
    other = Folder(tmp_path / "other")
    other.migrated()
    assert "keyring.json" in other.run("restore", str(file), code=1)
    (other.home / "keys" / "keyring.json").write_bytes((demo.home / "keys" / "keyring.json").read_bytes())
    other.run("restore", str(file))
    same(demo, other)


@pytest.mark.postgres
def test_a_backup_of_sqlite_is_restored_into_postgresql_and_back(demo: Folder, backup: Path, tmp_path: Path) -> None:
    server = os.environ["DATABASE_URL"]
    name = f"restored_{os.getpid()}"
    with psycopg.connect(server.replace("postgres://", "postgresql://"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    there = Folder(tmp_path / "there", server.replace("/postgres?", f"/{name}?"))
    there.run("restore", str(backup), **WORD)
    same(demo, there)
    file = tmp_path / "back.zhijia"
    there.run("backup", str(file), **WORD)
    back = Folder(tmp_path / "back")
    back.run("restore", str(file), **WORD)
    same(demo, back)
    there.run("import", str(exported(demo, tmp_path)))


def exported(folder: Folder, tmp_path: Path) -> Path:
    file = tmp_path / "all.xlsx"
    folder.run("export", str(file))
    return file
