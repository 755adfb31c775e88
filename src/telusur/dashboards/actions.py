"""Pin a figure: from then on its link shows what it shows now. One transaction with a journal line; the same figure once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime

from django.db import transaction

from telusur.dashboards.kept.village import village_figures
from telusur.dashboards.models import PinnedFigure
from telusur.dashboards.queries import asked_of_round, figures_at, groups_at
from telusur.dashboards.rules.discreet import discreet
from telusur.dashboards.rules.figure import Figure, key_of
from telusur.dashboards.rules.places import cell_of, names_a_person
from telusur.dashboards.sheets.cards import card_png
from telusur.journal import actions as journal
from telusur.rounds.models import Round

__all__ = ["pin", "pin_moment", "pin_programme", "pin_standing"]


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
    """Pin measures of a round's balance on a day, as known then: a place's without counts so small that they name somebody.

    An officer's figures are not thinned out: nobody but the office reads them (rules.places.names_a_person).

    Raises KeyError for an unknown measure or place, FigureRefused for a code that names somebody.
    """
    found = figures_at(round_, on, known_at, measures, area)
    if area and not names_a_person(area):
        cell = cell_of(area)
        groups = {group.value: group.tally for group in groups_at(round_, on, known_at, cell.dimension)}
        found = tuple(discreet(figure, groups, cell) for figure in found)
    return [pin(figure, by=by, address=address) for figure in found]


def pin_programme(
    on: date, known_at: datetime, measure: str, *, area: str = "", by: str, address: str = "/"
) -> PinnedFigure:
    """Pin a figure of the programme or of its trade (rules.programme, rules.village), of the city, a kecamatan, a kelurahan.

    Raises KeyError for one that is not known, or of which nothing is.
    """
    for figure in village_figures(on, known_at, measure, area):
        if figure.measure == measure:
            return pin(figure, by=by, address=address)
    raise KeyError(measure)


def pin_standing(
    round_: Round, on: date, known_at: datetime, measure: str, *, by: str, address: str = "/"
) -> PinnedFigure:
    """Pin a standing, a rate of the RAT, an estimate, a count under one definition, a move (rules.standings).

    Raises KeyError for one that is not known.
    """
    for figure in asked_of_round(round_, on, known_at, measure, None):
        if figure.measure == measure:
            return pin(figure, by=by, address=address)
    raise KeyError(measure)
