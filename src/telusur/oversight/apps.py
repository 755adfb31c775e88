"""The room `oversight` as a Django application."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """Oversight: conflicts decided, not-founds checked twice, visits ranked for a second look."""

    name = "telusur.oversight"
    label = "oversight"
    default_auto_field = "django.db.models.BigAutoField"
