"""The demo folder: two invented unions built by the rooms' own services, with a day of its own and printed logins."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from zhijia.accounts import invitations, resets
from zhijia.accounts.models import User
from zhijia.accounts.services import make_demo_logins
from zhijia.core.clock import DEMO_MARK
from zhijia.core.demo import FULL, SMALL, World
from zhijia.core.outcomes import Refused, Violation
from zhijia.features import FEATURES
from zhijia.reports import demo as reports
from zhijia.shell import access
from zhijia.shell.scopes import term_scope
from zhijia.unions.models import Union

TODAY = date(2026, 11, 20)
PASSWORD = "zhijia-demo-2026"  # noqa: S105 - printed on purpose: everything in the demo is invented
# Logins of the first union: login name and the office whose holder it stands for.
LOGINS = (
    ("zhuxi", "chair", "主席"),
    ("weiyuan", "committee", "委员"),
    ("kuaiji", "accountant", "会计"),
    ("jingshen", "review_director", "经审主任"),
    ("zuzhang", "group_leader", "小组长"),
    ("huiyuan", "", "普通会员"),
)


@dataclass(frozen=True, slots=True)
class Login:
    """A printed login."""

    username: str
    role: str
    name: str


def clear(home: Path) -> None:
    """Empty the data folder of an earlier demo; refused where it holds anything else. Keys and logs stay."""
    if not (home / DEMO_MARK).exists() and _holds_records():
        message = f"数据文件夹 {home} 里有正式的数据，不能在这里建立样例"
        raise Refused([Violation("not_demo", message, mend="请用环境变量 ZHIJIA_HOME 指定另一个文件夹")])
    (home / DEMO_MARK).unlink(missing_ok=True)
    for name in ("files", "uploads", "packages"):
        shutil.rmtree(home / name, ignore_errors=True)
    if connection.vendor == "sqlite":
        file = Path(str(connection.settings_dict["NAME"]))
        connection.close()
        for name in (file.name, f"{file.name}-wal", f"{file.name}-shm"):
            (file.parent / name).unlink(missing_ok=True)
        return
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)} CASCADE")


def _holds_records() -> bool:
    tables = set(connection.introspection.table_names())
    models = [model for model in (Union, User) if model._meta.db_table in tables]
    return any(model._default_manager.exists() for model in models)


def build(home: Path, progress: Callable[[str, int, int], None]) -> tuple[Union, list[Login]]:
    """Build both unions and the logins in one transaction, then mark the folder as a demo with its own today."""
    with transaction.atomic():
        worlds = []
        for profile, members in ((FULL, 260), (SMALL, 90)):
            world = World(today=TODAY, by=access.for_command(None, TODAY), profile=profile, members=members)
            for step, feature in enumerate(FEATURES):
                progress("建立样例工会" if profile == FULL else "建立第二个样例工会", step, len(FEATURES))
                if feature.demo is not None:
                    feature.demo(world)
            worlds.append(world)
        logins = _logins(worlds[0])
        _at_the_door()
        chair = replace(access.for_command(worlds[0].union, TODAY), name=logins[0].name)
        reports.draft(term_scope(worlds[0].union, TODAY), chair)
        mark = {"today": TODAY.isoformat(), "note": "样例数据，全部虚构；zhijia demo 会清空这个文件夹"}
        (home / DEMO_MARK).write_text(json.dumps(mark, ensure_ascii=False), encoding="utf-8")
    return Union.objects.get(pk=worlds[0].union), logins


def _logins(world: World) -> list[Login]:
    holders = access.holders(world.union, TODAY)
    in_office = {person for persons in holders.values() for person in persons}
    holders[""] = [human.pk for human in world.members_on(TODAY) if human.pk not in in_office]
    taken: set[int] = set()
    chosen: list[tuple[str, str, int]] = []
    for username, office, role in LOGINS:
        person = next((one for one in holders.get(office, ()) if one not in taken), None)
        if person is not None:
            taken.add(person)
            chosen.append((username, role, person))
    users = make_demo_logins([username for username, _role, _person in chosen], PASSWORD)
    names = {human.pk: human.name for human in world.people}
    for user, (_username, _role, person) in zip(users, chosen, strict=True):
        access.link_login(person, user.pk)
    return [Login(username, role, names[person]) for username, role, person in chosen]


def _at_the_door() -> None:
    """In the group that `zuzhang` leads one person holds an invitation, and one has forgotten the password."""
    by = access.for_user(User.objects.get(username="zuzhang"), TODAY)
    free = [one for one in access.known.without_login(by.union, TODAY, by.groups) if one.staff_no]
    forgetful, invited = free[-1], free[-2]
    user = make_demo_logins([forgetful.staff_no], PASSWORD)[0]
    access.link_login(forgetful.pk, user.pk)
    now = timezone.now()
    invitations.invite([invited.pk], by=by, now=now)
    at_the_login = replace(by, user=None, person=None, name="登录页")
    resets.ask(user, forgetful.pk, union=by.union, lost_device=False, by=at_the_login, now=now)


def home_folder() -> Path:
    """The data folder."""
    return Path(settings.ZHIJIA_HOME)
