"""The demo's rules: the national pack (待核), the fictional province's pack and the official phrases (confirmed)."""

from __future__ import annotations

from zhijia.core.demo import World
from zhijia.standards import services

PACKS = ("national", "phrases", "jiangzhou")


def demo(world: World) -> None:
    """Import the packs; the chair vouches for the phrases, as the pack of the invented province was vouched for."""
    for code in PACKS:
        services.import_pack(code, union=world.union, by=world.by, today=world.today)
    name = "周建民" if world.full else "何静"
    services.confirm_phrases(union=world.union, name=name, by=world.by, today=world.today)
    world.books["standards"] = services.load(world.union)
