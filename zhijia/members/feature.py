"""What the members room offers the house."""

from __future__ import annotations

from zhijia.core import erasing, personal
from zhijia.core.access import Grant
from zhijia.core.feature_types import Feature, MenuItem
from zhijia.members.actions import actions
from zhijia.members.applications import applications
from zhijia.members.checks import CHECKS
from zhijia.members.demo import demo
from zhijia.members.facts import CLAIMS, FACTS
from zhijia.members.home import home
from zhijia.members.own_sheets import SHEETS as OWN
from zhijia.members.reminders import reminders
from zhijia.members.sheets import SHEETS
from zhijia.members.ties import ties

OFFICERS = ("chair", "vice_chair", "committee")

FEATURE = Feature(
    slug="members",
    section="会员",
    urls="zhijia.members.urls",
    menu=(
        MenuItem("会员", "办理入会", "members:admissions", "members.view"),
        MenuItem("会员", "某日名册", "members:asof", "members.view"),
        MenuItem("会员", "机构改革", "members:reorganisation", "members.edit"),
        MenuItem("会员", "申请入会", "members:apply", "members.apply"),
    ),
    grants=(
        *(Grant(post, ("members.view", "members.edit")) for post in OFFICERS),
        Grant("group_leader", ("members.view",)),
        Grant("reviewer", ("members.view",)),
        Grant("operator", ("members.view", "members.edit")),
        Grant("applicant", ("members.apply",)),  # whoever has a login and is no member
        *(Grant(post, ("members.secret",)) for post in ("chair", "vice_chair")),
    ),
    sheets=(*SHEETS, *OWN),
    facts=FACTS,
    claims=CLAIMS,
    checks=CHECKS,
    reminders=reminders,
    home=home,
    actions=actions,
    export_person=personal.exporter("members", (*SHEETS, *OWN)),
    erase_person=erasing.eraser("members", (*SHEETS, *OWN)),
    ties_person=ties,
    applications=applications,
    demo=demo,
)
