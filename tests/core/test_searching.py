"""Words of a search: surnames by every reading, words together, and nothing lost of what was found before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhijia.core.names import OTHER_READINGS, pinyin_key, read_otherwise
from zhijia.core.pages import searching
from zhijia.members import services
from zhijia.members.models import Person
from zhijia.unions import services as unions

SOUGHT = searching.Sought(["name", "department", "job"], [], persons=True)
NAMES = (
    "仇英", "单伟", "解缙", "曾国", "区丽", "查良", "翟志", "缪强", "盖静", "朴正", "任华", "华罗", "纪晓", "覃梅",
    "冼星", "尉迟恭", "万俟咏", "单于明", "张伟", "张三丰",
)  # fmt: skip


@pytest.fixture
def union(db, by, today):
    pk = unions.found({"code": "T", "name": "测试工会"}, by=by, today=today).pk
    rows = [
        {"name": name, "sex": "male", "staff_no": f"A{number:03d}", "department": "计财处" if number % 2 else "办公室",
         "phone": f"1390000{number:04d}"}
        for number, name in enumerate(NAMES)
    ]  # fmt: skip
    services.save_persons(rows, union=pk, by=by, today=today)
    return pk


def found(text):
    return set(Person.objects.filter(searching.condition(SOUGHT, text)).values_list("name", flat=True))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("qiuying", {"仇英"}),
        ("chouying", {"仇英"}),
        ("chouy", {"仇英"}),
        ("cy", {"仇英", "单于明"}),
        ("qy", {"仇英"}),
        ("shanwei", {"单伟"}),
        ("danwei", {"单伟"}),
        ("dan", {"单伟", "单于明"}),
        ("xiej", {"解缙"}),
        ("jiejin", {"解缙"}),
        ("cengguo", {"曾国"}),
        ("zenggu", {"曾国"}),
        ("ouli", {"区丽"}),
        ("quli", {"区丽"}),
        ("cha", {"查良", "单于明"}),
        ("zhaliang", {"查良"}),
        ("dizhi", {"翟志"}),
        ("mouq", {"缪强"}),
        ("miao", {"缪强"}),
        ("gejing", {"盖静"}),
        ("gaijing", {"盖静"}),
        ("piao", {"朴正"}),
        ("puzheng", {"朴正"}),
        ("tanmei", {"覃梅"}),
        ("qinmei", {"覃梅"}),
        ("tm", {"覃梅"}),
        ("yuchi", {"尉迟恭"}),
        ("weichig", {"尉迟恭"}),
        ("moqi", {"万俟咏"}),
        ("wansi", {"万俟咏"}),
        ("chanyu", {"单于明"}),
        ("danyum", {"单于明"}),
        ("计财处 zhang", {"张三丰"}),
        ("zhang wei", {"张伟"}),
        ("zhang 办公室", {"张伟"}),
        ("张 丰", {"张三丰"}),
        ("A018", {"张伟"}),
        ("0018", {"张伟"}),
        ("zhang 0018", {"张伟"}),
        ("zhang 0019 办公室", set()),
        ("伟", {"单伟", "张伟"}),
    ],
)
def test_names_are_found_by_every_reading_and_words_together(union, text, names):
    assert found(text) == names


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=9))
def test_other_readings_lead_to_keys_of_the_same_surname(word):
    for surname, full, initials in read_otherwise(word):
        key = pinyin_key(surname + "伟" * (3 - len(surname)))
        assert full is None or key.split()[0].startswith(full[: len(key.split()[0])]) or full[:2] == key[:2]
        assert not initials or key.split()[1][0] == initials[0]


def test_every_surname_with_another_reading_is_found_by_its_own_and_by_that():
    for surname, readings in OTHER_READINGS.items():
        for reading in readings:
            assert any(one == surname and full for one, full, _initials in read_otherwise(reading + "wei"))


@given(st.text(max_size=40))
def test_no_text_breaks_a_search(text):
    assert len(searching.words_of(text)) <= searching.WORDS
    str(searching.condition(SOUGHT, text.strip()))
