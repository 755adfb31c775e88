"""The room `planning` as a Django application."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """Planning: whom to visit, in which order, by which route."""

    name = "telusur.planning"
    label = "planning"
    default_auto_field = "django.db.models.BigAutoField"
