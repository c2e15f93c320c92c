from zhijia.benefits.checks import CHECKS
from zhijia.benefits.facts import CLAIMS, FACTS
from zhijia.core import checks, claims, facts
from zhijia.core.demo import FULL, SMALL
from zhijia.core.sheets import exporting, importing, writing
from zhijia.features import FEATURES


def test_the_demo_houses_64_and_pays_all_47_and_only_the_coupons_break_a_rule(small_house, scope_of):
    world = small_house(FULL, 260)
    scope = scope_of(world)
    values = facts.compute(FACTS, scope, cache=False)
    assert values["benefits.housing_people"].value == 64
    assert values["benefits.subsidy_people"].value == values["benefits.subsidy_entitled"].value == 47
    judged = claims.judge(CLAIMS, scope, values, cache=False)
    assert {claim.key: claim.state for claim in judged} == {spec.key: "holds" for spec in CLAIMS}
    festivals = [row for year in range(2021, 2026) for row in [values["benefits.issues"].at("year", year)]]
    assert min(festivals) >= 7
    assert (
        values["benefits.leave_days_taken"].at("year", 2026) / values["benefits.leave_days_due"].at("year", 2026) > 0.9
    )
    found = checks.run(CHECKS, scope)
    assert {one.rule for one in found} == {"R-FUN-08"}
    assert all(one.now for one in found)
    assert [one.then for one in found if "书票" in one.record] == [False, False, True, True, True, True]
    assert len(found) == 6 + 4


def test_the_small_union_gives_no_coupons_and_breaks_no_rule(small_house, scope_of):
    world = small_house(SMALL, 86)
    scope = scope_of(world)
    values = facts.compute(FACTS, scope, cache=False)
    states = {claim.key: claim.state for claim in claims.judge(CLAIMS, scope, values, cache=False)}
    assert states.pop("claims.yearly_book_coupons") == "refuted"
    assert set(states.values()) == {"holds"}
    assert checks.run(CHECKS, scope) == []


def test_the_exported_rows_are_read_as_equal(small_house, by, today, tmp_path):
    world = small_house(SMALL, 86)
    sheets = [sheet for feature in FEATURES for sheet in feature.sheets]
    file = tmp_path / "ledger.xlsx"
    writing.write_workbook(file, exporting.pages(sheets, world.union, today))
    done = importing.run(file, sheets=sheets, union=world.union, by=by, today=today)
    assert [str(problem) for problem in done.problems] == []
    counts = {count.sheet: (count.new, count.changed) for count in done.counts}
    names = ("公示", "福利发放", "应享受名单", "住房", "体检休假")
    assert {name: counts[name] for name in names} == dict.fromkeys(names, (0, 0))
