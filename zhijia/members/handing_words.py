"""What a post opens and what is handed over with it, in plain words: shown before a hand-over, one table by office."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from zhijia.core.conditions import holds
from zhijia.core.dates import chinese_date
from zhijia.members import posts
from zhijia.members.models import Person, Post

# What whoever holds the office sees and does, said to both before the hand-over.
OPENS: dict[str, str] = {
    "chair": "看全部台账、数据、检查和待办，登记任职，确认换届材料，查看保密内容，导出全部台账",
    "vice_chair": "看全部台账、数据、检查和待办，登记任职，查看保密内容",
    "committee": "登记和修改台账，看数据、检查和待办，写报告",
    "review_director": "看凭证和台账，登记审查发现的问题",
    "reviewer": "看凭证和台账，登记审查发现的问题",
    "women_director": "看数据和检查，登记女职工和民主管理方面的台账",
    "women": "看活动台账",
    "group_leader": "看本小组的名册，上报本组的事和走访，代本组的人填表",
    "accountant": "登记预算、凭证，导入账簿",
    "cashier": "看凭证和账簿",
    "operator": "登记各类台账、导入导出、邀请登录、备份和恢复",
}
# What usually goes with the office; a proposal for the list, each line may be changed.
GOES_WITH: dict[str, tuple[str, ...]] = {
    "chair": ("工会印章、法人证书", "正在办的请示、批复和会议决定", "报告草稿和换届材料", "慰问、帮扶中没办完的事"),
    "vice_chair": ("分管工作没办完的事", "正在办的请示和会议决定"),
    "committee": ("分管工作的计划、名单和照片", "没办完的活动和报销"),
    "review_director": ("审查底稿和历年审查报告", "还没有整改完的问题"),
    "reviewer": ("审查底稿",),
    "women_director": ("女职工工作的计划和名单", "没办完的事"),
    "women": ("没办完的事",),
    "group_leader": ("本组名册和联系方式", "还没有发完的慰问品和签收表", "没填完的收集表"),
    "accountant": ("账簿、凭证、报表和票据", "网银U盾和密码（当面改）", "银行对账单和未达账项"),
    "cashier": ("库存现金（当面点清）和现金日记账", "支票、收据和网银U盾（密码当面改）", "没报完的单据"),
    "operator": ("服务器和数据文件夹的位置", "备份文件和备份口令", "密钥的存放处", "证书和到期日"),
}
MEMBER_SEES = "只看自己的权益、公示、收集表和“我的数据”"


def opens(offices: Iterable[str], *, member: bool) -> str:
    """What somebody with these offices sees and does; a member's pages where there is none."""
    lines = [OPENS[office] for office in OPENS if office in set(offices)]
    if lines:
        return "；".join(lines)
    return MEMBER_SEES if member else "不能再进入本系统的台账"


def proposal(office: str) -> str:
    """The list of what usually goes with the office, a line each."""
    return "\n".join(GOES_WITH.get(office, ()))


def who(person: Person) -> str:
    """Whom the name means: department, group, staff number."""
    parts = [person.department, person.group.name if person.group else "", person.staff_no and f"工号{person.staff_no}"]
    return f"{person.name}（{'，'.join(part for part in parts if part)}）"


def after(post: Post, to: Person, *, on: date, today: date) -> list[str]:
    """What both will see once the post is handed over, a sentence each."""
    held = Post.objects.in_union(post.union_id).filter(holds(on), person__in=[post.person_id, to.pk])
    rest: dict[int, set[str]] = {post.person_id: set(), to.pk: {post.office}}
    for person, office in held.exclude(pk=post.pk).values_list("person_id", "office"):
        rest[person].add(office)
    old = post.person
    others = "、".join(posts.OFFICE_NAMES[office] for office in posts.OFFICE_NAMES if office in rest[old.pk])
    when = "马上生效" if on <= today else f"{chinese_date(on)}生效；在那之前一切照旧"
    still = f"还担任{others}：" if others else ""
    return [
        f"{when}。不用系统管理员，也不交登录名和口令：各人用各人的。",
        f"{to.name}从那天起：{opens({post.office}, member=True)}。",
        f"{old.name}从那天起{still or '：'}{opens(rest[old.pk], member=old.dates.full_on(on))}。",
        "这个职务没办完的待办，自动到接任的人的首页；登记过的、正在写的都留在系统里。",
        "操作记录里记一行：谁、什么时候、把什么职务交给了谁。",
    ]
