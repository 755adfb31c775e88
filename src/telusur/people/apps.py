"""The room `people` as a Django application."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Accounts, roles, what each role may do."""

    name = "telusur.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
