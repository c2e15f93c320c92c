"""Collection forms: who is asked, which moves a form may make, and what a valid answer is. Pure.

A form runs from `first` up to, not including, `end`. Options of a question and several chosen answers are kept as one
text, parted by `；`. Personal answers (bank card, phone, ID number, or what the asker marks so) are sealed by the rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from zhijia.core.dates import DateError, parse_date
from zhijia.core.identity import mobile_problem, normalise_id, normalise_mobile, resident_id_problems
from zhijia.core.outcomes import Place, Violation

TEXT, NUMBER, CHOICE, SEVERAL, DATE, YESNO = "text", "number", "choice", "several", "date", "yesno"
SIZE, ACCOUNT, PHONE, ID = "size", "account", "phone", "resident_id"
SECRET_KINDS = frozenset((ACCOUNT, PHONE, ID))
CHOOSING = frozenset((CHOICE, SEVERAL, SIZE, YESNO))
SIZES = ("XS", "S", "M", "L", "XL", "XXL", "XXXL")
YES, NO = "是", "否"
SEPARATOR = "；"

MEMBERS, GROUPS, LEADERS = "members", "groups", "leaders"
DRAFT, OPEN, CLOSED = "draft", "open", "closed"
WAITING, OVER = "waiting", "over"  # not stored: an open form before its first and after its last day

# move -> (from which states, to which state)
TRANSITIONS: Mapping[str, tuple[frozenset[str], str]] = {
    "open": (frozenset((DRAFT,)), OPEN),
    "redraft": (frozenset((OPEN,)), DRAFT),
    "close": (frozenset((OPEN,)), CLOSED),
    "reopen": (frozenset((CLOSED,)), OPEN),
    "discard": (frozenset((DRAFT,)), DRAFT),
}

QUESTIONS_MOST = 20  # a form of two minutes has three; more than twenty nobody fills in on a phone
OPTIONS_MOST = 40
ANSWER_LONGEST = 300
_LINES = re.compile(r"[；;\r\n]+")
_WORDS = re.compile(r"[、,，|]+")
_ACCOUNT = re.compile(r"\d{12,22}", re.ASCII)


def options_of(text: str) -> tuple[str, ...]:
    """The options that were written, without repeats: one a line (or parted by ；), or else parted by commas.

    >>> options_of("A套（米、油）；B套（果品）")
    ('A套（米、油）', 'B套（果品）')
    """
    parts = _LINES.split(text) if _LINES.search(text.strip()) else _WORDS.split(text)
    return tuple(dict.fromkeys(" ".join(part.split()) for part in parts if part.strip()))


def options_kept(text: str) -> str:
    """The options as they are kept: parted by `；`; keeping twice changes nothing."""
    return SEPARATOR.join(options_of(text))


def is_personal(kind: str, marked: bool) -> bool:
    """Whether the answers are sealed: bank cards, phones and ID numbers always are."""
    return marked or kind in SECRET_KINDS


@dataclass(frozen=True, slots=True)
class QuestionDraft:
    """One question as it is being written; `uid` is that of a stored one."""

    text: str = ""
    kind: str = TEXT
    required: bool = True
    options: str = ""
    personal: bool = False
    uid: str = ""

    @property
    def blank(self) -> bool:
        """Nothing was written: the row is passed over."""
        return not self.text.strip() and not self.options.strip()


@dataclass(frozen=True, slots=True)
class Draft:
    """A form as it is being written; `last` is its last day."""

    title: str = ""
    purpose: str = ""
    audience: str = MEMBERS
    groups: tuple[int, ...] = ()
    first: date | None = None
    last: date | None = None
    questions: tuple[QuestionDraft, ...] = field(default=())

    def added(self) -> Draft:
        """With one more empty question at the end."""
        return replace(self, questions=(*self.questions, QuestionDraft()))

    def removed(self, index: int) -> Draft:
        """Without question `index`; where there is none, as it was."""
        return replace(self, questions=(*self.questions[:index], *self.questions[index + 1 :]))

    def moved(self, index: int, by: int) -> Draft:
        """With question `index` moved up (`by` -1) or down (1); at the edge it stays."""
        other = index + by
        if not (0 <= index < len(self.questions) and 0 <= other < len(self.questions)):
            return self
        order = list(self.questions)
        order[index], order[other] = order[other], order[index]
        return replace(self, questions=tuple(order))


TEMPLATES: Mapping[str, tuple[str, Draft]] = {
    "size": (
        "尺码",
        Draft(
            "工会服尺码登记",
            "统一订制工会活动服，按登记的尺码领取。",
            questions=(
                QuestionDraft("上衣尺码", SIZE),
                QuestionDraft("身高（厘米）", NUMBER, required=False),
            ),
        ),
    ),
    "attendance": (
        "出席",
        Draft(
            "活动报名",
            "统计参加人数，安排车辆和用餐。",
            questions=(
                QuestionDraft("是否参加", YESNO),
                QuestionDraft("有什么要照顾的（饮食、座位等）", TEXT, required=False),
            ),
        ),
    ),
    "set": (
        "选择套餐",
        Draft(
            "节日慰问品选择",
            "每人选一套，按选择的套餐发放。",
            questions=(QuestionDraft("选哪一套", CHOICE, options="A套（米面油）；B套（干果）；C套（水果）"),),
        ),
    ),
    "account": (
        "银行卡号",
        Draft(
            "慰问金银行卡号登记",
            "会计按登记的卡号发放，只用于这一次。",
            questions=(
                QuestionDraft("开户银行", TEXT),
                QuestionDraft("银行卡号", ACCOUNT, personal=True),
            ),
        ),
    ),
}


def standing(state: str, first: date, end: date | None, today: date) -> str:
    """How a form stands on the day: draft, waiting (to begin), open, over (its last day has passed) or closed."""
    if state != OPEN:
        return state
    if today < first:
        return WAITING
    return OVER if end is not None and end <= today else OPEN


def is_asked(audience: str, *, member: bool, group: int | None, leads: bool, groups: Iterable[int]) -> bool:
    """Whether somebody is asked: every member, the members of the groups chosen, or those who lead a group."""
    if audience == LEADERS:
        return leads
    return member and (audience == MEMBERS or (group is not None and group in set(groups)))


def move_problems(
    verb: str, state: str, *, questions: int, asked: int, answered: int, end: date | None, today: date
) -> list[Violation]:
    """Every reason why a form may not make the move; an empty list lets it."""
    sources, _target = TRANSITIONS[verb]
    if state not in sources:
        return [Violation("state", "这张表的状态已经变了", mend="请刷新后再看")]
    found = []
    if verb in ("open", "reopen") and end is not None and end <= today:
        found.append(Violation("end", "截止日期已经过了", mend="先把截止日期改到今天或以后"))
    if verb == "open" and not questions:
        found.append(Violation("questions", "还没有题目", mend="至少写一道题"))
    if verb == "open" and not asked:
        found.append(Violation("asked", "按这个范围没有人要填", mend="请核对填写范围"))
    if verb == "redraft" and answered:
        message = f"已有{answered}人填写，题目不能再改"
        found.append(Violation("answered", message, mend="可以结束收集，另做一张表"))
    return found


def draft_problems(draft: Draft, *, today: date) -> list[Violation]:
    """Everything that keeps a form from being saved; places name the boxes of the page."""
    found = []
    if not draft.title.strip():
        found.append(_wrong("title", "没有写表名", "例如：工会服尺码登记"))
    if draft.last is None:
        found.append(_wrong("last", "没有写截止日期", "填最后一天"))
    elif draft.first and draft.last < draft.first:
        found.append(_wrong("last", "截止日期早于开始日期", "请改正日期"))
    if draft.audience == GROUPS and not draft.groups:
        found.append(_wrong("groups", "没有选小组", "选至少一个小组，或改为全体会员"))
    written = [(index, one) for index, one in enumerate(draft.questions) if not one.blank]
    if len(written) > QUESTIONS_MOST:
        found.append(_wrong("questions", f"最多{QUESTIONS_MOST}道题", "两分钟填得完的表，大家才愿意填"))
    known: set[str] = set()
    for index, one in written:
        name = " ".join(one.text.split())
        if not name:
            found.append(_wrong(f"q-{index}-text", "没有写题目", "写出要问什么，或删去这道题"))
        elif name in known:
            found.append(_wrong(f"q-{index}-text", "和前面的题目相同", "请改写或删去"))
        known.add(name)
        options = options_of(one.options)
        if one.kind in (CHOICE, SEVERAL) and len(options) < 2:
            found.append(_wrong(f"q-{index}-options", "至少要有两个选项", "一行写一个"))
        if len(options) > OPTIONS_MOST or len(options_kept(one.options)) > 500:
            found.append(_wrong(f"q-{index}-options", f"选项太多或太长（最多{OPTIONS_MOST}个）", "请缩短"))
    return found


def _wrong(place: str, message: str, mend: str) -> Violation:
    return Violation(place.rpartition("-")[2], message, place=Place(column=place), mend=mend)


def choices(kind: str, options: str) -> tuple[str, ...]:
    """What a question offers to choose from; nothing where one writes freely."""
    if kind == YESNO:
        return (YES, NO)
    if kind == SIZE:
        return options_of(options) or SIZES
    return options_of(options) if kind in (CHOICE, SEVERAL) else ()


def clean(kind: str, raw: str, options: str = "", *, today: date) -> tuple[str, str]:
    """The answer as it is kept, and what is wrong with it (then nothing is kept). A blank answer is no problem here.

    The message never holds what was typed. Cleaning a kept answer again changes nothing.
    """
    text = " ".join(str(raw).split())
    if not text:
        return "", ""
    if len(text) > ANSWER_LONGEST:
        return "", f"写得太长：最多{ANSWER_LONGEST}个字"
    if kind == SEVERAL:
        return _several(text, choices(kind, options))
    if kind in CHOOSING:
        offered = {option.casefold(): option for option in choices(kind, options)}
        return (offered[text.casefold()], "") if text.casefold() in offered else ("", "请从列出的选项里选")
    return (
        {NUMBER: _number, DATE: _date, ACCOUNT: _account, PHONE: _phone}.get(kind, _plain)(text)
        if kind != ID
        else (_resident_id(text, today))
    )


def _plain(text: str) -> tuple[str, str]:
    return text, ""


def _several(text: str, offered: Sequence[str]) -> tuple[str, str]:
    picked = {part.strip() for part in text.split(SEPARATOR) if part.strip()}
    if not picked <= set(offered):
        return "", "请从列出的选项里选"
    return SEPARATOR.join(option for option in offered if option in picked), ""


def _number(text: str) -> tuple[str, str]:
    try:
        value = Decimal(text.replace(",", "").replace("，", ""))
    except InvalidOperation:
        return "", "这里只填数字，例如 172 或 36.5"
    if not value.is_finite() or abs(value) >= 10**12:
        return "", "数字太大，请核对"
    return format(value.normalize(), "f"), ""


def _date(text: str) -> tuple[str, str]:
    try:
        return parse_date(text).isoformat(), ""
    except DateError:
        return "", "日期看不懂：请写成 2026-12-05 或 2026年12月5日"


def _account(text: str) -> tuple[str, str]:
    number = normalise_id(text)
    if not _ACCOUNT.fullmatch(number):
        return "", "卡号只能是12至22位数字（一般16或19位），请对照卡面核对"
    if number.startswith("62") and 16 <= len(number) <= 19 and not luhn(number):
        return "", "卡号的校验位不对，多半有一位抄错了，请对照卡面核对"
    return number, ""


def luhn(digits: str) -> bool:
    """Whether the last digit checks the others (ISO/IEC 7812-1, Annex B), as on every UnionPay card."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _phone(text: str) -> tuple[str, str]:
    number = normalise_mobile(text)
    problem = mobile_problem(number)
    return ("", problem) if problem else (number, "")


def _resident_id(text: str, today: date) -> tuple[str, str]:
    problem = resident_id_problems(text, today=today)
    return ("", problem) if problem else (normalise_id(text), "")


def tail(secret: str) -> str:
    """The last four signs of a sealed answer, by which its owner knows it; empty where they would give it away."""
    return secret[-4:] if len(secret) >= 8 else ""


def masked(tail_: str) -> str:
    """A sealed answer as pages show it."""
    return f"****{tail_}" if tail_ else "已填（不显示）"


def missing_text(title: str, names: Sequence[str], last: date | None) -> str:
    """A ready text for the leader to copy into the group chat: who has not answered, and until when."""
    if not names:
        return f"“{title}”本组都填好了，谢谢大家。"
    until = f"，{last.month}月{last.day}日截止" if last else ""
    return f"请还没填“{title}”的同事抽两分钟填一下{until}：{'、'.join(names)}。在“网上职工之家”首页点开就能填，谢谢！"
