"""What funds puts on the first page: what one received oneself; for those who keep or review the books, the books."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Count, F

from zhijia.core.access import Access
from zhijia.core.feature_types import HomeCard, HomeLine
from zhijia.core.money import yuan
from zhijia.funds.models import Entry, PersonReceipt, Review
from zhijia.standards import services as standards
from zhijia.standards.rules import Cap
from zhijia.unions.models import Payer

PER_YEAR = "per_year"
_REVIEWS = 5
# Kinds that every member is meant to receive within a yearly limit; of the others only what was received is told.
EVERYBODY = (PersonReceipt.Kind.FESTIVAL, PersonReceipt.Kind.FILM, PersonReceipt.Kind.BOOK_COUPON)


def home(access: Access, today: date) -> Iterable[HomeCard]:
    """The access's own cards."""
    if access.person is not None and "member" in access.posts:  # a visitor or an applicant is entitled to nothing
        yield _received(access, access.person, today)
    if access.may("funds.edit"):
        yield _books(access, today)
    if access.may("funds.edit") or access.may("funds.review"):
        yield _unmended(access)


def _received(access: Access, person: int, today: date) -> HomeCard:
    """What one received this year by kind; the yearly limit is the standard's of today, with its source."""
    rows = PersonReceipt.objects.in_union(access.union).filter(
        person_id=person, on__gte=date(today.year, 1, 1), on__lte=today
    )
    sums: dict[str, int] = defaultdict(int)
    by_union: dict[str, int] = defaultdict(int)
    for kind, payer, fen in rows.values_list("kind", "payer", "value_fen"):
        sums[kind] += fen
        by_union[kind] += fen if payer == Payer.UNION else 0
    book = standards.load(access.union)
    caps = {kind: book.cap(kind, today, shape=PER_YEAR) for kind in PersonReceipt.Kind.values}
    lines = [
        _meter(kind, sums[kind], by_union[kind], caps[kind])
        for kind in PersonReceipt.Kind.values
        if kind in sums or (kind in EVERYBODY and caps[kind] is not None)
    ]
    return HomeCard("我今年的权益", tuple(lines), empty="今年还没有发到您名下的登记。", own=True)


def _meter(kind: str, fen: int, by_union: int, cap: Cap | None) -> HomeLine:
    name = str(PersonReceipt.Kind(kind).label)
    if cap is None or cap.amount_fen is None:
        return HomeLine(name, f"已领{yuan(fen)}元")
    source = cap.source if cap.confirmed else f"{cap.source}（待核）"
    if not fen:  # what went to all members without a list of persons is not told by a meter
        text = f"登记在您名下的还没有；发给全体会员的见“我的记录”。依据：{source}"
        return HomeLine(name, f"每年最多{yuan(cap.amount_fen)}元", text)
    left = max(cap.amount_fen - by_union, 0)
    return HomeLine(
        name, f"还余{yuan(left)}元", f"已领{yuan(fen)}元；每年不超过{yuan(cap.amount_fen)}元，依据：{source}",
        used=min(by_union, cap.amount_fen), full=cap.amount_fen,
    )  # fmt: skip


def _books(access: Access, today: date) -> HomeCard:
    """This month's vouchers, and those of them without an attachment."""
    month = Entry.objects.in_union(access.union).filter(year=today.year, month=today.month, closing=False)
    vouchers = month.aggregate(number=Count("voucher", distinct=True), lines=Count("pk"))
    bare = month.filter(attachments=0).aggregate(number=Count("voucher", distinct=True))["number"]
    asks = (("from", today.replace(day=1).isoformat()), ("to", today.isoformat()))
    lines = (
        HomeLine(
            f"{today.month}月凭证", f"{vouchers['number']}张", f"分录{vouchers['lines']}行", "funds.Entry", asks=asks
        ),
        *((HomeLine("其中没有附件", f"{bare}张", "请补上附件张数", "funds.Entry", asks=asks),) if bare else ()),
    )
    return HomeCard("本月的账", lines, label="funds.Entry")


def _unmended(access: Access) -> HomeCard:
    """Findings of the funds review that are not mended, the latest review first."""
    reviews = Review.objects.in_union(access.union).filter(finding_count__gt=F("mended_count")).order_by("-on", "-pk")
    lines = tuple(_open_review(review) for review in reviews[:_REVIEWS])
    return HomeCard("经审发现没有整改完的", lines, label="funds.Review", empty="经审发现的问题都已整改。")


def _open_review(review: Review) -> HomeLine:
    name, left = f"{review.year}年{review.get_kind_display()}", review.finding_count - review.mended_count
    day = f"{review.on.isoformat()}审查"
    return HomeLine(name, f"还有{left}个问题没有整改", day, "funds.Review", str(review.uid))
