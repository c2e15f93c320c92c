"""Canaries: each guard is shown one offence, in a copy of the code, and must name it."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture import house

pytestmark = pytest.mark.arrows
Plant = Callable[[str, str], None]

# What is planted (file: line), which contract must break, and what its message must name.
OFFENCES = {
    "a lower room imports an upper one": ({"core/canary.py": "import zhijia.members"}, "house", "zhijia.core.canary"),
    "a lazy import is an arrow too": (
        {"unions/canary.py": "def late():\n    import zhijia.members"},
        "house",
        "zhijia.unions.canary",
    ),
    "rooms on one floor meet": (
        {"documents/canary.py": "import zhijia.standards.canary", "standards/canary.py": ""},
        "house",
        "zhijia.documents.canary",
    ),
    "a new room has chosen no floor": ({"attic/__init__.py": ""}, "house", "attic"),
    "models import services": (
        {"attic/models.py": "import zhijia.attic.services", "attic/services.py": ""},
        "room",
        "zhijia.attic.models",
    ),
    "facts import views": (
        {"attic/facts.py": "import zhijia.attic.views", "attic/views.py": ""},
        "room",
        "zhijia.attic.facts",
    ),
    "rules reach Django through another module": (
        {"attic/rules.py": "import zhijia.attic.words", "attic/words.py": "import django.db"},
        "pure",
        "zhijia.attic.rules",
    ),
    "a feature is read past the waist": (
        {"attic/feature.py": "", "shell/canary.py": "import zhijia.attic.feature"},
        "waist",
        "zhijia.shell.canary",
    ),
    "views are read by a job": (
        {"attic/views.py": "", "attic/jobs.py": "import zhijia.attic.views"},
        "views",
        "zhijia.attic.jobs",
    ),
    "two modules know each other": (
        {"core/canary/a.py": "import zhijia.core.canary.b", "core/canary/b.py": "import zhijia.core.canary.a"},
        "siblings",
        "zhijia.core.canary",
    ),
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the code and of the contracts, to be spoilt."""
    skip = shutil.ignore_patterns("__pycache__")
    shutil.copytree(house.ROOT / "zhijia", tmp_path / "zhijia", ignore=skip)
    (tmp_path / "tests").mkdir()
    shutil.copytree(house.ROOT / "tests" / "architecture", tmp_path / "tests" / "architecture", ignore=skip)
    for name in ("pyproject.toml", "tests/__init__.py", "tests/environment.py", "tests/postgres.py"):
        shutil.copy(house.ROOT / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def plant(copy: Path) -> Plant:
    """`plant(file, text)` adds text to a file below zhijia/ of the copy, and makes its folders packages."""

    def add(name: str, text: str) -> None:
        file = copy / "zhijia" / name
        for folder in [folder for folder in reversed(file.parents) if folder.is_relative_to(copy / "zhijia")]:
            folder.mkdir(exist_ok=True)
            (folder / "__init__.py").touch()
        with file.open("a", encoding="utf-8") as out:
            out.write(f"{text}\n")

    return add


def python(copy: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *words], cwd=copy, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("offence", OFFENCES)
def test_a_planted_import_breaks_its_contract(offence: str, copy: Path, plant: Plant) -> None:
    files, contract, culprit = OFFENCES[offence]
    for name, text in files.items():
        plant(name, text)
    lint = "from importlinter.cli import lint_imports_command as lint; lint()"
    done = python(copy, "-c", lint, "--no-logo", "--no-cache", "--contract", contract)
    assert done.returncode == 1, done.stdout + done.stderr
    assert culprit in done.stdout


def test_an_upward_foreign_key_is_found_in_the_loaded_models(copy: Path, plant: Plant) -> None:
    model = "class {}(models.Model):\n    class Meta:\n        app_label = 'canary'\n"
    plant("members/canary.py", "from django.db import models\n" + model.format("Above"))
    plant("core/canary.py", "from django.db import models\n" + model.format("Below"))
    plant("core/canary.py", '    above = models.ForeignKey("canary.Above", models.CASCADE, related_name="+")')
    plant("config/settings.py", 'INSTALLED_APPS += ["tests.architecture.canary"]')
    (copy / "tests" / "architecture" / "canary").mkdir()
    loaded = copy / "tests" / "architecture" / "canary"
    (loaded / "__init__.py").touch()
    (loaded / "models.py").write_text("import zhijia.core.canary\nimport zhijia.members.canary\n", encoding="utf-8")
    done = python(copy, "-m", "pytest", "-q", "tests/architecture/test_arrows.py", "-k", "foreign_keys and Below")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "points up" in done.stdout


def test_an_upward_foreign_key_is_found_in_the_text(copy: Path, plant: Plant) -> None:
    plant("core/canary.py", 'from django.db import models\nkey = models.ForeignKey("unions.Union", models.PROTECT)')
    assert [f for f in house.text_arrows_up(copy) if "canary.py:2 core points up to unions" in f]


@pytest.mark.parametrize(
    "line", ['reverse("members:list")', 'include("zhijia.members.urls")', 'get_model("members.Person")']
)
def test_an_upward_name_is_found(line: str, copy: Path, plant: Plant) -> None:
    plant("unions/canary.py", line)
    assert [f for f in house.text_arrows_up(copy) if "canary.py:1 unions points up to members" in f]


@pytest.mark.parametrize(
    "line",
    ["import zhijia.members.models", "from zhijia.care import services", "from zhijia.funds.services import post"],
)
@pytest.mark.parametrize("room", ["shell", "reports", "rollups"])
def test_a_look_past_the_waist_is_found(room: str, line: str, copy: Path, plant: Plant) -> None:
    plant(f"{room}/canary.py", line)
    assert [f for f in house.arrows_past_the_waist(copy) if f"canary.py:1 {room} looks into" in f]


def test_what_the_hallway_may_see_is_let_through(copy: Path, plant: Plant) -> None:
    plant("shell/access.py", "from zhijia.members import services")
    plant("reports/canary.py", "from zhijia.unions import models\nfrom zhijia.features import FEATURES")
    assert [f for f in house.arrows_past_the_waist(copy) if "access.py" in f or "canary" in f] == []


@pytest.mark.parametrize(
    "line", ["{% url 'members:list' %}", '{% extends "members/base.html" %}', '{% include "members/row.html" only %}']
)
def test_an_upward_link_in_a_template_is_found(line: str, copy: Path, plant: Plant) -> None:
    plant("unions/templates/unions/canary.html", line)
    assert [f for f in house.template_arrows_up(copy) if "unions points up to members" in f]


@pytest.mark.parametrize(
    ("view", "complaint"),
    [
        ("def canary(request): ...", "neither @requires nor @public"),
        ("@require_GET\ndef canary(request, pk): ...", "neither @requires nor @public"),
        ("class Canary: ...", "a class"),
        ('@requires("funds.read")\ndef canary(request): ...', "another room's permission"),
    ],
)
def test_an_unguarded_view_is_found(view: str, complaint: str, copy: Path, plant: Plant) -> None:
    plant("attic/views/canary.py", view)
    assert [f for f in house.unguarded_views(copy) if "canary.py" in f and complaint in f]


def test_a_guarded_view_is_let_through(copy: Path, plant: Plant) -> None:
    plant("attic/views.py", '@require_GET\n@requires("attic.read")\ndef a(request): ...\n@public\ndef b(request): ...')
    assert [f for f in house.unguarded_views(copy) if "attic" in f] == []


def test_a_folder_without_init_is_found(copy: Path) -> None:
    (copy / "zhijia" / "unions" / "hidden" / "deep").mkdir(parents=True)
    (copy / "zhijia" / "unions" / "hidden" / "deep" / "__init__.py").touch()
    assert "zhijia/unions/hidden has no __init__.py" in [
        f.replace("\\", "/") for f in house.folders_that_are_no_package(copy)
    ]
