from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhijia.core.names import normalise_name, pinyin_key

SURNAME_READINGS = (
    "仇qiu 单shan 解xie 曾zeng 区ou 任ren 华hua 查zha 翟zhai 缪miao 乐yue 盖ge 朴piao 秘bi 冼xian 覃qin 谌chen 卜bu "
    "句gou 种chong 燕yan 纪ji 宓mi 逄pang 折she 繁po 黑he 员yun 召shao 祭zhai 尉迟yuchi 长孙zhangsun 万俟moqi "
    "单于chanyu 澹台tantai 吕lv 欧阳ouyang 司马sima 诸葛zhuge 皇甫huangfu 令狐linghu 张zhang 王wang"
)


@pytest.mark.parametrize("reading", SURNAME_READINGS.split())
def test_surnames_are_read_as_surnames(reading):
    surname = "".join(sign for sign in reading if not sign.isascii())
    assert pinyin_key(surname + "国平").split()[0] == reading.removeprefix(surname) + "guoping"


def test_the_key_is_full_pinyin_and_initials():
    assert pinyin_key("张三") == "zhangsan zs"
    assert pinyin_key("单雄信") == "shanxiongxin sxx"
    assert pinyin_key("尉迟恭") == "yuchigong ycg"
    assert pinyin_key("尉迟") == "weichi wc"
    assert pinyin_key("李长乐") == "lichangle lcl"


def test_latin_and_mixed_names_have_keys_too():
    assert pinyin_key("Anna Smith") == "annasmith as"
    assert pinyin_key("ＡＮＮＡ") == "anna a"
    assert pinyin_key("阿不都•买买提") == pinyin_key("阿不都·买买提") == "abudumaimaiti abdmmt"
    assert pinyin_key("张三2") == "zhangsan2 zs2"
    assert pinyin_key("") == pinyin_key(" · ") == ""


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("张三", "张三"),
        ("张 三", "张三"),
        ("张　　三", "张三"),
        (" 张三丰\n", "张三丰"),
        ("张\u200b三", "张三"),
        ("阿不都•买买提", "阿不都·买买提"),
        ("阿不都・买买提", "阿不都·买买提"),
        ("阿不都･买买提", "阿不都·买买提"),
        ("阿不都．买买提", "阿不都·买买提"),
        ("阿不都 · 买买提", "阿不都·买买提"),
        ("Ａnna　 Smith", "Anna Smith"),
        ("J. Smith", "J. Smith"),
        ("𠮷 野", "𠮷野"),
        ("张三（女）", "张三(女)"),
    ],
)
def test_a_name_has_one_spelling(written, name):
    assert normalise_name(written) == name


names = st.text("张王单仇曾尉迟万俟三丰长乐 　·•・.Aaé1\u200b吕𠮷", max_size=8)


@settings(max_examples=200)
@given(names)
def test_normalising_twice_changes_nothing_and_the_key_does_not_depend_on_the_spelling(name):
    once = normalise_name(name)
    assert normalise_name(once) == once
    assert pinyin_key(name) == pinyin_key(once)


@settings(max_examples=200)
@given(st.text(max_size=10))
def test_every_text_has_a_key_of_two_words_or_none(name):
    key = pinyin_key(name)
    assert key == key.lower()
    assert len(key.split(" ")) == 2 or not key


def test_every_name_of_three_common_characters_has_its_initials():
    surnames, given = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨单仇曾", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀英华慧巧美晨轩"
    for name in map("".join, product(surnames, given, given)):
        whole, initials = pinyin_key(name).split()
        assert whole.startswith(initials[0]), name
        assert len(initials) == 3, name
