"""The report on income and expenditure (经费收支情况报告), with yearly tables and native charts. Reference 7.2."""

from __future__ import annotations

from decimal import Decimal

from zhijia.core.dates import chinese_date
from zhijia.documents.docx.blocks import (
    WU_HAO,
    Align,
    Block,
    Chart,
    Document,
    Heading,
    Note,
    Paragraph,
    Salutation,
    Section,
    Series,
    Subtitle,
    Table,
    Text,
    Title,
)
from zhijia.documents.docx.headings import numbered
from zhijia.reports.figures import Figures
from zhijia.reports.material import Material
from zhijia.reports.outline.shape import said
from zhijia.reports.papers.teller import Teller
from zhijia.reports.workshop import REPORTS, Paper, Workshop

INCOME, EXPENSE, SURPLUS = "funds.income", "funds.expense", "funds.surplus"
RIGHT: Align = "right"
WAN = Decimal(10**6)

OPENING = said(
    "finance.opening",
    "受{@union}{@term}委员会的委托，现将本届工会经费收支情况报告如下，请{@audience}审议。",
)
BASIS = said(
    "finance.basis",
    "任期内，工会经费管理{@basis}，执行工会会计制度和工会预算管理办法，坚持统筹兼顾、保证重点、量入为出、收支平衡的原则，把经费管好用好。",
    rids="R136",
)
TOTALS = said(
    "finance.totals",
    "[期初滚存结余{funds.opening_surplus}，]任期内经费总收入{funds.income}，总支出{funds.expense}；截至{@last}，滚存结余{funds.surplus}"
    "[。同日货币资金{funds.balance}[，应付未付的款项{funds.payable}]]。",
    rids="R136 R139",
)
COLLECTED = said(
    "finance.collected",
    "任期内收缴会费{funds.dues}，行政拨缴经费{funds.contribution}[，其中按规定留归本级{funds.income:account=402}][、已向上级工会解缴"
    "{funds.remitted}][，收到上级补助{funds.superior_grants}]。",
    rids="R136",
)
SHARE = said(
    "finance.share", "用于职工活动、服务和维护职工权益的支出占总支出的{funds.members_share}。", rids="R83 R136"
)
CLOSING = said(
    "finance.closing",
    "下一步，将继续坚持经费为会员服务的方向，严格预算管理，规范开支标准和审批程序，主动公开账目，自觉接受经费审查和会员监督。以上报告，请予审议。",
)
SENTENCES = (OPENING, BASIS, TOTALS, COLLECTED, SHARE, CLOSING)


def papers(workshop: Workshop) -> list[Paper]:
    """The report, where the books hold anything."""
    material = workshop.material
    income, expense = material.fact(INCOME), material.fact(EXPENSE)
    if not income or not expense or not (income.value or expense.value):
        return []
    figures = workshop.figures()
    teller = Teller(material, figures)
    names = material.names
    blocks: list[Block] = [
        Title(f"{names.union}{workshop.committee}经费收支情况报告"),
        Subtitle(f"（{chinese_date(names.congress_on)}）"),
        Salutation(f"{names.get('audience')}、同志们："),
    ]
    blocks += [Paragraph(runs) for one in (OPENING, BASIS) if (runs := teller.paragraph([one]))]
    blocks += [Heading(1, "总体情况"), Paragraph(teller.paragraph([TOTALS, COLLECTED, SHARE]))]
    blocks += _by_year(material, figures)
    blocks += _by_account(material, figures, INCOME, "收入情况", "收入项目")
    blocks += _by_account(material, figures, EXPENSE, "支出情况", "支出项目")
    blocks += [Heading(1, "今后打算"), Paragraph(teller.paragraph([CLOSING]))]
    blocks += _each_year(material, figures)
    workshop.withheld += teller.withheld
    document = Document(
        blocks=numbered(blocks),
        title="经费收支情况报告",
        created_at=workshop.created_at,
        kind="speech",
        creator=names.union,
    )
    return [Paper("finance_report", REPORTS, "02-经费收支情况报告", document, figures)]


def years_told(material: Material) -> list[str]:
    """The years in which money moved."""
    facts = [material.values[key] for key in (INCOME, EXPENSE)]
    return [str(year) for year in material.scope.years if any(fact.by["year"].get(str(year)) for fact in facts)]


def running_year(material: Material) -> str:
    """ "，2026年截至2026年11月20日" where the last year told is not over; empty where it is."""
    last = material.scope.last
    return "" if (last.month, last.day) == (12, 31) else f"，{last.year}年截至{chinese_date(last)}"


def wan(fen: object) -> Decimal:
    """Fen in 万元 with two decimals, for charts."""
    return (Decimal(int(str(fen))) / WAN).quantize(Decimal("0.01"))


def _chart(material: Material, keys: tuple[tuple[str, str], ...], title: str, kind: str) -> Chart:
    years = years_told(material)
    series = tuple(
        Series(name, tuple(wan(material.values[key].at("year", year)) for year in years)) for key, name in keys
    )
    labels = tuple(f"{year}年" for year in years)
    return Chart("line" if kind == "line" else "bar", title, labels, series, unit="万元")


def _by_year(material: Material, figures: Figures) -> list[Block]:
    rows: list[list[Text]] = []
    for year in years_told(material):
        by = {"year": year}
        keys = (INCOME, EXPENSE, SURPLUS)
        cells: list[Text] = [figures(key, by=by, form="table") if key in material.values else "—" for key in keys]
        rows.append([f"{year}年", *cells])
    total: list[Text] = ["合计", figures(INCOME, form="table"), figures(EXPENSE, form="table")]
    total.append(figures(SURPLUS, form="table") if SURPLUS in material.values else "—")
    table = Table(
        ("年度", "收入", "支出", "年末滚存结余"), rows, widths=(2, 3, 3, 3), align=("centre", RIGHT, RIGHT, RIGHT),
        total=total, unit="元", caption="历年收支总表", size=WU_HAO,
    )  # fmt: skip
    blocks: list[Block] = [Heading(1, "历年收支"), table]
    blocks.append(
        Note(f"注：任期首尾两年只计入本届任期以内的部分{running_year(material)}。“合计”行的滚存结余为最后一年的数。")
    )
    blocks.append(_chart(material, ((INCOME, "收入"), (EXPENSE, "支出")), "历年收入和支出", "bar"))
    if SURPLUS in material.values:
        blocks.append(_chart(material, ((SURPLUS, "滚存结余"),), "历年年末滚存结余", "line"))
    return blocks


def cut_short(material: Material, rows: list[list[Text]]) -> list[Block]:
    """The remark below a table of years whose last row holds less than its year."""
    cut = running_year(material).removeprefix("，")
    return [Note(f"注：{cut}。")] if cut and rows[-1][0] == f"{material.scope.last.year}年" else []


def _axis(material: Material, key: str) -> str:
    fact = material.values[key]
    return "account" if fact.by.get("account") else ""


def _by_account(material: Material, figures: Figures, key: str, heading: str, column: str) -> list[Block]:
    axis, fact = _axis(material, key), material.values[key]
    if not axis:
        return []
    codes = [code for code, value in fact.by[axis].items() if value]
    rows: list[list[Text]] = [
        [
            material.label_of(key, axis, code),
            figures(key, by={axis: code}, form="table"),
            figures.share(key, key, {axis: code}),
        ]
        for code in codes
    ]
    table = Table(
        (column, "金额", "占比"), rows, widths=(5, 3, 2), align=("left", "right", "right"),
        total=["合计", figures(key, form="table"), "100.0%"], unit="元", size=WU_HAO,
    )  # fmt: skip
    blocks: list[Block] = [Heading(1, heading), table]
    if all(int(str(fact.by[axis][code])) > 0 for code in codes) and len(codes) > 1:
        blocks.append(_shares(material, key, axis, f"{column}构成"))
    return blocks


def _shares(material: Material, key: str, axis: str, title: str) -> Chart:
    """The items as lying bars, the largest first: one item is often most of the whole, which a pie can not show."""
    fact = material.values[key]
    amounts = sorted(((int(str(value)), code) for code, value in fact.by[axis].items() if value), reverse=True)
    names = tuple(material.label_of(key, axis, code) for _fen, code in amounts)
    return Chart("rank", title, names, (Series("金额", tuple(wan(fen) for fen, _code in amounts)),), unit="万元")


def _each_year(material: Material, figures: Figures) -> list[Block]:
    """What is read rather than heard, behind the speech: items by year, and how the budgets were kept."""
    blocks: list[Block] = []
    for key, name in ((INCOME, "收入"), (EXPENSE, "支出")):
        fact = material.values[key]
        if "year+account" not in fact.by:
            continue
        years = years_told(material)
        rows: list[list[Text]] = []
        for code in fact.by["account"]:
            cells: list[Text] = [figures(key, by={"year": year, "account": code}, form="table") for year in years]
            rows.append([material.label_of(key, "account", code), *cells])
        total: list[Text] = ["合计", *(figures(key, by={"year": year}, form="table") for year in years)]
        heads, widths = ("项目", *(f"{year}年" for year in years)), (5, *(4 for _ in years))
        align: list[Align] = ["left", *(RIGHT for _ in years)]
        caption = f"分年度{name}明细表"
        blocks.append(
            Table(heads, rows, widths=widths, align=align, total=total, unit="元", caption=caption, size=WU_HAO)
        )
    if not blocks:
        return []
    return [Section(landscape=True), *blocks, *_budget(material, figures)]


def _budget(material: Material, figures: Figures) -> list[Block]:
    if not all(
        key in material.values and material.values[key].value for key in ("funds.budget_income", "funds.budget_expense")
    ):
        return []
    rows: list[list[Text]] = []
    for year in years_told(material):
        by = {"year": year}
        if not material.values["funds.budget_expense"].at("year", year):
            continue
        rows.append(
            [
                f"{year}年",
                figures("funds.budget_income", by=by, form="table"),
                figures.share(INCOME, "funds.budget_income", by, by),
                figures("funds.budget_expense", by=by, form="table"),
                figures.share(EXPENSE, "funds.budget_expense", by, by),
            ]
        )
    if not rows:
        return []
    head = ("年度", "收入预算", "完成", "支出预算", "完成")
    align: list[Align] = ["centre", RIGHT, RIGHT, RIGHT, RIGHT]
    table = Table(head, rows, widths=(2, 3, 2, 3, 2), align=align, unit="元", caption="预算执行情况表", size=WU_HAO)
    return [table, *cut_short(material, rows)]
