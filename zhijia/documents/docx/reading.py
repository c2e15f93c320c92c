"""A docx read back: its paragraphs, its marked figures, its characters counted as Word counts them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from zhijia.documents.docx.archive import NotADocument, unzipped

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WORD = re.compile(r"[0-9A-Za-z\u00c0-\u024f][0-9A-Za-z\u00c0-\u024f.,%:/'\-]*")
_SPACE = re.compile(r"[\s\u3000]+")
_LINE_BREAKS = {f"{_W}br", f"{_W}cr"}


def plain_text(docx: bytes) -> list[str]:
    """The text of every paragraph of the body in reading order, table cells included, empty ones left out.

    Deleted text of tracked changes is not text. Refused (NotADocument): anything that is no docx.
    """
    return [text for text in (_text(paragraph) for paragraph in _body(docx).iter(f"{_W}p")) if text.strip()]


def marked_text(docx: bytes) -> dict[str, str]:
    """The text inside each bookmark by its name, as it stands now; a deleted bookmark is missing."""
    open_marks: dict[str, str] = {}
    found: dict[str, str] = {}
    for element in _body(docx).iter():
        if element.tag == f"{_W}bookmarkStart":
            name = element.get(f"{_W}name")
            open_marks[element.get(f"{_W}id")] = name
            found[name] = ""
        elif element.tag == f"{_W}bookmarkEnd":
            open_marks.pop(element.get(f"{_W}id"), None)
        elif open_marks and element.tag == f"{_W}t":
            for name in open_marks.values():
                found[name] += element.text or ""
    return found


def marked_paragraphs(docx: bytes) -> list[list[tuple[str, str]]]:
    """The body's paragraphs as stretches (text, bookmark it stands in or ""), line ends left out, empty ones too."""
    found: list[list[tuple[str, str]]] = []
    for paragraph in _body(docx).iter(f"{_W}p"):
        stretches: list[tuple[str, str]] = []
        open_marks: dict[str, str] = {}
        for element in paragraph.iter():
            if element.tag == f"{_W}bookmarkStart":
                open_marks[element.get(f"{_W}id", "")] = element.get(f"{_W}name", "")
            elif element.tag == f"{_W}bookmarkEnd":
                open_marks.pop(element.get(f"{_W}id", ""), None)
            elif element.tag == f"{_W}t" and element.text:
                stretches.append((element.text, next(reversed(open_marks.values()), "")))
        if "".join(text for text, _mark in stretches).strip():
            found.append(stretches)
    return found


def count_characters(texts: Iterable[str]) -> int:
    """Characters as Word counts 字数: each Chinese character and sign is one, so is each word or number."""
    count = 0
    for text in texts:
        rest, words = _WORD.subn("", _SPACE.sub(" ", text))
        count += words + sum(not character.isspace() for character in rest)
    return count


def _body(docx: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(unzipped(docx)["word/document.xml"], parser)
    except etree.XMLSyntaxError as error:
        raise NotADocument("不是有效的 Word（docx）文件：正文损坏") from error
    body = root.find(f"{_W}body")
    if body is None:
        raise NotADocument("不是有效的 Word（docx）文件：缺少正文")
    return body


def _text(paragraph: etree._Element) -> str:
    parts = []
    for element in paragraph.iter():
        if element.tag == f"{_W}t":
            parts.append(element.text or "")
        elif element.tag in _LINE_BREAKS:
            parts.append("\n")
        elif element.tag == f"{_W}tab" and element.getparent().tag == f"{_W}r":
            parts.append("\t")
    return "".join(parts)
