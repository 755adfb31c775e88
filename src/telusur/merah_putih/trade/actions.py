"""The verbs of trade, training and mentoring: state a unit, a partner, a price; record a session, a seat, a mentor.

Each is one transaction with its journal line. Nothing is edited: a further statement takes the place of an older one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime

from django.db import transaction

from telusur.areas.queries import area_names
from telusur.journal import actions as journal
from telusur.merah_putih.rules.mentors import Topic, why_not
from telusur.merah_putih.rules.partners import Agreement
from telusur.merah_putih.rules.prices import Reference
from telusur.merah_putih.rules.training import Module, Seat
from telusur.merah_putih.rules.units import HoursRefused, UnitKind, read_hours
from telusur.merah_putih.trade.models import (
    MentorEnd,
    MentorLink,
    OpeningLook,
    PartnerStatement,
    ReferencePrice,
    SeatChange,
    TrainingAttendance,
    TrainingSession,
    UnitStatement,
)
from telusur.words.reason import Reason

__all__ = [
    "TradeRefused",
    "change_seat",
    "end_mentoring",
    "look_at_unit",
    "record_mentor",
    "record_session",
    "state_partner",
    "state_prices",
    "state_unit",
]

_MENTOR_SAYS = {
    "mentor_is_mentee": "satu kelurahan tidak dapat mendampingi dirinya sendiri",
    "mentee_has_mentor": "kelurahan ini sudah punya pendamping; akhiri dahulu yang lama",
    "mentor_is_full": "pendamping ini sudah mendampingi dua kelurahan",
    "mentors_in_a_circle": "keduanya sudah saling mendampingi ke arah sebaliknya",
}


class TradeRefused(ValueError):
    """A statement that cannot be recorded, with its reason."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.sentence())
        self.reason = reason


def _refuse(reason: str, says: str, /, **values: str) -> TradeRefused:
    return TradeRefused(Reason(reason, says, values))


def _known(*codes: str) -> None:
    names = area_names(codes)
    for code in codes:
        if code not in names or len(code) != 13:
            raise _refuse(
                "kelurahan_unknown", "kelurahan «{code}» tidak ada; tulis kodenya seperti 99.71.01.1001", code=code
            )


def state_unit(
    *, code: str, kind: UnitKind, label: str, is_running: bool, hours: str, on: date, source: str, by: str
) -> UnitStatement:
    """State a unit and its promised hours from a day on. Raises TradeRefused for an unknown kelurahan or hours."""
    _known(code)
    try:
        read_hours(hours)
    except HoursRefused as refused:
        raise _refuse("hours_unreadable", "{what}", what=str(refused)) from None
    if not label.strip() or not source.strip():
        raise _refuse("unit_without_source", "sebutkan nama unit dan dari mana ini diketahui")
    with transaction.atomic():
        made = UnitStatement.objects.create(
            kelurahan_code=code, kind=kind.value, label=label.strip(), is_running=is_running, hours=hours.strip(),
            valid_on=on, source=source.strip(), recorded_by=by, recorded_at=datetime.now(UTC),
        )  # fmt: skip
        _wrote("unit.stated", code, by, {"kind": kind.value, "is_running": is_running, "hours": made.hours})
    return made


def look_at_unit(*, code: str, kind: UnitKind, seen_at: datetime, is_open: bool, by: str) -> OpeningLook:
    """Record from the desk what somebody saw at a unit's door."""
    _known(code)
    with transaction.atomic():
        made = OpeningLook.objects.create(
            kelurahan_code=code, kind=kind.value, seen_at=seen_at, is_open=is_open, recorded_by=by,
            recorded_at=datetime.now(UTC),
        )  # fmt: skip
        _wrote("unit.looked_at", code, by, {"kind": kind.value, "is_open": is_open, "seen_at": seen_at.isoformat()})
    return made


def state_partner(*, agreement: Agreement, on: date, source: str, by: str) -> PartnerStatement:
    """State what was agreed with a partner for a product. Raises TradeRefused for what no agreement can be."""
    _known(agreement.kelurahan_code)
    if not agreement.partner.strip() or not agreement.product.strip() or not source.strip():
        raise _refuse("partner_without_name", "sebutkan mitra, barangnya, dan dari mana ini diketahui")
    if agreement.number and agreement.signed_on is None:
        raise _refuse("agreement_without_day", "perjanjian bernomor perlu tanggalnya")
    if agreement.ends_on is not None and (agreement.signed_on is None or agreement.ends_on < agreement.signed_on):
        raise _refuse("agreement_backwards", "perjanjian berakhir sebelum tanggalnya sendiri")
    if agreement.margin_percent is not None and not -100 <= agreement.margin_percent <= 100:
        raise _refuse("margin_impossible", "margin ditulis dalam persen dari harga jual, −100 sampai 100")
    if agreement.lead_day_count is not None and not 0 <= agreement.lead_day_count <= 365:
        raise _refuse("lead_time_impossible", "waktu tunggu ditulis dalam hari, 0 sampai 365")
    with transaction.atomic():
        made = PartnerStatement.objects.create(
            **{**asdict(agreement), "kind": agreement.kind.value},
            valid_on=on, source=source.strip(), recorded_by=by, recorded_at=datetime.now(UTC),
        )  # fmt: skip
        after = {"partner": agreement.partner, "product": agreement.product, "number": agreement.number}
        _wrote("partner.stated", agreement.kelurahan_code, by, {**after, "is_active": agreement.is_active})
    return made


def state_prices(*, references: Sequence[Reference], by: str) -> list[ReferencePrice]:
    """Record reference prices with their day and source. Raises TradeRefused for one without either."""
    if not references or any(each.price_rupiah <= 0 or not each.source.strip() for each in references):
        raise _refuse("price_without_source", "harga acuan perlu harga di atas nol dan sumbernya")
    with transaction.atomic():
        made = ReferencePrice.objects.bulk_create(
            ReferencePrice(
                staple=each.staple.value, price_rupiah=each.price_rupiah, valid_on=each.valid_on, source=each.source.strip(),
                recorded_by=by, recorded_at=datetime.now(UTC),
            )
            for each in references
        )  # fmt: skip
        journal.write(
            "prices.stated", about="prices", by=by, after={each.staple.value: each.price_rupiah for each in references}
        )
    return made


def record_session(
    *,
    module: Module,
    held_on: date,
    hours: int,
    place: str,
    provider: str,
    attended: Mapping[tuple[str, Seat], bool],
    by: str,
) -> TrainingSession:
    """Record a session. attended: (kelurahan, place of the board) → whether it got a certificate."""
    _known(*{code for code, _ in attended})
    if not attended or hours <= 0 or not provider.strip():
        raise _refuse(
            "session_without_attendance", "sesi perlu penyelenggara, lamanya, dan sedikitnya satu jabatan yang hadir"
        )
    with transaction.atomic():
        made = TrainingSession.objects.create(
            module=module.value, held_on=held_on, hour_count=hours, place=place.strip(), provider=provider.strip(),
            recorded_by=by, recorded_at=datetime.now(UTC),
        )  # fmt: skip
        TrainingAttendance.objects.bulk_create(
            TrainingAttendance(session=made, kelurahan_code=code, seat=seat.value, is_certified=is_certified)
            for (code, seat), is_certified in sorted(attended.items())
        )
        after = {"module": module.value, "held_on": held_on.isoformat(), "attended": len(attended)}
        journal.write("training.recorded", about=f"training:{made.pk}", by=by, after=after)
    return made


def change_seat(*, code: str, seat: Seat, on: date, by: str) -> SeatChange:
    """Record that somebody else sits in a place of a board: what was learned there goes with whoever left."""
    _known(code)
    with transaction.atomic():
        made, is_new = SeatChange.objects.get_or_create(
            kelurahan_code=code, seat=seat.value, changed_on=on,
            defaults={"recorded_by": by, "recorded_at": datetime.now(UTC)},
        )  # fmt: skip
        if is_new:
            _wrote("seat.changed", code, by, {"seat": seat.value, "on": on.isoformat()})
    return made


def record_mentor(*, mentor: str, mentee: str, topics: Iterable[Topic], on: date, by: str, why: str = "") -> MentorLink:
    """Record who mentors whom, and in what. Raises TradeRefused beside pairs that stand against it."""
    _known(mentor, mentee)
    chosen = [topic.value for topic in Topic if topic in set(topics)]
    if not chosen:
        raise _refuse("mentor_without_topic", "pilih sedikitnya satu hal yang didampingi")
    with transaction.atomic():
        standing = MentorLink.objects.select_for_update(of=("self",)).filter(end__isnull=True)
        pairs = [link.as_pair() for link in standing]
        if code := why_not(mentor, mentee, pairs):
            raise _refuse(code, _MENTOR_SAYS[code])
        made = MentorLink.objects.create(
            mentor_code=mentor, mentee_code=mentee, topics=chosen, begun_on=on, why=why.strip(), recorded_by=by,
            recorded_at=datetime.now(UTC),
        )  # fmt: skip
        _wrote("mentor.recorded", mentee, by, {"mentor": mentor, "topics": chosen, "on": on.isoformat()})
    return made


def end_mentoring(*, link: MentorLink, on: date, why: str, by: str) -> MentorEnd:
    """Record that a mentoring ended. Raises TradeRefused without a reason, or when it ended before."""
    if not why.strip():
        raise _refuse("mentor_end_without_reason", "akhir pendampingan perlu alasan")
    with transaction.atomic():
        if MentorEnd.objects.filter(link=link).exists():
            raise _refuse("mentor_ended_already", "pendampingan ini sudah diakhiri")
        made = MentorEnd.objects.create(
            link=link, ended_on=on, why=why.strip(), recorded_by=by, recorded_at=datetime.now(UTC)
        )
        _wrote("mentor.ended", link.mentee_code, by, {"mentor": link.mentor_code, "why": made.why})
    return made


def _wrote(deed: str, code: str, by: str, after: Mapping[str, object]) -> None:
    journal.write(deed, about=f"kelurahan:{code}", by=by, after=after)
