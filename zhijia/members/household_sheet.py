"""Sheet 家庭成员: for the few posts that care for families; no search finds its rows."""

from __future__ import annotations

from zhijia.core.sheets.declare import Column, Sheet
from zhijia.core.sheets.inclusive import last_day
from zhijia.core.sheets.kinds import choice, date_, long_text, money, name, ref, resident_id, text, yesno
from zhijia.members.household_records import RELATIVES
from zhijia.members.models import Relative
from zhijia.unions.sheets import UID

PERMISSION = "members.household"

HOUSEHOLD = Sheet(
    name="家庭成员",
    view=PERMISSION,
    edit=PERMISSION,
    reveal=PERMISSION,
    searched=False,
    records=RELATIVES,
    show=("person", "relation", "name", "together", "dependent"),
    parts=(("家属", "person"), ("情况", "work"), ("起止", "first")),
    synonyms=("家属情况", "家庭情况", "家庭成员登记表"),
    rids=("R98", "R99"),
    help="困难帮扶、慰问需要时才登记；本人在“我的家庭”里也能看、能改。未满14周岁的要先有监护人同意。",
    columns=(
        UID,
        Column("会员", "person", ref("members.Person"), required=True, examples=("张伟", "李秀英")),
        Column("关系", "relation", choice(Relative.Relation), required=True, examples=("子女", "配偶")),
        Column("家属姓名", "name", name(), required=True, examples=("张小宝", "王建国")),
        Column("家属性别", "sex", choice(Relative.Sex), help="填了身份证号可以不填", examples=("男", "男")),
        Column("家属出生日期", "birth_on", date_(), examples=("2008-05-06", "1978-03-02")),
        Column("家属身份证号", "id_number", resident_id(), help="办理帮扶要用时才填；加密保存，请把这一列设为文本"),
        Column("单位或学校", "work", text(60), examples=("市第三中学", "")),
        Column("病情或残疾", "illness", long_text(500), help="加密保存，平时不显示"),
        Column("月收入", "income_fen", money(), help="不填就是不知道", examples=("", "3200")),
        Column("共同生活", "together", yesno(), default=True, examples=("是", "是")),
        Column("由会员赡养抚养", "dependent", yesno(), default=False, examples=("是", "否")),
        Column("登记起始日期", "first", date_(), examples=("2026-03-02", "")),
        Column("不再登记日期", "end", last_day(), help="不再由会员照顾、不再需要登记的最后一天"),
    ),
)
