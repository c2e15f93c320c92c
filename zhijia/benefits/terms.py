"""How soon what somebody is entitled to is paid: no law says it, the union does (年限和天数)."""

from __future__ import annotations

from zhijia.standards.numbers import DAYS, Number

PAY = Number(
    "benefits.subsidy.days",
    "列入住房补贴名单以后多少天内发到手",
    183,
    DAYS,
    "没有法律规定，由工会定；没过这些天的不算没办",
    most=1000,
)
