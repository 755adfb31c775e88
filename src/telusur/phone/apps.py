"""The phone's app as a Django application: its files are static, its shell one template."""

from django.apps import AppConfig


class PhoneConfig(AppConfig):
    """The officer's offline app."""

    name = "telusur.phone"
    label = "phone"
