"""The charts of accounts of trade unions as data, and the map from the old one to the new one. Pure.

Sources: 工会会计制度 2009 (财会〔2009〕7号) and 2021 (财会〔2021〕7号, in force since 2022-01-01). Codes of assets,
liabilities and net assets of 2021, and the details of 503, could not be verified: they are marked 待确认 (`confirmed`)
and yield to the names.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

OLD, NEW = "2009", "2021"
NEW_SINCE = date(2022, 1, 1)

MONEY, ASSET, LIABILITY, NET, INCOME, EXPENSE = "money", "asset", "liability", "net", "income", "expense"
SIDES = {MONEY: "货币资金", ASSET: "其他资产", LIABILITY: "负债", NET: "净资产", INCOME: "收入", EXPENSE: "支出"}
DEBIT_SIDES = frozenset((MONEY, ASSET, EXPENSE))
SURPLUS = ("331", "332")  # accounts of 2021 in which income less expenses gathers
MEMBERS_EXPENSES = ("501", "503", "504")  # activities, services, protection: what is spent on members and staff
AID = "50404"


@dataclass(frozen=True, slots=True)
class Standard:
    """An account of a chart. `new` is its code in the chart of 2021; `confirmed` is False for codes from memory."""

    code: str
    name: str
    new: str
    confirmed: bool = True

    @property
    def side(self) -> str:
        """money, asset, liability, net, income or expense."""
        return side_of(self.new)


def side_of(new_code: str) -> str:
    """The side to which a code of the 2021 chart belongs."""
    if new_code[:3] in ("101", "102", "103"):
        return MONEY
    return {"1": ASSET, "2": LIABILITY, "3": NET, "4": INCOME, "5": EXPENSE}[new_code[0]]


def chart_on(day: date) -> str:
    """The chart in force on the day."""
    return NEW if day >= NEW_SINCE else OLD


_NEW_CONFIRMED = """
101 库存现金|102 银行存款|401 会费收入|402 拨缴经费收入|403 上级补助收入|40301 回拨补助|40302 专项补助
40303 超收补助|40304 帮扶补助|40305 送温暖补助|40306 救灾补助|40307 其他补助|404 政府补助收入|405 行政补助收入
406 附属单位上缴收入|407 投资收益|408 其他收入|411 动用预算稳定调节基金|501 职工活动支出|50101 职工教育支出
50102 文体活动支出|50103 宣传活动支出|50104 劳模职工疗休养支出|50105 会员活动支出|50106 其他活动支出
502 职工活动组织支出|503 职工服务支出|504 维权支出|50401 劳动关系协调支出|50402 劳动保护支出|50403 法律援助支出
50404 困难职工帮扶支出|50405 送温暖支出|50406 其他维权支出|505 业务支出|50501 培训支出|50502 会议支出
50503 专项业务支出|50504 其他业务支出|506 行政支出|507 资本性支出|50701 房屋建筑物购建|50702 办公设备购置
50703 专用设备购置|50704 交通工具购置|50705 大型修缮|50706 信息网络购建|50707 其他资本性支出|508 补助下级支出
509 对附属单位的支出|510 其他支出
"""
_NEW_UNCONFIRMED = """
103 零余额账户用款额度|112 财政应返还额度|131 应收上级经费|132 应收下级经费|135 其他应收款|141 库存物品|151 投资
161 在建工程|162 固定资产|163 累计折旧|164 无形资产|165 累计摊销|166 长期待摊费用|171 待处理财产损溢
201 应付职工薪酬|221 应付上级经费|222 应付下级经费|225 其他应付款|231 代管经费|301 资产基金|321 专用基金
331 工会资金结转|332 工会资金结余|341 财政拨款结转|342 财政拨款结余|351 预算稳定调节基金|50301 劳动和技能竞赛支出
50302 职工创新支出|50303 建家活动支出|50304 职工书屋支出|50305 职工互助保障支出|50306 心理咨询支出
50307 其他服务支出|511 安排预算稳定调节基金
"""
# code, name and, after an arrow, the code of 2021 where it is another one
_OLD = """
101 库存现金|102 银行存款|111 零余额账户用款额度>103|112 财政应返还额度|121 借出款>135|131 应收上级经费
132 应收下级经费|135 其他应收款|141 库存物品|151 投资|161 在建工程|162 固定资产|201 应付工资(离退休费)
202 应付地方(部门)津贴补贴>201|203 应付其他个人收入>201|211 借入款>225|221 应付上级经费|222 应付下级经费
225 其他应付款|231 代管经费|301 固定基金|302 在建工程占用资金>301|311 投资基金>301|321 专用基金|322 后备金>332
331 结余>332|401 会费收入|402 拨缴经费收入|403 上级补助收入|40301 回拨补助|40302 专项补助|40303 超收补助
40304 帮扶补助|40305 送温暖补助|40306 救灾补助|40307 其他补助|404 政府补助收入|405 行政补助收入|406 事业收入
407 投资收益|408 其他收入|501 职工活动支出|50101 职工教育费|50102 文体活动费|50103 宣传活动费
50104 其他活动支出>50106|502 维权支出>504|50201 劳动关系协调费>50401|50202 劳动保护费>50402|50203 法律援助费>50403
50204 困难职工帮扶费>50404|50205 送温暖费>50405|50206 其他维权支出>50406|503 业务支出>505|50301 培训费>50501
50302 会议费>50502|50303 外事费>50504|50304 专项业务费>50503|50305 其他业务支出>50504|504 行政支出>506
505 资本性支出>507|50501 房屋建筑物购建>50701|50502 办公设备购置>50702|50503 专用设备购置>50703
50504 交通工具购置>50704|50505 大型修缮>50705|50506 信息网络购建>50706|50507 其他资本性支出>50707
506 补助下级支出>508|507 事业支出>509|508 其他支出>510
"""


def _read(text: str, confirmed: bool) -> dict[str, Standard]:
    found = {}
    for cell in text.strip().replace("\n", "|").split("|"):
        code, _, rest = cell.partition(" ")
        name, _, new = rest.partition(">")
        found[code] = Standard(code, name, new or code, confirmed)
    return found


CHARTS: dict[str, dict[str, Standard]] = {
    OLD: _read(_OLD, True),
    NEW: _read(_NEW_CONFIRMED, True) | _read(_NEW_UNCONFIRMED, False),
}
# How breakdowns call the accounts: first level, and the finest standard level.
ACCOUNT_LABELS = {code: account.name for code, account in sorted(CHARTS[NEW].items()) if len(code) == 3}
DETAIL_LABELS = {code: account.name for code, account in sorted(CHARTS[NEW].items())}


def full_name(new_code: str) -> tuple[str, ...]:
    """The names from the first level down to an account of 2021: ("职工活动支出", "文体活动支出")."""
    first = ACCOUNT_LABELS[new_code[:3]]
    return (first,) if len(new_code) == 3 else (first, DETAIL_LABELS[new_code])
