"""Trade, training and mentoring as facts: each kind read into the room's own action; what stands of them read back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from telusur.api.rest.fact_deeds import FactDeed, day_of, invalid, read_day
from telusur.api.rest.problems import Problem
from telusur.api.rest.trade_shapes import (
    LookIn,
    MentorEndIn,
    MentorIn,
    PartnerIn,
    PriceIn,
    SeatIn,
    SessionIn,
    UnitIn,
)
from telusur.merah_putih.rules.mentors import Topic
from telusur.merah_putih.rules.partners import Agreement, PartnerKind
from telusur.merah_putih.rules.prices import Reference
from telusur.merah_putih.rules.staples import Staple
from telusur.merah_putih.rules.training import Module, Seat
from telusur.merah_putih.rules.units import UnitKind
from telusur.merah_putih.trade import actions as trade
from telusur.merah_putih.trade.models import MentorLink
from telusur.merah_putih.trade.queries import Board, boards, mentor_links

__all__ = ["TRADE_KINDS", "trade_of"]


def _unit(sent: UnitIn, where: str) -> FactDeed:
    act = partial(
        trade.state_unit, code=sent.kode_kelurahan, kind=UnitKind(sent.unit), label=sent.nama, is_running=sent.berjalan,
        hours=sent.jam, on=day_of(sent.tanggal, f"{where}/tanggal"), source=sent.bukti,
    )  # fmt: skip
    return FactDeed((sent.kode_kelurahan,), lambda by: act(by=by).pk)


def _look(sent: LookIn, where: str) -> FactDeed:
    try:
        seen_at = datetime.fromisoformat(sent.waktu)
        ahead = seen_at > timezone.now()
    except (ValueError, TypeError, OverflowError):
        raise invalid(
            gettext("waktu ditulis dengan zonanya, seperti 2026-05-19T09:30+08:00"), f"{where}/waktu"
        ) from None
    if ahead:
        raise invalid(gettext("tanggal itu belum tiba"), f"{where}/waktu")
    if seen_at.year < 1900:
        raise invalid(gettext("tanggal itu tidak ada"), f"{where}/waktu")
    act = partial(
        trade.look_at_unit, code=sent.kode_kelurahan, kind=UnitKind(sent.unit), seen_at=seen_at, is_open=sent.buka
    )
    return FactDeed((sent.kode_kelurahan,), lambda by: act(by=by).pk)


def _partner(sent: PartnerIn, where: str) -> FactDeed:
    agreement = Agreement(
        sent.kode_kelurahan, sent.mitra, PartnerKind(sent.jenis_mitra), sent.barang, sent.nomor,
        read_day(sent.perjanjian_pada, f"{where}/perjanjian_pada"), read_day(sent.berakhir_pada, f"{where}/berakhir_pada"),
        sent.hari_tunggu, sent.margin_persen, sent.berjalan,
    )  # fmt: skip
    on = day_of(sent.tanggal, f"{where}/tanggal")
    act = partial(trade.state_partner, agreement=agreement, on=on, source=sent.bukti)
    return FactDeed((sent.kode_kelurahan,), lambda by: act(by=by).pk)


def _price(sent: PriceIn, where: str) -> FactDeed:
    stated = Reference(Staple(sent.bahan), sent.harga, day_of(sent.tanggal, f"{where}/tanggal"), sent.sumber)
    return FactDeed(("",), lambda by: trade.state_prices(references=[stated], by=by)[0].pk)


def _session(sent: SessionIn, where: str) -> FactDeed:
    attended = {(each.kode_kelurahan, Seat(each.jabatan)): each.bersertifikat for each in sent.hadir}
    act = partial(
        trade.record_session, module=Module(sent.modul), held_on=day_of(sent.tanggal, f"{where}/tanggal"), hours=sent.jam,
        place=sent.tempat, provider=sent.penyelenggara, attended=attended,
    )  # fmt: skip
    return FactDeed(tuple(sorted({code for code, _ in attended})), lambda by: act(by=by).pk)


def _seat(sent: SeatIn, where: str) -> FactDeed:
    on = day_of(sent.tanggal, f"{where}/tanggal")
    act = partial(trade.change_seat, code=sent.kode_kelurahan, seat=Seat(sent.jabatan), on=on)
    return FactDeed((sent.kode_kelurahan,), lambda by: act(by=by).pk)


def _mentor(sent: MentorIn, where: str) -> FactDeed:
    act = partial(
        trade.record_mentor, mentor=sent.pendamping, mentee=sent.didampingi, topics=[Topic(each) for each in sent.hal],
        on=day_of(sent.tanggal, f"{where}/tanggal"), why=sent.alasan,
    )  # fmt: skip
    return FactDeed((sent.pendamping, sent.didampingi), lambda by: act(by=by).pk)


def _mentor_end(sent: MentorEndIn, where: str) -> FactDeed:
    link = MentorLink.objects.filter(pk=sent.nomor).first()
    if link is None:
        raise Problem("missing", gettext("pendampingan dengan nomor itu tidak ada"))
    act = partial(trade.end_mentoring, link=link, on=day_of(sent.tanggal, f"{where}/tanggal"), why=sent.alasan)
    return FactDeed((link.mentor_code, link.mentee_code), lambda by: act(by=by).pk)


TRADE_KINDS: Mapping[str, Callable[[Any, str], FactDeed]] = {
    "unit": _unit,
    "buka": _look,
    "mitra": _partner,
    "harga_acuan": _price,
    "pelatihan": _session,
    "pergantian_jabatan": _seat,
    "pendamping": _mentor,
    "akhir_pendampingan": _mentor_end,
}


def trade_of(kelurahan: str, on: date, known_at: datetime) -> dict[str, object]:
    """Units, agreements, training and mentoring of one kelurahan, in the words by which they are sent."""
    board = next(iter(boards(on, known_at, [kelurahan])), None)
    links = [link for link in mentor_links(on, known_at) if kelurahan in (link.mentor_code, link.mentee_code)]
    return {
        "unit": [] if board is None else _units(board),
        "mitra": [] if board is None else _partners(board),
        "pelatihan": []
        if board is None
        else [
            {
                "modul": each.module.value,
                "lengkap": each.is_whole,
                "hadir": [seat.value for seat in each.attended],
                "bersertifikat": [seat.value for seat in each.certified],
                "belum": [seat.value for seat in each.lacking],
                "gugur": [seat.value for seat in each.lapsed],
            }
            for each in board.training
        ],
        "pendamping": [
            {
                "nomor": link.pk, "pendamping": link.mentor_code, "didampingi": link.mentee_code, "hal": link.topics,
                "tanggal": link.begun_on, "alasan": link.why,
            }
            for link in links
        ],
    }  # fmt: skip


def _units(board: Board) -> list[dict[str, object]]:
    return [
        {
            "unit": each.kind.value, "nama": each.label, "berjalan": each.is_running, "jam": each.hours,
            "tanggal": each.since_on, "dilihat": each.kept.looked, "ditepati": each.kept.kept,
        }
        for each in board.units
    ]  # fmt: skip


def _partners(board: Board) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for each in board.partners:
        agreed = each.agreement
        margin = None if agreed.margin_percent is None else float(agreed.margin_percent)
        found.append(
            {
                "mitra": agreed.partner, "jenis_mitra": agreed.kind.value, "barang": agreed.product, "nomor": agreed.number,
                "perjanjian_pada": agreed.signed_on, "berakhir_pada": agreed.ends_on, "hari_tunggu": agreed.lead_day_count,
                "margin_persen": margin, "berjalan": agreed.is_active, "keadaan": each.state.value, "bukti": each.source,
            }
        )  # fmt: skip
    return found
