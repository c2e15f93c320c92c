"""Rules about activities, outings, prizes, honours and donations. Pure.

Sources: 基层工会经费收支管理办法（总工办发〔2017〕32号）, in force from 15 December 2017;
domain reference 3.1, 3.3, 13.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

FUNDS_RULE = "总工办发〔2017〕32号"
FUNDS_RULE_ON = date(2017, 12, 15)
PRIZES = (2, 3)  # winners are at most two thirds of those who took part

# Words in a title that tell the kind, the more telling first.
KIND_WORDS = (
    ("women_day", ("三八", "妇女节", "女职工")),
    ("gathering", ("团拜",)),
    ("tree_planting", ("植树",)),
    ("angling", ("垂钓", "钓鱼")),
    ("shooting", ("射击", "打靶")),
    ("sports_meet", ("运动会", "健步走", "健身走", "趣味运动")),
    ("hill_climbing", ("登山", "登高", "爬山")),
    ("study_visit", ("考察", "参观")),
    ("contest", ("比赛", "竞赛", "联赛", "友谊赛")),
    ("lecture", ("报告会", "报告团")),
    ("talk", ("座谈",)),
    ("charity", ("志愿", "义工", "公益")),
    ("slogan", ("倡议", "倡导")),
    ("education", ("教育",)),
    ("culture", ("文艺", "书画", "摄影", "演出", "联欢", "观影", "电影")),
    ("outing", ("春游", "秋游", "郊游", "踏青")),
)
EVENT_WORDS = (
    ("table_tennis", ("乒乓",)),
    ("fitness", ("体能",)),
    ("badminton", ("羽毛球",)),
    ("ball", ("篮球", "排球", "足球", "网球", "台球", "气排球")),
    ("athletics", ("田径", "健步", "长跑", "接力", "拔河")),
    ("chess", ("象棋", "围棋", "棋", "桥牌", "扑克")),
    ("culture", ("书画", "书法", "摄影", "合唱", "征文", "演讲", "文艺")),
    ("skill", ("技能", "知识竞赛", "业务")),
)


def kind_of(title: str, *, hobby: bool = False) -> str:
    """The kind that an activity's title tells; "hobby" for a hobby group's session, "other" when it tells nothing."""
    if hobby:
        return "hobby"
    return _first(title, KIND_WORDS)


def event_of(contest: str) -> str:
    """The discipline that a contest's name tells, "other" when it tells nothing."""
    return _first(contest, EVENT_WORDS)


def _first(text: str, words: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
    return next((code for code, marks in words if any(mark in text for mark in marks)), "other")


def too_many_winners(winners: int, took_part: int, share: Fraction = Fraction(*PRIZES)) -> bool:
    """True when more than `share` (two thirds) of those who took part got a prize (R-FUN-05)."""
    return winners > took_part * share


def days_out(on: date, last_on: date | None) -> int:
    """Calendar days of an activity, both ends counted."""
    return ((last_on or on) - on).days + 1


def funds_rule_applies(on: date) -> bool:
    """True from the day on which the national rule limits prizes and sends outings home the same day."""
    return on >= FUNDS_RULE_ON


def heads_problem(*, invited: int | None, attended: int | None, winners: int | None) -> tuple[str, str, bool] | None:
    """The first doubtful count of heads as (field, message, certain); `certain` False where it may still be true."""
    if winners is not None and attended is not None and winners > attended:
        return "winners", f"获奖{winners}人，多于实到{attended}人", True
    if invited is not None and attended is not None and attended > invited:
        return "attended", f"实到{attended}人，多于应到{invited}人", False
    return None


def measure_problems(kind: str, *, amount: int | None, goods: int | None, ml: int | None) -> list[tuple[str, str]]:
    """(field, message) for each quantity that does not belong to the sort of donation; nothing for an unknown sort."""
    own = {"cash": "amount_fen", "goods": "goods", "blood": "ml"}.get(kind)
    if own is None:
        return []
    given = {"amount_fen": amount, "goods": goods, "ml": ml}
    names = {"amount_fen": "捐款才填金额", "goods": "捐物才填件数", "ml": "献血才填献血量"}
    return [
        (field, f"{names[field]}，一次活动既捐款又捐物请分行填写")
        for field, value in given.items()
        if value and field != own
    ]
