"""Words with a numeral that are names or turns of phrase, not figures: the only numerals a literal may hold.

Pure data. Everything that counts something comes from a fact and never stands here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

NAMES = (
    "五必访", "1+1", "三八", "五一", "七一", "六一", "八项规定", "八不准", "两节", "三公", "三重一大",
    "四个意识", "四个自信",
    "两个确立", "两个维护", "二十大", "十九大", "二十届", "二十大精神", "三会一课", "三个代表", "一人一票",
    "一事一议", "一家亲",
    "一岗双责", "第一责任人", "第一时间", "一把手", "两法", "十四五", "十五五",
)  # fmt: skip
TURNS = (
    "一是", "二是", "三是", "四是", "五是", "六是", "一方面", "另一方面", "两方面", "三方面", "四方面",
    "一年一度", "一批",
    "一系列", "进一步", "一步", "第一", "一定", "一起", "一道", "一致", "一贯", "一直", "一切", "一线", "一些",
    "一样", "一体",
    "一项", "一件", "一份", "一名", "一位", "一个", "一家", "一次", "一代", "一流", "一心", "一手", "一时",
    "一旦", "一再", "一向", "一并",
    "一如既往", "一以贯之", "一丝不苟", "一视同仁", "统一", "唯一", "万众", "千方百计", "百分之百", "十分",
    "万无一失", "百尺竿头",
    "四面八方", "三言两语", "五湖四海", "始终如一", "专一", "逐一", "单一", "之一", "每一", "某一", "同一",
    "两头", "两手", "两边",
    "事半功倍", "半天", "下一届", "上一届", "新一届", "这一届", "一届", "下一步", "任一", "近两", "一段",
    "一经", "一口气", "一条", "一张", "一笔", "一本",
    "一封", "举一反三", "一句", "一声", "一点", "一面", "二者", "两者", "一律", "一同", "首问", "一站式",
    "一户", "一事", "一人", "一门",
)  # fmt: skip
_ANY = "|".join(sorted(map(re.escape, NAMES + TURNS), key=len, reverse=True))
_LISTED = re.compile(_ANY)
_NUMERAL = re.compile("[0-9０-９一二三四五六七八九十百千万亿两零〇]")


def loose_numeral(text: str) -> str:
    """The first digit or Chinese numeral of a literal that is in no listed word; empty where there is none."""
    found = _NUMERAL.search(_LISTED.sub("", text))
    return found[0] if found else ""


# A written number: digits with their separators and a per cent sign, or a row of Chinese numerals.
_NUMBER = "[0-9０-９]+(?:[.,．，][0-9０-９]+)*[%％]?|[一二三四五六七八九十百千万亿两零〇]+"


def stretches(text: str, sourced: Iterable[str] = ()) -> Iterator[tuple[str, str]]:
    """The text cut into ("words", …), ("number", …) for loose numerals and ("sourced", …) for the given words."""
    known = "|".join(sorted((re.escape(word) for word in set(sourced) if word), key=len, reverse=True))
    pattern = re.compile(f"(?P<sourced>{known or '(?!)'})|(?P<listed>{_ANY})|(?P<number>{_NUMBER})")
    words, last = "", 0
    for found in pattern.finditer(text):
        words += text[last : found.start()]
        last = found.end()
        if found.lastgroup == "listed":
            words += found[0]
            continue
        if words:
            yield "words", words
        words = ""
        yield str(found.lastgroup), found[0]
    if words + text[last:]:
        yield "words", words + text[last:]
