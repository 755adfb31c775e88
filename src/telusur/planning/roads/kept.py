"""A network as bytes for the database, and back: compressed arrays of numbers, nothing that could be run."""

from __future__ import annotations

import io
from typing import Final

import numpy as np

from telusur.planning.rules.network import Network

__all__ = ["from_bytes", "to_bytes"]

_DEGREES: Final = 1e7
_TENTHS: Final = 10.0
_BARRED: Final = -1


def to_bytes(network: Network) -> bytes:
    """Degrees to seven places, metres and seconds to a tenth; about 12 bytes a segment."""

    def tenths(values: np.ndarray) -> np.ndarray:
        return np.where(np.isfinite(values), np.rint(np.nan_to_num(values, posinf=0) * _TENTHS), _BARRED)

    held = io.BytesIO()
    np.savez_compressed(
        held,
        lat=np.rint(network.lat * _DEGREES).astype(np.int32),
        lon=np.rint(network.lon * _DEGREES).astype(np.int32),
        one=network.one.astype(np.int32),
        other=network.other.astype(np.int32),
        metres=tenths(network.metres).astype(np.int32),
        there=tenths(network.there).astype(np.int32),
        back=tenths(network.back).astype(np.int32),
    )
    return held.getvalue()


def from_bytes(held: bytes) -> Network:
    """The network. Raises ValueError for bytes that are none."""

    def seconds(values: np.ndarray) -> np.ndarray:
        return np.where(values == _BARRED, np.inf, values / _TENTHS)

    try:
        with np.load(io.BytesIO(held), allow_pickle=False) as read:
            return Network(
                read["lat"] / _DEGREES,
                read["lon"] / _DEGREES,
                read["one"].astype(np.int64),
                read["other"].astype(np.int64),
                read["metres"] / _TENTHS,
                seconds(read["there"]),
                seconds(read["back"]),
            )
    except (OSError, KeyError, ValueError, EOFError) as error:
        raise ValueError("peta jalan yang tersimpan tidak terbaca; muat lagi dengan `telusur areas roads`") from error
