"""Own fields on pages: defined by the chair, asked in the form, shown, chosen, filtered, exported, revealed."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.shell.people import client_of, user_of
from zhijia.core.demo import SMALL, World
from zhijia.documents.media import drawn_png
from zhijia.documents.models import Attachment
from zhijia.members.models import OwnField, OwnValue, Person
from zhijia.shell import access
from zhijia.shell.grants import GRANTS

pytestmark = pytest.mark.django_db
LIST = "/records/members/person/"


@pytest.fixture
def world(make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch, today: date) -> World:
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    return make_world(members=80, profile=SMALL)  # without own fields


@pytest.fixture
def chair(world: World, today: date) -> Client:
    return client_of(user_of(world, "chair", today))


def define(client: Client, **answers: object) -> OwnField:
    given = {"name": "衣服尺码", "sort": "choice", "options": "S\nM\nL", "kept_by": ["chair"], **answers}
    answer = client.post("/members/fields/new/", given)
    assert answer.status_code == 303, answer.content.decode()
    return OwnField.objects.get(name=given["name"])


def fill(client: Client, one: Person, **cells: str) -> int:
    page = client.get(f"{LIST}{one.uid}/edit/")
    html = page.content.decode()
    draft = page.context["draft"]
    given = {name: text for name, text in draft.texts.items() if name not in ("phone", "id_number")}
    hidden = {field.name: field.value for field in draft.hidden}
    assert all(name in html for name in cells)
    return client.post(f"{LIST}{one.uid}/edit/", hidden | given | cells).status_code


def test_the_posts_offered_are_those_that_the_register_lets_in() -> None:
    from zhijia.members import own_records

    assert GRANTS
    assert set(map(str, own_records.KEEPERS)) == access.posts_with("members.edit")
    assert set(map(str, own_records.SEERS)) == access.posts_with("members.led") - {"visitor"}


def test_the_empty_page_tells_what_it_is_for_and_its_examples_begin_a_field(chair: Client) -> None:
    page = chair.get("/members/fields/").content.decode()
    assert "还没有自定义字段" in page
    assert "紧急联系人" in page
    begun = chair.get("/members/fields/new/", {"name": "鞋码", "sort": "number"}).content.decode()
    assert 'value="鞋码"' in begun
    seen = chair.post("/members/fields/new/", {"name": "鞋码", "sort": "number", "help": "欧码", "do": "preview"})
    assert "表单里会这样问" in seen.content.decode()
    assert not OwnField.objects.exists()


def test_a_choice_is_filled_shown_filtered_and_exported(world: World, chair: Client) -> None:
    field = define(chair)
    name = f"own_{field.pk}"
    one, other = Person.objects.in_union(world.union).order_by("pk")[:2]
    assert fill(chair, one, **{name: "M"}) == 303
    assert OwnValue.objects.get().text == "M"
    record = chair.get(f"{LIST}{one.uid}/").content.decode()
    assert "衣服尺码" in record
    assert "自定义字段" in record
    assert "衣服尺码：（空） → M" in chair.get("/audit/").content.decode()
    query = {"col": ["name", name], name: "M"}
    page = chair.get(LIST, query).content.decode()
    assert one.name in page
    assert "衣服尺码：M" in page
    assert str(other.uid) not in page
    data = chair.get(f"{LIST}export/", query)
    assert data.status_code == 200, "the login is fresh"
    rows = list(openpyxl.load_workbook(BytesIO(data.content)).active.values)
    assert rows == [("姓名", "衣服尺码"), (one.name, "M")]


def test_whoever_may_not_see_it_meets_it_nowhere(world: World, chair: Client, today: date) -> None:
    field = define(chair)
    name = f"own_{field.pk}"
    led = Person.objects.in_union(world.union).filter(group=next(iter(world.groups.values())))
    one = led.order_by("pk")[0]
    fill(chair, one, **{name: "M"})
    leader = client_of(user_of(world, "group_leader", today))
    assert "衣服尺码" not in leader.get(LIST).content.decode()
    assert "衣服尺码" not in leader.get(LIST, {"col": name}).content.decode()
    assert leader.get(LIST, {name: "M"}).context["page"].count == str(led.count()), "its filter is no filter"
    assert "衣服尺码" not in leader.get(f"{LIST}{one.uid}/").content.decode()
    committee = client_of(user_of(world, "committee", today))
    assert fill(committee, one) == 303
    page = committee.get(f"{LIST}{one.uid}/edit/").context["draft"]
    before = page.texts | {field.name: field.value for field in page.hidden}
    before = {key: value for key, value in before.items() if key not in ("phone", "id_number")}
    committee.post(f"{LIST}{one.uid}/edit/", before | {name: "S"})
    assert OwnValue.objects.get().text == "M", "what a form did not ask is not taken from it"


def test_a_sensitive_one_is_shown_only_when_revealed(world: World, chair: Client) -> None:
    field = define(chair, name="血型备注", sort="text", sensitive="1", options="")
    name = f"own_{field.pk}"
    one = Person.objects.in_union(world.union).order_by("pk")[0]
    fill(chair, one, **{name: "罕见血型-鳄梨"})
    assert OwnValue.objects.get().text == ""
    for page in (
        chair.get(f"{LIST}{one.uid}/"), chair.get(f"{LIST}{one.uid}/edit/"), chair.get(LIST, {"col": ["name", name]}),
        chair.get("/audit/"), chair.get("/search/", {"q": "鳄梨"}),
    ):  # fmt: skip
        assert "罕见血型" not in page.content.decode()
    assert f"/reveal/{name}/" in chair.get(f"{LIST}{one.uid}/").content.decode()
    asked = chair.post(f"{LIST}{one.uid}/reveal/{name}/", {"reason": "外出活动前核对"})
    assert asked.status_code == 200, "the login is fresh"
    assert "罕见血型-鳄梨" in asked.content.decode()


def test_fields_are_put_in_order_retired_and_taken_back(chair: Client) -> None:
    first, second = define(chair), define(chair, name="鞋码", sort="number", options="")
    chair.post(f"/members/fields/{second.uid}/move/", {"do": "up"})
    assert list(OwnField.objects.order_by("rank").values_list("name", flat=True)) == ["鞋码", "衣服尺码"]
    chair.post(f"/members/fields/{first.uid}/move/", {"do": "retire"})
    assert "停用的" in chair.get("/members/fields/").content.decode()
    chair.post(f"/members/fields/{first.uid}/move/", {"do": "revive"})
    assert not OwnField.objects.exclude(retired_on=None).exists()


def test_the_member_sees_all_of_the_own_and_keeps_what_is_left_to_him(world: World, chair: Client, today: date) -> None:
    size = define(chair, by_self="1")
    call = define(chair, name="紧急联系人", sort="text", options="", sensitive="1", by_self="1")
    note = define(chair, name="备注栏", sort="text", options="")
    member = client_of(user_of(world, "member", today))
    person = Person.objects.get(user__username=f"member-{world.profile}")
    fill(chair, person, **{f"own_{note.pk}": "老党员"})
    assert "补充信息" in member.get("/me/").content.decode()
    page = member.get("/members/fields/mine/")
    html = page.content.decode()
    assert "老党员" in html
    assert "您自己和主席看得到" in html
    given = {
        f"own_{size.pk}": "L",
        f"own_{call.pk}": "配偶鳄梨",
        f"own_{note.pk}": "改",
        "version": page.context["version"],
    }
    assert member.post("/members/fields/mine/", given | {f"own_{size.pk}": "XXXL"}).status_code == 422
    assert "配偶鳄梨" not in member.post("/members/fields/mine/", given | {f"own_{size.pk}": "XXXL"}).content.decode()
    assert member.post("/members/fields/mine/", given).status_code == 303
    held = {one.field_id: one for one in OwnValue.objects.filter(person=person)}
    assert held[size.pk].text == "L"
    assert held[call.pk].secret.reveal() == "配偶鳄梨"
    assert held[note.pk].text == "老党员", "what is the union's to keep is not taken from the form"
    assert "配偶鳄梨" not in member.get("/members/fields/mine/").content.decode()
    assert member.post("/members/fields/mine/", given).status_code == 422, "an old page does not write over a new one"
    version = member.get("/members/fields/mine/").context["version"]
    member.post("/members/fields/mine/", {"version": version, f"own_{size.pk}": "L", f"clear-own_{call.pk}": "1"})
    held[call.pk].refresh_from_db()
    assert held[call.pk].secret is None


def test_erasing_a_person_leaves_answers_that_are_counted(world: World, chair: Client) -> None:
    from zhijia.features import FEATURES

    feature = next(one for one in FEATURES if one.slug == "members")
    size, plate = define(chair), define(chair, name="车牌", sort="text", options="")
    one = Person.objects.in_union(world.union).order_by("pk")[0]
    fill(chair, one, **{f"own_{size.pk}": "M", f"own_{plate.pk}": "京A12345"})
    assert feature.export_person is not None
    assert feature.erase_person is not None
    told = feature.export_person(one.pk)["自定义字段内容"]
    assert {(row["字段"], row["内容"]) for row in told} == {("衣服尺码", "M"), ("车牌", "京A12345")}
    feature.erase_person(one.pk, world.by)
    assert set(OwnValue.objects.filter(person=one).values_list("field", "text")) == {(size.pk, "M"), (plate.pk, "")}


def test_a_file_is_put_seen_and_taken_off_by_those_who_may(world: World, chair: Client, today: date) -> None:
    field = define(chair, name="体检报告", sort="file", options="", by_self="1")
    member = client_of(user_of(world, "member", today))
    person = Person.objects.get(user__username=f"member-{world.profile}")
    officers, own = f"/members/{person.uid}/fields/{field.pk}/", f"/members/fields/mine/{field.pk}/"

    def picture(name: str) -> SimpleUploadedFile:
        return SimpleUploadedFile(name, drawn_png(2, 2, bytes(12)))

    assert "（上传）" in chair.get(f"{LIST}{person.uid}/").content.decode()
    assert member.post(own, {"file": picture("报告.png")}).status_code == 303
    assert "报告.png" in member.get("/members/fields/mine/").content.decode()
    record = chair.get(f"{LIST}{person.uid}/").content.decode()
    assert "报告.png" in record
    assert officers in record
    shown = chair.get(f"{officers}file/")
    assert shown.headers["Content-Type"] == "image/png"
    assert b"".join(shown.streaming_content)
    assert chair.post(officers, {"file": picture("新报告.png")}).status_code == 303
    assert OwnValue.objects.get().text == "新报告.png"
    assert Attachment.objects.filter(withdrawn_on=None).count() == 1
    leader = client_of(user_of(world, "group_leader", today))
    for address in (officers, f"{officers}file/"):
        assert leader.get(address).status_code == 404
    other = client_of(user_of(world, "reviewer", today))
    assert "新报告" not in other.get(own).content.decode()
    fill(chair, person)
    assert OwnValue.objects.get().text == "新报告.png", "the form asks for no file and takes none off"
    assert member.post(own, {"do": "off"}).status_code == 303
    assert OwnValue.objects.get().text == ""
    assert chair.get(f"{officers}file/").status_code == 404
    assert chair.post(officers, {}).status_code == 422


def test_one_answer_is_set_for_many_and_nothing_else_changes(world: World, chair: Client) -> None:
    size, shoe = define(chair), define(chair, name="鞋码", sort="number", options="")
    one, other = Person.objects.in_union(world.union).order_by("pk")[:2]
    fill(chair, one, **{f"own_{shoe.pk}": "42", f"own_{size.pk}": "L"})
    one.refresh_from_db(fields=["version"])
    assert fill(chair, one) == 303
    version = one.version
    one.refresh_from_db(fields=["version"])
    assert one.version == version, "an untouched form changes nothing"
    answer = chair.post(f"{LIST}bulk/", {"pick": [one.uid, other.uid], "do": f"own_{size.pk}=M", "sure": "1"})
    assert answer.status_code == 303, answer.content.decode()
    held = set(OwnValue.objects.values_list("person", "field", "text"))
    assert held == {(one.pk, size.pk, "M"), (other.pk, size.pk, "M"), (one.pk, shoe.pk, "42")}
