"""The workbook reference page for the documentation, written from the declarations."""

from __future__ import annotations

from collections.abc import Sequence

from zhijia.core.sheets.declare import Column, Sheet

_KINDS = {
    "account": "银行账号",
    "choice": "选一个",
    "date": "日期",
    "hours": "小时",
    "last_day": "日期（最后一天）",
    "long_text": "长文字",
    "loose_ref": "名称（可以不在表里）",
    "money": "金额（元）",
    "month": "月份",
    "name": "姓名",
    "names": "几个姓名",
    "ordinal": "第几届",
    "phone": "电话",
    "placing": "第几名",
    "ref": "另一张表里的名称或编号",
    "resident_id": "身份证号",
    "text": "文字",
    "uid": "编号",
    "uscc": "统一社会信用代码",
    "whole": "整数",
    "year": "年份",
    "yesno": "是或否",
}


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


def _allowed(column: Column, names: dict[str, str]) -> str:
    kind = column.kind
    if kind.choices:
        return "、".join(kind.choices)
    if kind.target:
        return f"见“{names[kind.target]}”" if kind.target in names else kind.target
    return kind.help


def reference_markdown(sheets: Sequence[Sheet]) -> str:
    """The ledger workbook's reference as Markdown: each sheet's columns, kinds, allowed values, synonyms and help."""
    names = {label: sheet.name for sheet in sheets if (label := getattr(sheet.records, "label", ""))}
    lines = [
        "# 台账工作簿",
        "",
        f"共 {len(sheets)} 张工作表，由程序里的声明生成。",
        "",
        "带 * 的列必填；列的次序不限。",
        "",
    ]
    lines += ["| 工作表 | 记什么 |", "| --- | --- |"]
    lines += [f"| [{sheet.name}](#{sheet.name}) | {_cell(sheet.help)} |" for sheet in sheets]
    for sheet in sheets:
        lines += ["", f"## {sheet.name}", ""]
        if sheet.help:
            lines += [sheet.help, ""]
        if sheet.synonyms:
            lines += [f"也认得的表名：{'、'.join(sheet.synonyms)}。", ""]
        lines += ["| 表头 | 种类 | 怎么填 | 也认得的表头 | 说明 |", "| --- | --- | --- | --- | --- |"]
        for column in sheet.columns:
            cells = (
                column.header + ("*" if column.required else ""),
                _KINDS.get(column.kind.name, column.kind.name),
                _allowed(column, names),
                "、".join(column.synonyms),
                column.help,
            )
            lines.append("| " + " | ".join(_cell(cell).replace("*", "\\*") for cell in cells) + " |")
    return "\n".join(lines) + "\n"
