"""The registry that this office may ask, from its settings; a refusal in words where none is set."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from telusur.corrections.ports import NationalRegistry, refuse_registry
from telusur.corrections.registries.http_registry import HttpRegistry
from telusur.words.reason import Reason

__all__ = ["national_registry"]


def national_registry() -> NationalRegistry:
    """The adapter that the settings ask for. Raises RegistryRefused where the office has set none."""
    if not settings.REGISTRY_ADDRESS:
        raise refuse_registry(
            Reason("registry_off", "kantor ini tidak dihubungkan dengan antarmuka register nasional"),
            "isi TELUSUR_REGISTRY, TELUSUR_REGISTRY_USER, dan TELUSUR_REGISTRY_PASSWORD, atau impor berkasnya",
        )
    return HttpRegistry(
        settings.REGISTRY_ADDRESS,
        settings.REGISTRY_USER,
        settings.REGISTRY_PASSWORD,
        Path(settings.DATA) / "registry",
    )
