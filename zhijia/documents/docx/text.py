"""Text into WordprocessingML: escaping, runs with bookmarks, paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from zhijia.documents.docx.blocks import Run, Text, runs_of
from zhijia.documents.docx.styles import FONTS, fonts_xml

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPECIAL = re.compile('[&<>"\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]')
_TURNS = re.compile("(\r\n|\r|\n|\t)")
_TURN_XML = {"\t": "<w:tab/>"}


def escape(text: str) -> str:
    """Text for XML content or a double-quoted attribute; characters that XML forbids are dropped."""
    if not _SPECIAL.search(text):
        return text
    kept = _NOT_XML.sub("", text)
    return kept.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def width_of(text: str) -> float:
    """How many Chinese characters wide a text is: half for Latin letters, digits and ASCII signs."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def text_xml(text: str) -> str:
    """The content of a run; line ends become line breaks, tabs stay tabs."""
    if not _TURNS.search(text):
        return f'<w:t xml:space="preserve">{escape(text)}</w:t>'
    parts = (part for part in _TURNS.split(text) if part)
    return "".join(
        _TURN_XML.get(part, "<w:br/>") if _TURNS.fullmatch(part) else f'<w:t xml:space="preserve">{escape(part)}</w:t>'
        for part in parts
    )


@dataclass(slots=True)
class Marks:
    """The bookmarks of one document: each name once, numbered in reading order."""

    names: dict[str, int] = field(default_factory=dict)

    def wrap(self, name: str, xml: str) -> str:
        """Put a bookmark round some runs; a name used twice in a document is refused (ValueError)."""
        if name in self.names:
            raise ValueError(f"the mark {name!r} is used twice in one document")
        number = self.names[name] = len(self.names) + 1
        return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{xml}<w:bookmarkEnd w:id="{number}"/>'


def run_xml(run: Run) -> str:
    """One `w:r`; an empty run gives nothing."""
    if not run.text:
        return ""
    look = (fonts_xml(FONTS[run.face]) if run.face else "") + ("<w:b/><w:bCs/>" if run.bold else "")
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{text_xml(run.text)}</w:r>"


def runs_xml(text: Text, marks: Marks) -> str:
    """Every run of a text, marked ones inside their bookmark."""
    if isinstance(text, str):  # most cells of a long table
        return f"<w:r>{text_xml(text)}</w:r>" if text else ""
    return "".join(marks.wrap(run.mark, run_xml(run)) if run.mark else run_xml(run) for run in runs_of(text))


def paragraph_xml(style: str, content: str, *, properties: str = "") -> str:
    """A paragraph of this style; `properties` are further ones in schema order. Every one has a `w:pPr`."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


BLANK = paragraph_xml("Normal", "")
BLANK_KEPT = paragraph_xml("Normal", "", properties="<w:keepNext/>")
GAP = paragraph_xml("Gap", "")
