"""What the collections say: the landing page, collections, features, as JSON-ready values. Reads the open data alone.

In: sets and rows. Out: values after OGC API Features 1.0 and GeoJSON (RFC 7946); `links` lead on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final
from urllib.parse import quote, urlencode

import shapely
from django.utils.translation import gettext

from telusur.api.features.shapes import Shape, inside, shape_of
from telusur.api.odata.csdl import json_value
from telusur.api.public.pages import Page, Row, held_rows, read_page
from telusur.api.rules.features_query import ItemsAsked, keeps_values
from telusur.api.rules.odata_paging import Mark
from telusur.opendata.rules.datasets import LICENCE_ADDRESS, DataSet

__all__ = ["CRS", "JSON", "collection", "feature", "found_items", "items", "link", "timed_of"]

CRS: Final = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
JSON, GEOJSON, HTML = "application/json", "application/geo+json", "text/html"
# The day by which `datetime` asks, by set; the others have none and are always in time.
_TIMED: Final[Mapping[str, str]] = {"cooperatives": "tercantum_per", "notices": "diumumkan_pada"}


def link(address: str, rel: str, media: str, title: str = "") -> dict[str, str]:
    """A link as the standard writes it."""
    made = {"href": address, "rel": rel, "type": media}
    return {**made, "title": title} if title else made


def timed_of(held: DataSet) -> int | None:
    """The place of the column by which `datetime` asks; None where the set has none."""
    name = _TIMED.get(held.dataset.value)
    return held.names.index(name) if name in held.names else None


def _extent(held: DataSet) -> dict[str, Any]:
    """Where and when the rows of a small set lie; of a large one nothing is said."""
    rows = held_rows(held.dataset)
    if not rows:
        return {}
    extent: dict[str, Any] = {}
    if held.area is not None:
        shape = shape_of(held)
        forms = [found.form for code in {row[held.area] for row in rows} if (found := shape(code)) is not None]
        if forms:
            extent["spatial"] = {"bbox": [[round(float(each), 6) for each in shapely.total_bounds(forms)]], "crs": CRS}
    timed = timed_of(held)
    days = [row[timed] for row in rows if isinstance(row[timed], date)] if timed is not None else []
    if days:
        instants = [f"{day}T00:00:00Z" for day in (min(map(str, days)), max(map(str, days)))]
        extent["temporal"] = {"interval": [instants], "trs": "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"}
    return extent


def collection(held: DataSet, root: str) -> dict[str, Any]:
    """A collection. root: the landing page's address, with a slash at its end."""
    own = f"{root}collections/{held.dataset.value}"
    said: dict[str, Any] = {
        "id": held.dataset.value,
        "title": gettext(held.title),
        "description": gettext(held.says),
        "itemType": "feature",
        "crs": [CRS],
        "links": [
            link(own, "self", JSON),
            link(f"{own}?f=html", "alternate", HTML),
            link(f"{own}/items", "items", GEOJSON, gettext(held.title)),
            link(f"{own}/items?f=html", "items", HTML, gettext(held.title)),
            link(LICENCE_ADDRESS, "license", HTML),
        ],
    }
    extent = _extent(held)
    return {**said, "extent": extent} if extent else said


def feature(held: DataSet, row: Row, shape: Callable[[Any], Shape | None]) -> dict[str, Any]:
    """A row as a GeoJSON feature. Its geometry is its area's; null where none is known."""
    found = shape(row[held.area]) if held.area is not None else None
    return {
        "type": "Feature",
        "id": str(row[0]),
        "geometry": found.geometry if found else None,
        "properties": dict(zip(held.names, map(json_value, row), strict=True)),
    }


def found_items(held: DataSet, asked: ItemsAsked) -> Page:
    """The rows of a page. A box asks nothing of a set that has no place, a time nothing of one without days."""
    timed, area = timed_of(held), held.area
    near = inside(asked.box, shape_of(held)) if asked.box is not None and area is not None else None

    def keeps(row: Row) -> bool:
        return (near is None or area is None or near(row[area])) and keeps_values(asked, row, timed)

    narrow = near is not None or asked.equal or (asked.span is not None and timed is not None)
    counts = not narrow or held_rows(held.dataset) is not None
    return read_page(held.dataset, Mark(asked.after), asked.limit, keeps=keeps if narrow else None, counts=counts)


def items(held: DataSet, page: Page, own: str, parameters: Mapping[str, Sequence[str]], stamp: str) -> dict[str, Any]:
    """A page of features. own: the address of the items; parameters: those of the request; stamp: the moment of it."""
    shape = shape_of(held)
    here = {name: values[-1] for name, values in parameters.items()}
    self_query, html_query = urlencode(here, quote_via=quote), urlencode({**here, "f": "html"}, quote_via=quote)
    links = [
        link(f"{own}?{self_query}" if self_query else own, "self", GEOJSON),
        link(f"{own}?{html_query}", "alternate", HTML),
        link(own.removesuffix("/items"), "collection", JSON),
    ]
    if page.following is not None:
        following = urlencode({**here, "after": page.following.after}, quote_via=quote)
        links.append(link(f"{own}?{following}", "next", GEOJSON))
    told: dict[str, Any] = {
        "type": "FeatureCollection",
        "features": [feature(held, row, shape) for row in page.rows],
        "links": links,
        "timeStamp": stamp,
        "numberReturned": len(page.rows),
    }
    return told if page.total is None else {**told, "numberMatched": page.total}
