"""A union's own template, and documents read back."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest

from tests.documents import kitchen_sink
from zhijia.core.outcomes import Refused
from zhijia.documents.docx.archive import NotADocument, zipped
from zhijia.documents.docx.blocks import Document, Paragraph, Run, Table, Title
from zhijia.documents.docx.engine import render
from zhijia.documents.docx.reading import count_characters, marked_text, plain_text
from zhijia.documents.docx.template import render_template, template_problems


def template(*lines: str, header: str = "") -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def test_a_template_is_filled_and_values_are_escaped() -> None:
    filled = render_template(
        template("{{ union.name }}：{{ text }}"), {"union": {"name": "机关工会"}, "text": "A<b>&后文"}
    )
    assert plain_text(filled) == ["机关工会：A<b>&后文"]


def test_equal_input_gives_equal_bytes() -> None:
    source = template("{{ a }}")
    assert render_template(source, {"a": "1"}) == render_template(source, {"a": "1"})


def test_every_unknown_name_is_told_at_once() -> None:
    with pytest.raises(Refused) as caught:
        render_template(template("{{ b }}{{ a }}", "{% for x in c %}{{ x.n }}{% endfor %}", header="{{ d }}"), {"z": 1})
    assert [violation.value for violation in caught.value.violations] == ["a", "b", "c", "d"]


def test_unknown_names_below_a_known_one_are_told_at_once() -> None:
    with pytest.raises(Refused) as caught:
        render_template(template("{{ union.nmae }} {{ union.adress }}"), {"union": {"name": "工会"}})
    assert [violation.value for violation in caught.value.violations] == ["adress", "nmae"]
    found = template_problems(template("{{ union.nmae }} {{ union.name }} {{ other }}"), {"union.name", "other"})
    assert [violation.value for violation in found] == ["union.nmae"]


def test_a_broken_or_dangerous_template_is_refused_with_a_reason() -> None:
    assert [v.code for v in template_problems(b"no zip", ())] == ["template.file"]
    assert [v.code for v in template_problems(template("{% if a %}"), {"a"})] == ["template.syntax"]
    with pytest.raises(Refused, match="无法填写"):
        render_template(template("{{ 1 / 0 }}"), {})
    with pytest.raises(Refused, match="不允许"):
        render_template(template("{{ ''.__class__.__mro__ }}"), {})


def test_a_document_is_read_back_with_tables_and_marks() -> None:
    document = Document(
        blocks=(Title("标题"), Paragraph(("共", Run("86", mark="f1"), "人")), Table(("甲",), [("乙",)])),
        title="t",
        created_at=kitchen_sink.AT,
    )
    content = render(document)
    assert plain_text(content) == ["标题", "共86人", "甲", "乙"]
    assert marked_text(content) == {"f1": "86"}


def test_what_is_no_document_is_refused() -> None:
    for content in (b"", b"PK\x03\x04 broken", zipped({"a.txt": b""}), zipped({"word/document.xml": b"<w:p"})):
        with pytest.raises(NotADocument):
            plain_text(content)


def test_entities_of_a_document_are_not_followed() -> None:
    xml = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><w:document xmlns:w="http://schemas.openxmlformats.org/'
    xml += b'wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>'
    assert plain_text(zipped({"word/document.xml": xml})) == []


def test_a_zip_that_unpacks_to_too_much_is_not_opened() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"\0" * (201 * 1024 * 1024))
    with pytest.raises(NotADocument, match="过大"):
        plain_text(target.getvalue())


def test_characters_are_counted_as_word_counts_them() -> None:
    assert count_characters(["工会有会员86人，", "人均 1,234.5 元。", "A union"]) == 8 + 5 + 2
