"""The demo's welfare: gifts at the festivals, coupons as they were once given, health checks, leave, and housing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from zhijia.benefits import rules, services
from zhijia.benefits.models import Entitlement, HealthBatch, HousingCase, Issue
from zhijia.core.dates import add_years
from zhijia.core.demo import Human, World

Kind, Method = Issue.Kind, Issue.Method
# (festival, goods, days before the festival, fen until 2022, fen from 2023)
FESTIVALS = (
    ("元旦", "杂粮礼盒", 5, 10_000, 20_000),
    ("春节", "米、油和干货", 10, 50_000, 70_000),
    ("清明节", "青团礼盒", 5, 10_000, 15_000),
    ("劳动节", "毛巾、洗护用品", 6, 15_000, 20_000),
    ("端午节", "粽子、咸鸭蛋", 6, 20_000, 25_000),
    ("中秋节", "月饼、水果", 8, 25_000, 30_000),
    ("国庆节", "牛奶、坚果", 4, 15_000, 20_000),
)
SMALL_FESTIVALS = ("春节", "端午节", "中秋节", "国庆节")
# (kind, what, month, day, fen, method, share of members, years since the term began)
YEARLY = (
    (Kind.BOOK_COUPON, "书票", 4, 22, 10_000, Method.VALUE_VOUCHER, 1.0, (1, 99)),
    (Kind.LAUNDRY_COUPON, "洗衣券", 5, 20, 10_000, Method.VALUE_VOUCHER, 1.0, (1, 2)),
    (Kind.HOUSEKEEPING_COUPON, "家政券", 10, 20, 10_000, Method.VALUE_VOUCHER, 1.0, (1, 2)),
    (Kind.FILM, "观看主旋律电影", 6, 25, 5_000, Method.SERVICE, 0.8, (1, 99)),
    (Kind.FAMILY, "职工子女暑期托管", 7, 12, 30_000, Method.SERVICE, 0.1, (3, 99)),
)
COUPONS = (Kind.BOOK_COUPON, Kind.LAUNDRY_COUPON, Kind.HOUSEKEEPING_COUPON)
LEAVE_RATES = (86, 88, 90, 92, 94, 95)  # per cent, year by year
HOUSED, SUBSIDISED, OF = 64, 47, 260  # 60多名, and all who were entitled, in a union of 260


def _issue(kind: Issue.Kind, item: str, fen: int, heads: int, issued_on: date, **more: Any) -> dict[str, Any]:
    row = {
        "kind": kind,
        "festival": "",
        "item": item,
        "unit_fen": fen,
        "heads": heads,
        "amount_fen": fen * heads,
        "cut_off_on": None,
        "left_out": 0,
        "left_out_reason": "",
        "issued_on": issued_on,
        "method": Method.GOODS,
        "signed": True,
        "notes": "",
    }
    return row | more


def _festivals(world: World, year: int) -> Iterator[dict[str, Any]]:
    """Gifts of a calendar year; the one for New Year's Day is handed out in the last days of December."""
    for name, goods, ahead, before, since in FESTIVALS:
        if not world.full and name not in SMALL_FESTIVALS:
            continue
        day = rules.festival_day(name, year + 1 if name == "元旦" else year)
        if day is None or not world.past(day - timedelta(days=ahead)):
            continue
        issued_on = day - timedelta(days=ahead)
        cut_off_on = issued_on - timedelta(days=7)
        heads = len(world.members_on(cut_off_on))
        more: dict[str, Any] = {"festival": name, "cut_off_on": cut_off_on}
        if name == "中秋节" and year % 2:
            heads -= 1
            more |= {"left_out": 1, "left_out_reason": "长期在外挂职，由派驻单位发放"}
        yield _issue(Kind.FESTIVAL, goods, since if year >= 2023 else before, heads, issued_on, **more)


def _yearly(world: World, year: int) -> Iterator[dict[str, Any]]:
    """Coupons, films and family services; the small union never gave coupons."""
    number = year - world.first.year
    for kind, item, month, day, fen, method, share, (first, last) in YEARLY:
        issued_on = date(year, month, day)
        if not first <= number <= last or not world.past(issued_on) or (kind in COUPONS and not world.full):
            continue
        heads = round(len(world.members_on(issued_on)) * share)
        yield _issue(kind, item, fen, heads, issued_on, method=method, cut_off_on=issued_on - timedelta(days=7))


def _retired_in(world: World, year: int) -> int:
    ages = {"male": 60, "female": 55}
    ended = [human for human in world.people if human.ended_on and human.ended_on.year == year]
    return sum(human.ended_on == add_years(human.birth_on, ages[human.sex]) for human in ended)


def _personal(world: World, year: int) -> Iterator[dict[str, Any]]:
    """Birthdays, weddings, births and retirements of a year, one line each, closed at its end (this year: so far)."""
    closed_on = min(date(year, 12, 20), world.today - timedelta(days=5))
    if not world.past(closed_on):
        return
    members = len(world.members_on(closed_on))
    weddings, births = round(members * world.rng.uniform(0.008, 0.02)), round(members * world.rng.uniform(0.01, 0.025))
    for kind, item, fen, heads, method in (
        (Kind.BIRTHDAY, "生日蛋糕券", 20_000, members, Method.PICKUP_VOUCHER),
        (Kind.MARRIAGE, "结婚纪念品", 50_000, weddings, Method.GOODS),
        (Kind.CHILDBIRTH, "母婴用品", 50_000, births, Method.GOODS),
        (Kind.RETIREMENT, "退休纪念品", 80_000, _retired_in(world, year), Method.GOODS),
    ):
        if heads:
            yield _issue(kind, item, fen, heads, closed_on, method=method, notes="按年汇总")


def _health(world: World, year: int) -> Iterator[dict[str, Any]]:
    """The general check in September, the women's in March, and the account of annual leave."""
    row = {
        "year": year,
        "held_on": None,
        "clinic": "",
        "invited": None,
        "attended": None,
        "days_due": None,
        "days_taken": None,
    }
    clinic = "江州省人民医院体检中心" if world.full else "云山市人民医院"
    for kind, held_on in ((HealthBatch.Kind.WOMEN, date(year, 3, 18)), (HealthBatch.Kind.GENERAL, date(year, 9, 14))):
        if world.past(held_on):
            women = kind == HealthBatch.Kind.WOMEN
            invited = sum(not women or human.sex == "female" for human in world.members_on(held_on))
            attended = round(invited * world.rng.uniform(0.9, 0.98))
            yield row | {"kind": kind, "held_on": held_on, "clinic": clinic, "invited": invited, "attended": attended}
    counted_on = min(date(year, 12, 31), world.today - timedelta(days=10))
    if world.past(counted_on):
        due = len(world.members_on(counted_on)) * 10
        rate = LEAVE_RATES[min(year - world.first.year, len(LEAVE_RATES)) - 1]
        kind = HealthBatch.Kind.ANNUAL_LEAVE
        yield row | {"kind": kind, "held_on": counted_on, "days_due": due, "days_taken": due * rate // 100}


def _share(total: int, years: Sequence[int]) -> dict[int, int]:
    """`total` spread over the years as evenly as whole numbers allow."""
    return {year: total // len(years) + (place < total % len(years)) for place, year in enumerate(years)}


def _chosen(world: World, total: int, years: Sequence[int]) -> Iterator[tuple[int, Human]]:
    """Different persons, each with the year of the case; all were members for the whole of it."""
    left = _share(total, years) if years else {}
    pool = [human for human in world.people if not human.retired]
    world.rng.shuffle(pool)
    for human in pool:
        for year in years:
            if left[year] and human.member_on(date(year, 1, 31)) and human.member_on(date(year, 10, 31)):
                left[year] -= 1
                yield year, human
                break


def _case(world: World, human: Human, kind: HousingCase.Kind, notice: tuple[int, date, date]) -> dict[str, Any]:
    """A case applied for and checked before its notice, and settled after it."""
    pk, posted_on, end = notice
    solved_on = end + timedelta(days=world.rng.randint(15, 60))
    return {
        "person": human.pk,
        "person_name": human.name,
        "kind": kind,
        "applied_on": posted_on - timedelta(days=world.rng.randint(40, 60)),
        "checked_on": posted_on - timedelta(days=world.rng.randint(8, 20)),
        "notice": pk,
        "solved_on": solved_on if world.past(solved_on) else None,
        "amount_fen": world.rng.randint(300, 1200) * 10_000 if kind == HousingCase.Kind.SUBSIDY else None,
    }


def _housing(world: World) -> None:
    """Homes for 60多名 and the subsidy for everybody on the administration's lists, each after that year's notice."""
    cases, listed = [], []
    homes: dict[int, tuple[int, date, date]] = world.books.get("notices.housing", {})
    for year, human in _chosen(world, round(HOUSED * world.members / OF), sorted(homes)):
        allocated = world.rng.random() < 0.2
        kind = HousingCase.Kind.ALLOCATION if allocated else HousingCase.Kind.PURCHASE
        cases.append(_case(world, human, kind, homes[year]))
    subsidies: dict[int, tuple[int, date, date]] = world.books.get("notices.subsidy", {})
    for year, human in _chosen(world, round(SUBSIDISED * world.members / OF), sorted(subsidies)):
        cases.append(_case(world, human, HousingCase.Kind.SUBSIDY, subsidies[year]))
        listed.append(
            {
                "person": human.pk,
                "person_name": human.name,
                "matter": Entitlement.Matter.HOUSING_SUBSIDY,
                "listed_on": date(year, 2, 20),
                "listed_by": "人事教育处" if world.full else "综合科",
                "basis": "住房分配货币化有关规定",
            }
        )
    world.save(services.save_entitlements, listed)
    world.save(services.save_housing, cases)


def demo(world: World) -> None:
    """Record six years of welfare, health checks, leave and housing."""
    issues: list[dict[str, Any]] = []
    batches: list[dict[str, Any]] = []
    for year in (world.first.year, *world.years):
        issues += _festivals(world, year)
    for year in world.years:
        issues += [*_yearly(world, year), *_personal(world, year)]
        batches += _health(world, year)
    world.save(services.save_issues, issues)
    world.save(services.save_health, batches)
    _housing(world)
