from datetime import date

import pytest

from zhijia.core import audit, person_keys, records
from zhijia.core.frame import Frame
from zhijia.core.models import AuditLine
from zhijia.core.outcomes import Refused
from zhijia.members import services as members
from zhijia.members.models import Person
from zhijia.unions import services as unions
from zhijia.unions.models import Group, Term, Union


@pytest.fixture
def union(db, by, today):
    return unions.found({"code": "T", "name": "测试工会"}, by=by, today=today).pk


@pytest.fixture
def save(union, by, today):
    return lambda service, *rows: service(list(rows), union=union, by=by, today=today)


ALICE = {
    "name": "李爱丽",
    "sex": "female",
    "staff_no": "1",
    "birth_on": date(1980, 2, 3),
    "admitted_on": date(2010, 1, 1),
}


def test_a_new_row_is_stored_with_what_follows_from_it(save):
    (pk,) = save(members.save_persons, {**ALICE, "phone": "13812345678"})
    person = Person.objects.get(pk=pk)
    assert (person.pinyin.split()[0], person.phone_tail, person.version) == ("liaili", "5678", 1)
    assert Person.objects.only("phone").get(pk=pk).phone.reveal() == "13812345678"


def test_the_same_row_again_changes_nothing_and_leaves_no_line(save):
    save(members.save_persons, {**ALICE, "phone": "13812345678"})
    lines = AuditLine.objects.count()
    save(members.save_persons, {**ALICE, "phone": "13812345678"})
    assert Person.objects.count() == 1
    assert AuditLine.objects.count() == lines


def test_a_corrected_row_updates_and_its_line_tells_before_and_after(save, union):
    (pk,) = save(members.save_persons, ALICE)
    save(members.save_persons, {**ALICE, "department": "办公室"})
    person = Person.objects.get(pk=pk)
    assert (person.department, person.version) == ("办公室", 2)
    (line,) = person_keys.opened(AuditLine.objects.order_by("-seq")[:1])
    assert line.told["rows"] == [{"department": ["", "办公室"]}]
    assert "办公室" not in str(line.changes)
    assert audit.verify(union) == []


def test_a_secret_never_stands_in_the_audit_line(save):
    save(members.save_persons, {**ALICE, "id_number": "11010119800203128X", "phone": "13912345678"})
    told = str([line.told for line in person_keys.opened(AuditLine.objects.all())])
    assert "11010119800203128" not in told
    assert "13912345678" not in told


def test_every_problem_of_every_row_is_told_and_nothing_is_saved(save):
    with pytest.raises(Refused) as refused:
        save(
            unions.save_terms,
            {"number": 4, "first": date(2020, 1, 1), "end": date(2019, 1, 1)},
            {"number": 5, "first": date(2015, 1, 1), "end": date(2020, 1, 1)},
            {"number": 6, "first": date(2019, 6, 1), "end": date(2024, 1, 1)},
        )
    assert [violation.code for violation in refused.value.violations] == ["period", "overlap"]
    assert not Term.objects.exists()


def test_a_form_for_a_row_that_is_gone_is_refused_and_makes_no_new_one(save):
    (pk,) = save(unions.save_groups, {"name": "甲组"})
    group = Group.objects.get(pk=pk)
    group.delete()
    with pytest.raises(Refused) as refused:
        save(unions.save_groups, {"uid": group.uid, "version": 1, "name": "甲组", "department": "办公室"})
    assert [violation.code for violation in refused.value.violations] == ["gone"]
    assert not Group.objects.exists()


def test_a_form_without_a_number_reads_no_row_but_those_it_may_mean(save):
    save(members.save_persons, *({**ALICE, "name": f"甲{index}", "staff_no": ""} for index in range(3)))
    frame = Frame.of([{**ALICE, "staff_no": "", "id_index": None}])
    rows = records._stored_rows(members.PERSONS, frame, Union.objects.get().pk, ["name"])
    assert rows == []


def test_a_form_with_an_old_version_is_refused_and_the_other_change_stands(save):
    (pk,) = save(unions.save_groups, {"name": "甲组"})
    group = Group.objects.get(pk=pk)
    save(unions.save_groups, {"uid": group.uid, "version": 1, "name": "甲组", "department": "办公室"})
    with pytest.raises(Refused) as refused:
        save(unions.save_groups, {"uid": group.uid, "version": 1, "name": "甲组", "department": "人事处"})
    assert [violation.code for violation in refused.value.violations] == ["stale"]
    assert Group.objects.get(pk=pk).department == "办公室"


def test_the_same_key_twice_in_one_save_is_refused(save):
    with pytest.raises(Refused) as refused:
        save(unions.save_groups, {"name": "甲组"}, {"name": "甲组"})
    assert [violation.code for violation in refused.value.violations] == ["twice"]


def test_rows_of_another_union_are_never_matched(save, by, today):
    save(unions.save_groups, {"name": "甲组"})
    other = unions.found({"code": "U", "name": "另一工会"}, by=by, today=today).pk
    unions.save_groups([{"name": "甲组", "department": "别处"}], union=other, by=by, today=today)
    assert sorted(Group.objects.values_list("department", flat=True)) == ["", "别处"]


def test_a_withdrawn_row_is_not_in_the_union_and_not_matched(save, union, today):
    (pk,) = save(unions.save_groups, {"name": "甲组"})
    Group.objects.filter(pk=pk).update(withdrawn_on=today, name="甲组（撤回）")
    assert not Group.objects.in_union(union).exists()
    (again,) = save(unions.save_groups, {"name": "甲组"})
    assert again != pk


def test_a_group_leader_must_be_a_member_on_the_day(save):
    (person,) = save(members.save_persons, ALICE)
    (group,) = save(unions.save_groups, {"name": "甲组"})
    post = {"person": person, "office": "group_leader", "group": group, "first": date(2009, 1, 1)}
    with pytest.raises(Refused) as refused:
        save(members.save_posts, post)
    assert [violation.code for violation in refused.value.violations] == ["not_member"]
    save(members.save_posts, {**post, "first": date(2011, 1, 1)})
