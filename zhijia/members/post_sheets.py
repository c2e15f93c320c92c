"""Sheets 任职, 工时记录."""

from __future__ import annotations

from zhijia.core.sheets.amounts import hours
from zhijia.core.sheets.declare import Column, Sheet
from zhijia.core.sheets.inclusive import last_day
from zhijia.core.sheets.kinds import choice, date_, long_text, ref, text, yesno
from zhijia.members import post_records, services, time_records
from zhijia.members.models import Post
from zhijia.unions.sheets import UID

POSTS = Sheet(
    name="任职",
    edit="members.appoint",  # who holds a post may do what it is granted: nobody gives himself one
    records=services.POSTS,
    typed=post_records.TYPED,
    parts=(("任职", "person"), ("届次与任期", "group"), ("产生方式", "chosen")),
    synonyms=("工会干部", "工会干部名册", "委员名单"),
    rids=("R13", "R14", "R119", "R134"),
    help="主席、委员、经审、女工、小组长、会计、出纳；一人几职写几行。离任日期填最后一天。",
    columns=(
        UID,
        Column("姓名", "person", ref("members.Person"), required=True, examples=("张伟", "李秀英")),
        Column(
            "职务", "office", choice(Post.Office), required=True, synonyms=("工会职务",), examples=("主席", "小组长")
        ),
        Column("分工", "portfolio", text(40), examples=("主持全面工作", "")),
        Column(
            "工会小组",
            "group",
            ref("unions.Group"),
            synonyms=("小组",),
            examples=("", "办公室小组"),
            day=("first", 0),
        ),
        Column("届次", "term", ref("unions.Term"), examples=("第五届", "第五届")),
        Column("任职日期", "first", date_(), required=True, examples=("2020-12-10", "2020-12-10")),
        Column("离任日期", "end", last_day(), help="代理、来访查阅一开始就要写"),
        Column("产生方式", "chosen", choice(Post.Chosen), default="elected", examples=("选举", "推选")),
        Column("专职", "full_time", yesno(), default=False, examples=("否", "否")),
        Column("从事工会工作日期", "union_since", date_()),
        Column("代理", "acting", yesno(), default=False, synonyms=("主持工作",), help="替别人担任到离任日期为止"),
        Column("事由", "purpose", text(100), help="代理谁、为什么；来访查阅什么"),
        Column("交接清单", "handover", long_text(4000), help="离任时移交了什么"),
    ),
)

TIMES = Sheet(
    name="工时记录",
    records=time_records.TIMES,
    synonyms=("工会工作时间",),
    order_by=("-on",),
    help="可不用：兼职工会干部占用的工作时间，一天一行。《工会法》第四十一条：每月不超过三个工作日的，工资照发。",
    columns=(
        UID,
        Column("姓名", "person", ref("members.Person"), required=True, examples=("张伟", "李秀英")),
        Column("日期", "on", date_(), required=True, examples=("2026-03-12", "2026-03-12")),
        Column("小时", "tenths", hours(24), required=True, examples=(3, 1.5)),
        Column("做什么", "what", text(100), required=True, examples=("筹备职工运动会", "核对会费")),
    ),
)
