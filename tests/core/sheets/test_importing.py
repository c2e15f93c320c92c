"""A whole import: from a file to records, again, corrected, undone; and everything that stops one."""

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from zhijia.core import audit, batches
from zhijia.core.models import AuditLine, Batch
from zhijia.core.outcomes import REFUSE, Refused
from zhijia.core.sheets import importing, preview
from zhijia.features import FEATURES
from zhijia.members import services as members
from zhijia.members.models import Newcomer, Person, Post
from zhijia.unions.models import Group, Term, Union

SHEETS = [sheet for feature in FEATURES for sheet in feature.sheets]
UNION = [("工会名称", "工会代码"), ("测试工会", "T1")]
TERM = [("届次", "开始日期", "届满日期"), ("第五届", "2020-12-10", "2025-12-09")]
GROUPS = [("小组名称", "所在处室"), ("办公室小组", "办公室"), ("计财处小组", "计财处")]
PEOPLE = [
    ("姓名", "性别", "工号", "处室", "工会小组", "入会日期"),
    ("张伟", "男", "1", "办公室", "办公室小组", "2010年7月1日"),
    ("李秀英", "女", "2", "计财处", "计财处小组", "2012.9.1"),
    ("张伟", "男", "3", "计财处", "计财处小组", "2013/3/4"),
]
POSTS = [
    ("姓名", "职务", "工会小组", "届次", "任职日期"),
    ("李秀英", "主席", "", "第五届", "2020-12-10"),
    ("张伟（办公室小组）", "小组长", "办公室小组", "五届", "2020-12-10"),
]
LEDGER = {"工会": UNION, "届次": TERM, "工会小组": GROUPS, "会员": PEOPLE, "任职": POSTS}


@pytest.fixture
def write(tmp_path):
    def make(sheets, name="台账.xlsx"):
        path = Path(tmp_path / name)
        book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False})
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for index, row in enumerate(rows):
                sheet.write_row(index, 0, row)
        book.close()
        return path

    return make


@pytest.fixture
def run(db, by, today):
    def go(path, union=None, **options):
        return importing.run(path, sheets=SHEETS, union=union, by=by, today=today, **options)

    return go


def refusals(result):
    return [problem for problem in result.problems if problem.level == REFUSE]


def test_an_empty_folder_gets_its_union_from_the_workbook(run, write):
    done = run(write(LEDGER))
    assert not done.refused, done.problems
    union = Union.objects.get()
    assert (union.code, done.union) == ("T1", union.pk)
    assert Term.objects.get().end == date(2025, 12, 10)
    leader = Post.objects.get(office="group_leader")
    assert (leader.person.staff_no, leader.group.name, leader.term.number) == ("1", "办公室小组", 5)
    assert audit.verify() == []


def test_the_same_workbook_twice_changes_nothing(run, write):
    first = run(write(LEDGER))
    lines = AuditLine.objects.count()
    again = run(write(LEDGER), first.union)
    assert [(count.new, count.changed) for count in again.counts] == [(0, 0)] * 5
    assert AuditLine.objects.count() == lines


def test_the_preview_is_what_the_commit_does_and_writes_nothing(run, write):
    preview = run(write(LEDGER), dry_run=True)
    assert not Union.objects.exists()
    assert not Batch.objects.exists()
    done = run(write(LEDGER))
    assert preview.counts == done.counts


def test_a_corrected_row_updates_and_a_left_out_row_is_told_but_stays(run, write):
    first = run(write(LEDGER))
    people = [PEOPLE[0], ("张伟", "男", "1", "人事处", "办公室小组", "2010-07-01"), PEOPLE[2]]
    done = run(write({"会员": people}), first.union)
    (count,) = done.counts
    assert (count.new, count.changed, count.equal, count.absent) == (0, 1, 1, 1)
    assert Person.objects.get(staff_no="1").department == "人事处"
    assert Person.objects.count() == 3


def test_one_bad_cell_stops_the_whole_import_and_says_where(run, write):
    people = [*PEOPLE, ("王五", "男", "4", "办公室", "没有的小组", "2010-13-40")]
    result = run(write({**LEDGER, "会员": people}))
    assert {(str(problem.place), problem.code) for problem in refusals(result)} >= {
        ("会员 第5行 工会小组", "reference")
    }
    assert any(problem.place.column == "入会日期" and problem.place.row == 5 for problem in refusals(result))
    assert not Union.objects.exists()


def test_a_name_that_two_people_bear_asks_for_more_and_names_the_choices(run, write):
    posts = [POSTS[0], ("张伟", "主席", "", "第五届", "2020-12-10")]
    (problem,) = refusals(run(write({**LEDGER, "任职": posts})))
    assert "张伟（办公室小组）" in problem.mend or "张伟（" in problem.mend
    assert "2个" in problem.message


def test_newcomers_find_their_person_in_the_register(run, write):
    run(
        write(
            {
                **LEDGER,
                "新进人员": [("姓名", "工号", "到岗日期"), ("李秀英", "", "2012-08-01"), ("外人", "", "2012-08-01")],
            }
        )
    )
    assert Newcomer.objects.get(name="李秀英").person.staff_no == "2"
    assert Newcomer.objects.get(name="外人").person is None


def test_a_file_without_a_union_in_an_empty_folder_is_refused_with_the_way_out(run, write):
    (problem,) = refusals(run(write({"工会小组": GROUPS})))
    assert problem.code == "no_union"
    assert problem.mend


def test_undo_takes_new_rows_away_and_gives_changed_rows_their_old_values(run, write, by):
    first = run(write(LEDGER))
    changed = run(
        write(
            {
                "会员": [
                    PEOPLE[0],
                    ("张伟", "男", "1", "人事处", "办公室小组", "2010-07-01"),
                    ("赵六", "女", "9", "", "", ""),
                ]
            }
        ),
        first.union,
    )
    batches.undo(changed.batch, union=first.union, by=by)
    assert Person.objects.get(staff_no="1").department == "办公室"
    assert not Person.objects.filter(name="赵六").exists()
    assert audit.verify() == []
    batches.undo(first.batch, union=first.union, by=by)
    assert not Person.objects.exists()
    assert not Group.objects.exists()


def test_undo_is_refused_as_a_whole_when_a_row_changed_since(run, write, by, today):
    first = run(write(LEDGER))
    person = Person.objects.get(staff_no="2")
    later = {
        "uid": person.uid,
        "name": "李秀英",
        "sex": "female",
        "staff_no": "2",
        "birth_on": None,
        "department": "别处",
    }
    members.save_persons([later], union=first.union, by=by, today=today)
    with pytest.raises(Refused) as refused:
        batches.undo(first.batch, union=first.union, by=by)
    assert {violation.code for violation in refused.value.violations} == {"later"}
    assert Person.objects.count() == 3


def test_undo_is_refused_when_a_later_row_refers_to_what_it_would_remove(run, write, by):
    first = run(write({name: LEDGER[name] for name in ("工会", "届次", "工会小组", "会员")}))
    run(write({"任职": POSTS}), first.union)
    with pytest.raises(Refused) as refused:
        batches.undo(first.batch, union=first.union, by=by)
    assert "任职" in str(refused.value)


def test_undo_twice_is_refused(run, write, by):
    first = run(write(LEDGER))
    batches.undo(first.batch, union=first.union, by=by)
    with pytest.raises(Refused):
        batches.undo(first.batch, union=first.union, by=by)


def test_a_secret_in_a_before_image_is_not_in_the_clear(run, write):
    header = (*PEOPLE[0], "手机")
    first = run(write({**LEDGER, "会员": [header, (*PEOPLE[1], "13812345678")], "任职": [POSTS[0]]}))
    done = run(write({"会员": [header, (*PEOPLE[1], "13912345678")]}), first.union)
    part = Batch.objects.get(pk=done.batch).parts.get()
    assert b"13812345678" not in bytes(part.changed)
    assert Person.objects.only("phone").get().phone.reveal() == "13912345678"


def test_text_that_begins_like_a_formula_stays_text(run, write):
    groups = [GROUPS[0], ("=1+1", "@办公室")]
    run(write({"工会": UNION, "工会小组": groups}))
    assert Group.objects.get().name == "=1+1"


def test_the_preview_tells_each_row_and_what_changes_in_it_without_showing_secrets(run, write):
    header = (*PEOPLE[0], "手机")
    first = run(write({**LEDGER, "会员": [header, (*PEOPLE[1], "13812345678"), (*PEOPLE[2], "")], "任职": [POSTS[0]]}))
    people = [
        header,
        ("张伟", "男", "1", "人事处", "计财处小组", "2010-07-01", "13912345678"),
        (*PEOPLE[2], ""),
        ("赵六", "女", "9", "", "", "", ""),
        ("钱七", "女", "10", "", "没有的小组", "", ""),
    ]
    seen = run(write({"会员": people}), first.union, dry_run=True)
    assert preview.states(seen) == {"会员": {"new": [4], "changed": [2], "equal": [3], "refused": [5]}}
    ((place, changes),) = preview.changed_rows(seen)
    assert str(place) == "会员 第2行"
    assert set(map(str, changes)) == {"处室：办公室 → 人事处", "工会小组有改动", "手机有改动"}


def test_a_workbook_of_a_third_union_does_not_found_the_one_that_was_named(run, write):
    (problem,) = refusals(run(write(LEDGER), code="T2"))
    assert (problem.code, problem.value) == ("other_union", "T1")
    assert not run(write(LEDGER), code="T1").refused
