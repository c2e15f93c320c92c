"""Addresses of the members room, under /members/."""

from __future__ import annotations

from django.urls import path

from zhijia.members.views import (
    admissions,
    applying,
    arriving,
    asof,
    changing,
    fields,
    handing,
    moving,
    posts,
    reorganising,
    visits,
    worktime,
)

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
    path("move/", moving.move_many, name="move_many"),
    path("reorganisation/", reorganising.reorganisation, name="reorganisation"),
    path("reorganisation/<int:number>/undo/", reorganising.undo, name="reorganisation_undo"),
    path("transfer-in/", arriving.arrive, name="transfer_in"),
    path("transfer-in/alike/", arriving.alike, name="transfer_in_alike"),
    path("apply/", applying.apply, name="apply"),
    path("fields/", fields.fields, name="fields"),
    path("fields/new/", fields.field_new, name="field_new"),
    path("fields/<uuid:uid>/", fields.field, name="field"),
    path("fields/<uuid:uid>/move/", fields.field_move, name="field_move"),
    path("<uuid:uid>/standing/", changing.timeline, name="timeline"),
    path("<uuid:uid>/change/", changing.change, name="change"),
    path("posts/", posts.posts_page, name="posts"),
    path("posts/take-up/", handing.take_up, name="take_up"),
    path("posts/<uuid:uid>/hand-over/", handing.hand_over, name="hand_over"),
    path("posts/<uuid:uid>/leave/", handing.leave, name="leave"),
    path("posts/<uuid:uid>/paper/", posts.handover_paper, name="handover_paper"),
    path("visits/", visits.visits, name="visits"),
    path("visits/new/", visits.visit, name="visit"),
    path("visits/<uuid:uid>/stop/", visits.stop_visit, name="stop_visit"),
    path("time/", worktime.time, name="time"),
    path("changes/<uuid:uid>/paper/", changing.transfer_paper, name="transfer_paper"),
]
