"""The room `api` as a Django application."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Interfaces for machines: REST, OData, reconciliation, OGC features, webhooks."""

    name = "telusur.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"
