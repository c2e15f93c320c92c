"""The demo's own fields: a size for team jerseys that the members fill in, and a number to call, kept encrypted."""

from __future__ import annotations

from functools import partial

from zhijia.core import records
from zhijia.core.demo import World
from zhijia.members import own_columns
from zhijia.members.own_defining import Wish, save_fields
from zhijia.members.own_records import KEEPERS

SIZES = ("S", "M", "L", "XL", "XXL")
FIELDS = (
    Wish(
        "队服尺码", "choice", options="\n".join(SIZES), help="订队服、劳保用品时用", kept_by=tuple(map(str, KEEPERS)),
        seen_by=("group_leader",), by_self=True,
    ),
    Wish(
        "紧急联系人电话", "text", help="写清是谁，例如：配偶 138…", sensitive=True, kept_by=("chair", "vice_chair"),
        by_self=True,
    ),
)  # fmt: skip
save_values = partial(records.save, own_columns.VALUES)


def demo_own(world: World) -> None:
    """Two fields; every third member told the size, every twentieth whom to call."""
    rows = [wish.row() | {"rank": rank * 10, "retired_on": None} for rank, wish in enumerate(FIELDS, 1)]
    world.save(save_fields, rows)
    size, call = own_columns.in_use(world.union)
    values = []
    for number, human in enumerate(world.members_on(world.today)):
        if number % 3 == 0:
            values.append(_value(size.pk, human.pk, text=SIZES[number % len(SIZES)]))
        if number % 20 == 0:
            values.append(_value(call.pk, human.pk, secret=f"配偶 1380000{number:04d}"))
    world.save(save_values, values)


def _value(field: int, person: int, *, text: str = "", secret: str | None = None) -> dict[str, object]:
    return {"field": field, "person": person, "text": text, "secret": secret}
