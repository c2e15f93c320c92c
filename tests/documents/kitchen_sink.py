"""One document of every kind with every block in it, for the tests and for looking at."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from zhijia.documents.docx.blocks import (
    WU_HAO,
    Addressee,
    Attachments,
    Chart,
    Document,
    HeadCell,
    Heading,
    Imprint,
    Note,
    PageBreak,
    Paragraph,
    Run,
    Salutation,
    SealPlace,
    Section,
    Series,
    Signature,
    SignatureList,
    SignLines,
    Subtitle,
    Table,
    Title,
)
from zhijia.documents.docx.headings import numbered

AT = datetime(2026, 3, 8, 9, 0, tzinfo=UTC)
ON = date(2026, 3, 8)
YEARS = ("2021年", "2022年", "2023年", "2024年", "2025年")
SENTENCE = "工会坚持以职工为本把服务职工作为一切工作的出发点和落脚点努力把机关工会建设成为干部职工信赖的职工之家"


def charts() -> list[Chart]:
    return [
        Chart(
            "bar", "五年活动次数", YEARS, (Series("活动", (12, 15, 9, 18, 21)), Series("培训", (3, 4, 2, 6, 7))), "次"
        ),
        Chart("line", "工会经费收支", YEARS, (Series("收入", (Decimal("12.5"), 13.2, None, 15.0, 16.8)),), "万元"),
        Chart(
            "rank", "支出项目", ("职工活动支出", "维权支出", "业务支出"), (Series("金额", (440.1, 53.1, 12)),), "万元"
        ),
        Chart("pie", "困难补助原因", ("患病", "子女就学", "意外"), (Series("人数", (8, 3, 1)),), "人"),
    ]


def finance_table(rows: int = 12) -> Table:
    return Table(
        headers=(
            (HeadCell("项目", rows=2), HeadCell("收入", columns=2), HeadCell("支出", rows=2)),
            ("会费", "拨缴经费"),
        ),
        rows=[
            (f"第{n}项工作经费", "1,234.50", Run("20,000.00", mark=f"table_{n}"), f"{n * 137}.00")
            for n in range(1, rows + 1)
        ],
        widths=(4, 2, 2, 2),
        align=("left", "right", "right", "right"),
        total=("合计", "14,814.00", "240,000.00", "10,686.00"),
        caption="表1　工会经费收支情况",
        unit="元",
    )


def speech(*, speaker_copy: bool = False) -> Document:
    body: list = []
    for part in ("主要工作回顾", "体会与不足", "下一届工作建议"):
        body.append(Heading(1, part))
        for section in ("加强思想引领，凝聚奋进力量", "做实服务关爱，办好职工实事"):
            body.append(Heading(2, section))
            body += [
                Paragraph(SENTENCE * 5 + "。"),
                Paragraph(("共走访慰问", Run("128人次", mark=f"m{len(body)}"), "。", SENTENCE + "。")),
            ]
            body += [
                Heading(3, "坚持把走访慰问落到实处"),
                Paragraph(SENTENCE * 3 + "。"),
                Heading(4, "做到五必访"),
                Paragraph(SENTENCE + "。"),
            ]
    return Document(
        blocks=(
            Title("在浙江省住房和城乡建设厅机关工会第五届会员代表大会第一次会议上的工作报告"),
            Subtitle("（2026年3月8日）"),
            Subtitle("第五届工会委员会主席　王建国"),
            Salutation("各位代表、同志们："),
            Paragraph("现在，我代表机关工会第五届委员会向大会作工作报告，请予审议。" + SENTENCE * 2 + "。"),
            *numbered(body),
            Paragraph("以上报告，请予审议。"),
        ),
        title="工作报告",
        created_at=AT,
        kind="speech",
        creator="省建设厅机关工会",
        speaker_copy=speaker_copy,
    )


def request() -> Document:
    return Document(
        blocks=(
            Title("关于召开机关工会第六次会员代表大会进行换届选举的请示"),
            Addressee("厅直属机关党委、省直机关工会"),
            Paragraph("机关工会第五届委员会任期届满。" + SENTENCE + "，现将有关事项请示如下。"),
            Heading(1, "一、大会时间和地点"),
            Paragraph("拟于2026年5月召开。A<b>&“引号”。"),
            Paragraph("妥否，请批示。"),
            Attachments(
                (
                    "机关工会换届选举工作方案",
                    "机关工会第六届委员会委员、经费审查委员会委员和女职工委员会委员候选人建议名单",
                )
            ),
            Signature("省建设厅机关工会委员会", ON),
            Paragraph("（联系人：李红，电话：0571-00000000）", align="left"),
            Imprint("省建设厅机关工会办公室", ON, copies=("厅机关各处室", "厅直属各单位工会")),
        ),
        title="关于召开会员代表大会的请示",
        created_at=AT,
        kind="red_head",
        creator="省建设厅机关工会",
        doc_number="浙建工〔2026〕3号",
        signer="王建国",
        issuer="浙江省住房和城乡建设厅机关工会委员会",
    )


def notice() -> Document:
    return Document(
        blocks=(
            Title("关于表彰2025年度工会积极分子的决定"),
            Addressee("各工会小组："),
            Paragraph(SENTENCE + "。"),
            Attachments(("工会积极分子名单",)),
            Signature("浙江省住房和城乡建设厅直属机关工会联合会委员会", ON),
        ),
        title="决定",
        created_at=AT,
        kind="red_head",
        doc_number="浙建工〔2026〕12号",
        issuer="省建设厅机关工会",
        creator="工会",
    )


def report() -> Document:
    return Document(
        blocks=(
            Title("机关工会第五届委员会经费收支情况的报告"),
            Heading(1, "一、收支总体情况"),
            Paragraph(SENTENCE * 2 + "。"),
            finance_table(),
            Note("注：本表数据来自工会账簿。"),
            *charts(),
            PageBreak(),
            Title("选票"),
            Table(
                ("姓名", "赞成", "不赞成", "弃权"),
                [(name, "", "", "") for name in ("王建国", "李　红")],
                align=("centre",) * 4,
                row_height_mm=12,
            ),
            Note("说明：赞成的在“赞成”栏内画“○”。"),
            SealPlace(),
            SignLines(("总监票人（签字）：", "总计票人（签字）：")),
            Section(landscape=True),
            Table(
                tuple(f"第{n}列" for n in range(1, 13)),
                [tuple(f"值{r}-{c}" for c in range(12)) for r in range(40)],
                size=WU_HAO,
                caption="表2　宽表",
            ),
            Section(landscape=False),
            SignatureList(
                [(f"职工{n}", f"第{n % 5 + 1}小组") for n in range(1, 32)],
                ("姓名", "小组"),
                per_row=2,
                caption="慰问品签收表",
            ),
        ),
        title="经费报告 A<b>&",
        created_at=AT,
        kind="plain",
        creator="省建设厅机关工会",
    )


def register() -> Document:
    return Document(
        blocks=(
            Section(landscape=True),
            Title("会员名册"),
            Subtitle("（截至2026年3月8日）"),
            Table(
                ("序号", "姓名", "性别", "工会小组", "入会日期", "表决权"),
                [(str(n), f"职工{n}", "女" if n % 2 else "男", "第一小组", "2019年7月1日", "有") for n in range(1, 61)],
                widths=(1, 2, 1, 3, 3, 2),
                align=("centre",) * 6,
            ),
            PageBreak(),
            Table(("项目", "人数"), [("会员", "60")], align=("left", "right")),
        ),
        title="会员名册",
        created_at=AT,
        kind="register",
        creator="工会",
    )


def ballot() -> Document:
    table = Table(("姓名", "赞成"), [("王建国", "")], align=("centre", "centre"))
    return Document(blocks=(Title("选\n票"), table), title="选票", created_at=AT, creator="工会", paper_colour="FDE9D9")


EVERY = {
    "speech": speech(),
    "speaker": speech(speaker_copy=True),
    "request": request(),
    "notice": notice(),
    "report": report(),
    "register": register(),
    "ballot": ballot(),
}
