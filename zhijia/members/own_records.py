"""How definitions of own fields are recorded: what a definition must be, whether it is typed, changed or imported.

What values mean is not changed under them: with values on record neither the sort nor the secrecy changes, and an
answer that somebody has stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from zhijia.core.fields import plain
from zhijia.core.frame import Frame
from zhijia.core.lookup import Lookup
from zhijia.core.outcomes import Violation
from zhijia.core.record_types import Records
from zhijia.members import own_columns
from zhijia.members.models import OwnField, OwnValue, Post
from zhijia.members.sheets import PERSONS

MOST, ANSWERS, LONGEST_ANSWER = 30, 40, 30
NAME, HELP = 20, 100  # signs, as the table has room
Office = Post.Office
# Whoever may open the register at all, and whoever may open its forms (a test holds them against the grants).
SEERS = (
    Office.CHAIR, Office.VICE_CHAIR, Office.COMMITTEE, Office.GROUP_LEADER, Office.REVIEW_DIRECTOR, Office.REVIEWER,
    Office.OPERATOR,
)  # fmt: skip
KEEPERS = (Office.CHAIR, Office.VICE_CHAIR, Office.COMMITTEE, Office.OPERATOR)

_TAKEN = frozenset(column.header for column in PERSONS.columns)
_READ = ("name", "sort", "options", "help", "required", "sensitive", "kept_by", "by_self", "retired_on")
Row = dict[str, Any]
_NONE: Row = dict.fromkeys(_READ, "") | {"required": False, "sensitive": False, "by_self": False, "retired_on": None}


def _problems(frame: Frame, lookup: Lookup) -> Iterable[Violation]:
    """Every rule that a definition breaks; fields that a row does not give are those on record. Up to three queries."""
    known = list(OwnField.objects.filter(union=lookup.union, withdrawn_on=None).values("pk", "uid", *_READ))
    by_uid, by_name = {one["uid"]: one for one in known}, {one["name"]: one for one in known}
    given = [name for name in _READ if name in frame.columns]
    before = [by_uid.get(uid) or by_name.get(name) for uid, name in frame.zip("uid", "name")]
    rows = [
        _NONE | (old or {}) | dict(zip(given, cells, strict=True))
        for old, cells in zip(before, frame.zip(*given), strict=True)
    ]
    for index, row in enumerate(rows):
        for column, message, mend in wrong(row):
            yield Violation(column, message, place=frame.place(index, column), mend=mend)
    yield from _too_many(frame, rows, before, known)
    yield from _meaning(frame, rows, before)


def wrong(row: Row) -> Iterable[tuple[str, str, str]]:
    """What is wrong with a definition by itself: field, words, way out."""
    answers = OwnField(options=row["options"] or "").answers
    if not row["name"]:
        yield "name", "没有写字段名", "例如：鞋码"
    elif len(row["name"]) > NAME:
        yield "name", "字段名太长，最多20个字", "请缩短，细节写进填写说明"
    elif row["name"] in _TAKEN:
        yield "name", f"会员台账里已有“{row['name']}”", "换一个名字，或直接用原有的那一栏"
    if row["sort"] not in own_columns.KINDS:
        yield "sort", "没有选类型", "选一种"
    if len(row["help"]) > HELP:
        yield "help", "填写说明最多100个字", "请缩短"
    if not row["kept_by"] and not row["by_self"]:
        yield "kept_by", "没有人能填这一栏", "选一个职务，或让本人填"
    if row["sort"] == OwnField.Sort.CHOICE and len(answers) < 2:
        yield "options", "选项至少要有两个", "一行写一个"
    elif len(answers) > ANSWERS or any(len(answer) > LONGEST_ANSWER for answer in answers):
        yield "options", f"最多{ANSWERS}个选项，每个最多{LONGEST_ANSWER}个字", "请缩短，或改用“文字”"
    elif len(set(answers)) != len(answers):
        yield "options", "有两个选项是一样的", "请删去一个"
    if row["sensitive"] and row["sort"] == OwnField.Sort.FILE:
        yield "sensitive", "文件不能设为敏感", "把能看的职务限到最少"
    if row["required"] and row["sort"] == OwnField.Sort.FILE:
        yield "required", "文件不能设为必填：它不在表单里上传", "去掉“必填”"


def _too_many(
    frame: Frame, rows: Sequence[Row], before: Sequence[Row | None], known: Sequence[Row]
) -> Iterable[Violation]:
    told = {old["pk"] for old in before if old is not None}
    used = sum(one["retired_on"] is None for one in known if one["pk"] not in told)
    for index, row in enumerate(rows):
        used += row["retired_on"] is None
        if used > MOST and row["retired_on"] is None and before[index] is None:
            yield Violation("many", f"最多{MOST}个自定义字段", place=frame.place(index, "name"), mend="先停用不用的")


def _meaning(frame: Frame, rows: Sequence[Row], before: Sequence[Row | None]) -> Iterable[Violation]:
    """Changes by which values on record would mean something else."""
    stored = {old["pk"]: (index, old) for index, old in enumerate(before) if old is not None}
    asked = {
        key: (index, old)
        for key, (index, old) in stored.items()
        if any(rows[index][name] != old[name] for name in ("sort", "sensitive", "options"))
    }
    held = _held(asked)
    if not held:
        return
    lost = _lost({key: asked[key] for key in held}, rows)
    mend = "停用它，另加一个字段"
    for key in held:
        index, old = asked[key]
        if rows[index]["sort"] != old["sort"]:
            yield Violation("sort", "已经有人填了，类型不能改", place=frame.place(index, "sort"), mend=mend)
        if rows[index]["sensitive"] != old["sensitive"]:
            message = "已经有人填了，是否敏感不能改"
            yield Violation("sensitive", message, place=frame.place(index, "sensitive"), mend=mend)
        if key in lost:
            message = f"有人选了“{'、'.join(sorted(lost[key]))}”，这个选项不能去掉"
            again = "先在会员台账里把它们改成别的选项"
            yield Violation("options", message, place=frame.place(index, "options"), mend=again)


def _held(keys: Iterable[int]) -> list[int]:
    """Those definitions that somebody has a value of."""
    keys = list(keys)
    if not keys:
        return []
    values = OwnValue.objects.filter(field__in=keys).exclude(text="", secret__isnull=True)
    return list(values.order_by("field").values_list("field", flat=True).distinct())


def _lost(asked: dict[int, tuple[int, Row]], rows: Sequence[Row]) -> dict[int, set[str]]:
    """By definition, the answers that go although somebody has them."""
    choice = OwnField.Sort.CHOICE
    gone = {
        key: set(old["options"].splitlines()) - set(rows[index]["options"].splitlines())
        for key, (index, old) in asked.items()
        if old["sort"] == rows[index]["sort"] == choice
    }
    gone = {key: answers for key, answers in gone.items() if answers}
    if not gone:
        return {}
    found: dict[int, set[str]] = {}
    values = OwnValue.objects.filter(field__in=gone).exclude(text="", secret__isnull=True)
    for key, text, secret in values.values_list("field", "text", "secret").distinct():
        answer = plain(secret) if secret else text
        if answer in gone[key]:
            found.setdefault(key, set()).add(answer)
    return found


FIELDS = Records(OwnField, key=("name",), check=_problems)
