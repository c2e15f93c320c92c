from datetime import date

from zhijia.core import checks
from zhijia.notices import services
from zhijia.notices.checks import CHECKS


def findings(scope, by, today, *rows):
    services.save_notices(list(rows), union=scope.union, by=by, today=today)
    return checks.run(CHECKS, scope)


def notice(kind="candidates", posted_on=date(2024, 5, 13), end=date(2024, 5, 18), **more):
    row = {"title": "公示", "kind": kind, "scope": "department", "posted_on": posted_on, "end": end}
    return row | {"objections": 0, "answered": 0} | more


def test_five_working_days_without_objection_give_no_finding(scope, by, today):
    assert findings(scope, by, today, notice()) == []


def test_a_holiday_inside_the_period_does_not_count(scope, by, today):
    found = findings(scope, by, today, notice(posted_on=date(2024, 4, 29), end=date(2024, 5, 4)))
    assert [(one.rule, one.level, one.then, one.now) for one in found] == [("R-ELE-06", "refuse", True, True)]
    assert "2个工作日" in found[0].message


def test_short_notices_of_other_kinds_only_warn_and_accounts_have_no_period(scope, by, today):
    short = {"posted_on": date(2024, 5, 13), "end": date(2024, 5, 15)}
    found = findings(scope, by, today, notice("aid", **short), notice("accounts", **short, title="账目"))
    assert [(one.rule, one.level) for one in found] == [("R-NOT-01", "warn")]


def test_an_unanswered_objection_is_found_when_the_notice_is_over_not_before(scope, by, today):
    over = notice(objections=2, answered=1)
    running = notice(title="在公示", posted_on=date(2026, 11, 16), end=date(2026, 11, 28), objections=1)
    found = findings(scope, by, today, over, running)
    assert [one.record for one in found] == ["公示"]
    assert "已答复1件" in found[0].message


def test_a_missing_last_day_is_told(scope, by, today):
    found = findings(scope, by, today, notice(end=None))
    assert "没有登记截止日期" in found[0].message
