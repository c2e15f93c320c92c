"""What the members room offers the house."""

from __future__ import annotations

from zhijia.core import personal
from zhijia.core.access import Grant
from zhijia.core.feature_types import Feature, MenuItem
from zhijia.members import erasure, joining, lapsing, post_rules
from zhijia.members.actions import actions
from zhijia.members.applications import applications
from zhijia.members.checks import CHECKS
from zhijia.members.correction_records import ANSWER
from zhijia.members.demo import demo
from zhijia.members.facts import CLAIMS, FACTS
from zhijia.members.home import home
from zhijia.members.household_checks import CHECKS as HOUSEHOLD_CHECKS
from zhijia.members.household_sheet import HOUSEHOLD
from zhijia.members.merging.finding import merged_into
from zhijia.members.own_sheets import DEFINITIONS
from zhijia.members.own_sheets import SHEETS as OWN
from zhijia.members.reminders import reminders
from zhijia.members.roster_sync.hook import EVERY as ROSTER_EVERY
from zhijia.members.roster_sync.hook import ROSTER_SYNC
from zhijia.members.sheets import SHEETS
from zhijia.members.ties import ties

OFFICERS = ("chair", "vice_chair", "committee")
FAMILY = ("chair", "vice_chair", "women_director")  # who care for families, and nobody else
REVIEWING = ("review_director", "reviewer", "visitor")  # they check what was spent against who was a member
EVERY = (DEFINITIONS, *SHEETS, *OWN, HOUSEHOLD)  # what others are read with comes first
HOLDERS = (
    *OFFICERS, "review_director", "reviewer", "women_director", "women", "group_leader", "accountant", "cashier",
    "operator",
)  # fmt: skip

FEATURE = Feature(
    slug="members",
    section="会员",
    urls="zhijia.members.urls",
    menu=(
        MenuItem("会员", "办理入会", "members:admissions", "members.led"),
        MenuItem("会员", "某日名册", "members:asof", "members.led"),
        MenuItem("会员", "机构改革", "members:reorganisation", "members.edit"),
        MenuItem("会员", "任职和交接", "members:posts", "members.posts"),
        MenuItem("会员", "记工时", "members:time", "members.handover"),
        MenuItem("设置", "来访查阅", "members:visits", "members.appoint"),
        MenuItem("设置", "自定义字段", "members:fields", "members.fields"),
        MenuItem("会员", "疑似重复", "members:duplicates", "members.edit"),
        MenuItem("会员", "申请入会", "members:apply", "members.apply"),
    ),
    grants=(
        *(Grant(post, ("members.view", "members.edit")) for post in OFFICERS),
        *(Grant(post, ("members.view",)) for post in REVIEWING),
        # The members of the groups led; whoever reads the whole register opens the same pages.
        *(Grant(post, ("members.led",)) for post in ("group_leader", *OFFICERS, *REVIEWING, "operator")),
        # All applications; whoever leads groups sees those of these groups.
        *(Grant(post, ("members.applications",)) for post in (*OFFICERS, *REVIEWING, "operator")),
        *(Grant(post, ("members.posts",)) for post in (*HOLDERS, "visitor")),
        *(Grant(post, ("members.handover",)) for post in HOLDERS),  # the own post, and the own working time
        *(Grant(post, ("members.appoint",)) for post in sorted(post_rules.APPOINTING)),
        Grant("operator", ("members.view", "members.edit")),
        *(Grant(post, ("members.fields",)) for post in ("chair", "operator")),
        *(Grant(post, ("members.household",)) for post in FAMILY),
        Grant("member", ("members.family",)),  # one's own
        Grant("applicant", ("members.apply",)),  # whoever has a login and is no member
        *(Grant(post, ("members.secret",)) for post in ("chair", "vice_chair")),
    ),
    sheets=EVERY,
    facts=FACTS,
    claims=CLAIMS,
    checks=(*CHECKS, *HOUSEHOLD_CHECKS),
    reminders=reminders,
    home=home,
    actions=actions,
    export_person=personal.exporter("members", EVERY),
    erase_person=erasure.eraser(EVERY),
    ties_person=ties,
    merged_into=merged_into,
    roster=ROSTER_SYNC,
    numbers={"会籍": (joining.ADMIT, ROSTER_EVERY, lapsing.AFTER, lapsing.REST), "更正": (ANSWER,)},
    applications=applications,
    demo=demo,
)
