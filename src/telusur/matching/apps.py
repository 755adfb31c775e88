"""The room `matching` as a Django application."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """Runs, proposals, judgements and the desk's leases."""

    name = "telusur.matching"
    label = "matching"
    default_auto_field = "django.db.models.BigAutoField"
