"""`init`: an empty union, its current term and the first administrator."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from datetime import date
from pathlib import Path

from django.db import transaction

from zhijia.core.dates import DateError, add_years, parse_date
from zhijia.core.outcomes import Refused, Violation
from zhijia.shell import access, in_use
from zhijia.shell.readiness import ensure_ready, here
from zhijia.unions import services as unions

_SEXES = {"男": "male", "女": "female"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Words of the command; what is not given is asked for on a terminal."""
    parser.add_argument("--name", metavar="工会名称")
    parser.add_argument("--code", metavar="工会代码", help="自己定的短代码，字母或数字")
    parser.add_argument("--term", metavar="届次", type=int, help="现在是第几届，如 5")
    parser.add_argument("--start", metavar="日期", help="本届当选之日，如 2021-12-10")
    parser.add_argument("--years", metavar="年数", type=int, help="任期几年（3 或 5）")
    parser.add_argument("--admin", metavar="姓名", help="第一个管理员")
    parser.add_argument("--admin-sex", metavar="性别", choices=tuple(_SEXES), help="男 或 女")
    parser.add_argument("--login", metavar="登录名", help="管理员的登录名（工号或手机号）")
    parser.add_argument("--password-file", metavar="文件", help="口令在文件的第一行；或用环境变量 ZHIJIA_PASSWORD")


def run(options: argparse.Namespace) -> int:
    """Found the union, or refuse with everything that is wrong or missing."""
    ensure_ready()
    name, code = _asked(options.name, "工会名称", "--name"), _asked(options.code, "工会代码", "--code")
    number = int(_asked(options.term, "现在是第几届（数字）", "--term"))
    first = _day(_asked(options.start, "本届当选日期", "--start"))
    years = int(_asked(options.years, "任期年数", "--years"))
    if not 1 <= number <= 99 or not 1 <= years <= 9:
        raise Refused([Violation("term", "届次要在1至99之间，任期要在1至9年之间")])
    admin, login = _asked(options.admin, "管理员姓名", "--admin"), _asked(options.login, "管理员登录名", "--login")
    sex = _SEXES.get(_asked(options.admin_sex, "管理员性别（男/女）", "--admin-sex"))
    if sex is None:
        raise Refused([Violation("sex", "性别只能填“男”或“女”")])
    password = _password(options.password_file)
    by, today = access.for_command(None, here(None).today), here(None).today
    with in_use.held(), transaction.atomic():
        union = unions.found({"name": name, "code": code}, by=by, today=today)
        by = access.for_command(union.pk, today)
        term = {"number": number, "first": first, "end": add_years(first, years)}
        unions.start_term(term, union=union.pk, by=by, today=today)
        access.first_operator(admin, sex, login, password, union=union.pk, by=by, today=today)
    print(f"已建立“{union.name}”（代码 {union.code}），管理员登录名 {login}")
    print("下一步：zhijia template 台账.xlsx 得到空白台账，填好后 zhijia import 台账.xlsx")
    return 0


def _asked(given: object, question: str, option: str) -> str:
    if given not in (None, ""):
        return str(given).strip()
    if not sys.stdin.isatty():
        raise Refused([Violation("required", f"缺少{question}", mend=f"请用 {option} 给出")])
    reply = ""
    while not reply:
        reply = input(f"{question}：").strip()
    return reply


def _day(text: str) -> date:
    try:
        return parse_date(text)
    except DateError as error:
        raise Refused([Violation("date", str(error), value=text)]) from None


def _password(file: str | None) -> str:
    if file:
        try:
            with Path(file).open(encoding="utf-8") as lines:
                return lines.readline().rstrip("\r\n")
        except OSError as error:
            raise Refused([Violation("file", f"读不到口令文件：{error.strerror}")]) from None
    if os.environ.get("ZHIJIA_PASSWORD"):
        return os.environ["ZHIJIA_PASSWORD"]
    if not sys.stdin.isatty():
        raise Refused([Violation("required", "缺少管理员口令", mend="请用 --password-file 或 ZHIJIA_PASSWORD 给出")])
    first, second = getpass.getpass("管理员口令（输入时不显示）："), getpass.getpass("再输入一次：")
    if first != second:
        raise Refused([Violation("password", "两次输入的口令不一样", mend="请重新运行")])
    return first
