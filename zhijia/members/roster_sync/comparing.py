"""The comparison: what differs between the personnel office's list and the register, line by line. Pure.

An empty cell of the list says nothing, so it changes nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from operator import attrgetter

from zhijia.members.roster_sync import lines as parts
from zhijia.members.roster_sync.lines import Arrival, Comparison, Known, Line, Row
from zhijia.members.roster_sync.matching import Doubt, Matching

Changes = dict[str, tuple[object, object]]
_TOLD = (*parts.TEXTS, *parts.DAYS)
_told = attrgetter(*_TOLD)


def compare(rows: Sequence[Row], register: Sequence[Known], arrivals: Sequence[Arrival], today: date) -> Comparison:
    """Everything in which the list differs from the register, in the order of the list; who is not on it comes last."""
    matched = Matching(rows, register)
    work = _Work(rows, register, arrivals, today)
    for index in sorted(matched.open):
        work.joined(index)
    for index, one in sorted(matched.found.items()):
        work.compare(index, one)
    for doubt in matched.doubts:
        work.doubt(doubt)
    for one in register:
        if one.active and one.pk not in matched.used:
            work.left(one)
    order = {kind: place for place, kind in enumerate(parts.KINDS)}
    work.result.lines.sort(key=lambda line: (order[line.kind], line.at))
    return work.result


def groups_by_department(register: Iterable[Known]) -> dict[str, int]:
    """The group that most members of a department are in."""
    found: dict[str, Counter[int]] = defaultdict(Counter)
    for one in register:
        if one.active and one.department and one.group is not None:
            found[one.department][one.group] += 1
    return {department: max(counts, key=lambda group: (counts[group], -group)) for department, counts in found.items()}


class _Work:
    """The lines of one comparison as they are made."""

    def __init__(
        self, rows: Sequence[Row], register: Sequence[Known], arrivals: Sequence[Arrival], today: date
    ) -> None:
        self.rows, self.today, self.result = rows, today, Comparison()
        self.groups = groups_by_department(register)
        self.left_on = {one.name: one.left_on for one in register if one.left_on}
        self.back = {one.person: one.arrived_on for one in arrivals if one.person}
        self.arrived = Counter((one.staff_no, one.name) for one in arrivals if not one.person)

    def _add(self, line: Line) -> None:
        self.result.lines.append(line)

    def joined(self, index: int) -> None:
        """A row that is nobody of the register; whoever is on record as a newcomer waits already."""
        row = self.rows[index]
        call = (row.staff_no, row.name)
        if self.arrived[call]:
            self.arrived[call] -= 1
            self.result.waiting += 1
            return
        possible = tuple(action for action in parts.ACTIONS[parts.JOINED] if row.sex or action != parts.PERSON)
        left_on = self.left_on.get(row.name)
        why = f"有同名的人在{left_on}离会：是他（她）回来的，不登记，打开原来的记录录入申请" if left_on else ""
        self._add(Line(
            f"joined:{row.number}", parts.JOINED, row.name, row.department, index, why=why,
            on=row.hired_on or self.today,
            proposed=parts.NEWCOMER, actions=possible,
        ))  # fmt: skip

    def doubt(self, found: Doubt) -> None:
        """A row that a human has to look at."""
        row, one = self.rows[found.at], found.person
        seat = self._seat(row, one) if one else {}
        self._add(Line(
            found.key, parts.DOUBT, row.name, row.department, found.at, one.pk if one else 0,
            _fields(row, one) | seat if one else {}, found.why, on=self.today,
            after=one.since if one and had_a_seat(seat) else None,
            actions=tuple(parts.ACTIONS[parts.DOUBT]) if one else (parts.SKIP,),
        ))  # fmt: skip

    def compare(self, index: int, one: Known) -> None:
        """What the list tells otherwise of a person."""
        row = self.rows[index]
        if one.gone:
            self._returned(index, row, one)
            return
        fields, seat = _fields(row, one), self._seat(row, one)
        if not had_a_seat(seat):
            fields, seat = fields | seat, {}
        if fields:
            self._add(Line(
                f"changed:{one.pk}", parts.CHANGED, one.name, one.department or row.department, index, one.pk, fields,
                on=self.today, proposed=parts.CHANGE, actions=tuple(parts.ACTIONS[parts.CHANGED]),
            ))  # fmt: skip
        if seat:
            late = one.since is not None and one.since >= self.today
            self._add(Line(
                f"moved:{one.pk}", parts.MOVED, one.name, one.department, index, one.pk, seat,
                f"台账里{one.since}才到现在的岗位，明天以后再办" if late else "", on=self.today, after=one.since,
                proposed=parts.SKIP if late else parts.MOVE,
                actions=(parts.SKIP,) if late else tuple(parts.ACTIONS[parts.MOVED]),
            ))  # fmt: skip
        if not fields and not seat:
            self.result.equal += 1

    def _returned(self, index: int, row: Row, one: Known) -> None:
        """Somebody who was a member before is on the list again: a newcomer, whose record is found again."""
        left_on, back = one.left_on or self.today, self.back.get(one.pk)
        if back is not None and back >= left_on:
            self.result.waiting += 1
            return
        self._add(Line(
            f"joined:{row.number}", parts.JOINED, row.name, row.department, index, one.pk,
            why=f"以前是会员，{one.left_on}离会；登记后按原来的记录办理入会",
            on=row.hired_on if row.hired_on and row.hired_on >= left_on else self.today,
            proposed=parts.NEWCOMER, actions=(parts.NEWCOMER, parts.SKIP),
        ))  # fmt: skip

    def _seat(self, row: Row, one: Known) -> Changes:
        """Department and job as the list tells them, and the group that goes with another department."""
        if one.retained_on:
            return {}
        found: Changes = {}
        for name in parts.SEAT:
            before, after = getattr(one, name), getattr(row, name)
            if after and after != before:
                found[name] = (before, after)
        if "department" in found and one.admitted_on:
            group = self.groups.get(row.department)
            if group is not None and group != one.group:
                found["group"] = (one.group, group)
        return found

    def left(self, one: Known) -> None:
        """A member who is not on the list."""
        possible = one.admitted_on is not None and one.admitted_on < self.today
        age = _age(one.birth_on, self.today) if one.birth_on else 0
        retired = possible and age >= parts.RETIRED_FROM.get(one.sex, 60)
        told = ("已到退休年龄" if retired else "", "还有工会任职，离会后要交接" if one.office else "")
        self._add(Line(
            f"left:{one.pk}", parts.LEFT, one.name, one.department, person=one.pk, on=self.today,
            after=one.admitted_on, why="；".join(filter(None, told)),
            proposed=parts.RETAIN if retired else parts.SKIP,
            actions=tuple(parts.ACTIONS[parts.LEFT]) if possible else (parts.SKIP,),
        ))  # fmt: skip


def had_a_seat(changes: Mapping[str, tuple[object, object]]) -> bool:
    """Whether a place was known before, which stays on record; where none was, there is no history to keep."""
    return any(changes[name][0] for name in parts.SEAT if name in changes)


def _fields(row: Row, one: Known) -> Changes:
    """Fields that the list tells otherwise than the register, the place aside; of secrets at most the tails."""
    found: Changes = {}
    for name, before, after in zip(_TOLD, _told(one), _told(row), strict=True):
        if after and after != before:
            found[name] = (before or "", after)
    if row.id_index and row.id_index != one.id_index:
        found["id_number"] = ("有" if one.id_index else "", "有")
    if row.phone_index and row.phone_index != one.phone_index:
        found["phone"] = (one.phone_tail, row.phone[-4:])
    return found


def _age(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
