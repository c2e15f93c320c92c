"""Addresses of the hallway."""

from __future__ import annotations

from django.urls import path

from zhijia.shell.views import checks, claims, facts, home, login

app_name = "shell"
urlpatterns = [
    path("", home.home, name="home"),
    path("login/", login.login, name="login"),
    path("logout/", login.logout, name="logout"),
    path("facts/", facts.catalogue_page, name="facts"),
    path("facts/<str:key>/", facts.fact_page, name="fact"),
    path("claims/", claims.claims_page, name="claims"),
    path("check/", checks.check_page, name="check"),
]
