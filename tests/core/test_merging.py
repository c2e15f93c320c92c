"""Two changes of one record brought together: nothing that anybody wrote is lost."""

from hypothesis import given
from hypothesis import strategies as st

from zhijia.core.pages.merging import merge

NAMES = ("name", "place", "rank")
texts = st.fixed_dictionaries({name: st.sampled_from(("", "甲", "乙", "丙")) for name in NAMES})


@given(texts, texts)
def test_with_nobody_else_my_texts_stand(base: dict[str, str], mine: dict[str, str]) -> None:
    merged = merge(base, mine, base)
    assert merged.values == mine
    assert (merged.taken, merged.both) == ((), {})


@given(texts, texts)
def test_what_i_left_alone_becomes_theirs(base: dict[str, str], theirs: dict[str, str]) -> None:
    merged = merge(base, base, theirs)
    assert merged.values == theirs
    assert set(merged.taken) == {name for name in NAMES if base[name] != theirs[name]}
    assert not merged.both


@given(texts, texts, texts)
def test_every_text_is_kept_taken_over_or_asked_about(
    base: dict[str, str], mine: dict[str, str], theirs: dict[str, str]
) -> None:
    merged = merge(base, mine, theirs)
    for name in NAMES:
        if mine[name] != base[name]:
            assert merged.values[name] == mine[name]  # what I typed is never replaced
        else:
            assert merged.values[name] == theirs[name]
        asked = name in merged.both
        assert asked == (mine[name] != base[name] != theirs[name] != mine[name])
        if asked:
            assert merged.both[name] == (mine[name], theirs[name])


@given(texts, texts, texts)
def test_saving_what_was_merged_is_no_conflict(
    base: dict[str, str], mine: dict[str, str], theirs: dict[str, str]
) -> None:
    merged = merge(base, mine, theirs)
    again = merge(theirs, merged.values, theirs)
    assert again.values == merged.values
    assert not again.both
