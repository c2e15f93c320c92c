"""Answers kept in memory while a union's records stand still: every deed moves the end of the union's audit chain."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

from zhijia.core.models import AuditHead


def mark(union: int) -> bytes:
    """The end of the union's audit chain, in one query; the same as long as nothing was written."""
    return bytes(AuditHead.objects.filter(union_id=union).values_list("hash", flat=True).first() or b"")


T = TypeVar("T")


class Kept(Generic[T]):
    """Up to `size` answers, those asked for last. A key holds the union, its `mark` and whatever else counts."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._known: OrderedDict[Hashable, T] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The answer kept under the key, or the one that `make` gives now."""
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key]
        made = make()
        with self._lock:
            self._known[key] = made
            while len(self._known) > self._size:
                self._known.popitem(last=False)
        return made
