"""Addresses: the hallway's own, the report workbench, and those of each room that has pages, under its slug."""

from django.urls import include, path

from zhijia.features import FEATURES

urlpatterns = [
    path("", include("zhijia.shell.urls")),
    path("reports/", include("zhijia.reports.urls")),
    *(path(f"{feature.slug}/", include(feature.urls)) for feature in FEATURES if feature.urls),
]
handler400 = "zhijia.shell.views.errors.bad_request"
handler403 = "zhijia.shell.views.errors.forbidden"
handler404 = "zhijia.shell.views.errors.missing"
handler405 = "zhijia.shell.views.errors.not_by_address"  # ours: Django asks for no page here (shell.middleware)
handler500 = "zhijia.shell.views.errors.failed"
