"""The rows of the page of addresses: filters as the address holds them, and one page of what they leave.

In: a query string, an edition. Out: typed rows with the address cut into its parts. What cannot be read is left out, so that
an old or mistyped link still opens.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import Cast
from django.http import QueryDict
from django.utils.translation import gettext

from telusur.addresses.models import Location
from telusur.addresses.queries import stated_row
from telusur.addresses.rules.address import Address, Slot
from telusur.addresses.rules.location import Location as Where
from telusur.addresses.rules.location import PointSource, Precision, Tier
from telusur.addresses.rules.parse import parse
from telusur.register.models import Edition, Entry
from telusur.web.pages.places_words import SLOT_WORDS, say_place

__all__ = ["AddressFilters", "AddressRow", "Piece", "filtered", "pieces", "read_address_filters", "row_page"]

PAGE_ROWS = 50
_CODE_LENGTH = 13


@dataclass(frozen=True, slots=True)
class AddressFilters:
    """What the list is narrowed to. area: "unknown", a kelurahan's code, or ""."""

    tier: Tier | None = None
    precision: Precision | None = None
    area: str = ""
    doubt: str = ""

    def address(self, **changed: object) -> str:
        """The query string of these filters with some changed; "?" where none is left."""
        new = replace(self, **changed)  # type: ignore[arg-type]
        pairs = (
            ("tier", new.tier.value if new.tier else ""),
            ("precision", new.precision.value if new.precision else ""),
            ("area", new.area),
            ("doubt", new.doubt),
        )
        return "?" + urlencode([(key, value) for key, value in pairs if value])

    @property
    def narrows(self) -> bool:
        """Whether any row is left out."""
        return bool(self.tier or self.precision or self.area or self.doubt)


class Piece(NamedTuple):
    """A stretch of an address as typed. words: what it was read as, "" for what was not read."""

    text: str
    slot: str
    words: str
    value: str


class AddressRow(NamedTuple):
    """One row of the list."""

    cooperative: uuid.UUID
    name: str
    pieces: tuple[Piece, ...]
    where: Where
    percent: int
    reasons: tuple[str, ...]


def read_address_filters(query: QueryDict) -> AddressFilters:
    """The filters of a query string."""
    tier, precision = query.get("tier", ""), query.get("precision", "")
    area = query.get("area", "")
    is_code = len(area) == _CODE_LENGTH and area.replace(".", "").isascii() and area.replace(".", "").isdigit()
    return AddressFilters(
        tier=Tier(tier) if tier in {item.value for item in Tier} else None,
        precision=Precision(precision) if precision in {item.value for item in Precision} else None,
        area=area if area == "unknown" or is_code else "",
        doubt="outside" if query.get("doubt") == "outside" else "",
    )


def filtered(edition: Edition, filters: AddressFilters) -> QuerySet[Location]:
    """The kept locations that the filters leave."""
    rows = Location.objects.filter(edition=edition)
    if filters.tier:
        rows = rows.filter(tier=filters.tier.value)
    if filters.precision:
        rows = rows.filter(precision=filters.precision.value)
    if filters.area:
        rows = rows.filter(kelurahan_code="" if filters.area == "unknown" else filters.area)
    if filters.doubt:
        # A code stands in quotes only as a code: the text tells it apart on both databases.
        taken = rows.filter(source__in=(PointSource.FIELD.value, PointSource.OFFICE.value))
        texts = taken.annotate(reasons_text=Cast("reasons", TextField()))
        rows = texts.filter(reasons_text__contains='"point_outside_kelurahan"')
    return rows


def row_page(edition: Edition, filters: AddressFilters, number: str) -> tuple[Page[Any], list[AddressRow]]:
    """A page of rows by name. A page beyond the last is the last."""
    name = Entry.objects.filter(edition=edition, cooperative=OuterRef("cooperative")).values("name")[:1]
    ordered = filtered(edition, filters).annotate(row_name=Subquery(name)).order_by("row_name", "id")
    page = Paginator(ordered, PAGE_ROWS).get_page(number)
    kept = list(page.object_list)
    entries = {
        entry.cooperative_id: entry
        for entry in Entry.objects.filter(edition=edition, cooperative__in=[row.cooperative_id for row in kept]).defer(
            "raw"
        )
    }
    return page, [_row(entries[row.cooperative_id], row.as_location()) for row in kept]


def _row(entry: Entry, where: Where) -> AddressRow:
    address = parse(stated_row(entry.normal).address)
    said = tuple(say_place(reason) for reason in where.reasons)
    return AddressRow(entry.cooperative_id, entry.name, pieces(address), where, round(100 * where.confidence), said)


def pieces(address: Address) -> tuple[Piece, ...]:
    """The text cut at its parts: every character once, in its order."""
    cut: list[Piece] = []
    at = 0
    for part in address.parts:
        if part.start > at:
            cut.append(Piece(address.text[at : part.start], "", "", ""))
        words = gettext(SLOT_WORDS[Slot(part.slot)])
        cut.append(Piece(address.text[part.start : part.end], part.slot.value, words, part.value))
        at = part.end
    if at < len(address.text):
        cut.append(Piece(address.text[at:], "", "", ""))
    return tuple(cut)
