"""Addresses of the notices room, under /notices/."""

from __future__ import annotations

from django.urls import path

from zhijia.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.feed, name="feed"),
    path("<uuid:uid>/", views.notice, name="notice"),
    path("<uuid:uid>/print/", views.printed, name="print"),
]
