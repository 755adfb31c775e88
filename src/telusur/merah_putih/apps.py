"""The room `merah_putih` as a Django application."""

from django.apps import AppConfig


class MerahPutihConfig(AppConfig):
    """Merah Putih: the village cooperatives: stages, members, staples, partners, training."""

    name = "telusur.merah_putih"
    label = "merah_putih"
    default_auto_field = "django.db.models.BigAutoField"
