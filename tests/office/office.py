"""LibreOffice, poppler and Microsoft's own rules for tests: many documents in one call, pages as pictures.

Where a tool is missing a test skips with a reason; with CI set in the environment it fails instead.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
FONTS = HERE / "fonts.conf"


def need(tool: str) -> str:
    """The path of a program; skip the test (in CI: fail) if it is not installed."""
    found = shutil.which(tool) or shutil.which(tool, path=str(ROOT / "node_modules" / ".bin"))
    if found:
        return found
    message = f"{tool} is not installed; this test needs it"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


def to_pdf(documents: Iterable[Path], folder: Path) -> list[Path]:
    """Convert all documents to PDF into `folder` by one LibreOffice call with a profile of its own."""
    sources = list(documents)
    folder.mkdir(parents=True, exist_ok=True)
    profile = folder / "profile"
    environment = os.environ | {"FONTCONFIG_FILE": str(FONTS), "HOME": str(folder)}
    command = [need("soffice"), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", "pdf", "--outdir", str(folder), *map(str, sources)]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False, timeout=60 + 10 * len(sources)
    )
    shutil.rmtree(profile, ignore_errors=True)
    made = [folder / f"{source.stem}.pdf" for source in sources]
    missing = [pdf.name for pdf in made if not pdf.exists()]
    assert not missing, f"LibreOffice did not convert {missing}: {done.stdout} {done.stderr}"
    return made


def pages(pdf: Path) -> list[list[str]]:
    """The lines of text of each page, empty ones left out, each without its blanks at the ends."""
    command = [need("pdftotext"), "-layout", "-enc", "UTF-8", str(pdf), "-"]
    text = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    return [[line.strip() for line in page.splitlines() if line.strip()] for page in text.split("\f")[:-1]]


def pictures(pdf: Path, folder: Path, *, dots_per_inch: int = 60) -> list[Path]:
    """Each page of a PDF as a PNG file, in page order."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [need("pdftoppm"), "-r", str(dots_per_inch), "-png", str(pdf), str(folder / pdf.stem)]
    subprocess.run(command, check=True, capture_output=True)
    return sorted(folder.glob(f"{pdf.stem}-*.png"))


def schema_faults(document: Path) -> list[str]:
    """What Microsoft's Open XML rules find wrong in a document; empty if nothing."""
    environment = os.environ | {"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    done = subprocess.run(
        [need("ooxml-validator"), str(document)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    report = json.loads(done.stdout)
    return [f"{fault['path']} {fault['xPath']}: {fault['description']}" for fault in report["errors"]]
