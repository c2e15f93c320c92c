"""The pages of one draft as tabs."""

from __future__ import annotations

from django.urls import reverse

from zhijia.core.access import Access
from zhijia.core.pages.parts import Tab
from zhijia.reports.models import Draft

PAGES = (
    ("text", "正文", "reports:draft"),
    ("withheld", "没有写的话", "reports:withheld"),
    ("opinions", "意见", "reports:opinions"),
    ("returned", "改后的文件", "reports:returned"),
    ("versions", "版本", "reports:versions"),
    ("stage", "办理", "reports:stage"),
    ("preview", "全文预览", "reports:preview"),
)
EDITORS_ONLY = {"returned"}


def tabs(draft: Draft, access: Access, active: str) -> list[Tab]:
    """The tabs that the access may open."""
    return [
        Tab(label, reverse(name, args=[draft.pk]), word == active)
        for word, label, name in PAGES
        if word not in EDITORS_ONLY or access.may("reports.edit")
    ]
