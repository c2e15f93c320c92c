"""Two throw-away sheets for the tests of reading and writing, and a way to write small workbooks."""

from pathlib import Path
from typing import Any, cast

import openpyxl

from zhijia.core.records import Records
from zhijia.core.sheets import kinds
from zhijia.core.sheets.declare import Column, Sheet

NO_RECORDS = cast(Records, None)
CAUSES = [("illness", "生病住院"), ("wedding", "结婚"), ("other", "其他")]

VISITS = Sheet(
    "走访慰问",
    NO_RECORDS,
    (
        Column("编号", "uid", kinds.uid()),
        Column(
            "姓名", "member", kinds.name(), required=True, synonyms=("慰问对象", "职工姓名"), examples=("张三", "李四")
        ),
        Column(
            "慰问日期", "held_on", kinds.date_(), required=True, synonyms=("日期", "时间"), examples=("2021-03-05", "")
        ),
        Column("事由", "cause", kinds.choice(CAUSES, {"住院": "illness"}), synonyms=("慰问事由",)),
        Column("金额", "amount_fen", kinds.money(), synonyms=("慰问金", "慰问金额")),
        Column("身份证号", "id_number", kinds.resident_id()),
        Column("备注", "note", kinds.long_text()),
    ),
    help="一次走访记一行",
    synonyms=("慰问台账",),
)
EVENTS = Sheet(
    "活动",
    NO_RECORDS,
    (
        Column("名称", "title", kinds.text(), required=True, synonyms=("活动名称",)),
        Column("日期", "held_on", kinds.date_(), required=True, synonyms=("活动时间",)),
        Column("参加人数", "people", kinds.whole(0, 100_000), synonyms=("人数",)),
    ),
    help="一次活动记一行",
)
SHEETS = (VISITS, EVENTS)


def save(path: Path, pages: dict[str, Any]) -> Path:
    """Write plain rows as an xlsx workbook."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in pages.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    book.save(path)
    return path
