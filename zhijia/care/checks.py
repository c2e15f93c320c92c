"""Checks of aid (R-AID-01, R-AID-02), of what visits bring (R-FUN-08, 10, 11, caps, payer), of privacy (R-PRI-01)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from zhijia.care import rules
from zhijia.care.models import AidCase, Event, Kind, Source, Visit
from zhijia.core.feature_types import CheckSpec, Finding, Scope
from zhijia.core.money import yuan
from zhijia.core.outcomes import REFUSE, WARN
from zhijia.standards import services as standards
from zhijia.standards.rules import ILLNESS, Cap, Forbidden, Standards, above, working_days_between
from zhijia.unions.models import Payer

DAY = timedelta(days=1)
FLOW = "困难补助办理程序"
REAL_NAME = "实名发放、实名签收"


def _visits(scope: Scope) -> Any:
    """Visits of the scope that the union paid for."""
    rows = Visit.objects.in_union(scope.union).filter(on__gte=scope.first, on__lt=scope.until, payer=Payer.UNION)
    return rows.filter(amount_fen__gt=0).select_related("person").order_by("on", "pk")


def _aid(scope: Scope) -> Any:
    rows = AidCase.objects.in_union(scope.union).filter(paid_on__gte=scope.first, paid_on__lt=scope.until)
    return rows.select_related("person").order_by("paid_on", "pk")


def _whom(row: Visit | AidCase) -> object:
    return row.person_id or row.person_name


def aid_steps(scope: Scope) -> Iterable[Finding]:
    """R-AID-01: decision, public notice, answers to objections and receipt stand before a case is paid and closed."""
    calendar = standards.calendar(scope.union)
    for case in _aid(scope):
        lacking = rules.missing_steps(
            own_money=case.source in (Source.OWN, Source.DONATION), decided_on=case.decided_on, minutes=case.minutes,
            notice_first=case.notice_first, notice_end=case.notice_end, receipt=case.receipt,
            objections=case.objections, answered=case.objections_answered,
        )  # fmt: skip
        if lacking:
            message = f"补助已发放，缺少{'、'.join(lacking)}"
            yield Finding("R-AID-01", REFUSE, True, True, str(case), message, FLOW, str(case.uid), case.paid_on)
        if case.notice_first and case.notice_end:
            days = working_days_between(case.notice_first, case.notice_end - DAY, calendar)
            if days < rules.NOTICE_DAYS:
                message = f"公示只有{days}个工作日，通常不少于{rules.NOTICE_DAYS}个"
                yield Finding("R-AID-01", WARN, True, True, str(case), message, FLOW, str(case.uid), case.paid_on)
            if case.paid_on < case.notice_end:
                message = "公示期未满就发放了补助"
                yield Finding("R-AID-01", REFUSE, True, True, str(case), message, FLOW, str(case.uid), case.paid_on)


def aid_causes(scope: Scope) -> Iterable[Finding]:
    """R-AID-02: who was aided for illness and for another cause makes the causes exceed the persons."""
    first: dict[object, AidCase] = {}
    told: set[object] = set()
    for case in _aid(scope):
        whom = _whom(case)
        before = first.setdefault(whom, case)
        if before.cause_group != case.cause_group and whom not in told:
            told.add(whom)
            message = "既因病又因其他原因受过补助：按原因分列的人数之和会多于总人数"
            name = case.person.name if case.person else case.person_name
            yield Finding("R-AID-02", WARN, True, True, name, message, "统计口径", str(case.uid), case.paid_on)


def pay_method(scope: Scope) -> Iterable[Finding]:
    """R-FUN-08: where a souvenir is meant, money is not given."""
    book = standards.load(scope.union)
    for visit in _visits(scope).filter(category__in=rules.GOODS_ONLY, money_fen__gt=0):
        yield from _prohibited(
            visit, book.forbidden("cash_for_goods", visit.on), book.forbidden("cash_for_goods", scope.today)
        )


def retirees(scope: Scope) -> Iterable[Finding]:
    """Rules 3.3: retirees are visited with the administration's or the veterans' money, not the union's."""
    book, practice = standards.load(scope.union), "retiree_visit_union_funds"
    for visit in _visits(scope).filter(category=Visit.Category.RETIRED):
        yield from _prohibited(visit, book.forbidden(practice, visit.on), book.forbidden(practice, scope.today))


def _prohibited(visit: Visit, then: Forbidden | None, now: Forbidden | None) -> Iterable[Finding]:
    rule = then or now
    if rule is not None:
        yield Finding(
            rule.rule, rule.severity, then is not None, now is not None, str(visit), rule.message, rule.source,
            str(visit.uid), visit.on,
        )  # fmt: skip


def once_per_illness(scope: Scope) -> Iterable[Finding]:
    """R-FUN-10: hospital care once per illness and year. Every event on record is taken for an illness of its own."""
    book = standards.load(scope.union)
    groups: dict[tuple[object, int], list[Visit]] = defaultdict(list)
    for visit in _visits(scope).filter(category=Visit.Category.HOSPITAL):
        groups[_whom(visit), visit.on.year].append(visit)
    ill = _illnesses(scope) if any(len(visits) > 1 for visits in groups.values()) else Counter()
    for key, visits in groups.items():
        linked = {visit.event_id for visit in visits} - {None}
        free = max(ill[key] - len(linked), 0 if linked else 1)
        for visit in visits:
            if visit.event_id is None:
                again, free = free == 0, max(free - 1, 0)
            else:
                again = visit.event_id not in linked
                linked.discard(visit.event_id)
            then, now = (book.cap("hospital", day, shape=ILLNESS) for day in (visit.on, scope.today))
            rule = then or now
            if not again or rule is None:
                continue
            held, holds = then is not None, now is not None
            message = "同一年里为同一次生病付过不止一次住院慰问"
            yield Finding("R-FUN-10", WARN, held, holds, str(visit), message, rule.source, str(visit.uid), visit.on)


def _illnesses(scope: Scope) -> Counter[tuple[object, int]]:
    """How many stays in hospital each person had in each year, as reported."""
    events = Event.objects.in_union(scope.union).filter(kind=Kind.HOSPITAL)
    rows = events.values_list("person_id", "person_name", "happened_on")
    return Counter((person or name, day.year) for person, name, day in rows)


def receipts(scope: Scope) -> Iterable[Finding]:
    """R-FUN-11: money that a person got from the union is signed for."""
    for visit in _visits(scope).filter(money_fen__gt=0, receipt=False):
        message = f"慰问金{yuan(visit.money_fen)}元没有签收"
        yield Finding("R-FUN-11", REFUSE, True, True, str(visit), message, REAL_NAME, str(visit.uid), visit.on)
    for case in _aid(scope).filter(receipt=False):
        message = f"补助金{yuan(case.amount_fen)}元没有签收"
        yield Finding(
            "R-FUN-11", REFUSE, True, True, str(case), message, REAL_NAME, str(case.uid), case.paid_on,
            label="care.AidCase",
        )  # fmt: skip


def caps(scope: Scope) -> Iterable[Finding]:
    """What an event, a visit, or a person in a year got, against the caps of its date and of today."""
    book = standards.load(scope.union)
    per_event: dict[tuple[Any, ...], list[Visit]] = defaultdict(list)
    per_year: dict[tuple[Any, ...], list[Visit]] = defaultdict(list)
    for visit in _visits(scope):
        item = rules.ITEM_OF.get(visit.category)
        if item is None:
            continue
        per_event[item, visit.event_id or f"visit {visit.pk}"].append(visit)
        per_year[item, _whom(visit), visit.on.year].append(visit)
    for shapes, groups in ((("once", ILLNESS), per_event), (("per_year",), per_year)):
        for (item, *_rest), visits in groups.items():
            got, last = [visit.amount_fen for visit in visits], visits[-1]
            then, now = (_lowest(book, item, day, shapes) for day in (last.on, scope.today))
            yield from _over(str(last), got, then, now, last)
    aided: dict[object, list[Any]] = defaultdict(list)
    for case in _aid(scope).filter(source=Source.OWN):
        aided[_whom(case), case.paid_on.year].append(case)
    for cases in aided.values():
        last_case = cases[-1]
        got = [case.amount_fen or 0 for case in cases]
        then, now = (book.cap("hardship", day, shape="per_year") for day in (last_case.paid_on, scope.today))
        yield from _over(str(last_case), got, then, now, last_case)


def _lowest(book: Standards, item: str, day: date, shapes: tuple[str, ...]) -> Cap | None:
    """The cap of one of the shapes; an item has its cap per case in one shape only."""
    return next((cap for shape in shapes if (cap := book.cap(item, day, shape=shape))), None)


def _over(record: str, got: list[int], then: Cap | None, now: Cap | None, row: Visit | AidCase) -> Iterable[Finding]:
    broken_then, broken_now = above(got, then), above(got, now)
    cap = then if broken_then else now
    if (broken_then or broken_now) and cap is not None:
        on = row.on if isinstance(row, Visit) else row.paid_on
        message = f"{yuan(sum(got))}元，高于标准{yuan(cap.amount_fen or 0)}元"
        yield Finding(
            cap.rule or "R-CAP", cap.severity, broken_then, broken_now, record, message, cap.source, str(row.uid), on,
            label=row._meta.label,
        )  # fmt: skip


def privacy(scope: Scope) -> Iterable[Finding]:
    """R-PRI-01: an illness is named in the encrypted columns only, never in those that everybody in care reads."""
    visits = Visit.objects.in_union(scope.union).filter(on__gte=scope.first, on__lt=scope.until)
    named = Q()
    for word in rules.DIAGNOSES:
        named |= Q(opinion__contains=word) | Q(goods__contains=word) | Q(person_name__contains=word)
    for visit in visits.filter(named).select_related("person").order_by("on", "pk"):
        message = "普通栏目里写了病情，请移到“备注”（加密）"
        yield Finding(
            "R-PRI-01",
            REFUSE,
            True,
            True,
            _anonymous(visit),
            message,
            "《个人信息保护法》第二十八条",
            str(visit.uid),
            visit.on,
        )


def _anonymous(visit: Visit) -> str:
    name = visit.person.name if visit.person else "（不在册）"
    return f"{name}（{visit.get_category_display()}）"


CHECKS = (
    CheckSpec("R-AID-01", "困难补助的研究、公示和签收", aid_steps, "care.AidCase", "补齐研究、公示和签收的记录"),
    CheckSpec(
        "R-AID-02", "补助人数按原因分列之和", aid_causes, "care.AidCase", "核对补助原因；报告中写人数时不要把各项相加"
    ),
    CheckSpec("R-FUN-08", "应发实物的不发现金", pay_method, "care.Visit", "改发实物，或核对是否登记有误"),
    CheckSpec(
        "R-FUN-10", "住院慰问同一病每年一次", once_per_illness, "care.Visit", "确属不同疾病的，登记对应的应访事项"
    ),
    CheckSpec("R-FUN-11", "发给个人的钱有签收", receipts, "care.Visit", "补齐签收"),
    CheckSpec("R-CAP", "慰问和补助不超标准", caps, "care.Visit", "核对金额；超标准的按规定清退或说明依据"),
    CheckSpec(
        "R-PAYER", "离退休人员由行政或老干部经费负担", retirees, "care.Visit", "改由行政或老干部经费列支，调整账目"
    ),
    CheckSpec("R-PRI-01", "病情只写在加密的栏目", privacy, "care.Visit", "把病情移到“备注”（加密）"),
)
