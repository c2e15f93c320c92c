"""A section as text in a form and back: laws that hold for any sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhijia.reports.drafts.body import (
    Live,
    Sentence,
    Sourced,
    Span,
    Typed,
    Words,
    from_json,
    numbered,
    paragraphs,
    plain,
    tidy,
    to_json,
)
from zhijia.reports.drafts.counting import counted
from zhijia.reports.drafts.form_text import Reader, labels, rendered
from zhijia.reports.drafts.withheld import flagged, resembled
from zhijia.reports.vocabulary import loose_numeral, stretches

CHARACTERS = "工会一二第届年人8位0.9%，。【】#12 走访慰问是"
TEXT = st.text(CHARACTERS, max_size=8)
LIVE = st.builds(
    Live,
    key=st.sampled_from(["care.visits", "members.active"]),
    by=st.sampled_from([(), (("year", "2025"),)]),
    form=st.sampled_from(["", "number"]),
    text=st.sampled_from(["8位", "8", "7位", "一等奖【特】", "12次"]),
)
SPAN = st.one_of(
    st.builds(Words, TEXT),
    st.builds(Sourced, TEXT.filter(bool), st.just("名称")),
    LIVE,
    st.builds(Typed, st.sampled_from(["8", "12", "三"]), why=st.sampled_from(["", "人事处"]), who=st.just("陈立新")),
)
SENTENCE = st.lists(SPAN, max_size=7).map(lambda spans: Sentence(tidy(spans)))
BODY = st.lists(SENTENCE, max_size=5).map(lambda rows: numbered(tuple(rows), 3, 0)[0])


@given(BODY)
def test_what_is_rendered_reads_back_as_it_was(body: tuple[Sentence, ...]) -> None:
    names = labels(body)
    reader = Reader(names)
    assert [reader.spans(rendered(one, names), one) for one in body] == [one.spans for one in body]


@given(BODY)
def test_a_stored_body_comes_back(body: tuple[Sentence, ...]) -> None:
    assert from_json(to_json(body)) == body


@given(st.lists(SPAN, max_size=7))
def test_tidy_is_done_once_and_keeps_every_character(spans: list[Span]) -> None:
    once = tidy(spans)
    assert tidy(once) == once
    assert plain(once) == plain(spans)
    assert not any(loose_numeral(span.text) for span in once if isinstance(span, Words))


@given(BODY, st.text(CHARACTERS, max_size=20))
def test_reading_a_text_loses_no_character(body: tuple[Sentence, ...], text: str) -> None:
    names = labels(body)
    spans = Reader(names).spans(text)
    told = "".join(f"【{_name(span, names)}】" if isinstance(span, Live) else span.text for span in spans)
    assert told == text


def _name(live: Live, names: dict[str, list[Live]]) -> str:
    return next(name for name, lives in names.items() if lives[0].ask == live.ask)


@given(st.text(CHARACTERS, max_size=20))
def test_stretches_are_the_text(text: str) -> None:
    assert "".join(part for _kind, part in stretches(text)) == text


def test_a_figure_can_be_moved_and_stays_live() -> None:
    live = Live("care.visits", text="8位", id=3002)
    before = Sentence((Words("共走访"), live, Words("职工。")), id=3001)
    names = labels([before])
    assert rendered(before, names) == "共走访【8位】职工。"
    assert Reader(names).spans("职工【8位】，都走访到了。", before) == (Words("职工"), live, Words("，都走访到了。"))


def test_two_figures_that_read_alike_are_told_apart() -> None:
    visits, births = Live("care.visits", text="8位", id=3002), Live("care.births", text="8位", id=3003)
    body = [Sentence((visits, Words("和"), births))]
    names = labels(body)
    assert rendered(body[0], names) == "【8位】和【8位#2】"
    assert Reader(names).spans("【8位#2】和【8位】") == (births, Words("和"), visits)


def test_a_copied_figure_is_live_too_and_gets_an_id_of_its_own() -> None:
    live = Live("care.visits", text="8位", id=3002)
    body = (Sentence(Reader(labels([Sentence((live,))])).spans("【8位】又【8位】"), id=3001),)
    made, serial = numbered(body, 3, 2)
    assert [one.id for one in made[0].lives] == [3002, 3003]
    assert serial == 3


def test_brackets_around_nothing_known_are_words_and_their_number_is_typed() -> None:
    assert Reader({}).spans("【9位】") == (Words("【"), Typed("9"), Words("位】"))


def test_a_confirmed_number_stays_confirmed_while_the_words_around_it_change() -> None:
    vouched = Typed("260", "会务组", "陈立新", "2026-11-20")
    before = Sentence((Words("发放"), vouched, Words("份。")))
    assert Reader({}).spans("共发放260份表。", before) == (Words("共发放"), vouched, Words("份表。"))
    assert Reader({}).spans("发放261份。", before)[1] == Typed("261")
    # One more of the same number: nobody confirmed that one, so nothing is inherited by guess where they differ.
    other = Sentence((vouched, Words("和"), Typed("260")))
    assert [s for s in Reader({}).spans("260和260和260", other) if isinstance(s, Typed)] == [Typed("260")] * 3


def test_a_sourced_ordinal_is_no_loose_number() -> None:
    before = Sentence((Words("受"), Sourced("第五届", "名称"), Words("委员会委托")))
    assert Reader({}).spans("受第五届委员会全体委员委托", before)[1] == Sourced("第五届", "名称")


def test_hidden_firsts_do_not_swallow_a_paragraph() -> None:
    body = (Sentence((Words("甲"),), opens=True), Sentence((Words("乙"),)), Sentence((Words("丙"),), opens=True))
    assert [[s.text for s in rows] for rows in paragraphs(body)] == [["甲", "乙"], ["丙"]]


WITHHELD = [
    {"key": "culture.trip", "kind": "按现行规定不予表扬", "wording": "工会还组织会员外出疗养……，职工身心得到放松。"}
]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("工会还组织会员外出疗养3批，职工身心得到放松。", "culture.trip"),
        ("工会组织会员学习读书，职工素质得到提高。", ""),
        ("放松。", ""),
    ],
)
def test_withheld_words_are_known_again(text: str, key: str) -> None:
    assert resembled(text, WITHHELD) == key


def test_only_what_people_wrote_is_held_against_the_withheld_list() -> None:
    words = tidy([Words(WITHHELD[0]["wording"])])
    typed, generated = Sentence(words, origin="added"), Sentence(words)
    found = flagged((typed, generated), WITHHELD)
    assert [one.withheld for one in found] == ["culture.trip", ""]
    assert found[0].unexplained


def _said(*texts: str, hidden: tuple[int, ...] = ()) -> tuple[Sentence, ...]:
    return tuple(Sentence(tidy([Words(text)]), hidden=place in hidden) for place, text in enumerate(texts))


@pytest.mark.parametrize(
    ("hidden", "read"),
    [
        ((), ["主要做了三方面工作。", "一是办实事。", "二是抓学习。", "三是管经费。", "一是再来。"]),
        ((1,), ["主要做了两方面工作。", "一是抓学习。", "二是管经费。", "一是再来。"]),
        ((2,), ["主要做了两方面工作。", "一是办实事。", "二是管经费。", "一是再来。"]),
    ],
)
def test_strands_follow_each_other_once_one_is_hidden(hidden: tuple[int, ...], read: list[str]) -> None:
    texts = ("主要做了三方面工作。", "一是办实事。", "二是抓学习。", "三是管经费。", "一是再来。")
    body = counted(_said(*texts, hidden=hidden))
    assert [one.text for one in body if not one.hidden] == read


@given(BODY)
def test_counting_is_done_once_and_leaves_no_loose_numeral(body: tuple[Sentence, ...]) -> None:
    once = counted(body)
    assert counted(once) == once
    assert [tidy(one.spans) for one in once] == [one.spans for one in once]
