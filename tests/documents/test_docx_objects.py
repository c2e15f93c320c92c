"""Tables, charts, signatures and 版记 inside a paper."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date

import docx
import openpyxl
import pytest

from tests.documents import kitchen_sink
from zhijia.documents.docx.blocks import (
    Attachments,
    Block,
    Chart,
    Document,
    HeadCell,
    Imprint,
    Run,
    Series,
    Signature,
    SignatureList,
    Table,
)
from zhijia.documents.docx.engine import render


def body(*blocks: Block) -> bytes:
    return render(Document(blocks=blocks, title="t", created_at=kitchen_sink.AT))


def part(content: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(content)).read(name).decode()


def test_ten_thousand_rows_are_all_there_in_order() -> None:
    rows = [(str(n), f"职工{n}", "第一小组", f"{n}.00") for n in range(10_000)]
    xml = part(body(Table(("序号", "姓名", "小组", "金额"), rows)), "word/document.xml")
    assert re.findall(r"职工\d+", xml) == [row[1] for row in rows]


def test_the_head_repeats_on_each_page_amounts_stand_right_and_the_total_is_bold() -> None:
    content = body(kitchen_sink.finance_table())
    xml = part(content, "word/document.xml")
    assert xml.count("<w:tblHeader/>") == 2
    table = docx.Document(io.BytesIO(content)).tables[0]
    assert table.cell(2, 1).paragraphs[0].style.name == "Table Right 12"
    assert table.cell(0, 0).text == table.cell(1, 0).text == "项目"
    assert table.cell(0, 1).text == table.cell(0, 2).text == "收入"
    assert table.rows[-1].cells[0].text == "合计"
    assert table.cell(len(table.rows) - 1, 0).paragraphs[0].style.font.bold


def test_a_table_fills_the_text_width_exactly() -> None:
    xml = part(body(Table(("甲", "乙", "丙"), [("1", "2", "3")], widths=(1, 1, 1))), "word/document.xml")
    assert sum(map(int, re.findall(r'<w:gridCol w:w="(\d+)"', xml))) == 11906 - 1587 - 1474


def test_tables_that_do_not_fit_together_are_refused() -> None:
    with pytest.raises(ValueError, match="row 1"):
        Table(("甲", "乙"), [("1",)])
    with pytest.raises(ValueError, match="widths"):
        Table(("甲", "乙"), [], widths=(1,))
    with pytest.raises(ValueError, match="小四"):
        Table(("甲",), [], size=9)
    with pytest.raises(ValueError, match="too few"):
        body(Table(((HeadCell("甲", rows=2), "乙"), ()), []))
    with pytest.raises(ValueError, match="too many"):
        body(Table(((HeadCell("甲", rows=2), "乙"), ("丙", "丁")), []))


def test_a_cell_may_carry_a_marked_figure() -> None:
    xml = part(body(Table(("人数",), [(("共", Run("86", mark="n"), "人"),)])), "word/document.xml")
    assert 'w:name="n"/><w:r><w:t xml:space="preserve">86</w:t></w:r><w:bookmarkEnd' in xml


def test_a_signature_list_numbers_people_and_leaves_room_to_sign() -> None:
    people = [(f"职工{n}",) for n in range(1, 4)]
    table = docx.Document(io.BytesIO(body(SignatureList(people, per_row=2)))).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["序号", "姓名", "签名"] * 2,
        ["1", "职工1", "", "3", "职工3", ""],
        ["2", "职工2", "", "", "", ""],
    ]


def test_the_signature_is_centred_over_a_date_four_characters_from_the_right() -> None:
    xml = part(body(Signature("省建设厅机关工会", date(2026, 3, 8))), "word/document.xml")
    # the date is six characters wide, the body eight: it stands one character further right
    assert re.findall(r'w:rightChars="(\d+)"', xml) == ["300", "400"]
    assert "2026年3月8日" in xml


def test_attachments_are_numbered_only_if_there_are_several() -> None:
    one = docx.Document(io.BytesIO(body(Attachments(("名单",)))))
    assert [p.text for p in one.paragraphs] == ["", "附件：名单"]
    two = docx.Document(io.BytesIO(body(Attachments(("名单", "方案")))))
    assert [p.text for p in two.paragraphs] == ["", "附件：1.名单", "2.方案"]


def test_the_imprint_names_copies_and_printing() -> None:
    table = docx.Document(io.BytesIO(body(Imprint("工会办公室", date(2026, 3, 8), ("各处室", "各小组"))))).tables[0]
    assert [row.cells[0].text for row in table.rows] == ["抄送：各处室，各小组。", "工会办公室\t2026年3月8日印发"]


@pytest.mark.parametrize("chart", kitchen_sink.charts(), ids=lambda chart: chart.kind)
def test_a_chart_is_words_own_with_labels_words_for_the_blind_and_an_editable_workbook(chart: Chart) -> None:
    content = body(chart)
    xml = part(content, "word/charts/chart1.xml")
    assert f"<c:{chart.kind.replace('rank', 'bar')}Chart>" in xml
    assert '<c:showVal val="1"/>' in xml
    assert chart.title in xml
    assert not re.search(r'axId val="-', xml)
    assert 'descr="' in part(content, "word/document.xml")
    assert chart.categories[0] in part(content, "word/document.xml")
    book = zipfile.ZipFile(io.BytesIO(content)).read("word/embeddings/chart1.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(book)).active
    assert sheet is not None
    assert [cell.value for cell in sheet["A"][1:]] == list(chart.categories)
    assert sheet["B1"].value == chart.series[0].name
    assert sheet["B2"].value == pytest.approx(float(chart.series[0].values[0] or 0))


def test_axes_start_at_zero_unless_a_value_is_negative() -> None:
    def chart(*values: float) -> str:
        return part(body(Chart("bar", "t", ("甲", "乙"), (Series("s", values),))), "word/charts/chart1.xml")

    assert '<c:min val="0"/>' in chart(1, 2)
    assert '<c:min val="0"/>' not in chart(1, -2)


def test_charts_that_can_not_be_drawn_are_refused() -> None:
    with pytest.raises(ValueError, match="one value for each"):
        Chart("bar", "t", ("甲",), (Series("s", (1, 2)),))
    with pytest.raises(ValueError, match="pie"):
        Chart("pie", "t", ("甲",), (Series("s", (-1,)),))


def test_text_of_a_chart_never_becomes_a_formula() -> None:
    content = body(Chart("bar", "A<b>&", ("=1+1",), (Series("=cmd", (1,)),)))
    book = openpyxl.load_workbook(io.BytesIO(zipfile.ZipFile(io.BytesIO(content)).read("word/embeddings/chart1.xlsx")))
    assert book.worksheets[0]["A2"].data_type == "s"
    assert "A&lt;b&gt;&amp;" in part(content, "word/charts/chart1.xml")
