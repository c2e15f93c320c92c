"""The demo's union, bodies, terms and groups. All names are invented."""

from __future__ import annotations

from datetime import date, timedelta

from zhijia.core.demo import World
from zhijia.unions import services
from zhijia.unions.models import OutsideBody, Term

Role = OutsideBody.Role
FULL_UNION = {
    "code": "JZJS",
    "name": "江州省建设厅机关工会",
    "short_name": "厅机关工会",
    "organ_name": "江州省建设厅",
    "organ_short": "厅",
    "uscc": "81990000MC0000013P",
    "region": "江州省",
    "field_of_work": "建设事业",
    "set_up_on": date(1985, 5, 20),
}
SMALL_UNION = {
    "code": "YSDA",
    "name": "云山市档案馆工会",
    "short_name": "馆工会",
    "organ_name": "云山市档案馆",
    "organ_short": "馆",
    "region": "江州省云山市",
    "field_of_work": "档案事业",
    "set_up_on": date(1998, 3, 12),
}
FULL_BODIES = (
    ("中共江州省建设厅党组", "厅党组", Role.PARTY_GROUP, 1),
    ("中共江州省建设厅直属机关委员会", "厅直属机关党委", Role.PARTY_COMMITTEE, 2),
    ("江州省建设建材工会", "建设建材工会", Role.SUPERIOR_UNION, 3),
    ("厅机关党总支", "机关党总支", Role.PARTY_BRANCH, 4),
    ("办公室", "", Role.OFFICE, 10),
    ("计划财务处", "计财处", Role.OFFICE, 11),
    ("人事教育处", "人教处", Role.OFFICE, 12),
    ("江州省级机关工委", "省级机关工委", Role.ORGANISER, 20),
    ("江州省体育局", "省体育局", Role.ORGANISER, 21),
    ("江州省财政厅", "省财政厅", Role.PROVIDER, 30),
    ("江州省审计厅", "省审计厅", Role.PROVIDER, 31),
    ("湖滨街道办事处", "辖区街道", Role.AWARDER, 40),
)
SMALL_BODIES = (
    ("中共云山市档案馆党组", "馆党组", Role.PARTY_GROUP, 1),
    ("中共云山市档案馆机关支部委员会", "机关党支部", Role.PARTY_COMMITTEE, 2),
    ("云山市级机关工会联合会", "市级机关工会联合会", Role.SUPERIOR_UNION, 3),
    ("云山市财政局", "市财政局", Role.PROVIDER, 30),
)
FULL_GROUPS = (
    ("办公室小组", "办公室"),
    ("人教处小组", "人事教育处"),
    ("计财处小组", "计划财务处"),
    ("法规处小组", "政策法规处"),
    ("建管处小组", "建筑管理处"),
    ("城建处小组", "城市建设处"),
    ("村镇处小组", "村镇建设处"),
    ("房产处小组", "房产管理处"),
    ("规划处小组", "城乡规划处"),
    ("科技处小组", "科技设计处"),
    ("监察室小组", "机关纪委"),
)
SMALL_GROUPS = (("综合小组", "综合科"), ("保管小组", "保管利用科"), ("征集小组", "征集编研科"), ("技术小组", "技术科"))


def demo(world: World) -> None:
    """Found the union, its bodies, its terms (this one and the one before) and its groups."""
    row = dict(FULL_UNION if world.full else SMALL_UNION)
    world.union = services.found(row, by=world.by, today=world.today).pk
    bodies = FULL_BODIES if world.full else SMALL_BODIES
    pks = world.save(
        services.save_bodies,
        [{"name": name, "short_name": short, "role": role, "rank": rank} for name, short, role, rank in bodies],
    )
    world.bodies = {short or name: pk for (name, short, _role, _rank), pk in zip(bodies, pks, strict=True)}
    number = 5 if world.full else 3
    before = date(world.first.year - 5, world.first.month, world.first.day)
    form = Term.Form.DELEGATES if world.full else Term.Form.MEMBERS
    terms = [
        {"number": number - 1, "first": before, "end": world.first, "form": form, "congress_on": None, "seats": 7},
        {
            "number": number,
            "first": world.first,
            "end": world.end,
            "form": form,
            "congress_on": world.end - timedelta(days=2),
            "seats": 7,
        },
    ]
    world.terms = dict(zip((number - 1, number), world.save(services.save_terms, terms), strict=True))
    groups = FULL_GROUPS if world.full else SMALL_GROUPS
    rows = [
        {"name": name, "department": where, "rank": rank, "first": before}
        for rank, (name, where) in enumerate(groups, 1)
    ]
    world.groups = dict(zip((name for name, _where in groups), world.save(services.save_groups, rows), strict=True))
