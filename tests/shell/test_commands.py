"""Commands end to end, each in a process of its own, on data folders of their own."""

import os
import stat
from pathlib import Path

import openpyxl
import pytest

from tests.shell.folder import Folder
from zhijia.shell import cli

pytestmark = pytest.mark.own_folder

MEMBERS = (
    ("姓名", "性别", "身份证号", "工号", "入会日期"),
    ("张伟", "男", "", "0001", "2015-03-01"),
    ("李秀英", "女", "", "0002", "2016年7月1日"),
    ("王小明", "男", "", "0003", "2022.8.1"),
)


def ledger(file: Path, rows: tuple[tuple[str, ...], ...] = MEMBERS, title: str = "会员") -> str:
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    book.save(file)
    return str(file)


def test_from_an_empty_folder_to_facts_and_back_by_undo(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "home")
    folder.init()
    template = tmp_path / "台账.xlsx"
    folder.run("template", str(template))
    assert "会员" in openpyxl.load_workbook(template).sheetnames
    preview = folder.json("import", ledger(tmp_path / "a.xlsx"), "--dry-run")
    assert preview["batch"] is None
    done = folder.json("import", str(tmp_path / "a.xlsx"))
    assert done["sheets"] == preview["sheets"]
    assert [(sheet["sheet"], sheet["new"]) for sheet in done["sheets"]] == [("会员", 3)]
    facts = {fact["key"]: fact["value"] for fact in folder.json("facts")["facts"]}
    assert facts["members.active"] == 3
    again = folder.json("import", str(tmp_path / "a.xlsx"))
    assert [sheet["equal"] for sheet in again["sheets"]] == [3]
    folder.run("undo", str(done["batch"]))
    facts = {fact["key"]: fact["value"] for fact in folder.json("facts")["facts"]}
    assert facts["members.active"] == 0
    assert "审计链完整" in folder.run("audit", "verify")
    folder.run("undo", str(done["batch"]), code=1)


def test_a_refused_import_saves_nothing_and_gives_the_workbook_back_marked(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "home")
    folder.migrated()
    folder.init()
    wrong = (*MEMBERS, ("赵六", "男", "110101199003071234", "0004", "2020-13-45"))
    marked = tmp_path / "marked.xlsx"
    said = folder.run("import", ledger(tmp_path / "a.xlsx", wrong), "--report", str(marked), code=1)
    assert "第5行" in said
    assert "没有保存任何内容" in said
    assert "110101199003071234" not in said
    assert openpyxl.load_workbook(marked).sheetnames[0] == "导入问题"
    assert folder.json("facts", "members.active")["facts"][0]["value"] == 0


def test_a_mapping_is_remembered_for_ledgers_with_the_same_headers(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "home")
    folder.migrated()
    folder.init()
    rows = (("同志", "男女", "号码牌"), ("张伟", "男", "1"), ("李秀英", "女", "2"))
    own = ledger(tmp_path / "own.xlsx", rows, title="我们的人")
    mapping = tmp_path / "map.json"
    columns = '{"同志": "姓名", "男女": "性别", "号码牌": "工号"}'
    mapping.write_text(f'{{"sheets": {{"我们的人": {{"sheet": "会员", "columns": {columns}}}}}}}', encoding="utf-8")
    done = folder.json("import", own, "--map", str(mapping))
    assert [sheet["new"] for sheet in done["sheets"]] == [2]
    assert [sheet["equal"] for sheet in folder.json("import", own)["sheets"]] == [2]


def test_export_into_an_empty_folder_gives_equal_records(demo: Folder, tmp_path: Path) -> None:
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    demo.run("export", str(first))
    if os.name == "posix":
        assert stat.S_IMODE(first.stat().st_mode) == 0o600
    other = Folder(tmp_path / "other")
    other.migrated()
    done = other.json("import", str(first))
    assert not done["refused"], done["problems"][:5]
    assert done["union"] == "JZJS"
    assert other.json("facts") == demo.json("facts")
    assert other.json("claims") == demo.json("claims")
    other.run("export", str(second))
    assert cells(second) == cells(first)
    again = other.json("import", str(first))
    assert [(sheet["new"], sheet["changed"]) for sheet in again["sheets"] if sheet["new"] or sheet["changed"]] == []


def cells(file: Path) -> dict[str, list[str]]:
    """The rows of every sheet as texts, sorted."""
    book = openpyxl.load_workbook(file, read_only=True)
    return {sheet.title: sorted(repr(row) for row in sheet.iter_rows(values_only=True)) for sheet in book}


def test_the_demo_refuses_a_folder_with_real_records(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "home")
    folder.migrated()
    folder.init()
    assert "正式的数据" in folder.run("demo", "--no-serve", code=1)


def test_the_demo_can_be_built_again_and_has_two_unions(copy: Folder) -> None:
    said = copy.run("demo", "--no-serve", "--out", str(copy.home / "out"))
    assert "zhuxi" in said
    assert (copy.home / "out" / "figures.json").exists()
    assert copy.json("--union", "YSDA", "facts", "members.active")["union"] == "YSDA"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((), 2),
        (("nonsense",), 2),
        (("facts", "--term", "five"), 2),
        (("facts", "--strange"), 2),
        (("package",), 2),
        (("--help",), 0),
        (("facts", "--help"), 0),
        (("facts",), 1),
        (("check",), 1),
        (("serve",), 1),
        (("import", "absent.xlsx"), 1),
        (("export", "a.pdf"), 1),
        (("--union", "NONE", "facts"), 1),
        (("restore", "absent"), 1),
    ],
)
def test_wrong_use_ends_with_2_and_refusals_with_1(db: None, words: tuple[str, ...], code: int) -> None:
    assert cli.main(words) == code


def test_keys_can_be_changed_and_secrets_stay_readable(copy: Folder, tmp_path: Path) -> None:
    before, after = tmp_path / "before.xlsx", tmp_path / "after.xlsx"
    copy.run("export", str(before))
    keyring = (copy.home / "keys" / "keyring.json").read_text(encoding="ascii")
    copy.run("keys", "rotate")
    assert (copy.home / "keys" / "keyring.json").read_text(encoding="ascii") != keyring
    copy.run("export", str(after))
    assert cells(after) == cells(before)
    assert "审计链完整" in copy.run("audit", "verify")


def test_a_version_tells_what_changed_since_and_a_named_person_confirms_it(copy: Folder, tmp_path: Path) -> None:
    assert "待确认" in copy.run("package", "--list")
    assert "与现在的记录一致" in copy.run("package", "--drift", "1")
    copy.run("import", ledger(tmp_path / "a.xlsx", (("小组名称", "所在处室"), ("新设小组", "信息中心")), "工会小组"))
    drift = copy.run("package", "--drift", "1")
    assert "groups.count" in drift
    assert "11 → 12" in drift
    copy.run("package", "--confirm", "1", code=1)
    assert "刘少华确认" in copy.run("package", "--confirm", "1", "--name", "刘少华")
    copy.run("package", "--drift", "99", code=1)
