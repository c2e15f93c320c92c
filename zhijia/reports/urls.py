"""Addresses of the report workbench."""

from __future__ import annotations

from django.urls import path

from zhijia.reports.views import drafts, matters, opinions, papers, returned, sections, versions

app_name = "reports"
urlpatterns = [
    path("", drafts.workbench, name="workbench"),
    path("<int:pk>/", drafts.draft_page, name="draft"),
    path("<int:pk>/<int:number>/", sections.section_page, name="section"),
    path("<int:pk>/<int:number>/edit/", sections.edit, name="edit"),
    path("<int:pk>/<int:number>/number/<int:sentence>/<int:place>/", matters.number_page, name="number"),
    path("<int:pk>/withheld/", matters.withheld_page, name="withheld"),
    path("<int:pk>/stage/", versions.stage_page, name="stage"),
    path("<int:pk>/versions/", versions.versions_page, name="versions"),
    path("<int:pk>/versions/<int:version>/", versions.version_page, name="version"),
    path("<int:pk>/opinions/", opinions.opinions_page, name="opinions"),
    path("<int:pk>/opinions/<int:opinion>/", opinions.opinion_page, name="opinion"),
    path("<int:pk>/opinions/table.docx", opinions.table, name="opinions_table"),
    path("<int:pk>/preview/", papers.preview, name="preview"),
    path("<int:pk>/report.docx", papers.docx, name="docx"),
    path("<int:pk>/returned/", returned.returned_page, name="returned"),
    path("<int:pk>/returned/<int:file>/", returned.review, name="review"),
]
