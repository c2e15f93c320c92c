"""run.py at the root: what it passes on, and how it counts."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.architecture.house import ROOT


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("zhijia_run", ROOT / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_it_needs_only_the_standard_library() -> None:
    outside = [sys.executable, "-S", "-I", str(ROOT / "run.py"), "--help"]
    done = subprocess.run(outside, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert "python3 run.py demo" in done.stdout


def test_without_a_word_it_explains_itself_and_says_wrong_use(script: ModuleType, capfd) -> None:
    assert script.main([]) == 2
    told = capfd.readouterr().out
    assert "run.py test" in told
    assert "package" in told
    assert "写出换届全套材料" in told


def test_before_it_is_set_up_it_says_where_to_begin(script: ModuleType, capsys, monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(script, "PYTHON", tmp_path / "python")
    assert script.main(["help"]) == 0
    assert "先看样例：python3 run.py demo" in capsys.readouterr().out


@pytest.mark.parametrize(("in_ci", "tries"), [(True, 3), (False, 1)])
def test_what_the_network_did_not_give_is_asked_for_again_in_ci(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, in_ci: bool, tries: int
) -> None:
    """A command that fails until it was tried three times."""
    pauses: list[int] = []
    monkeypatch.setattr(script, "IN_CI", in_ci)
    monkeypatch.setattr(script.time, "sleep", pauses.append)
    asked = tmp_path / "asked"
    code = f"import sys; f = open({str(asked)!r}, 'a+'); f.write('x'); f.seek(0); sys.exit(len(f.read()) < 3)"
    assert script._fetched([sys.executable, "-c", code]) is in_ci
    assert asked.read_text(encoding="utf-8") == "x" * tries
    assert len(pauses) == tries - 1


@pytest.mark.parametrize(
    ("closing", "counts"),
    [
        ("12 passed in 1.20s", (12, 0, 0)),
        ("\x1b[31m1 failed\x1b[0m, 2 passed, 3 skipped, 4 errors in 61.02s (0:01:01)", (2, 5, 3)),
        ("Success: no issues found in 9 source files", (0, 0, 0)),
    ],
)
def test_the_closing_line_of_pytest_is_counted(script: ModuleType, closing: str, counts: tuple[int, int, int]) -> None:
    result = script.Result("x")
    script.Gate._count(result, ["...", closing])
    assert (result.passed, result.failed, result.skipped) == counts


def test_a_step_without_tests_counts_as_one_and_a_failing_one_reddens_the_gate(script: ModuleType, capsys) -> None:
    gate = script.Gate({})
    gate.step("good", "-c", "print('fine')")
    gate.step("bad", "-c", "raise SystemExit(3)")
    assert gate.close() == 1
    assert capsys.readouterr().out.splitlines()[-1] == "1 passed, 1 failed"


def test_steps_beside_each_other_are_shown_in_order_and_counted_alike(script: ModuleType, capsys) -> None:
    gate = script.Gate({})
    slow = "import time; time.sleep(0.3); print('slow')"
    gate.beside(
        script.Step("first", ("-c", slow)),
        script.Step("second", ("-c", "raise SystemExit('broken')")),
        script.Step("third", ("-c", ""), missing="no tool"),
    )
    assert gate.close() == 1
    printed = capsys.readouterr().out
    assert printed.index("== first\nslow") < printed.index("== second\nbroken") < printed.index("== third")
    assert [(one.name, one.passed > 0, one.failed > 0) for one in gate.results[:2]] == [
        ("first", True, False), ("second", False, True),
    ]  # fmt: skip


@pytest.mark.parametrize(("in_ci", "end"), [(False, "0 passed, 0 failed, 1 skipped"), (True, "0 passed, 1 failed")])
def test_a_missing_tool_is_skipped_with_its_reason_and_fails_in_ci(
    script: ModuleType, capsys, monkeypatch: pytest.MonkeyPatch, in_ci: bool, end: str
) -> None:
    monkeypatch.setattr(script, "IN_CI", in_ci)
    gate = script.Gate({})
    gate.step("office", "-c", "", missing="LibreOffice is not on this machine")
    assert gate.close() == int(in_ci)
    printed = capsys.readouterr().out
    assert "LibreOffice is not on this machine" in printed
    assert printed.splitlines()[-1] == end
