"""The room `register` as a Django application."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """Editions, entries, cooperatives and facts."""

    name = "telusur.register"
    label = "register"
    default_auto_field = "django.db.models.BigAutoField"
