"""The package as an office sees it: every document opens, none breaks Microsoft's rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.office import office
from zhijia.reports.package import PackageResult


@pytest.mark.office
@pytest.mark.django_db
def test_every_document_of_the_package_opens_and_keeps_the_rules(built: PackageResult, tmp_path: Path) -> None:
    documents = [built.folder / document.file for document in built.documents] + [built.folder / "目录.docx"]
    pdfs = office.to_pdf(documents, tmp_path / "pdf")
    assert len(pdfs) == len(documents)
    report = office.pages(tmp_path / "pdf" / "01-工作报告.pdf")
    assert 8 <= len(report) <= 18
    assert "工作报告" in "".join(report[0])
    for document in documents:
        assert office.schema_faults(document) == [], document.name
