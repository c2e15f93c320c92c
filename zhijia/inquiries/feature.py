"""What the inquiries room offers the house.

Officers write forms and see the answers; whoever handles the money gets card numbers in full; group leaders collect;
every member answers.
"""

from __future__ import annotations

from zhijia.core import erasing, personal
from zhijia.core.access import Grant
from zhijia.core.feature_types import Feature, MenuItem
from zhijia.inquiries.demo import demo
from zhijia.inquiries.facts import FACTS
from zhijia.inquiries.reminders import reminders
from zhijia.inquiries.sheets import SHEETS
from zhijia.inquiries.traces import TRACES, applications

OFFICERS = ("chair", "vice_chair", "committee", "operator")

FEATURE = Feature(
    slug="inquiries",
    section="计划",
    urls="zhijia.inquiries.urls",
    menu=(
        MenuItem("计划", "收集表", "inquiries:list", "inquiries.view"),
        MenuItem("计划", "我要填的表", "inquiries:mine", "inquiries.answer"),
    ),
    grants=(
        *(Grant(post, ("inquiries.view", "inquiries.edit", "inquiries.collect")) for post in OFFICERS),
        Grant("chair", ("inquiries.export_full",)),
        Grant("accountant", ("inquiries.view", "inquiries.export_full")),
        Grant("group_leader", ("inquiries.collect",)),
        Grant("member", ("inquiries.answer",)),
    ),
    sheets=SHEETS,
    facts=FACTS,
    reminders=reminders,
    export_person=personal.exporter("inquiries", SHEETS),
    erase_person=erasing.eraser("inquiries", SHEETS),
    traces=TRACES,
    applications=applications,
    demo=demo,
)
