"""The forms of a reorganisation: which groups become which, then who goes where; and reading them back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from zhijia.core.outcomes import Violation
from zhijia.core.pages.parts import Choice, Field
from zhijia.core.pages.reading import whole_number
from zhijia.members.asking import Typed
from zhijia.members.reorganisation import NOWHERE, Asked, Plan, Target
from zhijia.unions import rules
from zhijia.unions.models import Group

SPLITS = 5  # new groups that one form can name
EACH = 300  # people up to which each has a field of the own; above that departments decide
SECOND = ("d-", "dn-", "p-", "l-")  # how the names of the second step's fields begin
_NUMBERS = "一二三四五"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of reorganisation as it is offered: its button, what it is for, and what happens next."""

    label: str
    help: str
    next: str


KINDS: Mapping[str, Kind] = {
    rules.RENAME: Kind(
        "更名", "处室改了名称，人还是那些人", "从这一天起用新名称；以前日子的名册和记录还是原来的名称。"
    ),
    rules.SWAP: Kind(
        "互换名称", "两个小组的名称对调，人还是那些人", "从这一天起两边各用对方的名称；以前日子的名册和记录不变。"
    ),
    rules.MERGE: Kind("合并", "几个小组并成一个", "人员都到合并后的小组；原来的小组到这一天为止。"),
    rules.SPLIT: Kind("分设", "一个小组分成几个", "下一步按处室或逐人定下去向。"),
    rules.DISSOLVE: Kind("撤销", "小组不再设，人员分到别的小组", "下一步给每个人定下去向，一个人也不能落下。"),
}


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent: the kind, the typed values, and the boxes that were ticked."""

    kind: str
    typed: Typed
    groups: list[str]
    into: list[str]


def living(union: int) -> list[Group]:
    """The groups that can take part."""
    return list(Group.objects.in_union(union).filter(end=None).order_by("rank", "name"))


def read(sent: Sent, today: date) -> Asked:
    """What the forms ask for. A day that can not be read is a problem of `typed`; today stands for it meanwhile."""
    typed = sent.typed
    on = typed.day("on") or today
    values = typed.values
    return Asked(
        sent.kind,
        tuple(_numbers(sent.groups)),
        tuple(_targets(sent)),
        on,
        typed.text("paper"),
        typed.text("reason"),
        bool(typed.text("departments")),
        by_department={values.get(f"dn-{name[2:]}", ""): place for name, place in _places(values, "d-")},
        by_person=dict(_keyed(values, "p-")),
        leaders=dict(_keyed(values, "l-")),
    )


def _numbers(texts: list[str]) -> Iterator[int]:
    yield from (pk for text in texts if (pk := whole_number(text)) is not None)


def _keyed(values: Mapping[str, str], prefix: str) -> Iterator[tuple[int, int]]:
    for name, place in _places(values, prefix):
        key = whole_number(name.removeprefix(prefix))
        if key is not None:
            yield key, place


def _targets(sent: Sent) -> Iterator[Target]:
    kind, typed = sent.kind, sent.typed
    if kind == rules.SWAP:
        return
    there = [Target(group=pk) for pk in _numbers(sent.into)]
    if kind == rules.DISSOLVE:
        yield from there
        return
    if kind == rules.MERGE and there:
        yield there[0]
        return
    if kind == rules.SPLIT and typed.text("keep"):
        yield from (Target(group=pk) for pk in list(_numbers(sent.groups))[:1])
    for number in range(SPLITS if kind == rules.SPLIT else 1):
        name = typed.text(f"name-{number}")
        if name or kind != rules.SPLIT:
            yield Target(name, typed.text(f"department-{number}"))


def _places(values: Mapping[str, str], prefix: str) -> Iterator[tuple[str, int]]:
    for name, text in values.items():
        if name.startswith(prefix) and text.removeprefix("-").isdecimal() and len(text) < 6:
            yield name, int(text)


def first(sent: Sent, groups: list[Group], today: date) -> list[Field]:
    """The fields of the first step: groups, names, the day and the paper."""
    kind, typed = sent.kind, sent.typed
    options = tuple(Choice(str(one.pk), one.name, str(one.pk) in sent.groups) for one in groups)
    others = tuple(Choice(str(one.pk), one.name, str(one.pk) in sent.into) for one in groups)
    pick = (Choice("", "请选择", not sent.groups), *options)
    one = Field("groups", "工会小组", "select", choices=pick, required=True)
    if kind == rules.MERGE:
        new = Choice("", "成立新的小组（在下面写名称）", not sent.into)
        found = [
            Field("groups", "哪些小组合并", "checks", choices=options, required=True),
            Field("into", "合并以后", "select", choices=(new, *others)),
            *_named(typed, 0, "新名称", help_="合并到现有的小组不用写"),
        ]
    elif kind == rules.SWAP:
        found = [Field("groups", "哪两个小组", "checks", choices=options, required=True)]
    elif kind == rules.DISSOLVE:
        found = [one, Field("into", "人员分到哪些小组", "checks", choices=others, help="下一步逐个定去向")]
    elif kind == rules.SPLIT:
        keep = Field("keep", "原小组保留，只分出一部分人", "check", typed.text("keep"))
        found = [one, keep]
        for number in range(SPLITS):
            found += _named(typed, number, f"新小组{_NUMBERS[number]}")
    else:
        found = [one, *_named(typed, 0, "新名称", help_="别的小组以前用过、已经不用的也可以", required=True)]
    return [
        *found,
        Field("departments", "人员的处室也改成新小组的处室", "check", typed.text("departments")),
        Field("on", "从哪一天起", "date", typed.text("on") or today.isoformat(), required=True),
        Field("paper", "机构改革文件的文号", value=typed.text("paper"), hint="江编办〔2026〕3号"),
        Field("reason", "原因", value=typed.text("reason")),
    ]


def _named(typed: Typed, number: int, label: str, *, help_: str = "", required: bool = False) -> list[Field]:
    return [
        Field(f"name-{number}", label, value=typed.text(f"name-{number}"), help=help_, required=required,
              hint="计财处小组"),
        Field(f"department-{number}", "所在处室", value=typed.text(f"department-{number}"), hint="计财处"),
    ]  # fmt: skip


def placed(kind: str, problems: Iterable[Violation]) -> list[Violation]:
    """The problems at the fields of the first step that they speak of."""
    targets = {rules.DISSOLVE: "into", rules.SWAP: "groups"}.get(kind, "name-0")
    return [
        replace(one, place=one.place._replace(column=targets)) if one.place.column == "targets" else one
        for one in problems
    ]


def _choices(plan: Plan, chosen: int, none: str) -> tuple[Choice, ...]:
    names = [target.name for target in plan.targets]
    return (
        Choice(str(NOWHERE), none, chosen == NOWHERE),
        *(Choice(str(place), name, place == chosen) for place, name in enumerate(names)),
    )


def places(plan: Plan) -> tuple[list[Field], list[Field]]:
    """Who goes where, by department and (where they are few enough) one by one; nothing where there is one way only."""
    if plan.asked.kind not in (rules.SPLIT, rules.DISSOLVE) or not plan.targets:
        return [], []
    heads: dict[str, tuple[int, int]] = {}
    for one, place in plan.people:
        count = heads.get(one.department, (0, 0))[0]
        chosen = plan.asked.by_department.get(one.department)
        proposal = place if chosen is None and one.pk not in plan.asked.by_person else chosen
        heads[one.department] = (count + 1, NOWHERE if proposal is None else proposal)
    whole, each = [], []
    for number, (department, (count, place)) in enumerate(sorted(heads.items())):
        label = f"{department or '没有写处室的'}（{count}人）"
        whole.append(Field(f"d-{number}", label, "select", choices=_choices(plan, place, "还没有定")))
        whole.append(Field(f"dn-{number}", "", "hidden", department))
    if len(plan.people) <= EACH:
        for one, _place in plan.people:
            chosen = plan.asked.by_person.get(one.pk)
            choices = _choices(plan, NOWHERE - 1 if chosen is None else chosen, "还没有定")
            options = (Choice("", "随处室", chosen is None), *choices)
            each.append(Field(f"p-{one.pk}", f"{one.name}（{one.department or '—'}）", "select", choices=options))
    return whole, each


def names(plan: Plan) -> list[tuple[str, str]]:
    """The people of each target by name, where they are few enough to be read."""
    if len(plan.people) > EACH:
        return []
    found: dict[int, list[str]] = {}
    for one, place in plan.people:
        found.setdefault(place, []).append(one.name)
    return [
        (plan.targets[place].name if place >= 0 else "还没有定", "、".join(own)) for place, own in sorted(found.items())
    ]


def leaders(plan: Plan) -> list[Field]:
    """For each leader in office whether the post ends, or in which group it goes on."""
    return [
        Field(
            f"l-{post.pk}",
            f"{post.person}（原{str(post.group).removesuffix('小组')}{post.get_office_display()}）",
            "select",
            choices=_choices(plan, place, "到这一天为止"),
        )
        for post, place in plan.leaders
    ]  # fmt: skip
