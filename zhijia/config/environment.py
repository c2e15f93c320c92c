"""Readers of environment variables: each refuses what it does not understand, instead of guessing.

Nothing here imports Django's settings; `settings.py` reads the whole environment through these functions.
"""

import os
import secrets
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_YES = frozenset({"1", "true", "yes", "on"})
_NO = frozenset({"0", "false", "no", "off"})
_ENGINES = {"postgres": "postgresql", "postgresql": "postgresql", "sqlite": "sqlite3"}
# What is erased must be gone from the file too; FAST overwrites it in the pages that are written anyway.
_SQLITE_START = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=FAST;"

# Our queries take milliseconds; compiling one whose cost is overestimated takes a hundred (the register of a day).
_POSTGRES_START = "-c jit=off"


def env_bool(name: str, default: bool, env: Mapping[str, str] = os.environ) -> bool:
    """Return the yes or no in variable `name`; refuses any word but 1/0, true/false, yes/no, on/off."""
    word = env.get(name, "").strip().lower()
    if not word:
        return default
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise ImproperlyConfigured(f"{name} must be one of true, false, yes, no, on, off, 1, 0; it is {word!r}.")


def env_int(name: str, default: int, *, least: int = 0, env: Mapping[str, str] = os.environ) -> int:
    """Return the whole number in variable `name`; refuses anything else, and numbers below `least`."""
    word = env.get(name, "").strip()
    if not word:
        return default
    if not word.isascii() or not word.isdigit() or int(word) < least:
        raise ImproperlyConfigured(f"{name} must be a whole number from {least} up; it is {word!r}.")
    return int(word)


def env_list(name: str, default: str, env: Mapping[str, str] = os.environ) -> list[str]:
    """Return the comma-separated words in variable `name`, blanks dropped."""
    return [word.strip() for word in env.get(name, default).split(",") if word.strip()]


def env_secret(name: str, file: Path, env: Mapping[str, str] = os.environ) -> str:
    """Return the secret in variable `name`, else the one in `file`, made there once and readable by its owner only.

    Refuses a secret of fewer than 32 characters. Two processes that start together agree on one secret.
    """
    secret = env.get(name, "").strip() or _secret_in(file)
    if len(secret) < 32:
        raise ImproperlyConfigured(f"{name} (or {file.name} in the keys folder) must have at least 32 characters.")
    return secret


def _secret_in(file: Path) -> str:
    try:
        handle = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return _read_when_written(file)
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(secrets.token_urlsafe(64))
    return file.read_text(encoding="ascii")


def _read_when_written(file: Path) -> str:
    # The process that made the file may not have written it yet.
    for _ in range(40):
        secret = file.read_text(encoding="ascii").strip()
        if secret:
            return secret
        time.sleep(0.05)
    raise ImproperlyConfigured(f"{file.name} in the keys folder is empty: remove it, or restore it from a backup.")


def data_folder(env: Mapping[str, str] = os.environ) -> Path:
    """Return the data folder ($ZHIJIA_HOME, else ./var), absolute, made with mode 0700 where it is missing."""
    home = Path(env.get("ZHIJIA_HOME", "").strip() or "var").expanduser().resolve()
    home.parent.mkdir(parents=True, exist_ok=True)
    for folder in (home, home / "keys"):
        folder.mkdir(mode=0o700, exist_ok=True)
    return home


def database(url: str, home: Path) -> dict[str, Any]:
    """Return Django's DATABASES entry for `url` (postgres://… or sqlite:///…), or the SQLite file in `home` when empty.

    Refuses other schemes and an address without a database name. Extra words after `?` go to the driver (`options` in
    place of ours), except `host` and `port`, which name a unix socket's folder.
    """
    if not url:
        return _sqlite(str(home / "zhijia.sqlite3"))
    parts = urlsplit(url)
    engine = _ENGINES.get(parts.scheme)
    name = unquote(parts.path.removeprefix("/"))
    if engine is None or not name:
        raise ImproperlyConfigured("DATABASE_URL must look like postgres://user:password@host/name or sqlite:///path.")
    if engine == "sqlite3":
        return _sqlite(name)
    options = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": options.pop("port", str(parts.port or "")),
        "OPTIONS": {"options": _POSTGRES_START} | options,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def _sqlite(name: str) -> dict[str, Any]:
    # IMMEDIATE takes the write lock at BEGIN: with Django's default one write in five fails under four writers.
    options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": _SQLITE_START}
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": options}
