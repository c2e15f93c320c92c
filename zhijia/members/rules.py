"""Rules about membership and posts. Pure. Sources: 中国工会章程 ch. 1; 工会会员会籍管理办法 (2016); 会计法."""

from __future__ import annotations

from datetime import date, timedelta

ADMIT_WITHIN = timedelta(days=90)  # what this house counts as 及时; the law names no number of days
VACANCY = timedelta(days=183)  # 机关工会工作暂行条例: a vacant chair is filled within half a year
WOMEN_COMMITTEE_FROM = 10  # 中国工会章程 (2023) ch. 5


def standing_problem(
    *, hired_on: date | None, admitted_on: date | None, retained_on: date | None, left_on: date | None
) -> tuple[str, str] | None:
    """The first impossible order of a person's dates as (field, message), or None."""
    if admitted_on and left_on and left_on <= admitted_on:
        return "left_on", "离会日期早于入会日期"
    if admitted_on and retained_on and retained_on < admitted_on:
        return "retained_on", "保留会籍日期早于入会日期"
    if left_on and not admitted_on:
        return "left_on", "有离会日期却没有入会日期"
    if retained_on and not admitted_on:
        return "retained_on", "有保留会籍日期却没有入会日期"
    return None
