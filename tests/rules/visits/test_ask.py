"""Whom to ask at a door: the nearest first, and the house behind a cooperative of employees."""

from __future__ import annotations

import pytest

from telusur.visits.rules.ask import whom_to_ask
from telusur.words.coop_name import read_coop_name


@pytest.mark.parametrize(
    ("name", "tier", "rt", "kelurahan", "wanted"),
    [
        pytest.param(
            "Koperasi Serba Usaha Contoh",
            "A",
            "032",
            "Karang Contoh",
            (
                "pengurus atau karyawannya di tempat",
                "penghuni atau tetangga sebelahnya",
                "ketua RT 32",
                "kantor kelurahan Karang Contoh",
            ),
            id="a door that can be found",
        ),
        pytest.param(
            "KPRI Contoh",
            "B",
            "",
            "",
            (
                "pengurus atau karyawannya di tempat",
                "bagian umum instansi induknya",
                "penghuni atau tetangga sebelahnya",
                "ketua RT setempat",
                "kantor kelurahan",
            ),
            id="civil servants: their office",
        ),
        pytest.param(
            "Koperasi Karyawan PT Contoh",
            "D",
            "7",
            "Karang Contoh",
            (
                "kantor kelurahan Karang Contoh",
                "ketua RT 7",
                "bagian personalia perusahaannya",
                "warga dan warung sekitar",
            ),
            id="no hold on the address: the kelurahan first",
        ),
        pytest.param("Primkopad Contoh", "", "", "", None, id="a garrison, nothing known of the place"),
    ],
)
def test_whom_to_ask(name: str, tier: str, rt: str, kelurahan: str, wanted: tuple[str, ...] | None) -> None:
    said = whom_to_ask(kinds=read_coop_name(name).kinds, tier=tier, rt=rt, kelurahan=kelurahan)
    if wanted is None:
        assert said[0] == "kantor kelurahan" and "petugas piket kesatuannya" in said
    else:
        assert said == wanted
