"""Checks of welfare and housing, then and now: caps, way of giving, festivals, signatures, who pays, notices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q

from zhijia.benefits import rules
from zhijia.benefits.models import HealthBatch, HousingCase, Issue
from zhijia.core.feature_types import CheckSpec, Finding, Scope
from zhijia.core.outcomes import REFUSE, WARN
from zhijia.notices.rules import WHOLE_DEPARTMENT
from zhijia.standards import services as standards
from zhijia.standards.rules import Cap, Standards, above
from zhijia.unions.models import Payer

FESTIVAL_GIFT, PER_YEAR = "festival_gift", "per_year"


def _paid_by_union(scope: Scope, first: date | None = None) -> Any:
    """Issues that the union paid, from the scope's first day, or from an earlier `first`, to its last."""
    rows = Issue.objects.in_union(scope.union).filter(issued_on__gte=first or scope.first, issued_on__lt=scope.until)
    return rows.filter(payer=Payer.UNION).order_by("issued_on", "pk")


def _name(issue: Issue) -> str:
    return f"{issue.issued_on:%Y-%m-%d} {issue.festival} {issue.item}".replace("  ", " ")


def _over(caps: Iterable[tuple[Cap | None, bool]], fen: int) -> tuple[bool, bool, Cap | None]:
    """(broken then, broken now, the cap to quote) of the caps of the day and of today, given with False and True."""
    broken = {is_now: cap for cap, is_now in caps if above([fen], cap)}
    return False in broken, True in broken, broken.get(False) or broken.get(True)


def festival_cap(scope: Scope) -> Iterable[Finding]:
    """R-FUN-04: what one member got at the festivals of a calendar year stays within the cap."""
    pack = standards.load(scope.union)
    years: dict[int, list[Issue]] = defaultdict(list)
    for issue in _paid_by_union(scope, date(scope.first.year, 1, 1)).filter(kind=Issue.Kind.FESTIVAL):
        years[issue.issued_on.year].append(issue)
    for year, issues in years.items():
        fen = sum(issue.unit_fen or 0 for issue in issues)
        on = issues[-1].issued_on
        caps = (
            (pack.cap(FESTIVAL_GIFT, on, shape=PER_YEAR), False),
            (pack.cap(FESTIVAL_GIFT, scope.today, shape=PER_YEAR), True),
        )
        then, now, cap = _over(caps, fen)
        if cap and on >= scope.first:
            message = f"{year}年每名会员节日慰问合计{fen / 100:.2f}元，标准是{(cap.amount_fen or 0) / 100:.2f}元"
            yield Finding("R-FUN-04", cap.severity, then, now, f"{year}年节日慰问", message, cap.source, on=on)


def _cap_findings(scope: Scope, pack: Standards, issue: Issue, item: str, fen: int) -> Iterable[Finding]:
    then, now, cap = _over(((pack.cap(item, issue.issued_on), False), (pack.cap(item, scope.today), True)), fen)
    if cap:
        message = f"每人{fen / 100:.2f}元，标准是{(cap.amount_fen or 0) / 100:.2f}元"
        uid = str(issue.uid)
        yield Finding("R-CAP", cap.severity, then, now, _name(issue), message, cap.source, uid, issue.issued_on)


def other_caps(scope: Scope) -> Iterable[Finding]:
    """R-CAP: birthday, marriage, birth and retirement within the cap of each time, films within the cap of a year."""
    pack = standards.load(scope.union)
    for issue in _paid_by_union(scope).filter(kind__in=rules.CAPPED_ONCE):
        yield from _cap_findings(scope, pack, issue, rules.CAPPED_ONCE[issue.kind], issue.unit_fen or 0)
    films: dict[int, int] = defaultdict(int)
    for issue in _paid_by_union(scope, date(scope.first.year, 1, 1)).filter(kind=Issue.Kind.FILM):
        films[issue.issued_on.year] += issue.unit_fen or 0
        if issue.issued_on >= scope.first:
            yield from _cap_findings(scope, pack, issue, "film", films[issue.issued_on.year])


def way_of_giving(scope: Scope) -> Iterable[Finding]:
    """R-FUN-08: no value vouchers, shopping cards or cash in place of goods where the standards forbid them."""
    pack = standards.load(scope.union)
    risky = Q(method__in=(Issue.Method.VALUE_VOUCHER, Issue.Method.CASH)) | Q(item__contains="卡")
    for issue in _paid_by_union(scope).filter(risky):
        for practice in rules.practices(issue.kind, issue.method, issue.item):
            then, now = pack.forbidden(practice, issue.issued_on), pack.forbidden(practice, scope.today)
            one = then or now
            if one:
                found = (one.rule or "R-FUN-08", one.severity, then is not None, now is not None)
                yield Finding(*found, _name(issue), one.message, one.source, str(issue.uid), issue.issued_on)


def festivals(scope: Scope) -> Iterable[Finding]:
    """R-FUN-09: festival gifts only at the seven statutory festivals, about their day."""
    for issue in _paid_by_union(scope).filter(kind=Issue.Kind.FESTIVAL):
        problem = rules.festival_problem(issue.festival, issue.issued_on)
        if problem:
            then = issue.issued_on >= rules.FUNDS_RULES_ON
            place = (str(issue.uid), issue.issued_on)
            yield Finding("R-FUN-09", WARN, then, True, _name(issue), problem, rules.FUNDS_RULES, *place)


def signatures(scope: Scope) -> Iterable[Finding]:
    """R-FUN-11: what was handed out has a list of real-name signatures."""
    for issue in _paid_by_union(scope).filter(signed=False):
        message = "没有实名签收"
        place = (str(issue.uid), issue.issued_on)
        yield Finding("R-FUN-11", REFUSE, True, True, _name(issue), message, rules.FUNDS_RULES, *place)


def checkup_payer(scope: Scope) -> Iterable[Finding]:
    """R-PAYER: health checks are paid by the administration, not from union funds."""
    pack = standards.load(scope.union)
    rows = HealthBatch.objects.in_union(scope.union).filter(held_on__gte=scope.first, held_on__lt=scope.until)
    rows = rows.filter(payer=Payer.UNION).exclude(kind=HealthBatch.Kind.ANNUAL_LEAVE)
    for batch in rows.order_by("held_on", "pk"):
        assert batch.held_on is not None
        then = pack.forbidden("checkup_union_funds", batch.held_on)
        now = pack.forbidden("checkup_union_funds", scope.today)
        one = then or now
        if one:
            found = (one.rule or "R-PAYER", one.severity, then is not None, now is not None)
            yield Finding(*found, str(batch), one.message, one.source, str(batch.uid), batch.held_on)


def posted(scope: Scope) -> Iterable[Finding]:
    """R-NOT-02: housing and housing subsidy are posted for the whole department before they are settled."""
    rows = HousingCase.objects.in_union(scope.union).filter(solved_on__gte=scope.first, solved_on__lt=scope.until)
    rows = rows.exclude(notice=None, notice_name__gt="").select_related("notice").order_by("solved_on", "pk")
    for case in rows:
        notice = case.notice
        assert case.solved_on is not None
        if notice is None:
            message = "没有公示记录"
        elif notice.scope not in WHOLE_DEPARTMENT:
            message = f"公示范围是“{notice.get_scope_display()}”，没有面向全厅"
        elif case.solved_on < (notice.end or notice.posted_on):
            message = "公示还没有结束就已经办理"
        else:
            continue
        yield Finding("R-NOT-02", WARN, True, True, str(case), message, rules.CUSTOM, str(case.uid), case.solved_on)


CHECKS = (
    CheckSpec(
        "R-FUN-04", "节日慰问年度标准", festival_cap, "benefits.Issue", "核对人数和金额；超标准的按规定清退或说明依据"
    ),
    CheckSpec(
        "R-CAP", "生日、婚育、退休和观影标准", other_caps, "benefits.Issue", "核对金额；超标准的按规定清退或说明依据"
    ),
    CheckSpec("R-FUN-08", "发放方式", way_of_giving, "benefits.Issue", "改用规定的发放方式，说明情况"),
    CheckSpec("R-FUN-09", "节日慰问限于法定节日", festivals, "benefits.Issue", "改列为符合规定的项目，或说明依据"),
    CheckSpec("R-FUN-11", "实名签收", signatures, "benefits.Issue", "补齐签收"),
    CheckSpec("R-PAYER", "体检由行政负担", checkup_payer, "benefits.HealthBatch", "改由行政列支，调整账目"),
    CheckSpec(
        "R-NOT-02", "购房和住房补贴先公示后办理", posted, "benefits.HousingCase", "补办公示，或登记已经公示的记录"
    ),
)
