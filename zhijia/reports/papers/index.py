"""The index (目录): each document's state, what a person has to confirm, what was withheld and why, the checks."""

from __future__ import annotations

from collections.abc import Sequence

from zhijia.core.dates import chinese_date
from zhijia.core.feature_types import Finding
from zhijia.documents.docx.blocks import (
    WU_HAO,
    Block,
    Document,
    Heading,
    Note,
    Paragraph,
    Subtitle,
    Table,
    Title,
    plain,
)
from zhijia.documents.docx.headings import numbered
from zhijia.reports import phrases
from zhijia.reports.outline.shape import Sentence
from zhijia.reports.papers import ahead
from zhijia.reports.prose import plain as spoken
from zhijia.reports.telling import NO_RECORDS, SPARED, Withheld, tell
from zhijia.reports.workshop import Workshop

LEVELS = {"refuse": "违反规定", "warn": "提醒", "待确认": "待确认"}


def build(workshop: Workshop, documents: Sequence[tuple[str, str, str, int]]) -> Document:
    """The index of the documents given as (file, title, state, number of figures)."""
    material = workshop.material
    names, scope = material.names, material.scope
    listed = [
        (str(place), file, state, str(count) if count else "—")
        for place, (file, _title, state, count) in enumerate(documents, 1)
    ]
    blocks: list[Block] = [
        Title(f"{names.union}{workshop.congress}材料目录"),
        Subtitle(f"（统计截至{chinese_date(scope.last)}）"),
        Heading(1, "文件清单"),
        Table(
            ("序号", "文件", "状态", "数字"),
            listed,
            widths=(1, 6, 3, 1.2),
            align=("centre", "left", "left", "right"),
            size=WU_HAO,
        ),
        Note(
            "“数字”是文件里有出处的数字个数，每个数字背后的记录都可以用 zhijia facts 列出，或在 figures.json 里查到；"
            "讲稿和工作报告同文，不再另计。"
        ),
        Heading(1, "定稿前须由专人确认"),
    ]
    open_now = [f"{line}。" for line in unconfirmed_of(workshop)] + workshop.notes
    blocks += [Paragraph(line) for line in open_now or ("没有待确认的事项。",)]
    blocks += _withheld(workshop)
    blocks += _checks(workshop)
    blocks += _choices(workshop)
    return Document(
        blocks=numbered(blocks), title="目录", created_at=workshop.created_at, kind="register", creator=names.union
    )


def unconfirmed_of(workshop: Workshop) -> list[str]:
    """What a named person confirms before the version is final: official phrases, leading bodies, standards in use."""
    material, found = workshop.material, []
    day = material.names.congress_on
    for kind in phrases.KINDS:
        phrase = phrases.on(kind, day, material.standards)
        if phrase and not phrase.confirmed:
            found.append(f"待确认：官方表述“{phrase.text}”（出处：{phrase.source or '未注明'}）")
    if leaders := material.names.get("leaders"):
        found.append(f"待确认：领导机关的名称和次序“{leaders}”")
    if not material.names.speaker:
        found.append("待确认：报告人姓名没有登记")
    open_rules = sorted({finding.rule for finding in material.findings if finding.level == "待确认"})
    if open_rules:
        found.append(f"待确认：{'、'.join(open_rules)}所依据的标准还没有人核实")
    return found


def _withheld(workshop: Workshop) -> list[Block]:
    shown = [one for one in workshop.withheld if one.kind not in (NO_RECORDS, SPARED)]
    spared = list(dict.fromkeys(one.wording for one in workshop.withheld if one.kind == SPARED))
    silent = [one for one in workshop.withheld if one.kind == NO_RECORDS]
    blocks: list[Block] = [Heading(1, "没有写进报告的话")]
    if shown:
        rows = [
            (one.wording, one.kind, "；".join(one.reasons[:3]) + ("等" if len(one.reasons) > 3 else ""))
            for one in shown
        ]
        blocks.append(Table(("原话", "原因", "依据"), rows, widths=(4, 2, 5), size=WU_HAO))
    else:
        blocks.append(Paragraph("凡有记录的，都写进了报告。"))
    if spared:
        blocks.append(Paragraph("下列内容有记录支持，为精简数字没有写进工作报告，可以按需要补入："))
        blocks += [Paragraph(words) for words in spared]
    if silent:
        blocks.append(Note(f"另有{len(silent)}处没有记录，报告里没有提。"))
    return blocks


def _choices(workshop: Workshop) -> list[Block]:
    """The reflections and problems on offer: those that the report says, the others in the words to add."""
    material = workshop.material
    report = workshop.report.blocks if workshop.report else ()
    text = "".join(plain(block.runs) for block in report if isinstance(block, Paragraph))

    def row(kind: str, name: str, sentence: Sentence, lead: str = "") -> tuple[str, str, str]:
        if name in text:
            return kind, name, "已用"
        spans = tell(sentence, material)
        return kind, name if isinstance(spans, Withheld) else lead + spoken(spans), "备选"

    rows = [row("体会", one.phrase, one.sentence, f"{one.phrase}。") for one in ahead.offered(material)]
    rows += [row("问题", one.title, one.sentence) for one in ahead.candidates(material)]
    if not rows:
        return []
    return [
        Heading(1, "体会和问题的备选"),
        Table(("类别", "内容", "取舍"), rows, widths=(1.2, 8, 1.2), size=WU_HAO),
        Note("备选的写着全文，可以在“报告—报告工作台”里照着补进报告。"),
    ]


def _checks(workshop: Workshop) -> list[Block]:
    material = workshop.material
    findings = material.findings
    blocks: list[Block] = [Heading(1, "规则检查")]
    if not findings:
        return [*blocks, Paragraph("记录没有违反已登记的规则。")]
    kinds: dict[str, list[Finding]] = {}
    for finding in findings:
        title = material.rules.get((finding.rule, finding.label), finding.rule)
        kinds.setdefault(title, []).append(finding)
    rows = [
        (
            title,
            LEVELS.get(found[0].level, found[0].level),
            str(sum(one.then for one in found)),
            str(sum(one.now for one in found)),
            found[0].message,
        )
        for title, found in kinds.items()
    ]
    head = ("规则", "性质", "按当时规定", "按现行规定", "举例")
    return [
        *blocks,
        Table(
            head, rows, widths=(3, 1.4, 1.6, 1.6, 5.4), align=("left", "left", "right", "right", "left"), size=WU_HAO
        ),
    ]
