"""Money in whole fen (分): reading what people write, and writing it for tables, prose and cheques.

Exact throughout: amounts go through Decimal, never through binary fractions. Capital amounts (大写金额)
follow 支付结算办法, annex 1 (正确填写票据和结算凭证的基本规定).
"""

import re
import unicodedata
from decimal import ROUND_HALF_EVEN, Decimal

from zhijia.core.numerals import CAPITAL_DIGITS, CAPITAL_PLACES, read_number

LIMIT_FEN = 10**16  # 一百万亿元: anything larger is a slip of the keyboard
_UNITS = {"": 1, "百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_AMOUNT = re.compile(
    r"(?P<digits>\d{1,3}(?:[, ]\d{3})+|\d{1,4}(?:[, ]\d{4})+|\d+|(?=\.\d))(?P<decimals>\.\d*)?"
    r" ?(?P<unit>百万|千万|百|千|万|亿)? ?(?:元|圆|块)?[整正]?"
)
_CURRENCY = re.compile(r"人民币|RMB|CNY|¥")
_ERROR_CELL = re.compile(r"#(?:REF|VALUE|DIV/0|NAME\?|N/A|NUM|NULL)")
_DASHES = str.maketrans("−–—﹣", "----")
_NOISE = Decimal("0.000001")
_WAN_FEN, _YI_FEN = 10**6, 10**10


class MoneyError(ValueError):
    """An amount that can not be read; the message says in Chinese how to mend it."""


def _fen(yuan: Decimal, shown: str) -> int:
    if not yuan.is_finite() or abs(yuan) * 100 > LIMIT_FEN:
        raise MoneyError(f"金额“{shown}”太大或不是数字：请检查是否多打了数字")
    fen = yuan.quantize(_NOISE, ROUND_HALF_EVEN) * 100
    if fen != fen.to_integral_value():
        raise MoneyError(f"金额“{shown}”不是整分：换算成元后最多两位小数，请写到分为止")
    return int(fen)


def _parse_text(text: str) -> int:
    shown = text.strip()
    plain = " ".join(unicodedata.normalize("NFKC", text).translate(_DASHES).split())
    if not plain or plain == "-":
        raise MoneyError("金额没有填：请填写数字，没有发生就写 0")
    if _ERROR_CELL.match(plain):
        raise MoneyError(f"金额“{shown}”是表格公式出错的结果：请把公式改好，或直接填数字")
    plain, sign = _CURRENCY.sub("", plain).strip(), 1
    if plain.startswith("(") and plain.endswith(")"):
        plain, sign = plain[1:-1].strip(), -1
    elif plain[:1] in ("-", "+"):
        plain, sign = plain[1:].strip(), -1 if plain[0] == "-" else 1
    found = _AMOUNT.fullmatch(plain)
    if not found:
        raise MoneyError(f"金额“{shown}”看不懂：请只写数字，例如 1234.50、1,234.50元 或 1.2万元")
    digits = found["digits"].replace(",", "").replace(" ", "")
    return sign * _fen(Decimal((digits or "0") + (found["decimals"] or "")) * _UNITS[found["unit"] or ""], shown)


def parse_yuan(value: str | int | float | Decimal | None) -> int:
    """Return the amount in fen that a person or a spreadsheet wrote in yuan.

    Takes 元 ¥ 人民币, thousands separators, full-width digits, 万 and 亿, a minus sign or parentheses for negative.
    Binary noise (0.1+0.2) is rounded away at six decimals. Refused with MoneyError: blanks, text, parts of a fen,
    amounts beyond 10^16 fen.
    """
    if isinstance(value, str):
        return _parse_text(value)
    if isinstance(value, bool) or value is None:
        raise MoneyError("金额没有填：请填写数字，没有发生就写 0")
    if isinstance(value, float):  # fifteen digits are what a spreadsheet keeps and shows
        return _fen(Decimal(format(value, ".15g")), format(value, ".15g"))
    return _fen(Decimal(value), str(value))


def _parts(fen: int) -> tuple[str, int, int]:
    whole, cents = divmod(abs(fen), 100)
    return "-" if fen < 0 else "", whole, cents


def yuan(fen: int) -> str:
    """Write fen as yuan for tables: 123450 is "1,234.50"."""
    sign, whole, cents = _parts(fen)
    return f"{sign}{whole:,}.{cents:02d}"


def yuan_plain(fen: int) -> str:
    """Write fen as yuan for files and forms, without separators: 123450 is "1234.50"."""
    sign, whole, cents = _parts(fen)
    return f"{sign}{whole}.{cents:02d}"


def _hundredths(fen: int, unit: int) -> int:
    """How many hundredths of `unit` fen, half-up."""
    return (2 * fen * 100 + unit) // (2 * unit)


def _trimmed(hundredths: int) -> str:
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".")


def prose_amount(fen: int) -> str:
    """Write fen as a report says it: "865元", "3.2万元", "1.05亿元".

    From 10,000 yuan in 万元 and from one hundred million in 亿元, half-up to at most two decimals, trailing zeros
    dropped; below, in yuan, with two decimals only where there are fen.
    """
    sign, whole, cents = _parts(fen)
    size = abs(fen)
    if size < _WAN_FEN:
        return f"{sign}{whole}.{cents:02d}元" if cents else f"{sign}{whole}元"
    wan = _hundredths(size, _WAN_FEN)
    if wan < 10**6:  # below 10000.00万 after rounding
        return f"{sign}{_trimmed(wan)}万元"
    return f"{sign}{_trimmed(_hundredths(size, _YI_FEN))}亿元"


def capital_amount(fen: int) -> str:
    """Write fen as a cheque or voucher says it: 30000 is "人民币叁佰元整"; 负 follows 人民币 where negative.

    整 closes an amount without fen in 元 only, as annex 1 asks; after 角 it may be left out and is. Beyond 10^16 fen
    refused with MoneyError.
    """
    sign, whole, cents = _parts(fen)
    if abs(fen) > LIMIT_FEN:
        raise MoneyError("金额超过一百万亿元，不能写成大写")
    head = "人民币负" if sign else "人民币"
    jiao, odd = divmod(cents, 10)
    text = read_number(whole, digits=CAPITAL_DIGITS, places=CAPITAL_PLACES) + "元" if whole or not cents else ""
    if not cents:
        return f"{head}{text}整"
    if jiao:
        text += CAPITAL_DIGITS[jiao] + "角"
    elif whole:
        text += "零"
    return head + text + (CAPITAL_DIGITS[odd] + "分" if odd else "")
