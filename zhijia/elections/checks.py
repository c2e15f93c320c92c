"""Checks of delegates and elections held: R-CON-01, 02, 05 and R-ELE-02, 03, 07, 08, 10, 11."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q

from zhijia.core.feature_types import CheckSpec, Finding, Scope
from zhijia.core.outcomes import REFUSE, WARN
from zhijia.elections import rules
from zhijia.elections.models import Candidacy, Delegate, Election
from zhijia.members.models import Person
from zhijia.unions.models import Term
from zhijia.unions.rules import DELEGATES_FROM, quorum

CONGRESS = "《基层工会会员代表大会条例》"
ELECTION = "《工会基层组织选举工作条例》"


def _members(scope: Scope, day: date) -> int:
    return Person.objects.in_union(scope.union).members_on(day).count()


def congress_form(scope: Scope) -> Iterable[Finding]:
    """R-CON-01: below 100 members all members meet."""
    terms = Term.objects.in_union(scope.union).filter(
        first__lt=scope.until, end__gt=scope.first, form=Term.Form.DELEGATES
    )
    count = _members(scope, scope.last) if terms else DELEGATES_FROM
    if count < DELEGATES_FROM:
        for term in terms:
            message = f"会员{count}人，不足100人的应当召开会员大会"
            yield Finding("R-CON-01", REFUSE, True, True, str(term), message, CONGRESS, str(term.uid), term.first)


def _latest_delegates(scope: Scope) -> Any:
    delegates = Delegate.objects.in_union(scope.union).filter(elected_on__gte=scope.first, elected_on__lt=scope.until)
    return delegates.filter(congress=delegates.aggregate(latest=Max("congress"))["latest"])


def delegate_number(scope: Scope) -> Iterable[Finding]:
    """R-CON-02: the number of delegates lies in the band for the number of members."""
    found = _latest_delegates(scope).aggregate(total=Count("pk"), congress=Max("congress"), on=Max("elected_on"))
    if not found["total"]:
        return
    members = _members(scope, found["on"])
    band = rules.delegate_band(members)
    if band and not band[0] <= found["total"] <= band[1]:
        message = f"会员{members}人，代表应为{band[0]}至{band[1]}名，现有{found['total']}名"
        yield Finding("R-CON-02", WARN, True, True, f"第{found['congress']}次代表大会", message, CONGRESS + "第九条")


def leader_share(scope: Scope) -> Iterable[Finding]:
    """R-CON-05: leaders are at most a fifth of the delegates."""
    found = _latest_delegates(scope).aggregate(
        total=Count("pk"), leaders=Count("pk", filter=Q(role=Delegate.Role.LEADER)), congress=Max("congress")
    )
    if found["total"] and found["leaders"] * 100 > found["total"] * rules.LEADER_SHARE:
        message = f"领导代表{found['leaders']}名，超过代表总数{found['total']}名的百分之二十"
        yield Finding("R-CON-05", WARN, True, True, f"第{found['congress']}次代表大会", message, CONGRESS)


def _elections(scope: Scope) -> Any:
    return Election.objects.in_union(scope.union).filter(on__gte=scope.first, on__lt=scope.until).order_by("on", "pk")


def counts(scope: Scope) -> Iterable[Finding]:
    """R-ELE-07, 08, 10 of every election held."""
    for election in _elections(scope):
        name, uid, on = str(election), str(election.uid), election.on
        least = quorum(election.due_count)
        if election.present_count < least:
            message = f"应到{election.due_count}人，实到{election.present_count}人，不足三分之二（{least}人）"
            yield Finding("R-ELE-07", REFUSE, True, True, name, message, ELECTION, uid, on)
        if not election.returned <= election.issued <= election.present_count:
            message = f"收回{election.returned}张、发出{election.issued}张、实到{election.present_count}人，数字不合"
            yield Finding("R-ELE-08", REFUSE, True, True, name, message, ELECTION, uid, on)
        if election.valid + election.invalid != election.returned:
            message = f"有效票{election.valid}加废票{election.invalid}不等于收回{election.returned}"
            yield Finding("R-ELE-10", REFUSE, True, True, name, message, ELECTION, uid, on)


def seats(scope: Scope) -> Iterable[Finding]:
    """R-ELE-02: committee seats lie in the band."""
    for election in _elections(scope).filter(body=Election.Body.COMMITTEE):
        members = _members(scope, election.on)
        low, high = rules.seat_band(members)
        if not low <= election.seats <= high:
            message = f"会员{members}人，委员应为{low}至{high}名，选举名额{election.seats}名"
            yield Finding(
                "R-ELE-02",
                WARN,
                True,
                True,
                str(election),
                message,
                ELECTION + "第八条",
                str(election.uid),
                election.on,
            )


def candidates(scope: Scope) -> Iterable[Finding]:
    """R-ELE-03, 04 (surplus), R-ELE-10 (votes add up) and R-ELE-11 (elected by more than half of those due)."""
    elections = {election.pk: election for election in _elections(scope)}
    rows = Candidacy.objects.in_union(scope.union).filter(election__in=elections).select_related("person")
    listed: dict[int, int] = {}
    for row in rows.order_by("pk"):
        election = elections[row.election_id]
        listed[election.pk] = listed.get(election.pk, 0) + (not row.write_in)
        name, uid, on = f"{row.person}（{election}）", str(row.uid), election.on
        told = row.votes_for + row.votes_against + row.abstained
        if not row.write_in and told != election.valid:
            message = f"赞成、不赞成、弃权合计{told}，不等于有效票{election.valid}"
            yield Finding("R-ELE-10", REFUSE, True, True, name, message, ELECTION, uid, on)
        if row.elected and row.votes_for < rules.majority(election.due_count):
            message = f"得{row.votes_for}票当选，未过应到{election.due_count}人的半数"
            yield Finding("R-ELE-11", REFUSE, True, True, name, message, ELECTION, uid, on)
    for pk, count in listed.items():
        election = elections[pk]
        rule, per_cent = "R-ELE-03", rules.SURPLUS_PER_CENT
        if election.body == Election.Body.STANDING:
            rule, per_cent = "R-ELE-04", rules.STANDING_SURPLUS_PER_CENT
        elif election.body != Election.Body.COMMITTEE:
            continue
        least = rules.least_candidates(election.seats, per_cent)
        if count < least:
            message = f"名额{election.seats}名，候选人至少{least}名，实有{count}名"
            yield Finding(
                rule, REFUSE, True, True, str(election), message, ELECTION, str(election.uid), election.on,
                label="elections.Election",
            )  # fmt: skip


CHECKS = (
    CheckSpec(
        "R-CON-01", "大会形式", congress_form, "unions.Term", "会员达到一百人的召开会员代表大会，不足的召开会员大会"
    ),
    CheckSpec("R-CON-02", "代表人数", delegate_number, "", "按规定的代表人数补选或说明批准情况"),
    CheckSpec("R-CON-05", "领导代表比例", leader_share, "", "调整代表结构，使领导代表不超过百分之二十"),
    CheckSpec("R-ELE-02", "委员名额", seats, "elections.Election", "按会员人数核对委员名额，报上级同意"),
    CheckSpec("R-ELE-03", "差额选举与得票", candidates, "elections.Candidacy", "核对差额比例和得票；不符合的重新选举"),
    CheckSpec(
        "R-ELE-07", "到会人数与选票", counts, "elections.Election", "核对到会人数和选票；不符合的选举无效，重新选举"
    ),
)
