"""The room `intake` as a Django application."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Files that come in."""

    name = "telusur.intake"
    label = "intake"
    default_auto_field = "django.db.models.BigAutoField"
