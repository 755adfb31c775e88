"""Addresses of the reconciliation service."""

from __future__ import annotations

from django.urls import path

from telusur.api.reconcile import views

__all__ = ["urlpatterns"]

urlpatterns = [
    path("reconcile/", views.service, name="reconcile"),
    path("reconcile/suggest/entity", views.suggest, {"kind": "entity"}, name="reconcile-suggest-entity"),
    path("reconcile/suggest/property", views.suggest, {"kind": "property"}, name="reconcile-suggest-property"),
    path("reconcile/suggest/type", views.suggest, {"kind": "type"}, name="reconcile-suggest-type"),
    path("reconcile/flyout/entity", views.flyout, {"kind": "entity"}, name="reconcile-flyout-entity"),
    path("reconcile/flyout/property", views.flyout, {"kind": "property"}, name="reconcile-flyout-property"),
    path("reconcile/flyout/type", views.flyout, {"kind": "type"}, name="reconcile-flyout-type"),
    path("reconcile/properties", views.properties, name="reconcile-properties"),
    path("reconcile/preview", views.preview, name="reconcile-preview"),
]
