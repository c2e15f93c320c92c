"""Strands counted anew: 一是, 二是, 三是 follow each other among the sentences that are printed. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from zhijia.core.dates import chinese_number
from zhijia.reports.drafts.body import Body, Sentence, Words

# As far as the vocabulary counts: a numeral beyond it would need somebody who answers for it.
_STRAND = re.compile(r"^([一二三四五六])是")
_ASPECTS = re.compile(r"[两三四](?=方面)")
_STRANDS, _MOST_ASPECTS = 6, 4
FIRST = "一"


def counted(body: Body) -> Body:
    """The body with its strands numbered as they stand once what is hidden is left out.

    A sentence just before them that says how many there are (三方面) says it anew. One strand left keeps its 一是: the
    words around it are a person's to mend.
    """
    found = list(body)
    for run in _runs(body):
        printed = [place for place in run if not body[place].hidden]
        if len(printed) > _STRANDS:
            continue
        for number, place in enumerate(printed, start=1):
            found[place] = _renumbered(found[place], number)
        lead = run[0] - 1
        if 1 < len(printed) <= _MOST_ASPECTS and lead >= 0:
            word = "两" if len(printed) == 2 else chinese_number(len(printed))
            spans = tuple(
                replace(span, text=_ASPECTS.sub(word, span.text)) if isinstance(span, Words) else span
                for span in found[lead].spans
            )
            found[lead] = replace(found[lead], spans=spans)
    return tuple(found)


def _runs(body: Body) -> Iterator[list[int]]:
    """Places of the strands that belong together: the next 一是 begins the next."""
    run: list[int] = []
    seen = False
    for place, sentence in enumerate(body):
        strand = _strand(sentence)
        if not strand:
            continue
        if strand == FIRST and seen:
            yield run
            run, seen = [], False
        run.append(place)
        seen = seen or strand == FIRST
    if run:
        yield run


def _strand(sentence: Sentence) -> str:
    first = sentence.spans[0] if sentence.spans else None
    found = _STRAND.match(first.text) if isinstance(first, Words) else None
    return found.group(1) if found else ""


def _renumbered(sentence: Sentence, number: int) -> Sentence:
    first, *others = sentence.spans
    assert isinstance(first, Words)
    opening = replace(first, text=_STRAND.sub(f"{chinese_number(number)}是", first.text))
    return replace(sentence, spans=(opening, *others))
