"""Registers (登记册) written from the records behind facts; the names of people who were cared for are masked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from zhijia.core.dates import chinese_date
from zhijia.core.evidence import Evidence
from zhijia.core.identity import mask_name
from zhijia.core.money import yuan
from zhijia.documents.docx.blocks import (
    WU_HAO,
    Align,
    Block,
    Document,
    Note,
    Paragraph,
    Run,
    Section,
    Subtitle,
    Table,
    Title,
)
from zhijia.reports.material import Material
from zhijia.reports.workshop import REGISTERS, Paper, Workshop

Cell = Callable[[Evidence, Material, str], str]


@dataclass(frozen=True, slots=True)
class Register:
    """One register: the fact whose records it lists, its columns (header, cell, width), the figures told above it."""

    key: str
    title: str
    fact: str
    columns: tuple[tuple[str, Cell, float], ...]
    told: tuple[tuple[str, str], ...] = ()  # (words, fact key)
    note: str = ""
    landscape: bool = False


def day(row: Evidence, _material: Material, _fact: str) -> str:
    """The record's date, short enough for a column."""
    return row.on.isoformat() if row.on else ""


def label(place: int) -> Cell:
    """A word of the record's label."""
    return lambda row, _material, _fact: row.label[place] if place < len(row.label) else ""


def first_label(row: Evidence, _material: Material, _fact: str) -> str:
    """The first word of the label that is not empty."""
    return next((word for word in row.label if word), "")


def person(row: Evidence, _material: Material, _fact: str) -> str:
    """The person, masked: 张*."""
    return mask_name(next((word for word in row.label[:2] if word), ""))


def honoured(row: Evidence, material: Material, _fact: str) -> str:
    """Who got an honour; the organ or the union itself by its name."""
    own = {"unit": material.names.get("organ_full"), "union": material.names.get("union")}
    return row.label[2] or own.get(row.dims.get("subject", ""), "")


def dim(name: str) -> Cell:
    """A category by its name for people."""
    return lambda row, material, fact: material.label_of(fact, name, row.dims.get(name, ""))


def money(row: Evidence, _material: Material, _fact: str) -> str:
    """The record's amount in yuan."""
    return yuan(row.fen) if row.fen else ""


def year(row: Evidence, _material: Material, _fact: str) -> str:
    """The record's year."""
    return str(row.on.year) if row.on else ""


REGISTERED = (
    Register(
        "plan_table", "计划及完成情况表", "plans.items",
        (("列入日期", day, 2.2), ("事项", first_label, 6), ("板块", dim("block"), 2),
         ("完成情况", dim("standing"), 2.2)),
        (("列入计划", "plans.items"), ("办结率", "plans.done_rate")),
    ),
    Register(
        "care_register", "走访慰问登记册", "care.visits",
        (("日期", day, 2.4), ("走访对象", person, 1.6), ("类别", dim("category"), 2.4), ("时机", dim("occasion"), 2),
         ("慰问金额（元）", money, 2), ("工会角色", dim("role"), 1.6), ("经费承担", dim("payer"), 1.6)),
        (("走访慰问", "care.visits"), ("慰问金和慰问品", "care.visit_amount"), ("应访事项走访率", "care.visit_rate")),
        "走访对象姓名已作遮盖，病情等不列入本册；完整记录在系统内按权限查看。",
    ),
    Register(
        "honours", "荣誉册", "honours.count",
        (("日期", day, 2.4), ("荣誉称号", label(1), 4), ("获奖对象", honoured, 2.4), ("授予单位", label(3), 3),
         ("级别", dim("level"), 1.4)),
        (("荣誉称号", "honours.count"),),
    ),
    Register(
        "placings", "比赛名次册", "activities.placings",
        (("日期", day, 2.3), ("比赛", label(0), 5.5), ("名次", label(1), 3), ("获奖者", label(2), 1.4),
         ("主办单位", label(3), 2.6), ("级别", dim("level"), 1)),
        (("比赛名次", "activities.placings"),),
    ),
    Register(
        "notices_register", "公示登记册", "notices.count",
        (("日期", day, 2.4), ("公示事项", first_label, 6), ("类别", dim("kind"), 1.8), ("范围", dim("scope"), 1.8)),
        (("公示", "notices.count"), ("收到异议", "notices.objections")),
    ),
)  # fmt: skip
_RIGHT = {"慰问金额（元）"}


def papers(workshop: Workshop) -> list[Paper]:
    """Every register that has a row, and the documents that the rooms themselves offer."""
    found = [paper for register in REGISTERED if (paper := write(register, workshop))]
    return [*found, *_of_rooms(workshop)]


def write(register: Register, workshop: Workshop, *, folder: str = REGISTERS) -> Paper | None:
    """One register; None where there is no row."""
    material = workshop.material
    rows = material.rows(register.fact)
    if not rows:
        return None
    figures = workshop.figures()
    cells: list[tuple[str, ...]] = [
        (str(number), *(cell(row, material, register.fact) for _head, cell, _width in register.columns))
        for number, row in enumerate(rows, start=1)
    ]
    heads = ("序号", *(head for head, _cell, _width in register.columns))
    align: list[Align] = ["centre", *("right" if head in _RIGHT else "left" for head in heads[1:])]
    title = f"{material.names.union}{workshop.committee}{register.title}"
    told: list[str | Run] = []
    for words, key in register.told:
        fact = material.fact(key)
        if fact is None or not fact.evidence_count:
            continue
        told += ["，" if told else "", words, figures(key)]
    blocks: list[Block] = [Section(landscape=register.landscape), Title(title), Subtitle(_period(material))]
    if told:
        blocks.append(Paragraph([*told, "。"]))
    widths = (1, *(width for _head, _cell, width in register.columns))
    blocks.append(Table(heads, cells, widths=widths, align=align, size=WU_HAO))
    if register.note:
        blocks.append(Note(f"注：{register.note}"))
    document = Document(
        blocks=blocks,
        title=register.title,
        created_at=workshop.created_at,
        kind="register",
        creator=material.names.union,
    )
    return Paper(register.key, folder, register.title, document, figures)


def _period(material: Material) -> str:
    return f"（{chinese_date(material.scope.first)}至{chinese_date(material.scope.last)}）"


def _of_rooms(workshop: Workshop) -> list[Paper]:
    """Documents that rooms build, each with its own figures."""
    found = []
    for spec in workshop.material.papers:
        figures = workshop.figures()
        document = spec.build(workshop.material.scope, figures)
        if document is not None:
            found.append(Paper(spec.key, spec.folder, spec.title, document, figures))
    return found
