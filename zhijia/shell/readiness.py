"""The database brought up to the code, and whose union a command works on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.apps import apps
from django.db import connection

from zhijia.core import clock, keys
from zhijia.core.access import Access
from zhijia.core.outcomes import Refused, Violation
from zhijia.shell import access
from zhijia.unions.models import Union
from zhijia.unions.services import default_union


@dataclass(frozen=True, slots=True)
class Here:
    """Where a command works: the union (None in an empty folder), who asks, and today."""

    union: Union | None
    by: Access
    today: date

    @property
    def pk(self) -> int:
        """The union's pk; refused where there is no union yet."""
        return self.known.pk

    @property
    def known(self) -> Union:
        """The union; refused where there is none yet."""
        if self.union is None:
            mend = "运行 demo 看样例，或用 init 建立工会，或用 import 导入填好“工会”“届次”的台账"
            raise Refused([Violation("no_union", "数据文件夹里还没有工会", mend=mend)])
        return self.union


def migrations_on_disk() -> set[tuple[str, str]]:
    """The migrations of all rooms as (room, name), without loading them."""
    found = set()
    for app in apps.get_app_configs():
        for file in (Path(app.path) / "migrations").glob("[0-9]*.py"):
            found.add((app.label, file.stem))
    return found


def migrations_applied() -> set[tuple[str, str]]:
    """The migrations that the database has seen."""
    if "django_migrations" not in connection.introspection.table_names():
        return set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        return {(app, name) for app, name in cursor.fetchall()}


def ensure_ready() -> None:
    """Migrate the database where the code has gone on, and make keys on first use.

    Refused where the database was written by a newer version of the program.
    """
    wanted, applied = migrations_on_disk(), migrations_applied()
    rooms = {app for app, _name in wanted}
    if any(app in rooms and (app, name) not in wanted for app, name in applied):
        message = "数据文件夹由更新版本的程序写成，这个版本打不开"
        raise Refused([Violation("newer", message, mend="请换用更新的程序")])
    if wanted - applied:
        from django.core.management import call_command  # only needed here, and slow to load

        call_command("migrate", verbosity=0, interactive=False)
    keys.keyring()


def here(code: str | None) -> Here:
    """The union with the code (refused if unknown) or the folder's default, and the terminal's access to it."""
    ensure_ready()
    today = clock.today()
    union = default_union([code] if code else ())
    if code and union is None:
        raise Refused([Violation("no_union", f"没有代码为“{code}”的工会", mend="请核对 --union 后面的工会代码")])
    return Here(union, access.for_command(union.pk if union else None, today), today)
