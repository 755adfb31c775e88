"""Pin a figure: from then on its link shows what it shows now. One transaction with a journal line; the same figure once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

from django.db import transaction

from telusur.dashboards.kept.asked import Asked, answer, balance_figures
from telusur.dashboards.models import PinnedFigure
from telusur.dashboards.rules.figure import Figure, key_of, link_of
from telusur.dashboards.sheets.cards import card_png
from telusur.journal import actions as journal
from telusur.rounds.models import Round

__all__ = ["pin", "pin_all", "pin_asked", "pin_moment"]


# Typst lets go of Python's lock while it draws: half of a report's time is the cards of its figures.
_HANDS = 2


def pin(figure: Figure, *, by: str, address: str = "/") -> PinnedFigure:
    """Keep a figure under its key; the kept one where it is the same. address: the web door's, ends in "/"."""
    return pin_all([figure], by=by, address=address)[0]


def pin_all(figures: Iterable[Figure], *, by: str, address: str = "/") -> list[PinnedFigure]:
    """Keep figures, all or none; each as `pin` does, once, in the order in which it first comes."""
    texts = {_digest(figure.text()): figure for figure in figures}
    kept = {row.text_sha256: row for row in PinnedFigure.objects.filter(text_sha256__in=texts)}
    fresh = [figure for digest, figure in texts.items() if digest not in kept]
    with ThreadPoolExecutor(_HANDS) as hands:
        pictures = list(hands.map(lambda figure: card_png(figure, link_of(figure, address)), fresh))
    with transaction.atomic():
        made = [_keep(figure, picture, by) for figure, picture in zip(fresh, pictures, strict=True)]
    kept |= {row.text_sha256: row for row in made}
    return [kept[digest] for digest in texts]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _keep(figure: Figure, picture: bytes, by: str) -> PinnedFigure:
    text = figure.text()
    digest, key = _digest(text), key_of(text)
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
    return pin_all(found, by=by, address=address)


def pin_asked(asked: Asked, *, by: str, address: str = "/") -> PinnedFigure:
    """Pin the figure of a question, whatever room counts it.

    Raises KeyError for one that is not known or of which nothing is, FigureRefused for one that names somebody.
    """
    figure = answer(asked)
    if figure is None:
        raise KeyError(asked.measure)
    return pin(figure, by=by, address=address)
