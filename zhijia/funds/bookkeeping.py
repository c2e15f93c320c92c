"""Lines of the books on their way in: the account meant, whether a voucher balances, which numbers are missing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from zhijia.core.frame import Frame
from zhijia.core.lookup import Lookup
from zhijia.core.money import yuan
from zhijia.core.outcomes import REFUSE, WARN, Violation
from zhijia.funds import charts, rules
from zhijia.funds.naming import Meant, Names, Own
from zhijia.funds.rules import VoucherLine

SOURCE = "《工会会计制度》"
STORED = -1  # the row of a voucher's line that is on record already
_NUMBER = re.compile(r"^(\D*?)[字\-—第\s]*(\d{1,9})[号\s]*$")
WORD = "记"


def names_of(lookup: Lookup) -> Names:
    """The charts with the union's own accounts, those of the same import included."""
    own = lookup.every("funds.Account", "chart", "code", "name", "detail")
    return Names(Own(chart, code, name, detail) for _token, chart, code, name, detail in own if code and detail)


def read_number(text: str) -> tuple[str, int] | None:
    """Word and number of a voucher as accountants write it (记-12, 记字第12号, 12); None where it can not be told."""
    found = _NUMBER.match(text.strip())
    if not found:
        return None
    word = found[1].strip(" -—第字凭证") or WORD
    return word[:6], int(found[2])


def _meant(frame: Frame, lookup: Lookup, days: Sequence[date | None]) -> list[Meant | str]:
    names = names_of(lookup)
    rows = zip(days, frame.get("account_code"), frame.get("account_name"), strict=True)
    return [names.read(charts.chart_on(day) if day else charts.NEW, code or "", name or "") for day, code, name in rows]


def _account_columns(frame: Frame, meant: Sequence[Meant | str], days: Sequence[date | None]) -> dict[str, list[Any]]:
    """What follows from the account: codes of 2021, side, amount on the natural side."""
    columns: dict[str, list[Any]] = {
        name: [] for name in ("account_code", "account_name", "side", "account", "detail", "fen")
    }
    given = frame.zip("account_code", "account_name", "debit_fen", "credit_fen")
    for found, (code, name, debit, credit) in zip(meant, given, strict=True):
        net = (debit or 0) - (credit or 0)
        if isinstance(found, Meant):
            sign = 1 if found.side in charts.DEBIT_SIDES else -1
            values = (found.code, found.name, found.side, found.account, found.detail, sign * net)
        else:
            values = (code or "", name or "", "", "", "", 0)
        for column, value in zip(columns.values(), values, strict=True):
            column.append(value)
    columns["chart"] = [charts.chart_on(day) if day else "" for day in days]
    return columns


def derive_entries(frame: Frame, lookup: Lookup) -> dict[str, list[Any]]:
    """Year, month, word, number and line of each voucher line, its account, whether its voucher is a closing one."""
    days: list[date | None] = frame.get("on")
    columns = _account_columns(frame, _meant(frame, lookup, days), days)
    columns["year"] = [day.year if day else 0 for day in days]
    columns["month"] = [day.month if day else 0 for day in days]
    numbers = [read_number(text or "") for text in frame.get("voucher_no")]
    columns["word"] = [found[0] if found else "" for found in numbers]
    columns["number"] = [found[1] if found else 0 for found in numbers]
    columns["voucher_no"] = [f"{found[0]}-{found[1]}" if found else "" for found in numbers]
    columns["voucher"] = [
        f"{year}-{month:02d} {number}"
        for year, month, number in zip(columns["year"], columns["month"], columns["voucher_no"], strict=True)
    ]
    seen: dict[str, int] = defaultdict(int)
    for voucher, others in _stored_lines(frame, columns, lookup).items():
        seen[voucher] = max(line for line, _other in others)
    lines = []
    for voucher, given in zip(columns["voucher"], frame.get("line"), strict=True):
        seen[voucher] += 1
        lines.append(given or seen[voucher])
    columns["line"] = lines
    columns["opening"] = [False] * len(frame)
    closing = [False] * len(frame)
    for together in _whole(frame, columns, lookup).values():
        if rules.is_closing(together, charts.SURPLUS):
            for one in together:
                if one.row != STORED:
                    closing[one.row] = True
    columns["closing"] = closing
    return columns


def _stored_lines(
    frame: Frame, columns: dict[str, list[Any]], lookup: Lookup
) -> dict[str, list[tuple[int, VoucherLine]]]:
    """The lines on record of the voucher that a form writes one line of, by their numbers; an import gives them all."""
    if len(frame) != 1 or not columns["number"][0]:
        return {}
    voucher, [uid], [line] = columns["voucher"][0], frame.get("uid"), frame.get("line")
    names = ("uid", "line", "on", "side", "account", "debit_fen", "credit_fen")
    where = {name: columns[name][0] for name in ("year", "month", "word", "number")}
    found = [
        (number, VoucherLine(STORED, on, side, account, debit, credit))
        for _token, other, number, on, side, account, debit, credit in lookup.every("funds.Entry", *names, where=where)
        if other != uid and (number != line or uid is not None)
    ]
    return {voucher: found} if found else {}


def _whole(frame: Frame, columns: dict[str, list[Any]], lookup: Lookup) -> dict[str, list[VoucherLine]]:
    """The vouchers of the frame, a single line together with those on record."""
    found = _vouchers(frame, columns)
    for voucher, others in _stored_lines(frame, columns, lookup).items():
        if voucher in found:
            found[voucher] += [line for _number, line in others]
    return found


def derive_openings(frame: Frame, lookup: Lookup) -> dict[str, list[Any]]:
    """Account and side of opening balances; they are no voucher."""
    days: list[date | None] = frame.get("on")
    columns = _account_columns(frame, _meant(frame, lookup, days), days)
    columns["year"] = [day.year if day else 0 for day in days]
    columns["month"] = [day.month if day else 0 for day in days]
    columns["opening"] = [True] * len(frame)
    columns["memo"] = [memo or "期初余额" for memo in frame.get("memo")]
    return columns


def _vouchers(frame: Frame, columns: dict[str, list[Any]]) -> dict[str, list[VoucherLine]]:
    """The frame's lines by voucher; lines without a readable number are left out."""
    found: dict[str, list[VoucherLine]] = defaultdict(list)
    rows = zip(
        columns["voucher"],
        columns["number"],
        frame.get("on"),
        columns["side"],
        columns["account"],
        frame.get("debit_fen"),
        frame.get("credit_fen"),
        strict=True,
    )
    for index, (voucher, number, on, side, account, debit, credit) in enumerate(rows):
        if number and on:
            found[voucher].append(VoucherLine(index, on, side, account, debit or 0, credit or 0))
    return found


def account_problems(frame: Frame, lookup: Lookup, days: Sequence[date | None]) -> Iterable[Violation]:
    """A violation for every row whose account is not known, with the names that come near."""
    names = names_of(lookup)
    for index, (found, day) in enumerate(zip(_meant(frame, lookup, days), days, strict=True)):
        if isinstance(found, Meant):
            continue
        code, name = frame.get("account_code")[index] or "", frame.get("account_name")[index] or ""
        near = names.near(charts.chart_on(day) if day else charts.NEW, code, name)
        mend = f"是不是：{'、'.join(near)}？" if near else ""
        mend += "自设的明细科目请先在“会计科目”表登记"
        yield Violation(
            "account", found, SOURCE, frame.place(index, "account_code" if code else "account_name"), code or name, mend
        )


def _side_problems(frame: Frame) -> Iterable[Violation]:
    rows = frame.zip("debit_fen", "credit_fen", "side", "closing", "opening")
    for index, (debit, credit, side, closing, opening) in enumerate(rows):
        if debit and credit:
            message = "同一行不能既有借方又有贷方"
            yield Violation("two_sides", message, SOURCE, frame.place(index, "credit_fen"), yuan(credit), "请分成两行")
        elif not debit and not credit and not opening:
            yield Violation(
                "no_amount", "借方和贷方都没有金额", SOURCE, frame.place(index, "debit_fen"), mend="请填写其中一方"
            )
        elif (
            not closing
            and not opening
            and ((side == charts.INCOME and (debit or 0) > 0) or (side == charts.EXPENSE and (credit or 0) > 0))
        ):
            message = "收入科目记在借方" if side == charts.INCOME else "支出科目记在贷方"
            mend = "如果是冲销，没有问题；否则请核对借贷方向"
            yield Violation("wrong_side", message, SOURCE, frame.place(index, "account_code"), mend=mend, level=WARN)


def entry_problems(frame: Frame, lookup: Lookup) -> Iterable[Violation]:
    """Unknown accounts, amounts on no or both sides, vouchers that do not balance or have two dates; gaps warn."""
    yield from account_problems(frame, lookup, frame.get("on"))
    for index, (number, text) in enumerate(zip(frame.get("number"), frame.get("voucher_no"), strict=True)):
        if not number:
            mend = "写成 记-12、记字第12号或 12"
            yield Violation(
                "number", "凭证号看不懂或没有填", SOURCE, frame.place(index, "voucher_no"), text or "", mend
            )
    yield from _side_problems(frame)
    # One line of a form: the others follow, so what is missing yet only warns.
    level, rest = (WARN, "接着登记这张凭证的其他分录") if len(frame) == 1 else (REFUSE, "把这张凭证的分录全部放在表里")
    for voucher, lines in _whole(frame, frame.columns, lookup).items():
        first, off = lines[0].row, rules.difference(lines)
        days = {line.on for line in lines}
        if len(days) > 1:
            told = "、".join(str(day) for day in sorted(day for day in days if day))
            message = f"凭证{voucher}的分录有不同的日期：{told}"
            mend = "一张凭证只有一个日期；两张凭证要用两个号"
            yield Violation("two_days", message, SOURCE, frame.place(first, "on"), mend=mend, level=level)
        if off:
            debit = sum(line.debit_fen for line in lines)
            message = f"凭证{voucher}借贷不平：借方{yuan(debit)}元，贷方{yuan(debit - off)}元，相差{yuan(abs(off))}元"
            mend = f"请核对金额，并{rest}"
            yield Violation("unbalanced", message, SOURCE, frame.place(first, "debit_fen"), mend=mend, level=level)
    yield from _gaps(frame, lookup)


def _gaps(frame: Frame, lookup: Lookup) -> Iterable[Violation]:
    numbers: dict[tuple[str, int], dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    places: dict[tuple[str, int, int], int] = {}
    for index, (word, year, month, number) in enumerate(frame.zip("word", "year", "month", "number")):
        if number:
            numbers[word, year][month].add(number)
            places.setdefault((word, year, month), index)
    where = {name: frame.columns[name][0] for name in ("word", "year")} if len(numbers) == 1 else None
    stored = lookup.every("funds.Entry", "word", "year", "month", "number", where=where)
    for _token, word, year, month, number in stored:
        if (word, year) in numbers:
            numbers[word, year][month].add(number)
    for (word, year), by_month in numbers.items():
        for month, missing in rules.missing_numbers(by_month).items():
            place = places.get((word, year, month))
            if place is None:
                continue
            told = "、".join(map(str, missing[:10])) + ("等" if len(missing) > 10 else "")
            message = f"{year}年{month}月“{word}”字凭证缺号：{told}"
            yield Violation(
                "gap",
                message,
                SOURCE,
                frame.place(place, "voucher_no"),
                mend="请补录缺少的凭证，或说明作废",
                level=WARN,
            )


def opening_problems(frame: Frame, lookup: Lookup) -> Iterable[Violation]:
    """Unknown accounts, amounts on both sides; openings that do not balance warn."""
    yield from account_problems(frame, lookup, frame.get("on"))
    yield from _side_problems(frame)
    sums: dict[date, int] = defaultdict(int)
    first: dict[date, int] = {}
    for index, (on, debit, credit) in enumerate(frame.zip("on", "debit_fen", "credit_fen")):
        if on:
            sums[on] += (debit or 0) - (credit or 0)
            first.setdefault(on, index)
    for on, off in sums.items():
        if off and len(frame) > 1:
            message = f"{on}的期初余额借贷不平，相差{yuan(abs(off))}元"
            mend = "资产应等于负债加净资产；缺少的科目请补上"
            yield Violation("opening", message, SOURCE, frame.place(first[on], "debit_fen"), mend=mend, level=WARN)
