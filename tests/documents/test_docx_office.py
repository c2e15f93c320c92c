"""Every kind of paper before the judges: Microsoft's own rules, and the pages that LibreOffice draws."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.documents import kitchen_sink
from tests.office import office
from zhijia.documents.docx.blocks import Block, Document, Heading, Paragraph, Title
from zhijia.documents.docx.engine import render
from zhijia.documents.docx.text import width_of

pytestmark = pytest.mark.office
HEADING = re.compile(r"^(第\d+个标题|[一二三]、|（[一二三]）|1\.)")
FOOT = re.compile(r"^—\s*\d+\s*—$")


def full_pages() -> Document:
    """Body text without signs, so that no line is shortened by one that may not begin it."""
    return Document(blocks=(Paragraph("工会" * 28 * 22 * 2),), title="满页", created_at=kitchen_sink.AT)


def many_headings() -> Document:
    blocks: list[Block] = [Title("标题")]
    for number in range(1, 60):
        blocks += [Heading(1 + number % 3, f"第{number}个标题"), Paragraph("正文" * (9 + number % 37))]
    return Document(blocks=blocks, title="标题", created_at=kitchen_sink.AT)


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("papers")
    documents = kitchen_sink.EVERY | {"full": full_pages(), "headings": many_headings()}
    paths = {name: folder / f"{name}.docx" for name in documents}
    for name, path in paths.items():
        path.write_bytes(render(documents[name]))
    return paths


@pytest.fixture(scope="module")
def drawn(papers: dict[str, Path]) -> dict[str, list[list[str]]]:
    folder = papers["full"].parent / "pdf"
    made = office.to_pdf(papers.values(), folder)
    return {pdf.stem: office.pages(pdf) for pdf in made}


@pytest.mark.parametrize("name", [*kitchen_sink.EVERY, "full", "headings"])
def test_microsofts_rules_find_nothing(name: str, papers: dict[str, Path]) -> None:
    assert office.schema_faults(papers[name]) == []


def test_full_pages_have_22_lines_of_28_characters(drawn: dict[str, list[list[str]]]) -> None:
    first, second = (page[:-1] for page in drawn["full"][:2])
    assert len(first) == len(second) == 22
    assert {len(line) for line in [*first[1:], *second]} == {28}
    assert len(first[0]) == 26  # the first line is indented by two


def test_a_speech_keeps_22_lines_a_page_with_headings_between(drawn: dict[str, list[list[str]]]) -> None:
    for page in drawn["speech"][1:-1]:
        assert 21 <= len(page) - 1 <= 22
        assert max(width_of(line) for line in page) <= 29  # a closing sign may hang outside


def test_no_heading_stands_alone_at_a_pages_foot(drawn: dict[str, list[list[str]]]) -> None:
    for name in ("headings", "speech", "speaker"):
        for page in drawn[name]:
            assert FOOT.match(page[-1]), (name, page[-1])
            assert not HEADING.match(page[-2]), (name, page[-2])


def test_pages_are_numbered_with_dashes(drawn: dict[str, list[list[str]]]) -> None:
    assert [re.sub(r"\s", "", page[-1]) for page in drawn["full"]] == [
        f"—{n}—" for n in range(1, len(drawn["full"]) + 1)
    ]


def test_the_table_head_is_repeated_on_every_page(drawn: dict[str, list[list[str]]]) -> None:
    pages = [page for page in drawn["register"] if any("职工" in line for line in page)]
    assert len(pages) > 1
    assert all(any("工会小组" in line for line in page) for page in pages)


def test_charts_are_drawn_with_chinese_titles_and_values(drawn: dict[str, list[list[str]]]) -> None:
    text = re.sub(r"\s", "", "".join(line for page in drawn["report"] for line in page))
    for shown in (
        "五年活动次数（单位：次）",
        "工会经费收支（单位：万元）",
        "困难补助原因（单位：人）",
        "21",
        "16.8",
        "子女就学",
    ):
        assert shown in text


def test_no_page_is_left_empty(drawn: dict[str, list[list[str]]]) -> None:
    for name, pages in drawn.items():
        assert all(len(page) > 1 for page in pages), name
