"""Papers of the term change that stand on the register: electors, delegates, and the report on their credentials."""

from __future__ import annotations

from zhijia.core import bearers
from zhijia.core.dates import chinese_date
from zhijia.core.evidence import Evidence
from zhijia.core.names import pinyin_key
from zhijia.documents.docx.blocks import (
    WU_HAO,
    Block,
    Document,
    Heading,
    Note,
    Paragraph,
    Run,
    Signature,
    Subtitle,
    Table,
    Text,
    Title,
)
from zhijia.documents.docx.headings import numbered
from zhijia.reports.figures import Figures
from zhijia.reports.material import Material
from zhijia.reports.outline.shape import said
from zhijia.reports.papers.registers import dim, label
from zhijia.reports.papers.teller import Teller
from zhijia.reports.workshop import ELECTION, Paper, Workshop
from zhijia.unions import naming

MEMBERS, DELEGATES = "members.active", "elections.delegates"

OPENING = said(
    "credentials.opening",
    "根据《中国工会章程》和工会基层组织选举工作的有关规定，{@union}{@meeting}{@congress}代表由各工会小组民主选举产生。现将代表资格审查情况报告如下。",
    rids="R02 R139",
)
DUE = said(
    "credentials.due",
    "各工会小组共选出代表{elections.delegates}。",
    rids="R02",
)
ELECTORS = said(
    "credentials.electors",
    "截至{@last}，有选举权和被选举权的会员共{members.active}，分布在{groups.count}工会小组。",
    rids="R06",
)
SHAPE = said(
    "credentials.shape",
    "代表中，女代表占{elections.delegate_women_share}，领导干部占{elections.delegate_leader_share}，代表结构具有广泛性和代表性。",
    "代表中，女代表占{elections.delegate_women_share}。",
    rids="R02",
)
RESULT = said(
    "credentials.result",
    "经审查，{elections.delegates}代表的产生程序符合规定，具备代表资格，提请大会予以确认。",
    rids="R02",
)
SENTENCES = (OPENING, DUE, ELECTORS, SHAPE, RESULT)


def papers(workshop: Workshop) -> list[Paper]:
    """The roster of electors; for a delegates' congress the delegates and the credentials report too."""
    found = [_electors(workshop)]
    delegates = workshop.material.fact(DELEGATES)
    if workshop.material.names.delegates and delegates and delegates.value:
        found += [_delegates(workshop), _credentials(workshop)]
    return [paper for paper in found if paper]


def _electors(workshop: Workshop) -> Paper | None:
    material = workshop.material
    rows = material.rows(MEMBERS)
    if not rows:
        return None
    figures = workshop.figures()
    order = _group_order(material)
    rows.sort(key=lambda row: (order.get(row.dims.get("group", ""), len(order)), pinyin_key(row.label[0])))
    cells: list[tuple[Text, ...]] = [
        (str(number), row.label[0], _sex(row, material), row.dims.get("group", ""), row.label[1], "有")
        for number, row in enumerate(rows, start=1)
    ]
    table = Table(
        ("序号", "姓名", "性别", "工会小组", "处室", "选举权"), cells, widths=(1, 2, 1, 3, 3, 1.2),
        align=("centre", "left", "centre", "left", "left", "centre"), size=WU_HAO,
    )  # fmt: skip
    blocks: list[Block] = [
        Title(f"{material.names.union}会员名册（选举人）"),
        Subtitle(f"（截至{chinese_date(material.scope.last)}）"),
        Paragraph(["有选举权的会员共", figures(MEMBERS), *_women(figures, material), "。"]),
        table,
        Note("注：保留会籍的退休人员不列入。"),
    ]
    return _paper(workshop, "electors", "会员名册（选举人）", blocks, figures)


def _group_order(material: Material) -> dict[str, int]:
    """Each group's place in the union's own order of its groups."""
    borne = naming.borne(material.scope.union)
    places = {name: place for place, (name, *_lives) in enumerate(borne.values())}
    return places | {name: place for place, name in enumerate(bearers.apart(borne).values())}


def _women(figures: Figures, material: Material) -> list[str | Run]:
    fact = material.fact("members.women")
    return ["，其中女会员", figures("members.women")] if fact and fact.value else []


def _sex(row: Evidence, material: Material) -> str:
    return dim("sex")(row, material, MEMBERS)


def _delegates(workshop: Workshop) -> Paper:
    material, figures = workshop.material, workshop.figures()
    name, group, sex = label(0), label(1), dim("sex")
    order = _group_order(material)
    rows = sorted(material.rows(DELEGATES), key=lambda row: order.get(row.label[1], len(order)))
    cells = [
        (str(number), name(row, material, DELEGATES), sex(row, material, DELEGATES), group(row, material, DELEGATES))
        for number, row in enumerate(rows, start=1)
    ]
    table = Table(
        ("序号", "姓名", "性别", "工会小组"),
        cells,
        widths=(1, 3, 1.5, 5),
        align=("centre", "left", "centre", "left"),
        size=WU_HAO,
    )
    blocks: list[Block] = [
        Title(f"{material.names.union}{workshop.congress}代表名册"),
        Paragraph(["共选出代表", figures(DELEGATES), "。"]),
        table,
    ]
    return _paper(workshop, "delegates", "代表名册", blocks, figures)


def _credentials(workshop: Workshop) -> Paper:
    material, figures = workshop.material, workshop.figures()
    teller = Teller(material, figures)
    names = material.names
    blocks: list[Block] = [
        Title(f"{names.union}{workshop.congress}代表资格审查报告"),
        Paragraph(teller.paragraph([OPENING])),
    ]
    for heading, sentences in (("代表产生情况", (ELECTORS, DUE)), ("代表结构", (SHAPE,)), ("审查意见", (RESULT,))):
        if runs := teller.paragraph(sentences):
            blocks += [Heading(1, heading), Paragraph(runs)]
    by = material.values[DELEGATES].by
    if groups := by.get("group"):
        order = _group_order(material)
        codes = sorted(groups, key=lambda code: order.get(code, len(order)))
        rows: list[list[Text]] = [[code, figures(DELEGATES, by={"group": code}, form="table")] for code in codes]
        total: list[Text] = ["合计", figures(DELEGATES, form="table")]
        blocks.append(
            Table(
                ("工会小组", "代表人数"), rows, widths=(4, 2), align=("left", "right"), total=total, caption="代表分布"
            )
        )
    blocks.append(Signature(f"{names.union}代表资格审查小组", names.congress_on))
    workshop.withheld += teller.withheld
    document = Document(
        blocks=numbered(blocks),
        title="代表资格审查报告",
        created_at=workshop.created_at,
        kind="plain",
        creator=names.union,
    )
    return Paper("credentials", ELECTION, "代表资格审查报告", document, figures)


def _paper(workshop: Workshop, key: str, title: str, blocks: list[Block], figures: Figures) -> Paper:
    document = Document(
        blocks=blocks,
        title=title,
        created_at=workshop.created_at,
        kind="register",
        creator=workshop.material.names.union,
    )
    return Paper(key, ELECTION, title, document, figures)
