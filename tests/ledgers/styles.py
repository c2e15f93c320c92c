"""The story as three unions would keep it: a sheet per year, merged titles and groups, or words all of their own.

Each writer makes files that `zhijia import` reads; tests, the guide and the demo may use them.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.ledgers import story

Row = Sequence[Any]
YEARS = range(2022, 2027)
_PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "default_date_format": "yyyy-mm-dd"}


def _sheet(book: Any, title: str, rows: Iterable[Row], first: int = 0) -> Any:
    page = book.add_worksheet(title)
    for index, row in enumerate(rows, first):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                page.write_datetime(index, column, cell)
            elif cell is not None:
                page.write(index, column, cell)
    return page


def _numbered(rows: Iterable[Row]) -> list[Row]:
    return [(number, *row) for number, row in enumerate(rows, 1)]


# ------------------------------------------------------------------ one sheet per year


def _short(day: date) -> str:
    """A day without its year: the sheet's title says it."""
    return f"{day.month}月{day.day}日"


def by_year(file: Path) -> Path:
    """A workbook with a sheet for each year and kind; the days in it name no year, each sheet ends with its sum."""
    book = xlsxwriter.Workbook(file, _PLAIN)
    _sheet(book, "工会", (tuple(story.UNION), tuple(story.UNION.values())))
    _sheet(book, "届次", (("届次", "当选日期", "届满日期"), ("第三届", story.TERM_FIRST, story.TERM_LAST)))
    _sheet(book, "分工会", (("名称", "处室"), *story.GROUPS))
    people = [
        (one.name, one.sex, one.department, one.group, one.admitted, one.retained, one.left, one.leaving)
        for one in story.MEMBERS
    ]
    headers = ("序号", "姓名", "性别", "部门", "小组", "入会时间", "退休日期", "调出日期", "离会原因")
    _sheet(book, "会员花名册", (headers, *_numbered(people)))
    posts = [(*post, "第三届", story.TERM_FIRST) for post in story.POSTS]
    _sheet(book, "工会干部名册", (("姓名", "工会职务", "小组", "届次", "任职日期"), *posts))
    _yearly(book, "必访台账", story.EVENTS, 3, ("姓名", "关系", "事项", "日期"))
    _yearly(book, "走访", story.VISITS, 2, ("姓名", "慰问原因", "日期", "慰问金"), total=3)
    _yearly(book, "困难职工补助", story.AID, 1, ("姓名", "申请日期", "困难原因", "发放日期", "发放金额"), total=4)
    _yearly(
        book, "活动", story.ACTIVITIES, 2, ("活动名称", "活动类型", "时间", "通知人数", "参加人数", "费用"), total=5
    )
    _yearly(book, "会议", story.MEETINGS, 1, ("会议类型", "时间", "会议内容", "参加人数"))
    _yearly(book, "记账凭证", story.ENTRIES, 1, ("凭证字号", "日期", "摘要", "会计科目", "借方", "贷方"))
    book.close()
    return file


def _yearly(book: Any, title: str, rows: Sequence[Row], day: int, headers: Row, *, total: int | None = None) -> None:
    for year in YEARS:
        mine = [row for row in rows if row[day].year == year]
        if not mine:
            continue
        cells: list[Row] = [
            tuple(_short(cell) if isinstance(cell, date) else cell for cell in row) for row in _numbered(mine)
        ]
        if total is not None:
            last: list[Any] = ["合计", *([None] * len(headers))]
            last[total + 1] = sum(row[total] for row in mine)
            cells.append(last)
        _sheet(book, f"{year}年{title}", (("序号", *headers), *cells))


# ------------------------------------------------------------------ merged titles, two-row headers, groups at the side


def _dotted(day: date | None) -> str:
    return f"{day.year}.{day.month}.{day.day}" if day else ""


def _yuan(amount: float) -> str:
    """Amounts as people type them: 0.5万 where it is short, else 1,200元."""
    return f"{amount / 10_000:g}万" if amount >= 3_000 else f"{amount:,.2f}元".replace(".00元", "元")


def merged(file: Path) -> Path:
    """A workbook for printing: merged titles, headers of two rows, groups merged downwards, sums at the end."""
    book = xlsxwriter.Workbook(file, _PLAIN)
    look = book.add_format({"align": "center", "valign": "vcenter", "bold": True})
    on = (book, look)
    _titled(on, "工会", "基本情况", [(header,) for header in story.UNION], [tuple(story.UNION.values())])
    term = ("三届", _dotted(story.TERM_FIRST), _dotted(story.TERM_LAST))
    _titled(on, "届次", "历届情况", [("届次",), ("任期", "开始日期"), ("任期", "届满日期")], [term])
    _titled(on, "工会小组", "小组设置", [("小组名称",), ("所在处室",)], story.GROUPS)
    people = [
        (
            one.group,
            one.name,
            one.sex,
            one.department,
            *map(_dotted, (one.admitted, one.retained, one.left)),
            one.leaving,
        )
        for group in story.GROUPS
        for one in story.MEMBERS
        if one.group == group[0]
    ]
    headers: list[tuple[str, ...]] = [("工会小组",), ("姓名",), ("性别",), ("处室",)]
    headers += [("会籍", "入会日期"), ("会籍", "保留会籍日期"), ("会籍", "离会日期"), ("会籍", "离会原因")]
    _titled(on, "会员", "会员花名册", headers, people, grouped=True)
    posts = [(office, name, group, "三届", _dotted(story.TERM_FIRST)) for name, office, group in story.POSTS]
    headers = [("职务",), ("姓名",), ("工会小组",), ("届次",), ("任职日期",)]
    _titled(on, "任职", "工会干部名册", headers, posts, grouped=True)
    events = [(kind, name, relation, _dotted(day)) for name, relation, kind, day in story.EVENTS]
    headers = [("事项",), ("职工", "姓名"), ("职工", "与职工关系"), ("发生日期",)]
    _titled(on, "应访事项", "应访事项登记表", headers, sorted(events), grouped=True)
    visits = [(kind, name, _dotted(day), _yuan(yuan)) for name, kind, day, yuan in story.VISITS]
    headers = [("慰问类别",), ("慰问对象",), ("走访日期",), ("慰问", "慰问金")]
    total: Row = ("合计", "", "", "5,000元")
    _titled(on, "走访慰问", "走访慰问登记表", headers, sorted(visits), grouped=True, total=total)
    aid = [(name, _dotted(asked), cause, _dotted(paid), _yuan(yuan)) for name, asked, cause, paid, yuan in story.AID]
    headers = [("姓名",), ("申请日期",), ("致困原因",), ("发放", "日期"), ("发放", "金额")]
    _titled(on, "困难补助", "困难补助发放表", headers, aid, total=("总  计", "", "", "", "0.8万元"))
    acts = [(title, kind, _dotted(day), f"{due}人", f"{came}人", _yuan(yuan))
            for title, kind, day, due, came, yuan in story.ACTIVITIES]  # fmt: skip
    headers = [("活动名称",), ("类别",), ("日期",), ("人数", "应到人数"), ("人数", "实到人数"), ("费用（元）",)]
    _titled(on, "活动", "活动登记表", headers, acts, total=("合计", "", "", "", "", "3,500.50"))
    meetings = [(kind, _dotted(day), topic, f"{count}人") for kind, day, topic, count in story.MEETINGS]
    _titled(on, "会议", "会议登记表", [("类别",), ("日期",), ("议题",), ("实到人数",)], meetings, grouped=True)
    entries = [(number, _dotted(day), memo, account, debit, credit)
               for number, day, memo, account, debit, credit in story.ENTRIES]  # fmt: skip
    headers = [("凭证号",), ("日期",), ("摘要",), ("科目名称",), ("金额", "借方金额"), ("金额", "贷方金额")]
    total = ("合计", "", "", "", 21500.5, 21500.5)
    _titled(on, "凭证", "记账凭证列表", headers, entries, grouped=True, total=total)
    book.close()
    return file


def _titled(
    on: tuple[Any, Any],
    sheet: str,
    title: str,
    headers: Sequence[tuple[str, ...]],
    rows: Sequence[Row],
    *,
    grouped: bool = False,
    total: Row | None = None,
) -> None:
    book, look = on
    page = _sheet(book, sheet, [*rows, *([total] if total else [])], first=4)
    last = len(headers) - 1
    if last:
        page.merge_range(0, 0, 0, last, f"青原市水务局机关工会{title}", look)
    else:
        page.write(0, 0, title, look)
    page.write(1, 0, "填报单位：局工会", None)
    for column, names in enumerate(headers):
        if len(names) == 1:
            page.merge_range(2, column, 3, column, names[0], look)
        else:
            page.write(3, column, names[1], look)
    _merge_runs(
        lambda a, b, text: page.merge_range(2, a, 2, b, text, look),
        [names[0] if names[1:] else "" for names in headers],
    )
    if grouped:
        _merge_runs(lambda a, b, text: page.merge_range(a + 4, 0, b + 4, 0, text, look), [row[0] for row in rows])


def _merge_runs(merge: Callable[[int, int, str], Any], texts: Sequence[str]) -> None:
    """Merge neighbours with one text (a run of one is left as it stands)."""
    start = 0
    for index in range(1, len(texts) + 1):
        if index == len(texts) or texts[index] != texts[start]:
            if texts[start] and index - start > 1:
                merge(start, index - 1, texts[start])
            start = index


# ------------------------------------------------------------------ words all of their own


MAPPING: dict[str, Any] = {
    "sheets": {
        "班组": {"sheet": "工会小组", "columns": {"班组称呼": "小组名称", "对口科室": "所在处室"}},
        "名单": {
            "sheet": "会员",
            "columns": {
                "同志": "姓名",
                "男女": "性别",
                "科室": "处室",
                "班组": "工会小组",
                "进工会": "入会日期",
                "退下来": "保留会籍日期",
                "走人": "离会日期",
                "为何": "离会原因",
            },
        },
        "骨干": {
            "sheet": "任职",
            "columns": {"哪位": "姓名", "当什么": "职务", "哪个班组": "工会小组", "何时起": "任职日期"},
            "constants": {"届次": "第三届"},
        },
        "家里有事": {
            "sheet": "应访事项",
            "columns": {"谁家": "职工", "什么人": "与职工关系", "什么事": "事项", "哪天": "发生日期"},
        },
        "登门": {
            "sheet": "走访慰问",
            "columns": {"看望谁": "慰问对象", "为什么": "慰问类别", "哪天": "走访日期", "带去（元）": "慰问金"},
        },
        "帮一把": {
            "sheet": "困难补助",
            "columns": {
                "给谁": "姓名",
                "提出": "申请日期",
                "难在哪": "致困原因",
                "到手": "发放日期",
                "多少": "补助金额",
            },
        },
        "热闹事": {
            "sheet": "活动",
            "columns": {
                "干了什么": "活动名称",
                "哪一类": "类别",
                "哪天": "日期",
                "喊了几个": "应到人数",
                "来了几个": "实到人数",
                "花了": "费用",
                "天气": "",
            },
        },
        "碰头": {
            "sheet": "会议",
            "columns": {"什么会": "类别", "哪天": "日期", "说什么": "议题", "几个人": "实到人数"},
        },
        "流水": {
            "sheet": "凭证",
            "columns": {
                "票号": "凭证号",
                "哪天": "日期",
                "说明白": "摘要",
                "记哪里": "科目名称",
                "借": "借方金额",
                "贷": "贷方金额",
            },
        },
    }
}


def own_words(folder: Path) -> tuple[list[Path], Path]:
    """Files in which no header is ours (groups, a GB18030 csv of members, the rest) and the mapping that reads them.

    They name no union: it is to be set up by `init` beforehand.
    """
    mapping = folder / "列对应.json"
    mapping.write_text(json.dumps(MAPPING, ensure_ascii=False), encoding="utf-8")
    groups = folder / "班组.xlsx"
    book = xlsxwriter.Workbook(groups, _PLAIN)
    _sheet(book, "班组", (("班组称呼", "对口科室"), *story.GROUPS))
    book.close()
    people = folder / "名单.csv"
    with people.open("w", encoding="gb18030", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(("同志", "男女", "科室", "班组", "进工会", "退下来", "走人", "为何"))
        for one in story.MEMBERS:
            days = [day.strftime("%Y/%m/%d") if day else "" for day in (one.admitted, one.retained, one.left)]
            lines.writerow((one.name, one.sex, one.department, one.group, *days, one.leaving))
    rest = folder / "我们的本子.xlsx"
    book = xlsxwriter.Workbook(rest, _PLAIN)
    posts = [(*post, story.TERM_FIRST) for post in story.POSTS]
    acts = [(*row[:6], "晴") for row in story.ACTIVITIES]
    for title, rows in (("骨干", posts), ("家里有事", story.EVENTS), ("登门", story.VISITS), ("帮一把", story.AID),
                        ("热闹事", acts), ("碰头", story.MEETINGS), ("流水", story.ENTRIES)):  # fmt: skip
        _sheet(book, title, (tuple(MAPPING["sheets"][title]["columns"]), *rows))
    book.close()
    return [groups, people, rest], mapping
