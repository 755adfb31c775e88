"""The room `journal` as a Django application."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """Who did what, when, to which record."""

    name = "telusur.journal"
    label = "journal"
    default_auto_field = "django.db.models.BigAutoField"
