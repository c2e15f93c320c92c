"""Addresses of the inquiries room, under /inquiries/."""

from __future__ import annotations

from django.urls import path

from zhijia.inquiries.views import answering, making, results, watching

app_name = "inquiries"
urlpatterns = [
    path("", making.forms_page, name="list"),
    path("mine/", answering.mine, name="mine"),
    path("new/", making.new, name="new"),
    path("<uuid:uid>/", watching.progress_page, name="progress"),
    path("<uuid:uid>/edit/", making.edit, name="edit"),
    path("<uuid:uid>/preview/", making.preview, name="preview"),
    path("<uuid:uid>/move/<slug:verb>/", making.move, name="move"),
    path("<uuid:uid>/answer/", answering.answer, name="answer"),
    path("<uuid:uid>/for/<uuid:person>/", answering.answer_for, name="answer_for"),
    path("<uuid:uid>/remind/", watching.remind, name="remind"),
    path("<uuid:uid>/paper/", watching.paper, name="paper"),
    path("<uuid:uid>/results/", results.results_page, name="results"),
    path("<uuid:uid>/export/", results.export, name="export"),
    path("<uuid:uid>/export-full/", results.export_full, name="export_full"),
]
