"""What a form may do and what an answer may be, whatever is typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhijia.inquiries import rules

TODAY = date(2026, 11, 20)
KINDS = st.sampled_from(
    (rules.TEXT, rules.NUMBER, rules.CHOICE, rules.SEVERAL, rules.YESNO, rules.SIZE, rules.DATE, rules.ACCOUNT,
     rules.PHONE, rules.ID)
)  # fmt: skip
NUMBERS = st.from_regex(r"[0-9 ,.\-]{0,24}", fullmatch=True)
TYPED = st.text(max_size=40) | NUMBERS | st.sampled_from(("是", "xl", "A；B"))


@given(st.text(max_size=200))
def test_keeping_options_twice_changes_nothing(text: str) -> None:
    once = rules.options_kept(text)
    assert rules.options_kept(once) == once or rules.SEPARATOR not in once
    assert len(set(rules.options_of(text))) == len(rules.options_of(text))


@given(kind=KINDS, typed=TYPED)
def test_cleaning_a_kept_answer_again_changes_nothing(kind: str, typed: str) -> None:
    kept, problem = rules.clean(kind, typed, "A；B；C", today=TODAY)
    assert not (kept and problem)
    assert rules.clean(kind, kept, "A；B；C", today=TODAY) == (kept, "")


@given(kind=KINDS, typed=st.text(st.sampled_from("0123456789"), min_size=5, max_size=25))
def test_no_message_holds_what_was_typed(kind: str, typed: str) -> None:
    _kept, problem = rules.clean(kind, typed, "A；B", today=TODAY)
    assert typed not in problem


@given(digits=st.text(st.sampled_from("0123456789"), min_size=13, max_size=16), place=st.integers(0, 30))
def test_one_wrong_digit_of_a_card_is_seen(digits: str, place: int) -> None:
    body = "62" + digits
    card = next(body + check for check in "0123456789" if rules.luhn(body + check))
    assert rules.clean(rules.ACCOUNT, card, today=TODAY) == (card, "")
    place = 2 + place % (len(card) - 2)
    wrong = card[:place] + str((int(card[place]) + 1) % 10) + card[place + 1 :]
    assert rules.clean(rules.ACCOUNT, wrong, today=TODAY)[1]


@given(
    state=st.sampled_from((rules.DRAFT, rules.OPEN, rules.CLOSED)),
    first=st.integers(-5, 5),
    length=st.integers(1, 5),
)
def test_a_form_takes_answers_only_inside_its_days_and_while_open(state: str, first: int, length: int) -> None:
    begin = TODAY + timedelta(days=first)
    end = begin + timedelta(days=length)
    assert (rules.standing(state, begin, end, TODAY) == rules.OPEN) == (state == rules.OPEN and begin <= TODAY < end)


@given(st.lists(st.text(max_size=5), max_size=6), st.integers(-1, 8))
def test_moving_up_and_down_again_changes_nothing(texts: list[str], index: int) -> None:
    draft = rules.Draft(questions=tuple(rules.QuestionDraft(text) for text in texts))
    if 0 < index < len(texts):
        assert draft.moved(index, -1).moved(index - 1, 1) == draft
    assert sorted(one.text for one in draft.moved(index, 1).questions) == sorted(texts)


@pytest.mark.parametrize(
    ("verb", "state", "codes"),
    [
        ("open", rules.DRAFT, []),
        ("open", rules.CLOSED, ["state"]),
        ("close", rules.OPEN, []),
        ("redraft", rules.OPEN, ["answered"]),
        ("reopen", rules.CLOSED, []),
        ("discard", rules.OPEN, ["state"]),
    ],
)
def test_moves_follow_the_one_table(verb: str, state: str, codes: list[str]) -> None:
    found = rules.move_problems(
        verb, state, questions=1, asked=3, answered=2, end=TODAY + timedelta(days=1), today=TODAY
    )
    assert [one.code for one in found] == codes


def test_a_form_over_or_empty_or_for_nobody_does_not_open() -> None:
    found = rules.move_problems("open", rules.DRAFT, questions=0, asked=0, answered=0, end=TODAY, today=TODAY)
    assert {one.code for one in found} == {"end", "questions", "asked"}


@pytest.mark.parametrize("code", sorted(rules.TEMPLATES))
def test_each_pattern_only_lacks_its_last_day(code: str) -> None:
    draft = rules.TEMPLATES[code][1]
    assert [one.code for one in rules.draft_problems(draft, today=TODAY)] == ["last"]
    assert rules.draft_problems(replace(draft, last=TODAY), today=TODAY) == []


def test_a_choice_without_options_and_a_question_twice_are_told_at_their_boxes() -> None:
    questions = (rules.QuestionDraft("选哪个", rules.CHOICE, options="只有一个"), rules.QuestionDraft(" 选哪个 "))
    found = rules.draft_problems(rules.Draft("表", questions=questions, last=TODAY), today=TODAY)
    assert [one.place.column for one in found] == ["q-0-options", "q-1-text"]


@pytest.mark.parametrize(
    ("audience", "expected"), [(rules.MEMBERS, True), (rules.GROUPS, True), (rules.LEADERS, False)]
)
def test_who_is_asked(audience: str, expected: bool) -> None:
    assert rules.is_asked(audience, member=True, group=3, leads=False, groups=(3,)) is expected


def test_a_group_not_chosen_and_nobody_of_the_register_are_not_asked() -> None:
    assert not rules.is_asked(rules.GROUPS, member=True, group=4, leads=False, groups=(3,))
    assert not rules.is_asked(rules.MEMBERS, member=False, group=3, leads=False, groups=())


def test_a_tail_gives_no_short_secret_away() -> None:
    assert (rules.tail("1234567"), rules.tail("6222020000001234566")) == ("", "4566")
    assert "4566" in rules.masked("4566")
    assert rules.masked("") == "已填（不显示）"
