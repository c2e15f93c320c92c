"""Rules of voice: anonymous authors and the time for an answer."""

from zhijia.voice import rules


def test_an_author_who_did_not_sign_is_nobody():
    assert rules.author(" 匿名 ") == rules.author("—") == rules.author("") == ""
    assert rules.author(" 张伟 ") == "张伟"


def test_an_answer_is_due_within_about_three_months():
    assert 90 <= rules.THREE_MONTHS <= 93
