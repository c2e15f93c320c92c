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


DOCUMENTS = [ROOT / "README.md", *(ROOT / "docs").glob("*.md"), *(ROOT / "docs" / "guide").glob("*.md")]


def test_every_link_in_the_documents_leads_to_a_file():
    links = [
        (document, target)
        for document in DOCUMENTS
        for target in re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", document.read_text(encoding="utf-8"))
    ]
    assert links
    assert [f"{document.name}: {target}" for document, target in links if not (document.parent / target).exists()] == []


def test_every_command_shown_in_the_documents_exists():
    shown = set()
    for document in DOCUMENTS:
        shown |= set(re.findall(r"python3 run\.py (\w+)", document.read_text(encoding="utf-8")))
    assert shown <= {*COMMANDS, "test"}


def test_the_guides_show_every_picture_that_the_journeys_take_and_no_other():
    taken = set()
    for journey in (ROOT / "tests" / "journeys").glob("test_*.py"):
        for name in re.findall(r'shot\(\w+, f?"([^"]+)"\)', journey.read_text(encoding="utf-8")):
            taken |= {name.format(width=width) for width in (390, 1366)} if "{width}" in name else {name}
    shown = {
        name for one in DOCUMENTS for name in re.findall(r"images/guide/([\w-]+)\.png", one.read_text(encoding="utf-8"))
    }
    pictures = {one.stem for one in (ROOT / "docs" / "images" / "guide").glob("*.png")}
    assert taken == shown == pictures
