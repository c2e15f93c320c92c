"""The demo's people: about 260 members in 11 groups, newcomers, retired cadres, and who holds which post."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from zhijia.core.dates import add_years
from zhijia.core.demo import Human, World
from zhijia.members import services
from zhijia.members.demo_own import demo_own
from zhijia.members.demo_posts import demo_posts
from zhijia.members.demo_reorganisation import demo_reorganisation
from zhijia.members.demo_standing import demo_standing
from zhijia.members.models import Person, Post
from zhijia.unions import services as unions

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡"
    "贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷"
    "钱汤尹黎易常武乔贺赖龚文"
)
MALE = (
    "伟 强 磊 军 洋 勇 杰 涛 明 超 刚 平 辉 鹏 飞 波 斌 宇 浩 凯 健 俊 "
    "峰 亮 建华 志强 国庆 海涛 文博 子轩 晓东 永康 立新 正平 思远 嘉诚 一鸣 "
    "长江 振国 少华"
)
FEMALE = (
    "芳 娜 敏 静 丽 艳 娟 霞 秀兰 燕 玲 丹 萍 红 雪 慧 颖 琳 洁 倩 婷 "
    "雅 蕾 欣 佳 晓梅 春燕 玉兰 思琪 文静 雨桐 淑华 海燕 丽华 小红 美玲 若兰 "
    "心怡 瑞芳 亚男"
)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
EDUCATION = ("大学本科", "大学本科", "研究生", "大学专科")
JOBS = ("四级主任科员", "三级主任科员", "二级主任科员", "一级主任科员", "四级调研员", "三级调研员")
RETIRED_CADRES = 14


def _id_number(birth_on: date, sex: str, serial: int) -> str:
    """A number with the right check character in a county that does not exist (99…), so that it can be nobody's.

    Different for every `serial` below 45,000.
    """
    order = serial % 500 * 2 + (1 if sex == "male" else 0)
    body = f"99{serial // 500 + 1:02d}02{birth_on:%Y%m%d}{order:03d}"
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11]


def _names(world: World, count: int) -> list[tuple[str, str]]:
    """(name, sex), different from each other while the lists reach; 42 % are women."""
    found: dict[str, str] = {}
    result = []
    for index in range(count):
        sex = "female" if index % 50 < 21 else "male"
        name = ""
        for _try in range(40):
            name = world.rng.choice(SURNAMES) + world.rng.choice((FEMALE if sex == "female" else MALE).split())
            if name not in found:
                break
        found[name] = sex
        result.append((name, sex))
    world.rng.shuffle(result)
    return result


def _member(world: World, index: int, name: str, sex: str, group: tuple[str, int]) -> dict[str, Any]:
    """A member who was here when the term began, or a newcomer of one of its years (every twentieth or so)."""
    rng = world.rng
    newcomer = index % 13 == 5
    if newcomer:
        year = world.first.year + 1 + index // 13 % len(world.years)
        hired_on = date(year, rng.choice((3, 7, 8, 9)), rng.randint(1, 28))
        if hired_on > world.today - timedelta(days=60):
            hired_on = date(year, 5, rng.randint(1, 28))
        birth_on = date(year - rng.randint(23, 30), rng.randint(1, 12), rng.randint(1, 28))
        admitted_on = hired_on + timedelta(days=rng.randint(12, 55))
    else:
        birth_on = date(rng.randint(1961, 1996), rng.randint(1, 12), rng.randint(1, 28))
        hired_on = date(min(birth_on.year + rng.randint(22, 26), 2020), rng.randint(1, 11), rng.randint(1, 28))
        admitted_on = hired_on + timedelta(days=rng.randint(15, 60))
    return {
        "name": name,
        "sex": sex,
        "birth_on": birth_on,
        "id_number": _id_number(birth_on, sex, index),
        "phone": f"1990{rng.randint(0, 9999999):07d}",
        "staff_no": f"{index + 1:04d}",
        "ethnicity": "汉族" if index % 23 else "畲族",
        "politics": Person.Politics.PARTY if index % 5 < 3 else Person.Politics.NONE,
        "education": rng.choice(EDUCATION),
        "department": group[0],
        "job": JOBS[min((2026 - birth_on.year) // 9, 5)],
        "leader": index % 9 == 0 and not newcomer,
        "group": group[1],
        "hired_on": hired_on,
        "applied_on": hired_on + timedelta(days=5),
        "admitted_on": admitted_on,
        "retained_on": None,
        "left_on": None,
        "leaving": "",
    }


def _endings(world: World, row: dict[str, Any], index: int) -> None:
    """Retirement at sixty (women at fifty-five) inside the term, and a few transfers, as the register knows them."""
    age = 60 if row["sex"] == "male" else 55
    retires_on = add_years(row["birth_on"], age)
    if retires_on < world.first:
        row["birth_on"] = add_years(row["birth_on"], 12)
        row["id_number"] = _id_number(row["birth_on"], row["sex"], index)
        retires_on = add_years(row["birth_on"], age)
    if retires_on <= world.today:
        row["retained_on"] = retires_on
    elif index % 31 == 7:
        left_on = date(world.first.year + 1 + index % len(world.years), 6, 15)
        if row["admitted_on"] < left_on <= world.today:
            row["left_on"], row["leaving"] = left_on, Person.Leaving.TRANSFERRED


def demo(world: World) -> None:
    """Record the register, the HR list of newcomers, and the posts of the fifth committee."""
    groups = list(world.groups.items())
    departments = [name.removesuffix("小组") for name, _pk in groups]
    extra = world.members // 5
    rows = []
    for index, (name, sex) in enumerate(_names(world, world.members + extra)):
        place = index % len(groups)
        row = _member(world, index, name, sex, (departments[place], groups[place][1]))
        _endings(world, row, index)
        rows.append(row)
    retired = [_retired(world, index, name, sex) for index, (name, sex) in enumerate(_names(world, RETIRED_CADRES))]
    for row in retired:
        row["name"] = f"{row['name'][0]}{world.rng.choice('德福贵祥瑞庆')}{world.rng.choice('仁义礼智生春')}"
    pks = world.save(services.save_persons, rows + retired)
    for pk, row in zip(pks, rows + retired, strict=True):
        ends = [day for day in (row["retained_on"], row["left_on"]) if day]
        world.people.append(
            Human(pk, row["name"], row["sex"], row["birth_on"], row["department"], row["group"], row["hired_on"],
                  row["admitted_on"], min(ends) if ends else None, retired=row["admitted_on"] is None)
        )  # fmt: skip
    world.save(
        services.save_newcomers,
        [
            {
                "name": row["name"],
                "staff_no": row["staff_no"],
                "department": row["department"],
                "arrived_on": row["hired_on"],
            }
            for row in rows
            if row["hired_on"] >= world.first
        ],
    )
    _posts(world)
    if world.full:
        demo_standing(world)
        demo_reorganisation(world)
        demo_posts(world)
        demo_own(world)


def _retired(world: World, index: int, name: str, sex: str) -> dict[str, Any]:
    row = _member(world, 7000 + index, name, sex, ("离退休干部处", next(iter(world.groups.values()))))
    row.update(
        birth_on=date(1938 + index, 4, 12), group=None, hired_on=date(1962 + index, 9, 1), applied_on=None, leader=False
    )
    row.update(
        id_number=_id_number(row["birth_on"], sex, index),
        admitted_on=None,
        job="离退休干部",
        staff_no=f"T{index + 1:03d}",
    )
    return row


def _posts(world: World) -> None:
    """Committee, reviewers, women's committee, accountant and cashier from the first day; a leader in every group."""
    first = world.first
    steady = [
        human
        for human in world.people
        if human.admitted_on and human.admitted_on < date(2016, 1, 1) and human.ended_on is None
    ]
    women = [human for human in steady if human.sex == "female"]
    men = [human for human in steady if human.sex == "male"]
    term = world.terms[max(world.terms)]
    posts: list[dict[str, Any]] = []

    def add(human: Human, office: str, portfolio: str = "", group: int | None = None) -> None:
        chosen = Post.Chosen.RECOMMENDED if office == Post.Office.GROUP_LEADER else Post.Chosen.ELECTED
        posts.append(
            {"person": human.pk, "office": office, "portfolio": portfolio, "group": group, "term": term, "first": first,
             "end": None, "chosen": chosen, "full_time": False, "union_since": add_years(first, -(len(posts) % 9) - 1)}
        )  # fmt: skip
        world.officers.setdefault(str(office), []).append(human)

    committee = [men[0], women[0], men[1], men[2], women[1], women[2], men[3]]
    duties = ("主持全面工作", "分管福利和女职工工作", "组织委员", "宣传委员", "福利委员", "女工委员", "文体委员")
    add(committee[0], Post.Office.CHAIR, duties[0])
    add(committee[1], Post.Office.VICE_CHAIR, duties[1])
    for human, duty in zip(committee[2:], duties[2:], strict=True):
        add(human, Post.Office.COMMITTEE, duty)
    add(men[4], Post.Office.REVIEW_DIRECTOR, "主持经费审查")
    add(women[3], Post.Office.REVIEWER)
    add(men[5], Post.Office.REVIEWER)
    add(women[2], Post.Office.WOMEN_DIRECTOR)
    add(women[4], Post.Office.ACCOUNTANT)
    add(women[6], Post.Office.CASHIER)
    taken = {human.pk for human in committee}
    for group in world.groups.values():
        leader = next(human for human in steady if human.group == group and human.pk not in taken)
        add(leader, Post.Office.GROUP_LEADER, group=group)
    world.save(services.save_posts, posts)
    world.save(unions.save_terms, [{"number": max(world.terms), "speaker": committee[0].name}])
