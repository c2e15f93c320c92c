"""A pair side by side in words: what each row says, what is proposed, what would move. Secrets are masked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from zhijia.core.access import Access
from zhijia.core.pages.addresses import record_url
from zhijia.documents import attaching
from zhijia.members import rules
from zhijia.members.merging import choosing
from zhijia.members.merging.choosing import CHOICES, KEPT, OTHER
from zhijia.members.merging.services import Merge, of
from zhijia.members.models import Person

_HELP = {
    "standing": "两段会籍前后相接的，早的一段会留作以前会籍，不用选",
    "user": "一个人只能用一个登录名，没选的以后登录不了",
}


def words(one: Person) -> dict[str, str]:
    """Each choice as it is shown."""
    dates = one.dates
    spans = ((dates.admitted_on, "入会"), (dates.retained_on, "保留会籍"), (dates.left_on, "离会"))
    told = [f"{day}{word}" for day, word in spans if day]
    return {
        "name": one.name, "sex": one.get_sex_display(), "birth_on": _text(one.birth_on),
        "id_number": f"尾号{one.id_tail}" if one.id_tail else "", "phone": f"尾号{one.phone_tail}" if one.phone_tail
        else "", "staff_no": one.staff_no, "ethnicity": one.ethnicity,
        "politics": one.get_politics_display() if one.politics else "", "education": one.education,
        "department": one.department, "job": one.job, "leader": "是" if one.leader else "否",
        "group": one.group.name if one.group else "", "hired_on": _text(one.hired_on),
        "applied_on": _text(one.applied_on), "standing": "，".join(told) or rules.STATES[rules.NEVER],
        "user": "有登录名" if one.user_id else "",
    }  # fmt: skip


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def table(plan: Merge, answers: Mapping[str, str]) -> list[dict[str, Any]]:
    """A row for each choice: both values, and which is taken where they differ. Asked is only where both are known."""
    left, right = words(plan.kept), words(plan.other)
    both = of(plan.kept), of(plan.other)
    found = []
    for name, (label, _columns) in CHOICES.items():
        differs = name in plan.proposed
        if not differs and not left[name]:
            continue
        known = not choosing.blank(both[0][name]) and not choosing.blank(both[1][name])
        side = answers.get(name, plan.proposed.get(name, KEPT))
        found.append({
            "name": name, "label": label, "kept": left[name] or "—", "other": right[name] or "—",
            "choose": differs and known and name not in plan.fixed, "side": side if side in (KEPT, OTHER) else KEPT,
            "help": _HELP.get(name, "") if differs and known else "",
        })  # fmt: skip
    return found


def moving(plan: Merge, access: Access) -> list[str]:
    """What moves and what would stand twice, by the ledger; of ledgers that the person may not see only how many."""
    moved: Counter[str] = Counter()
    twice: Counter[str] = Counter()
    for rows in plan.rows:
        model = rows.reference.model
        seen = access.may(f"{model._meta.app_label}.view")
        label = f"“{model._meta.verbose_name}”" if seen else "其他台账"
        moved[label] += len(rows.move)
        twice[label] += len(rows.drop)
    lines = [f"{label}{count}条，改到保留的记录名下" for label, count in moved.items() if count]
    files = attaching.of_record(plan.other).count()
    lines += [f"照片和文件{files}个，改到保留的记录名下"] if files else []
    return lines + [f"{label}{count}条，两边重复，撤回一条" for label, count in twice.items() if count]


def place(one: Person) -> str:
    """The page of the person's record."""
    return record_url(Person, str(one.uid))
