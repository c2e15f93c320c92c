"""Columns that several sheets share: the union's part, who pays, the campaign, the group."""

from __future__ import annotations

from zhijia.core.sheets.declare import Column
from zhijia.core.sheets.kinds import choice, ref, text
from zhijia.unions.models import DeedRole, Payer

ROLE = Column(
    "工会角色",
    "role",
    choice(DeedRole, {"主办单位": "lead", "承办": "lead", "配合": "assist", "协助": "assist", "组织参加": "take_part"}),
    default="lead",
    help="空着就是主办",
    examples=("主办", "配合行政"),
)
PAYER = Column(
    "经费承担",
    "payer",
    choice(Payer, {"工会经费": "union", "行政经费": "administration", "自费": "persons", "上级工会": "superior"}),
    default="union",
    synonyms=("经费来源", "经费渠道"),
    help="空着就是工会",
    examples=("工会", "行政"),
)
CAMPAIGN = Column(
    "主题活动",
    "campaign",
    text(100),
    synonyms=("专题活动", "结合活动"),
    help="结合哪项主题活动开展",
    examples=("作风建设年", ""),
)
GROUP = Column("工会小组", "group", ref("unions.Group"), synonyms=("小组",), help="小组自己开展的才填", day=("on", 0))
