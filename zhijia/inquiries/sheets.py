"""Sheets 收集表登记 (not 收集表: that is the page), 收集范围, 收集题目, 收集答复."""

from __future__ import annotations

from zhijia.core.sheets.declare import Column, Sheet
from zhijia.core.sheets.inclusive import last_day
from zhijia.core.sheets.kinds import choice, date_, long_text, ref, text, whole, yesno
from zhijia.inquiries import rules, services
from zhijia.inquiries.models import Inquiry, Question
from zhijia.unions.sheets import UID


def _inquiry(*examples: str) -> Column:
    return Column("收集表", "inquiry", ref("inquiries.Inquiry"), required=True, examples=(examples[0], examples[-1]))


INQUIRIES = Sheet(
    name="收集表登记",
    records=services.INQUIRIES,
    synonyms=("收集表",),
    help="向会员或小组长收集尺码、报名、选择、卡号等的表，一张一行；题目和答复写在后面两张表。",
    columns=(
        UID,
        Column("表名", "title", text(100), required=True, examples=("2025年工会服尺码", "2025年秋游报名")),
        Column("用途", "purpose", text(300), examples=("统一订制活动服", "安排车辆和用餐")),
        Column(
            "填写范围",
            "audience",
            choice(Inquiry.Audience, {"全体": "members", "会员": "members", "指定小组": "groups", "组长": "leaders"}),
            default="members",
            examples=("全体会员", "指定小组的会员"),
        ),
        Column(
            "状态",
            "state",
            choice(Inquiry.State, {"结束": "closed", "已完成": "closed", "进行中": "open"}),
            default="closed",
            examples=("已结束", "已结束"),
        ),
        Column("开始日期", "first", date_(), required=True, examples=("2025-03-03", "2025-10-09")),
        Column("截止日期", "end", last_day(), examples=("2025-03-12", "2025-10-15")),
        Column("应填人数", "asked", whole(0, 1_000_000), help="请了多少人填", examples=(254, 46)),
        Column("发起人", "asker", ref("members.Person"), examples=("张伟", "")),
    ),
)

ASKED_GROUPS = Sheet(
    name="收集范围",
    records=services.ASKED_GROUPS,
    help="只请几个小组填的表，一个小组一行；请全体会员或小组长填的不用写。",
    columns=(
        UID,
        _inquiry("2025年秋游报名", "2025年秋游报名"),
        Column("工会小组", "group", ref("unions.Group"), required=True, examples=("办公室小组", "城建处小组")),
    ),
)

QUESTIONS = Sheet(
    name="收集题目",
    records=services.QUESTIONS,
    help="收集表的题目，一题一行；选项用分号隔开；银行卡号、手机号、身份证号一律保密。",
    columns=(
        UID,
        _inquiry("2025年工会服尺码", "2025年秋游报名"),
        Column("序号", "rank", whole(1, 999), default=1, examples=(1, 1)),
        Column("题目", "text", text(100), required=True, examples=("上衣尺码", "是否参加")),
        Column(
            "类型",
            "kind",
            choice(Question.Kind, {"单选": "choice", "多选": "several", "是否": "yesno", "电话": "phone"}),
            default="text",
            examples=("尺码", "是或否"),
        ),
        Column("必填", "required", yesno(), default=True, examples=("是", "是")),
        Column("选项", "options", text(500), examples=("S；M；L；XL", "")),
        Column("保密", "personal", yesno(), default=False, examples=("否", "否")),
    ),
    show=("inquiry", "rank", "text", "kind", "required", "personal"),
    order_by=("inquiry", "rank", "pk"),
)

ANSWERS = Sheet(
    name="收集答复",
    reveal="inquiries.export_full",
    records=services.ANSWERS,
    help="每人对每道题的答复，一题一行；保密题目的答复写在“保密答复”，加密保存，写错栏的会自动移过去。",
    columns=(
        UID,
        Column(
            "题目",
            "question",
            ref("inquiries.Question"),
            required=True,
            help="几张表有同样题目的，写成“题目（表名）”",
            examples=("上衣尺码", "是否参加"),
        ),
        Column("会员", "person", ref("members.Person"), required=True, examples=("李敏", "王强")),
        Column("答复", "value", text(rules.ANSWER_LONGEST), examples=("XL", "是")),
        Column("保密答复", "secret", long_text(rules.ANSWER_LONGEST), help="银行卡号等"),
        Column("填写日期", "on", date_(), examples=("2025-03-05", "2025-10-10")),
        Column("代填人", "typed_by", ref("members.Person"), help="别人代为录入的，写录入人", examples=("", "张伟")),
    ),
    show=("question", "person", "value", "on", "typed_by"),
)

SHEETS = (INQUIRIES, ASKED_GROUPS, QUESTIONS, ANSWERS)
