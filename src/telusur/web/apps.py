"""The web door as a Django application."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Templates, static files and the language catalogue."""

    name = "telusur.web"
    label = "web"
