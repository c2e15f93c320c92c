"""The committee's decision as a form: on several applications in one meeting, or on the page of a single one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

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


def chosen(request: Any) -> list[Admission]:
    """The applications that were ticked and still wait."""
    uids = [uid for uid in request.POST.getlist("uid") if _is_uid(uid)]
    return list(joining.waiting(request.access.union).filter(uid__in=uids))


def _is_uid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def decided(request: Any, those: Sequence[Admission]) -> str:
    """Write down what the form says about those applications; what is said of it. Refused with every reason."""
    typed = Typed(request.POST.dict(), request.access.on)
    on = typed.day("on")
    typed.stop(meeting="委员会会议")
    assert on is not None
    approved = typed.text("verdict") != "refuse"
    decision = joining.Decision(approved, on, typed.text("meeting"), typed.text("reason"))
    joining.decide(those, decision, by=request.access, today=request.access.on)
    names = "、".join(one.person.name for one in those[:5]) + ("等" if len(those) > 5 else "")
    if approved:
        return f"{names}从{on.isoformat()}起是会员。接着可以打印会员登记表、邀请登录。"
    return f"已记下不批准{names}的申请。申请人看得到原因。"
