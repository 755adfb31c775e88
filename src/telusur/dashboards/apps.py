"""The room `dashboards` as a Django application."""

from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    """Dashboards: figures with permanent links; the head's window and its papers."""

    name = "telusur.dashboards"
    label = "dashboards"
    default_auto_field = "django.db.models.BigAutoField"
