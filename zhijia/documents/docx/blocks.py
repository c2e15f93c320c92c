"""The words in which every document of the house is described.

Pure values: what a paper says and in which role, never how it is drawn. Sizes are in points, page lengths
in millimetres. Wrong combinations are a programmer's mistake and raise ValueError at once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

Face = Literal["body", "kai", "hei", "title"]
Align = Literal["left", "centre", "right", "both"]
Number = int | float | Decimal | None

XIAO_SI = 12.0  # 小四
WU_HAO = 10.5  # 五号
_MARK = re.compile(r"[A-Za-z_\u4e00-\u9fff][A-Za-z0-9_\u4e00-\u9fff]{0,39}")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one look; `mark` becomes a Word bookmark, so that figures.json can point to it."""

    text: str
    bold: bool = False
    mark: str | None = None
    face: Face | None = None

    def __post_init__(self) -> None:
        if self.mark is not None and not _MARK.fullmatch(self.mark):
            raise ValueError(f"no bookmark name for Word (a letter, then letters, digits, _): {self.mark!r}")


Text = str | Run | Sequence[str | Run]


def runs_of(text: Text) -> tuple[Run, ...]:
    """The runs of any text content, plain strings included; empty ones are left out."""
    parts = (text,) if isinstance(text, str | Run) else text
    runs = (Run(part) if isinstance(part, str) else part for part in parts)
    return tuple(run for run in runs if run.text or run.mark)


def plain(text: Text) -> str:
    """The characters of any text content, without looks and marks."""
    return "".join(run.text for run in runs_of(text))


@dataclass(frozen=True, slots=True)
class Title:
    """The title, 小标宋 centred; balanced over lines by the engine unless `lines` says where it breaks."""

    text: str
    lines: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Subtitle:
    """A centred line below the title in 楷体: date of a speech, name of the speaker, （草案）."""

    runs: Text


@dataclass(frozen=True, slots=True)
class Salutation:
    """The people a speech addresses, flush left: 各位代表、同志们：."""

    text: Text


@dataclass(frozen=True, slots=True)
class Addressee:
    """主送: to whom a paper goes, flush left, ended by a full-width colon (added where missing)."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 4, also in Word's navigation pane; it never stands alone at a page's foot."""

    level: int
    text: Text

    def __post_init__(self) -> None:
        if self.level not in (1, 2, 3, 4):
            raise ValueError(f"a heading has level 1 to 4, not {self.level}")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Body text, first line indented by two characters unless `indent` is off."""

    runs: Text
    indent: bool = True
    align: Align = "both"
    keep_with_next: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A small remark below a table or at the end: 注：…. Written as given."""

    runs: Text


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A cell of a table head that spans `columns` and `rows`."""

    text: Text
    columns: int = 1
    rows: int = 1


Headers = Sequence[str] | Sequence[Sequence[str | HeadCell]]


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table whose head repeats on every page.

    `headers` is one row of texts, or several rows of texts and `HeadCell`s (a cell that spans rows is named
    in its first row only). `widths` are proportions of the text width, equal if None; `align` is per column,
    left if None (give amounts "right"). `total` is a bold last row. `unit` stands right above, as 单位：元.
    `row_height_mm` is the least height of a body row, for tables that are filled in by hand.
    """

    headers: Headers
    rows: Sequence[Sequence[Text]]
    widths: Sequence[float] | None = None
    align: Sequence[Align] | None = None
    total: Sequence[Text] | None = None
    caption: str | None = None
    unit: str | None = None
    size: float = XIAO_SI
    row_height_mm: float | None = None

    def __post_init__(self) -> None:
        if self.size not in (XIAO_SI, WU_HAO):
            raise ValueError(f"table text is 小四 (12) or 五号 (10.5), not {self.size}")
        columns = self.columns
        for name, given in (("widths", self.widths), ("align", self.align), ("total", self.total)):
            if given is not None and len(given) != columns:
                raise ValueError(f"{name} has {len(given)} entries for {columns} columns")
        for number, row in enumerate(self.rows, start=1):
            if len(row) != columns:
                raise ValueError(f"row {number} has {len(row)} cells for {columns} columns")

    @property
    def head_rows(self) -> tuple[tuple[HeadCell, ...], ...]:
        """The head as rows of cells, whatever way it was given; empty if the table has none."""
        simple = tuple(HeadCell(text) for text in self.headers if isinstance(text, str))
        if simple:
            return (simple,)
        rows = [row for row in self.headers if not isinstance(row, str)]
        return tuple(tuple(HeadCell(cell) if isinstance(cell, str) else cell for cell in row) for row in rows)

    @property
    def columns(self) -> int:
        """How many columns the table has, by its head or, without one, by its first row."""
        head = self.head_rows
        if head:
            return sum(cell.columns for cell in head[0])
        return len(self.rows[0]) if self.rows else 0


@dataclass(frozen=True, slots=True)
class Series:
    """One row of values of a chart; None leaves a gap."""

    name: str
    values: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A native Word chart with its data in an embedded workbook, direct labels, and the axis from zero.

    A rank is a bar chart lying down, for categories with long names, the first on top. A pie has one series without
    negative values. `alt` is the text for people who can not see it; the engine writes it from the data if None.
    Money is given in the unit that is named, not in 分.
    """

    kind: Literal["bar", "rank", "line", "pie"]
    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str | None = None
    alt: str | None = None

    def __post_init__(self) -> None:
        if not self.categories or not self.series:
            raise ValueError("a chart needs categories and at least one series")
        for series in self.series:
            if len(series.values) != len(self.categories):
                raise ValueError(f"series {series.name!r} has not one value for each of the categories")
        if self.kind == "pie" and (len(self.series) > 1 or any((v or 0) < 0 for v in self.series[0].values)):
            raise ValueError("a pie shows one series without negative values")


@dataclass(frozen=True, slots=True)
class Signature:
    """The signing body (or bodies) centred over the date, which stands four characters from the right."""

    org: str | tuple[str, ...]
    on: date


@dataclass(frozen=True, slots=True)
class SignLines:
    """Lines to sign on: each label, then a blank: 总监票人（签字）：＿＿＿＿."""

    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SealPlace:
    """The spot for a seal, right-aligned in light grey: （盖章处）."""

    text: str = "（盖章处）"


@dataclass(frozen=True, slots=True)
class Attachments:
    """附件说明: the names of what is attached, numbered if there are several, without a full stop."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记 at the foot of the last page: who gets copies, who printed it and when."""

    issued_by: str
    on: date
    copies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SignatureList:
    """签收表: rows to be signed by hand, numbered, `per_row` people side by side.

    `headers` name the columns of `rows`; `sign` names the empty columns that follow.
    """

    rows: Sequence[Sequence[str]]
    headers: tuple[str, ...] = ("姓名",)
    sign: tuple[str, ...] = ("签名",)
    per_row: int = 1
    caption: str | None = None
    row_height_mm: float = 10.0


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts on a new page."""


@dataclass(frozen=True, slots=True)
class Section:
    """What follows starts on a new page of this orientation; as the first block it only sets the orientation."""

    landscape: bool = False


Block = (
    Title | Subtitle | Salutation | Addressee | Heading | Paragraph | Note | Table | Chart | Signature | SignLines
    | SealPlace | Attachments | Imprint | SignatureList | PageBreak | Section
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole paper. The same value always gives the same bytes, hence `created_at` (with time zone) is given.

    `kind`: speech (title and text), red_head (X文件 with red line and 发文字号), plain (any other paper),
    register (tables: narrow margins, smaller title). `issuer` is the red head's name without 文件; `signer`
    (签发人) is given for upward papers only. `creator` is the union's name. `paper_colour` is RRGGBB (ballots).
    """

    blocks: Sequence[Block]
    title: str
    created_at: datetime
    kind: Literal["speech", "red_head", "plain", "register"] = "plain"
    creator: str = ""
    doc_number: str | None = None
    signer: str | None = None
    issuer: str | None = None
    speaker_copy: bool = False
    paper_colour: str | None = None

    def __post_init__(self) -> None:
        if self.created_at.tzinfo is None:
            raise ValueError("created_at needs a time zone")
        if self.kind == "red_head" and not self.issuer:
            raise ValueError("a red-head document names its issuer")
        if self.paper_colour is not None and not re.fullmatch(r"[0-9A-F]{6}", self.paper_colour):
            raise ValueError("paper_colour is RRGGBB in capital hexadecimal digits")
