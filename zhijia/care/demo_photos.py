"""Two photos of the demo, drawn here: a basket of fruit and a gift box on a table. No file from elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from zhijia.care.models import Visit
from zhijia.core.demo import World
from zhijia.documents import attaching
from zhijia.documents.media import drawn_png

WIDTH, HEIGHT = 480, 360
Colour = tuple[int, int, int]
_WALL, _TABLE, _BASKET, _BOX, _RIBBON = (246, 236, 220), (150, 104, 66), (196, 148, 84), (179, 23, 29), (240, 192, 96)
_FRUIT: tuple[tuple[int, int, Colour], ...] = (
    (170, 190, (206, 58, 50)), (222, 172, (238, 160, 44)), (276, 176, (206, 58, 50)), (318, 196, (122, 168, 62)),
    (196, 214, (238, 160, 44)), (250, 210, (122, 168, 62)), (300, 220, (206, 58, 50)),
)  # fmt: skip


def _room(x: int, y: int) -> Colour:
    if y > 280:
        return (_TABLE[0] - (y - 280) // 4, _TABLE[1] - (y - 280) // 4, _TABLE[2] - (y - 280) // 4)
    shade = (abs(x - 240) + (280 - y) // 2) // 12
    return (_WALL[0] - shade, _WALL[1] - shade, _WALL[2] - shade)


def _fruit(x: int, y: int) -> Colour:
    """A basket with fruit."""
    if 220 <= y < 300 and abs(x - 240) < 130 - (y - 220) // 3:
        light = 14 if (x // 10 + y // 10) % 2 else 0
        return (_BASKET[0] + light, _BASKET[1] + light, _BASKET[2] + light)
    for middle, top, (red, green, blue) in _FRUIT:
        distance = (x - middle) ** 2 + (y - top) ** 2
        if distance < 30 * 30:
            light = 30 if (x - middle + 10) ** 2 + (y - top + 10) ** 2 < 64 else 0
            return (min(255, red + light), min(255, green + light), min(255, blue + light))
    return _room(x, y)


def _gift(x: int, y: int) -> Colour:
    """A box with a ribbon."""
    if 150 <= y < 300 and 130 <= x < 350:
        if abs(x - 240) < 16 or 206 <= y < 226:
            return _RIBBON
        dark = 18 if x > 300 else 0
        return (_BOX[0] - dark, _BOX[1], _BOX[2])
    if 118 <= y < 150 and ((x - 210) ** 2 + (y - 136) ** 2 * 3 < 900 or (x - 270) ** 2 + (y - 136) ** 2 * 3 < 900):
        return _RIBBON
    return _room(x, y)


@cache  # both unions of the demo show the same two, and every test that makes a world
def _png(drawn: Callable[[int, int], Colour]) -> bytes:
    pixels = bytearray()
    for y in range(HEIGHT):
        for x in range(WIDTH):
            pixels += bytes(drawn(x, y))
    return drawn_png(WIDTH, HEIGHT, bytes(pixels))


def photos(world: World, visits: Sequence[int]) -> None:
    """Give the latest two visits a photo each, as a group leader would from a phone."""
    latest = Visit.objects.filter(pk__in=visits).order_by("-on", "-pk")[:2]
    for visit, (name, drawn) in zip(latest, (("慰问品-果篮.png", _fruit), ("慰问品-礼盒.png", _gift)), strict=False):
        attaching.add(visit, [attaching.Upload(name, "image/png", _png(drawn))], by=world.by)
