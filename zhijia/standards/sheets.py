"""Sheets 标准, 官方表述, 工作日历."""

from __future__ import annotations

from zhijia.core.sheets.declare import Column, Sheet
from zhijia.core.sheets.inclusive import last_day
from zhijia.core.sheets.kinds import choice, date_, money, text, whole, yesno
from zhijia.standards import services
from zhijia.standards.models import Item, Phrase, Standard
from zhijia.unions.sheets import UID

STANDARDS = Sheet(
    name="标准",
    show=("item", "pack_name", "shape", "amount_fen", "ratio", "source", "first"),
    records=services.STANDARDS,
    parts=(("规定", "pack"), ("标准", "item"), ("来源与施行", "source")),
    synonyms=("慰问标准", "开支标准", "经费标准"),
    help="开支标准和禁止事项，一条一行。没有写确认人的是待核：只提醒，不拦截。",
    columns=(
        UID,
        Column("标准包", "pack", text(40), required=True, help="同一份文件的各条写同一个名称", examples=("own", "own")),
        Column("标准包名称", "pack_name", text(80), examples=("本单位慰问标准", "本单位慰问标准")),
        Column("层级", "level", choice(Standard.Level), default="own", examples=("本单位", "本单位")),
        Column("规则编号", "rule", text(20), examples=("R-FUN-04", "R-FUN-08")),
        Column("项目", "item", choice(Item), required=True, examples=("节日慰问", "书票")),
        Column("形式", "shape", choice(Standard.Shape), required=True, examples=("每人每年", "禁止")),
        Column("档次", "tier", text(40), help="分档的标准才填，如：手术"),
        Column("标准金额", "amount_fen", money(), synonyms=("金额", "标准（元）"), examples=(2000, "")),
        Column("比例", "ratio", text(12), help="如 2/3、40%；倍数写数字", examples=("", "")),
        Column("次数", "count", whole(0, 999)),
        Column("内容", "text", text(500), examples=("节日慰问每人每年不超过2000元", "不得发放书票")),
        Column("依据", "source", text(200), synonyms=("文号", "文件"), examples=("本单位福利办法", "本单位福利办法")),
        Column("来源标记", "mark", choice(Standard.Mark), default="own", examples=("本单位规定", "本单位规定")),
        Column(
            "施行日期", "first", date_(), required=True, synonyms=("生效日期",), examples=("2024-01-01", "2024-01-01")
        ),
        Column("失效日期", "end", last_day(), synonyms=("废止日期",), help="最后一天；现行的留空"),
        Column("确认人", "confirmed_by", text(60), help="核对过文件原文的人"),
        Column("确认日期", "confirmed_on", date_()),
    ),
)

PHRASES = Sheet(
    name="官方表述",
    show=("text", "kind", "source", "first", "confirmed_by"),
    records=services.PHRASES,
    synonyms=("指导思想", "常用表述"),
    rids=("R07", "R08", "R10", "R26"),
    help="报告里要用的正式提法，写明从哪天起用、用到哪天；由专人核对后写上确认人。",
    columns=(
        UID,
        Column("类别", "kind", choice(Phrase.Kind), required=True, examples=("指导思想", "口号")),
        Column(
            "表述",
            "text",
            text(500),
            required=True,
            synonyms=("提法", "内容"),
            examples=("以……为指导", "组织起来，切实维权"),
        ),
        Column("出处", "source", text(200)),
        Column("启用日期", "first", date_(), examples=("2022-10-22", "")),
        Column("停用日期", "end", last_day(), help="最后一天；还在用的留空"),
        Column("确认人", "confirmed_by", text(60)),
        Column("确认日期", "confirmed_on", date_()),
    ),
)

CALENDAR = Sheet(
    name="工作日历",
    records=services.CALENDAR,
    synonyms=("调休日历",),
    help="只写与国家放假安排不同的日子，用来数公示的工作日。",
    columns=(
        UID,
        Column("日期", "day", date_(), required=True, examples=("2027-02-06", "2027-02-08")),
        Column("上班", "works", yesno(), required=True, synonyms=("是否上班",), examples=("是", "否")),
        Column("说明", "note", text(60), examples=("调休上班", "春节放假")),
    ),
)

SHEETS = (STANDARDS, PHRASES, CALENDAR)
