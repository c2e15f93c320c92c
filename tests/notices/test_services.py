from datetime import date

import pytest

from zhijia.core.outcomes import Refused
from zhijia.notices import services
from zhijia.notices.models import Notice

ROW = {
    "title": "2024年住房补贴公示",
    "kind": "subsidy",
    "scope": "department",
    "posted_on": date(2024, 5, 13),
    "end": date(2024, 5, 25),
}


def test_a_notice_is_found_again_by_title_and_day_and_then_changed(union, by, today):
    first = services.save_notices([ROW], union=union, by=by, today=today)
    again = services.save_notices([ROW | {"objections": 1}], union=union, by=by, today=today)
    assert first == again
    assert Notice.objects.get().objections == 1


def test_a_last_day_before_the_first_and_answers_to_nothing_are_refused_together(union, by, today):
    row = ROW | {"end": date(2024, 5, 1), "objections": 0, "answered": 2}
    with pytest.raises(Refused) as refused:
        services.save_notices([row], union=union, by=by, today=today)
    assert {violation.code for violation in refused.value.violations} == {"period", "answered"}
    assert not Notice.objects.exists()


def test_a_sheet_with_the_words_of_a_union_is_read_with_its_last_day_included(read_cells):
    row = {
        "标题": "2023年购房公示",
        "类别": "购房",
        "公示范围": "全机关",
        "公示日期": "2023.7.10",
        "结束日期": "2023年7月21日",
        "异议": 1,
    }
    done = read_cells({"公示": [row]})
    assert [str(problem) for problem in done.problems] == []
    notice = Notice.objects.get()
    assert (notice.kind, notice.scope, notice.end, notice.objections) == ("housing", "department", date(2023, 7, 22), 1)
    assert [(count.new, count.equal) for count in read_cells({"公示": [row]}).counts] == [(0, 1)]
