"""What the tables themselves refuse, whoever writes."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from telusur.areas.models import Area, AreaAlias, Crosswalk, GazetteerStamp

pytestmark = pytest.mark.django_db
GOOD: dict[str, object] = {
    "code": "99.71",
    "level": "kabupaten_kota",
    "name": "Kota Tirta Agung",
    "parent": "99",
    "source": "uji",
}


def refused(model: type[Area | AreaAlias | Crosswalk | GazetteerStamp], **values: object) -> bool:
    try:
        with transaction.atomic():
            model._default_manager.create(**values)
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"system": "pos"}, id="area_system_known"),
        pytest.param({"level": "dusun"}, id="area_level_known"),
        pytest.param({"code": "99.71.01"}, id="area_code_fits_level"),
        pytest.param({"name": ""}, id="area_named: name"),
        pytest.param({"source": ""}, id="area_named: source"),
        pytest.param({"parent": ""}, id="area_only_province_without_parent: none"),
        pytest.param({"code": "99", "level": "provinsi"}, id="area_only_province_without_parent: one"),
        pytest.param({"valid_from": date(2012, 1, 1), "valid_to": date(2012, 1, 1)}, id="area_span_forward"),
        pytest.param({"boundary": "{}"}, id="area_boundary_with_source: boundary"),
        pytest.param({"boundary_source": "uji"}, id="area_boundary_with_source: source"),
        pytest.param({"boundary": "", "boundary_source": "uji"}, id="area_boundary_with_source: blank"),
    ],
)
def test_an_area_that_cannot_be_is_refused(change: dict[str, object]) -> None:
    assert refused(Area, **{**GOOD, **change})
    assert not refused(Area, **GOOD)


def test_other_systems_codes_have_their_own_length() -> None:
    assert not refused(Area, **{**GOOD, "system": "bps", "code": "9971"})


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param({}, {}, id="area_first_span_once: unknown"),
        pytest.param(
            {"valid_to": date(2012, 1, 1)}, {"valid_to": date(2013, 1, 1)}, id="area_first_span_once: two ends"
        ),
        pytest.param({"valid_from": date(2012, 1, 1)}, {"valid_from": date(2013, 1, 1)}, id="area_one_open_span"),
        pytest.param(
            {"valid_from": date(2012, 1, 1), "valid_to": date(2012, 2, 1)},
            {"valid_from": date(2012, 1, 1)},
            id="area_span_once",
        ),
    ],
)
def test_one_code_has_one_span_at_a_time(first: dict[str, object], second: dict[str, object]) -> None:
    assert not refused(Area, **{**GOOD, **first})
    assert refused(Area, **{**GOOD, **second})


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"spelling": ""}, id="alias_spelled: blank"),
        pytest.param({"source": ""}, id="alias_spelled: source"),
        pytest.param({"confidence": 0}, id="alias_confidence_below_one: none"),
        pytest.param({"confidence": 1}, id="alias_confidence_below_one: certain"),
    ],
)
def test_an_alias_that_cannot_be_is_refused(change: dict[str, object]) -> None:
    good = {"area": Area.objects.create(**GOOD), "spelling": "Tirta", "confidence": 0.9, "source": "uji"}
    assert refused(AreaAlias, **{**good, **change})
    assert not refused(AreaAlias, **good)
    assert refused(AreaAlias, **good)  # alias_once


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"system": "pos"}, id="crosswalk_system_known"),
        pytest.param({"code": ""}, id="crosswalk_coded: code"),
        pytest.param({"to_code": ""}, id="crosswalk_coded: target"),
        pytest.param({"source": ""}, id="crosswalk_coded: source"),
        pytest.param({"share": 0}, id="crosswalk_share_within_one: none"),
        pytest.param({"share": 1.1}, id="crosswalk_share_within_one: more"),
        pytest.param({"system": "kemendagri", "code": "99.71"}, id="crosswalk_not_to_itself"),
    ],
)
def test_a_crosswalk_line_that_cannot_be_is_refused(change: dict[str, object]) -> None:
    good = {"system": "bps", "code": "9971", "to_code": "99.71", "share": 1.0, "source": "uji"}
    assert refused(Crosswalk, **{**good, **change})
    assert not refused(Crosswalk, **good)
    assert refused(Crosswalk, **good)  # crosswalk_once


def test_there_is_one_stamp() -> None:
    assert refused(GazetteerStamp, id=2, token="a")  # one_stamp
    assert not refused(GazetteerStamp, id=1, token="a")
