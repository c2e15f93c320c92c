"""The draft of a report: begun from the records, kept live, taken its way to the final text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from zhijia.core import audit
from zhijia.core.access import Access
from zhijia.core.demo import World
from zhijia.core.feature_types import Scope
from zhijia.core.models import AuditLine
from zhijia.core.outcomes import Refused
from zhijia.documents.docx.engine import render
from zhijia.documents.docx.reading import marked_text, plain_text
from zhijia.features import FEATURES
from zhijia.members import services as members
from zhijia.reports import demo, package, rules
from zhijia.reports.drafts import candidates, live, opinions, paper, returning, stages, writing
from zhijia.reports.drafts.body import ADDED, EDITED, Live, Sentence, Typed, Words, from_json, tidy
from zhijia.reports.figures import Figures
from zhijia.reports.models import Draft, DraftOpinion, DraftReturn, DraftSection, DraftVersion
from zhijia.standards.models import Phrase

pytestmark = pytest.mark.django_db
NOW = timezone.now()
LIU = Access(union=1, on=date(2026, 11, 20), user=1, name="刘少华")
BAI = replace(LIU, user=2, name="白强")


def section_with(draft: Draft, key: str) -> DraftSection:
    rows = DraftSection.objects.filter(draft=draft).select_related("draft")
    return next(one for one in rows if any(s.key == key for s in from_json(one.body)))


def add(draft: Draft, text: str, *, key: str = "frame.growth", origin: str = ADDED) -> DraftSection:
    section = section_with(draft, key)
    body = (*from_json(section.body), Sentence(tidy([Words(text)]), origin=origin))
    return writing.save(section, body, version=section.version, by=LIU, now=NOW)


def docx(draft: Draft, today: date) -> bytes:
    state = stages.settled(draft, today)
    figures = Figures(state.reading.material)
    return render(paper.document(state.sections, state.bodies, state.reading, figures, created_at=NOW))


def codes(problems: object) -> list[str]:
    return [one.code for one in problems]  # type: ignore[attr-defined]


def test_the_first_draft_is_the_generated_report(drafted: Draft, today: date) -> None:
    scope = live.scope_of(drafted, today)
    Draft.objects.filter(pk=drafted.pk).update(term=99)  # so that the package tells the generated report
    generated = package.make(package.prepare(scope))[0]
    Draft.objects.filter(pk=drafted.pk).update(term=drafted.term)
    assert plain_text(docx(drafted, today)) == plain_text(render(generated.document))
    with pytest.raises(Refused):
        writing.start(package.prepare(scope), by=LIU, now=NOW)
    assert audit.verify(drafted.union_id) == []


def test_an_edited_sentence_is_in_the_docx_and_in_the_package(drafted: Draft, today: date) -> None:
    section = section_with(drafted, "frame.growth")
    base = from_json(section.body)
    at = next(n for n, one in enumerate(base) if one.key == "frame.growth")
    spans = (Words("如今，会里有"), base[at].lives[-1], Words("。"))
    body = writing.noted((*base[:at], replace(base[at], spans=spans), *base[at + 1 :]), base)
    fresh = writing.save(section, body, version=section.version, by=LIU, now=NOW)
    assert from_json(fresh.body)[at].origin == EDITED
    add(drafted, "共发放260份。")
    text = "".join(plain_text(docx(drafted, today)))
    assert "如今，会里有" in text
    assert "260份" in text
    workshop = package.prepare(live.scope_of(drafted, today))
    report, speech = package.make(workshop)[:2]
    assert "如今，会里有" in "".join(plain_text(render(report.document)))
    assert "如今，会里有" in "".join(plain_text(render(speech.document)))
    assert report.state == "起草"
    assert any("“260”" in note and "没有出处" in note for note in workshop.notes)
    marks = {one["mark"]: one["text"] for one in report.figures.noted}
    assert marked_text(render(report.document)) == marks


def test_figures_follow_the_records_and_the_drift_is_told(drafted: Draft, today: date, by: Access) -> None:
    version = stages.keep(stages.state(drafted, today), name="改前", by=LIU, today=today, at=NOW)
    row = {"name": "高远", "sex": "male", "admitted_on": today - timedelta(days=3)}
    pk = members.save_persons([row], union=drafted.union_id, by=by, today=today)[0]
    state = stages.state(drafted, today)
    body = state.bodies[section_with(drafted, "frame.growth").number]
    moved = live.moved(version, state.reading, body)
    assert [one.live.key for one in moved] == ["members.active"]
    old, new = (int(text.removesuffix("人")) for text in (moved[0].old, moved[0].new))
    assert new == old + 1
    since = live.since(version, moved[0].live, state.reading.material)
    assert since is not None
    assert (since.added, since.removed) == ((pk,), ())
    assert since.lines


def test_a_save_over_somebody_elses_is_a_clash_and_loses_nothing(drafted: Draft) -> None:
    section = section_with(drafted, "frame.growth")
    mine = DraftSection.objects.select_related("draft").get(pk=section.pk)
    add(drafted, "对方写的。")
    with pytest.raises(writing.Clash) as clash:
        writing.save(mine, from_json(mine.body)[:1], version=mine.version, by=BAI, now=NOW)
    assert clash.value.section.version == mine.version + 1
    assert "刘少华" in str(clash.value)


def test_a_save_that_changes_nothing_leaves_no_line(drafted: Draft) -> None:
    section = section_with(drafted, "frame.growth")
    before = AuditLine.objects.count()
    same = writing.save(section, from_json(section.body), version=section.version, by=LIU, now=NOW)
    assert (same.version, AuditLine.objects.count()) == (section.version, before)


def test_a_section_is_held_for_a_while_and_can_be_taken_over(drafted: Draft) -> None:
    section = writing.hold(section_with(drafted, "frame.growth"), by=LIU, now=NOW)
    with pytest.raises(Refused, match="刘少华正在改"):
        writing.hold(section, by=BAI, now=NOW)
    assert writing.hold(section, by=BAI, now=NOW + timedelta(minutes=16)).locked_name == "白强"
    taken = writing.hold(section, by=LIU, now=NOW + timedelta(minutes=17), take=True)
    assert taken.locked_name == "刘少华"
    writing.release(taken, by=BAI)
    assert DraftSection.objects.get(pk=section.pk).locked_by == LIU.user
    writing.release(taken, by=LIU)
    assert DraftSection.objects.get(pk=section.pk).locked_at is None


def test_a_typed_number_is_confirmed_by_name_and_reason(drafted: Draft, today: date) -> None:
    section = add(drafted, "共发放260份。")
    sentence = from_json(section.body)[-1]
    place = next(n for n, span in enumerate(sentence.spans) if isinstance(span, Typed))
    with pytest.raises(Refused) as refused:
        writing.confirm_number(section, sentence.id, place, why="", who=" ", by=LIU, today=today, now=NOW)
    assert codes(refused.value.violations) == ["why", "who"]
    done = writing.confirm_number(section, sentence.id, place, why="会务组", who="陈立新", by=LIU, today=today, now=NOW)
    number = from_json(done.body)[-1].spans[place]
    assert number == Typed("260", "会务组", "陈立新", today.isoformat())
    notes = package.prepare(live.scope_of(drafted, today)).draft.notes  # type: ignore[union-attr]
    assert any("人工确认" in note and "陈立新" in note for note in notes)


def test_a_typed_number_is_tied_to_a_fact_that_reads_the_same(drafted: Draft, today: date) -> None:
    scope = live.scope_of(drafted, today)
    growth = next(one for one in from_json(section_with(drafted, "frame.growth").body) if one.key == "frame.growth")
    number = next(one.text for one in growth.lives if one.key == "groups.count").removesuffix("个")
    section = add(drafted, f"全会有{number}个工会小组。")
    sentence = from_json(section.body)[-1]
    place = next(n for n, span in enumerate(sentence.spans) if isinstance(span, Typed))
    offered = candidates.candidates(scope, number)
    assert all(one.equal for one in offered)
    assert "groups.count" in [one.value for one in offered]
    searched = candidates.candidates(scope, "987654", search="女会员")
    assert searched
    assert not any(one.equal for one in searched)
    figure = candidates.chosen(scope, "groups.count", number, "个工会小组。")
    tied = from_json(writing.tie(section, sentence.id, place, figure, by=LIU, now=NOW).body)[-1]
    assert [type(span) for span in tied.spans] == [Words, Live, Words]
    assert tied.text == f"全会有{number}个工会小组。"
    with pytest.raises(Refused):
        candidates.chosen(scope, "no.such", number, "")


def test_withheld_words_need_a_reason(drafted: Draft, today: date) -> None:
    wording = "工会还组织会员外出疗养，职工身心得到充分放松。"
    drafted.withheld = [{"key": "x", "kind": "记录不支持", "wording": wording, "reasons": [], "rules": []}]
    drafted.save()
    section = add(drafted, wording)
    silent = from_json(section.body)[-1]
    assert silent.unexplained
    assert "withheld" in codes(stages.open_matters(stages.state(drafted, today)))
    with pytest.raises(Refused):
        writing.explain(section, silent.id, reason=" ", by=LIU, now=NOW)
    section = writing.explain(section, silent.id, reason="厅领导要求写明", by=LIU, now=NOW)
    assert not from_json(section.body)[-1].unexplained
    with pytest.raises(Refused):
        writing.write_withheld(section, "x", reason="", by=LIU, now=NOW)
    section = writing.write_withheld(section, "x", reason="有照片为证", by=LIU, now=NOW)
    assert from_json(section.body)[-1].reason == "有照片为证"


def take(draft: Draft, target: str, today: date, *, note: str = "第12次会议", on: date | None = None) -> DraftVersion:
    draft.refresh_from_db()
    state = stages.state(draft, today)
    return stages.move(state, target, note=note, on=on or today, by=LIU, today=today, at=NOW)


def test_the_way_to_the_final_text(drafted: Draft, today: date) -> None:
    with pytest.raises(Refused, match="不能直接到"):
        take(drafted, rules.FINAL, today)
    assert take(drafted, rules.CONSULTED, today, note="").number == 1
    with pytest.raises(Refused) as refused:
        take(drafted, rules.COMMITTEE, today, note=" ", on=today + timedelta(days=1))
    assert codes(refused.value.violations) == ["note", "on"]
    take(drafted, rules.COMMITTEE, today)
    take(drafted, rules.CONSULTED, today, note="文字太长")
    for target in (rules.COMMITTEE, rules.PARTY, rules.SUBMITTED):
        take(drafted, target, today)
    add(drafted, "共发放260份，另有12份。")
    Phrase.objects.in_union(drafted.union_id).update(confirmed_by="")
    with pytest.raises(Refused) as refused:
        take(drafted, rules.FINAL, today)
    assert codes(refused.value.violations).count("typed") == 2
    assert "phrase" in codes(refused.value.violations)
    section = section_with(drafted, "frame.growth")
    body = tuple(replace(one, hidden=one.hidden or bool(one.unsupported)) for one in from_json(section.body))
    writing.save(section, body, version=section.version, by=LIU, now=NOW)
    for phrase in stages.open_phrases(stages.state(drafted, today)):
        writing.confirm_phrase(drafted, phrase.text, who="陈立新", by=LIU, today=today)
    version = take(drafted, rules.FINAL, today)
    assert (version.stage, version.frozen_by) == (rules.FINAL, "刘少华")
    assert audit.verify(drafted.union_id) == []


def finished(draft: Draft, today: date) -> None:
    """Straight to the end, whatever is open: for tests of what follows."""
    state = stages.state(draft, today)
    stages.frozen(state, name="定稿", on=today, note="", by=LIU, at=NOW, stage=rules.FINAL)
    Draft.objects.filter(pk=draft.pk).update(stage=rules.FINAL)
    draft.refresh_from_db()


def test_a_final_text_is_locked_and_does_not_move_with_the_records(drafted: Draft, today: date, by: Access) -> None:
    finished(drafted, today)
    before = plain_text(docx(drafted, today))
    row = {"name": "高远", "sex": "male", "admitted_on": today - timedelta(days=3)}
    members.save_persons([row], union=drafted.union_id, by=by, today=today)
    assert plain_text(docx(drafted, today)) == before
    with pytest.raises(Refused, match="已经定稿"):
        add(drafted, "再加一句。")
    with pytest.raises(Refused):
        stages.reopen(drafted, reason=" ", by=LIU, at=NOW)
    new = stages.reopen(drafted, reason="党组要求补写", by=LIU, at=NOW)
    assert (new.number, new.stage) == (2, rules.DRAFTING)
    assert plain_text(docx(new, today)) != before
    add(new, "再加一句。")
    with pytest.raises(Refused):
        stages.reopen(drafted, reason="又一次", by=LIU, at=NOW)


def test_a_version_comes_back_and_nothing_is_lost(drafted: Draft, today: date) -> None:
    before = plain_text(docx(drafted, today))
    version = stages.keep(stages.state(drafted, today), name="第一天", by=LIU, today=today, at=NOW)
    add(drafted, "后来加的话。")
    changed = plain_text(docx(drafted, today))
    kept = stages.restore(stages.state(drafted, today), version, by=LIU, today=today, at=NOW)
    assert plain_text(docx(drafted, today)) == before
    stages.restore(stages.state(drafted, today), kept, by=LIU, today=today, at=NOW)
    assert plain_text(docx(drafted, today)) == changed


def test_a_version_is_not_frozen_over_a_save_in_between(drafted: Draft, today: date) -> None:
    state = stages.state(drafted, today)
    add(drafted, "刚加的话。")
    with pytest.raises(Refused, match="刚有人保存过"):
        stages.keep(state, name="晚了", by=LIU, today=today, at=NOW)


def test_opinions_and_what_was_made_of_them(drafted: Draft, today: date) -> None:
    with pytest.raises(Refused) as refused:
        opinions.add(drafted, who="", on=None, text=" ", section=None, by=LIU, today=today)
    assert codes(refused.value.violations) == ["who", "text", "on"]
    said = opinions.add(drafted, who="第三工会小组", on=today, text="太长了。", section=None, by=LIU, today=today)
    with pytest.raises(Refused, match="写明原因"):
        opinions.answer(said, taken="no", words="", version=said.version, by=LIU)
    opinions.answer(said, taken="no", words="已压缩过两次。", version=said.version, by=LIU)
    with pytest.raises(Refused, match="刚处理过"):
        opinions.answer(said, taken="yes", words="", version=said.version, by=BAI)
    text = "".join(plain_text(render(opinions.table(drafted, union="某工会", created_at=NOW))))
    assert "已压缩过两次。" in text
    assert DraftOpinion.objects.get().answered_by == "刘少华"


def edited(data: bytes, *changes: tuple[str, str]) -> bytes:
    """The docx with text replaced, as a word processor would leave it."""
    from zhijia.documents.docx.archive import unzipped, zipped

    parts = unzipped(data)
    xml = parts["word/document.xml"].decode()
    for old, new in changes:
        assert old in xml
        xml = xml.replace(old, new, 1)
    return zipped(parts | {"word/document.xml": xml.encode()})


def test_an_untouched_file_shows_no_difference(drafted: Draft, today: date) -> None:
    intact, found = returning.read(stages.state(drafted, today), docx(drafted, today))
    assert found == []
    assert intact == sum(len(s.lives) for body in stages.state(drafted, today).bodies.values() for s in body)


def test_a_file_edited_elsewhere_is_read_back(drafted: Draft, today: date) -> None:
    section = section_with(drafted, "frame.growth")
    growth = next(one for one in from_json(section.body) if one.key == "frame.growth")
    active = next(one for one in growth.lives if one.key == "members.active" and not one.by)
    number = active.text.removesuffix("人")
    file = edited(
        docx(drafted, today),
        (f'w:name="F{active.id}"/><w:r><w:t xml:space="preserve">{active.text}<', f'w:name="F{active.id}"/><w:r><w:t xml:space="preserve">{int(number) + 1}人<'),  # noqa: E501
        ("现将主要工作报告如下。", "下面分5个方面报告。"),
    )  # fmt: skip
    made = returning.take_in(stages.state(drafted, today), "工作报告.docx", file, by=LIU, now=NOW)
    assert [one["kind"] for one in made.differences] == ["changed", "changed"]
    figure, words = made.differences
    assert figure["figures"] == [[active.text, f"{int(number) + 1}人"]]
    assert (words["now"], words["typed"]) == ("下面分5个方面报告。", ["5"])
    assert returning.settle(made, [1], by=LIU, now=NOW) == []
    text = "".join(plain_text(docx(drafted, today)))
    assert "下面分5个方面报告。" in text
    assert active.text in text
    assert "typed" in codes(stages.open_matters(stages.state(drafted, today)))
    with pytest.raises(Refused, match="已经处理过"):
        returning.settle(DraftReturn.objects.get(), [0], by=LIU, now=NOW)


def test_sentences_added_and_taken_out_elsewhere(drafted: Draft, today: date) -> None:
    import re

    data = docx(drafted, today)
    from zhijia.documents.docx.archive import unzipped

    xml = unzipped(data)["word/document.xml"].decode()
    closing = re.findall(r"<w:p>.*?</w:p>", xml)[-1]
    new = '<w:p><w:pPr><w:pStyle w:val="Normal"/></w:pPr><w:r><w:t>谢谢大家！</w:t></w:r></w:p>'
    made = returning.take_in(
        stages.state(drafted, today), "a.docx", edited(data, ("现将主要工作报告如下。", ""), (closing, closing + new)),
        by=LIU, now=NOW,
    )  # fmt: skip
    assert [(one["kind"], one["was"], one["now"]) for one in made.differences] == [
        ("gone", "现将主要工作报告如下。", ""), ("new", "", "谢谢大家！"),
    ]  # fmt: skip
    returning.settle(made, [0, 1], by=LIU, now=NOW)
    paragraphs = plain_text(docx(drafted, today))
    assert paragraphs[-1] == "谢谢大家！"
    assert "现将主要工作报告如下。" not in "".join(paragraphs)


def test_a_sentence_changed_here_meanwhile_is_left_as_it_is(drafted: Draft, today: date) -> None:
    file = edited(docx(drafted, today), ("现将主要工作报告如下。", "下面作报告。"))
    made = returning.take_in(stages.state(drafted, today), "a.docx", file, by=LIU, now=NOW)
    section = section_with(drafted, "frame.summary")
    body = tuple(
        replace(one, spans=(Words("请听报告。"),)) if one.key == "frame.summary" else one
        for one in from_json(section.body)
    )
    writing.save(section, body, version=section.version, by=BAI, now=NOW)
    assert returning.settle(made, [0], by=LIU, now=NOW) == ["下面作报告。"]
    assert "请听报告。" in "".join(plain_text(docx(drafted, today)))


@pytest.mark.parametrize("data", [b"", b"PK nothing", b"<html>"])
def test_bad_files_are_refused(drafted: Draft, today: date, data: bytes) -> None:
    with pytest.raises(Refused):
        returning.take_in(stages.state(drafted, today), "a.docx", data, by=LIU, now=NOW)
    assert not DraftReturn.objects.exists()


def test_another_document_is_refused(drafted: Draft, today: date) -> None:
    other = render(opinions.table(drafted, union="某工会", created_at=NOW))
    with pytest.raises(Refused, match="不像是这份工作报告"):
        returning.take_in(stages.state(drafted, today), "a.docx", other, by=LIU, now=NOW)


def test_the_demo_has_a_draft_with_something_to_do(
    make_world: Callable[..., World], scope_of: Callable[..., Scope], by: Access
) -> None:
    world = make_world(FEATURES[-1].slug, members=120)
    made = demo.draft(scope_of(world), replace(by, name="刘少华"))
    assert made.stage == rules.CONSULTED
    assert made.opinions.count() == 2
    state = stages.state(made, world.today)
    assert [one.value for one in stages.open_matters(state) if one.code == "typed"] == ["260"]
    origins = [one.origin for body in state.bodies.values() for one in body]
    assert (origins.count(EDITED), origins.count(ADDED)) == (1, 1)


def test_what_was_left_out_for_brevity_comes_back_with_live_figures(drafted: Draft) -> None:
    spans = [{"is": "words", "text": "共有"}, {"is": "live", "key": "members.active", "text": "60人"}]
    kept = {"key": "x", "kind": "为精简数字未写", "wording": "共有60人", "reasons": [], "rules": [], "spans": spans}
    drafted.withheld = [kept]
    drafted.save()
    section = section_with(drafted, "frame.growth")
    sentence = from_json(writing.write_withheld(section, "x", reason="", by=LIU, now=NOW).body)[-1]
    assert [type(span) for span in sentence.spans] == [Words, Live]
    assert not sentence.withheld
