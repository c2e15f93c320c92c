"""The comparison of a personnel list with the register: who is who, what differs, and that applying it settles it."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhijia.core.names import pinyin_key
from zhijia.members.roster_sync import lines as parts
from zhijia.members.roster_sync.comparing import compare
from zhijia.members.roster_sync.lines import Arrival, Decision, Known, Row, to_do
from zhijia.members.roster_sync.planning import plan

TODAY = date(2026, 11, 20)
# Two spellings of each name that sound alike.
NAMES = (("王伟", "王维"), ("李芳", "李方"), ("刘洋", "刘阳"), ("陈静", "陈敬"), ("赵华", "赵桦"), ("周明", "周鸣"))
DEPARTMENTS = ("办公室", "计财处", "人事处")


def row(number, name="王伟", **told):
    return Row(number, name, pinyin_key(name), **told)


def known(pk, name="王伟", **told):
    return Known(pk, name, pinyin_key(name), **{"sex": "male", "admitted_on": date(2015, 1, 1), **told})


def kinds(rows, register, arrivals=()):
    return [(line.kind, line.name) for line in compare(rows, register, arrivals, TODAY).lines]


# ---------------------------------------------------------------- who is who


def test_the_id_number_outweighs_name_and_staff_number():
    found = compare([row(2, "王为", staff_no="9", id_index="a")], [known(1, id_index="a", staff_no="1")], (), TODAY)
    (line,) = found.lines
    assert line.kind == parts.CHANGED
    assert line.changes == {"name": ("王伟", "王为"), "staff_no": ("1", "9")}


def test_two_id_numbers_are_never_taken_for_one_person_by_themselves():
    (line,) = compare([row(2, staff_no="1", id_index="b")], [known(1, id_index="a", staff_no="1")], (), TODAY).lines
    assert line.kind == parts.DOUBT
    assert "身份证号不同" in line.why
    assert line.proposed == parts.SKIP


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ({"birth_on": date(1980, 1, 1)}, {"birth_on": date(1980, 1, 1)}, []),
        ({"birth_on": date(1980, 1, 1)}, {"birth_on": date(1981, 1, 1)}, [parts.JOINED, parts.LEFT]),
        ({}, {}, []),
        ({"staff_no": "1"}, {"staff_no": "2"}, [parts.JOINED, parts.LEFT]),
        ({"staff_no": "1"}, {}, [parts.CHANGED]),
    ],
)
def test_names_alone_match_where_nothing_speaks_against_it(one, other, kind):
    assert [line for line, _name in kinds([row(2, **one)], [known(1, **other)])] == kind


def test_two_of_one_name_are_told_apart_by_the_department():
    register = [known(1, department="办公室"), known(2, department="计财处")]
    rows = [row(2, department="计财处"), row(3, department="办公室")]
    assert kinds(rows, register) == []


@pytest.mark.parametrize("told", [{"birth_on": date(1980, 1, 1)}, {"department": "办公室"}])
def test_a_name_that_sounds_alike_is_a_doubt_with_the_same_birth_or_department(told):
    assert kinds([row(2, "王维", **told)], [known(1, "王伟", **told)]) == [(parts.DOUBT, "王维")]
    assert (parts.LEFT, "王伟") in kinds([row(2, "王维")], [known(1, "王伟")])


def test_rows_that_stand_twice_and_persons_that_are_registered_twice_are_doubts():
    twice = compare([row(2, id_index="a"), row(3, id_index="a")], [known(1, id_index="a")], (), TODAY).lines
    assert [(line.kind, line.actions) for line in twice] == [(parts.DOUBT, (parts.SKIP,))]
    double = compare([row(2, id_index="a")], [known(1, id_index="a"), known(2, id_index="a")], (), TODAY).lines
    assert [(line.kind, line.actions) for line in double] == [(parts.DOUBT, (parts.SKIP,))]


def test_only_full_members_can_be_missing_from_the_list():
    register = [
        known(1, "张三", admitted_on=None),
        known(2, "李芳", retained_on=date(2020, 1, 1)),
        known(3, "刘洋", left_on=date(2020, 1, 1)),
        known(4, "陈静"),
    ]
    assert kinds([], register) == [(parts.LEFT, "陈静")]


def test_whoever_is_a_newcomer_on_record_waits_and_is_no_line():
    found = compare([row(2, staff_no="7")], [], [Arrival("王伟", "7", date(2026, 10, 1))], TODAY)
    assert (found.lines, found.waiting) == ([], 1)


def test_a_former_member_on_the_list_is_a_newcomer_whose_record_is_found_again():
    (line,) = compare([row(2, staff_no="1")], [known(5, staff_no="1", left_on=date(2020, 1, 1))], (), TODAY).lines
    assert (line.kind, line.person, line.actions) == (parts.JOINED, 5, (parts.NEWCOMER, parts.SKIP))


# ---------------------------------------------------------------- what is proposed


def test_a_new_homonym_is_not_taken_for_whoever_left_by_the_name_alone():
    (line,) = compare([row(2)], [known(1, left_on=date(2018, 1, 1))], (), TODAY).lines
    assert (line.kind, line.person, line.proposed) == (parts.JOINED, 0, parts.NEWCOMER)
    assert "2018-01-01离会" in line.why
    outcome = plan(to_do([line], {}), rows=[row(2)], register=[known(1, left_on=date(2018, 1, 1))], today=TODAY)
    assert [one["person"] for one in outcome.newcomers] == [None]


def test_empty_cells_change_nothing():
    assert kinds([row(2, staff_no="1")], [known(1, staff_no="1", department="办公室", education="研究生")]) == []


def test_the_group_goes_with_the_department_where_most_of_its_members_are_in_one():
    register = [known(1, "张三", department="计财处", group=7, staff_no="3"), known(2, department="办公室", group=6)]
    rows = [row(2, "张三", staff_no="3"), row(3, department="计财处")]
    (line,) = compare(rows, register, (), TODAY).lines
    assert line.kind == parts.MOVED
    assert line.changes == {"department": ("办公室", "计财处"), "group": (6, 7)}


def test_a_place_that_was_not_known_is_filled_in_without_history():
    (line,) = compare([row(2, job="科员")], [known(1)], (), TODAY).lines
    assert line.kind == parts.CHANGED
    outcome = plan(to_do([line], {}), rows=[row(2, job="科员")], register=[known(1)], today=TODAY)
    assert outcome.updates == {1: {"job": "科员"}}
    assert outcome.placements == []


def test_retirement_is_proposed_from_the_age_on_and_nothing_else_is_guessed():
    old, young = known(1, birth_on=date(1966, 11, 20)), known(2, "李芳", birth_on=date(1990, 1, 1))
    assert [line.proposed for line in compare([], [old, young], (), TODAY).lines] == [parts.RETAIN, parts.SKIP]


def test_what_needs_words_is_refused_without_them():
    (line,) = compare([], [known(1)], (), TODAY).lines
    assert parts.problem(line, Decision(parts.TRANSFER_OUT, TODAY), TODAY)
    assert not parts.problem(line, Decision(parts.TRANSFER_OUT, TODAY, "某市工会"), TODAY)
    assert parts.problem(line, Decision(parts.RETAIN, TODAY + timedelta(days=1)), TODAY)
    assert parts.problem(line, Decision(parts.RETAIN, date(2015, 1, 1)), TODAY)


def test_an_answer_for_the_whole_kind_yields_to_one_for_the_line():
    first, second = compare([], [known(1), known(2, "李芳")], (), TODAY).lines
    said = {parts.LEFT: Decision(parts.RETAIN, TODAY), second.key: Decision(parts.SKIP)}
    assert parts.decided(first, said).action == parts.RETAIN
    assert parts.decided(second, said).action == parts.SKIP


# ---------------------------------------------------------------- applied, it is settled

days = st.dates(date(1960, 1, 1), date(2000, 1, 1))
maybe = lambda strategy: st.one_of(st.none(), strategy)  # noqa: E731 - one word for what may be missing


@st.composite
def people(draw):
    """A register and a list of overlapping people, told more or less completely.

    Different people have names that sound different: where neither name nor number tells two people apart, a newcomer
    without an ID number on record can not be told from a namesake, by whatever rule.
    """
    told = {
        "department": st.sampled_from(("", *DEPARTMENTS)), "birth_on": maybe(days),
        "job": st.sampled_from(("", "科员")),
    }  # fmt: skip

    def one_of(pk):
        return {
            "staff_no": draw(st.sampled_from(("", str(pk)))), "id_index": draw(st.sampled_from(("", f"id{pk}"))),
            **{name: draw(strategy) for name, strategy in told.items()},
        }  # fmt: skip

    pks = st.lists(st.integers(0, len(NAMES) - 1), unique=True)
    register = [
        known(pk + 1, draw(st.sampled_from(NAMES[pk])), group=draw(maybe(st.integers(1, 3))), since=date(2015, 1, 1),
              **one_of(pk))
        for pk in draw(pks)
    ]  # fmt: skip
    rows = [
        row(place + 2, draw(st.sampled_from(NAMES[pk])), sex="male", **one_of(pk)) for place, pk in enumerate(draw(pks))
    ]
    return register, rows


def settle(register, rows, outcome):
    """The register and the newcomers after the outcome was written."""
    by_pk = {one.pk: one for one in register}
    held = set(Known._fields)
    for pk, fields in outcome.updates.items():
        told = {name: value for name, value in fields.items() if name in held}
        if "id_number" in fields:
            told["id_index"] = next(
                one.id_index for one in rows if one.id_index and one.id_number == fields["id_number"]
            )
        by_pk[pk] = by_pk[pk]._replace(**told)
    for one in outcome.placements:
        by_pk[one["person"]] = by_pk[one["person"]]._replace(since=one["end"])
    return list(by_pk.values()), [Arrival(one["name"], one["staff_no"], one["arrived_on"]) for one in outcome.newcomers]


@settings(max_examples=300, deadline=None)
@given(people())
def test_a_second_comparison_after_applying_everything_finds_nothing(made):
    register, rows = made
    rows = [one._replace(id_number=one.id_index) for one in rows]
    first = compare(rows, register, (), TODAY)
    said = {
        parts.LEFT: Decision(parts.RETAIN, TODAY),
        parts.DOUBT: Decision(parts.SAME, TODAY),
        parts.MOVED: Decision(parts.MOVE, TODAY),
    }
    outcome = plan(to_do(first.lines, said), rows=rows, register=register, today=TODAY)
    assert outcome.problems == []
    after, arrivals = settle(register, rows, outcome)
    assert compare(rows, after, arrivals, TODAY).lines == []


@settings(max_examples=100, deadline=None)
@given(people())
def test_no_person_is_in_two_lines_that_contradict_each_other(made):
    register, rows = made
    found = compare(rows, register, (), TODAY)
    kinds_of = {}
    for line in found.lines:
        if line.person:
            kinds_of.setdefault(line.person, set()).add(line.kind)
    assert all(kinds <= {parts.CHANGED, parts.MOVED} or len(kinds) == 1 for kinds in kinds_of.values())
