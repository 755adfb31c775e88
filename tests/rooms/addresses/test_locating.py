"""Every row of an edition is placed once, kept, journalled once; what people took and set counts at once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from telusur.addresses.actions import load_places, locate_all, relocate, set_by_hand, undo_by_hand
from telusur.addresses.models import Location, Place
from telusur.addresses.queries import (
    find_rates,
    hand_marks,
    kelurahan_shapes,
    located_counts,
    locations,
    open_survey,
    unread_count,
)
from telusur.addresses.rules.location import Location as Where
from telusur.addresses.rules.location import Point, PointSource, Precision, Tier
from telusur.addresses.rules.named_places import NamedPlace
from telusur.journal.models import JournalLine
from telusur.register.actions import record_facts
from telusur.register.models import Entry, RecordedFact
from telusur.register.rules import NewFact, Voice
from tests.rooms.addresses.city import (
    ELOK,
    IN_ELOK,
    IN_LAMA,
    IN_WANGI,
    LAMA,
    ON,
    ROWS,
    WANGI,
    cooperative,
    find,
    lay_areas,
    lay_city,
    lay_edition,
    stand,
)

pytestmark = pytest.mark.django_db


def where(index: int) -> Where:
    """The location of a row."""
    return locations([cooperative(index).pk])[cooperative(index).pk]


def codes(index: int) -> list[str]:
    """The codes of its reasons."""
    return [reason.code for reason in where(index).reasons]


def lines(deed: str) -> int:
    """How many journal lines speak of a deed."""
    return JournalLine.objects.filter(deed=deed).count()


def test_every_row_is_placed() -> None:
    edition = lay_city()
    report = locate_all(edition=edition, by="terminal")
    assert (report.counts.rows, report.counts.located, report.changed) == (4, 4, 4)
    assert [where(index).tier for index in range(4)] == [Tier.A, Tier.B, Tier.C, Tier.D]
    assert [where(index).kelurahan_code for index in range(4)] == [WANGI, WANGI, ELOK, ""]
    assert [where(index).precision for index in range(4)] == [
        Precision.KELURAHAN, Precision.STREET, Precision.KELURAHAN, Precision.NONE,
    ]  # fmt: skip
    assert where(1).source is PointSource.PLACE
    assert where(3).point is None
    assert (report.counts.resolved, report.counts.unknown, report.counts.pointed) == (3, 1, 3)
    assert sum(report.counts.tiers.values()) == sum(report.counts.precisions.values()) == 4


def test_a_second_run_changes_nothing_and_is_not_journalled() -> None:
    edition = lay_city()
    locate_all(edition=edition, by="terminal")
    before = list(Location.objects.order_by("id").values_list("id", "reasons"))
    again = locate_all(edition=edition, by="terminal")
    assert again.changed == 0
    assert list(Location.objects.order_by("id").values_list("id", "reasons")) == before
    assert lines("addresses.located") == 1


def test_what_was_loaded_since_changes_only_its_rows() -> None:
    lay_areas(outlines=False)
    edition = lay_edition()
    assert locate_all(edition=edition, by="terminal").counts.pointed == 0
    lay_areas()
    assert locate_all(edition=edition, by="terminal").changed == 3
    load_places([NamedPlace("Pasar Rekaan", "", Point(-1.195, 116.805))], source="rekaan", by="terminal")
    assert locate_all(edition=edition, by="terminal").changed == 1
    assert lines("addresses.located") == 3


def test_progress_is_told_and_an_edition_must_be_in_use() -> None:
    edition = lay_city()
    told: list[tuple[int, int]] = []
    locate_all(edition=edition, by="terminal", progress=lambda done, of, speed: told.append((done, of)))
    assert told[-1] == (4, 4)
    edition.held = True
    with pytest.raises(ValueError, match="belum dapat dipakai"):
        locate_all(edition=edition, by="terminal")


def test_each_edition_has_its_own_locations() -> None:
    locate_all(edition=lay_city(), by="terminal")
    second = lay_edition([("Jl. Karangan No. 3 RT 01", "Pasar Lama", "Tirta Selatan"), *ROWS[1:]], number=2)
    locate_all(edition=second, by="terminal")
    assert where(0).kelurahan_code == LAMA
    assert Location.objects.count() == 8


def test_rows_that_name_no_city_lie_in_the_editions() -> None:
    edition = lay_city()
    stated = {"address": "Jl. Rekaan", "kelurahan": "Pasar Lama"}
    for scope, code in (("gabungan", ""), ("Kota Tirta Agung", LAMA)):
        edition.scope = scope
        ((_, placed, _),) = open_survey(edition).place([(cooperative(0).pk, stated)])
        assert placed.location.kelurahan_code == code


def test_a_position_from_the_field_outranks_all_at_once() -> None:
    edition = lay_city()
    locate_all(edition=edition, by="terminal")
    set_by_hand(cooperative=cooperative(2), point=IN_ELOK, why="peta kantor", on=ON, by="rani")
    assert where(2).source is PointSource.OFFICE
    stand(2, Point(-1.185, 116.835))
    assert (where(2).source, where(2).precision, where(2).tier) == (PointSource.FIELD, Precision.BUILDING, Tier.A)
    assert where(2).point == Point(-1.185, 116.835)
    stored = Location.objects.get(cooperative=cooperative(2))
    assert (stored.source, stored.text_tier) == ("office", "C"), "reading writes nothing"
    assert relocate([cooperative(2).pk]) == 1
    stored.refresh_from_db()
    assert (stored.source, stored.tier, stored.text_tier) == ("field", "A", "C")


@pytest.mark.parametrize(
    "changed", [{"is_mock": True}, {"accuracy_m": 250}, {"accuracy_m": None}], ids=["mock", "coarse", "unknown"]
)
def test_a_position_that_proves_nothing_does_not_count(changed: dict[str, object]) -> None:
    edition = lay_city()
    locate_all(edition=edition, by="terminal")
    stand(0, IN_WANGI, **changed)  # type: ignore[arg-type]
    assert where(0).precision is Precision.KELURAHAN


def test_a_position_outside_its_kelurahan_is_a_stated_contradiction() -> None:
    edition = lay_city()
    stand(0, IN_LAMA)
    locate_all(edition=edition, by="terminal")
    assert (where(0).kelurahan_code, where(0).point) == (WANGI, IN_LAMA)
    assert "point_outside_kelurahan" in codes(0)
    stand(0, IN_WANGI, on=ON + timedelta(days=1))
    assert "point_outside_kelurahan" not in codes(0)


def test_where_somebody_stood_names_a_kelurahan_that_the_address_does_not() -> None:
    edition = lay_city()
    locate_all(edition=edition, by="terminal")
    stand(3, IN_LAMA)
    assert (where(3).kelurahan_code, where(3).kelurahan_name) == (LAMA, "Pasar Lama")
    assert "kelurahan_by_position" in codes(3)
    assert where(3).confidence < 1


def test_a_mended_position_is_gone() -> None:
    edition = lay_city()
    taken = stand(0, IN_LAMA)
    locate_all(edition=edition, by="terminal")
    mended = NewFact(cooperative(0).pk, "position", {"withdrawn": True}, Voice.VISIT, ON, supersedes=taken.pk)
    with transaction.atomic():
        record_facts([mended], by="petugas")
    assert where(0).precision is Precision.KELURAHAN


def test_by_hand_and_back() -> None:
    edition = lay_city()
    locate_all(edition=edition, by="terminal")
    row = cooperative(3)
    set_by_hand(cooperative=row, kelurahan_code=ELOK, point=IN_ELOK, why="surat lurah", on=ON, by="rani")
    assert (where(3).kelurahan_code, where(3).confidence, where(3).source) == (ELOK, 1.0, PointSource.OFFICE)
    set_by_hand(cooperative=row, kelurahan_code=LAMA, why="akta", on=ON, by="rani")
    assert where(3).kelurahan_code == LAMA
    assert [mark.kind for mark in hand_marks([row.pk])[row.pk]] == ["position", "kelurahan"]
    undo_by_hand(cooperative=row, kind="kelurahan", why="salah pilih", on=ON, by="rani")
    assert where(3).kelurahan_code == ELOK, "the word before holds again"
    undo_by_hand(cooperative=row, kind="kelurahan", why="", on=ON, by="rani")
    assert where(3).confidence < 1, "only the point still says where it is"
    undo_by_hand(cooperative=row, kind="position", why="", on=ON, by="rani")
    assert (where(3).kelurahan_code, where(3).point) == ("", None)
    with pytest.raises(ValueError, match="tidak ada yang ditetapkan"):
        undo_by_hand(cooperative=row, kind="position", why="", on=ON, by="rani")
    # Nothing went: two words of one kind, one of another, and what undid each.
    assert RecordedFact.objects.filter(cooperative=row).count() == 6
    assert (lines("address.set_by_hand"), lines("address.undone_by_hand")) == (2, 3)
    set_by_hand(cooperative=row, point=IN_ELOK, why="peta kantor", on=ON, by="rani")
    assert where(3).point == IN_ELOK


def test_the_same_word_again_says_nothing() -> None:
    lay_city()
    row = cooperative(0)
    assert len(set_by_hand(cooperative=row, kelurahan_code=ELOK, why="akta", on=ON, by="rani")) == 1
    assert set_by_hand(cooperative=row, kelurahan_code=ELOK, why=" akta ", on=ON, by="budi") == []
    assert lines("address.set_by_hand") == 1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"kelurahan_code": ELOK, "why": " "}, "alasannya"),
        ({"why": "akta"}, "pilih kelurahan"),
        ({"kelurahan_code": "99.71.09.1009", "why": "akta"}, "tidak ada di daftar"),
        ({"kelurahan_code": "99.71.01", "why": "akta"}, "tidak ada di daftar"),
    ],
)
def test_what_is_not_set(given: dict[str, str], said: str) -> None:
    lay_city()
    with pytest.raises(ValueError, match=said):
        set_by_hand(cooperative=cooperative(0), on=ON, by="rani", **given)  # type: ignore[arg-type]
    assert not RecordedFact.objects.exists()


def test_rates_are_learned_from_visits_on_the_text_alone() -> None:
    edition = lay_city()
    locate_all(edition=edition, by="terminal")
    taken = find(0, "operating")
    find(1, "address_unidentified")
    find(2, "nobody_present")
    find(3, "duplicate")
    stand(2, IN_ELOK)
    locate_all(edition=edition, by="terminal")
    now = datetime.now(UTC)
    rates = {rate.tier: (rate.found_count, rate.visited_count) for rate in find_rates(edition, on=ON, known_at=now)}
    assert rates == {Tier.A: (1, 1), Tier.B: (0, 1), Tier.C: (1, 1), Tier.D: (0, 0)}
    earlier = find_rates(edition, on=ON - timedelta(days=1), known_at=now)
    assert [rate.visited_count for rate in earlier] == [0, 0, 0, 0]
    later = find_rates(edition, on=ON, known_at=now, since=ON + timedelta(days=1))
    assert [rate.visited_count for rate in later] == [0, 0, 0, 0]
    mended = NewFact(cooperative(0).pk, "visit", {"finding": "moved_unknown"}, Voice.VISIT, ON, supersedes=taken.pk)
    with transaction.atomic():
        record_facts([mended], by="petugas")
    assert find_rates(edition, on=ON, known_at=datetime.now(UTC))[0].found_count == 0
    assert find_rates(edition, on=ON, known_at=now)[0].found_count == 1, "as it was known then"


def test_places_come_in_once() -> None:
    places = [NamedPlace("Pasar Rekaan", "Pasar", Point(-1.1, 116.1))] * 2
    done = load_places(places, source="daftar rekaan", by="rani")
    assert (done.rows_in, done.added, done.known) == (2, 1, 1)
    assert load_places(places, source="daftar rekaan", by="rani").added == 0
    assert lines("places.loaded") == 1
    with pytest.raises(ValueError, match="lisensi"):
        load_places(places, source=" ", by="rani")


def test_shapes_by_their_codes() -> None:
    lay_areas()
    assert set(kelurahan_shapes({"99.71.01"})) == {WANGI, ELOK}
    assert set(kelurahan_shapes({LAMA})) == {LAMA}
    assert kelurahan_shapes(()) == {}
    assert len(kelurahan_shapes(None)) == 3


def test_nothing_is_read_where_nothing_is() -> None:
    assert locations() == {}
    assert relocate([]) == 0
    edition = lay_city()
    assert locations() == {}
    assert located_counts(edition).located == 0


GOOD = {
    "kelurahan_code": WANGI, "kelurahan_name": "Gunung Wangi", "confidence": 1.0, "tier": "A", "text_tier": "A",
    "lat": -1.0, "lon": 116.0, "precision": "street", "source": "place", "reasons": [],
}  # fmt: skip


@pytest.mark.parametrize(
    ("constraint", "changed"),
    [
        ("location_tier_known", {"tier": "E"}),
        ("location_tier_known", {"text_tier": ""}),
        ("location_confidence_only_with_a_code", {"confidence": 0}),
        ("location_confidence_only_with_a_code", {"kelurahan_code": ""}),
        ("location_confidence_only_with_a_code", {"confidence": 1.1}),
        ("location_point_fits_its_precision", {"lat": None}),
        ("location_point_fits_its_precision", {"precision": "none"}),
        ("location_point_fits_its_precision", {"lon": 181}),
        ("location_point_fits_its_precision", {"source": "none"}),
    ],
)
def test_the_database_refuses(constraint: str, changed: dict[str, object]) -> None:
    edition = lay_city()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Location.objects.create(edition=edition, cooperative=cooperative(0), **{**GOOD, **changed})
    Location.objects.create(edition=edition, cooperative=cooperative(0), **GOOD)


def test_one_location_a_cooperative_and_edition() -> None:
    """The database holds location_once_an_edition."""
    edition = lay_city()
    Location.objects.create(edition=edition, cooperative=cooperative(0), **GOOD)
    with pytest.raises(IntegrityError), transaction.atomic():
        Location.objects.create(edition=edition, cooperative=cooperative(0), **GOOD)


@pytest.mark.parametrize(
    ("constraint", "changed"),
    [
        ("place_named", {"name": ""}),
        ("place_named", {"source": ""}),
        ("place_on_earth", {"lat": 91}),
        ("place_once", {}),
    ],
)
def test_the_database_refuses_places(constraint: str, changed: dict[str, object]) -> None:
    good = {
        "name": "Pasar", "lat": -1.0, "lon": 116.0, "source": "rekaan", "brought_by": "rani",
        "brought_at": datetime(2026, 1, 1, tzinfo=UTC),
    }  # fmt: skip
    if constraint == "place_once":
        Place.objects.create(**good)
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.create(**{**good, **changed})


def test_days_of_facts_are_days() -> None:
    """A position of 2025 does not beat one of 2026, whatever the order of recording."""
    edition = lay_city()
    stand(0, IN_WANGI, on=date(2026, 1, 5))
    stand(0, IN_LAMA, on=date(2025, 1, 5))
    locate_all(edition=edition, by="terminal")
    assert where(0).point == IN_WANGI


@pytest.mark.parametrize(
    ("taught", "code"),
    [
        pytest.param({0: WANGI, 1: WANGI, 2: WANGI}, WANGI, id="three rows of that number's area agree"),
        pytest.param({0: WANGI, 1: WANGI}, "", id="two are too few"),
        pytest.param({0: WANGI, 1: WANGI, 2: ELOK}, "", id="they disagree"),
    ],
)
def test_a_code_in_place_of_a_name_is_read_as_the_edition_s_own_rows_teach_it(
    taught: dict[int, str], code: str
) -> None:
    lay_areas()
    # The invented numbers all begin with 9971000000: the registry's code of their area.
    rows = [("Jl. Rekaan", "", "")] * 3 + [("Jl. Rekaan No. 9", "9971000000", "")]
    edition = lay_edition(rows, read_codes=taught)
    locate_all(edition=edition, by="terminal")
    last = Entry.objects.filter(edition=edition).order_by("id").last()
    assert last is not None
    place = Location.objects.get(edition=edition, cooperative=last.cooperative_id)
    assert place.kelurahan_code == code
    assert locate_all(edition=edition, by="terminal").changed == 0


def test_what_was_said_since_the_addresses_were_read_is_counted_as_unread() -> None:
    edition = lay_city()
    locate_all(edition=edition, by="terminal")
    assert unread_count(edition) == 0
    stand(0, IN_WANGI)
    assert unread_count(edition) == 1
    locate_all(edition=edition, by="terminal")
    assert unread_count(edition) == 0
