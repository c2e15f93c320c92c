"""Somebody comes from another union: registered once, found where already known, tied to the union that sent."""

import io
import zipfile
from datetime import date

import pytest
from django.utils import timezone

from tests.shell.people import client_of, user_of
from zhijia.documents.docx.blocks import Paragraph
from zhijia.members import arriving, linking, membership_papers, services, standing
from zhijia.members.demo import _id_number as demo_number
from zhijia.members.models import Change, Person
from zhijia.members.standing import Words
from zhijia.unions import services as unions
from zhijia.unions.models import Union

ON = date(2026, 11, 2)
NUMBER, PHONE = demo_number(date(1985, 3, 4), "female", 44_998), "13800001234"
QUERIES = 15
FORM = {"name": "赵远来", "id_number": NUMBER, "phone": PHONE, "staff_no": "Y77", "on": "2026-11-02",
        "other_union": "江州市规划局工会", "paper_no": "江规工转〔2026〕7号"}  # fmt: skip


@pytest.fixture
def tree(db, by, today):
    """Two unions under one top, and one of another tree."""
    top = unions.found({"code": "TOP", "name": "江州市总工会"}, by=by, today=today)
    made = [unions.found({"code": code, "name": name}, by=by, today=today)
            for code, name in (("A", "江州市规划局工会"), ("B", "江州市建设局工会"), ("X", "外市工会"))]  # fmt: skip
    for union in made[:2]:
        Union.objects.filter(pk=union.pk).update(parent=top, path=f"{top.path}{union.pk}/")
    return {union.code: union.pk for union in made}


@pytest.fixture
def sent(tree, by, today):
    def make(union, **row):
        entry = {
            "name": "赵远来",
            "sex": "female",
            "birth_on": date(1985, 3, 4),
            "admitted_on": date(2010, 1, 1),
            **row,
        }
        person = Person.objects.get(pk=services.save_persons([entry], union=union, by=by, today=today)[0])
        standing.change(
            "transfer_out", person, on=date(2026, 10, 30), words=Words("江州市建设局工会"), by=by, today=today
        )
        return Change.objects.get(person=person)

    return make


def taken(union, by, today, **row):
    entry = {"name": "赵远来", "sex": "female", "birth_on": date(1985, 3, 4), **row}
    words = Words("江州市规划局工会")
    return standing.transfer_in(entry, union=union, on=ON, words=words, by=by, today=today)


def test_the_two_changes_of_one_person_are_tied_by_the_number(tree, sent, by, today):
    out = sent(tree["A"], id_number=NUMBER)
    person = taken(tree["B"], by, today, id_number=NUMBER)
    assert Change.objects.get(person=person).counterpart == out.uid
    assert linking.received([out]) == {out.uid: ON}


def test_without_a_number_the_name_and_birth_date_in_the_named_union_are_enough(tree, sent, by, today):
    out = sent(tree["A"])
    assert Change.objects.get(person=taken(tree["B"], by, today)).counterpart == out.uid


@pytest.mark.parametrize("where", ["X", "B"])
def test_other_trees_and_the_own_union_are_never_looked_at(tree, sent, by, today, where):
    sent(tree["X"], id_number=NUMBER)
    person = taken(tree[where] if where == "B" else tree["A"], by, today, id_number=NUMBER)
    assert Change.objects.get(person=person).counterpart is None


def test_a_transfer_out_is_answered_once(tree, sent, by, today):
    out = sent(tree["A"], id_number=NUMBER)
    first = taken(tree["B"], by, today, id_number=NUMBER)
    standing.change("transfer_out", first, on=date(2026, 11, 5), words=Words("外市工会"), by=by, today=today)
    again = standing.change("transfer_in", first, on=date(2026, 11, 9), words=Words("外市工会"), by=by, today=today)
    tied = Change.objects.filter(person=again, kind="transfer_in").order_by("on").values_list("counterpart", flat=True)
    assert list(tied) == [out.uid, None]


# ---------------------------------------------------------------- who is known already


@pytest.fixture
def world(make_world, monkeypatch, today):
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    return make_world("members", members=60)


@pytest.fixture
def chair(world, today):
    return client_of(user_of(world, "chair", today))


def test_numbers_are_sure_and_names_are_a_question(world, by, today):
    entry = {"name": "单于飞", "sex": "male", "staff_no": "Q1", "birth_on": date(1990, 1, 1), "id_number": None}
    services.save_persons([entry], union=world.union, by=by, today=today)
    found = [
        [(one.why, one.sure) for one in arriving.alike(world.union, row)]
        for row in (
            {"staff_no": "Q1"},
            {"name": "单于飞"},
            {"name": "单于飞", "birth_on": date(1990, 1, 1)},
            {"name": "单于飞", "birth_on": date(1991, 1, 1)},
            {"name": "单于非"},
            {},
        )
    ]
    same, both = [("姓名相同", False)], [("姓名相同，出生日期也相同", False)]
    assert found == [[("工号相同", True)], same, both, [], [("姓名读音相同", False)], []]


def test_the_form_registers_a_member_with_a_receipt(chair, world, today, django_assert_max_num_queries):
    with django_assert_max_num_queries(QUERIES):
        assert chair.get("/members/transfer-in/").status_code == 200
    group = next(iter(world.groups.values()))
    answer = chair.post("/members/transfer-in/", FORM | {"group": group, "department": "办公室"})
    assert answer.status_code == 303
    person = Person.objects.get(name="赵远来")
    assert (person.admitted_on, person.sex, person.birth_on, person.id_tail) == (
        ON, "female", date(1985, 3, 4), NUMBER[-4:],
    )  # fmt: skip
    page = chair.get(answer.headers["Location"]).content.decode()
    assert "会籍接转回执" in page
    assert "介绍信编号江规工转〔2026〕7号" in page
    change = Change.objects.get(person=person)
    paper = chair.get(f"/members/changes/{change.uid}/paper/")
    with zipfile.ZipFile(io.BytesIO(paper.content)) as package:
        text = package.read("word/document.xml").decode()
    assert "江州市规划局工会" in text
    assert NUMBER not in text


def test_what_is_missing_is_said_beside_the_field_and_nothing_is_kept(chair):
    answer = chair.post("/members/transfer-in/", {"name": "", "on": "昨天的昨天", "id_number": "123", "phone": PHONE})
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in ("还没有写姓名", "身份证号"):
        assert words in page
    assert PHONE in page  # what was typed is not lost
    assert not Change.objects.filter(kind="transfer_in", on=ON).exists()


def test_somebody_known_is_shown_with_the_way_and_a_namesake_needs_a_word(chair, world, today, by):
    known = Person.objects.get(pk=world.members_on(today)[0].pk)
    same = FORM | {"name": known.name, "id_number": "", "sex": "female", "staff_no": known.staff_no}
    page = chair.post("/members/transfer-in/", same)
    assert page.status_code == 422
    assert f"/members/{known.uid}/standing/" in page.content.decode()
    assert chair.post("/members/transfer-in/", same | {"anew": "1"}).status_code == 422  # a number is no question
    namesake = same | {"staff_no": "Z9", "birth_on": ""}
    assert chair.post("/members/transfer-in/", namesake).status_code == 422
    assert chair.post("/members/transfer-in/", namesake | {"anew": "1"}).status_code == 303


def test_while_it_is_typed_the_form_asks_without_any_number_in_the_address(chair, world, today):
    known = Person.objects.get(pk=world.members_on(today)[0].pk)
    part = chair.post("/members/transfer-in/alike/", {"name": known.name})
    assert known.name in part.content.decode()
    assert chair.post("/members/transfer-in/alike/", {"name": "欧阳无人"}).content.decode().strip() == ""
    assert chair.get("/members/transfer-in/alike/").status_code == 405


def test_among_many_namesakes_the_one_with_the_number_and_the_one_of_that_birth_are_found(tree, by, today):
    others = [
        {"name": "张伟", "sex": "male", "staff_no": f"Z{number}", "birth_on": date(1970, 1, 1)} for number in range(60)
    ]
    same = {"name": "张伟", "sex": "male", "staff_no": "Z900", "birth_on": date(1985, 3, 4)}
    services.save_persons([*others, same], union=tree["B"], by=by, today=today)
    asked = {"name": "张伟", "birth_on": date(1985, 3, 4)}
    found = arriving.alike(tree["B"], asked)
    assert [(one.person.staff_no, one.sure) for one in found] == [("Z900", False)]
    found = arriving.alike(tree["B"], {**asked, "birth_on": date(1970, 1, 1), "staff_no": "Z59"})
    assert (found[0].person.staff_no, found[0].sure) == ("Z59", True)
    assert len(found) == arriving.SHOWN


def test_the_letter_of_a_transfer_tells_of_the_membership_that_it_ended(tree, sent, by, today):
    out = sent(tree["A"])
    away = timezone.localtime()

    def said():
        letter = membership_papers.transfer(out, union="江州市规划局工会", created_at=away)
        return str(next(block for block in letter.blocks if isinstance(block, Paragraph)))

    assert "，2010年1月1日入会，" in said()
    words = Words("江州市建设局工会")
    standing.change("transfer_in", out.person, on=date(2026, 11, 2), words=words, by=by, today=today)
    out.refresh_from_db()
    assert "，2010年1月1日入会，" in said(), "whoever is back since was a member from then on all the same"
