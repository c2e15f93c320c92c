"""Invented unions made from the declarations alone: rows for every sheet, a value for every kind of column.

What the rooms' rules refuse is left out afterwards by `sound`, as a person would mend it: by taking the row away.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter
from django.db import models

from zhijia.core.canonical import canonical
from zhijia.core.outcomes import REFUSE
from zhijia.core.sheets.declare import Column, Sheet
from zhijia.core.sheets.importing import Import
from zhijia.core.uid import uuid7

WORDS = "春夏秋冬东西南北工会职工活动小组学习慰问困难补助会议报告委员主席检查整改提案公示体检疗养登山健步羽毛球"
ODD = (
    "=1+1",
    "+86",
    "-5",
    "@处室",
    "0012",
    "1.0",
    "a,b;c",
    "“引号”",
    "Ω≈ç√",
    "合计",
    "  两头有空 ",
    "示例工程",
    "总计",
    "行1\n行2",
)
SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴", "伟芳娜敏静强磊军洋艳勇杰娟涛明超"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
ROWS = 6
Cells = dict[str, Any]
Rows = dict[str, list[Cells]]


class Maker:
    """One invented union, the same for the same seed."""

    def __init__(self, sheets: Sequence[Sheet], seed: int):
        self.sheets = sheets
        self.seed = seed
        self.rng = random.Random(seed)
        self.rows: Rows = {}
        self.by_label = {sheet.records.label: sheet for sheet in sheets}
        self.day = date(2022, 1, 1)
        self.kinds: dict[str, Callable[[Sheet, Column], Any]] = {
            "date": self._date, "last_day": self._date, "month": self._month, "year": self._year, "text": self._text,
            "long_text": self._text, "name": self._name, "names": self._names, "yesno": self._choice,
            "choice": self._choice, "several": self._several, "money": self._money, "whole": self._whole,
            "hours": self._hours, "ordinal": self._ordinal, "placing": self._placing, "resident_id": self._resident_id,
            "phone": self._phone, "account": self._account, "uscc": self._uscc, "uid": self._uid,
            "ref": self._ref, "loose_ref": self._loose_ref,
        }  # fmt: skip

    def make(self) -> Rows:
        """Rows of every sheet as cells by field."""
        for sheet in self.sheets:
            # Dice of its own for each sheet: a new sheet leaves the rows of the others as they were.
            self.rng = random.Random(f"{self.seed} {sheet.name}")
            count = 1 if not sheet.records.tenant else self.rng.randint(1, ROWS)
            self.rows[sheet.name] = rows = []
            for _index in range(count):
                self.day = date(2019, 1, 1) + timedelta(days=self.rng.randrange(2200))
                row = {column.field: self._cell(sheet, column) for column in sheet.columns}
                rows.extend(self._mended(sheet, row))
        return self.rows

    def _cell(self, sheet: Sheet, column: Column) -> Any:
        if not column.required and self.rng.random() < 0.3:
            return None
        return self.kinds[column.kind.name](sheet, column)

    def _mended(self, sheet: Sheet, row: Cells) -> list[Cells]:
        """What no kind can know: an ID says sex and birth, a term lasts years, a voucher balances."""
        if row.get("id_number"):
            row["sex"] = row["birth_on"] = None
        elif "id_number" in row:
            row["sex"] = row["sex"] or "男"
            if self.rng.random() < 0.7:
                row |= {"admitted_on": date(2018, 7, 1), "retained_on": None, "left_on": None}
        if sheet.name == "代表":
            row["elected_on"] = date(2026, 10, 8)
        if sheet.name == "选举记录":
            row |= dict.fromkeys(("due_count", "present_count", "issued", "returned", "valid"), 25) | {"invalid": 0}
        if sheet.name == "届次":
            number = len(self.rows[sheet.name]) + 1
            row |= {"number": number, "first": date(2000 + 5 * number, 3, 1), "end": date(2005 + 5 * number, 2, 28)}
        if sheet.name == "自定义字段":
            row |= {"options": "甲\n乙 丙" if row["sort"] == "选项" else None, "by_self": "是"}
            row |= dict.fromkeys(("sensitive", "required"), "否") if row["sort"] == "文件" else {}
        if sheet.name == "会计科目":
            row |= {"chart": "2021年制度", "code": f"50101{len(self.rows[sheet.name]) + 11}", "detail": "50101"}
        if "account_code" in row:
            row |= {"account_code": self.rng.choice(("102", "402", "501")), "account_name": None}
        if sheet.name == "凭证":
            amount, number = self._money(sheet, sheet.columns[0]), len(self.rows[sheet.name]) + 1
            row |= {"voucher_no": f"记-{number}", "line": 1, "debit_fen": amount, "credit_fen": None}
            other = {**row, "uid": self._uid(sheet, sheet.columns[0]), "line": 2, "account_code": "402"}
            return [row, {**other, "debit_fen": None, "credit_fen": amount}]
        return [row]

    def _limit(self, sheet: Sheet, column: Column) -> int:
        field = sheet.records.model._meta.get_field(column.field)
        return int(getattr(field, "max_length", None) or 300)

    def _several(self, _sheet: Sheet, column: Column) -> str:
        labels = column.kind.help.partition("：")[2].split("、")
        return "、".join(self.rng.sample(labels, self.rng.randint(1, len(labels))))

    def _uid(self, _sheet: Sheet, _column: Column) -> Any:
        return str(uuid7())

    def _date(self, _sheet: Sheet, _column: Column) -> date:
        self.day += timedelta(days=self.rng.randrange(1, 20))
        return self.day

    def _month(self, _sheet: Sheet, _column: Column) -> str:
        return f"{self.day.year}年{self.day.month}月"

    def _year(self, _sheet: Sheet, _column: Column) -> int:
        return self.rng.randint(2019, 2026)

    def _text(self, sheet: Sheet, column: Column) -> str:
        if self.rng.random() < 0.15:
            return self.rng.choice(ODD)[: self._limit(sheet, column)]
        length = self.rng.randint(2, min(12, self._limit(sheet, column)))
        return "".join(self.rng.choice(WORDS) for _ in range(length))

    def _name(self, _sheet: Sheet, _column: Column) -> str:
        return self.rng.choice(SURNAMES) + "".join(self.rng.choice(GIVEN) for _ in range(self.rng.randint(1, 2)))

    def _names(self, sheet: Sheet, column: Column) -> str:
        return "、".join(self._name(sheet, column) for _ in range(3))

    def _choice(self, _sheet: Sheet, column: Column) -> str:
        return self.rng.choice(column.kind.choices)

    def _money(self, _sheet: Sheet, _column: Column) -> float:
        return self.rng.randrange(1, 5_000_000) / 100

    def _whole(self, sheet: Sheet, column: Column) -> int:
        values, problems = column.kind.parse([3, 7, 25])
        good = [value for value in values if value is not None]
        assert good, (sheet.name, column.header, problems)
        return int(self.rng.choice(good))

    def _hours(self, _sheet: Sheet, _column: Column) -> float:
        return self.rng.randrange(1, 200) / 10

    def _ordinal(self, _sheet: Sheet, _column: Column) -> int:
        return self.rng.randint(1, 9)

    def _placing(self, _sheet: Sheet, _column: Column) -> str:
        return self.rng.choice(("第一名", "团体第三名", "季军", "5"))

    def _resident_id(self, _sheet: Sheet, _column: Column) -> str:
        born = date(1965, 1, 1) + timedelta(days=self.rng.randrange(12_000))
        body = f"990101{born:%Y%m%d}{self.rng.randrange(1000):03d}"
        return body + "10X98765432"[sum(int(a) * b for a, b in zip(body, WEIGHTS, strict=True)) % 11]

    def _phone(self, _sheet: Sheet, _column: Column) -> str:
        return f"199{self.rng.randrange(10**8):08d}" if self.rng.random() < 0.7 else "0731-88881234"

    def _account(self, _sheet: Sheet, _column: Column) -> str:
        return str(self.rng.randrange(10**15, 10**16))

    def _uscc(self, _sheet: Sheet, _column: Column) -> str:
        body = f"81430000MD{self.rng.randrange(10**7):07d}"
        value = sum(CREDIT_SIGNS.index(sign) * weight for sign, weight in zip(body, CREDIT_WEIGHTS, strict=True))
        return body + CREDIT_SIGNS[(31 - value % 31) % 31]

    def _ref(self, _sheet: Sheet, column: Column) -> Any:
        target = self.by_label[column.kind.target]
        rows = [row for row in self.rows.get(target.name, []) if row.get("uid")]
        if not rows:
            return None
        row = self.rng.choice(rows)
        first = target.records.handles[0] if target.records.handles else ()
        text = row.get(first[0]) if len(first) == 1 else None
        same = [other for other in rows if canonical(other.get(first[0]) or "") == canonical(text)] if text else []
        return text if isinstance(text, str) and len(same) == 1 and self.rng.random() < 0.5 else row["uid"]

    def _loose_ref(self, sheet: Sheet, column: Column) -> Any:
        found = self._ref(sheet, column) if self.rng.random() < 0.7 else None
        return found or "外来" + self._name(sheet, column)


def write(path: Path, sheets: Sequence[Sheet], rows: Mapping[str, Sequence[Cells]]) -> Path:
    """The rows as a workbook with the declared headers."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "default_date_format": "yyyy-mm-dd"}
    book = xlsxwriter.Workbook(path, options)
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        page.write_row(0, 0, [column.header for column in sheet.columns])
        for index, row in enumerate(rows[sheet.name], 1):
            for number, column in enumerate(sheet.columns):
                value = row[column.field]
                if isinstance(value, date):
                    page.write_datetime(index, number, value)
                elif value is not None:
                    page.write(index, number, value)
    book.close()
    return path


def sound(path: Path, sheets: Sequence[Sheet], rows: Rows, preview: Callable[[Path], Import]) -> Import:
    """Write the workbook, and again without the rows that are refused, until the preview has nothing against it."""
    refusals: list[str] = []
    for _round in range(12):
        result = preview(write(path, sheets, rows))
        refused = {problem.place[:2] for problem in result.problems if problem.level == REFUSE}
        if not refused:
            return result
        refusals = [str(problem) for problem in result.problems if problem.level == REFUSE]
        assert all(row > 1 for _sheet, row in refused), refusals
        for name in rows:
            rows[name] = [row for index, row in enumerate(rows[name], 2) if (name, index) not in refused]
    raise AssertionError(refusals)


def stored(sheets: Sequence[Sheet], union: int) -> dict[str, dict[str, Cells]]:
    """Every stored field of every record, secrets revealed, references as the other row's 编号; by table and 编号."""
    found: dict[str, dict[str, Cells]] = {}
    for sheet in sheets:
        model = sheet.records.model
        fields = [field for field in model._meta.concrete_fields if field.name not in ("id", "union", "path")]
        manager = model._default_manager
        rows = manager.filter(union_id=union) if sheet.records.tenant else manager.filter(pk=union)
        told = {}
        for row in rows.defer(None):
            cells = {field.name: _plain(row, field) for field in fields}
            key = cells.pop("uid") if sheet.records.tenant else cells.pop("uid") and "the union"
            told[str(key)] = cells
        found[sheet.name] = told
    return found


def _plain(row: models.Model, field: Any) -> Any:
    value = getattr(row, field.name)
    if isinstance(value, models.Model):
        return str(getattr(value, "uid", value.pk))
    return value.reveal() if hasattr(value, "reveal") else value


def differences(before: dict[str, dict[str, Cells]], after: dict[str, dict[str, Cells]]) -> list[str]:
    """Every field in which two readings of a union differ, in words."""
    found = []
    for sheet, rows in before.items():
        found += [f"{sheet}: {key} is new" for key in after[sheet].keys() - rows.keys()]
        for key, cells in rows.items():
            other = after[sheet].get(key, {})
            names = [name for name in cells if name not in other or cells[name] != other[name]]
            found += [f"{sheet}.{name}: {cells[name]!r} became {other.get(name)!r}" for name in names]
    return found
