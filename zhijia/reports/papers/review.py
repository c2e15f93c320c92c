"""The funds review report (经审工作报告) with 问题整改: also what today's rules forbid. Reference 4.3."""

from __future__ import annotations

from collections import defaultdict

from zhijia.core.cube import Rate
from zhijia.core.dates import chinese_date
from zhijia.core.feature_types import Finding
from zhijia.documents.docx.blocks import (
    WU_HAO,
    Align,
    Block,
    Document,
    Heading,
    Note,
    Paragraph,
    Salutation,
    Subtitle,
    Table,
    Text,
    Title,
)
from zhijia.documents.docx.headings import numbered
from zhijia.reports.figures import Figures
from zhijia.reports.outline.shape import said
from zhijia.reports.papers.finance import EXPENSE, INCOME, RIGHT, cut_short, years_told
from zhijia.reports.papers.registers import day, dim, label
from zhijia.reports.papers.teller import Teller
from zhijia.reports.telling import FORBIDDEN
from zhijia.reports.workshop import REPORTS, Paper, Workshop

MONEY_RULES = ("R-FUN", "R-DUE", "R-AID")
REVIEWS = "funds.reviews"
MOST_KINDS = 4
MENDED = {"R-PAYER": "改由规定的渠道负担"}  # the deed is right, who paid for it is not
OF_THE_BUDGET = ("R-FUN-02", "R-FUN-03")  # their records are a year and a line, never a person

OPENING = said(
    "review.opening",
    "我受{@union}{@term}经费审查委员会的委托，向大会报告任期内的经费审查工作，请{@audience}审议。",
    rids="R139",
)
WORK = said(
    "review.work",
    "经费审查委员会{@basis}，独立行使审查监督权。任期内开展审查{funds.reviews}[，其中年度决算审查{funds.reviews:kind=final}]，"
    "审阅记账凭证{funds.vouchers}。",
    "经费审查委员会{@basis}，独立行使审查监督权，任期内开展审查{funds.reviews}。",
    rids="R133 R136",
)
YEARLY = said(
    "review.yearly",
    "经费审查委员会每年对工会经费收支决算进行审查，没有空档。",
    claims=("claims.yearly_review",),
    rids="R136",
)
INCOME_SAID = said("review.income", "任期内经费收入{funds.income}[，收入预算{funds.budget_income}]。", rids="R136")
EXPENSE_SAID = said(
    "review.expense",
    "任期内经费支出{funds.expense}[，支出预算{funds.budget_expense}]，用于会员和职工的占{funds.members_share}。",
    "任期内经费支出{funds.expense}[，支出预算{funds.budget_expense}]。",
    rids="R136",
)
BALANCE_SAID = said(
    "review.balance",
    "[期初滚存结余{funds.opening_surplus}；]截至{@last}，滚存结余{funds.surplus}[。同日货币资金{funds.balance}]"
    "[，应付未付的款项{funds.payable}]"
    "[，固定资产等其他资产{funds.assets}]。",
    rids="R136",
)
FOUND = said(
    "review.found",
    "历次审查共提出意见{funds.review_findings}，整改率为{funds.review_mended}。",
    "历次审查共提出意见{funds.review_findings}。",
    rids="R133 R136",
)
CLEAN = said("review.clean", "历次审查没有提出问题。", needs=(REVIEWS,), unless=("review.found",))
OPINION = said(
    "review.opinion",
    "建议新一届委员会继续加强预算管理，严格执行开支标准，对照现行规定逐项完成整改，并将结果向会员公开。",
    needs=(REVIEWS,),
)
ADVICE = said(
    "review.advice",
    "建议新一届委员会继续加强预算管理和财务公开，坚持每年开展经费审查。",
    needs=(REVIEWS,),
    unless=("review.opinion",),
)
SENTENCES = (OPENING, WORK, YEARLY, INCOME_SAID, EXPENSE_SAID, BALANCE_SAID, FOUND, CLEAN, OPINION, ADVICE)


def papers(workshop: Workshop) -> list[Paper]:
    """The report, where the books or the reviews hold anything."""
    material, names = workshop.material, workshop.material.names
    if not any(fact and fact.value for fact in map(material.fact, (REVIEWS, INCOME, EXPENSE))):
        return []
    figures = workshop.figures()
    teller = Teller(material, figures)
    blocks: list[Block] = [
        Title(f"{names.union}{workshop.committee.removesuffix('委员会')}经费审查委员会工作报告"),
        Subtitle(f"（{chinese_date(names.congress_on)}）"),
        Salutation(f"{names.get('audience')}、同志们："),
        Paragraph(teller.paragraph([OPENING])),
    ]
    for heading, sentences in (
        ("审查工作开展情况", (WORK, YEARLY)),
        ("经费收入情况", (INCOME_SAID,)),
        ("经费支出情况", (EXPENSE_SAID,)),
        ("结余情况", (BALANCE_SAID,)),
    ):
        if runs := teller.paragraph(sentences):
            blocks += [Heading(1, heading), Paragraph(runs)]
    blocks += _table(workshop, figures)
    blocks += [Heading(1, "发现的问题和整改情况")]
    if runs := teller.paragraph([FOUND, CLEAN]):
        blocks.append(Paragraph(runs))
    blocks += _reviews(workshop)
    mending = _mending(workshop)
    blocks += mending
    if runs := teller.paragraph([OPINION, ADVICE] if mending or not _mended(workshop) else [ADVICE]):
        blocks += [Heading(1, "审查意见和建议"), Paragraph(runs)]
    workshop.withheld += teller.withheld
    document = Document(
        blocks=numbered(blocks),
        title="经费审查工作报告",
        created_at=workshop.created_at,
        kind="speech",
        creator=names.union,
    )
    return [Paper("review_report", REPORTS, "03-经费审查工作报告", document, figures, "草稿，请经费审查委员会审定")]


def _mended(workshop: Workshop) -> bool:
    """Whether every remark of the reviewers is settled, as far as the records know."""
    fact = workshop.material.fact("funds.review_mended")
    return fact is None or not isinstance(fact.value, Rate) or not fact.value.den or fact.value.full


def _table(workshop: Workshop, figures: Figures) -> list[Block]:
    material = workshop.material
    if not all(material.fact(key) for key in (INCOME, EXPENSE, "funds.budget_income", "funds.budget_expense")):
        return []
    rows: list[list[Text]] = []
    for year in years_told(material):
        by = {"year": year}
        if material.values["funds.budget_expense"].at("year", year):
            cells = [
                figures(key, by=by, form="table")
                for key in ("funds.budget_income", INCOME, "funds.budget_expense", EXPENSE)
            ]
            rows.append([f"{year}年", *cells])
    head = ("年度", "收入预算", "实际收入", "支出预算", "实际支出")
    align: list[Align] = ["centre", RIGHT, RIGHT, RIGHT, RIGHT]
    if not rows:
        return []
    table = Table(head, rows, widths=(2, 3, 3, 3, 3), align=align, unit="元", caption="预算与实际对照表", size=WU_HAO)
    return [table, *cut_short(material, rows)]


def _reviews(workshop: Workshop) -> list[Block]:
    """The reviews in which something was found."""
    material = workshop.material
    cells = (day, dim("kind"), label(1))
    found = (row for row in material.rows(REVIEWS) if row.fen)
    rows = [(*(cell(row, material, REVIEWS) for cell in cells), str(row.fen)) for row in found]  # fmt: skip
    if not rows:
        return []
    head = ("日期", "审查类别", "审查内容", "意见数")
    return [
        Table(
            head,
            rows,
            widths=(3, 2, 5, 1.5),
            align=("left", "left", "left", "right"),
            caption="提出意见的审查",
            size=WU_HAO,
        )
    ]


def _mending(workshop: Workshop) -> list[Block]:
    """What today's rules forbid or the records lack, with the number of records; who is concerned is not told here."""
    silent = {rule for one in workshop.withheld if one.kind == FORBIDDEN for rule in one.rules}
    by_rule: dict[str, list[Finding]] = defaultdict(list)
    for finding in workshop.material.findings:
        if finding.now and (finding.rule.startswith(MONEY_RULES) or finding.rule in silent):
            by_rule[finding.rule].append(finding)
    rows = []
    for rule, findings in sorted(by_rule.items()):
        answer = MENDED.get(rule) or ("清理停办" if rule in silent else "说明原因，规范办理")
        for message, group in _alike(findings):
            told = f"{group[0].record}：{message}" if rule in OF_THE_BUDGET and len(group) == 1 else message
            rows.append((told, group[0].source, _nature(group), str(len(group)), answer))
    if not rows:
        return []
    head = ("问题", "依据", "性质", "件数", "整改要求")
    align: list[Align] = ["left", "left", "left", RIGHT, "left"]
    return [
        Paragraph("对照现行规定，对任期内的记录逐条作了比对，需要整改或者说明的事项如下表。"),
        Table(head, rows, widths=(4, 3, 2.4, 1, 2.6), align=align, caption="问题整改清单", size=WU_HAO),
        Note("注：本表由规则比对得出，逐条记录可以在系统内按权限查看。"),
    ]


def _alike(findings: list[Finding]) -> list[tuple[str, list[Finding]]]:
    """Findings of one rule by their words; taken together where nearly each has words of its own."""
    groups: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        groups[finding.message.rstrip("。")].append(finding)
    if len(groups) <= MOST_KINDS:
        return list(groups.items())
    return [(f"{next(iter(groups))}等{len(groups)}种情形", findings)]


def _nature(findings: list[Finding]) -> str:
    then = sum(finding.then for finding in findings)
    if then == len(findings):
        return "当时即不符合规定"
    return "部分当时即不符合规定" if then else "历史做法，不符合现行规定"
