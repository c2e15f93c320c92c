"""What the log may say: where something failed, never with which values (names, numbers, amounts)."""

import logging
import traceback
from types import TracebackType


class WithoutValues(logging.Formatter):
    """Prints an error's kind and place only, because messages of the database quote the row that they refused."""

    def formatException(  # noqa: N802 - the name is the standard library's
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        kind, _, trace = ei
        places = "".join(traceback.format_tb(trace))
        return f"{places}{kind.__name__ if kind else 'unknown error'}"
