"""No pages: the owner migrates, builds the wall and backs up; the worker works."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
