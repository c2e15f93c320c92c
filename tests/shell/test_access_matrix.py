"""Every address × every role: what may be opened is written down here; a new address without a line fails."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.shell.people import ROLES, client_of, user_of
from zhijia.core.demo import FULL, SMALL, World

LEADING = {
    "chair", "vice_chair", "committee", "review_director", "reviewer", "women_director", "operator", "visitor",
}  # fmt: skip
BOOKS = {"accountant", "cashier"}
DRAFTING = {"chair", "vice_chair", "committee"}  # who write the report
ASKING = {"chair", "vice_chair", "committee", "operator"}  # who make collection forms
KEEPING = {"chair", "vice_chair", "committee", "operator"}  # who keep the register of members
WHOLE = KEEPING | {"review_director", "reviewer", "visitor"}  # who read the whole register of members
READING = WHOLE | {"group_leader"}  # a leader the groups led
SYNCING = {"chair", "vice_chair", "committee", "operator"}
IMPORTING = {"chair", "vice_chair", "committee", "accountant", "operator"}
AUDITING = {"chair", "vice_chair", "review_director", "reviewer", "operator", "visitor"}
WORKING = IMPORTING | AUDITING - {"visitor"}  # who have long work of their own
BUILDING = {"chair", "vice_chair", "committee"}
READING_THE_PACKAGE = BUILDING | {"review_director", "reviewer", "operator", "visitor"}
INVITING = {"chair", "vice_chair", "committee", "group_leader", "operator"}  # people without a login
VOUCHING = {"chair", "vice_chair", "group_leader", "operator"}  # for who forgot the password
EVERYBODY = set(ROLES)
OURS = EVERYBODY - {"visitor"}
HOLDING = OURS - {"member"}  # whoever has a post to hand over
APPOINTING = {"chair", "vice_chair", "operator"}  # who register posts and let visitors in
PUBLIC = "public"
ABSENT = "01900000-0000-7000-8000-000000000000"  # the 编号 of no record: whoever may open such pages is told 404
NUMBER = 9999  # of no version and no import
POSTED = {  # addresses that only take forms: whoever may is told so
    "shell:todo_say", "shell:audit_verify", "shell:import_discard", "shell:roster_discard", "shell:job_again",
    "members:dismiss", "shell:package_build", "shell:package_compare", "shell:package_confirm",
    "shell:passkey_ask_own", "shell:security_app_remove", "shell:security_codes", "shell:security_passkey_add",
    "shell:security_passkey_ask", "shell:security_passkey_remove", "shell:security_session_end",
    "shell:security_outside_remove", "shell:keep", "shell:invite", "shell:invitation_revoke", "members:decide",
    "members:field_move",
    "members:transfer_in_alike", "members:write_in_alike",
}  # fmt: skip

# What some public addresses answer where nothing was begun, or no such provider is configured.
OPEN_ANSWERS = {
    "/login/second/": (302,), "/join/some-word/": (302,), "/login/with/nobody/": (404,), "/login/back/nobody/": (404,),
    "/ca.crt": (200, 404),
}  # fmt: skip

# address name -> (an address of it, who may open it)
EXPECTED: dict[str, tuple[str, set[str] | str]] = {
    "shell:home": ("/", EVERYBODY),
    "shell:login": ("/login/", PUBLIC),
    "shell:second": ("/login/second/", PUBLIC),
    "shell:passkey_login": ("/login/passkey/", PUBLIC),
    "shell:passkey_ask": ("/login/passkey/ask/", PUBLIC),
    "shell:forgot": ("/login/forgot/", PUBLIC),
    "shell:reset": ("/login/reset/", PUBLIC),
    "shell:outside": ("/login/with/nobody/", PUBLIC),
    "shell:outside_back": ("/login/back/nobody/", PUBLIC),
    "shell:join": ("/join/", PUBLIC),
    "shell:join_word": ("/join/some-word/", PUBLIC),
    "shell:logout": ("/logout/", PUBLIC),
    "shell:retention": ("/retention/", {"chair"}),
    "shell:erase": (f"/retention/{ABSENT}/", {"chair"}),
    "shell:numbers": ("/retention/numbers/", {"chair"}),
    "shell:number": ("/retention/numbers/keep.care.AidCase/", {"chair"}),
    "shell:deemed": ("/members/deemed/", KEEPING),
    "shell:deemed_one": (f"/members/deemed/{ABSENT}/", KEEPING),
    "shell:deemed_paper": (f"/members/deemed/{ABSENT}/paper/", KEEPING),
    "shell:card": ("/me/card/", EVERYBODY),
    "shell:verify_card": (f"/card/{ABSENT}/", PUBLIC),
    "shell:my_record": ("/me/record/", EVERYBODY),
    "shell:my_applications": ("/me/applications/", EVERYBODY),
    "shell:my_data": ("/me/data/", EVERYBODY),
    "shell:my_data_correct": ("/me/data/correct/", EVERYBODY),
    "shell:my_data_ask": ("/me/data/ask/", EVERYBODY),
    "shell:my_data_file": ("/me/data/file/json/", EVERYBODY),
    "shell:my_data_kind": ("/me/data/kinds/members/person/", EVERYBODY),
    "shell:password": ("/me/password/", EVERYBODY),
    "shell:confirm": ("/me/confirm/", EVERYBODY),
    "shell:passkey_ask_own": ("/me/confirm/ask/", EVERYBODY),
    "shell:security": ("/me/security/", EVERYBODY),
    "shell:security_app": ("/me/security/app/", EVERYBODY),
    "shell:security_app_remove": ("/me/security/app/remove/", EVERYBODY),
    "shell:security_codes": ("/me/security/codes/", EVERYBODY),
    "shell:security_passkey_add": ("/me/security/passkeys/", EVERYBODY),
    "shell:security_passkey_ask": ("/me/security/passkeys/ask/", EVERYBODY),
    "shell:security_passkey_remove": (f"/me/security/passkeys/{ABSENT}/", EVERYBODY),
    "shell:security_session_end": ("/me/security/sessions/", EVERYBODY),
    "shell:security_outside_link": ("/me/security/outside/nobody/", EVERYBODY),
    "shell:security_outside_remove": ("/me/security/outside/nobody/remove/", EVERYBODY),
    "shell:invitations": ("/invitations/", INVITING),
    "shell:invite": ("/invitations/make/", INVITING),
    "shell:invitation_revoke": (f"/invitations/{ABSENT}/revoke/", INVITING),
    "shell:vouching": ("/vouching/", VOUCHING),
    "shell:vouch": (f"/vouching/{ABSENT}/", VOUCHING),
    "shell:manifest": ("/manifest.webmanifest", PUBLIC),
    "shell:worker": ("/sw.js", PUBLIC),
    "shell:offline": ("/offline/", PUBLIC),
    "shell:authority": ("/ca.crt", PUBLIC),
    "shell:install_certificate": ("/install-certificate/", PUBLIC),
    "shell:help": ("/help/", EVERYBODY),
    "shell:facts": ("/facts/", LEADING | BOOKS),
    "shell:fact": ("/facts/members.active/", LEADING | BOOKS),
    "shell:claims": ("/claims/", LEADING | BOOKS),
    "shell:check": ("/check/", LEADING),
    "reports:workbench": ("/reports/", LEADING),
    "reports:draft": (f"/reports/{NUMBER}/", LEADING),
    "reports:section": (f"/reports/{NUMBER}/1/", LEADING),
    "reports:edit": (f"/reports/{NUMBER}/1/edit/", DRAFTING),
    "reports:number": (f"/reports/{NUMBER}/1/number/1001/0/", DRAFTING),
    "reports:withheld": (f"/reports/{NUMBER}/withheld/", LEADING),
    "reports:stage": (f"/reports/{NUMBER}/stage/", LEADING),
    "reports:versions": (f"/reports/{NUMBER}/versions/", LEADING),
    "reports:version": (f"/reports/{NUMBER}/versions/1/", LEADING),
    "reports:opinions": (f"/reports/{NUMBER}/opinions/", LEADING),
    "reports:opinion": (f"/reports/{NUMBER}/opinions/1/", DRAFTING),
    "reports:opinions_table": (f"/reports/{NUMBER}/opinions/table.docx", LEADING),
    "reports:preview": (f"/reports/{NUMBER}/preview/", LEADING),
    "reports:docx": (f"/reports/{NUMBER}/report.docx", LEADING),
    "reports:returned": (f"/reports/{NUMBER}/returned/", DRAFTING),
    "reports:review": (f"/reports/{NUMBER}/returned/1/", DRAFTING),
    "shell:fact_export": ("/facts/members.active/export/", LEADING),
    "shell:check_export": ("/check/export/", LEADING),
    "shell:todos": ("/todos/", EVERYBODY),
    "shell:todo_say": ("/todos/say/", EVERYBODY),
    "shell:list": ("/records/members/person/", READING),
    "shell:export": ("/records/members/person/export/", READING),
    "shell:print": ("/records/members/person/print/", READING),
    "shell:bulk": ("/records/members/person/bulk/", READING),
    "shell:keep": ("/records/members/person/keep/", EVERYBODY),  # takes forms only; each asks for its register
    "shell:menu": ("/menu/", EVERYBODY),
    "shell:section": ("/menu/openness/", EVERYBODY),
    "shell:search": ("/search/", EVERYBODY),
    "shell:capital": ("/capital/?value=300", EVERYBODY),
    "shell:me": ("/me/", EVERYBODY),
    "shell:theme": ("/theme/", PUBLIC),
    "shell:components": ("/dev/components/", EVERYBODY),
    "shell:new": ("/records/members/person/new/", KEEPING),
    "shell:pick": ("/records/members/change/pick/?field=person", KEEPING),
    "shell:record": (f"/records/members/person/{ABSENT}/", READING),
    "shell:findings": (f"/records/members/person/{ABSENT}/checks/", READING),
    "shell:edit": (f"/records/members/person/{ABSENT}/edit/", KEEPING),
    "shell:withdraw": (f"/records/members/person/{ABSENT}/withdraw/", KEEPING),
    "shell:restore": (f"/records/members/person/{ABSENT}/restore/", KEEPING),
    "shell:reveal": (f"/records/members/person/{ABSENT}/reveal/phone/", {"chair", "vice_chair"}),
    "shell:upload": (f"/records/members/person/{ABSENT}/files/", KEEPING),
    "shell:file": (f"/records/members/person/{ABSENT}/files/{ABSENT}/", READING),
    "shell:unfile": (f"/records/members/person/{ABSENT}/files/{ABSENT}/remove/", KEEPING),
    "members:duplicates": ("/members/duplicates/", KEEPING),
    "members:judged": (f"/members/duplicates/judged/{ABSENT}/", KEEPING),
    "members:duplicate": (f"/members/duplicates/{ABSENT}/{ABSENT}/", KEEPING),
    "members:dismiss": (f"/members/duplicates/{ABSENT}/{ABSENT}/dismiss/", KEEPING),
    "shell:rosters": ("/roster/", SYNCING),
    "shell:roster": (f"/roster/{ABSENT}/", SYNCING),
    "shell:roster_columns": (f"/roster/{ABSENT}/columns/", SYNCING),
    "shell:roster_confirm": (f"/roster/{ABSENT}/confirm/", SYNCING),
    "shell:roster_discard": (f"/roster/{ABSENT}/discard/", SYNCING),
    "shell:import": ("/import/", IMPORTING),
    "shell:import_template": ("/import/template/", IMPORTING),
    "shell:import_batch": (f"/import/batches/{NUMBER}/", IMPORTING),
    "shell:import_undo": (f"/import/batches/{NUMBER}/undo/", IMPORTING),
    "shell:import_preview": (f"/import/{ABSENT}/", IMPORTING),
    "shell:import_columns": (f"/import/{ABSENT}/columns/", IMPORTING),
    "shell:import_marked": (f"/import/{ABSENT}/marked/", IMPORTING),
    "shell:import_confirm": (f"/import/{ABSENT}/confirm/", IMPORTING),
    "shell:import_discard": (f"/import/{ABSENT}/discard/", IMPORTING),
    "shell:export_all": ("/import/export/", {"chair", "operator"}),
    "shell:exported": (f"/import/export/{ABSENT}/", {"chair", "operator"}),
    "shell:audit": ("/audit/", AUDITING),
    "shell:audit_export": ("/audit/export/", AUDITING),
    "shell:audit_print": ("/audit/print/", AUDITING),
    "shell:audit_verify": ("/audit/verify/", AUDITING),
    "shell:jobs": ("/jobs/", WORKING),
    "shell:job": (f"/jobs/{ABSENT}/", WORKING),
    "shell:job_again": (f"/jobs/{ABSENT}/again/", WORKING),
    "shell:package": ("/package/", READING_THE_PACKAGE),
    "shell:package_build": ("/package/build/", BUILDING),
    "shell:package_version": (f"/package/{NUMBER}/", READING_THE_PACKAGE),
    "shell:package_zip": (f"/package/{NUMBER}/zip/", READING_THE_PACKAGE),
    "shell:package_file": (f"/package/{NUMBER}/files/0/", READING_THE_PACKAGE),
    "shell:package_compare": (f"/package/{NUMBER}/compare/", READING_THE_PACKAGE),
    "shell:package_drift": (f"/package/{NUMBER}/changes/{ABSENT}/", READING_THE_PACKAGE),
    "shell:package_confirm": (f"/package/{NUMBER}/confirm/", READING_THE_PACKAGE),
    "inquiries:list": ("/inquiries/", ASKING | {"accountant"}),
    "inquiries:mine": ("/inquiries/mine/", OURS),
    "inquiries:new": ("/inquiries/new/", ASKING),
    "inquiries:progress": (f"/inquiries/{ABSENT}/", ASKING | {"group_leader"}),
    "inquiries:edit": (f"/inquiries/{ABSENT}/edit/", ASKING),
    "inquiries:preview": (f"/inquiries/{ABSENT}/preview/", ASKING | {"accountant"}),
    "inquiries:move": (f"/inquiries/{ABSENT}/move/open/", ASKING),
    "inquiries:answer": (f"/inquiries/{ABSENT}/answer/", OURS),
    "inquiries:answer_for": (f"/inquiries/{ABSENT}/for/{ABSENT}/", ASKING | {"group_leader"}),
    "inquiries:remind": (f"/inquiries/{ABSENT}/remind/", ASKING | {"group_leader"}),
    "inquiries:paper": (f"/inquiries/{ABSENT}/paper/", ASKING | {"group_leader"}),
    "inquiries:results": (f"/inquiries/{ABSENT}/results/", ASKING | {"accountant"}),
    "inquiries:export": (f"/inquiries/{ABSENT}/export/", ASKING | {"accountant"}),
    "inquiries:export_full": (f"/inquiries/{ABSENT}/export-full/", {"chair", "accountant"}),
    "members:asof": ("/members/asof/", READING),
    "members:asof_excel": ("/members/asof/excel/", READING),
    "members:asof_paper": ("/members/asof/paper/", READING),
    "members:asof_certificate": ("/members/asof/certificate/", WHOLE),
    "members:admissions": ("/members/admissions/", READING),
    "members:decide": ("/members/admissions/decide/", KEEPING),
    "members:admission": (f"/members/admissions/{ABSENT}/", READING),
    "members:admission_paper": (f"/members/admissions/{ABSENT}/application/", READING),
    "members:start": (f"/members/newcomers/{ABSENT}/start/", KEEPING),
    "members:move_many": ("/members/move/", KEEPING),
    "members:reorganisation": ("/members/reorganisation/", KEEPING),
    "members:reorganisation_undo": (f"/members/reorganisation/{NUMBER}/undo/", KEEPING),
    "members:undo_change": (f"/members/{ABSENT}/undo/", KEEPING),
    "members:write_in": ("/members/admissions/new/", KEEPING),
    "members:write_in_alike": ("/members/admissions/new/alike/", KEEPING),
    "members:transfer_in": ("/members/transfer-in/", KEEPING),
    "members:transfer_in_alike": ("/members/transfer-in/alike/", KEEPING),
    "members:apply": ("/members/apply/", set()),  # only for who is neither a member nor in office
    "members:household": ("/members/household/", OURS),
    "members:relative_new": ("/members/household/new/", OURS),
    "members:consent_back": ("/members/household/consent/", OURS),
    "members:relative": (f"/members/household/{ABSENT}/", OURS),
    "members:relative_remove": (f"/members/household/{ABSENT}/remove/", OURS),
    "members:fields": ("/members/fields/", {"chair", "operator"}),
    "members:my_fields": ("/members/fields/mine/", OURS),
    "members:my_file": ("/members/fields/mine/9999/", OURS),
    "members:my_file_data": ("/members/fields/mine/9999/file/", OURS),
    "members:own_file": (f"/members/{ABSENT}/fields/9999/", READING),
    "members:own_file_data": (f"/members/{ABSENT}/fields/9999/file/", READING),
    "members:field_new": ("/members/fields/new/", {"chair", "operator"}),
    "members:field": (f"/members/fields/{ABSENT}/", {"chair", "operator"}),
    "members:field_move": (f"/members/fields/{ABSENT}/move/", {"chair", "operator"}),
    "members:timeline": (f"/members/{ABSENT}/standing/", READING),
    "members:change": (f"/members/{ABSENT}/change/", KEEPING),
    "members:transfer_paper": (f"/members/changes/{ABSENT}/paper/", WHOLE),
    "members:posts": ("/members/posts/", HOLDING | {"visitor"}),
    "members:take_up": ("/members/posts/take-up/", APPOINTING),
    "members:pick_successor": ("/members/posts/successors/?q=w", HOLDING),
    "members:hand_over": (f"/members/posts/{ABSENT}/hand-over/", HOLDING),
    "members:leave": (f"/members/posts/{ABSENT}/leave/", HOLDING),
    "members:handover_paper": (f"/members/posts/{ABSENT}/paper/", HOLDING | {"visitor"}),
    "members:visits": ("/members/visits/", APPOINTING),
    "members:visit": ("/members/visits/new/", APPOINTING),
    "members:stop_visit": (f"/members/visits/{ABSENT}/stop/", APPOINTING),
    "members:time": ("/members/time/", HOLDING),
    "notices:feed": ("/notices/", EVERYBODY),
    "notices:notice": (f"/notices/{ABSENT}/", EVERYBODY),
    "notices:print": (f"/notices/{ABSENT}/print/", EVERYBODY),
}


def addresses(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, pattern.namespace or space)
        else:
            yield f"{space}:{pattern.name}"


@pytest.fixture
def world(make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch, today: date) -> World:
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    return make_world("members")


def test_every_address_has_a_line_here() -> None:
    assert sorted(addresses(get_resolver().url_patterns)) == sorted(EXPECTED)


def answer_to(name: str, address: str) -> int:
    """What somebody who may open it is answered to a plain look."""
    if name in POSTED:
        return 405
    if name == "shell:bulk":
        return 303  # nothing was picked: back to the list
    if name == "shell:components":
        return 404  # in development only
    if address.startswith((f"/import/{ABSENT}/", f"/import/export/{ABSENT}/", f"/roster/{ABSENT}/")):
        return 302  # an upload or a personnel list that is over leads back to where one sends another
    absent = (ABSENT, f"/{NUMBER}/", "/nobody/")
    return 404 if any(mark in address for mark in absent) else 200


def test_each_role_opens_what_it_should_and_nothing_else(world: World, today: date) -> None:
    wrong = []
    for role in ROLES:
        client = client_of(user_of(world, role, today))
        for name, (address, allowed) in EXPECTED.items():
            if allowed == PUBLIC:
                continue
            status = client.get(address).status_code
            if status != (answer_to(name, address) if role in allowed else 403):
                wrong.append(f"{role} {name}: {status}")
    assert wrong == []


def test_without_a_login_every_page_leads_to_the_login(world: World) -> None:
    for address, allowed in EXPECTED.values():
        answer = Client().get(address)
        if allowed == PUBLIC:
            assert answer.status_code in OPEN_ANSWERS.get(address, (200, 405)), address
        else:
            assert answer.status_code == 302
            assert answer.headers["Location"].startswith("/login/?next=")


def test_another_unions_chair_sees_only_the_own_union(
    world: World, make_world: Callable[..., World], today: date
) -> None:
    other = make_world("members", profile=SMALL, members=40)
    assert (world.profile, other.profile) == (FULL, SMALL)
    client = client_of(user_of(other, "chair", today))
    mine, theirs = {human.name for human in other.people}, {human.name for human in world.people}
    home = client.get("/").content.decode()
    assert "云山市档案馆工会" in home
    assert "江州省建设厅" not in home
    listed = client.get("/facts/members.active/").content.decode()
    assert any(name in listed for name in mine)
    assert not [name for name in theirs - mine if f">{name} " in listed]


def test_a_post_that_was_handed_over_opens_nothing(world: World, today: date) -> None:
    from zhijia.members.models import Post

    user = user_of(world, "chair", today)
    client = client_of(user)
    assert client.get("/facts/").status_code == 200
    Post.objects.filter(person__user=user).update(end=today)
    assert client.get("/facts/").status_code == 403


def test_a_login_without_a_person_opens_nothing(world: World) -> None:
    from zhijia.accounts.services import make_login

    client = client_of(make_login("nobody", "ein-langes-Wort-7"))
    assert client.get("/").status_code == 403


def test_bookkeepers_see_numbers_but_no_names(world: World, today: date) -> None:
    client = client_of(user_of(world, "accountant", today))
    page = client.get("/facts/members.women/").content.decode()
    assert "您的职务不能查看" in page
    assert not [human.name for human in world.people if f">{human.name} " in page]
