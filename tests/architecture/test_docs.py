"""Documents stay true: generated pages equal the declarations, and every link leads somewhere."""

import re
from pathlib import Path

import pytest

from zhijia.shell.cli import COMMANDS
from zhijia.shell.documentation import pages

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", sorted(pages()))
def test_a_generated_page_is_up_to_date(name):
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == pages()[name], "run: python3 run.py docs docs"


def test_every_link_in_the_documents_leads_to_a_file():
    documents = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    links = [
        (document, target)
        for document in documents
        for target in re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", document.read_text(encoding="utf-8"))
    ]
    assert links
    assert [f"{document.name}: {target}" for document, target in links if not (document.parent / target).exists()] == []


def test_every_command_shown_in_the_documents_exists():
    shown = set()
    for document in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        shown |= set(re.findall(r"python3 run\.py (\w+)", document.read_text(encoding="utf-8")))
    assert shown <= {*COMMANDS, "test"}
