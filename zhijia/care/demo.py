"""The demo's care: events and the visits that answered them all, the Spring Festival's rounds, aid, mutual aid.

All names and illnesses are invented. Numbers of rows grow with the members: 8 aided for illness and 4 for other causes
among 260 members, as in the sample report.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from zhijia.care import services
from zhijia.care.demo_grounds import consents, relatives
from zhijia.care.demo_photos import photos
from zhijia.core.dates import add_years
from zhijia.core.demo import Human, World
from zhijia.core.windows import spring_festival
from zhijia.members.ground_records import save_consents
from zhijia.members.household_records import save_relatives
from zhijia.standards.rules import add_working_days

DAY = timedelta(days=1)
Visits = dict[tuple[int, str, date], dict[str, Any]]  # by person, category and day
YUAN = 100
NEW_RULES = date(2023, 1, 1)  # the invented province's second version
SETTLED = 16  # days before today after which no ordinary event happens any more: the open ones are planted

# kind: events in a year among 1,000 members, money before and after the new rules, goods, value of the goods (yuan)
YEARLY = {
    "hospital": (34, 500, 1000, "水果、牛奶", 150),
    "relative_death": (15, 600, 1000, "花圈", 200),
    "marriage": (11, 0, 500, "床上用品", 400),
    "birth": (13, 0, 500, "婴儿用品", 380),
    "accident": (4, 800, 1000, "营养品", 200),
    "hardship": (6, 1000, 1500, "米、油", 260),
}
RETIREMENT = (0, 0, "纪念册、保温杯", 480)
DEATH = (1000, 1000, "花圈", 300)
ILLNESSES = ("胆囊手术", "阑尾手术", "骨折", "肺部感染", "腰椎手术", "白内障手术")
OPINIONS = (
    "希望多组织户外健身活动", "建议把体检安排在上半年", "希望及时了解机关改革的情况",
    "建议增加图书角的新书", "希望小组活动时间更灵活", "建议走访时带上政策宣传材料",
)  # fmt: skip
ILLNESS_CAUSES = ("own_illness", "own_illness", "family_illness")
OTHER_CAUSES = ("schooling", "accident", "low_income", "disability")
SCHEME = "在职职工医疗互助"


def demo(world: World) -> None:
    """Build the events, the visits, the rounds, the aid and the mutual aid of the term."""
    dead, visits = _events(world)
    _rounds(world, dead, visits)
    made = world.save(services.save_visits, list(visits.values()))
    if world.full:
        photos(world, made)
    _aid(world)
    _mutual(world)


def _someone(world: World, day: date, taken: set[Any] | None = None) -> Human | None:
    """A member on the day, not among `taken`; None where twenty tries found nobody."""
    for _try in range(20):
        human = world.rng.choice(world.people)
        if human.member_on(day) and (taken is None or human.pk not in taken):
            return human
    return None


def _deaths(world: World) -> list[dict[str, Any]]:
    """About one retired cadre in seven and, in large unions, some of those who retired in the term."""
    olds = [human for human in world.people if human.retired][: 2 if world.full else 1]
    elderly = [human for human in world.people if human.ended_on and _retired_on(human) == human.ended_on]
    found = []
    for place, human in enumerate(olds + elderly[: world.members // 1000]):
        day = date(world.first.year + 2 + place % 3, 5, 9) + DAY * (place % 200)
        if human.ended_on is None or human.ended_on < day:
            found.append(_event(world, human, "member_death", day, "self"))
    return found


def _retired_on(human: Human) -> date:
    return add_years(human.birth_on, 60 if human.sex == "male" else 55)


def _event(world: World, human: Human, kind: str, day: date, relation: str) -> dict[str, Any]:
    illness = f"{world.rng.choice(ILLNESSES)}住院" if kind == "hospital" else None
    return {
        "person": human.pk, "relation": relation, "kind": kind, "happened_on": day,
        "known_on": day + DAY * world.rng.randint(0, 3), "reported_by": f"{human.department}小组长", "illness": illness,
    }  # fmt: skip


def _happened(world: World) -> list[dict[str, Any]]:
    """Every event of the term, each but once for person, kind and day."""
    last = min(world.today, world.end) - DAY * SETTLED
    span = (last - world.first).days
    rows = _deaths(world)
    for kind, (often, *_gift) in YEARLY.items():
        for _number in range(max(round(often * world.members * span / 365 / 1000), 1)):
            day = world.first + DAY * world.rng.randint(1, span)
            human = _someone(world, day)
            if human:
                relation = world.rng.choice(("parent", "parent", "spouse")) if kind == "relative_death" else "self"
                rows.append(_event(world, human, kind, day, relation))
    for human in world.people:
        if human.ended_on and world.first <= human.ended_on <= last and human.ended_on == _retired_on(human):
            rows.append(_event(world, human, "retirement", human.ended_on, "self"))
    unique = {(row["person"], row["kind"], row["relation"], row["happened_on"]): row for row in rows}
    return sorted(unique.values(), key=lambda row: (row["happened_on"], row["person"], row["kind"]))


def _events(world: World) -> tuple[dict[int, date], Visits]:
    """Record the events; return who died when, and the visits that answer all but some of this month (full demo)."""
    events = _happened(world)
    pending = []
    if world.full:
        for back, kind in ((12, "hospital"), (9, "birth"), (6, "hospital"), (3, "relative_death")):
            human = _someone(world, world.today)
            if human:
                relation = "parent" if kind == "relative_death" else "self"
                pending.append(_event(world, human, kind, world.today - DAY * back, relation))
    for row in pending:
        row["known_on"] = row["happened_on"]
    known = {(row["person"], row["kind"], row["happened_on"]) for row in events}
    pending = [row for row in pending if (row["person"], row["kind"], row["happened_on"]) not in known]
    pks = world.save(services.save_events, events + pending)
    visits: Visits = {}
    for number, (pk, row) in enumerate(zip(pks, events, strict=False)):
        visit = _answer(world, row, pk if number % 6 else None)
        while (visit["person"], visit["category"], visit["on"]) in visits:
            visit["on"] += DAY
            visit["event"] = pk
        visits[visit["person"], visit["category"], visit["on"]] = visit
    world.books["care.open_events"] = len(pending)
    dead = {row["person"]: row["happened_on"] for row in events if row["kind"] == "member_death"}
    return dead, visits


def _answer(world: World, event: dict[str, Any], pk: int | None) -> dict[str, Any]:
    """The visit in time; every sixth names no event and is known by person, kind and date."""
    kind = event["kind"]
    if kind == "retirement":
        before, after, goods, worth = RETIREMENT
    elif kind == "member_death":
        before, after, goods, worth = DEATH
    else:
        _often, before, after, goods, worth = YEARLY[kind]
    on = event["known_on"] + DAY * world.rng.randint(1, 9)
    money = after if on >= NEW_RULES else before
    heard = world.rng.choice(OPINIONS) if world.rng.random() < 0.06 else ""
    return _visit(world, event["person"], kind, on, (money, goods, worth)) | {
        "event": pk, "relation": event["relation"], "opinion": heard, "occasion": "must",
    }  # fmt: skip


def _visit(world: World, person: int, category: str, on: date, gift: tuple[int, str, int]) -> dict[str, Any]:
    money, goods, worth = gift
    officers = world.officers["vice_chair"] + world.officers["committee"]
    pair = world.rng.sample(officers, 2)
    return {
        "person": person, "person_name": "", "relation": "self", "category": category, "occasion": "spring",
        "event": None, "on": on, "visitors": "、".join(human.name for human in pair), "by_leader": False,
        "money_fen": money * YUAN,
        "goods": goods, "goods_fen": worth * YUAN, "payer": "union", "role": "lead", "fund_source": "工会经费",
        "receipt": True, "opinion": "",
    }  # fmt: skip


def _rounds(world: World, dead: dict[int, date], visits: Visits) -> None:
    """Before every Spring Festival chair and vice chair visit retirees, posted cadres, ill and hard-up."""
    chair, vice = world.officers["chair"][0], world.officers["vice_chair"][0]
    often = max(round(world.members / 130), 1)
    posted: dict[tuple[int, int], Human | None] = {}
    for year in world.years:
        festival = spring_festival(year)
        taken: set[int] = set()
        targets = [(human.pk, "retired") for human in world.people if human.retired]
        for category, count in (("posted", often), ("ill", often + 1), ("hardship", often + 2)):
            for number in range(count):
                human = _someone(world, festival, taken)
                if category == "posted":  # posted away for three years
                    human = posted.setdefault((year // 3, number), human)
                if human and human.member_on(festival):
                    taken.add(human.pk)
                    targets.append((human.pk, category))
        for number, (person, category) in enumerate(targets):
            on = festival - DAY * (5 + number % 7)
            if (person in dead and dead[person] <= on) or on > world.today:
                continue
            row = _visit(world, person, category, on, (1000 if on < NEW_RULES else 1500, "米、油、春联", 300))
            row.update(visitors=f"{chair.name}、{vice.name}", by_leader=True)
            if category == "posted":
                row.update(relation="spouse")
            if category == "retired":
                row.update(_veterans(world, year))
            if number % 5 == 0:
                row["opinion"] = world.rng.choice(OPINIONS)
            visits.setdefault((person, category, on), row)


def _veterans(world: World, year: int) -> dict[str, Any]:
    """Retirees: with the veterans' money; once with the union's, when that was still allowed (planted)."""
    if world.full and year == world.first.year + 1:
        return {"payer": "union", "role": "lead", "fund_source": "工会经费"}
    return {"payer": "veterans", "role": "assist", "fund_source": "老干部经费"}


def _aid(world: World) -> None:
    """8 aided for illness and 4 for other causes among 260 members, some in several years; the superior's share too."""
    share = world.members / 260
    counts = (("illness", max(round(8 * share), 2)), ("other", max(round(4 * share), 1)))
    taken: set[int] = set()
    cases: list[dict[str, Any]] = []
    upward: list[dict[str, Any]] = []
    years = list(world.years)
    for group, count in counts:
        for number in range(count):
            first = years[number % len(years)]
            human = _someone(world, date(first, 9, 4), taken)
            if human is None:
                continue
            taken.add(human.pk)
            repeat = [year for year in (first, first + 2) if year in years] if number % 3 == 0 else [first]
            cases += [_case(world, human, group, number, year) for year in repeat if human.member_on(date(year, 9, 4))]
            if number % 3 == 1:
                case, application = _granted(world, human, group, number, first)
                cases.append(case)
                upward.append(application)
    refused = _someone(world, world.today)
    if refused:
        asked_on = date(years[0], 5, 6)
        upward.append(_application(refused, asked_on, 3000) | {"state": "refused", "decided_on": asked_on + DAY * 18})
    world.save(services.save_aid, cases)
    world.save(save_consents, consents(cases))
    surnames = {human.pk: human.name[:1] for human in world.people}
    world.save(save_relatives, relatives(cases, surnames))
    world.save(services.save_upward, upward)
    world.books["care.aid"] = [(case["person"], case["paid_on"], case["amount_fen"], case["source"]) for case in cases]


def _case(world: World, human: Human, group: str, number: int, year: int) -> dict[str, Any]:
    """One case of own money with all its steps."""
    applied_on = date(year, 9, 4) + DAY * (number % 5)
    decided_on = date(year, 9, 14)
    notice_first = add_working_days(decided_on, 1)
    notice_end = add_working_days(notice_first, 4) + DAY
    paid_on = add_working_days(notice_end, 2)
    amount = (2000, 3000, 4000)[number % 3]
    ill = group == "illness"
    return {
        "person": human.pk, "person_name": "", "applied_on": applied_on,
        "cause": ILLNESS_CAUSES[number % 3] if ill else OTHER_CAUSES[number % 4],
        "grade": "accident" if not ill and number % 4 == 1 else "relative", "asked_fen": amount * YUAN,
        "approved_fen": amount * YUAN, "decided_on": decided_on, "minutes": f"工会委员会纪要〔{year}〕9号",
        "notice_first": notice_first, "notice_end": notice_end, "objections": 0, "paid_on": paid_on,
        "amount_fen": amount * YUAN, "source": "own", "receipt": True, "closed_on": paid_on + DAY * 3,
        "illness": f"{world.rng.choice(ILLNESSES)}后休养" if ill else None, "family": f"家庭{2 + number % 4}口人",
        "income": f"家庭人均月收入{1800 + number % 7 * 150}元",
    }  # fmt: skip


def _application(human: Human, on: date, amount: int) -> dict[str, Any]:
    return {"person": human.pk, "person_name": "", "superior": "上级工会", "applied_on": on, "asked_fen": amount * YUAN,
            "state": "applied", "decided_on": None, "granted_fen": None}  # fmt: skip


def _granted(world: World, human: Human, group: str, number: int, year: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """An application upward that was granted, and its payment to the person in spring."""
    asked_on = date(year, 5, 6) + DAY * (number % 9)
    decided_on = asked_on + DAY * 21
    amount = (5000, 4000)[number % 2]
    application = _application(human, asked_on, amount)
    application.update(state="granted", decided_on=decided_on, granted_fen=amount * YUAN)
    application["superior"] = "建设建材工会" if world.full else "市级机关工会联合会"
    case = _case(world, human, group, number, year)
    case.update(
        applied_on=asked_on, decided_on=decided_on, minutes="", notice_first=None, notice_end=None, source="superior",
        asked_fen=amount * YUAN, approved_fen=amount * YUAN, amount_fen=amount * YUAN, paid_on=decided_on + DAY * 12,
        closed_on=decided_on + DAY * 15,
    )  # fmt: skip
    return case, application


def _mutual(world: World) -> None:
    """Three members in ten join each March; one in twenty of them claims in summer and is paid."""
    rows = []
    for year in world.years:
        day = date(year, 3, 1)
        for place, human in enumerate(human for human in world.people if human.member_on(day)):
            if place % 10 >= 3:
                continue
            claim = place % 20 == 1 and date(year, 8, 1) <= world.today
            rows.append(
                {"person": human.pk, "scheme": SCHEME, "year": year, "enrolled_on": day, "fee_fen": 50 * YUAN,
                 "payer": "union", "claimed_on": date(year, 7, 2) if claim else None,
                 "paid_on": date(year, 7, 20) if claim else None,
                 "paid_fen": (800 + place % 5 * 100) * YUAN if claim else 0}
            )  # fmt: skip
    world.save(services.save_mutual, rows)
