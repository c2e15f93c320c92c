"""Sentences that the records or today's rules do not carry: recognised when somebody types them after all. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Any

from zhijia.reports.drafts.body import GENERATED, Body, Sentence

LIKE = 0.8
LEAST = 10  # characters: shorter words are like everything
NAMED = "点名写出"
_NOT_WORDS = re.compile(r"[0-9０-９一二三四五六七八九十百千万亿两零〇…，。、；：“”（）\s]+")

# Kinds of reasons (telling.py) for which a sentence may not come back silently.
BARRED = ("记录不支持", "无法判断", "按现行规定不予表扬")


def barred(withheld: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The withheld sentences that need a reason to be written all the same."""
    return [one for one in withheld if one["kind"] in BARRED and not one["wording"].startswith(NAMED)]


def resembled(text: str, withheld: Iterable[Mapping[str, Any]]) -> str:
    """The key of the withheld sentence that a text repeats; empty where it repeats none."""
    words = _NOT_WORDS.sub("", text)
    if len(words) < LEAST:
        return ""
    matcher = SequenceMatcher(None, autojunk=False)
    matcher.set_seq2(words)
    for one in withheld:
        matcher.set_seq1(_NOT_WORDS.sub("", one["wording"]))
        if matcher.real_quick_ratio() >= LIKE and matcher.quick_ratio() >= LIKE and matcher.ratio() >= LIKE:
            return str(one["key"])
    return ""


def flagged(body: Body, withheld: Iterable[Mapping[str, Any]]) -> Body:
    """The body with every sentence marked that people wrote and that repeats withheld words."""
    rows = barred(withheld)
    return tuple(_flagged(sentence, rows) for sentence in body)


def _flagged(sentence: Sentence, rows: list[Mapping[str, Any]]) -> Sentence:
    if sentence.origin == GENERATED or sentence.reason:
        return sentence
    return replace(sentence, withheld=resembled(sentence.text, rows))
