"""Draws the icons of the installed app from the same shapes as core/icon.svg: `python -m tests.shell.app_icons`.

Phones ask for PNG. The house has no drawing library and needs none for one square and one polygon.
"""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "zhijia" / "core" / "static" / "core"
RED, WHITE = (0xB3, 0x17, 0x1D), (0xFF, 0xFF, 0xFF)
HOUSE = ((6, 16), (16, 7), (26, 16), (26, 26), (19, 26), (19, 20), (13, 20), (13, 26), (6, 26))
BOX, CORNER = 32, 7
FINE = 4  # samples a pixel in each direction
# file name -> (pixels, whether the system cuts the shape out itself: then red to the edge, the house in the safe zone)
ICONS = {"icon-192.png": (192, False), "icon-512.png": (512, False), "icon-maskable-512.png": (512, True)}


def _crossings(y: float) -> list[float]:
    """Where the outline of the house crosses the height `y`, from left to right."""
    found = []
    for (x1, y1), (x2, y2) in zip(HOUSE, (*HOUSE[1:], HOUSE[0]), strict=True):
        if (y1 <= y) != (y2 <= y):
            found.append(x1 + (y - y1) * (x2 - x1) / (y2 - y1))
    return sorted(found)


def _edge(y: float) -> float:
    """How far the rounded square is drawn in from the left at the height `y`."""
    deep = max(CORNER - y, y - (BOX - CORNER), 0.0)
    return CORNER - (CORNER**2 - deep**2) ** 0.5


def _spans(y: float, scale: float, shift: float, fine: int) -> list[tuple[int, int]]:
    """The samples of one line that lie in the house."""
    marks = [x * scale + shift for x in _crossings((y - shift) / scale)]
    samples = [round(mark / BOX * fine) for mark in marks]
    return list(zip(samples[::2], samples[1::2], strict=True))


def pixels(size: int, maskable: bool) -> bytes:
    """Rows of RGBA, each led by the byte 0 (no filter), as PNG packs them."""
    fine = size * FINE
    scale, shift = (0.8, BOX * 0.1) if maskable else (1.0, 0.0)
    rows = bytearray()
    for line in range(size):
        red, white = [0] * size, [0] * size
        for sub in range(FINE):
            y = (line * FINE + sub + 0.5) / fine * BOX
            inset = 0 if maskable else round(_edge(y) / BOX * fine)
            for x in range(inset, fine - inset):
                red[x // FINE] += 1
            for first, last in _spans(y, scale, shift, fine):
                for x in range(first, last):
                    white[x // FINE] += 1
        rows.append(0)
        for covered, house in zip(red, white, strict=True):
            share = house / covered if covered else 0.0
            rows += bytes(round(r + (w - r) * share) for r, w in zip(RED, WHITE, strict=True))
            rows.append(round(255 * covered / FINE**2))
    return bytes(rows)


def png(size: int, maskable: bool) -> bytes:
    """The icon as a PNG file."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    packed = zlib.compress(pixels(size, maskable), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


if __name__ == "__main__":
    for name, (size, maskable) in ICONS.items():
        (FOLDER / name).write_bytes(png(size, maskable))
