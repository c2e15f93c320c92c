"""Which post opens which page of the hallway; rooms grant their own permissions in their `feature.py`.

home: the first page. facts: facts, claims and checks as numbers. records: the named rows behind a number.
import: ledgers in, each sheet only with its room's own permission. roster: the personnel list against the register.
package: the congress package; build: a new one.
jobs: one's own long work. audit: who did what, and the chain checked. workbook: all records with full values.
invite: people without a login. vouch: for those who forgot their password.
erase: whose data is past its time, and erasing a person by decision. deem: who might be deemed withdrawn.
"""

from __future__ import annotations

from zhijia.core.access import Grant

MEMBER = "member"  # held by everybody who is a full member on the day
APPLICANT = "applicant"  # held by who has a login and neither membership nor office
OPERATOR = "operator"
VISITOR = "visitor"  # auditors of a superior body: read what is written here, write nothing (see shell.visits)
_LEADING = ("chair", "vice_chair", "committee", "women_director", "review_director", "reviewer", OPERATOR)
_BOOKKEEPING = ("accountant", "cashier")
_SYNCING = ("chair", "vice_chair", "committee", OPERATOR)
_IMPORTING = ("chair", "vice_chair", "committee", "accountant", OPERATOR)
_WRITING_THE_PACKAGE = ("chair", "vice_chair", "committee")
_READING_THE_PACKAGE = (*_WRITING_THE_PACKAGE, "review_director", "reviewer", OPERATOR)
_AUDITING = ("chair", "vice_chair", "review_director", "reviewer", OPERATOR)
_INVITING = ("chair", "vice_chair", "committee", "group_leader", OPERATOR)
_VOUCHING = ("chair", "vice_chair", "group_leader", OPERATOR)
_DRAFTING = ("chair", "vice_chair", "committee")

GRANTS: tuple[Grant, ...] = (
    Grant(MEMBER, ("shell.home",)),
    Grant(APPLICANT, ("shell.home",)),
    Grant("group_leader", ("shell.home",)),
    Grant("women", ("shell.home",)),
    Grant(VISITOR, ("shell.home", "shell.facts", "shell.records", "shell.package", "shell.audit", "reports.view")),
    *(Grant(post, ("shell.home", "shell.facts", "shell.records")) for post in _LEADING),
    *(Grant(post, ("shell.home", "shell.facts")) for post in _BOOKKEEPING),
    *(Grant(post, ("shell.import", "shell.jobs")) for post in _IMPORTING),
    *(Grant(post, ("shell.roster", "shell.jobs")) for post in _SYNCING),
    *(Grant(post, ("shell.package",)) for post in _READING_THE_PACKAGE),
    *(Grant(post, ("shell.audit", "shell.jobs")) for post in _AUDITING),
    *(Grant(post, ("shell.build", "shell.jobs")) for post in _WRITING_THE_PACKAGE),
    *(Grant(post, ("shell.invite",)) for post in _INVITING),
    *(Grant(post, ("shell.vouch",)) for post in _VOUCHING),
    *(Grant(post, ("reports.view",)) for post in _LEADING),
    *(Grant(post, ("reports.edit",)) for post in _DRAFTING),
    *(Grant(post, ("shell.workbook",)) for post in ("chair", OPERATOR)),
    *(Grant(post, ("shell.deem",)) for post in ("chair", "vice_chair", "committee", OPERATOR)),
    Grant("chair", ("reports.confirm", "shell.erase")),
)
