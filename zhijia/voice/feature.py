"""What the voice room offers the house."""

from __future__ import annotations

from zhijia.core import erasing, personal
from zhijia.core.access import Grant
from zhijia.core.feature_types import Feature
from zhijia.voice.checks import CHECKS
from zhijia.voice.demo import demo
from zhijia.voice.facts import CLAIMS, FACTS
from zhijia.voice.mine import applications
from zhijia.voice.reminders import reminders
from zhijia.voice.sheets import SHEETS
from zhijia.voice.terms import NUMBERS
from zhijia.voice.ties import ties

OFFICERS = ("chair", "vice_chair", "committee")

FEATURE = Feature(
    slug="voice",
    section="民主",
    grants=(
        *(Grant(post, ("voice.view", "voice.edit")) for post in OFFICERS),
        Grant("women_director", ("voice.view", "voice.edit")),
        Grant("operator", ("voice.view", "voice.edit")),
        Grant("visitor", ("voice.view",)),
        *(Grant(post, ("voice.secret",)) for post in ("chair", "vice_chair", "women_director")),
    ),
    sheets=SHEETS,
    facts=FACTS,
    claims=CLAIMS,
    checks=CHECKS,
    reminders=reminders,
    export_person=personal.exporter("voice", SHEETS),
    erase_person=erasing.eraser("voice", SHEETS),
    ties_person=ties,
    applications=applications,
    numbers={"民主": NUMBERS},
    demo=demo,
)
