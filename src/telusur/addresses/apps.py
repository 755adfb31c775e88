"""The room `addresses` as a Django application."""

from django.apps import AppConfig


class AddressesConfig(AppConfig):
    """Addresses: parsed, resolved to a kelurahan, placed, and how findable each is."""

    name = "telusur.addresses"
    label = "addresses"
    default_auto_field = "django.db.models.BigAutoField"
