"""The workbench in a browser without JavaScript: edit, clash and merge, numbers, stages, files."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html

from tests.reports.test_draft_services import edited
from tests.shell.people import client_of, user_of
from zhijia.care.models import AidCase
from zhijia.core.access import Access
from zhijia.core.demo import SMALL, World
from zhijia.core.feature_types import Scope
from zhijia.core.pages.addresses import fact_url, record_url
from zhijia.documents.docx.reading import plain_text
from zhijia.members import services as members
from zhijia.reports import package
from zhijia.reports.drafts import stages, writing
from zhijia.reports.drafts.body import Typed, Words, from_json, tidy
from zhijia.reports.models import Draft, DraftSection, DraftVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch) -> World:
    made = make_world("members", members=60)
    monkeypatch.setenv("ZHIJIA_TODAY", made.today.isoformat())
    return made


@pytest.fixture
def chair(world: World) -> Client:
    return client_of(user_of(world, "chair", world.today))


@pytest.fixture
def deputy(world: World) -> Client:
    return client_of(user_of(world, "vice_chair", world.today))


@pytest.fixture
def draft(world: World, chair: Client) -> Draft:
    answer = chair.post("/reports/")
    assert answer.status_code == 302
    return Draft.objects.get()


def number_of(draft: Draft, key: str = "frame.growth") -> int:
    rows = DraftSection.objects.filter(draft=draft)
    return next(one.number for one in rows if any(s.key == key for s in from_json(one.body)))


def form_of(client: Client, address: str, *, which: int = 0) -> dict[str, list[str]]:
    """What a browser would send of the page's form of boxes."""
    return fields(client.get(address).content.decode(), which)


def fields(page: str, which: int = 0) -> dict[str, list[str]]:
    form = html.document_fromstring(page).xpath('//form[contains(@class, "lines")]')[which]
    found: dict[str, list[str]] = {}
    for name, value in form.form_values():
        found.setdefault(name, []).append(value)
    return found


def test_a_chair_edits_a_sentence_and_the_docx_holds_it(chair: Client, draft: Draft) -> None:
    number = number_of(draft)
    page = chair.get(f"/reports/{draft.pk}/{number}/").content.decode()
    assert "改这一节" in page
    held = chair.post(f"/reports/{draft.pk}/{number}/", {"do": "hold"})
    assert held.headers["Location"] == f"/reports/{draft.pk}/{number}/edit/"
    typed = form_of(chair, held.headers["Location"])
    box = next(name for name, values in typed.items() if name.startswith("text-") and "本届之初" in values[0])
    figure = re.findall("【[^】]*】", typed[box][0])[-1]
    typed[box] = [f"眼下会里有{figure}会员。\n共发放260份。"]
    answer = chair.post(held.headers["Location"], typed | {"do": ["done"]})
    assert answer.headers["Location"] == f"/reports/{draft.pk}/{number}/"
    page = chair.get(answer.headers["Location"]).content.decode()
    assert "眼下会里有" in page
    assert 'class="typed"' in page
    assert "1个数字待处理" in page
    text = "".join(plain_text(chair.get(f"/reports/{draft.pk}/report.docx").content))
    assert f"眼下会里有{figure.strip('【】')}会员。共发放260份。" in text.replace("\n", "")


def test_two_clients_edit_one_section_and_the_second_puts_both_together(
    chair: Client, deputy: Client, draft: Draft
) -> None:
    number = number_of(draft)
    edit = f"/reports/{draft.pk}/{number}/edit/"
    mine, theirs = form_of(chair, edit), form_of(deputy, edit)
    boxes = [name for name in mine if name.startswith("text-")]
    theirs[boxes[0]], theirs[boxes[-1]] = ["副主席改的头一句。"], ["副主席改的末一句。"]
    assert deputy.post(edit, theirs | {"do": ["done"]}).status_code == 302
    mine[boxes[0]] = ["主席改的头一句。"]
    merge = chair.post(edit, mine | {"do": ["done"]})
    page = merge.content.decode()
    assert merge.status_code == 422
    assert "两边都改过" in page
    for words in ("副主席改的头一句。", "主席改的头一句。", "副主席改的末一句。"):
        assert words in page
    form = fields(page)
    choice = next(name for name in form if name.startswith("choice-"))
    assert form[choice] == ["both"]
    assert chair.post(edit, form | {choice: ["mine"], "do": ["done"]}).status_code == 302
    text = chair.get(f"/reports/{draft.pk}/{number}/").content.decode()
    assert "主席改的头一句。" in text
    assert "副主席改的头一句。" not in text
    assert "副主席改的末一句。" in text


def test_a_held_section_is_taken_over_only_after_asking(chair: Client, deputy: Client, draft: Draft) -> None:
    address = f"/reports/{draft.pk}/{number_of(draft)}/"
    chair.post(address, {"do": "hold"})
    refused = deputy.post(address, {"do": "hold"})
    assert refused.status_code == 422
    assert "接手这一节" in refused.content.decode()
    assert deputy.post(address, {"do": "take"}).status_code == 302


def test_an_autosave_answers_a_piece_and_the_form_goes_on(chair: Client, draft: Draft) -> None:
    edit = f"/reports/{draft.pk}/{number_of(draft)}/edit/"
    typed = form_of(chair, edit + "?after=0")
    assert "text-n1" in typed
    typed["text-n1"] = ["写了一半"]
    piece = chair.post(edit, typed | {"do": ["auto"]}, headers={"HX-Request": "true"}).content.decode()
    assert "已自动保存" in piece
    assert "<nav" not in piece
    base = html.fragment_fromstring(piece).xpath('.//input[@name="base"]')[0].value
    typed |= {"base": [base], "text-n1": ["写完了。"]}
    assert chair.post(edit, typed | {"do": ["done"]}).status_code == 302
    section = DraftSection.objects.get(draft=draft, number=number_of(draft))
    assert [one.text for one in from_json(section.body)].count("写完了。") == 1
    assert "写了一半" not in str(section.body)


@pytest.mark.parametrize("word", ["up", "down", "hide"])
def test_the_buttons_of_a_sentence_save_what_was_typed(chair: Client, draft: Draft, word: str) -> None:
    number = number_of(draft)
    edit = f"/reports/{draft.pk}/{number}/edit/"
    typed = form_of(chair, edit)
    rows = typed["row"]
    typed[f"text-{rows[0]}"] = ["先改一句。"]
    answer = chair.post(edit, typed | {"do": [f"{word}:{rows[1]}"]})
    assert answer.headers["Location"] == f"{edit}#r-{rows[1]}"
    body = from_json(DraftSection.objects.get(draft=draft, number=number).body)
    assert "先改一句。" in [one.text for one in body]
    ids = [str(one.id) for one in body]
    expected = {"up": [rows[1], rows[0], *rows[2:]], "down": [rows[0], *rows[2:3], rows[1], *rows[3:]], "hide": rows}
    assert ids == expected[word]
    assert [str(one.id) for one in body if one.hidden] == ([rows[1]] if word == "hide" else [])


def test_a_stale_form_gives_the_typed_text_back(chair: Client, draft: Draft) -> None:
    edit = f"/reports/{draft.pk}/{number_of(draft)}/edit/"
    typed = form_of(chair, edit) | {"base": ["not ours"], "text-n1": ["写了很久的话"]}
    answer = chair.post(edit, typed | {"do": ["done"]})
    assert answer.status_code == 422
    assert "写了很久的话" in answer.content.decode()


def by_of(draft: Draft) -> Access:
    return Access(union=draft.union_id, on=draft.first, name="刘少华")


def typed_number(draft: Draft, text: str) -> str:
    """Put a sentence with a number in the place of the last one; the page of that number."""
    number = number_of(draft)
    section = DraftSection.objects.select_related("draft").get(draft=draft, number=number)
    base = from_json(section.body)
    body = (*base[:-1], replace(base[-1], spans=tidy([Words(text)])))
    fresh = writing.save(section, body, version=section.version, by=by_of(draft), now=timezone.now())
    sentence = from_json(fresh.body)[-1]
    place = next(n for n, span in enumerate(sentence.spans) if isinstance(span, Typed))
    return reverse("reports:number", args=[draft.pk, number, sentence.id, place])


def test_a_number_without_a_source_is_tied_or_confirmed(chair: Client, deputy: Client, draft: Draft) -> None:
    address = typed_number(draft, "共发放260份。")
    assert deputy.post(address, {"do": "confirm", "number": "260", "why": "会务组", "who": "甲"}).status_code == 403
    page = chair.post(address, {"do": "confirm", "number": "260", "why": "", "who": ""})
    assert page.status_code == 422
    assert "还没有写理由" in page.content.decode()
    answer = chair.post(address, {"do": "confirm", "number": "260", "why": "会务组", "who": "陈立新"})
    assert answer.status_code == 302
    page = chair.get(answer.headers["Location"]).content.decode()
    assert 'class="vouched"' in page
    search = chair.get(address, {"q": "女会员"}).content.decode()
    fact = html.document_fromstring(search).xpath('//input[@name="fact"]/@value')[0]
    assert chair.post(address, {"do": "tie", "number": "260", "fact": fact}).status_code == 302
    assert chair.get(address).status_code == 302  # it is no typed number any more


def test_the_evidence_of_a_figure_and_its_drift(chair: Client, draft: Draft, world: World) -> None:
    number = number_of(draft)
    state = stages.state(draft, world.today)
    stages.keep(state, name="昨天", by=by_of(draft), today=world.today, at=timezone.now())
    row = {"name": "高远", "sex": "male", "admitted_on": world.today - timedelta(days=3)}
    members.save_persons([row], union=world.union, by=world.by, today=world.today)
    lives = [one for sentence in state.bodies[number] for one in sentence.lives]
    active = next(one for one in lives if one.key == "members.active" and not one.by)
    page = chair.get(f"/reports/{draft.pk}/{number}/").content.decode()
    assert "第1版以来变了的数字" in page
    page = chair.get(f"/reports/{draft.pk}/{number}/?figure={active.id}").content.decode()
    assert fact_url("members.active") in page
    assert "新增1条记录" in page
    assert "留痕第" in page
    assert chair.get(f"/reports/{draft.pk}/{number}/?figure=99999").status_code == 404


def test_the_address_of_a_fact_is_the_hallways() -> None:
    assert fact_url("members.active") == reverse("shell:fact", args=["members.active"])
    assert settings.FACT_URL
    uid = "01900000-0000-7000-8000-000000000000"
    assert record_url(AidCase, uid) == reverse("shell:record", args=["care", "aidcase", uid])


def test_the_pages_ask_little_of_the_database(
    chair: Client, draft: Draft, django_assert_max_num_queries: Callable[..., object]
) -> None:
    number = number_of(draft)
    body = from_json(DraftSection.objects.get(draft=draft, number=number).body)
    figure = next(one.id for sentence in body for one in sentence.lives)
    for address in (
        f"{number}/",
        f"{number}/?figure={figure}",
        f"{number}/edit/",
        "withheld/",
        "opinions/",
        "versions/",
    ):
        chair.get(f"/reports/{draft.pk}/{address}")  # figures into the cache
        with django_assert_max_num_queries(15):  # type: ignore[attr-defined]
            assert chair.get(f"/reports/{draft.pk}/{address}").status_code == 200


def test_versions_are_kept_compared_and_brought_back(chair: Client, draft: Draft) -> None:
    assert chair.post(f"/reports/{draft.pk}/versions/", {"name": ""}).status_code == 422
    assert chair.post(f"/reports/{draft.pk}/versions/", {"name": "主席改后"}).status_code == 302
    typed_number(draft, "改成这样260份。")
    page = chair.get(f"/reports/{draft.pk}/versions/1/").content.decode()
    assert "恢复这一版" in page
    assert "<ins>" in page
    assert chair.post(f"/reports/{draft.pk}/versions/1/").status_code == 302
    assert [one.name for one in DraftVersion.objects.all()] == ["主席改后", "恢复第1版之前"]
    assert "文字都一样" in chair.get(f"/reports/{draft.pk}/versions/1/").content.decode()


def test_the_way_is_taken_step_by_step(chair: Client, draft: Draft, world: World) -> None:
    stage = f"/reports/{draft.pk}/stage/"
    assert chair.post(stage, {"to": "consulted", "on-consulted": world.today.isoformat()}).status_code == 302
    refused = chair.post(stage, {"to": "committee", "note-committee": "", "on-committee": ""})
    assert refused.status_code == 422
    assert "还没有写依据" in refused.content.decode()
    given = {"to": "committee", "note-committee": "第12次会议", "on-committee": "2026年11月20日"}
    assert chair.post(stage, given).status_code == 302
    assert "委员会审议" in chair.get(f"/reports/{draft.pk}/{number_of(draft)}/").content.decode()


def test_opinions_with_what_was_made_of_them(chair: Client, draft: Draft, world: World) -> None:
    address = f"/reports/{draft.pk}/opinions/"
    given = {"who": "第三工会小组", "on": world.today.isoformat(), "text": "太长了。", "section": ""}
    assert chair.post(address, given | {"text": ""}).status_code == 422
    assert chair.post(address, given).status_code == 302
    page = html.document_fromstring(chair.get(address).content.decode())
    link = page.xpath('//a[contains(text(), "第三工会小组")]/@href')[0]
    assert chair.post(link, {"taken": "no", "answer": "", "version": "1"}).status_code == 422
    assert chair.post(link, {"taken": "no", "answer": "已压缩。", "version": "1"}).status_code == 302
    assert "已压缩。" in "".join(plain_text(chair.get(f"{address}table.docx").content))


def test_a_file_that_came_back_is_gone_through(chair: Client, draft: Draft) -> None:
    address = f"/reports/{draft.pk}/returned/"
    assert chair.post(address).status_code == 422
    bad = SimpleUploadedFile("a.docx", b"nothing")
    refused = chair.post(address, {"file": bad})
    assert refused.status_code == 422
    assert "不是有效的 Word" in refused.content.decode()
    data = edited(chair.get(f"/reports/{draft.pk}/report.docx").content, ("现将主要工作报告如下。", "下面作报告。"))
    answer = chair.post(address, {"file": SimpleUploadedFile("a.docx", data)})
    page = chair.get(answer.headers["Location"]).content.decode()
    assert "1处不同" in page
    assert chair.post(answer.headers["Location"], {"take-0": "1"}).status_code == 302
    assert "下面作报告。" in chair.get(f"/reports/{draft.pk}/preview/").content.decode()


def test_a_reviewer_looks_and_changes_nothing(world: World, draft: Draft) -> None:
    client = client_of(user_of(world, "reviewer", world.today))
    address = f"/reports/{draft.pk}/{number_of(draft)}/"
    assert "改这一节" not in client.get(address).content.decode()
    for where in (address, f"/reports/{draft.pk}/versions/", f"/reports/{draft.pk}/opinions/", "/reports/"):
        assert client.post(where, {"do": "hold"}).status_code == 403


def test_another_unions_draft_is_not_there(
    make_world: Callable[..., World], scope_of: Callable[..., Scope], draft: Draft
) -> None:
    other = make_world("members", profile=SMALL, members=40)
    client = client_of(user_of(other, "chair", other.today))
    number = number_of(draft)
    for address in ("", f"{number}/", f"{number}/edit/", "stage/", "versions/", "opinions/", "preview/", "report.docx"):
        assert client.get(f"/reports/{draft.pk}/{address}").status_code == 404
    assert package.prepare(scope_of(other)).draft is None
