"""What the log may say: where something failed, never with which values (names, numbers, amounts, words of links)."""

import logging
import re
import traceback
from types import TracebackType

# An address that lets somebody in (an invitation), and what providers and forms put behind a question mark.
_WORDS = re.compile(r"(/join/)[^/\s]+|(\?)\S+")


class WithoutValues(logging.Formatter):
    """Prints an error's kind and place only, because messages of the database quote the row that they refused."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the name is the standard library's
        """The line without words that open something."""
        return _WORDS.sub(lambda found: f"{found[1] or found[2]}…", super().formatMessage(record))

    def formatException(  # noqa: N802 - the name is the standard library's
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        kind, _, trace = ei
        places = "".join(traceback.format_tb(trace))
        return f"{places}{kind.__name__ if kind else 'unknown error'}"
