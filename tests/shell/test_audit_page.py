"""The page of deeds: every filter, both ways, links, secrets, what an office may not see, the check of the chain."""

import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.shell.people import client_of, user_of
from zhijia.core import audit
from zhijia.core.demo import SMALL, World
from zhijia.core.models import AuditHead, AuditLine
from zhijia.members import services as members
from zhijia.members.models import Person
from zhijia.members.rules import MOVES
from zhijia.shell import access
from zhijia.shell.deeds import lines, verbs
from zhijia.unions.models import Group

ID = "11010519820307216X"
PHONE = "13900139027"


@pytest.fixture
def world(make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch, today: date) -> World:
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    return make_world("members")


@pytest.fixture
def user(world: World, today: date) -> Any:
    return user_of(world, "chair", today)


@pytest.fixture
def client(user: Any) -> Client:
    return client_of(user)


def rows_of(client: Client, query: str = "") -> list[list[str]]:
    """The lines as the Excel file has them."""
    answer = client.get(f"/audit/export/?{query}")
    assert answer.status_code == 200
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    return [[cell or "" for cell in row] for row in book.active.iter_rows(min_row=2, values_only=True)]


def days(world: World) -> tuple[date, date]:
    """The first and the last day of the union's lines: tests may go on past midnight."""
    at = AuditLine.objects.filter(union_id=world.union, at__isnull=False).values_list("at", flat=True)
    return timezone.localdate(at.earliest("seq")), timezone.localdate(at.latest("seq"))


def text_of(client: Client, query: str = "") -> str:
    answer = client.get(f"/audit/?{query}")
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def someone(world: World, user: Any, today: date) -> Person:
    """A person whom the chair has changed, secrets too."""
    by = access.for_user(user, today)
    pk = members.save_persons(
        [{"name": "欧阳若云", "sex": "female", "staff_no": "X77", "id_number": ID, "phone": PHONE}],
        union=world.union, by=by, today=today,
    )[0]  # fmt: skip
    person = Person.objects.get(pk=pk)
    row = {"uid": person.uid, "name": "欧阳若云", "sex": "female", "job": "研究员", "phone": "13900139028"}
    members.save_persons([row], union=world.union, by=by, today=today)
    return person


def test_a_deed_is_told_with_who_what_record_and_change(client: Client, world: World, user: Any, today: date) -> None:
    person = someone(world, user, today)
    page = text_of(client, "q=欧阳若云")
    assert f'href="/records/members/person/{person.uid}/"' in page
    told = rows_of(client, "q=欧阳若云")
    assert [row[2] for row in told] == ["修改", "登记"]
    assert "职务：（空） → 研究员" in told[0][5]
    assert "手机：有改动" in told[0][5]
    for secret in (ID, PHONE, "13900139028"):
        assert secret not in page
        assert secret not in str(told)
    name = access.for_user(user, today).name
    assert told[0][1] == name


def test_filters_narrow_the_list(client: Client, world: World, user: Any, today: date) -> None:
    person = someone(world, user, today)
    name = access.for_user(user, today).name
    everything = rows_of(client)
    assert len(everything) == AuditLine.objects.filter(union_id=world.union).count() - 1  # less the export's own line
    mine = rows_of(client, f"who={name}")
    assert mine
    assert {row[1] for row in mine} == {name}
    assert rows_of(client, f"who={user.username}") == rows_of(client, f"who={name}")[1:]
    assert rows_of(client, "who=没有这个人") == []
    assert {row[2] for row in rows_of(client, "what=exports")} == {"导出列表"}
    assert {row[3] for row in rows_of(client, "register=members.Person")} == {"会员"}
    both = rows_of(client, f"register=members.Person&who={name}&what=records")
    assert [row[2] for row in both] == ["修改", "登记"]
    assert rows_of(client, f"register=members.Person&record={person.uid}") == both
    assert rows_of(client, "batch=4711") == []
    assert rows_of(client, "register=unions.Group&q=没有这个小组") == []


def test_days_are_typed_as_people_type_them(client: Client, world: World) -> None:
    whole = len(rows_of(client))
    first, last = days(world)
    assert len(rows_of(client, f"from={first:%Y.%-m.%-d}&to={last:%Y年%-m月%-d日}")) == whole + 1
    assert rows_of(client, f"to={first - timedelta(days=1)}") == []
    assert rows_of(client, f"from={last + timedelta(days=2)}") == []
    assert len(rows_of(client, "from=不是日期")) > whole


def test_wrong_words_in_the_address_are_passed_over(client: Client) -> None:
    words = "what=nonsense&register=x.Y&record=7&batch=abc&before=-1&after=9999999999999999999999&from=x"
    assert "操作记录" in text_of(client, words)


def test_every_line_is_seen_once_both_ways(world: World, today: date) -> None:
    wanted = lines.Wanted(world.union)
    every = list(AuditLine.objects.filter(union_id=world.union, at__isnull=False).values_list("seq", flat=True))
    forward, before, last = [], 0, lines.Page([])
    while True:
        last = lines.page(wanted, before=before, size=3)
        forward += [line.seq for line in last.lines]
        before = last.older
        if not before:
            break
    assert forward == sorted(every, reverse=True)
    back, page = [[line.seq for line in last.lines]], last
    while page.newer:
        page = lines.page(wanted, after=page.newer, size=3)
        back.append([line.seq for line in page.lines])
    assert [seq for part in reversed(back) for seq in part] == forward


def test_merged_stretches_are_the_plain_list(world: World) -> None:
    there = lines.verbs_there(world.union)
    assert there == sorted(set(AuditLine.objects.filter(union_id=world.union).values_list("verb", flat=True)))
    plain = [line.seq for line in lines.page(lines.Wanted(world.union), size=5).lines]
    merged = lines.page(lines.Wanted(world.union, verbs=tuple(there), users=None), size=5)
    assert [line.seq for line in merged.lines] == plain
    all_verbs = lines.Wanted(world.union, verbs=tuple(there))
    older = lines.page(all_verbs, before=plain[-1], size=5)
    assert [line.seq for line in lines.page(all_verbs, after=older.newer, size=5).lines] == plain


def test_an_anonymous_deed_has_nobody_no_time_and_no_neighbours(
    client: Client, world: World, user: Any, today: date
) -> None:
    by = access.for_user(user, today)
    audit.record(union=world.union, by=by, verb="voice.word.said", tables=[Group], anonymous=True)
    assert not [row for row in rows_of(client) if "不记名" in row[1]]
    told = rows_of(client, "what=anonymous")
    assert [row[:3] for row in told] == [["不记时间", "（不记名）", "voice.word.said"]]
    _first, now = days(world)
    assert rows_of(client, f"what=anonymous&from={now}&who={user.username}") == told  # no way to narrow it to a time
    assert rows_of(client, f"from={now}&what=voice.word.said") == []


def test_unknown_verbs_are_shown_as_they_are(client: Client, world: World, user: Any, today: date) -> None:
    audit.record(union=world.union, by=access.for_user(user, today), verb="later.thing.done", tables=[Group])
    assert '<option value="later.thing.done">later.thing.done</option>' in text_of(client)
    assert [row[2] for row in rows_of(client, "what=later.thing.done")] == ["later.thing.done"]


def test_another_union_is_never_told(
    client: Client, world: World, make_world: Callable[..., World], today: date
) -> None:
    other = make_world("members", profile=SMALL, members=40)
    stranger = Person.objects.in_union(other.union).first()
    assert rows_of(client, f"register=members.Person&record={stranger.uid}") == []
    assert len(rows_of(client)) < AuditLine.objects.count()
    names = {human.name for human in other.people} - {human.name for human in world.people}
    assert not [name for name in names if name in text_of(client)]


def test_a_register_that_is_closed_to_the_reader_is_told_without_content(
    make_world: Callable[..., World], today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    world = make_world("members")
    reader = user_of(world, "operator", today)
    may = access.for_user(reader, today)
    closed = access.Access(
        union=may.union, on=may.on, user=may.user, permissions=may.permissions - {"members.view"}, name=may.name
    )
    chair = user_of(world, "chair", today)
    someone(world, chair, today)
    from zhijia.shell.deeds import telling

    found = lines.page(lines.Wanted(world.union, verbs=("members.person.saved",)), size=2).lines
    open_, shut = telling.told(found, may), telling.told(found, closed)
    if may.may("members.view"):
        assert any("研究员" in deed.details for deed in open_)
    assert {deed.details for deed in shut} == {"您的职务不能查看这本台账的内容"}
    assert {(deed.record, deed.url) for deed in shut} == {("", "")}


def test_the_page_asks_little_of_the_database(client: Client, world: World, user: Any, today: date) -> None:
    someone(world, user, today)
    client.post("/audit/verify/")
    _first, now = days(world)
    hard = f"who=zhang&what=records&register=members.Person&q=zhang&from=2020-01-01&to={now}"
    for query in ("", hard, "q=欧阳若云"):
        with CaptureQueriesContext(connection) as queries:
            text_of(client, query)
        assert len(queries) <= 15, [one["sql"][:90] for one in queries]


def test_the_chain_is_checked_from_the_page_and_the_answer_is_kept(
    client: Client, world: World, user: Any, today: date
) -> None:
    assert client.get("/audit/verify/").status_code == 405
    job = client.post("/audit/verify/")
    assert client.get(job.headers["Location"]).headers["Location"] == "/audit/"
    page = text_of(client)
    assert "上次核对" in page
    assert access.for_user(user, today).name in page
    assert "完整，共" in page
    AuditHead.objects.filter(union_id=world.union).update(hash=bytes(32))
    client.post("/audit/verify/")
    page = text_of(client)
    assert "有1处断裂" in page
    assert "链尾与最后一行不符" in page


def test_it_can_be_printed(client: Client) -> None:
    page = client.get("/audit/print/?what=records").content.decode()
    assert '<table class="paper">' in page
    assert "登记" in page


@pytest.mark.parametrize("role", ["member", "group_leader", "committee", "accountant", "women"])
def test_other_offices_do_not_see_it(world: World, today: date, role: str) -> None:
    client = client_of(user_of(world, role, today))
    assert client.get("/audit/").status_code == 403
    assert client.post("/audit/verify/").status_code == 403


def test_verbs_of_the_code_have_words() -> None:
    """Every verb that stands in the code as a text is known: nothing is shown as a code by oversight."""
    import re
    from pathlib import Path

    root = Path(__file__).resolve().parents[2] / "zhijia"
    written = {
        verb
        for file in root.rglob("*.py")
        for verb in re.findall(r'verb=f?"([^"]+)"', file.read_text(encoding="utf-8"))
    }
    assert written
    written.remove("members.person.{move}")
    written |= {f"members.person.{move}" for move in MOVES}
    assert [verb for verb in sorted(written) if not verbs.known(re.sub(r"{[^}]*}", "x", verb)).group] == []
