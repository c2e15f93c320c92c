"""The changes of a membership as they are offered: in which words, what happens next, and what each asks for."""

from __future__ import annotations

from dataclasses import dataclass

from zhijia.members import rules

APPLY, MOVE = "apply", "move"


@dataclass(frozen=True, slots=True)
class Offer:
    """A change as it is offered: its button, what it is for, what happens next, and the fields that it asks for."""

    label: str
    help: str
    next: str
    fields: tuple[str, ...]
    danger: bool = False


OFFERS: dict[str, Offer] = {
    APPLY: Offer("登记入会申请", "收到纸质申请书", "接着由小组长签意见，再由委员会批准。", ("on", "reason")),
    "transfer_in": Offer(
        "调入（接转会籍）", "从别的工会转来", "从这一天起是我会会员；请收下会籍接转介绍信和登记表。",
        ("on", "other_union", "reason"),
    ),
    MOVE: Offer(
        "换小组、处室或职务", "以前的岗位留在记录里", "从这一天起按新的小组算；以前日子的名册不变。",
        ("on", "group", "department", "job", "reason"),
    ),
    "retain": Offer(
        "退休，保留会籍", "退休、提前退休", "从这一天起免交会费，没有选举权；福利按规定另行决定。", ("on", "reason")
    ),
    "resume": Offer("恢复会籍", "保留会籍的人重新工作", "从这一天起重新计入会员。", ("on", "reason")),
    "transfer_out": Offer(
        "调出（接转会籍）", "调到别的单位", "从这一天起不再是我会会员；接着打印会籍接转介绍信。",
        ("on", "other_union", "reason"),
    ),
    "withdraw": Offer("退会", "本人提出，委员会宣布", "请收回会员证。", ("on", "meeting", "reason")),
    "deem": Offer(
        "自动退会", f"{rules.DEEMED_AFTER}个月不交会费、不参加活动，教育不改：先谈话，再由委员会决定", "", (),
    ),
    "expel": Offer(
        "开除会籍", "严重犯罪并受刑事处分", "先小组讨论，再委员会决定，然后报上级备案。",
        ("discussed_on", "on", "meeting", "filed", "reason"), danger=True,
    ),
    "die": Offer("去世", "", "从名册移出；慰问事项在“关爱”里登记。", ("on",)),
}  # fmt: skip
SAID = {
    APPLY: "申请已登记，接着由小组长签意见。",
    "transfer_out": "已登记调出。接着打印会籍接转介绍信。",
    MOVE: "已登记，以前的岗位留在记录里。",
}


def offered(dates: rules.Dates) -> list[str]:
    """The changes that the standing allows, in their order."""
    state = dates.state
    found = [MOVE] if state in (rules.MEMBER, rules.RETAINED) else [APPLY]
    found += [move for move, rule in rules.MOVES.items() if state in rule.before and move != "admit"]
    return [kind for kind in OFFERS if kind in found]
