"""Rules about learning: kinds told by titles, what a notice must name. Pure."""

from __future__ import annotations

NOTICE_PARTS = ("时间", "内容", "形式", "交流")  # what a reading campaign's notice asks for

KIND_WORDS = (
    ("reading", ("读书活动", "读好书", "阅读")),
    ("theory_class", ("读书班", "理论班")),
    ("continuing_education", ("继续教育",)),
    ("cadre_training", ("工会干部", "小组长", "工会业务")),
    ("role_model_study", ("先进事迹", "学习先进")),
    ("exchange", ("交流", "心得")),
    ("policy_study", ("精神", "文件", "条例", "章程", "政策")),
    ("lecture", ("讲座", "辅导")),
)


def kind_of(title: str) -> str:
    """The kind that a session's title tells; a lecture when it tells nothing."""
    return next((code for code, words in KIND_WORDS if any(word in title for word in words)), "lecture")


def audience_of(kind: str) -> str:
    """For whom a session of the kind is, where that is not written."""
    return {"cadre_training": "leaders", "continuing_education": "finance"}.get(kind, "members")


def missing_parts(notice: str) -> tuple[str, ...]:
    """The required parts of a reading campaign's notice that its text does not name; none for an empty text."""
    return tuple(part for part in NOTICE_PARTS if part not in notice) if notice else ()
