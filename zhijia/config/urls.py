"""Addresses: everything is reached through the hallway, which includes the rooms' own addresses."""

from django.urls import include, path

urlpatterns = [path("", include("zhijia.shell.urls"))]
handler400 = "zhijia.shell.views.errors.bad_request"
handler403 = "zhijia.shell.views.errors.forbidden"
handler404 = "zhijia.shell.views.errors.missing"
handler500 = "zhijia.shell.views.errors.failed"
