"""Sheets 自定义字段, 更正请求, 个人信息同意."""

from __future__ import annotations

from zhijia.core.sheets.declare import Column, Sheet
from zhijia.core.sheets.kinds import choice, date_, long_text, ref, several, text, whole, yesno
from zhijia.members.correction_records import CORRECTIONS
from zhijia.members.corrections import WAITING, CorrectionRequest
from zhijia.members.ground_records import CONSENTS
from zhijia.members.grounds import Consent
from zhijia.members.models import OwnField
from zhijia.members.own_records import FIELDS, HELP, KEEPERS, NAME, SEERS
from zhijia.members.services import OFFICES
from zhijia.unions.sheets import UID

DEFINITIONS = Sheet(
    name="自定义字段",
    view="members.fields",
    edit="members.fields",
    searched=False,
    records=FIELDS,
    parts=(("字段", "name"), ("谁能看、谁能填", "sensitive"), ("次序", "rank")),
    order_by=("rank",),
    help="本单位给会员台账加的栏目。填在这里的栏目，同一个文件的“会员”表里就可以用。",
    columns=(
        UID,
        Column("字段名", "name", text(NAME), required=True, examples=("鞋码", "饮食习惯")),
        Column("类型", "sort", choice(OwnField.Sort), required=True, examples=("数字", "选项")),
        Column("选项", "options", long_text(), help="类型是“选项”时填，一行一个", examples=("", "不限\n清真\n素食")),
        Column("填写说明", "help", text(HELP), examples=("发劳保用品时用", "订餐时用")),
        Column("必填", "required", yesno(), default=False, help="只管表单；导入台账时空着也收"),
        Column("敏感", "sensitive", yesno(), default=False, help="加密保存，平时不显示"),
        Column(
            "能改的职务", "kept_by", several([(post, OFFICES[post]) for post in KEEPERS]), examples=("主席、委员", "")
        ),
        Column("还能看的职务", "seen_by", several([(post, OFFICES[post]) for post in SEERS]), examples=("小组长", "")),
        Column("本人可以填", "by_self", yesno(), default=False, examples=("否", "是")),
        Column("次序", "rank", whole(), default=0, examples=("10", "20")),
        Column("停用日期", "retired_on", date_(), help="停用的不再问、不再显示，已填的内容还在"),
    ),
)

REQUESTS = Sheet(
    name="更正请求",
    view="members.edit",
    records=CORRECTIONS,
    show=("person", "about", "wish", "asked_on", "state", "answer"),
    parts=(("请求", "person"), ("答复", "state")),
    order_by=("-asked_on",),
    help="会员在“我的数据”里提出的更正、删除请求。先到台账里核对、改好（删除在“保存期限和删除”里办），再在这里答复；"
    "不改、不删的写明理由，本人看得到。",
    columns=(
        UID,
        Column("姓名", "person", ref("members.Person"), required=True, examples=("张伟", "李秀英")),
        Column("哪一项", "about", text(80), required=True, examples=("会员", "走访慰问")),
        Column("应改为", "wish", text(300), required=True, examples=("学历应为研究生", "走访日期应为3月5日")),
        Column("提出日期", "asked_on", date_(), required=True, examples=("2026-03-02", "2026-04-10")),
        Column(
            "状态",
            "state",
            choice(CorrectionRequest.State),
            default=WAITING,
            examples=("已更正", "未更正"),
            help="删除请求的答复是“已删除”“不删除”",
        ),
        Column("答复日期", "answered_on", date_(), help="不填就是答复当天", examples=("2026-03-05", "2026-04-12")),
        Column(
            "答复",
            "answer",
            text(200),
            help="未更正、不删除的写明理由；已删除的写明删了什么",
            examples=("", "签到表上是3月6日"),
        ),
    ),
)

GROUNDS = Sheet(
    name="个人信息同意",
    view="members.edit",
    records=CONSENTS,
    show=("person", "purpose", "ground", "given_on", "ended_on"),
    order_by=("-given_on",),
    synonyms=("同意书登记",),
    help="处理病情、家庭、未满14周岁子女等敏感信息的依据：谁、为什么事、哪天同意的，或法律上不用同意的依据。",
    columns=(
        UID,
        Column("姓名", "person", ref("members.Person"), required=True, examples=("张伟", "李秀英")),
        Column("用途", "purpose", choice(Consent.Purpose), required=True, examples=("家庭成员信息", "公示")),
        Column(
            "依据", "ground", choice(Consent.Ground), default="consent", help="未满14周岁子女的信息要监护人同意",
            examples=("本人单独同意", "履行法定职责"),
        ),
        Column("同意日期", "given_on", date_(), required=True, examples=("2026-03-02", "2026-03-02")),
        Column("撤回同意日期", "ended_on", date_(), help="本人撤回同意的那一天"),
        Column("同意的内容", "text", text(300), help="同意书怎么写的，或依据哪条", examples=("用于困难补助", "工会法")),
    ),
)  # fmt: skip

SHEETS = (REQUESTS, GROUNDS)  # DEFINITIONS stand before the members, whose columns they make
