"""What the pages of an import show: where on the way one is, the preview a page at a time, rows to be mended."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from zhijia.core.outcomes import REFUSE, Violation
from zhijia.core.pages.parts import Action, Cell, Choice, Field, FilterBar, Head, Pager, Row, Step, Tab, Table
from zhijia.core.pages.reading import whole_number
from zhijia.shell.ledgers import planning
from zhijia.shell.ledgers.planning import Summary
from zhijia.shell.ledgers.uploads import Upload

STEPS = ("上传", "对应列", "预览并改正", "保存")
STATES = {"refused": "要改", "warned": "请核对", "new": "新增", "changed": "修改", "equal": "相同"}
PAGES = {"refused": 10}
PAGE = 50


def steps(now: int) -> list[Step]:
    """Where on the way one is; steps count from 0."""
    return [
        Step(label, "done" if place < now else "now" if place == now else "todo") for place, label in enumerate(STEPS)
    ]


def begin_again(request: Any) -> HttpResponse:
    """An upload that is not there any more leads back to the beginning, and says why."""
    messages.info(request, planning.gone().message)
    return redirect("shell:import")


class Asked:
    """Which rows the address asks for: a state, a sheet of the file, a page."""

    def __init__(self, request: Any, summary: Summary) -> None:
        values = request.POST if request.method == "POST" else request.GET
        self.path = request.path
        counts = {state: _count(summary, state, None) for state in STATES}
        first = next((state for state in ("refused", "changed", "new") if counts[state]), "equal")
        self.state = values.get("state") if values.get("state") in STATES else first
        sheet = whole_number(values.get("sheet", ""))
        self.sheet = sheet if sheet is not None and sheet < len(summary.sheets) else None
        self.size = PAGES.get(self.state, PAGE)
        self.count = _count(summary, self.state, self.sheet)
        last = max(1, -(-self.count // self.size))
        self.page = min(whole_number(values.get("page", "")) or 1, last)
        self.last = last

    def rows(self, upload: Upload) -> list[dict[str, Any]]:
        """The rows of the page."""
        return planning.page(upload, self.state, self.sheet, (self.page - 1) * self.size, self.size)

    def url(self, **changes: Any) -> str:
        """This page with other answers; another state or sheet begins at page 1."""
        now = {"state": self.state, "sheet": self.sheet, **changes}
        return f"{self.path}?{urlencode({name: value for name, value in now.items() if value is not None})}"

    @property
    def pager(self) -> Pager:
        """The neighbouring pages."""
        if self.last == 1:
            return Pager()
        before = self.url(page=self.page - 1) if self.page > 1 else ""
        after = self.url(page=self.page + 1) if self.page < self.last else ""
        return Pager(before, after, f"第{self.page}页，共{self.last}页")


def _count(summary: Summary, state: str, sheet: int | None) -> int:
    chosen = summary.sheets if sheet is None else [summary.sheets[sheet]]
    return sum(int(one[state]) for one in chosen)


def context(upload: Upload, summary: Summary, asked: Asked) -> dict[str, Any]:
    """What the preview's page shows."""
    rows = asked.rows(upload)
    new, changed = summary.total("new"), summary.total("changed")
    main = None
    if not summary.refused and (new or changed):
        main = Action(f"去保存（新增{new}条，修改{changed}条）", reverse("shell:import_confirm", args=[upload.uid]))
    actions = [Action("改列对应", reverse("shell:import_columns", args=[upload.uid]), "edit")]
    if summary.problems:
        actions.append(Action("下载标出问题的工作簿", reverse("shell:import_marked", args=[upload.uid]), "download"))
    actions.append(Action("不导入了，删除文件", reverse("shell:import_discard", args=[upload.uid]), "close", post=True))
    general = [problem for problem in summary.general if problem["level"] == REFUSE]
    return {
        "steps": steps(2),
        "upload": upload,
        "summary": summary,
        "lead": _lead(summary, new, changed),
        "main": main,
        "actions": actions,
        "sheets": _sheets(summary),
        "refusals": [
            Violation(problem["code"], _placed(problem), problem["source"], value=problem["value"])
            for problem in general
        ],
        "notes": [_placed(problem) for problem in summary.general if problem["level"] != REFUSE],
        "tabs": _tabs(summary, asked),
        "bar": _bar(summary, asked),
        "state": asked.state,
        "sheet": "" if asked.sheet is None else asked.sheet,
        "page": asked.page,
        "mends": [_mending(line, summary) for line in rows] if asked.state == "refused" else [],
        "table": None if asked.state == "refused" or not rows else _table(rows, asked.state),
        "pager": asked.pager,
    }


def _lead(summary: Summary, new: int, changed: int) -> str:
    if summary.refused:
        return (
            f"有{summary.problems}处要改，改好之前什么都不会保存。可以就在这里改，也可以下载标出问题的工作簿改好再传。"
        )
    if not new and not changed:
        return "文件里的记录与已有记录完全相同，没有要保存的。"
    return "没有问题。现在还什么都没有保存；下面就是保存时要做的。"


def _placed(problem: dict[str, Any]) -> str:
    row = f"第{problem['row']}行" if problem["row"] else ""
    place = " ".join(part for part in (problem["sheet"], row) if part)
    inside = "" if problem["sheet"] in problem["message"] else place
    return f"{inside}{'：' if inside else ''}{problem['message']}{'——' if problem['mend'] else ''}{problem['mend']}"


def _sheets(summary: Summary) -> Table:
    absent = {str(count[0]): int(count[4]) for count in summary.counts}
    heads = ("工作表", "对应", "新增", "修改", "相同", "要改", "台账另有")
    rows = []
    for sheet in summary.sheets:
        numbers = [sheet["new"], sheet["changed"], sheet["equal"], sheet["refused"], absent.get(sheet["name"], 0)]
        cells = [Cell(str(number), number=True) for number in numbers]
        rows.append(Row((Cell(sheet["title"]), Cell(sheet["name"]), *cells)))
    return Table(tuple(Head(head, number=place > 1) for place, head in enumerate(heads)), rows)


def _tabs(summary: Summary, asked: Asked) -> list[Tab]:
    return [
        Tab(label, asked.url(state=state), state == asked.state, str(_count(summary, state, asked.sheet)))
        for state, label in STATES.items()
        if _count(summary, state, None)
    ]


def _bar(summary: Summary, asked: Asked) -> FilterBar | None:
    if len(summary.sheets) < 2:
        return None
    choices = [Choice("", "全部", asked.sheet is None)]
    choices += [Choice(str(place), sheet["title"], place == asked.sheet) for place, sheet in enumerate(summary.sheets)]
    field = Field("sheet", "工作表", "select", choices=tuple(choices))
    return FilterBar(asked.path, (field,), kept=(("state", str(asked.state)),), target="#rows")


def _table(rows: list[dict[str, Any]], state: str) -> Table:
    last = {"changed": "改成什么", "warned": "请核对"}.get(state, "")
    heads = [Head("行"), Head("内容"), *([Head(last)] if last else [])]
    found = []
    for line in rows:
        cells = [Cell(f"{line['title']} 第{line['row']}行"), Cell(_known_by(line))]
        if state == "changed":
            cells.append(Cell("；".join(_change(change) for change in line["changes"])))
        elif state == "warned":
            cells.append(Cell("；".join(_warning(one) for one in line["problems"] if one["level"] != REFUSE)))
        found.append(Row(tuple(cells)))
    return Table(tuple(heads), found)


def _known_by(line: dict[str, Any]) -> str:
    return "，".join(f"{header} {text}" for header, text in line["words"])


def _change(change: list[Any]) -> str:
    header, before, after, shown = change
    return f"{header}：{before} → {after}" if shown else f"{header}有改动"


def _warning(problem: dict[str, Any]) -> str:
    source = f"〔{problem['source']}〕" if problem["source"] else ""
    mend = f"——{problem['mend']}" if problem["mend"] else ""
    return f"{problem['message']}{source}{mend}"


def _mending(line: dict[str, Any], summary: Summary) -> dict[str, Any]:
    """One row with problems: its faulty cells as fields, the others behind a fold, what belongs to no cell as text."""
    place = next(index for index, sheet in enumerate(summary.sheets) if sheet["title"] == line["title"])
    problems = [problem for problem in line["problems"] if problem["level"] == REFUSE]
    headers = {cell["header"] for cell in line["cells"]}
    faulty: list[Field] = []
    others: list[Field] = []
    for cell in line["cells"]:
        mine = [problem for problem in problems if problem["column"] == cell["header"]]
        (faulty if mine else others).append(_field(cell, mine, f"c-{place}-{line['row']}-{cell['column']}"))
    return {
        "title": f"{line['title']} 第{line['row']}行",
        "words": _known_by(line),
        "faulty": faulty,
        "others": others,
        "loose": [_warning(problem) for problem in problems if problem["column"] not in headers],
        "leave": Field(f"x-{place}-{line['row']}", "这一行不导入", "check"),
    }


def _field(cell: dict[str, Any], problems: list[dict[str, Any]], name: str) -> Field:
    errors = tuple(_warning(problem) for problem in problems)
    before = f"文件里是 {cell['masked']}；不改就空着，没有就填“—”" if cell["masked"] else ""
    if not cell["choices"]:
        return Field(name, cell["label"], value=cell["text"], before=before, errors=errors)
    known = cell["text"] in cell["choices"]
    choices = [Choice("", "（空）", not cell["text"])]
    if cell["text"] and not known:
        choices.append(Choice(cell["text"], f"{cell['text']}（认不出）", chosen=True))
    choices += [Choice(choice, choice, choice == cell["text"]) for choice in cell["choices"]]
    return Field(name, cell["label"], "select", choices=tuple(choices), errors=errors)
