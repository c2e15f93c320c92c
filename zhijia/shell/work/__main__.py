"""`python -m zhijia.shell.work`: the worker's process, started by `serve`."""

import sys


def run() -> None:
    """Set Django up as the server's environment says, then work."""
    import django

    django.setup()
    # Models exist only after the set-up above.
    from zhijia.shell.cli import note_error
    from zhijia.shell.work import worker

    try:
        worker.work()
    except Exception:  # noqa: BLE001 - the server starts another one; the place is in the log
        note_error()
        sys.exit(1)


if __name__ == "__main__":
    run()
