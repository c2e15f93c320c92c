"""The demo folder, built once by the command itself, and copies of it for tests that change something."""

import shutil
from pathlib import Path

import pytest

from tests.shell.folder import Folder


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """The demo; only to be read."""
    folder = Folder(tmp_path_factory.mktemp("demo"))
    folder.migrated()
    folder.run("demo", "--no-serve", "--out", str(folder.home / "out"))
    return folder


@pytest.fixture
def copy(demo: Folder, tmp_path: Path) -> Folder:
    """A copy of the demo to work on."""
    shutil.copytree(demo.home, tmp_path / "copy")
    return Folder(tmp_path / "copy")
