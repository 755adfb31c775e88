"""The room `selfreport` as a Django application."""

from django.apps import AppConfig


class SelfReportConfig(AppConfig):
    """Selfreport: the portal where a board reports and attaches proof, and the desk that reviews it."""

    name = "telusur.selfreport"
    label = "selfreport"
    default_auto_field = "django.db.models.BigAutoField"
