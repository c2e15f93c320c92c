"""The plain text of a described paper."""

from __future__ import annotations

from zhijia.documents.docx.blocks import Document, Heading, Note, Paragraph, Salutation, Subtitle, Title, plain
from zhijia.documents.docx.reading import count_characters


def texts(document: Document) -> list[str]:
    """Every heading and paragraph as plain text, in reading order."""
    found = []
    for block in document.blocks:
        if isinstance(block, Title):
            found.append(block.text)
        elif isinstance(block, Heading | Salutation):
            found.append(plain(block.text))
        elif isinstance(block, Paragraph | Subtitle | Note):
            found.append(plain(block.runs))
    return found


def characters(document: Document) -> int:
    """Characters as Word counts them."""
    return count_characters(texts(document))
