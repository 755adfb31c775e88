"""The room `areas` as a Django application."""

from django.apps import AppConfig


class AreasConfig(AppConfig):
    """Province to kelurahan: codes, names through time, boundaries, crosswalks."""

    name = "telusur.areas"
    label = "areas"
    default_auto_field = "django.db.models.BigAutoField"
