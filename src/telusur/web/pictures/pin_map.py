"""The map on which a board sets its pin: the chosen kelurahan's outline, its neighbours around it, drawn here without tiles.

In: outlines, the chosen kelurahan, the pin that stands already. Out: frozen values for SVG, with the numbers by which the
page's script turns a place on the sheet into degrees. Without an outline there is no map; the two fields are enough.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from telusur.areas.rules.ground import Outline, ground_of

__all__ = ["PinMap", "draw_pin"]

# What `Ground` leaves free at the edge.
_MARGIN = 14.0


@dataclass(frozen=True, slots=True)
class PinMap:
    """A sheet of width by height. west, north, across, down: degrees at its upper left corner, and degrees a unit."""

    width: str
    height: str
    west: str
    north: str
    across: str
    down: str
    areas: tuple[tuple[Outline, bool], ...]
    pin: tuple[str, str] | None


def draw_pin(
    shapes: Mapping[str, str], names: Mapping[str, str], code: str, pin: tuple[float, float] | None
) -> PinMap | None:
    """The map; None without an outline. shapes: GeoJSON by code. code: the chosen kelurahan, "" for the whole city."""
    chosen = [shapes[code]] if code in shapes else list(shapes.values())
    ground = ground_of([], chosen, width=640.0)
    if ground is None:
        return None
    down, across = 1 / ground.scale, 1 / ground.scale / ground.squeeze
    areas = tuple((ground.outline(each, names.get(each, each), text), each == code) for each, text in shapes.items())
    return PinMap(
        f"{ground.width:.0f}",
        f"{ground.height:.0f}",
        f"{ground.west - _MARGIN * across:.7f}",
        f"{ground.north + _MARGIN * down:.7f}",
        f"{across:.9f}",
        f"{down:.9f}",
        areas,
        ground.text(*pin) if pin else None,
    )
