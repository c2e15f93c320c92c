"""What a reorganisation (机构改革) would do: who goes where, which leaders go on, and what stands against it.

One plan serves preview and deed (`reorganising`).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from zhijia.core import bearers
from zhijia.core.conditions import lasts
from zhijia.core.outcomes import Violation
from zhijia.members import placing
from zhijia.members.models import Person, Placement, Post
from zhijia.members.placing import NAMED, Seated
from zhijia.members.standing import refusal
from zhijia.unions import rules
from zhijia.unions.models import Group

NOWHERE = -1  # of a person: no group yet; of a leader: the post ends


@dataclass(frozen=True, slots=True)
class Target:
    """A group after the reorganisation: one that is there (`group`), or a new one with name and department."""

    name: str = ""
    department: str = ""
    group: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A reorganisation as it is asked for. Places are positions in `targets`, or `NOWHERE`.

    Who is named in neither `by_person` nor `by_department` goes where the proposal says; so does a leader whose post
    is not named in `leaders` (by pk). With `departments` people take the department of their new group. Two groups that
    swap their names have no `targets`: they are known, and everybody stays together.
    """

    kind: str
    groups: tuple[int, ...]
    targets: tuple[Target, ...]
    on: date
    paper: str = ""
    reason: str = ""
    departments: bool = False
    by_department: Mapping[str, int] = field(default_factory=dict)
    by_person: Mapping[int, int] = field(default_factory=dict)
    leaders: Mapping[int, int] = field(default_factory=dict)


def is_new(group: Group) -> bool:
    """Whether the group is only begun by the reorganisation."""
    return bool(group._state.adding)


@dataclass(slots=True)
class Plan:
    """What a reorganisation would do; `seen` changes when anything that it rests on is written."""

    asked: Asked
    groups: list[Group]
    targets: list[Group]
    people: list[tuple[Seated, int]] = field(default_factory=list)
    leaders: list[tuple[Post, int]] = field(default_factory=list)
    problems: list[Violation] = field(default_factory=list)
    seen: str = ""

    @property
    def ending(self) -> list[Group]:
        """The groups that end: those that do not go on as one of the targets."""
        going_on = {target.pk for target in self.targets}
        return [group for group in self.groups if group.pk not in going_on]

    @property
    def title(self) -> str:
        """The reorganisation in one line."""
        before = [group.name for group in self.groups]
        return rules.title(self.asked.kind, before, [target.name for target in self.targets])

    @property
    def counts(self) -> list[int]:
        """How many people each target has in the end, of those who take part."""
        found = Counter(place for _one, place in self.people)
        return [found[place] for place in range(len(self.targets))]

    def formerly(self, target: Group) -> str:
        """What the target was before, in words, once this is done."""
        if not is_new(target) and self.asked.kind == rules.DISSOLVE:
            return str(target.formerly)
        new, ending = is_new(target), self.ending
        if self.asked.kind == rules.SWAP:
            ending = [self.groups[self.targets.index(target)]]
        known = "；".join(group.formerly for group in ending if group.formerly) if new else target.formerly
        before = [group.name for group in ending or self.groups]
        return rules.formerly(self.asked.kind, before, self.asked.on, new=new, known=known)

    @property
    def leaderless(self) -> list[str]:
        """New groups that no leader of before goes on in."""
        led = {place for _post, place in self.leaders}
        return [one.name for place, one in enumerate(self.targets) if place not in led and is_new(one)]


def planned(asked: Asked, *, union: int, today: date) -> Plan:
    """Read what takes part and judge it: the same for the preview and for the deed. About ten queries."""
    known = {group.pk: group for group in Group.objects.filter(union_id=union)}
    groups = [known[pk] for pk in dict.fromkeys(asked.groups) if pk in known]
    plan = Plan(asked, groups, list(_targets(asked, groups, union, known)))
    plan.problems = [*_shape(plan, known), *_day(plan, today)]
    if not plan.groups:
        return plan
    plan.people = list(_people(plan, union))
    plan.leaders = list(_leaders(plan, union))
    plan.problems += [*_history(plan, union), *_lost(plan)]
    plan.seen = _seen(plan)
    return plan


def _targets(asked: Asked, groups: list[Group], union: int, known: Mapping[int, Group]) -> Iterator[Group]:
    if asked.kind == rules.SWAP:
        for other in reversed(groups):
            yield _new(union, other.name, other.department, other.rank, asked.on)
        return
    rank = min((group.rank for group in groups), default=0)
    for one in asked.targets:
        there = known.get(one.group) if one.group is not None else None
        yield there or _new(union, one.name.strip(), one.department.strip(), rank, asked.on)


def _new(union: int, name: str, department: str, rank: int, on: date) -> Group:
    return Group(union_id=union, name=name[:60], department=department[:100], rank=rank, first=on)


def _shape(plan: Plan, known: Mapping[int, Group]) -> Iterator[Violation]:
    asked = plan.asked
    problem = rules.shape_problem(asked.kind, len(plan.groups), len(plan.targets))
    if problem:
        yield refusal(*problem, "请补齐以后再往下走")
    gone = [group for group in (*plan.groups, *plan.targets) if group.withdrawn_on or (group.pk and group.end)]
    if gone or len(plan.groups) != len(set(asked.groups)):
        names = "、".join(dict.fromkeys(group.name for group in gone)) or "选中的小组"
        yield refusal("groups", f"{names}已经撤销", "可能刚被别人办过，请重新选")
    if asked.kind == rules.DISSOLVE and any(target.pk in asked.groups for target in plan.targets):
        yield refusal("targets", "人员不能分到要撤销的小组", "选别的小组")
    yield from _names(plan, known)
    pks = [target.pk for target in plan.targets if target.pk]
    if len(pks) != len(set(pks)):
        yield refusal("targets", "同一个小组写了两次", "每个小组写一次")


def _names(plan: Plan, known: Mapping[int, Group]) -> Iterator[Violation]:
    """From the day on no other group bears the name of a new one; those that end free theirs."""
    ending = {group.pk for group in plan.ending}
    borne = {
        pk: (group.name, group.first, plan.asked.on if pk in ending else group.end)
        for pk, group in known.items()
        if not group.withdrawn_on
    }
    for place, target in enumerate(plan.targets):
        if not is_new(target):
            continue
        if not target.name:
            yield refusal("targets", "新的小组还没有名称", "写新名称")
            continue
        yield from _same(plan, target)
        borne[-(place + 1)] = (target.name, plan.asked.on, None)
        for other, token in bearers.clashes(borne):
            if token != -(place + 1):
                continue
            if other < 0 or known[other].end is None:
                mend = "换一个名称；要并入现有的小组，请选它而不是写新名称"
                yield refusal("targets", f"已有叫“{target.name}”的小组", mend)
            else:
                span = bearers.span(borne[other][1:])
                mend = "写那以后的日期，或换一个名称：同一天一个名称只能有一个小组"
                yield refusal("targets", f"“{target.name}”{span}是另一个小组", mend)


def _same(plan: Plan, target: Group) -> Iterator[Violation]:
    """A group that goes on under its name is no new one; only who swaps takes a name that ends on the day."""
    if plan.asked.kind == rules.SWAP or target.name not in {group.name for group in plan.ending}:
        return
    if plan.asked.kind == rules.RENAME:
        yield refusal("targets", f"名称没有变，还是“{target.name}”", "写新名称")
    elif plan.asked.kind == rules.MERGE:
        yield refusal("targets", f"已有叫“{target.name}”的小组", "要并入它，请在“合并以后”里选它")
    else:
        yield refusal("targets", f"已有叫“{target.name}”的小组", "它还在的话，请勾“原小组保留”，只写分出去的")


def _day(plan: Plan, today: date) -> Iterator[Violation]:
    if plan.asked.on > today:
        yield refusal("on", "日期还没有到", "到了那一天再办")
    for group in plan.groups:
        if group.first and group.first >= plan.asked.on:
            yield refusal("on", f"{group.name}在{group.first}才成立", "日期要在那以后")


def _people(plan: Plan, union: int) -> Iterator[tuple[Seated, int]]:
    """Everybody of the groups who had not left by the day, with the place of the new group."""
    asked = plan.asked
    rows = Person.objects.in_union(union).filter(group__in=[group.pk for group in plan.groups])
    rows = rows.filter(lasts(asked.on, "left_on"))
    names = [(target.name, target.department) for target in plan.targets]
    swapped = _swapped(plan)
    proposals: dict[str, int] = {}
    for one in placing.seated(union, rows):
        if one.department not in proposals:
            proposals[one.department] = rules.proposed(one.department, names)
        place = asked.by_person.get(one.pk, asked.by_department.get(one.department, proposals[one.department]))
        place = swapped.get(one.group or 0, place)
        yield one, place if 0 <= place < len(names) else NOWHERE


def _swapped(plan: Plan) -> dict[int, int]:
    """Where the people of each group go that swaps its name: all of them together."""
    return {group.pk: place for place, group in enumerate(plan.groups)} if plan.asked.kind == rules.SWAP else {}


def _leaders(plan: Plan, union: int) -> Iterator[tuple[Post, int]]:
    """The posts in force in the groups that end, with the place where each goes on."""
    asked, ending = plan.asked, plan.ending
    rows = Post.objects.in_union(union).filter(group__in=[group.pk for group in ending])
    rows = rows.filter(lasts(asked.on)).select_related("person", "group").order_by("first", "pk")
    places, swapped = {one.pk: place for one, place in plan.people}, _swapped(plan)
    for post in rows.defer("person__id_number", "person__phone"):
        proposal = {rules.RENAME: 0, rules.SPLIT: places.get(post.person_id, NOWHERE), rules.DISSOLVE: NOWHERE}
        # Of merged groups the first one's leader goes on, where no group goes on with its own.
        proposal[rules.SWAP] = swapped.get(post.group_id or 0, NOWHERE)
        first = len(ending) == len(plan.groups) and post.group_id == plan.groups[0].pk
        place = asked.leaders.get(post.pk, proposal.get(asked.kind, 0 if first else NOWHERE))
        yield post, place if 0 <= place < len(plan.targets) else NOWHERE


def _history(plan: Plan, union: int) -> Iterator[Violation]:
    """Nothing that happened after the day is written over: who left a group later was in it then."""
    on, pks = plan.asked.on, [group.pk for group in plan.ending]
    later = Placement.objects.in_union(union).filter(group__in=pks, end__gt=on).count()
    if later:
        yield refusal("on", f"有{later}人在{on}以后从这些小组换到别处", "写晚一些的日期，或先改正“以前岗位”里的记录")
    late = [post for post, _place in plan.leaders if post.first >= on]
    if late:
        names = "、".join(str(post.person) for post in late[:NAMED])
        yield refusal("on", f"{names}在{on}以后才当组长", "写晚一些的日期，或先改正“任职”里的日期")


def _lost(plan: Plan) -> Iterator[Violation]:
    lost = [one for one, place in plan.people if place == NOWHERE]
    if lost:
        names = "、".join(one.name for one in lost[:NAMED]) + (f"等{len(lost)}人" if len(lost) > NAMED else "")
        yield refusal("people", f"{names}还没有去向", "给每个人定下新的小组，一个人也不能落下")


def _seen(plan: Plan) -> str:
    """A short mark of the versions of everything that takes part."""
    told = hashlib.sha256()
    for group in (*plan.groups, *plan.targets):
        told.update(f"g{group.pk}:{group.version};".encode())
    for one, _place in plan.people:
        told.update(f"p{one.pk}:{one.version};".encode())
    for post, _place in plan.leaders:
        told.update(f"o{post.pk}:{post.version};".encode())
    return told.hexdigest()[:16]
