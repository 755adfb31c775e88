"""The room `laws` as a Django application."""

from django.apps import AppConfig


class LawsConfig(AppConfig):
    """Rules of law, of practice and of the house, as data."""

    name = "telusur.laws"
    label = "laws"
    default_auto_field = "django.db.models.BigAutoField"
