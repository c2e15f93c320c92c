"""How a long title breaks over lines: balanced, by sense, in a 梯形 or 菱形, never with a lone character.

GB/T 9704-2012, 7.3.1: 回行时要做到词意完整，排列对称，长短适宜，间距恰当，标题排列应当使用梯形或菱形.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import combinations, pairwise
from math import ceil

from zhijia.documents.docx.page import LINE, Layout
from zhijia.documents.docx.text import width_of

_NEVER_FIRST = set("，。、；：！？）》〉】〕”’…—·%的了和及与或暨")
_NEVER_LAST = set("（《〈【〔“‘第")
# A line may well end after these: the parts that titles of unions are made of.
_GOOD_ENDS = re.compile(
    r"(关于|委员会|工会|大会|代表大会|机关|换届选举|有限公司|集团|单位|全体会议|中心|"
    r"》|）|”|届|次|的|年度|和|及|与|、|，|：|　)$"
)
_GLUED = re.compile(
    r"[0-9０-９]+[年月日届次期号]?|第[一二三四五六七八九十百〇0-9]+[届次期号]?|[A-Za-z]+|代表大会|全体会议|委员会|工作报告|"
    r"会员|大会|选举|工会|审查|经费|决议|情况|报告|请示|通知|批复|办法|方案|机关|名单|总结|计划|候选人|委员|主席|代表|资格|"
    r"换届|收支|年度|关于|召开|建设|住房|城乡|干部|职工|省|……|——"
)
_HALF_WAY = re.compile(r"[\s　]*\n[\s　]*")


@cache
def balanced(text: str, limit: int) -> tuple[str, ...]:
    """The lines of a title when a line holds `limit` Chinese characters; line ends in the text are kept as given."""
    if "\n" in text:
        return tuple(line for line in _HALF_WAY.split(text.strip()) if line)
    total = width_of(text)
    if total <= limit:
        return (text,)
    inside = {place for glued in _GLUED.finditer(text) for place in range(glued.start() + 1, glued.end())}
    allowed = [
        place
        for place in range(2, len(text) - 1)
        if text[place] not in _NEVER_FIRST and text[place - 1] not in _NEVER_LAST and place not in inside
    ]
    fewest = ceil(total / limit)
    for count in range(fewest, fewest + 2):
        best = min(_splits(text, allowed, count, limit), key=_badness, default=None)
        if best:
            return best
    return _even(text, fewest)


def title_spacing(count: int, layout: Layout) -> str:
    """Spacing for a title of `count` lines: lines half as high again as the type, filling whole lines of the page."""
    line = round(layout.title * 31)
    space = -(count * line) % LINE // 2 if layout.official_grid else line // 3
    return f'<w:spacing w:before="{space}" w:after="{space}" w:line="{line}" w:lineRule="exact"/>'


def _splits(text: str, allowed: list[int], count: int, limit: int) -> list[tuple[str, ...]]:
    aim = len(text) / count
    near = [p for p in allowed if any(abs(p - aim * step) <= limit / 3 for step in range(1, count))]
    found = []
    for places in combinations(near, count - 1):
        edges = (0, *places, len(text))
        lines = tuple(text[first:end].strip() for first, end in pairwise(edges))
        if all(3 <= width_of(line) <= limit for line in lines):
            found.append(lines)
    return found


def _badness(lines: tuple[str, ...]) -> float:
    widths = [width_of(line) for line in lines]
    mean = sum(widths) / len(widths)
    ragged = sum((width - mean) ** 2 for width in widths)
    hourglass = sum(
        20
        for before, here, after in zip(widths, widths[1:], widths[2:], strict=False)
        if here < before and here < after
    )
    twins = sum(2 for one, other in pairwise(widths) if one == other)
    unsensed = sum(25 for line in lines[:-1] if not _GOOD_ENDS.search(line))
    return ragged + hourglass + twins + unsensed


def _even(text: str, count: int) -> tuple[str, ...]:
    step = ceil(len(text) / count)
    return tuple(text[start : start + step] for start in range(0, len(text), step))
