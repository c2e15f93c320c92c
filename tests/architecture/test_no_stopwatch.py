"""No test measures speed: a slow machine is not a fault. What takes how long is measured in `bench/`, as ratios."""

import ast
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
STOPWATCHES = {"process_time", "process_time_ns", "perf_counter", "perf_counter_ns", "thread_time", "timeit"}


def _watched(source: str) -> list[int]:
    """The lines on which a stopwatch is named."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if (isinstance(node, ast.Attribute) and node.attr in STOPWATCHES)
        or (isinstance(node, ast.ImportFrom | ast.Import) and {name.name for name in node.names} & STOPWATCHES)
    ]


def test_no_test_carries_a_stopwatch() -> None:
    files = sorted(TESTS.rglob("*.py"))
    assert len(files) > 100
    found = [f"{file.relative_to(TESTS)}:{line}" for file in files for line in _watched(file.read_text("utf-8"))]
    assert found == []


def test_a_stopwatch_would_be_found() -> None:
    assert _watched("import time\nstart = time.process_time()") == [2]
    assert _watched("from time import perf_counter") == [1]
    assert _watched("import timeit") == [1]
