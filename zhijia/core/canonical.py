"""The form in which names in cells are compared. Pure."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from zhijia.core.dates import chinese_number

ORDINAL = re.compile(r"^第?([零〇一二三四五六七八九十百\d]+)\D$")
SEPARATORS = re.compile(r"[\s()（）\[\]【】,，/、|—–\-·.．:：]+")
NUMERALS = {chinese_number(number): number for number in range(1, 100)}


def canonical(text: Any) -> str:
    """The form in which names are compared: no spaces or brackets, parts joined by `|`, 第五届 as 5.

    >>> canonical("张伟（办公室）")
    '张伟|办公室'
    """
    if isinstance(text, date):
        return text.strftime("%Y|%m|%d")
    word = str(text).strip()
    ordinal = ORDINAL.match(word)
    if ordinal:
        return str(NUMERALS.get(ordinal.group(1), ordinal.group(1)))
    return SEPARATORS.sub("|", word).strip("|").lower()
