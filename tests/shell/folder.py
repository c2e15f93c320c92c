"""A data folder of its own for a test, and commands run on it as a person would, in a process of their own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests import migrated

ROOT = Path(__file__).resolve().parents[2]
TODAY = "2026-11-20"


@dataclass(frozen=True)
class Folder:
    """A data folder; `database` is empty for its own SQLite file."""

    home: Path
    database: str = ""

    def run(self, *words: str, code: int = 0, **env: str) -> str:
        """Run `zhijia WORDS`, expect the exit code, and return what it printed (answers and complaints)."""
        given = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        given |= {"ZHIJIA_HOME": str(self.home), "ZHIJIA_TODAY": TODAY, "PYTHONIOENCODING": "utf-8", **env}
        if self.database:
            given["DATABASE_URL"] = self.database
        done = subprocess.run(
            [sys.executable, "-m", "zhijia", *words],
            cwd=ROOT, env=given, check=False, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8",
        )  # fmt: skip
        said = done.stdout + done.stderr
        assert done.returncode == code, f"{words} ended with {done.returncode}:\n{said}\n{self.log()}"
        return done.stdout if "--json" in words else said

    def json(self, *words: str) -> Any:
        """The JSON answer of a command."""
        return json.loads(self.run(*words, "--json"))

    def log(self) -> str:
        """What the error log holds."""
        file = self.home / "logs" / "errors.log"
        return file.read_text(encoding="utf-8") if file.exists() else ""

    def migrated(self) -> None:
        """Begin with a migrated SQLite file, for a test that is not about the first start: that takes ten seconds."""
        migrated.put_into(self.home)

    def init(self) -> None:
        """Make a small union with an administrator."""
        words = ("--name", "测试工会", "--code", "T1", "--term", "5", "--start", "2021-12-10", "--years", "5")
        admin = ("--admin", "管理员", "--admin-sex", "女", "--login", "admin")
        self.run("init", *words, *admin, ZHIJIA_PASSWORD="ein-langes-Wort-7")
