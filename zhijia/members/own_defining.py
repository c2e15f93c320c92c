"""Defining the fields that a union adds to its register of members: make, change, put in order, retire, take back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Count

from zhijia.core import records
from zhijia.core.access import Access
from zhijia.core.fields import plain
from zhijia.core.frame import Frame
from zhijia.core.lookup import Lookup
from zhijia.core.outcomes import Place, Refused, Violation
from zhijia.core.records import Records
from zhijia.members import own_columns
from zhijia.members.models import OwnField, OwnValue, Post

MOST, ANSWERS, LONGEST_ANSWER = 30, 40, 30
NAME, HELP = 20, 100  # signs, as the table has room
Office = Post.Office
# Whoever may open the register at all, and whoever may open its forms (a test holds them against the grants).
SEERS = (Office.CHAIR, Office.VICE_CHAIR, Office.COMMITTEE, Office.GROUP_LEADER, Office.REVIEWER, Office.OPERATOR)
KEEPERS = (Office.CHAIR, Office.VICE_CHAIR, Office.COMMITTEE, Office.OPERATOR)


def _problems(frame: Frame, _lookup: Lookup) -> Iterable[Violation]:
    for index, (sort, options, sensitive, required) in enumerate(frame.zip("sort", "options", "sensitive", "required")):
        answers = [line for line in (options or "").splitlines() if line]
        place = frame.place(index, "options")
        if sort == OwnField.Sort.CHOICE and len(answers) < 2:
            yield Violation("options", "选项至少要有两个", place=place, mend="一行写一个")
        elif len(answers) > ANSWERS or any(len(answer) > LONGEST_ANSWER for answer in answers):
            message = f"最多{ANSWERS}个选项，每个最多{LONGEST_ANSWER}个字"
            yield Violation("options", message, place=place, mend="请缩短，或改用“文字”")
        elif len(set(answers)) != len(answers):
            yield Violation("options", "有两个选项是一样的", place=place, mend="请删去一个")
        if sensitive and sort == OwnField.Sort.FILE:
            place = frame.place(index, "sensitive")
            yield Violation("sensitive", "文件不能设为敏感", place=place, mend="把能看的职务限到最少")
        if required and sort == OwnField.Sort.FILE:
            place = frame.place(index, "required")
            yield Violation("required", "文件不能设为必填：它不在表单里上传", place=place, mend="去掉“必填”")


FIELDS = Records(OwnField, key=("name",), check=_problems)
save_fields = partial(records.save, FIELDS)


@dataclass(frozen=True, slots=True)
class Wish:
    """A definition as it was typed."""

    name: str
    sort: str
    options: str = ""
    help: str = ""
    required: bool = False
    sensitive: bool = False
    seen_by: Sequence[str] = ()
    kept_by: Sequence[str] = ()
    by_self: bool = False

    def row(self) -> dict[str, Any]:
        """The row that `save_fields` takes."""
        answers = [" ".join(line.split()) for line in self.options.splitlines()] if self.sort == "choice" else []
        return {
            "name": " ".join(self.name.split()),
            "sort": self.sort,
            "options": "\n".join(answer for answer in answers if answer),
            "help": " ".join(self.help.split()),
            "required": self.required,
            "sensitive": self.sensitive,
            "seen_by": ",".join(str(post) for post in SEERS if post in set(self.seen_by)),
            "kept_by": ",".join(str(post) for post in KEEPERS if post in set(self.kept_by)),
            "by_self": self.by_self,
        }

    def unsaved(self, union: int) -> OwnField:
        """The definition as a preview asks it."""
        return OwnField(union_id=union, **self.row())


def listed(union: int) -> list[OwnField]:
    """All definitions in order, those in use first."""
    rows = OwnField.objects.in_union(union).order_by("rank", "pk")
    return sorted(rows, key=lambda one: one.retired_on is not None)


def counts(union: int) -> dict[int, int]:
    """How many persons have a value, by definition."""
    rows = OwnValue.objects.in_union(union).exclude(text="", secret__isnull=True)
    return dict(rows.order_by().values_list("field").annotate(n=Count("pk")))


def define(
    wish: Wish, *, taken: Iterable[str], by: Access, today: date, stored: OwnField | None = None, version: int = 0
) -> int:
    """Make a field, or change `stored`; refused with everything that is wrong. `taken` are the register's own headers.

    What values mean is not changed under them: with values on record neither the sort nor the secrecy changes, and an
    answer that somebody has stays.
    """
    row = wish.row()
    broken = [*_wrong(row, set(taken)), *_in_the_way(row, stored, by.union)]
    if broken:
        raise Refused(broken)
    if stored is not None:
        row |= {"uid": stored.uid, "version": version, "rank": stored.rank, "retired_on": stored.retired_on}
    else:
        last = OwnField.objects.in_union(by.union).order_by("-rank").values_list("rank", flat=True).first()
        row |= {"rank": (last or 0) + 10, "retired_on": None}
    return save_fields([row], union=by.union, by=by, today=today)[0]


def _wrong(row: dict[str, Any], taken: set[str]) -> Iterable[Violation]:
    def at(name: str, message: str, mend: str) -> Violation:
        return Violation(name, message, place=Place(column=name), mend=mend)

    if not row["name"]:
        yield at("name", "没有写字段名", "例如：鞋码")
    elif len(row["name"]) > NAME:
        yield at("name", "字段名太长，最多20个字", "请缩短，细节写进填写说明")
    elif row["name"] in taken:
        yield at("name", f"会员台账里已有“{row['name']}”", "换一个名字，或直接用原有的那一栏")
    if row["sort"] not in own_columns.KINDS:
        yield at("sort", "没有选类型", "选一种")
    if len(row["help"]) > HELP:
        yield at("help", "填写说明最多100个字", "请缩短")
    if not row["kept_by"] and not row["by_self"]:
        yield at("kept_by", "没有人能填这一栏", "选一个职务，或让本人填")


def _in_the_way(row: dict[str, Any], stored: OwnField | None, union: int) -> Iterable[Violation]:
    others = OwnField.objects.in_union(union).filter(retired_on=None)
    if stored is not None:
        others = others.exclude(pk=stored.pk)
    if others.filter(name=row["name"]).exists():
        mend = "改那一个，或换一个名字"
        yield Violation("name", f"已经有“{row['name']}”", place=Place(column="name"), mend=mend)
    if stored is None:
        if others.count() >= MOST:
            yield Violation("many", f"最多{MOST}个自定义字段", mend="先停用不用的")
        return
    held = OwnValue.objects.filter(union_id=union, field=stored).exclude(text="", secret__isnull=True)
    if not held.exists():
        return
    mend = "停用它，另加一个字段"
    if row["sort"] != stored.sort:
        yield Violation("sort", "已经有人填了，类型不能改", place=Place(column="sort"), mend=mend)
    if row["sensitive"] != stored.sensitive:
        place = Place(column="sensitive")
        yield Violation("sensitive", "已经有人填了，是否敏感不能改", place=place, mend=mend)
    gone = set(stored.answers) - set(row["options"].splitlines())
    if row["sort"] == stored.sort == OwnField.Sort.CHOICE and gone:
        answers = [plain(one) for one in held.values_list("secret", flat=True)] if stored.sensitive else []
        lost = gone & set(answers or held.filter(text__in=gone).values_list("text", flat=True))
        if lost:
            message = f"有人选了“{'、'.join(sorted(lost))}”，这个选项不能去掉"
            mend = "先在会员台账里把它们改成别的选项"
            yield Violation("options", message, place=Place(column="options"), mend=mend)


def shift(one: OwnField, *, up: bool, by: Access, today: date) -> None:
    """Let a field change places with the one before (or behind) it."""
    rows = list(OwnField.objects.in_union(by.union).filter(retired_on=None).order_by("rank", "pk"))
    place = next((place for place, row in enumerate(rows) if row.pk == one.pk), -1)
    other = place - 1 if up else place + 1
    if place < 0 or not 0 <= other < len(rows):
        return
    rows[place], rows[other] = rows[other], rows[place]
    changed = [{"uid": row.uid, "rank": rank * 10} for rank, row in enumerate(rows, 1) if row.rank != rank * 10]
    _save(changed, by, today)


def retire(one: OwnField, *, by: Access, today: date) -> None:
    """Ask and show a field no more; what was filled in stays and comes back with it."""
    if one.retired_on is None:
        _save([{"uid": one.uid, "retired_on": today}], by, today)


def revive(one: OwnField, *, by: Access, today: date) -> None:
    """Use a retired field again; refused where another of its name is in use."""
    if OwnField.objects.in_union(by.union).filter(name=one.name, retired_on=None).exclude(pk=one.pk).exists():
        raise Refused([Violation("name", f"已经有“{one.name}”", mend="先停用或改名那一个")])
    _save([{"uid": one.uid, "retired_on": None}], by, today)


def _save(rows: list[dict[str, Any]], by: Access, today: date) -> None:
    """Change a part of stored definitions; the checks see them whole."""
    names = ("name", "sort", "options", "sensitive", "required", "rank", "retired_on")
    stored = {row["uid"]: row for row in OwnField.objects.in_union(by.union).values("uid", *names)}
    whole = [stored[row["uid"]] | row for row in rows if row["uid"] in stored]
    if whole:
        save_fields(whole, union=by.union, by=by, today=today)
