"""Workbooks as people really keep them, for journeys that bring one in."""

from pathlib import Path

import xlsxwriter

MESSY = (
    ("序号", "被慰问人", "啥时候去的", "为什么", "谁去的", "花了多少（元）"),
    (1, "白强", "2026.11.3", "住院", "刘少华、李丽", "500"),
    (2, "蔡凯", "2026年11月5日", "住院", "刘少华", 300),
    (3, "常祥生", "2026-11-06", "离退休干部", "白强", "400元"),
    ("合计", None, None, None, None, 1200),
)
# Three mistakes that people make: a day that does not exist, an amount in words, a kind misspelt.
WRONG = (
    ("慰问对象", "慰问类别", "走访日期", "慰问金"),
    ("白强", "生病住院", "2026-11-31", 500),
    ("蔡凯", "生病住院", "2026-11-05", "三百多"),
    ("常祥生", "离退干部局", "2026-11-06", 400),
    ("曹波", "生病住院", "2026-11-07", 300),
)


def messy(folder: Path) -> Path:
    """A union's own list of visits: a merged title, headers of its own, a row of totals."""
    path = folder / "慰问情况汇总.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("2026年慰问情况汇总")
        page.merge_range(0, 0, 0, 5, "厅机关工会2026年走访慰问情况汇总表")
        for number, row in enumerate(MESSY, 1):
            page.write_row(number, 0, row)
    return path


def mistaken(folder: Path) -> Path:
    """The house's own sheet of visits, with three mistakes."""
    path = folder / "走访慰问.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("走访慰问")
        for number, row in enumerate(WRONG):
            page.write_row(number, 0, row)
    return path
