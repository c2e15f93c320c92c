"""The shapes of the JSON answers, the exit code and the log of an unexpected error; on both databases."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from zhijia.core.demo import World
from zhijia.shell import cli
from zhijia.shell.commands import check


@pytest.fixture
def world(make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch, today: object) -> World:
    monkeypatch.setenv("ZHIJIA_TODAY", str(today))
    return make_world("members")


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    assert cli.main([*words, "--json"]) == 0
    return dict(json.loads(capsys.readouterr().out))


def test_facts_have_the_shape_that_scripts_rely_on(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    told = answer(capsys, "facts")
    assert list(told) == ["version", "union", "scope", "facts"]
    assert told["scope"] == {"term": 5, "first": "2020-12-10", "last": "2026-11-20"}
    facts = {fact["key"]: fact for fact in told["facts"]}  # type: ignore[attr-defined]
    assert list(facts["members.active"]) == ["key", "label", "unit", "value", "by", "evidence_count"]
    assert set(facts["members.admitted_rate"]["value"]) == {"num", "den"}


def test_the_records_behind_a_fact_are_as_many_as_it_says(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    fact = answer(capsys, "facts", "members.women")["facts"][0]  # type: ignore[index]
    records = answer(capsys, "facts", "members.women", "--records")["records"]
    assert len(records) == fact["evidence_count"] > 0  # type: ignore[arg-type]
    assert list(records[0]) == ["uid", "on", "fen", "met", "label", "by"]  # type: ignore[index]


def test_a_year_is_a_scope_without_a_term(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    told = answer(capsys, "facts", "--year", "2024")
    assert told["scope"] == {"term": None, "first": "2024-01-01", "last": "2024-12-31"}


def test_claims_and_checks_have_their_shapes(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    claims = answer(capsys, "claims")["claims"]
    assert all(list(claim) == ["key", "text", "state", "missing"] for claim in claims)  # type: ignore[attr-defined]
    findings = answer(capsys, "check")["findings"]
    wanted = ["rule", "level", "then", "now", "record", "message", "source"]
    assert findings
    assert all(list(finding) == wanted for finding in findings)  # type: ignore[attr-defined]


def test_an_unexpected_error_is_one_plain_sentence_and_the_log_holds_no_value(
    world: World, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    private = "张伟 110101199003070134"

    def fall(_options: object) -> int:
        raise RuntimeError(private)

    monkeypatch.setattr(check, "run", fall)
    assert cli.main(["check"]) == 1
    said = capsys.readouterr().err
    assert "错误编号" in said
    assert "Traceback" not in said
    log = (Path(settings.ZHIJIA_HOME) / "logs" / "errors.log").read_text(encoding="utf-8")
    assert said.split("错误编号 ")[1][:8] in log
    assert private not in log + said
    assert private.split()[1] not in log + said
