"""Import pages: a ledger is sent, matched, mended in the page, saved by one confirmation, and taken back."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import openpyxl
import pytest
import xlsxwriter
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.ledgers.test_bad_input import CELLS, LEDGER
from tests.shell.people import client_of, user_of
from zhijia.care.models import Visit
from zhijia.core.demo import World
from zhijia.core.models import AuditLine, Batch, ColumnMapping, Job
from zhijia.shell.ledgers import uploads

Sheets = dict[str, list[Any]]
VISIT = ("慰问对象", "慰问类别", "走访日期", "慰问金")


@pytest.fixture
def world(make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch, today: date) -> World:
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    return make_world("members")


@pytest.fixture
def chair(world: World, today: date) -> Client:
    return client_of(user_of(world, "chair", today))


@pytest.fixture(autouse=True)
def no_uploads_left() -> Iterator[None]:
    """Files of other tests, which share the process's folder, are gone before, and those of this one after."""

    def clear() -> None:
        for folder in (Path(settings.ZHIJIA_HOME) / "uploads").glob("*"):
            uploads.shutil.rmtree(folder)

    clear()
    yield
    clear()


def workbook(sheets: Sheets, name: str = "走访台账.xlsx") -> SimpleUploadedFile:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"strings_to_formulas": False, "strings_to_urls": False})
    for title, rows in sheets.items():
        page = book.add_worksheet(title)
        for index, row in enumerate(rows):
            page.write_row(index, 0, row)
    book.close()
    return SimpleUploadedFile(name, target.getvalue())


def send(client: Client, file: SimpleUploadedFile) -> Any:
    return client.post("/import/", {"file": file})


def text(answer: Any) -> str:
    return str(answer.content.decode())


def names(world: World) -> list[str]:
    people = [human.name for human in world.people]
    return [name for name in people if people.count(name) == 1]


def three_mistakes(world: World) -> Sheets:
    first, second, third, fourth = names(world)[:4]
    return {
        "走访慰问": [
            VISIT,
            (first, "困难职工", "2024-02-01", 500),
            (second, "困难职工", "2024-13-40", 500),
            (third, "困难职工", "2024-02-03", "五百多"),
            (fourth, "困难职公", "2024-02-04", 500),
        ]
    }


def fields(page: str) -> dict[str, str]:
    """The mending fields of a page as a browser would send them back."""
    found = {}
    for tag in re.findall(r"<input [^>]*>", page):
        name, value = re.search(r' name="([^"]*)"', tag), re.search(r' value="([^"]*)"', tag)
        if name and "checkbox" not in tag and name[1].startswith(("c-", "state", "sheet", "page")):
            found[name[1]] = value[1] if value else ""
    for name, inside in re.findall(r'<select id="[^"]*" name="(c-[^"]*)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', inside)
        found[name] = chosen[1] if chosen else ""
    return found


def faulty(page: str) -> list[str]:
    """The names of the fields that have an error, in order."""
    return re.findall(r'<(?:input|select) id="f-(c-[^"]*)"[^>]*aria-invalid="true"', page)


def test_a_workbook_with_three_mistakes_is_mended_in_the_page_and_saved(chair: Client, world: World) -> None:
    answer = send(chair, workbook(three_mistakes(world)))
    assert answer.status_code == 302
    where = answer.headers["Location"]
    page = text(chair.get(where))
    assert "有3处要改" in page
    wrong = faulty(page)
    assert [name.split("-")[2:] for name in wrong] == [["3", "2"], ["4", "3"], ["5", "1"]]
    assert not Visit.objects.exists()
    assert chair.get(f"{where}confirm/").headers["Location"] == where, "nothing can be saved before it is mended"

    half = fields(page) | {wrong[0]: "2024-02-02"}
    assert chair.post(where, half).status_code == 303
    page = text(chair.get(where))
    assert "有2处要改" in page
    mended = fields(page) | {faulty(page)[0]: "300", faulty(page)[1]: "困难职工"}
    assert chair.post(where, mended).status_code == 303
    page = text(chair.get(where))
    assert "没有问题" in page
    assert "新增4条" in page

    confirm = text(chair.get(f"{where}confirm/"))
    assert "走访慰问：新增4条，修改0条" in confirm
    done = chair.post(f"{where}confirm/", follow=True)
    assert done.redirect_chain[-1][0].startswith("/import/batches/")
    assert "新增4条" in text(done)
    assert sorted(Visit.objects.values_list("money_fen", flat=True)) == [30000, 50000, 50000, 50000]
    assert sorted(str(day) for day in Visit.objects.values_list("on", flat=True))[1] == "2024-02-02"
    assert not list((Path(settings.ZHIJIA_HOME) / "uploads").iterdir()), "the file goes when the import is done"

    batch = Batch.objects.get()
    assert batch.source == "走访台账.xlsx"
    undo = text(chair.get(f"/import/batches/{batch.pk}/undo/"))
    assert "走访慰问：去掉新增的4条" in undo
    assert "已撤销" in text(chair.post(f"/import/batches/{batch.pk}/undo/", follow=True))
    assert not Visit.objects.exists()
    again = chair.post(f"/import/batches/{batch.pk}/undo/")
    assert again.status_code == 422
    assert "已经撤销过" in text(again)


def test_a_row_may_be_left_out(chair: Client, world: World) -> None:
    where = send(chair, workbook(three_mistakes(world))).headers["Location"]
    page = text(chair.get(where))
    left = {f"x-0-{name.split('-')[2]}": "1" for name in faulty(page)}
    chair.post(where, fields(page) | left)
    assert "新增1条" in text(chair.get(where))


def test_the_marked_workbook_can_be_taken_instead(chair: Client, world: World) -> None:
    where = send(chair, workbook(three_mistakes(world))).headers["Location"]
    page = text(chair.get(where))
    chair.post(where, fields(page) | {faulty(page)[0]: "2024-02-02"})
    answer = chair.get(f"{where}marked/")
    assert "走访台账（标出问题）.xlsx" in unquote(answer.headers["Content-Disposition"])
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["导入问题", "走访慰问"]
    assert book["走访慰问"]["C3"].value == "2024-02-02", "what was mended in the page is mended in the workbook"
    assert [row[1].value for row in book["导入问题"].iter_rows(2)] == [4, 5]


def test_an_own_ledger_is_matched_once_and_remembered(chair: Client, world: World) -> None:
    first, second = names(world)[:2]
    own = {
        "看望情况": [
            ("看的谁", "哪天去的", "花了多少", "电话"),
            (first, "2024-03-01", 200, "13800138000"),
            (second, "2024-03-02", 300, "13800138001"),
        ]
    }
    answer = send(chair, workbook(own, "自己的.xlsx"))
    where = answer.headers["Location"]
    assert where.endswith("/columns/")
    page = text(chair.get(where))
    assert first in page
    assert "13800138000" not in page
    looked = text(chair.post(where, {"s0": "走访慰问", "s0was": "-", "do": "look"}))
    assert "看的谁" in looked
    assert re.search('“哪天去的”是我们的哪一列.*?<option value="走访日期" selected>', looked, re.DOTALL), (
        "told by its days"
    )
    assert re.search('“看的谁”是我们的哪一列.*?<option value="慰问对象" selected>', looked, re.DOTALL), (
        "told by its names"
    )
    assert "慰问类别（文件里没有这一列）" in looked
    answers = {
        "s0": "走访慰问", "s0was": "走访慰问", "s0c0": "慰问对象", "s0c1": "走访日期", "s0c2": "慰问金", "s0c3": "-",
        "do": "keep",
    }  # fmt: skip
    refused = chair.post(where, answers)
    assert refused.status_code == 422
    assert "还缺“慰问类别”" in text(refused)
    constant = re.findall(r'name="(s0k\d+)"', text(refused))
    assert len(constant) == 1
    kept = chair.post(where, answers | {constant[0]: "困难职工"})
    preview = kept.headers["Location"]
    assert "新增2条" in text(chair.get(preview))
    chair.post(f"{preview}confirm/")
    assert sorted(Visit.objects.values_list("money_fen", flat=True)) == [20000, 30000]
    assert ColumnMapping.objects.count() == 1

    own["看望情况"].append((first, "2024-04-01", 100, ""))
    again = send(chair, workbook(own, "又一份.xlsx")).headers["Location"]
    assert not again.endswith("/columns/"), "the same headers are not asked about again"
    assert "新增1条" in text(chair.get(again))


def test_a_sheet_needs_its_rooms_permission_and_is_passed_over_without(world: World, today: date) -> None:
    client = client_of(user_of(world, "committee", today))
    name = names(world)[0]
    both = {
        "走访慰问": [VISIT, (name, "困难职工", "2024-02-01", 500)],
        "凭证": [("日期", "凭证号", "科目名称", "借方金额", "贷方金额"), ("2024-02-01", "1", "现金", 1, 0)],
    }
    page = text(client.get(send(client, workbook(both)).headers["Location"]))
    assert "您没有登记“凭证”的权限，这张表没有读" in page
    assert "新增1条" in page


def test_a_file_of_sheets_that_are_all_another_persons_says_so_once(world: World, today: date) -> None:
    accountant = client_of(user_of(world, "accountant", today))
    page = text(accountant.get(send(accountant, workbook(three_mistakes(world))).url, follow=True))
    assert "您没有登记“走访慰问”的权限" in page
    assert page.count("文件里没有可以导入的表——运行 template 得到空白台账，或核对表名和表头") == 1
    assert page.count("运行 template 得到空白台账") == 1
    assert "/confirm/" not in page


def test_changes_show_old_and_new_and_never_a_secret(chair: Client, world: World) -> None:
    from zhijia.members.models import Person

    person = Person.objects.in_union(world.union).filter(name__in=names(world)).exclude(staff_no="").first()
    sex = "男" if person.sex == "male" else "女"
    rows = [
        ("姓名", "性别", "工号", "学历", "手机号"),
        (person.name, sex, person.staff_no, "博士研究生", "13912345678"),
    ]
    page = text(chair.get(send(chair, workbook({"会员": rows})).headers["Location"]))
    assert "手机有改动" in page
    assert re.search("学历：[^→]*→ 博士", page)
    assert "13912345678" not in page


def test_records_that_changed_since_the_preview_are_seen_again(chair: Client, world: World) -> None:
    name = names(world)[0]
    file = {"走访慰问": [VISIT, (name, "困难职工", "2024-02-01", 500)]}
    one = send(chair, workbook(file)).headers["Location"]
    other = send(chair, workbook(file)).headers["Location"]
    for where in (one, other):
        assert "新增1条" in text(chair.get(where))
    chair.post(f"{one}confirm/")
    answer = chair.post(f"{other}confirm/")
    assert answer.headers["Location"] == other, "the preview does not hold any more"
    assert "完全相同" in text(chair.get(other))
    assert Visit.objects.count() == 1


def test_another_persons_upload_is_not_there(chair: Client, world: World, today: date) -> None:
    where = send(chair, workbook(three_mistakes(world))).headers["Location"]
    client = client_of(user_of(world, "committee", today))
    answer = client.get(where)
    assert answer.headers["Location"] == "/import/"
    assert "已经不在了" in text(client.get("/import/"))


def test_giving_up_removes_the_file(chair: Client, world: World) -> None:
    where = send(chair, workbook(three_mistakes(world))).headers["Location"]
    files = list((Path(settings.ZHIJIA_HOME) / "uploads").rglob("*"))
    assert all(not file.stat().st_mode & 0o077 for file in files)
    chair.post(f"{where}discard/")
    assert not list((Path(settings.ZHIJIA_HOME) / "uploads").iterdir())


@pytest.mark.parametrize("what", CELLS)
def test_bad_input_of_every_kind_gives_a_page(chair: Client, what: str) -> None:
    sheets, place = CELLS[what]
    own = (
        {title: rows for title, rows in sheets.items() if title not in ("工会", "届次")}
        if place[0] != "届次"
        else sheets
    )
    answer = send(chair, workbook(own, "台账.xlsx"))
    assert answer.status_code == 302
    where = answer.headers["Location"]
    page = chair.get(where)
    assert page.status_code == 200
    if not where.endswith("/columns/"):
        assert place[3] in text(page) or "对应" in text(page)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("空.xlsx", b"", "文件是空的"),
        ("坏.xlsx", b"PK\x03\x04rubbish", "已损坏"),
        ("照片.xlsx", b"\x89PNG rubbish", "不是表格"),
        ("网页.xls", b"<html><table></table></html>", "网页"),
        ("只有空行.csv", b"\n\n", "空"),
    ],
)
def test_a_file_that_is_no_ledger_is_refused_at_once(chair: Client, name: str, data: bytes, said: str) -> None:
    answer = send(chair, SimpleUploadedFile(name, data))
    assert answer.status_code == 422
    assert said in text(answer)
    assert not list((Path(settings.ZHIJIA_HOME) / "uploads").glob("*"))


def test_nothing_sent_is_said(chair: Client) -> None:
    assert "还没有选文件" in text(chair.post("/import/"))


def test_a_large_file_is_previewed_as_long_work(chair: Client, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from zhijia.shell.ledgers import planning

    monkeypatch.setattr(planning, "AT_ONCE", 10)
    where = send(chair, workbook(three_mistakes(world))).headers["Location"]
    done = chair.get(where, follow=True)
    assert done.redirect_chain[0][0].startswith("/jobs/")
    assert done.redirect_chain[-1][0] == where
    assert "有3处要改" in text(done)
    job = Job.objects.get()
    assert (job.kind, job.state, job.result) == ("preview", "done", {})


def test_many_rows_come_in_pages(chair: Client, world: World) -> None:
    known = names(world)
    rows = [VISIT] + [
        (known[place % 5], "困难职工", f"20{10 + place // 300}-{place % 12 + 1:02}-{place % 28 + 1:02}", place + 1)
        for place in range(120)
    ]
    where = send(chair, workbook({"走访慰问": rows})).headers["Location"]
    page = text(chair.get(where))
    assert "第1页，共3页" in page
    assert page.count('<th scope="row">走访慰问 第') == 50
    assert text(chair.get(f"{where}?state=new&page=3")).count('<th scope="row">走访慰问 第') == 20
    assert chair.get(f"{where}?state=x&sheet=9999999999999&page=-1").status_code == 200


def test_all_records_can_be_taken_home_and_come_back_equal(chair: Client, world: World, today: date) -> None:
    assert "身份证号" in text(chair.get("/import/export/"))
    done = chair.post("/import/export/", follow=True)
    where = done.redirect_chain[-1][0]
    assert "24小时" in text(done)
    taken = chair.get(f"{where}?take=1")
    data = b"".join(taken.streaming_content)
    assert "会员" in openpyxl.load_workbook(io.BytesIO(data), read_only=True).sheetnames
    page = text(chair.get(send(chair, SimpleUploadedFile("全部.xlsx", data)).headers["Location"], follow=True))
    assert "完全相同" in page
    assert AuditLine.objects.filter(verb="core.workbook.exported", union_id=world.union).count() == 1
    client = client_of(user_of(world, "committee", today))
    assert client.get("/import/export/").status_code == 403


def test_a_whole_workbook_asks_only_about_sheets_that_are_not_sure(chair: Client, world: World) -> None:
    name = names(world)[0]
    rows: Sheets = {
        "走访慰问": [VISIT, (name, "困难职工", "2024-02-01", 500)],
        "活动": [("活动名称", "日期"), ("春季健步走", "2024-04-12")],
        "届次": [("届次", "开始日期", "届满日期"), ("第五届", "2021-12-10", "2026-12-09")],
        "工会小组": [("小组名称",), ("一组",)],
        "不知道的": [("甲", "乙"), ("1", "2")],
    }
    where = send(chair, workbook(rows)).headers["Location"]
    page = text(chair.get(where))
    assert "4列都已对上" in page
    assert 'name="s0c0"' not in page
    page = text(chair.post(where, {"do": "open0", "s0was": "走访慰问"}))
    assert 'name="s0c0"' in page
    assert 'name="s0open" value="1"' in page
    assert chair.post(where, {"do": "keep"}).status_code == 302


def test_each_page_of_the_way_asks_few_questions(
    chair: Client, world: World, django_assert_max_num_queries: Any
) -> None:
    broken = send(chair, workbook(three_mistakes(world))).headers["Location"]
    good = send(chair, workbook({"走访慰问": three_mistakes(world)["走访慰问"][:2]})).headers["Location"]
    for where in (broken, good):
        chair.get(where)
    chair.post(f"{good}confirm/")
    batch = Batch.objects.get().pk
    chair.get(broken)
    pages = [
        "/import/",
        broken,
        f"{broken}columns/",
        f"/import/batches/{batch}/",
        f"/import/batches/{batch}/undo/",
        "/jobs/",
    ]
    for address in pages:
        with django_assert_max_num_queries(15):
            assert chair.get(address).status_code == 200


def test_the_template_is_there(chair: Client) -> None:
    book = openpyxl.load_workbook(io.BytesIO(chair.get("/import/template/").content), read_only=True)
    assert "走访慰问" in book.sheetnames
    assert LEDGER
