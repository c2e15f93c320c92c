from datetime import date

from zhijia.core import claims, evidence, facts
from zhijia.core.cube import Rate
from zhijia.notices import services
from zhijia.notices.facts import CLAIMS, FACTS

BY_KEY = {spec.key: spec for spec in FACTS}


def notice(title, kind, on, **more):
    row = {"title": title, "kind": kind, "scope": "department", "posted_on": on, "end": date(on.year, on.month + 1, 1)}
    return row | {"objections": 0, "answered": 0} | more


def save(rows, union, by, today):
    services.save_notices(rows, union=union, by=by, today=today)


def test_facts_equal_what_their_evidence_adds_up_to(union, scope, by, today):
    save(
        [
            notice("甲", "subsidy", date(2021, 5, 10)),
            notice("乙", "housing", date(2022, 7, 10), objections=2, answered=2),
            notice("丙", "aid", date(2022, 3, 10), scope="union", objections=1),
            notice("丁", "aid", date(2026, 11, 16), scope="union", objections=3),  # still up: counts neither way
            notice("旧", "aid", date(2019, 3, 10)),
        ],
        union, by, today,
    )  # fmt: skip
    values = facts.compute(FACTS, scope, cache=False)
    assert values["notices.count"].value == len(list(evidence.rows(BY_KEY["notices.count"], scope))) == 4
    assert values["notices.count"].at("kind", "aid") == 2
    assert values["notices.count"].at("scope", "department") == 2
    behind = evidence.rows(BY_KEY["notices.objections"], scope)
    assert values["notices.objections"].value == sum(row.fen for row in behind) == 6
    assert values["notices.answered"].value == Rate(1, 2)
    assert values["notices.housing_department"].value == Rate(2, 2)


def test_the_claim_holds_only_where_every_housing_notice_reached_the_whole_department(union, scope, by, today):
    def state():
        return claims.judge(CLAIMS, scope, facts.compute(FACTS, scope, cache=False), cache=False)[0].state

    assert state() == "unknown"
    save([notice("甲", "subsidy", date(2021, 5, 10))], union, by, today)
    assert state() == "holds"
    save([notice("乙", "housing", date(2022, 5, 10), scope="union")], union, by, today)
    assert state() == "refuted"
