"""One invented union's five years, told once; `styles` writes it down the way three different unions would."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

UNION = {"工会名称": "青原市水务局机关工会", "工会代码": "QYSW", "单位名称": "青原市水务局", "单位简称": "局"}
TERM_FIRST, TERM_LAST = date(2021, 12, 10), date(2026, 12, 9)
GROUPS = (("机关一组", "办公室"), ("机关二组", "工程科"), ("基层组", "水库管理所"))


class Member(NamedTuple):
    """A member; `name` alone does not tell the two 王建军 apart, the department does."""

    name: str
    sex: str
    department: str
    group: str
    admitted: date
    retained: date | None = None
    left: date | None = None
    leaving: str = ""


OFFICE, WORKS, RESERVOIR = (group[1] for group in GROUPS)
ONE, TWO, BASE = (group[0] for group in GROUPS)
MEMBERS = (
    Member("陈国栋", "男", OFFICE, ONE, date(2008, 5, 1)),
    Member("刘雅琴", "女", OFFICE, ONE, date(2010, 7, 1)),
    Member("孙志远", "男", OFFICE, ONE, date(2012, 9, 1)),
    Member("何晓梅", "女", OFFICE, ONE, date(2022, 8, 15)),
    Member("王建军", "男", WORKS, TWO, date(2009, 3, 1)),
    Member("赵丽娟", "女", WORKS, TWO, date(2011, 6, 1)),
    Member("王建军", "男", RESERVOIR, BASE, date(2013, 4, 1)),
    Member("周明亮", "男", WORKS, TWO, date(2023, 7, 20)),
    Member("吴桂英", "女", RESERVOIR, BASE, date(2005, 1, 10), retained=date(2024, 6, 1)),
    Member("郑海涛", "男", RESERVOIR, BASE, date(2015, 11, 1), left=date(2023, 2, 1), leaving="调出"),
    Member("冯秋霞", "女", RESERVOIR, BASE, date(2016, 5, 5)),
    Member("马骏", "男", RESERVOIR, BASE, date(2024, 9, 2)),
)
WANG_WORKS, WANG_RESERVOIR = f"王建军（{WORKS}）", f"王建军（{RESERVOIR}）"

# person, office, group
POSTS = (
    ("刘雅琴", "主席", ""),
    ("孙志远", "委员", ""),
    ("冯秋霞", "女职工委员会主任", ""),
    ("陈国栋", "小组长", ONE),
    ("赵丽娟", "小组长", TWO),
    (WANG_RESERVOIR, "小组长", BASE),
)
# person, relation, kind, day
EVENTS = (
    ("孙志远", "本人", "生病住院", date(2022, 3, 5)),
    ("赵丽娟", "父母", "家属去世", date(2023, 5, 10)),
    ("何晓梅", "本人", "生育", date(2024, 11, 2)),
    (WANG_RESERVOIR, "本人", "生病住院", date(2025, 4, 20)),  # nobody went
)
# person, category, day, yuan
VISITS = (
    ("吴桂英", "困难职工", date(2022, 1, 20), 1000),
    ("孙志远", "生病住院", date(2022, 3, 8), 500),
    ("冯秋霞", "困难职工", date(2023, 1, 13), 1200),
    ("赵丽娟", "家属去世", date(2023, 5, 12), 800),
    ("何晓梅", "生育", date(2024, 11, 9), 500),
    (WANG_WORKS, "患病职工", date(2025, 1, 22), 1000),
)
# person, applied, cause, paid, yuan
AID = (
    ("吴桂英", date(2022, 1, 10), "本人患病", date(2022, 1, 25), 3000),
    ("冯秋霞", date(2023, 1, 5), "家属失业或收入低", date(2023, 1, 18), 5000),
)
# title, kind, day, invited, attended, yuan
ACTIVITIES = (
    ("云台山登山", "登山", date(2022, 4, 16), 10, 9, 1200.00),
    ("女职工参观花博园", "三八节活动", date(2023, 3, 8), 5, 5, 800.00),
    ("环湖健步走", "运动会、健步走", date(2024, 5, 18), 10, 8, 1500.50),
)
# kind, day, topic, present
MEETINGS = (
    ("计划会", date(2022, 1, 10), "2022年工作计划", 7),
    ("计划会", date(2023, 1, 12), "2023年工作计划", 7),
    ("委员会会议", date(2024, 6, 3), "发展新会员", 6),
)
# voucher, day, memo, account, debit, credit
ENTRIES = (
    ("记-1", date(2024, 1, 15), "收到拨缴经费", "银行存款", 20000.00, None),
    ("记-1", date(2024, 1, 15), "收到拨缴经费", "拨缴经费收入", None, 20000.00),
    ("记-2", date(2024, 5, 20), "环湖健步走", "职工活动支出", 1500.50, None),
    ("记-2", date(2024, 5, 20), "环湖健步走", "银行存款", None, 1500.50),
)

TODAY = date(2026, 11, 20)
# Counted by hand from the tables above, for the fifth year of the term.
FACTS: dict[str, object] = {
    "terms.number": 3,
    "terms.years": 5,
    "groups.count": 3,
    "groups.with_leader": (3, 3),
    "members.active": 10,  # twelve without 吴桂英 (retained) and 郑海涛 (left)
    "members.women": 4,  # 刘雅琴 何晓梅 赵丽娟 冯秋霞
    "members.admitted": 3,  # 何晓梅 周明亮 马骏
    "members.retained": 1,
    "posts.leaders": 3,
    "care.must_visit_events": 4,
    "care.must_visits": 3,
    "care.visit_rate": (3, 4),
    "care.visits": 6,
    "care.visit_amount": 500_000,
    "care.warmth_visits": 3,
    "care.aid_people": 2,
    "care.aid_amount": 800_000,
    "activities.count": 3,
    "activities.people_times": 22,
    "activities.cost": 350_050,
    "plans.meetings": 3,
    "funds.income": 2_000_000,
    "funds.expense": 150_050,
    "funds.balance": 1_849_950,
}
BY_YEAR: dict[str, dict[str, int]] = {
    "care.visits": {"2022": 2, "2023": 2, "2024": 1, "2025": 1},
    "care.aid_amount": {"2022": 300_000, "2023": 500_000},
    "activities.people_times": {"2022": 9, "2023": 5, "2024": 8},
}
