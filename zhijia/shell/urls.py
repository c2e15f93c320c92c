"""Pages of the hallway."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
