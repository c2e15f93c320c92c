"""Addresses of pages that stand above the room that links to them.

A room's text links figures to the page of their fact, and that page belongs to the hallway. The room names no address
of the hallway: the settings say where the page is (`FACT_URL`), and a test keeps them and the hallway's own together.
"""

from __future__ import annotations

from django.conf import settings


def fact_url(key: str, year: str = "") -> str:
    """The page with a fact's value and the records behind it, of one year if one is named."""
    address: str = settings.FACT_URL.format(key=key)
    return f"{address}?year={year}" if year else address
