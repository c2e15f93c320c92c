"""What may be handed out, when and how; who counts as paid. Pure.

Sources: 基层工会经费收支管理办法 (总工办发〔2017〕32号): gifts at the seven statutory festivals, in goods
that fit the custom; caps and prohibitions are data of the standards room. Amounts are whole fen (分).
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import holidays

FUNDS_RULES = "《基层工会经费收支管理办法》（总工办发〔2017〕32号）"
FUNDS_RULES_ON = date(2017, 12, 15)
CUSTOM = "机关公示惯例"
# Statutory festivals as people write them -> their name in the holiday calendar.
_FESTIVALS = {
    "元旦": "New Year's Day",
    "新年": "New Year's Day",
    "春节": "Chinese New Year (Spring Festival)",
    "清明": "Tomb-Sweeping Day",
    "劳动节": "Labor Day",
    "五一": "Labor Day",
    "端午": "Dragon Boat Festival",
    "中秋": "Mid-Autumn Festival",
    "国庆": "National Day",
    "十一": "National Day",
}
_APPROVED = (
    "少数民族",
    "古尔邦",
    "开斋",
    "肉孜",
    "那达慕",
    "藏历",
    "三月三",
    "火把节",
    "泼水节",
)  # festivals of whole autonomous regions
BEFORE, AFTER = timedelta(days=45), timedelta(days=15)  # how far from its festival a gift is still a festival gift
GOODS_ONLY = frozenset(("festival", "birthday", "retirement", "film"))  # kinds that may not be given as cash
CARDS = ("购物卡", "超市卡", "商场卡", "预付卡")
# Kinds of issue -> the item of the standards whose cap binds one person each time.
CAPPED_ONCE = {"birthday": "birthday", "marriage": "marriage", "childbirth": "childbirth", "retirement": "retirement"}


@lru_cache(maxsize=64)
def _calendar(year: int) -> dict[str, date]:
    found: dict[str, date] = {}
    for day, names in sorted(holidays.country_holidays("CN", years=year, language="en_US").items()):
        for name in names.split("; "):
            found.setdefault(name, day)
    return found


def festival_of(text: str) -> str:
    """The statutory festival that a text names, as the holiday calendar calls it; empty when it names none.

    >>> festival_of("2023年中秋节慰问")
    'Mid-Autumn Festival'
    """
    return next((name for word, name in _FESTIVALS.items() if word in text), "")


def festival_day(text: str, year: int) -> date | None:
    """The day of the statutory festival in the year; None for other festivals and before it became statutory."""
    return _calendar(year).get(festival_of(text))


def festival_problem(text: str, issued_on: date) -> str:
    """Why a festival gift is not one of the statutory festivals (R-FUN-09); empty when it is."""
    if any(word in text for word in _APPROVED):
        return ""
    if not festival_of(text):
        return f"“{text}”不在元旦、春节、清明、劳动节、端午、中秋、国庆之列" if text else "没有写明是哪个节日"
    days = [festival_day(text, issued_on.year + step) for step in (-1, 0, 1)]
    known = [day for day in days if day]
    if known and not any(day - BEFORE <= issued_on <= day + AFTER for day in known):
        return f"发放日期离{text}太远"
    return ""


def practices(kind: str, method: str, item: str) -> list[str]:
    """The practices, named as the standards name them, that a handing-out of the kind in this way comes under."""
    found = []
    if method == "value_voucher":
        found.append("book_coupon" if kind == "book_coupon" else "value_voucher")
    if method == "cash" and kind in GOODS_ONLY:
        found.append("cash_for_goods")
    if any(word in item for word in CARDS):
        found.append("shopping_card")
    return found


def total_problem(unit_fen: int | None, heads: int | None, amount_fen: int | None) -> str:
    """Why the total in fen does not fit the value of one times the heads; empty when it does or one is not known."""
    if unit_fen is None or not heads or amount_fen is None or unit_fen * heads == amount_fen:
        return ""
    return f"总金额{amount_fen / 100:.2f}元，每份金额乘人数是{unit_fen * heads / 100:.2f}元"
