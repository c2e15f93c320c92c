"""Numbers that stand for a person or a body: resident ID, mobile phone, unified social credit code; and their masks.

Resident ID: GB 11643-1999, check character ISO 7064 MOD 11-2. The county digits are not checked: codes are those of
the place and year of issue, and residents of Hong Kong, Macao and Taiwan hold permits that start with 81, 82 and 83.
Credit code: GB 32100-2015.
"""

import re
import unicodedata
from datetime import date
from functools import lru_cache
from typing import Literal

from zhijia.core.dates import DateError, parse_date

Sex = Literal["male", "female"]

DAMAGED = (
    "身份证号被 Excel 当成数字，最后几位已经丢失，无法还原："
    "请先把这一列的格式设为“文本”，再从原始档案重新填写（只改格式，丢失的数字不会回来）"
)
_OLD = "这是 15 位的旧身份证号，2013 年起已停用：请填写现在使用的 18 位号码"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_EARLIEST = date(1900, 1, 1)
_EXPONENT = re.compile(r"\d(?:\.\d+)?[eE]\+?1[4-9]")
_ROUNDED = re.compile(r"\d{15}000(?:\.0+)?")

_USCC_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_VALUES = {sign: value for value, sign in enumerate(_USCC_SIGNS)}
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)


class IdentityError(ValueError):
    """A number that can not stand for anybody; the message never contains the number."""


def _compact(text: str) -> str:
    if text.isalnum() and text.isascii():
        return text.upper()
    return "".join(
        sign for sign in unicodedata.normalize("NFKC", text) if sign not in " \t\r\n'-‘’`\u200b\ufeff"
    ).upper()


def normalise_id(value: object) -> str:
    """Return the number as it is stored and compared: half-width, without spaces and hyphens, X in capitals."""
    return _compact(value) if isinstance(value, str) else "" if value is None else str(value)


def excel_damaged_id(value: object) -> bool:
    """Whether a spreadsheet turned an ID into a number of 15 digits and so destroyed its tail.

    True for numbers from 10^15, 18-digit whole numbers that end with 000, text such as 3.30106E+17, and 18 digits
    of text that end with 000 where the check character is wrong.
    """
    if isinstance(value, float):
        return value >= 1e15
    if isinstance(value, int):
        return 10**17 <= value < 10**18 and value % 1000 == 0
    if not isinstance(value, str) or not ("000" in value or "E" in value or "e" in value):
        return False
    text = unicodedata.normalize("NFKC", value).strip()
    if _EXPONENT.fullmatch(text):
        return True
    return bool(_ROUNDED.fullmatch(text)) and ("." in text or not _check_fits(text))


@lru_cache(maxsize=8192)
def _region_sum(digits: str) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS[:6], strict=True))


@lru_cache(maxsize=65536)
def _birth(digits: str) -> tuple[date, int]:
    day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    return day, sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS[6:14], strict=True))


@lru_cache(maxsize=1000)
def _tail_sum(digits: str) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS[14:], strict=True))


def _check_fits(text: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(text[:17], _WEIGHTS, strict=True))
    return _CHECKS[total % 11] == text[17]


def _birth_reason(digits: str) -> str:
    written = f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
    try:
        parse_date(written)
    except DateError as error:
        reason = str(error).replace(f"“{written}”", "")
        return f"身份证号第 7 至 14 位是出生日期，但{reason}"
    return "身份证号第 7 至 14 位不是日期：请核对号码"


def resident_id_problems(text: object, *, today: date) -> str | None:
    """Return what is wrong with a resident ID and how to mend it, or None where it holds.

    Checked: 18 characters, a birth date that exists and is not after `today`, the check character. The county is not.
    Messages quote at most the birth digits. Spaces, hyphens, full-width digits and a small x are tolerated.
    """
    return DAMAGED if excel_damaged_id(text) else id_number_problem(normalise_id(text), today=today)


def id_number_problem(number: str, *, today: date) -> str | None:
    """Return what `resident_id_problems` finds in a number as it is stored."""
    body = number[:17]
    if len(number) != 18 or not (body.isdigit() and body.isascii() and (number[17].isdigit() or number[17] == "X")):
        return _form_problem(number)
    try:
        born, birth_sum = _birth(number[6:14])
    except ValueError:
        return _birth_reason(number[6:14])
    if born > today or born < _EARLIEST:
        return f"身份证号里的出生日期 {born:%Y-%m-%d} 不可能：请核对第 7 至 14 位"
    if _CHECKS[(_region_sum(number[:6]) + birth_sum + _tail_sum(number[14:17])) % 11] != number[17]:
        return "身份证号的最后一位校验码不符：多半是抄错或调换了某一位，请对照证件核对"
    return None


def _form_problem(number: str) -> str:
    if not number:
        return "身份证号没有填"
    if len(number) == 15 and number.isdigit():
        return _OLD
    if len(number) != 18:
        return f"身份证号应为 18 位，现在是 {len(number)} 位：请核对号码"
    return "身份证号前 17 位只能是数字，最后一位是数字或 X：请核对号码"


def birth_and_sex(id_number: str) -> tuple[date, Sex]:
    """Return the birth date (digits 7-14) and the sex (17th digit, odd is male) of a resident ID.

    The check character is not looked at; a number without them is refused with IdentityError.
    """
    number = normalise_id(id_number)
    try:
        return _birth(number[6:14])[0], "male" if int(number[16]) % 2 else "female"
    except (ValueError, IndexError):
        raise IdentityError("不是 18 位身份证号，读不出出生日期和性别") from None


def uscc_problem(text: str) -> str | None:
    """Return what is wrong with a unified social credit code and how to mend it, or None where it holds."""
    code = _compact(text)
    if not code:
        return "统一社会信用代码没有填"
    if len(code) != 18:
        return f"统一社会信用代码应为 18 位，现在是 {len(code)} 位：请对照证书核对"
    values = [_USCC_VALUES.get(sign) for sign in code]
    known = [value for value in values if value is not None]
    if len(known) != 18:
        wrong = "、".join(sorted({sign for sign, value in zip(code, values, strict=True) if value is None}))
        return f"统一社会信用代码里不会有 {wrong}（不用字母 I、O、S、V、Z）：请看是否把 0、1、2、5 认成了字母"
    if not (code[2:8].isdigit() and code[2:8].isascii()):
        return "统一社会信用代码第 3 至 8 位是地区代码，只能是数字：请对照证书核对"
    total = sum(value * weight for value, weight in zip(known[:17], _USCC_WEIGHTS, strict=True))
    if known[17] != (31 - total % 31) % 31:
        return "统一社会信用代码的最后一位校验码不符：多半是抄错了某一位，请对照证书核对"
    return None


def normalise_mobile(value: object) -> str:
    """Return a mobile number as its digits, without spaces, hyphens and +86; spreadsheet numbers are taken."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = normalise_id(value)
    digits = text.removeprefix("+86") if text.startswith("+86") else text.removeprefix("0086")
    return digits[2:] if len(digits) == 13 and digits.startswith("86") else digits


def is_mobile(number: str) -> bool:
    """Whether digits are a mobile number of the mainland: 11, the first two from 13 to 19."""
    return _MOBILE.fullmatch(number) is not None


def mobile_problem(value: object) -> str | None:
    """Return what is wrong with a mobile phone number of the mainland (11 digits, 13 to 19), or None."""
    number = normalise_mobile(value)
    if not number:
        return "手机号没有填"
    if not is_mobile(number):
        return f"手机号应为 11 位数字、以 13 至 19 开头（现在是 {len(number)} 位）：请核对"
    return None


def _masked(text: str, head: int, tail: int) -> str:
    if len(text) <= head + tail:
        return "*" * len(text)
    return text[:head] + "*" * (len(text) - head - tail) + text[len(text) - tail :]


def mask_id(number: str) -> str:
    """Show a resident ID as 330106********123X: the birth date is hidden. Anything too short is hidden whole."""
    return _masked(number, 6, 4)


def mask_phone(number: str) -> str:
    """Show a mobile number as 138****1234."""
    return _masked(number, 3, 4)


def mask_account(number: str) -> str:
    """Show only the last four digits of a bank account."""
    return _masked(number, 0, 4)


def mask_name(name: str) -> str:
    """Show a name as 张* or 张*丰: the surname and, from three characters on, the last one."""
    return name[:1] + "*" * (len(name) - 1) if len(name) < 3 else _masked(name, 1, 1)
