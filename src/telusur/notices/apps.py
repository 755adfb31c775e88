"""The room `notices` as a Django application."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Letters, public notices, objections, the dissolution proposal."""

    name = "telusur.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"
