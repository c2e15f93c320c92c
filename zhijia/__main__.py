"""`python -m zhijia WORD …`: set Django up, then let the shell's commands answer."""

import os
import sys


def run() -> int:
    """Run one command of the command line and return its exit code: 0 done, 1 refused with reasons, 2 wrong use."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhijia.config.settings")
    import django

    django.setup()
    # Commands read models, which exist only after the set-up above.
    from zhijia.shell import cli

    return cli.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(run())
