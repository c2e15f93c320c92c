"""What a demo union of 260 members gets and spends in a year: the plan from which budgets and vouchers are made."""

from __future__ import annotations

from typing import NamedTuple


class Spending(NamedTuple):
    """An expense: month and day, account in the chart of 2021, what for, and yuan for 260 members."""

    month: int
    day: int
    detail: str
    memo: str
    yuan: int
    small: bool = True  # also in the small union


YEAR_OF_EXPENSES = (
    Spending(1, 18, "50105", "春节慰问品", 140_000),
    Spending(1, 22, "50405", "春节前送温暖走访慰问", 21_000),
    Spending(1, 26, "50404", "困难职工补助", 12_000),
    Spending(2, 24, "50103", "宣传栏制作", 6_200, False),
    Spending(3, 7, "50105", "三八节女职工活动", 13_000),
    Spending(3, 12, "50102", "植树活动用品", 3_800, False),
    Spending(3, 21, "50101", "读书活动图书", 26_000),
    Spending(3, 28, "50502", "工会委员会会议资料", 1_900),
    Spending(4, 4, "50105", "清明节慰问品", 48_000, False),
    Spending(4, 16, "50102", "健步走比赛", 17_500),
    Spending(4, 28, "50501", "工会干部培训", 13_200),
    Spending(5, 15, "50503", "文体小组活动经费补助", 19_600),
    Spending(5, 22, "50305", "职工互助保障费", 26_000),
    Spending(6, 8, "50105", "端午节慰问品", 72_000),
    Spending(6, 20, "50102", "乒乓球比赛", 18_900),
    Spending(6, 27, "50101", "政策理论学习班", 11_500, False),
    Spending(7, 10, "50304", "职工书屋图书添置", 16_800, False),
    Spending(7, 22, "50405", "高温慰问", 15_400),
    Spending(8, 12, "50503", "工会积极分子表彰", 7_800, False),
    Spending(8, 26, "50102", "游泳、羽毛球场地费", 22_400),
    Spending(9, 12, "50105", "中秋国庆慰问品", 110_000),
    Spending(9, 24, "50404", "困难职工补助", 14_000),
    Spending(10, 14, "50102", "职工运动会器材与服装", 41_000),
    Spending(10, 21, "50103", "职工摄影书画展", 9_600, False),
    Spending(10, 28, "50503", "文体小组活动经费补助", 18_200),
    Spending(11, 10, "50501", "工会小组长培训", 8_600, False),
    Spending(11, 18, "50102", "秋季登山活动", 12_600),
    Spending(12, 8, "50101", "职工技能讲座", 9_800, False),
    Spending(12, 16, "50502", "会员代表会议费用", 5_200),
    Spending(12, 24, "50102", "迎新年文艺演出", 23_500, False),
)
BIRTHDAY_YUAN = 6_200  # cakes each month
OFFICE_YUAN = 480  # each month, in cash
BANK_FEE_YUAN = 36
EQUIPMENT = (9, 4, "办公设备购置", 18_600)

# Accounts of 2021 as they were called and coded before 2022. 50105 was opened by the province below 501 (own detail).
BEFORE_2022 = {
    "50101": "50101",
    "50102": "50102",
    "50103": "50103",
    "50105": "50105",
    "50106": "50104",
    "50404": "50204",
    "50405": "50205",
    "50501": "50301",
    "50502": "50302",
    "50503": "50304",
    "50504": "50305",
    "50304": "50104",
    "50305": "50206",
    "50702": "50502",
    "510": "508",
    "332": "331",
    "301": "301",
}
BUDGET_NAMES = {
    "50101": "职工教育",
    "50102": "文体活动",
    "50103": "宣传活动",
    "50106": "其他活动",
    "50304": "职工书屋",
    "50305": "职工互助保障",
    "50404": "困难职工补助",
    "50405": "送温暖",
    "50406": "职工互助保障",
    "50501": "工会干部培训",
    "50502": "会议",
    "50503": "文体小组活动与表彰",
    "50504": "其他业务",
    "50702": "办公设备",
    "510": "其他支出",
}
