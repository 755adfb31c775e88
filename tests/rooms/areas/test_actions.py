"""The verbs of areas: loads, aliases, changes through time."""

from __future__ import annotations

from datetime import date

import pytest

from telusur.areas import actions, queries
from telusur.areas.models import Area, AreaAlias
from telusur.areas.rules.places import AreaRefused, AreaRow, CrosswalkLine
from telusur.areas.rules.rows import ChangeKind, Successor
from telusur.words.area_code import AreaLevel, CodeSystem
from tests.rooms.areas.city import NAMES, rows

pytestmark = pytest.mark.django_db
SHAPE = '{"type":"Polygon","coordinates":[[[1,1],[2,1],[2,2],[1,1]]]}'


@pytest.fixture
def city() -> None:
    actions.load_areas(rows(), source="contoh 1", by="uji")


def read(text: str, kecamatan: str = "", on: date | None = None) -> tuple[str | None, list[str]]:
    found = queries.gazetteer(["99.71"]).kelurahan(text, regency_code="99.71", kecamatan_text=kecamatan, on=on)
    return found.code, [reason.code for reason in found.reasons]


def test_a_load_is_told_and_the_second_changes_nothing() -> None:
    first = actions.load_areas(rows(), source="contoh 1", by="sari")
    second = actions.load_areas(rows(), source="contoh 1", by="sari")
    assert (first.added_count, first.by, first.changed_anything) == (10, "sari", True)
    assert first.sentence() == "10 wilayah ditambahkan dan 0 diubah dari contoh 1."
    assert (second.unchanged_count, second.changed_anything) == (10, False)
    assert second.sentence() == "Tidak ada yang berubah: 10 wilayah dari contoh 1 sudah termuat."


@pytest.mark.usefixtures("city")
def test_a_newer_version_renames_and_keeps_the_old_spelling() -> None:
    names = {**NAMES, "99.71.01.1002": "Marga Indah"}
    del names["99.72.01.1001"]
    assert actions.load_areas(rows(names), source="contoh 2", by="u").absent_count == 1
    area = Area.objects.get(code="99.71.01.1002")
    assert (area.name, area.source) == ("Marga Indah", "contoh 2")
    assert Area.objects.filter(code="99.72.01.1001").exists()
    assert read("Marga Elok", "Tirta Utara") == ("99.71.01.1002", ["area_alias"])


@pytest.mark.usefixtures("city")
def test_what_an_office_settled_is_kept() -> None:
    into = [Successor("99.71.01.1002", "Marga Jaya")]
    actions.record_change(ChangeKind.RENAME, "99.71.01.1002", on=date(2020, 1, 1), into=into, source="perda 1", by="u")
    done = actions.load_areas(rows(), source="contoh 2", by="u")
    assert (done.kept_count, done.changed_count) == (1, 0)
    assert read("Marga Jaya", "Tirta Utara") == ("99.71.01.1002", [])


def test_a_load_with_one_wrong_row_writes_nothing() -> None:
    wrong = [*rows(), AreaRow("99.73", AreaLevel.KABUPATEN_KOTA, "", "99")]
    with pytest.raises(AreaRefused, match="baris 11, kolom «name»"):
        actions.load_areas(wrong, source="contoh 1", by="u")
    assert not Area.objects.exists()


@pytest.mark.usefixtures("city")
def test_a_load_brings_shapes_too() -> None:
    shaped = [AreaRow("99.71.01.1001", AreaLevel.KELURAHAN, "Gunung Wangi", "99.71.01", SHAPE)]
    assert actions.load_areas(shaped, source="contoh 1", by="u").changed_count == 1
    assert actions.load_areas(shaped, source="contoh 1", by="u").changed_count == 0
    assert [shape.geometry for shape in queries.shapes_of("99.71", AreaLevel.KELURAHAN)] == [SHAPE]
    assert AreaAlias.objects.count() == 0


@pytest.mark.usefixtures("city")
def test_an_alias_is_learnt_once() -> None:
    assert read("Pasar Tua") == (None, ["area_unknown"])
    first = actions.add_alias("Pasar  Tua", "99.71.02.1001", source="kantor", by="sari")
    second = actions.add_alias("Pasar Tua", "99.71.02.1001", source="kantor", by="sari")
    assert (first.added, second.added, first.spelling) == (True, False, "Pasar Tua")
    assert read("Pasar Tua") == ("99.71.02.1001", ["area_alias"])


@pytest.mark.usefixtures("city")
@pytest.mark.parametrize(
    ("spelling", "code", "source", "confidence", "reason"),
    [
        pytest.param(" ", "99.71.02.1001", "kantor", 0.9, "alias_blank", id="blank"),
        pytest.param("X" * 121, "99.71.02.1001", "kantor", 0.9, "alias_blank", id="long"),
        pytest.param("Tua", "99.71.02.1999", "kantor", 0.9, "area_not_open", id="unknown-code"),
        pytest.param("Tua", "99.71.02.1001", " ", 0.9, "source_blank", id="no-source"),
        pytest.param("Tua", "99.71.02.1001", "kantor", 1.0, "alias_confidence", id="certain"),
        pytest.param("gunung wangi", "99.71.02.1001", "kantor", 0.9, "alias_official", id="a-neighbours-name"),
    ],
)
def test_a_wrong_alias_is_refused(spelling: str, code: str, source: str, confidence: float, reason: str) -> None:
    with pytest.raises(AreaRefused) as caught:
        actions.add_alias(spelling, code, source=source, by="u", confidence=confidence)
    assert caught.value.refusals[0].reason.code == reason
    assert not AreaAlias.objects.exists()


@pytest.mark.usefixtures("city")
def test_the_name_of_another_citys_kelurahan_may_be_an_alias_here() -> None:
    assert actions.add_alias("Sebelah Barat", "99.71.02.1001", source="kantor", by="u").added


@pytest.mark.usefixtures("city")
def test_a_split_dates_the_new_areas_and_leaves_the_old() -> None:
    into = [Successor("99.71.01.1003", "Gunung Wangi Baru")]
    done = actions.record_change(
        ChangeKind.SPLIT, "99.71.01.1001", on=date(2012, 6, 1), into=into, source="perda 7", by="sari"
    )
    assert (done.name, done.by, done.into) == ("Gunung Wangi", "sari", tuple(into))
    assert read("Gunung Wangi Baru", "Tirta Utara") == ("99.71.01.1003", [])
    assert read("Gunung Wangi Baru", "Tirta Utara", date(2012, 5, 31)) == ("99.71.01.1003", ["area_not_valid_on"])
    assert read("Gunung Wangi", "Tirta Utara", date(2012, 6, 1)) == ("99.71.01.1001", [])


@pytest.mark.usefixtures("city")
def test_a_move_to_another_kecamatan_is_followed() -> None:
    into = [Successor("99.71.02.1002", "Marga Elok", 1.0)]
    actions.record_change(ChangeKind.REPLACE, "99.71.01.1002", on=date(2012, 6, 1), into=into, source="perda 7", by="u")
    assert read("Marga Elok", "Tirta Utara") == ("99.71.02.1002", ["area_followed"])
    assert read("Marga Elok", "Tirta Utara", date(2012, 5, 31)) == ("99.71.01.1002", [])
    assert read("Marga Elok", "Tirta Selatan") == ("99.71.02.1002", [])


@pytest.mark.usefixtures("city")
def test_a_merger_points_to_what_is_there() -> None:
    into = [Successor("99.71.01.1001", "Gunung Wangi")]
    actions.record_change(ChangeKind.REPLACE, "99.71.01.1002", on=date(2012, 6, 1), into=into, source="perda 8", by="u")
    assert read("Marga Elok", "Tirta Utara") == ("99.71.01.1001", ["area_followed"])
    assert Area.objects.filter(code="99.71.01.1001").count() == 1


@pytest.mark.usefixtures("city")
def test_a_wrong_change_writes_nothing() -> None:
    with pytest.raises(AreaRefused, match="Wilayah ini masih memuat 1 wilayah"):
        actions.record_change(
            ChangeKind.REPLACE,
            "99.71.02",
            on=date(2012, 6, 1),
            into=[Successor("99.71.03", "Tirta Baru")],
            source="perda",
            by="u",
        )
    assert Area.objects.filter(valid_to__isnull=False).count() == 0


@pytest.mark.usefixtures("city")
def test_learnt_codes_are_kept_once() -> None:
    lines = [CrosswalkLine(CodeSystem.ODS, "9971050", "99.71.02", 0.97, "daftar")]
    assert actions.keep_crosswalk(lines) == 1
    assert actions.keep_crosswalk(lines) == 0
    assert read("9971050020", "Tirta Selatan") == (None, ["area_code_wider"])


@pytest.mark.usefixtures("city")
def test_the_resolver_is_kept_until_a_table_changes() -> None:
    first = queries.gazetteer(["99.71"])
    assert queries.gazetteer(["99.71"]) is first
    actions.add_alias("Pasar Tua", "99.71.02.1001", source="kantor", by="u")
    second = queries.gazetteer(["99.71"])
    into = [Successor("99.71.02.1001", "Pasar Baru")]
    actions.record_change(ChangeKind.RENAME, "99.71.02.1001", on=date(2020, 1, 1), into=into, source="perda", by="u")
    assert len({id(first), id(second), id(queries.gazetteer(["99.71"]))}) == 3


@pytest.mark.usefixtures("city")
def test_a_regencys_resolver_knows_no_other() -> None:
    assert queries.gazetteer(["99.71"]).regency("Kota Sebelah").code is None
    assert queries.gazetteer().regency("Kota Sebelah").code == "99.72"


@pytest.mark.usefixtures("city")
def test_the_tree_and_the_names() -> None:
    tree = [(b.kecamatan.name, [a.name for a in b.kelurahan]) for b in queries.kelurahan_tree("99.71")]
    assert tree == [("Tirta Utara", ["Gunung Wangi", "Marga Elok"]), ("Tirta Selatan", ["Pasar Lama"])]
    assert [area.code for area in queries.areas_of("99.71", AreaLevel.KECAMATAN)] == ["99.71.01", "99.71.02"]
    assert queries.area_names(["99.71.01", "", "99.99"]) == {"99.71.01": "Tirta Utara"}
