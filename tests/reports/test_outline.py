"""What the sentences read exists: every fact, category, code and claim; every row of the sample has its place."""

from __future__ import annotations

from pathlib import Path

from zhijia.core.feature_types import FactSpec
from zhijia.features import FEATURES
from zhijia.reports import coverage
from zhijia.reports.material import specs_of
from zhijia.reports.outline import REVIEW_PARTS, every, of_years, wanting
from zhijia.reports.papers import SENTENCES
from zhijia.reports.papers.chronicle import SOURCES
from zhijia.reports.papers.registers import REGISTERED
from zhijia.reports.papers.statistics import NOUNS
from zhijia.reports.pattern import ask as asked_of
from zhijia.voice.rules import LOW_SCORE

SPECS = specs_of(FEATURES)
CLAIMS = {claim.key for feature in FEATURES for claim in feature.claims}
ALL = (*every(), *of_years(), *SENTENCES)


def test_every_fact_that_a_sentence_reads_is_declared_by_a_room() -> None:
    asked = {ask.key for sentence in ALL for ask in sentence.asked()}
    asked |= {sentence.verb.fact for sentence in ALL if sentence.verb}
    asked |= {register.fact for register in REGISTERED} | {source.fact for source in SOURCES}
    assert sorted(asked - set(SPECS)) == []


def test_every_category_and_code_that_a_sentence_reads_exists() -> None:
    wrong = []
    for sentence in ALL:
        for ask in sentence.asked():
            spec = SPECS[ask.key]
            for dim, codes in ask.codes:
                if not isinstance(spec, FactSpec) or dim not in spec.rows.dims:
                    wrong.append(f"{sentence.key}: {ask.key} has no {dim}")
                elif labels := spec.rows.dim_labels.get(dim):
                    wrong += [f"{sentence.key}: {dim}={code}" for code in codes.split("|") if code not in labels]
    assert wrong == []


def test_every_claim_that_a_sentence_stands_on_is_declared_by_a_room() -> None:
    assert sorted({claim for sentence in ALL for claim in sentence.claimed()} - CLAIMS) == []


def test_every_verb_chosen_by_the_role_has_roles_to_choose_from() -> None:
    facts = [SPECS[sentence.verb.fact] for sentence in ALL if sentence.verb]
    assert [fact.key for fact in facts if not isinstance(fact, FactSpec) or "role" not in fact.rows.dims] == []


def test_sentence_keys_are_unique_and_no_two_sentences_share_their_words() -> None:
    keys = [sentence.key for sentence in ALL]
    assert sorted({key for key in keys if keys.count(key) > 1}) == []
    words = [sentence.say[0] for part in REVIEW_PARTS for sentence in part.sentences()]
    assert len(words) == len(set(words))


def test_every_row_of_the_sample_report_is_recorded_or_measured_and_told() -> None:
    assert coverage.holes(FEATURES) == {}
    assert len(coverage.table(FEATURES)) == 140


def test_the_statistics_table_has_a_name_for_every_kind_of_fact() -> None:
    assert sorted({key.partition(".")[0] for key in SPECS} - set(NOUNS)) == []


def test_the_table_of_rows_in_the_docs_is_up_to_date() -> None:
    path = Path(__file__).resolve().parents[2] / "docs" / "rows.md"
    assert path.read_text(encoding="utf-8") == coverage.markdown(FEATURES), (
        "write it: python -m tests.reports.write_rows"
    )


def test_what_a_year_may_lack_is_what_the_rooms_measure_and_check() -> None:
    rated = SPECS["voice.item_satisfaction"]
    assert isinstance(rated, FactSpec)
    assert rated.rows.dim_labels["topic"] == {"whole": "总体"} | wanting.TOPICS
    assert wanting.SATISFIED == LOW_SCORE
    checked = {spec.rule for feature in FEATURES for spec in feature.checks}
    for one in wanting.WANTING:
        assert set(one.rules) <= checked, one.key
        assert one.below is None or asked_of(one.below[0]).key in SPECS, one.key
    assert len({one.key for one in wanting.WANTING}) == len(wanting.WANTING)
