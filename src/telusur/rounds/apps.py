"""The room `rounds` as a Django application."""

from django.apps import AppConfig


class RoundsConfig(AppConfig):
    """Rounds of tracing and the balance."""

    name = "telusur.rounds"
    label = "rounds"
    default_auto_field = "django.db.models.BigAutoField"
