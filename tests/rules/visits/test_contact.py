"""A number to call: the cooperative's own, never a person's, never what is no number."""

from __future__ import annotations

import pytest

from telusur.visits.rules.contact import number_to_call


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        pytest.param({"No. Telp": "(0542) 700 0000"}, "+625427000000", id="a line of the town"),
        pytest.param({"Telepon": "0812-0000-0000"}, "+6281200000000", id="a mobile"),
        pytest.param({"HP": "+62 812 0000 0000"}, "+6281200000000", id="with the country"),
        pytest.param({"Telp": "62812 0000 0000 / 0542"}, "+6281200000000", id="the first of two"),
        pytest.param({"Ketua": "Orang Rekaan", "No HP Ketua": "081200000000"}, "", id="a person's"),
        pytest.param({"Kontak": "081200000000"}, "", id="whose is not said"),
        pytest.param({"Telepon": "9903000000000001"}, "", id="a citizen's number in the wrong column"),
        pytest.param({"Telepon": "0812000000000000"}, "", id="too long"),
        pytest.param({"Telepon": "-"}, "", id="none"),
        pytest.param({"Telp": "", "Telepon kantor": "0542 700001"}, "+62542700001", id="the second cell"),
        pytest.param({}, "", id="no cells"),
    ],
)
def test_number_to_call(cells: dict[str, str], wanted: str) -> None:
    assert number_to_call(cells) == wanted
