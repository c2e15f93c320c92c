"""The papers of a membership, filled in as far as is known: 入会申请书, 会员登记表, 会籍接转.

They are made when asked for and kept nowhere; numbers of identity cards and phones are left to be written by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Protocol

from zhijia.core.dates import chinese_date
from zhijia.documents.docx.blocks import (
    Addressee,
    Document,
    Note,
    Paragraph,
    SealPlace,
    Signature,
    SignLines,
    Table,
    Title,
)
from zhijia.members.models import Admission, Change, EarlierMembership, Person

BLANK_DAY = "　　　年　　月　　日"
# The promise of an applicant: 章程 art. 1 and 2 (acceptance of the statute, its duties); own wording.
PROMISE = "我自愿加入中华全国总工会，遵守《中国工会章程》，执行工会决议，积极参加工会活动，按月交纳会费。"


class Builder(Protocol):
    """Makes one paper of an application."""

    def __call__(self, admission: Admission, *, union: str, created_at: datetime) -> Document: ...


def _day(day: date | None) -> str:
    return chinese_date(day) if day else BLANK_DAY


def _who(person: Person) -> list[tuple[str, str, str, str]]:
    return [
        ("姓名", person.name, "性别", person.get_sex_display()),
        ("出生日期", _day(person.birth_on), "民族", person.ethnicity),
        ("政治面貌", person.get_politics_display() if person.politics else "", "学历", person.education),
        ("处室", person.department, "职务", person.job),
        ("到单位日期", _day(person.hired_on), "工会小组", person.group.name if person.group else ""),
        ("身份证号", "", "手机", ""),
    ]


def _form(rows: list[tuple[str, str, str, str]]) -> Table:
    return Table((), rows, widths=(2, 4, 2, 4), row_height_mm=9)


def application(admission: Admission, *, union: str, created_at: datetime) -> Document:
    """入会申请书: who asks, the promise, the group's remark and the committee's decision."""
    rows = [
        ("申请人的话", admission.wish or PROMISE),
        ("小组意见", f"{admission.remark}\n{admission.remarked_by}　{_day(admission.remarked_on)}"),
        ("委员会意见", f"{admission.reason or admission.meeting}\n{_day(admission.decided_on)}"),
    ]
    blocks = (
        Title("中华全国总工会入会申请书"),
        _form(_who(admission.person)),
        Table((), rows, widths=(2, 10), row_height_mm=28),
        SignLines(("申请人（签名）", "申请日期")),
        Note(f"申请日期：{_day(admission.applied_on)}。会籍从委员会批准之日算起。"),
    )
    return Document(blocks=blocks, title="入会申请书", created_at=created_at, creator=union)


def registration(admission: Admission, *, union: str, created_at: datetime) -> Document:
    """工会会员登记表: kept with the personnel file; it travels when the membership is transferred."""
    person = admission.person
    rows = [
        ("入会日期", _day(admission.decided_on), "批准会议", admission.meeting),
        ("所在工会", union, "会员证号", ""),
    ]
    blocks = (
        Title("工会会员登记表"),
        _form([*_who(person), *rows]),
        Table((), [("本人简历", ""), ("家庭主要成员", ""), ("会籍变动", "")], widths=(2, 10), row_height_mm=30),
        SealPlace(),
    )
    return Document(blocks=blocks, title="工会会员登记表", created_at=created_at, creator=union)


def _joined(change: Change) -> date | None:
    """The first day of the membership that the transfer ended, which need not be the person's of today."""
    if change.person.left_on == change.on:
        return change.person.admitted_on
    ended = EarlierMembership.objects.in_union(change.union_id).filter(person=change.person_id, left_on=change.on)
    found: date | None = ended.values_list("admitted_on", flat=True).first()
    return found


def transfer(change: Change, *, union: str, created_at: datetime) -> Document:
    """会籍接转: the letter that goes with a member to the other union, and its receipt."""
    person = change.person
    name = f"{person.name}（{person.get_sex_display()}）"
    joined = _joined(change)
    since = f"，{chinese_date(joined)}入会" if joined else ""
    text = f"兹有我会会员{name}{since}，因工作调动，自{chinese_date(change.on)}起会籍转往你会，请予接收。"
    blocks = (
        Title("工会会员会籍接转介绍信"),
        Addressee(change.other_union or "接收单位工会"),
        Paragraph(text),
        Paragraph("会员登记表随本人档案转递。会费交纳到离会当月。"),
        Signature(union, change.on),
        SealPlace(),
        Title("会籍接转回执"),
        Addressee(union),
        Paragraph(f"{person.name}同志的会籍已于　　　年　　月　　日转入我会。"),
        SignLines(("接收工会（盖章）", "经办人", "日期")),
    )
    return Document(blocks=blocks, title="会籍接转介绍信", created_at=created_at, creator=union)


def receipt(change: Change, *, union: str, created_at: datetime) -> Document:
    """会籍接转回执: tells the union that sent the person that the membership was taken over."""
    person = change.person
    number = f"（介绍信编号{change.paper_no}）" if change.paper_no else ""
    name = f"{person.name}（{person.get_sex_display()}）"
    blocks = (
        Title("会籍接转回执"),
        Addressee(change.other_union or "调出单位工会"),
        Paragraph(f"你会转来的会员{name}{number}的会籍，已于{chinese_date(change.on)}转入我会，会员登记表随档案收到。"),
        Paragraph("会费从转入的下一个月起由我会收取。"),
        Signature(union, change.on),
        SealPlace(),
        SignLines(("经办人", "日期")),
    )
    return Document(blocks=blocks, title="会籍接转回执", created_at=created_at, creator=union)


TRANSFERS: Mapping[str, Callable[..., Document]] = {"transfer_out": transfer, "transfer_in": receipt}


def reminder(person: Person, *, evidence: str, union: str, on: date, created_at: datetime) -> Document:
    """催告: what the records say and what the statute asks for, handed over at the talk; its receipt below."""
    blocks = (
        Title("关于按时交纳会费、参加组织生活的提醒"),
        Addressee(f"{person.name}同志"),
        Paragraph("工会的记录里，您最近的情况是："),
        Paragraph(f"{evidence}。"),
        Paragraph(
            "《中国工会章程》第六条规定，会员没有正当理由连续六个月不交纳会费、不参加工会组织生活，经教育拒不改正，应当"
            "视为自愿退会。记录有误，或您有实际困难，请告诉工会小组长；没有，请从本月起交纳会费、参加活动。"
        ),
        Signature(union, on),
        SealPlace(),
        Table((), [("本人说明", ""), ("谈话人意见", "")], widths=(2, 10), row_height_mm=24),
        SignLines(("本人（签名）", "谈话人", "日期")),
    )
    return Document(blocks=blocks, title="自动退会前的提醒", created_at=created_at, creator=union)


ADMISSION: Mapping[str, Builder] = {"application": application, "registration": registration}
