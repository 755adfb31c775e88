"""The room `visits` as a Django application."""

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    """Visits: the packet that comes back from a phone, photos, conflicts, trust."""

    name = "telusur.visits"
    label = "visits"
    default_auto_field = "django.db.models.BigAutoField"
