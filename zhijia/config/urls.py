"""Addresses: everything is reached through the hallway, which includes the rooms' own addresses."""

from django.urls import include, path

urlpatterns = [path("", include("zhijia.shell.urls"))]
