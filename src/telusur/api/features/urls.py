"""Addresses of OGC API Features."""

from __future__ import annotations

from django.urls import path

from telusur.api.features import views

__all__ = ["urlpatterns"]

urlpatterns = [
    path("ogc/", views.landing, name="features"),
    # Some clients cut the last slash off and follow no redirect.
    path("ogc", views.landing, name="features-bare"),
    path("ogc/conformance", views.conformance, name="features-conformance"),
    path("ogc/api", views.description, name="features-description"),
    path("ogc/collections", views.collections, name="features-collections"),
    path("ogc/collections/<slug:name>", views.collection, name="features-collection"),
    path("ogc/collections/<slug:name>/items", views.items, name="features-items"),
    path("ogc/collections/<slug:name>/items/<str:key>", views.item, name="features-item"),
]
