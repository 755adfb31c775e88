"""Addresses of the OData service."""

from __future__ import annotations

from django.urls import path, re_path

from telusur.api.odata import views

__all__ = ["urlpatterns"]

urlpatterns = [
    path("odata/", views.service, name="odata"),
    path("odata/$metadata", views.description, name="odata-metadata"),
    re_path(r"^odata/(?:.+)$", views.resource, name="odata-resource"),
]
