"""The environment comes in through readers that refuse what they do not understand."""

import stat
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from zhijia.config.environment import data_folder, database, env_bool, env_int, env_list, env_secret

on_unix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")


@pytest.mark.parametrize(
    ("word", "meaning"), [("true", True), ("ON", True), ("1", True), ("no", False), (" off ", False)]
)
def test_yes_and_no_are_understood(word: str, meaning: bool) -> None:
    assert env_bool("X", not meaning, {"X": word}) is meaning


@pytest.mark.parametrize("word", ["maybe", "ture", "2", "是"])
def test_an_unknown_word_is_refused_not_guessed(word: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="X must be one of"):
        env_bool("X", False, {"X": word})


def test_an_empty_variable_is_as_if_it_were_not_there() -> None:
    assert env_bool("X", True, {"X": ""}) is True
    assert env_int("X", 7, env={"X": " "}) == 7


@pytest.mark.parametrize("word", ["-1", "1.5", "十", "１", "1e3", "0"])
def test_what_is_no_whole_number_in_bounds_is_refused(word: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="from 1 up"):
        env_int("X", 5, least=1, env={"X": word})


def test_a_list_drops_blanks() -> None:
    assert env_list("X", "", {"X": " a, ,b,"}) == ["a", "b"]


def test_a_secret_is_made_once_and_kept(tmp_path: Path) -> None:
    file = tmp_path / "django.key"
    first = env_secret("X", file, {})
    assert len(first) >= 64
    assert env_secret("X", file, {}) == first
    assert env_secret("X", file, {"X": "s" * 40}) == "s" * 40


def test_a_short_secret_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="32 characters"):
        env_secret("X", tmp_path / "django.key", {"X": "secret"})


@on_unix
def test_the_data_folder_and_its_keys_are_private(tmp_path: Path) -> None:
    home = data_folder({"ZHIJIA_HOME": str(tmp_path / "a" / "var")})
    env_secret("X", home / "keys" / "django.key", {})
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (home, home / "keys", home / "keys" / "django.key")]
    assert modes == [0o700, 0o700, 0o600]


def test_without_an_address_the_database_is_a_file_that_locks_at_begin(tmp_path: Path) -> None:
    entry = database("", tmp_path)
    assert entry["NAME"] == str(tmp_path / "zhijia.sqlite3")
    assert entry["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert entry["OPTIONS"]["timeout"] == 20


def test_a_postgres_address_is_taken_apart() -> None:
    entry = database("postgres://u%40x:p%2F@db.local:5433/zhi%20jia?sslmode=require", Path())
    wanted = {"USER": "u@x", "PASSWORD": "p/", "HOST": "db.local", "PORT": "5433", "NAME": "zhi jia"}
    assert {key: entry[key] for key in wanted} == wanted
    assert entry["OPTIONS"] == {"options": "-c jit=off", "sslmode": "require"}


def test_a_unix_socket_is_given_as_host() -> None:
    entry = database("postgresql://zhijia@/postgres?host=/run/pg", Path())
    assert (entry["HOST"], entry["PORT"], entry["OPTIONS"]["options"]) == ("/run/pg", "", "-c jit=off")


@pytest.mark.parametrize("url", ["mysql://h/n", "postgres://h", "zhijia", "postgres:///"])
def test_any_other_address_is_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL must look like"):
        database(url, Path())
