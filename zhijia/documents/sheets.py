"""Sheets 收文学习 and 上报文件."""

from __future__ import annotations

from zhijia.core.sheets.declare import Column, Sheet
from zhijia.core.sheets.kinds import choice, date_, loose_ref, text
from zhijia.documents import services
from zhijia.documents.models import IncomingPaper, Submission
from zhijia.unions.sheets import UID

PAPERS = Sheet(
    name="收文学习",
    records=services.PAPERS,
    synonyms=("收文", "收文登记", "文件学习"),
    rids=("R05", "R07", "R32", "R50", "R129", "R130"),
    help="上级工会和党组织的文件、法律法规；学习过的填学习日期。",
    columns=(
        UID,
        Column(
            "标题",
            "title",
            text(200),
            required=True,
            synonyms=("文件标题", "文件名称", "文件名"),
            examples=("关于开展创建学习型组织活动的通知", "中华人民共和国工会法"),
        ),
        Column("文号", "number", text(60), synonyms=("文件编号", "来文字号"), examples=("江建工〔2022〕8号", "")),
        Column(
            "来文单位",
            "sender",
            loose_ref("unions.OutsideBody", "sender_name"),
            synonyms=("发文单位",),
            examples=("建设建材工会", ""),
        ),
        Column("类别", "topic", choice(IncomingPaper.Topic), default="other", examples=("活动部署", "法律法规")),
        Column(
            "收文日期",
            "received_on",
            date_(),
            required=True,
            synonyms=("日期", "来文日期"),
            examples=("2022-03-01", "2022-01-05"),
        ),
        Column("学习日期", "studied_on", date_(), synonyms=("传达日期",), examples=("2022-03-10", "2022-01-20")),
        Column("学习范围", "studied_by", text(60), examples=("委员和小组长", "全体会员")),
        Column("落实情况", "action", text(200)),
    ),
)

SUBMISSIONS = Sheet(
    name="上报文件",
    records=services.SUBMISSIONS,
    synonyms=("请示报告", "发文", "上报材料"),
    rids=("R126", "R139"),
    help="报给上级工会、党组织的请示和报告，以及批复。",
    columns=(
        UID,
        Column(
            "标题",
            "title",
            text(200),
            required=True,
            examples=("关于召开第六次会员代表大会的请示", "关于2024年经费决算的报告"),
        ),
        Column("文种", "kind", choice(Submission.Kind), required=True, examples=("请示", "报告")),
        Column("事项", "matter", choice(Submission.Matter), default="other", examples=("换届", "预决算")),
        Column("发文字号", "number", text(60), synonyms=("文号",), examples=("厅工〔2026〕3号", "厅工〔2025〕1号")),
        Column(
            "主送单位",
            "to",
            loose_ref("unions.OutsideBody", "to_name"),
            synonyms=("报送单位",),
            examples=("建设建材工会", "建设建材工会"),
        ),
        Column(
            "报送日期", "sent_on", date_(), required=True, synonyms=("日期",), examples=("2026-06-10", "2025-02-20")
        ),
        Column("批复日期", "answered_on", date_(), examples=("2026-06-20", "")),
        Column("批复文号", "answer_number", text(60), examples=("江建工复〔2026〕5号", "")),
        Column("批复内容", "answer", text(200), examples=("同意", "")),
    ),
)

SHEETS = (PAPERS, SUBMISSIONS)
