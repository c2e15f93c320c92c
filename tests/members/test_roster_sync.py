"""A personnel list read, compared, applied and taken back: against the database, in one batch."""

from datetime import date

import pytest
import xlsxwriter

from zhijia.core import batches
from zhijia.core.access import Access
from zhijia.core.models import AuditLine, BatchPart
from zhijia.core.outcomes import Refused
from zhijia.core.sheets import reading
from zhijia.members import services, standing
from zhijia.members.demo import _id_number as id_number
from zhijia.members.models import Change, Newcomer, Person, Placement
from zhijia.members.roster_sync import applying, lines
from zhijia.members.roster_sync.lines import Decision
from zhijia.members.roster_sync.reading import ROSTER, rows_of
from zhijia.unions import services as unions

PHONE, OTHER_PHONE = "19900000001", "19900000002"
ID = id_number(date(1985, 3, 12), "male", 7)


def silent(_label, _done, _total):
    pass


@pytest.fixture
def union(db, by, today):
    return unions.found({"code": "T", "name": "测试工会"}, by=by, today=today).pk


@pytest.fixture
def register(union, by, today):
    groups = unions.save_groups([{"name": "办公室小组"}, {"name": "计财处小组"}], union=union, by=by, today=today)
    base = {"sex": "male", "hired_on": date(2010, 1, 1), "admitted_on": date(2010, 2, 1)}

    def one(name, staff_no, department, **told):
        group = groups[0] if department == "办公室" else groups[1]
        row = {"name": name, "staff_no": staff_no, "department": department, "group": group, "phone": None, "job": ""}
        return base | row | {"birth_on": None} | told

    rows = [
        one("王伟", "1", "办公室", phone=PHONE),
        one("李芳", "2", "办公室", sex="female"),
        one("张三", "3", "计财处"),
        one("赵老", "4", "计财处", birth_on=date(1960, 1, 1)),
        one("陈静", "5", "计财处"),
    ]
    services.save_persons(rows, union=union, by=by, today=today)
    return {row["name"]: Person.objects.get(union=union, name=row["name"]) for row in rows}


HEADS = ("员工姓名", "员工号", "所在部门", "现任职务", "联系方式", "最高学历", "入职日期", "身份证号码", "性别")
LIST = (
    ("王伟", "1", "办公室", "", OTHER_PHONE, "研究生", "", "", ""),
    ("李芳", "2", "计财处", "副处长", "", "", "", "", ""),
    ("张三", "3", "计财处", "", "", "", "", "", ""),
    ("新来的", "9", "办公室", "", PHONE, "", date(2026, 9, 1), "", "男"),
)


@pytest.fixture
def file(tmp_path):
    def write(rows=LIST, heads=HEADS):
        path = tmp_path / "roster.xlsx"
        book = xlsxwriter.Workbook(path)
        sheet = book.add_worksheet("在职花名册")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(number, column, value, day)
                else:
                    sheet.write_string(number, column, value)
        book.close()
        return path

    return write


def rows_in(path, today):
    rows, problems = rows_of(reading.read(path, [ROSTER]).tables, today)
    assert problems == []
    return rows


def seen(found, decisions=()):
    said = dict(decisions)
    return {line.key: lines.mark(line) for line in found.lines if lines.decided(line, said).action != lines.SKIP}


@pytest.fixture
def synced(union, by, today):
    def run(rows, decisions=None, marks=None):
        decisions = decisions or {}
        if marks is None:
            marks = seen(applying.compared(rows, union=union, today=today), decisions)
        return applying.apply(
            rows, decisions, seen=lambda: marks, source="名册.xlsx", union=union, by=by, today=today, progress=silent
        )

    return run


def unasked():
    raise AssertionError("the comparison is the one reviewed: its lines are not looked at one by one")


def test_lines_are_looked_at_one_by_one_only_where_the_comparison_is_another(register, union, file, by, today):
    rows = rows_in(file(), today)
    found = applying.compared(rows, union=union, today=today)
    marks, digest = seen(found), lines.digest(found.lines)
    told = {"source": "名册.xlsx", "union": union, "by": by, "today": today, "progress": silent}
    applying.apply(rows, {}, seen=unasked, digest=digest, **told)
    again = applying.compared(rows, union=union, today=today)
    assert lines.digest(again.lines) != digest
    with pytest.raises(applying.Moved) as caught:
        applying.apply(rows, {}, seen=lambda: marks, digest=digest, **told)
    assert set(caught.value.lines) == set(marks)


def image(union):
    names = [field.attname for field in Person._meta.concrete_fields]
    return {
        row["id"]: {name: bytes(value) if isinstance(value, memoryview) else value for name, value in row.items()}
        for row in Person.objects.filter(union=union).values(*(set(names) - {"id_number", "phone"}))
    }


def test_a_list_under_its_own_headings_is_compared(union, register, file, today):
    found = applying.compared(rows_in(file(), today), union=union, today=today)
    told = {(line.kind, line.name): line for line in found.lines}
    assert set(told) == {
        (lines.JOINED, "新来的"), (lines.LEFT, "赵老"), (lines.LEFT, "陈静"), (lines.MOVED, "李芳"),
        (lines.CHANGED, "王伟"),
    }  # fmt: skip
    assert found.equal == 1
    assert told[lines.JOINED, "新来的"].on == date(2026, 9, 1)
    assert told[lines.LEFT, "赵老"].proposed == lines.RETAIN
    assert told[lines.CHANGED, "王伟"].changes == {"education": ("", "研究生"), "phone": ("0001", "0002")}
    assert "group" in told[lines.MOVED, "李芳"].changes


def test_applied_it_is_one_batch_with_history_and_undone_it_is_as_before(register, file, synced, by, today):
    union = register["王伟"].union_id
    before, audited = image(union), AuditLine.objects.filter(union_id=union).count()
    rows = rows_in(file(), today)
    leaving = Decision(lines.TRANSFER_OUT, date(2026, 11, 1), "某市工会")
    batch = synced(rows, {f"left:{register['陈静'].pk}": leaving})
    assert AuditLine.objects.filter(union_id=union).count() == audited + 1
    line = AuditLine.objects.filter(union_id=union).latest("seq")
    assert (line.verb, line.batch_id) == ("members.roster.applied", batch.pk)
    assert line.changes["lines"] == {
        "joined.newcomer": 1, "left.retain": 1, "left.transfer_out": 1, "moved.move": 1, "changed.change": 1
    }  # fmt: skip
    assert PHONE not in str(line.changes)
    assert "李芳" not in str(line.changes)
    moved = Person.objects.get(name="李芳")
    assert (moved.department, moved.job, moved.group.name) == ("计财处", "副处长", "计财处小组")
    place = Placement.objects.get(person=moved)
    assert (place.department, place.end, place.first) == ("办公室", today, date(2010, 1, 1))
    assert Person.objects.get(name="赵老").retained_on == today
    gone = Person.objects.get(name="陈静")
    assert (gone.left_on, gone.leaving) == (date(2026, 11, 1), "transferred")
    assert Change.objects.get(person=gone).other_union == "某市工会"
    phone = Person.objects.only("phone", "phone_tail").get(name="王伟")
    assert (phone.phone.reveal(), phone.phone_tail) == (OTHER_PHONE, "0002")
    assert Newcomer.objects.get().arrived_on == date(2026, 9, 1)
    assert not applying.compared(rows, union=union, today=today).lines

    batches.undo(batch.pk, union=union, by=by)
    assert image(union) == before
    assert Person.objects.only("phone").get(name="王伟").phone.reveal() == PHONE
    assert not Newcomer.objects.exists()
    assert not Placement.objects.exists()
    assert not Change.objects.exists()


def test_undoing_is_refused_where_a_row_was_changed_later(register, file, synced, by, today):
    union = register["王伟"].union_id
    batch = synced(rows_in(file(), today))
    person = Person.objects.get(name="李芳")
    standing.change("retain", person, on=today, by=by, today=today)
    with pytest.raises(Refused, match="又被修改过"):
        batches.undo(batch.pk, union=union, by=by)
    assert Placement.objects.count() == 1


def test_whoever_applies_second_is_told_which_lines_changed(union, register, file, synced, today):
    rows = rows_in(file(), today)
    marks = seen(applying.compared(rows, union=union, today=today))
    synced(rows)
    counted = Change.objects.count()
    with pytest.raises(applying.Moved, match="新来的") as told:
        synced(rows, marks=marks)
    assert set(told.value.lines) == set(marks)
    assert Change.objects.count() == counted


def test_an_edit_in_between_is_told_and_one_that_touches_no_line_is_not(register, file, synced, by, today):
    union = register["王伟"].union_id
    rows = rows_in(file(), today)
    marks = seen(applying.compared(rows, union=union, today=today))
    standing.change("retain", register["陈静"], on=today, by=by, today=today)  # nothing was to be done about her
    standing.move(register["李芳"], on=date(2026, 3, 1), to=standing.Seat(None, "人事处", ""), by=by, today=today)
    with pytest.raises(applying.Moved, match="李芳") as told:
        synced(rows, marks=marks)
    assert told.value.lines == (f"moved:{register['李芳'].pk}",)


def test_what_can_not_be_done_is_told_by_name_and_nothing_is_written(union, register, file, synced, today):
    with pytest.raises(Refused, match="陈静：还没有写对方工会"):
        synced(rows_in(file(), today), {lines.LEFT: Decision(lines.TRANSFER_OUT, today)})
    assert not Newcomer.objects.exists()


def test_entering_a_newcomer_as_a_person_keeps_the_numbers_sealed(register, file, synced, by, today):
    union = register["王伟"].union_id
    batch = synced(rows_in(file(), today), {lines.JOINED: Decision(lines.PERSON)})
    person = Person.objects.only("phone", "admitted_on", "hired_on", "pinyin").get(name="新来的")
    assert (person.phone.reveal(), person.admitted_on, person.hired_on) == (PHONE, None, date(2026, 9, 1))
    assert Newcomer.objects.get().person_id == person.pk
    assert PHONE.encode() not in b"".join(
        bytes(part.changed or b"") + bytes(part.new) for part in BatchPart.objects.all()
    )
    batches.undo(batch.pk, union=union, by=by)
    assert not Person.objects.filter(name="新来的").exists()


def test_the_id_number_is_written_and_never_told(union, register, file, synced, today):
    rows = [("张三", "3", "计财处", "", "", "", "", ID, "")]
    found = applying.compared(rows_in(file(rows), today), union=union, today=today)
    assert ID not in repr(found.lines)
    (line,) = [line for line in found.lines if line.kind == lines.CHANGED]
    assert line.changes["id_number"] == ("", "有")
    synced(rows_in(file(rows), today))
    person = Person.objects.only("id_number", "id_tail", "birth_on").get(name="张三")
    assert (person.id_number.reveal(), person.id_tail, person.birth_on) == (ID, ID[-4:], date(1985, 3, 12))


def test_a_comparison_that_somebody_wrote_into_is_made_again_under_the_lock(
    *, register, file, union, today, monkeypatch
):
    """The people are read before somebody else applies, the newcomers after it: every line moved, not those alone."""
    rows, arrivals = rows_in(file(), today), applying.register.arrivals
    marks = seen(applying.compared(rows, union=union, today=today))
    access = Access(union=union, on=today)

    def go():
        applying.apply(
            rows, {}, seen=lambda: marks, source="名册.xlsx", union=union, by=access, today=today, progress=silent
        )

    def meanwhile(union):
        monkeypatch.setattr(applying.register, "arrivals", arrivals)
        go()
        return arrivals(union)

    monkeypatch.setattr(applying.register, "arrivals", meanwhile)
    with pytest.raises(applying.Moved) as moved:
        go()
    assert set(moved.value.lines) == set(marks)
    assert Newcomer.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_people_who_apply_at_once_do_it_once(register, file, union, by, today):
    from threading import Barrier, Thread

    from django.db import connection

    rows = rows_in(file(), today)
    marks = seen(applying.compared(rows, union=union, today=today))
    ready, told = Barrier(2), []

    def go():
        try:
            ready.wait()
            applying.apply(
                rows, {}, seen=lambda: marks, source="名册.xlsx", union=union, by=Access(union=union, on=today),
                today=today, progress=silent,
            )  # fmt: skip
            told.append("done")
        except applying.Moved as moved:
            told.append(set(moved.lines))
        finally:
            connection.close()

    threads = [Thread(target=go) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told, key=str) == sorted(["done", set(marks)], key=str)
    assert Newcomer.objects.count() == 1
