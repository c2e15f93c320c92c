"""Write docs/rows.md anew: `python -m tests.reports.write_rows`."""

import os
from pathlib import Path


def main() -> None:
    """Read the declarations and write the table."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhijia.config.settings")
    import django

    django.setup()
    from zhijia.features import FEATURES
    from zhijia.reports import coverage

    path = Path(__file__).resolve().parents[2] / "docs" / "rows.md"
    path.write_text(coverage.markdown(FEATURES), encoding="utf-8")


if __name__ == "__main__":
    main()
