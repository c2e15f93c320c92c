"""Kinds of numbers that name somebody or something: IDs, phones, accounts, credit codes, 编号; and their masks."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from zhijia.core.identity import (
    excel_damaged_id,
    id_number_problem,
    is_mobile,
    mask_account,
    mask_id,
    mask_phone,
    normalise_id,
    normalise_mobile,
    uscc_problem,
)
from zhijia.core.sheets.cells import EXACT_LIMIT, Unreadable, line_of, plain_of, read_each, text_of
from zhijia.core.sheets.declare import Kind

_LANDLINE = re.compile(r"(?:\(?(0\d{2,3})\)?-?)?([2-9]\d{6,7})(?:(?:-|转|ext\.?)(\d{1,6}))?", re.IGNORECASE)
_SERVICE = re.compile(r"(?:400|800)-?\d{3,4}-?\d{3,4}|1\d{4}|12\d{3,6}")
_ACCOUNT = re.compile(r"[0-9A-Z]{5,40}")
_AS_TEXT = "请先把这一列的单元格格式设为“文本”，再重新填写完整的号码"
_LATEST = date(2100, 12, 31)  # whether a birth lies ahead of today is a rule of the rows, which know today


def _as_kept(raw: Any) -> Any:
    return int(raw) if isinstance(raw, float) and raw.is_integer() else raw


def resident_id() -> Kind:
    """A resident ID of 18 characters as core.identity checks it; secret. Numbers that Excel has rounded are refused."""

    def read(raw: Any) -> str:
        if excel_damaged_id(raw):
            message = "Excel 把身份证号当成数字存了，只保留前15位，后几位已经变成0，原来的号码找不回来了"
            raise Unreadable("id.rounded", message, _AS_TEXT)
        number = normalise_id(_as_kept(raw))
        problem = id_number_problem(number, today=_LATEST)
        if problem:
            raise Unreadable("id", problem, "请对照身份证核对")
        return number

    return Kind(
        "resident_id",
        lambda values: read_each(values, read),
        help="18位身份证号；单元格要设为文本格式",
        number_format="@",
        width=22,
        secret=True,
    )


def _read_phone(raw: Any) -> str:
    mobile = normalise_mobile(raw)
    if is_mobile(mobile):
        return mobile
    text = plain_of(_as_kept(raw)).replace("—", "-").replace("–", "-")
    found = _LANDLINE.fullmatch(text)
    if found:
        return "-".join(part for part in found.groups() if part)
    if _SERVICE.fullmatch(text):
        return text
    if len(re.findall(r"\d{7,}", text)) > 1:
        raise Unreadable("phone", "一格里只能填一个电话", "请只留一个，别的写进备注")
    mend = "请核对，例如 13800001234 或 0731-88881234"
    raise Unreadable("phone", "电话号码不对：手机是11位，座机是区号加7至8位", mend)


def phone() -> Kind:
    """A mobile number (11 digits) or a landline such as 0731-88881234-801; secret. 13800138000.0 is read as text."""
    return Kind(
        "phone",
        lambda values: read_each(values, _read_phone),
        help="手机11位，或座机 0731-88881234",
        number_format="@",
        width=15,
        secret=True,
    )


def account() -> Kind:
    """A bank account of 5 to 40 digits or capitals; secret. Numbers that Excel has rounded are refused."""

    def read(raw: Any) -> str:
        if isinstance(raw, float | int) and abs(raw) >= EXACT_LIMIT:
            message = "Excel 把账号当成数字存了，后几位已经变成0，原来的账号找不回来了"
            raise Unreadable("account.rounded", message, _AS_TEXT)
        text = plain_of(_as_kept(raw)).replace("-", "").upper()
        if re.fullmatch(r"\d\.\d+E\+?\d+", text):
            raise Unreadable("account.rounded", "账号被写成了科学计数法，原来的账号找不回来了", _AS_TEXT)
        if not _ACCOUNT.fullmatch(text):
            raise Unreadable("account", "账号只能是5至40位数字或字母", "请对照开户资料核对")
        return text

    return Kind(
        "account",
        lambda values: read_each(values, read),
        help="银行账号，文本格式",
        number_format="@",
        width=24,
        secret=True,
    )


def uid() -> Kind:
    """编号: the union's own number of a row, at most 40 characters without spaces; 2472.0 is read as "2472"."""

    def read(raw: Any) -> str:
        if isinstance(raw, float | int) and abs(raw) >= EXACT_LIMIT:
            raise Unreadable("uid.rounded", "编号太长，Excel 已经把后几位变成0", _AS_TEXT)
        found = "".join(line_of(raw).split())
        if len(found) > 40:
            raise Unreadable("uid.long", "编号最多40个字", "请缩短编号")
        return found

    return Kind(
        "uid",
        lambda values: read_each(values, read),
        help="可以不填；填了就按编号认这一行",
        number_format="@",
        width=12,
    )


def uscc() -> Kind:
    """A unified social credit code of 18 characters, checked by core.identity."""

    def read(raw: Any) -> str:
        if isinstance(raw, float | int) and abs(raw) >= EXACT_LIMIT:
            raise Unreadable("uscc.rounded", "Excel 把代码当成数字存了，后几位已经变成0", _AS_TEXT)
        text = text_of(raw)
        problem = uscc_problem(text)
        if problem:
            raise Unreadable("uscc", problem, "请对照证书核对")
        return normalise_id(text)

    return Kind(
        "uscc",
        lambda values: read_each(values, read),
        help="18位统一社会信用代码",
        number_format="@",
        width=22,
    )


_MASKS: dict[str, Callable[[str], str]] = {"resident_id": mask_id, "phone": mask_phone, "account": mask_account}
_SHOWN = 60


def shown(kind: Kind, raw: Any) -> str:
    """A cell as a problem may quote it: secrets masked, at most 60 characters."""
    if raw is None:
        return ""
    text = line_of(raw)
    if kind.secret:
        text = _MASKS.get(kind.name, mask_account)(text)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
