"""Addresses of the hallway."""

from __future__ import annotations

from django.urls import path

from zhijia.shell.views import checks, claims, dev, facts, home, lists, login, me, menu, search

app_name = "shell"
urlpatterns = [
    path("", home.home, name="home"),
    path("login/", login.login, name="login"),
    path("logout/", login.logout, name="logout"),
    path("facts/", facts.catalogue_page, name="facts"),
    path("facts/<str:key>/", facts.fact_page, name="fact"),
    path("claims/", claims.claims_page, name="claims"),
    path("check/", checks.check_page, name="check"),
    path("menu/", menu.menu, name="menu"),
    path("menu/<slug:word>/", menu.section, name="section"),
    path("search/", search.search, name="search"),
    path("capital/", search.capital, name="capital"),
    path("me/", me.me, name="me"),
    path("me/password/", me.password, name="password"),
    path("theme/", me.theme, name="theme"),
    path("dev/components/", dev.components, name="components"),
    path("records/<slug:room>/<slug:kind>/", lists.register_page, name="list"),
    path("records/<slug:room>/<slug:kind>/export/", lists.export, name="export"),
    path("records/<slug:room>/<slug:kind>/print/", lists.printed, name="print"),
    path("records/<slug:room>/<slug:kind>/bulk/", lists.bulk, name="bulk"),
    path("records/<slug:room>/<slug:kind>/keep/", lists.keep_list, name="keep"),
]
