"""One fact of a request: whom it is about and the action that records it; days as they are sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext

from telusur.api.rest.problems import Problem

__all__ = ["FactDeed", "day_of", "invalid", "read_day"]


class FactDeed(NamedTuple):
    """What one fact asks: the kelurahan that it is about, and the action, which gives the record's number.

    codes: each must lie in the token's areas; "" for what is of the whole city.
    """

    codes: tuple[str, ...]
    act: Callable[[str], int]


def invalid(sentence: str, where: str) -> Problem:
    """A fact that cannot be recorded, with the place where it stands."""
    return Problem("invalid", sentence, [{"where": where, "says": sentence}])


def day_of(text: str, where: str) -> date:
    """The day that is sent, today without one. Raises Problem for one that is not, or has not been yet."""
    on = read_day(text, where) or timezone.localdate()
    if on > timezone.localdate():
        raise invalid(gettext("tanggal itu belum tiba"), where)
    return on


def read_day(text: str, where: str) -> date | None:
    """A day, also one to come; None for "". Raises Problem for one that is not."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise invalid(gettext("tanggal itu tidak ada"), where) from None
