"""A union's own docx in the place of a built-in document: $ZHIJIA_HOME/templates/<document key>.docx."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings

from zhijia.core.cube import Rate
from zhijia.documents.docx.blocks import Document
from zhijia.documents.docx.template import render_template
from zhijia.reports.material import Material
from zhijia.reports.paper_text import texts
from zhijia.reports.prose import figure_text

FOLDER = "templates"


class Told(dict[str, Any]):
    """A level of the facts in a template; remembers which facts were printed."""

    def __init__(self, words: dict[str, Any], key: str, printed: dict[str, str]):
        super().__init__(words)
        self.key, self.printed = key, printed

    def __getitem__(self, name: str) -> Any:
        found = super().__getitem__(name)
        if isinstance(found, str):
            self.printed[f"{self.key}.{name}"] = found
        return found


def own_template(key: str) -> bytes | None:
    """The union's own file for a document, if there is one."""
    path = Path(settings.ZHIJIA_HOME) / FOLDER / f"{key}.docx"
    return path.read_bytes() if path.is_file() else None


def fill(template: bytes, document: Document, material: Material) -> tuple[bytes, list[dict[str, Any]]]:
    """The filled template and what it printed, as figures.json tells it; `Refused` with every unknown name.

    The context (docs/templates.md): `title`, `paragraphs` (the built-in text), `union` (names), `facts.<key>`.
    """
    printed: dict[str, str] = {}
    facts: dict[str, Told] = {}
    for key, fact in material.values.items():
        noun, _, name = key.partition(".")
        if "|" in key or (isinstance(fact.value, Rate) and not fact.value.den) or fact.value is None:
            continue
        level = facts.setdefault(noun, Told({}, noun, printed))
        level[name] = figure_text(fact.value, fact.unit)
    names = dict(material.names.words) | {
        "name": material.names.union,
        "number": material.names.number,
        "speaker": material.names.speaker,
    }
    context = {"title": document.title, "paragraphs": texts(document), "union": names, "facts": facts}
    filled = render_template(template, context)
    return filled, [_noted(material, key, text) for key, text in printed.items()]


def _noted(material: Material, key: str, text: str) -> dict[str, Any]:
    value = material.values[key].value
    plain = {"num": value.num, "den": value.den} if isinstance(value, Rate) else value
    return {"text": text, "key": key, "by": {}, "value": plain, "evidence_count": material.evidence_count(key, {})}
