"""How soon suggestions are answered and matters of rights settled: no law says it, the union does (年限和天数)."""

from __future__ import annotations

from zhijia.standards.numbers import DAYS, Number
from zhijia.voice import rules

ANSWER = Number(
    "voice.answer.days",
    "意见建议登记以后多少天内答复",
    rules.THREE_MONTHS,
    DAYS,
    "提案办理通常三个月内答复，没有法律规定，由工会定",
    most=366,
)
SETTLE = Number(
    "voice.settle.days",
    "权益事项登记以后多少天内办结",
    rules.THREE_MONTHS,
    DAYS,
    "通常三个月内办结，没有法律规定，由工会定",
    most=366,
)
NUMBERS = (ANSWER, SETTLE)
