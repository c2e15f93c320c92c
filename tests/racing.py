"""Deeds begun in the same moment, each over a connection of its own: what two people at two desks do."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from zhijia.core.outcomes import Refused

DONE = "done"


def both(*deeds: Callable[[], object]) -> list[str]:
    """What each of the deeds came to: `DONE`, or the codes for which it was refused. Other errors are raised."""
    start = Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> str:
        try:
            start.wait()
            deed()
        except Refused as refused:
            return ",".join(one.code for one in refused.violations)
        finally:
            connection.close()
        return DONE

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))
