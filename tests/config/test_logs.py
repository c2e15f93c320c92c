"""The log says where something failed, never with whose data."""

import logging
import sys

from zhijia.config.logs import WithoutValues


def test_an_error_in_the_log_quotes_no_value() -> None:
    name = "欧阳若兰"
    try:
        raise ValueError(f"duplicate key (name)=({name})")
    except ValueError:
        record = logging.LogRecord("zhijia", logging.ERROR, __file__, 1, "failed", None, sys.exc_info())
    text = WithoutValues("%(message)s").format(record)
    assert name not in text
    assert "ValueError" in text
    assert "test_logs.py" in text


def test_the_cause_of_an_error_is_not_quoted_either() -> None:
    number = "110101199003070000"
    try:
        try:
            raise KeyError(number)
        except KeyError as cause:
            raise RuntimeError("outer") from cause
    except RuntimeError:
        record = logging.LogRecord("zhijia", logging.ERROR, __file__, 1, "failed", None, sys.exc_info())
    assert number not in WithoutValues("%(message)s").format(record)
