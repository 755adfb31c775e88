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
        pytest.param({"system": "pos"}, id="system"),
        pytest.param({"level": "dusun"}, id="level"),
        pytest.param({"code": "99.71.01"}, id="code-longer-than-level"),
        pytest.param({"name": ""}, id="no-name"),
        pytest.param({"source": ""}, id="no-source"),
        pytest.param({"parent": ""}, id="no-parent"),
        pytest.param({"code": "99", "level": "provinsi"}, id="province-with-parent"),
        pytest.param({"valid_from": date(2012, 1, 1), "valid_to": date(2012, 1, 1)}, id="empty-span"),
        pytest.param({"boundary": "{}"}, id="boundary-without-source"),
        pytest.param({"boundary_source": "uji"}, id="source-without-boundary"),
        pytest.param({"boundary": "", "boundary_source": "uji"}, id="blank-boundary"),
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
        pytest.param({}, {}, id="two-unknown-beginnings"),
        pytest.param({"valid_to": date(2012, 1, 1)}, {"valid_to": date(2013, 1, 1)}, id="two-first-spans"),
        pytest.param({"valid_from": date(2012, 1, 1)}, {"valid_from": date(2013, 1, 1)}, id="two-open-spans"),
        pytest.param(
            {"valid_from": date(2012, 1, 1), "valid_to": date(2012, 2, 1)},
            {"valid_from": date(2012, 1, 1)},
            id="same-day",
        ),
    ],
)
def test_one_code_has_one_span_at_a_time(first: dict[str, object], second: dict[str, object]) -> None:
    assert not refused(Area, **{**GOOD, **first})
    assert refused(Area, **{**GOOD, **second})


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"spelling": ""}, id="blank"),
        pytest.param({"source": ""}, id="no-source"),
        pytest.param({"confidence": 0}, id="no-confidence"),
        pytest.param({"confidence": 1}, id="certain"),
    ],
)
def test_an_alias_that_cannot_be_is_refused(change: dict[str, object]) -> None:
    good = {"area": Area.objects.create(**GOOD), "spelling": "Tirta", "confidence": 0.9, "source": "uji"}
    assert refused(AreaAlias, **{**good, **change})
    assert not refused(AreaAlias, **good)
    assert refused(AreaAlias, **good)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"system": "pos"}, id="system"),
        pytest.param({"code": ""}, id="no-code"),
        pytest.param({"to_code": ""}, id="no-target"),
        pytest.param({"source": ""}, id="no-source"),
        pytest.param({"share": 0}, id="no-share"),
        pytest.param({"share": 1.1}, id="more-than-all"),
        pytest.param({"system": "kemendagri", "code": "99.71"}, id="to-itself"),
    ],
)
def test_a_crosswalk_line_that_cannot_be_is_refused(change: dict[str, object]) -> None:
    good = {"system": "bps", "code": "9971", "to_code": "99.71", "share": 1.0, "source": "uji"}
    assert refused(Crosswalk, **{**good, **change})
    assert not refused(Crosswalk, **good)
    assert refused(Crosswalk, **good)


def test_there_is_one_stamp() -> None:
    assert refused(GazetteerStamp, id=2, token="a")
    assert not refused(GazetteerStamp, id=1, token="a")
