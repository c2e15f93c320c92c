"""Addresses of the members room, under /members/."""

from __future__ import annotations

from django.urls import path

from zhijia.members.views import admissions, applying, asof, changing

app_name = "members"
urlpatterns = [
    path("asof/", asof.register, name="asof"),
    path("asof/excel/", asof.excel, name="asof_excel"),
    path("asof/paper/", asof.paper, name="asof_paper"),
    path("asof/certificate/", asof.certificate, name="asof_certificate"),
    path("admissions/", admissions.listed, name="admissions"),
    path("admissions/decide/", admissions.decide, name="decide"),
    path("admissions/<uuid:uid>/", admissions.admission, name="admission"),
    path("admissions/<uuid:uid>/<slug:kind>/", admissions.paper, name="admission_paper"),
    path("newcomers/<uuid:uid>/start/", admissions.start, name="start"),
    path("apply/", applying.apply, name="apply"),
    path("<uuid:uid>/standing/", changing.timeline, name="timeline"),
    path("<uuid:uid>/change/", changing.change, name="change"),
    path("changes/<uuid:uid>/paper/", changing.transfer_paper, name="transfer_paper"),
]
