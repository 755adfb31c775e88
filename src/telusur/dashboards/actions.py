"""Pin a figure: from then on its link shows what it shows now. One transaction with a journal line; the same figure once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime

from django.db import transaction

from telusur.dashboards.kept.asked import Asked, answer, balance_figures
from telusur.dashboards.models import PinnedFigure
from telusur.dashboards.rules.figure import Figure, key_of
from telusur.dashboards.sheets.cards import card_png
from telusur.journal import actions as journal
from telusur.rounds.models import Round

__all__ = ["pin", "pin_asked", "pin_moment"]


def pin(figure: Figure, *, by: str, address: str = "/") -> PinnedFigure:
    """Keep a figure under its key; the kept one where it is the same. address: the web door's, ends in "/"."""
    text = figure.text()
    digest = hashlib.sha256(text.encode()).hexdigest()
    found = PinnedFigure.objects.filter(text_sha256=digest).first()
    if found is not None:
        return found
    key = key_of(text)
    picture = card_png(figure, f"{address}angka/{key}/")
    with transaction.atomic():
        # Two hands may pin the same figure at the same moment.
        made, is_new = PinnedFigure.objects.get_or_create(
            text_sha256=digest,
            defaults={
                "key": key,
                "measure": figure.measure,
                "on": figure.stamp.on,
                "text": text,
                "picture": picture,
                "picture_sha256": hashlib.sha256(picture).hexdigest(),
                "pinned_by": by,
                "pinned_at": datetime.now(UTC),
            },
        )
        if is_new:
            about = f"figure:{key}"
            journal.write("figure.pin", about=about, by=by, after={"text_sha256": digest, "value": figure.value()})
    return made


def pin_moment(
    round_: Round, on: date, known_at: datetime, measures: Iterable[str], *, area: str = "", by: str, address: str = "/"
) -> list[PinnedFigure]:
    """Pin measures of a round's balance on a day, as known then. Raises as `balance_figures` does."""
    found = balance_figures(round_, on, known_at, measures, area)
    return [pin(figure, by=by, address=address) for figure in found]


def pin_asked(asked: Asked, *, by: str, address: str = "/") -> PinnedFigure:
    """Pin the figure of a question, whatever room counts it.

    Raises KeyError for one that is not known or of which nothing is, FigureRefused for one that names somebody.
    """
    figure = answer(asked)
    if figure is None:
        raise KeyError(asked.measure)
    return pin(figure, by=by, address=address)
