"""How long staff usually wait for an answer, and what a low rating is. Pure.

Source: the common rule of 提案 work that an answer comes within three months [recall: unsure]; it only warns, and the
union settles the days itself (`terms`).
"""

from __future__ import annotations

THREE_MONTHS = 92  # days, whichever three months they are
ANSWER_RULE = "提案和意见建议办理惯例（三个月内答复）"
LOW_SCORE = 80  # of 100; also the share of the satisfied below which a rating is low
LOW_GRADES = frozenset(("pass", "fail"))
ANONYMOUS = frozenset(("匿名", "不具名", "不署名", "未署名", "无名", "无", "—", "-", "/"))


def author(text: str) -> str:
    """The name to keep of an author; empty where the paper says that nobody signed."""
    return "" if text.strip() in ANONYMOUS else text.strip()
