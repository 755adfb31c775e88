"""The room `standing` as a Django application."""

from django.apps import AppConfig


class StandingConfig(AppConfig):
    """The legal standing of each cooperative, derived."""

    name = "telusur.standing"
    label = "standing"
    default_auto_field = "django.db.models.BigAutoField"
