"""The committee's decision as a form: on several applications in one meeting, or on the page of a single one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from zhijia.core.access import Access
from zhijia.core.pages.parts import Choice, Field
from zhijia.members import joining
from zhijia.members.asking import Typed
from zhijia.members.models import Admission


def fields(values: Mapping[str, str], today: date) -> tuple[Field, ...]:
    """The day and name of the meeting, what was decided, and why not."""
    verdict = values.get("verdict", "approve")
    return (
        Field("on", "会议日期", "date", values.get("on", today.isoformat()), required=True, help="会籍从这一天算起"),
        Field("meeting", "委员会会议", value=values.get("meeting", ""), required=True, hint="2026年第8次委员会会议"),
        Field("verdict", "决定", "radios", choices=(
            Choice("approve", "批准入会", verdict != "refuse"), Choice("refuse", "不批准", verdict == "refuse"),
        )),
        Field("reason", "不批准的原因", value=values.get("reason", ""), help="只在不批准时填写，申请人看得到"),
    )  # fmt: skip


def chosen(ticked: Iterable[str], union: int) -> list[Admission]:
    """The applications that were ticked and still wait."""
    return list(joining.waiting(union).filter(uid__in=[uid for uid in ticked if _is_uid(uid)]))


def _is_uid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def decided(values: dict[str, str], those: Sequence[Admission], *, by: Access) -> str:
    """Write down what the form says about those applications; what is said of it. Refused with every reason."""
    typed = Typed(values, by.on)
    on = typed.day("on")
    typed.stop(meeting="委员会会议")
    assert on is not None
    approved = typed.text("verdict") != "refuse"
    decision = joining.Decision(approved, on, typed.text("meeting"), typed.text("reason"))
    joining.decide(those, decision, by=by, today=by.on)
    names = "、".join(one.person.name for one in those[:5]) + ("等" if len(those) > 5 else "")
    if approved:
        return f"{names}从{on.isoformat()}起是会员。接着可以打印会员登记表、邀请登录。"
    return f"已记下不批准{names}的申请。申请人看得到原因。"
