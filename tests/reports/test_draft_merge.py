"""Two people's changes put together; a posted form never loses what was typed."""

from __future__ import annotations

from dataclasses import replace

from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from zhijia.reports import forms
from zhijia.reports.drafts.body import ADDED, Body, Sentence, Words, essence, tidy, to_json
from zhijia.reports.drafts.merging import merge
from zhijia.reports.models import DraftSection

WORD = st.sampled_from(["甲", "乙", "丙", "丁", "戊"])


def said(number: int, text: str) -> Sentence:
    return Sentence((Words(text),), id=number)


BASE: Body = tuple(said(1000 + n, text) for n, text in enumerate("子丑寅卯", start=1))


@st.composite
def changed(draw: st.DrawFn) -> Body:
    """The base with sentences reworded, taken out, moved and added."""
    rows = [replace(one, spans=(Words(draw(WORD)),)) if draw(st.booleans()) else one for one in BASE]
    rows = [one for one in rows if draw(st.integers(0, 4))]
    if draw(st.booleans()):
        rows = draw(st.permutations(rows))
    for word in draw(st.lists(WORD, max_size=2)):
        rows.insert(draw(st.integers(0, len(rows))), Sentence((Words(word + "新"),), origin=ADDED))
    return tuple(rows)


def told(body: Body) -> list[object]:
    return [essence(one) for one in body]


@given(changed(), changed())
def test_without_a_conflict_the_sides_are_equal(mine: Body, theirs: Body) -> None:
    one, other = merge(BASE, mine, theirs), merge(BASE, theirs, mine)
    assert one.clean == other.clean
    if one.clean:
        assert told(one.body()) == told(other.body())


@given(changed(), changed())
def test_no_text_of_either_side_is_lost(mine: Body, theirs: Body) -> None:
    merged = merge(BASE, mine, theirs)
    texts = {one.text for one in merged.body()}
    base = {one.id: one.text for one in BASE}
    for side in (mine, theirs):
        assert {one.text for one in side if base.get(one.id) != one.text} <= texts


@given(changed())
def test_a_side_that_did_nothing_gives_way(mine: Body) -> None:
    assert told(merge(BASE, mine, BASE).body()) == told(mine)
    assert told(merge(BASE, BASE, mine).body()) == told(mine)
    assert merge(BASE, mine, mine).clean


def test_both_reworded_one_sentence() -> None:
    mine, theirs = (said(1001, "我"), *BASE[1:]), (said(1001, "你"), *BASE[1:])
    row = merge(BASE, mine, theirs).rows[0]
    assert row.conflict
    assert [one.text for one in row.chosen()] == ["你", "我"]
    assert [one.text for one in row.chosen("mine")] == ["我"]


def section(body: Body) -> DraftSection:
    return DraftSection(pk=7, number=1, version=3, level=2, heading="标题", name="标题", body=to_json(body))


def post(base: forms.Base, lines: list[forms.Line], **more: str) -> QueryDict:
    given_ = QueryDict(mutable=True)
    given_["base"], given_["heading"] = base.signed(), "标题"
    given_.setlist("row", [line.row for line in lines])
    for line in lines:
        given_[f"text-{line.row}"] = line.text
        given_[f"hidden-{line.row}"] = "1" if line.sentence.hidden else ""
        given_[f"opens-{line.row}"] = "1" if line.sentence.opens else ""
        given_[f"group-{line.row}"], given_[f"side-{line.row}"] = line.group, line.side
    given_.update(more)
    return given_


def test_an_untouched_form_changes_nothing() -> None:
    row = section(BASE)
    base, lines = forms.opened(row, BASE, {})
    assert forms.read(post(base, lines), row).body == BASE


@given(st.lists(st.text("工会1【】\n年 ", max_size=12), min_size=4, max_size=4))
def test_a_save_keeps_every_character_that_was_typed(texts: list[str]) -> None:
    row = section(BASE)
    base, lines = forms.opened(row, BASE, {})
    given_ = post(base, lines, **{f"text-{line.row}": text for line, text in zip(lines, texts, strict=True)})
    body = forms.read(given_, row).body
    shown = "".join(one.text for one in body if not one.hidden)
    assert shown == "".join(line.strip(" \t") for text in texts for line in text.splitlines())
    for line, text in zip(lines, texts, strict=True):
        if not text.strip():  # an emptied box hides what stood there
            assert any(one.id == line.sentence.id and one.hidden and one.text == line.sentence.text for one in body)


def test_a_box_saved_twice_is_one_sentence_even_with_lines_of_its_own() -> None:
    from zhijia.reports.drafts.body import numbered

    row = section(BASE)
    base, lines = forms.opened(row, BASE, {})
    new = forms.Line("n1", "新一\n新二", Sentence((), origin=ADDED))
    typed = forms.read(post(base, [*lines, new]), row)
    stored, _serial = numbered(typed.body, 1, 4)
    row.version, row.body = 4, to_json(stored)
    again = forms.saved(typed, row, stored)
    twice = forms.read(post(again, [*lines, new]), row)
    assert [one.text for one in twice.body] == [one.text for one in stored]
    assert [one.id for one in twice.body] == [one.id for one in stored]
    once = forms.read(post(again, [*lines, replace(new, text="新一")]), row)
    assert [one.text for one in once.body] == [*"子丑寅卯", "新一"]


def test_the_merge_form_gives_what_was_chosen() -> None:
    mine = (said(1001, "我"), *BASE[1:], Sentence((Words("我加"),), origin=ADDED))
    theirs = (said(1001, "你"), said(1002, "你二"), *BASE[2:])
    row = section(theirs)
    base, lines = forms.put_together(merge(BASE, mine, theirs), row, theirs, {})
    for choice, first in (("mine", ["我"]), ("theirs", ["你"]), ("both", ["你", "我"])):
        body = forms.read(post(base, lines, **{"choice-0": choice}), row).body
        assert [one.text for one in body] == [*first, "你二", "寅", "卯", "我加"]


def test_a_sentence_that_i_took_out_stays_out_after_merging() -> None:
    mine, theirs = BASE[1:], (*BASE[:3], said(1004, "你四"))
    row = section(theirs)
    base, lines = forms.put_together(merge(BASE, mine, theirs), row, theirs, {})
    assert [one.text for one in forms.read(post(base, lines), row).body] == ["丑", "寅", "你四"]


def test_typed_numbers_are_marked_when_a_form_is_read() -> None:
    row = section(BASE)
    base, lines = forms.opened(row, BASE, {})
    body = forms.read(post(base, lines, **{f"text-{lines[0].row}": "共发260份"}), row).body
    assert [one.text for one in body[0].unsupported] == ["260"]
    assert body[0].spans == tidy([Words("共发260份")])
