"""A union's own docx takes the place of a built-in document; a broken one is told and not used."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest

from zhijia.core.access import Access
from zhijia.core.demo import SMALL, World
from zhijia.core.feature_types import Scope
from zhijia.documents.docx.reading import plain_text
from zhijia.reports import package

FILE = "01-报告/01-工作报告.docx"


def template(home: Path, *lines: str) -> None:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    target = io.BytesIO()
    document.save(target)
    (home / "templates").mkdir(parents=True)
    (home / "templates" / "work_report.docx").write_bytes(target.getvalue())


@pytest.mark.django_db
def test_a_unions_own_template_is_filled_and_its_figures_are_listed(
    make_world: Callable[..., World], scope_of: Callable[..., Scope], by: Access, tmp_path: Path, settings: Any
) -> None:
    settings.ZHIJIA_HOME = tmp_path / "home"
    template(
        tmp_path / "home",
        "{{ union.name }}现有会员{{ facts.members.active }}",
        "{%p for text in paragraphs %}",
        "{{ text }}",
        "{%p endfor %}",
    )
    result = package.build(scope_of(make_world("members", members=86, profile=SMALL)), out=tmp_path / "out", by=by)
    lines = plain_text((result.folder / FILE).read_bytes())
    assert lines[0].startswith("云山市档案馆工会现有会员")
    assert any("工作回顾" in line for line in lines)
    told = json.loads((result.folder / "figures.json").read_text(encoding="utf-8"))["documents"][0]
    assert [figure["key"] for figure in told["figures"]] == ["members.active"]
    assert told["figures"][0]["text"] in lines[0]
    assert result.documents[0].state == "按本单位模板成稿"


@pytest.mark.django_db
def test_a_template_with_an_unknown_variable_is_told_in_the_index_and_the_built_in_text_stands(
    make_world: Callable[..., World], scope_of: Callable[..., Scope], by: Access, tmp_path: Path, settings: Any
) -> None:
    settings.ZHIJIA_HOME = tmp_path / "home"
    template(tmp_path / "home", "{{ facts.members.wrong }}")
    result = package.build(scope_of(make_world("members", members=86, profile=SMALL)), out=tmp_path / "out", by=by)
    assert any("工作报告" in line for line in plain_text((result.folder / FILE).read_bytes())[:2])
    index = "\n".join(plain_text((result.folder / "目录.docx").read_bytes()))
    assert "自备模板没有用上" in index
    assert "wrong" in index
