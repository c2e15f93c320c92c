"""Addresses of the hallway."""

from __future__ import annotations

from django.urls import path

from zhijia.shell.views import app, checks, claims, dev, fact, facts, home, lists, login, me, menu, search, todos

app_name = "shell"
urlpatterns = [
    path("", home.home, name="home"),
    path("login/", login.login, name="login"),
    path("logout/", login.logout, name="logout"),
    path("manifest.webmanifest", app.manifest, name="manifest"),
    path("sw.js", app.worker, name="worker"),
    path("offline/", app.offline, name="offline"),
    path("facts/", facts.catalogue_page, name="facts"),
    path("facts/<str:key>/", fact.fact_page, name="fact"),
    path("facts/<str:key>/export/", fact.fact_export, name="fact_export"),
    path("claims/", claims.claims_page, name="claims"),
    path("check/", checks.check_page, name="check"),
    path("check/export/", checks.check_export, name="check_export"),
    path("todos/", todos.todos_page, name="todos"),
    path("todos/say/", todos.todo_say, name="todo_say"),
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
