"""Whole numbers read out in Chinese numerals, for prose (三百零二) and for cheques (叁佰零贰)."""

PROSE_DIGITS = "零一二三四五六七八九"
PROSE_PLACES = ("", "十", "百", "千")
CAPITAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
CAPITAL_PLACES = ("", "拾", "佰", "仟")
LIMIT = 10**16


def _section(number: int, digits: str, places: tuple[str, ...]) -> str:
    """Read 1 to 9999, without a leading zero."""
    text, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit == 0:
            gap = bool(text)
            continue
        text += ("零" if gap else "") + digits[digit] + places[place]
        gap = False
    return text


def _read(number: int, digits: str, places: tuple[str, ...]) -> str:
    for width, unit in ((8, "亿"), (4, "万")):
        high, low = divmod(number, 10**width)
        if not high:
            continue
        text = _read(high, digits, places) + unit
        if not low:
            return text
        gap = low < 10 ** (width - 1)  # only a leading zero of the lower part is spoken: 10|7000 is 十万七千
        return text + ("零" if gap else "") + _read(low, digits, places)
    return _section(number, digits, places)


def read_number(number: int, *, digits: str, places: tuple[str, ...]) -> str:
    """Read a whole number from 0 to below 10^16 with the given digits and place names; others are refused."""
    if not 0 <= number < LIMIT:
        raise ValueError("只能读出 0 到 9999 万亿之间的整数")
    return _read(number, digits, places) if number else digits[0]
