"""Member ledgers of any size for the benches: 15 columns as unions write them, with valid numbers."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter

HEADERS = (
    "姓名",
    "性别",
    "出生日期",
    "身份证号",
    "手机",
    "工号",
    "民族",
    "政治面貌",
    "学历",
    "处室",
    "职务",
    "到单位日期",
    "申请入会日期",
    "入会日期",
    "处级以上领导",
)
CODE = "BENCH"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟强磊军洋勇杰涛明超刚平辉鹏飞波斌宇浩凯芳娜敏静丽艳娟霞燕玲丹萍红雪慧颖琳洁倩婷"


def rows(count: int, seed: int = 1) -> list[tuple[object, ...]]:
    """`count` members as cells."""
    rng = random.Random(seed)  # noqa: S311 - the same ledger every time
    made: list[tuple[object, ...]] = []
    for index in range(count):
        male = index % 5 < 3
        birth = date(1962, 1, 1) + timedelta(days=index // 500 * 61 % 13000)
        body = f"990101{birth:%Y%m%d}{index % 500 * 2 + male:03d}"
        check = "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11]
        hired = birth + timedelta(days=8400 + rng.randrange(900))
        name = rng.choice(SURNAMES) + rng.choice(GIVEN) + rng.choice(GIVEN)
        made.append(
            (
                name,
                "男" if male else "女",
                birth.isoformat(),
                body + check,
                f"199{rng.randrange(10**8):08d}",
                f"{index:06d}",
                "汉族",
                "中共党员" if index % 3 else "群众",
                "大学本科",
                f"{index % 40 + 1}处",
                "四级主任科员",
                hired.isoformat(),
                (hired + timedelta(days=5)).isoformat(),
                (hired + timedelta(days=30)).isoformat(),
                "否",
            )
        )
    return made


def write(path: Path, count: int, *, code: str = CODE, term: bool = True) -> None:
    """A ledger workbook with 工会 (of that code), 届次 where wanted, and `count` members."""
    book = xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    for name, header, content in (
        ("工会", ("工会名称", "工会代码"), [("测试工会", code)]),
        ("届次", ("届次", "开始日期", "届满日期"), [("第五届", "2021-12-10", "2026-12-09")]),
        ("会员", HEADERS, rows(count)),
    ):
        if name == "届次" and not term:
            continue
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, header)
        for index, row in enumerate(content, 1):
            sheet.write_row(index, 0, row)
    book.close()
