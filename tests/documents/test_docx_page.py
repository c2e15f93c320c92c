"""The page of an official paper, told by the XML that Word reads."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import datetime

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.documents import kitchen_sink
from zhijia.documents.docx.blocks import Document, Heading, Paragraph, Run, Salutation, Section, Subtitle, Table, Title
from zhijia.documents.docx.engine import render
from zhijia.documents.docx.headings import chinese_number, numbered
from zhijia.documents.docx.text import width_of
from zhijia.documents.docx.titles import balanced


def part(content: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(content)).read(name).decode()


def test_the_page_is_a4_with_the_official_margins_and_a_grid_of_lines_only() -> None:
    xml = part(render(kitchen_sink.speech()), "word/document.xml")
    assert '<w:pgSz w:w="11906" w:h="16838"/>' in xml
    assert 'w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"' in xml
    assert '<w:docGrid w:type="lines" w:linePitch="579"/>' in xml


def test_body_text_is_16_point_fangsong_on_exact_lines_with_two_characters_indent() -> None:
    styles = part(render(kitchen_sink.speech()), "word/styles.xml")
    normal = re.search(r'w:styleId="Normal">.*?</w:style>', styles)
    assert normal
    assert 'w:line="579" w:lineRule="exact"' in normal[0]
    assert 'w:eastAsia="仿宋_GB2312"' in normal[0]
    assert '<w:spacing w:val="-5"/><w:sz w:val="32"/>' in normal[0]
    assert 'w:firstLineChars="200"' in styles
    assert 'w:eastAsia="zh-CN"' in styles


@pytest.mark.parametrize(
    ("style", "font"),
    [("Title", "方正小标宋简体"), ("Heading1", "黑体"), ("Heading2", "楷体_GB2312"), ("Heading3", "仿宋_GB2312")],
)
def test_each_level_has_its_official_font(style: str, font: str) -> None:
    styles = part(render(kitchen_sink.speech()), "word/styles.xml")
    found = re.search(rf'w:styleId="{style}">.*?</w:style>', styles)
    assert found
    assert f'w:eastAsia="{font}"' in found[0]


def test_headings_are_words_own_and_stay_with_the_text_below() -> None:
    read = docx.Document(io.BytesIO(render(kitchen_sink.speech())))
    headings = [p for p in read.paragraphs if p.style and p.style.name.startswith("Heading")]
    assert [p.style.name for p in headings[:4]] == ["Heading 1", "Heading 2", "Heading 3", "Heading 4"]
    assert headings[0].text == "一、主要工作回顾"
    assert all(p.style.paragraph_format.keep_with_next for p in headings)
    assert '<w:outlineLvl w:val="0"/>' in part(render(kitchen_sink.speech()), "word/styles.xml")


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages() -> None:
    content = render(kitchen_sink.speech())
    odd, even = part(content, "word/footer1.xml"), part(content, "word/footer2.xml")
    assert '<w:ind w:right="280"' in odd
    assert '<w:jc w:val="right"/>' in odd
    assert '<w:ind w:left="280"' in even
    assert '<w:jc w:val="left"/>' in even
    assert "— " in odd
    assert 'w:instr=" PAGE "' in odd
    assert "<w:evenAndOddHeaders/>" in part(content, "word/settings.xml")


def test_core_properties_carry_title_union_language_and_the_given_instant() -> None:
    properties = docx.Document(io.BytesIO(render(kitchen_sink.report()))).core_properties
    assert properties.title == "经费报告 A<b>&"
    assert properties.author == "省建设厅机关工会"
    assert properties.language == "zh-CN"
    assert properties.created is not None
    assert properties.created.replace(tzinfo=None) == kitchen_sink.AT.replace(tzinfo=None)


@pytest.mark.parametrize("name", kitchen_sink.EVERY)
def test_equal_documents_give_equal_bytes_without_the_present_moment(name: str) -> None:
    content = render(kitchen_sink.EVERY[name])
    assert render(kitchen_sink.EVERY[name]) == content
    assert {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(content)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_signs_of_xml_and_forbidden_characters_do_no_harm() -> None:
    document = Document(
        blocks=(Title("A<b>&\u0000"), Paragraph(("“A<b>&\x0b", Run("1 < 2", mark="m1")))),
        title="&<>\x01",
        created_at=kitchen_sink.AT,
    )
    read = docx.Document(io.BytesIO(render(document)))
    assert [p.text for p in read.paragraphs if p.text] == ["A<b>&", "“A<b>&1 < 2"]


def test_a_mark_becomes_a_bookmark_and_is_refused_twice() -> None:
    once = Document(blocks=(Paragraph((Run("5次", mark="f1"),)),), title="t", created_at=kitchen_sink.AT)
    assert '<w:bookmarkStart w:id="1" w:name="f1"/>' in part(render(once), "word/document.xml")
    with pytest.raises(ValueError, match="used twice"):
        render(replace(once, blocks=once.blocks * 2))
    with pytest.raises(ValueError, match="bookmark name"):
        Run("5", mark="members.active")


def test_a_speakers_copy_is_set_large_without_the_grid() -> None:
    content = render(kitchen_sink.speech(speaker_copy=True))
    styles = part(content, "word/styles.xml")
    assert '<w:sz w:val="44"/>' in styles
    assert 'w:line="360" w:lineRule="auto"' in styles
    assert "docGrid" not in part(content, "word/document.xml")


def test_a_red_head_carries_issuer_number_and_on_upward_papers_the_signer() -> None:
    upward = docx.Document(io.BytesIO(render(kitchen_sink.request())))
    lines = [p.text for p in upward.paragraphs if p.text]
    assert lines[0] == "浙江省住房和城乡建设厅机关工会委员会文件"
    assert lines[1] == "　浙建工〔2026〕3号\t签发人：王建国"
    downward = docx.Document(io.BytesIO(render(kitchen_sink.notice())))
    assert [p.text for p in downward.paragraphs if p.text][1] == "浙建工〔2026〕12号"
    with pytest.raises(ValueError, match="issuer"):
        Document(blocks=(), title="t", created_at=kitchen_sink.AT, kind="red_head")


def test_a_wide_table_turns_the_page_and_turns_it_back() -> None:
    xml = part(render(kitchen_sink.report()), "word/document.xml")
    sections = re.findall(r"<w:pgSz [^>]*>", xml)
    assert ["landscape" in section for section in sections] == [False, True, False]


def test_a_first_section_block_only_sets_the_orientation() -> None:
    document = Document(blocks=(Section(landscape=True), Paragraph("文")), title="t", created_at=kitchen_sink.AT)
    assert part(render(document), "word/document.xml").count("<w:sectPr>") == 1


def test_an_instant_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Document(blocks=(), title="t", created_at=datetime(2026, 1, 1))  # noqa: DTZ001 - the fault under test


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("机关工会工作报告", ("机关工会工作报告",)),
        (
            "关于召开机关工会第六次会员代表大会进行换届选举的请示",
            ("关于召开机关工会第六次", "会员代表大会进行换届选举的请示"),
        ),
        ("选\n票", ("选", "票")),
    ],
)
def test_titles_break_by_sense(text: str, lines: tuple[str, ...]) -> None:
    assert balanced(text, 20) == lines


@given(st.text(alphabet="省建设厅机关工会第五届委员会的报告和工作2026年（草案）", min_size=1, max_size=70))
def test_a_title_loses_nothing_overflows_nowhere_and_leaves_no_lone_character(text: str) -> None:
    lines = balanced(text, 20)
    assert "".join(lines) == text
    assert all(width_of(line) <= 20 for line in lines)
    assert len(lines) == 1 or all(len(line) > 1 for line in lines)


def test_headings_are_numbered_after_parts_were_left_out() -> None:
    blocks = (
        Heading(1, "甲"),
        Heading(2, "乙"),
        Heading(3, "丙"),
        Heading(2, "丁"),
        Heading(1, "戊"),
        Heading(2, "己"),
    )
    texts = ["".join(run if isinstance(run, str) else run.text for run in b.text) for b in numbered(blocks)]
    assert texts == ["一、甲", "（一）乙", "1.丙", "（二）丁", "二、戊", "（一）己"]
    assert [chinese_number(n) for n in (1, 10, 12, 20, 21, 99)] == ["一", "十", "十二", "二十", "二十一", "九十九"]


def test_a_heading_that_has_its_number_keeps_it() -> None:
    assert numbered((Heading(1, "一、工作回顾"),)) == (Heading(1, "一、工作回顾"),)


def test_properties_stand_in_the_order_of_the_schema() -> None:
    order = ["pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "pBdr", "tabs", "autoSpaceDE"]
    order += ["autoSpaceDN", "snapToGrid", "spacing", "ind", "jc", "outlineLvl", "sectPr"]
    for name in kitchen_sink.EVERY:
        content = render(kitchen_sink.EVERY[name])
        for member in ("word/document.xml", "word/styles.xml"):
            for properties in re.findall(r"<w:pPr>(.*?)</w:pPr>", part(content, member)):
                found = [tag for tag in re.findall(r"<w:(\w+)", properties.split("<w:sectPr>")[0]) if tag in order]
                assert found == sorted(found, key=order.index), (name, properties)


def test_an_addressee_ends_with_a_full_width_colon_and_a_speech_has_its_head() -> None:
    read = docx.Document(io.BytesIO(render(kitchen_sink.request())))
    assert "厅直属机关党委、省直机关工会：" in [p.text for p in read.paragraphs]
    speech = Document(
        blocks=(Title("报告"), Subtitle("王建国"), Salutation("各位代表："), Table((), [])),
        title="t",
        created_at=kitchen_sink.AT,
    )
    assert [p.text for p in docx.Document(io.BytesIO(render(speech))).paragraphs][:4] == [
        "报告",
        "王建国",
        "",
        "各位代表：",
    ]
