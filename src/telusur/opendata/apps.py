"""The room `opendata` as a Django application."""

from django.apps import AppConfig


class OpenDataConfig(AppConfig):
    """Open data: files that leave, each with its manifest."""

    name = "telusur.opendata"
    label = "opendata"
    default_auto_field = "django.db.models.BigAutoField"
