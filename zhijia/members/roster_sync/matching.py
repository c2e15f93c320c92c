"""Which row of the list is which person of the register. Pure.

A row is found by the ID number (its blind index), else by the staff number with the name or the birth date, else by
name and birth date, else by a name that only one has on either side; whoever left is not found by the name alone. Two
known ID numbers that differ are never taken for one person. Whoever is nearly somebody of the register is a doubt, and
a human decides.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from typing import NamedTuple

from zhijia.members.roster_sync.lines import Known, Row


class Doubt(NamedTuple):
    """A row that nothing is proposed for, and why; `person` where it may be somebody, `key` tells it from others."""

    key: str
    at: int
    why: str
    person: Known | None = None


def differ(one: object, other: object) -> bool:
    """Both known, and not the same."""
    return bool(one and other and one != other)


def _same_id(_row: Row, _one: Known) -> bool:
    return True


def _no_other_id(row: Row, one: Known) -> bool:
    return not differ(row.id_index, one.id_index)


def _same_number(row: Row, one: Known) -> bool:
    same = row.name == one.name or bool(row.birth_on and row.birth_on == one.birth_on)
    return same and _no_other_id(row, one)


class Matching:
    """`found` (row index → person), `open` (rows that are nobody), `doubts`, and `used` (persons on the list)."""

    def __init__(self, rows: Sequence[Row], register: Sequence[Known]) -> None:
        self.rows, self.register = rows, register
        self.found: dict[int, Known] = {}
        self.used: set[int] = set()
        self.doubts: list[Doubt] = []
        self.open = set(range(len(rows)))
        self._twice()
        self._by(lambda row: row.id_index, lambda one: one.id_index, _same_id, doubles=True)
        self._by(lambda row: row.staff_no, lambda one: one.staff_no, _same_number)
        self._by(
            lambda row: row.birth_on and (row.name, row.birth_on), lambda one: (one.name, one.birth_on), _no_other_id
        )
        self._by_name(with_department=True)
        self._by_name(with_department=False)
        self._nearly()

    def _twice(self) -> None:
        """Rows of the list that repeat an ID number or a staff number are set aside."""
        numbers: dict[tuple[str, str], int] = {}
        for index, row in enumerate(self.rows):
            marks = [mark for mark in (("id", row.id_index), ("staff_no", row.staff_no)) if mark[1]]
            first = next((numbers[mark] for mark in marks if mark in numbers), None)
            if first is None:
                numbers.update(dict.fromkeys(marks, index))
                continue
            self.open.discard(index)
            why = f"名册第{row.number}行与第{self.rows[first].number}行的身份证号或工号相同，请核对名册"
            self.doubts.append(Doubt(f"twice:{row.number}", index, why))

    def _by(
        self,
        of_row: Callable[[Row], object],
        of_person: Callable[[Known], object],
        fits: Callable[[Row, Known], bool],
        *,
        doubles: bool = False,
    ) -> None:
        """Match rows and persons that share a mark; of several persons the one in force, where it is one."""
        people: dict[object, list[Known]] = defaultdict(list)
        for one in self.register if self.open else ():
            mark = of_person(one)
            if mark and one.pk not in self.used:
                people[mark].append(one)
        for index in sorted(self.open):
            row = self.rows[index]
            mark = of_row(row)
            possible = people.get(mark, ()) if mark else ()
            candidates = [one for one in possible if one.pk not in self.used and fits(row, one)]
            if len(candidates) > 1 and doubles:
                self._double(index, row, candidates)
                continue
            if len(candidates) > 1:
                candidates = [one for one in candidates if one.active]
            if len(candidates) == 1:
                self.found[index] = candidates[0]
                self.used.add(candidates[0].pk)
                self.open.discard(index)

    def _double(self, index: int, row: Row, candidates: list[Known]) -> None:
        """One ID number on several rows of the register: nothing is proposed until they are merged."""
        self.open.discard(index)
        self.used.update(one.pk for one in candidates)
        why = f"这个身份证号在会员台账里登记了{len(candidates)}次，请先到“疑似重复”里合并"
        self.doubts.append(Doubt(f"double:{row.number}", index, why))

    def _by_name(self, *, with_department: bool) -> None:
        """Names that stand once on either side among those left, and nothing known that says otherwise."""

        def call(one: Row | Known) -> tuple[str, ...]:
            return (one.name, one.department) if with_department else (one.name,)

        times = Counter(call(self.rows[index]) for index in self.open)

        def fits(row: Row, one: Known) -> bool:
            return (
                (with_department or not one.gone)  # a namesake of whoever left is more likely somebody new
                and times[call(row)] == 1
                and _no_other_id(row, one)
                and not differ(row.staff_no, one.staff_no)
                and not differ(row.birth_on, one.birth_on)
                and not differ(row.sex, one.sex)
            )

        self._by(
            lambda row: None if with_department and not row.department else call(row),
            lambda one: None if with_department and not one.department else call(one),
            fits,
        )

    def _nearly(self) -> None:
        """Rows left that are nearly somebody: same staff number, or a name that sounds alike with birth or place."""
        sounding: dict[str, list[Known]] = defaultdict(list)
        numbered: dict[str, list[Known]] = defaultdict(list)
        for one in self.register:
            if one.pk not in self.used and not one.gone:
                sounding[one.pinyin].append(one)
                numbered[one.staff_no].append(one)
        for index in sorted(self.open):
            row = self.rows[index]
            same_number = numbered.get(row.staff_no, ()) if row.staff_no else ()
            same_sound = sounding.get(row.pinyin, ()) if row.pinyin else ()
            near = self._near(row, same_number, same_sound)
            if near is not None:
                one, why = near
                self.open.discard(index)
                self.used.add(one.pk)
                other = "，但身份证号不同" if differ(row.id_index, one.id_index) else ""
                self.doubts.append(
                    Doubt(f"doubt:{row.number}:{one.pk}", index, f"{why}{other}：台账里是{one.name}", one)
                )

    def _near(self, row: Row, same_number: Sequence[Known], same_sound: Sequence[Known]) -> tuple[Known, str] | None:
        for one in same_number:
            if one.pk not in self.used:
                return one, "工号相同" if one.name == row.name else "工号相同，姓名不同"
        for one in same_sound:
            if one.pk in self.used:
                continue
            if row.birth_on and row.birth_on == one.birth_on:
                return one, "姓名读音和出生日期相同"
            if row.department and row.department == one.department:
                return one, "姓名读音和处室相同"
        return None
