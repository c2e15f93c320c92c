"""Rows with a state: what is being done moves along its table, in forms and in imports; history is free."""

from datetime import date
from typing import Any

import pytest

from zhijia.core import records, withdrawal
from zhijia.core.access import Access
from zhijia.core.models import AuditLine
from zhijia.core.outcomes import Refused
from zhijia.plans.models import KeyTask
from zhijia.plans.services import KEY_TASKS
from zhijia.unions.models import Union

pytestmark = pytest.mark.django_db


@pytest.fixture
def union() -> int:
    return int(Union.objects.create(code="U", name="测试工会").pk)


@pytest.fixture
def save(union: int, by: Access, today: date) -> Any:
    def write(origin: str, **values: Any) -> KeyTask:
        row = {"year": 2026, "task": "老旧小区改造", "state": "open", "body": None} | values
        [pk] = records.save(KEY_TASKS, [row], union=union, by=by, today=today, origin=origin)
        return KeyTask.objects.get(pk=pk)

    return write


def test_what_is_lived_begins_at_the_beginning(save: Any) -> None:
    with pytest.raises(Refused, match="要从“进行中”开始"):
        save("lived", state="done")
    assert save("lived").origin == "lived"


def test_what_is_lived_moves_along_its_table_only(save: Any) -> None:
    save("lived")
    assert save("lived", state="dropped").state == "dropped"
    with pytest.raises(Refused, match="下一步只能是：进行中"):
        save("recorded", state="done")  # an import changes a lived row no further
    save("lived", state="open")
    assert save("lived", state="done").state == "done"
    with pytest.raises(Refused, match="已经办结"):
        save("lived", state="open")
    assert save("lived", state="done", outcome="完成").outcome == "完成"


def test_history_is_written_as_it_was(save: Any) -> None:
    assert save("recorded", state="done").state == "done"
    assert save("recorded", state="open").state == "open"


def test_a_withdrawal_is_one_line_and_can_be_taken_back(save: Any, by: Access, today: date) -> None:
    task = save("recorded")
    lines = AuditLine.objects.count()
    withdrawal.withdraw(task, reason="重复登记", by=by, today=today)
    assert not KeyTask.objects.in_union(task.union_id).exists()
    with pytest.raises(Refused, match="已经撤回"):
        withdrawal.withdraw(task, reason="再一次", by=by, today=today)
    withdrawal.restore(task, by=by)
    with pytest.raises(Refused, match="不用恢复"):
        withdrawal.restore(task, by=by)
    assert AuditLine.objects.count() == lines + 2
    verbs = list(AuditLine.objects.order_by("-seq").values_list("verb", flat=True)[:2])
    assert verbs == ["plans.keytask.restored", "plans.keytask.withdrawn"]


@pytest.mark.parametrize("reason", ["", "  ", "长" * 201])
def test_a_withdrawal_asks_for_a_reason_of_some_words(save: Any, by: Access, today: date, reason: str) -> None:
    with pytest.raises(Refused, match="原因"):
        withdrawal.withdraw(save("recorded"), reason=reason, by=by, today=today)


def test_warnings_are_noted_by_a_save(union: int, by: Access, today: date) -> None:
    from zhijia.plans.services import MEETINGS

    noted: list[Any] = []
    row = {"kind": "group", "on": today, "topic": "学习", "group": None}
    records.save(MEETINGS, [row], union=union, by=by, today=today, noted=noted)
    assert [problem.code for problem in noted] == ["group"]
