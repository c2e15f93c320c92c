"""Sheets 入会申请, 会籍变动: what was done about memberships."""

from __future__ import annotations

from zhijia.core.sheets.declare import Column, Sheet
from zhijia.core.sheets.kinds import choice, date_, long_text, ref, text
from zhijia.members import change_records
from zhijia.members.models import Admission, Change
from zhijia.unions.sheets import UID


def _person() -> Column:
    return Column("姓名", "person", ref("members.Person"), required=True, examples=("王小明", "陈静"))


ADMISSIONS = Sheet(
    name="入会申请",
    view="members.applications",
    records=change_records.ADMISSIONS,
    parts=(("申请", "person"), ("小组意见", "remark"), ("委员会决定", "decided_on")),
    synonyms=("入会申请登记",),
    help="一份申请一行；会籍从批准之日算起，写在“会员”表的入会日期。",
    columns=(
        UID,
        _person(),
        Column(
            "状态",
            "state",
            choice(Admission.State, {"批准": "approved", "申请": "applied"}),
            default="approved",
            examples=("已批准", "已批准"),
        ),
        Column("申请方式", "how", choice(Admission.How), default="paper", examples=("纸质申请书", "网上申请")),
        Column("申请日期", "applied_on", date_(), required=True, examples=("2025-07-20", "2025-08-01")),
        Column("申请人的话", "wish", long_text(1000)),
        Column("小组意见", "remark", text(200), examples=("同意入会", "同意入会")),
        Column("小组意见日期", "remarked_on", date_()),
        Column("签意见的人", "remarked_by", text(60)),
        Column("批准日期", "decided_on", date_(), examples=("2025-08-15", "2025-08-15")),
        Column("委员会会议", "meeting", text(100), examples=("2025年第8次委员会会议", "")),
        Column("没有批准的原因", "reason", text(200)),
    ),
)

CHANGES = Sheet(
    name="会籍变动",
    records=change_records.CHANGES,
    synonyms=("会籍变动登记", "会员变动"),
    help="入会、调入、退休、调出、退会、去世等，一次一行，只作记载；谁是会员看“会员”和“以前会籍”表。",
    columns=(
        UID,
        _person(),
        Column("变动", "kind", choice(Change.Kind), required=True, examples=("调出", "退休保留会籍")),
        Column("日期", "on", date_(), required=True, examples=("2024-06-15", "2025-03-01")),
        Column("对方工会", "other_union", text(100), synonyms=("调往", "调自"), examples=("某市总工会机关工会", "")),
        Column("原因", "reason", text(200)),
        Column("小组讨论日期", "discussed_on", date_()),
        Column("委员会会议", "meeting", text(100)),
        Column("上级备案", "filed", text(100), synonyms=("备案文号",)),
        Column("介绍信编号", "paper_no", text(40), synonyms=("接转编号",)),
    ),
)
