"""What the pages' tests share: a quick password hash, and static files straight from the rooms."""

from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings


@pytest.fixture(autouse=True)
def _quick(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # WhiteNoise warns of a collected folder that is not there; nothing is collected, pages find their files.
    settings.STATIC_ROOT = None
