"""The room `corrections` as a Django application."""

from django.apps import AppConfig


class CorrectionsConfig(AppConfig):
    """Corrections: what we hold against what the national register holds; approval; fate in the next edition."""

    name = "telusur.corrections"
    label = "corrections"
    default_auto_field = "django.db.models.BigAutoField"
