"""The forms of KKMP: which fields each kind of statement has, and what is read from them.

In: a kind, a POST. Out: `Field` lines for the one template, and the action's arguments. Nothing is decided here.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_noop

from telusur.merah_putih import actions
from telusur.merah_putih.actions import Note, Terms
from telusur.merah_putih.models import Denominator, Formation, MemberCount, StageRecord
from telusur.merah_putih.programme.models import Statement
from telusur.merah_putih.queries import statements_of
from telusur.merah_putih.rules.members import DENOMINATOR_LABELS, SOURCE_LABELS, DenominatorKind, MemberSource
from telusur.merah_putih.rules.refused import AMOUNT_MISSING, ProgrammeRefused
from telusur.merah_putih.rules.stages import STAGE_LABELS, WAY_LABELS, Stage, Way
from telusur.register.models import Cooperative
from telusur.words.nik import NikKoperasi, read_nik_koperasi

__all__ = ["KIND_WORDS", "Field", "StatementRow", "fields_of", "save", "statement_rows"]

Given = Mapping[str, str]
KIND_WORDS: Mapping[str, str] = {
    "formation": gettext_noop("Pembentukan"),
    "stage": gettext_noop("Tahap"),
    "members": gettext_noop("Jumlah anggota"),
    "denominator": gettext_noop("Penyebut"),
    "capital": gettext_noop("Simpanan"),
    "governance": gettext_noop("Tata kelola"),
    "financing": gettext_noop("Pembiayaan"),
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field. kind: text, number, date, file or choice; options: value and words of a choice."""

    name: str
    words: str
    kind: str = "text"
    hint: str = ""
    options: Sequence[tuple[str, str]] = ()
    is_needed: bool = True
    value: str = ""


def _choice(name: str, words: str, labels: Mapping[str, str], hint: str = "") -> Field:
    return Field(name, words, "choice", hint, [(key, capfirst(gettext(text))) for key, text in labels.items()])


def _seen(name: str, words: str) -> Field:
    options = [("", gettext("Belum dilihat")), ("1", gettext("Ya")), ("0", gettext("Tidak"))]
    return Field(name, words, "choice", options=options, is_needed=False)


def _rupiah(name: str, words: str) -> Field:
    return Field(name, words, "number", gettext("Rupiah, angka bulat."))


def _own(kind: str) -> list[Field]:
    """The fields of a kind, without day and proof."""
    if kind == "formation":
        return [
            _choice("way", gettext("Cara pembentukan"), {way.value: WAY_LABELS[way] for way in Way}),
            Field("name", gettext("Nama koperasi"), hint=gettext("Koperasi Kelurahan Merah Putih …")),
            Field(
                "cooperative",
                gettext("Koperasi asal"),
                hint=gettext(
                    "Untuk revitalisasi: NIK koperasi itu, tiga belas angka, atau alamat halamannya di register."
                ),
                is_needed=False,
            ),
        ]
    if kind == "stage":
        return [
            _choice("stage", gettext("Tahap yang tercapai"), {stage.value: STAGE_LABELS[stage] for stage in Stage}),
            Field(
                "number",
                gettext("Nomor"),
                hint=gettext("Nomor akta, keputusan, atau surat; bukan nomor orang."),
                is_needed=False,
            ),
        ]
    if kind == "members":
        sources = {each.value: SOURCE_LABELS[each] for each in MemberSource if each is not MemberSource.LIST}
        return [
            _choice("source", gettext("Dari mana angkanya"), sources),
            Field("count", gettext("Jumlah anggota"), "number"),
        ]
    if kind == "denominator":
        return [
            _choice("kind", gettext("Jenis"), {each.value: DENOMINATOR_LABELS[each] for each in DenominatorKind}),
            Field("total", gettext("Banyaknya"), "number"),
            Field("source", gettext("Sumber"), hint=gettext("Misalnya: BPS, Kecamatan dalam Angka 2025.")),
        ]
    if kind == "capital":
        return [
            Field("members", gettext("Anggota yang dihitung"), "number"),
            _rupiah("principal_due", gettext("Simpanan pokok yang harus dibayar")),
            _rupiah("principal_paid", gettext("Simpanan pokok yang dibayar")),
            _rupiah("mandatory_due", gettext("Simpanan wajib yang harus dibayar")),
            _rupiah("mandatory_paid", gettext("Simpanan wajib yang dibayar")),
        ]
    if kind == "governance":
        return [
            _seen("keeps_books", gettext("Pembukuan berjalan")),
            _seen("held_meeting", gettext("RAT tahun buku terakhir dilaksanakan")),
            _seen("has_supervisor", gettext("Pengawas ada dan bekerja")),
        ]
    return [
        Field("bank", gettext("Bank")),
        _rupiah("amount", gettext("Plafon")),
        _rupiah("operating", gettext("Untuk belanja operasional")),
        Field("rate", gettext("Bunga setahun (%)"), hint=gettext("Misalnya 6 atau 5,5.")),
        Field("months", gettext("Jangka waktu (bulan)"), "number"),
        Field("grace", gettext("Masa tenggang (bulan)"), "number"),
    ]


def fields_of(kind: str, given: Given) -> list[Field]:
    """All fields of a kind with what was given."""
    when = Field("on", gettext("Tanggal"), "date", gettext("Hari keadaannya, bukan hari mencatat."))
    hint = gettext("Dokumen apa, nomor dan tanggalnya, atau siapa yang melihat. Jangan menulis nomor penduduk.")
    proof = Field("proof", gettext("Bukti"), hint=hint, is_needed=kind != "denominator")
    made = [*_own(kind), when, proof]
    if kind == "stage":
        hint = gettext("Foto atau PDF, paling besar 10 MB. Hanya kantor yang melihatnya.")
        made.append(Field("file", gettext("Berkas bukti"), "file", hint, is_needed=False))
    return [
        Field(each.name, each.words, each.kind, each.hint, each.options, each.is_needed, given.get(each.name, ""))
        for each in made
    ]


def _whole(given: Given, name: str) -> int:
    """A whole number as people write it: 1.500.000 or 1500000."""
    text = given.get(name, "").replace(".", "").replace(" ", "")
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise ProgrammeRefused(AMOUNT_MISSING)
    return int(text)


def _rate(given: Given, name: str) -> Decimal:
    try:
        rate = Decimal(given.get(name, "").replace(",", "."))
    except InvalidOperation:
        raise ProgrammeRefused(AMOUNT_MISSING) from None
    if not 0 <= rate < 100:
        raise ProgrammeRefused(AMOUNT_MISSING)
    return rate


def _answer(given: Given, name: str) -> bool | None:
    return {"1": True, "0": False}.get(given.get(name, ""))


def _ident(text: str) -> uuid.UUID | None:
    """The cooperative that a NIK koperasi, an address or its end names."""
    number = read_nik_koperasi(text)
    if isinstance(number, NikKoperasi):
        return Cooperative.objects.filter(nik_koperasi=number.value).values_list("pk", flat=True).first()
    for part in reversed(text.strip().strip("/").split("/")):
        try:
            return uuid.UUID(part)
        except ValueError:
            continue
    return None


def save(kind: str, note: Note, given: Given, file: bytes | None = None) -> None:
    """The one action of a kind; file: of a step's proof. Raises ProgrammeRefused, also where a choice cannot be read."""
    try:
        if kind == "stage":
            number = given.get("number", "")[:80]
            actions.record_stage(note, stage=Stage(given["stage"]), number=number, file=file)
        else:
            _SAVES[kind](note, given)
    except (ValueError, KeyError) as fault:
        if isinstance(fault, ProgrammeRefused):
            raise
        raise ProgrammeRefused(AMOUNT_MISSING) from None


def _formation(note: Note, given: Given) -> None:
    actions.record_formation(
        note, way=Way(given["way"]), name=given["name"][:174], cooperative_id=_ident(given.get("cooperative", ""))
    )


def _capital(note: Note, given: Given) -> None:
    actions.record_capital(
        note,
        members=_whole(given, "members"),
        principal=(_whole(given, "principal_due"), _whole(given, "principal_paid")),
        mandatory=(_whole(given, "mandatory_due"), _whole(given, "mandatory_paid")),
    )


def _governance(note: Note, given: Given) -> None:
    actions.record_governance(
        note,
        keeps_books=_answer(given, "keeps_books"),
        held_meeting=_answer(given, "held_meeting"),
        has_supervisor=_answer(given, "has_supervisor"),
    )


def _financing(note: Note, given: Given) -> None:
    terms = Terms(
        given["bank"][:80],
        _whole(given, "amount"),
        _whole(given, "operating"),
        _rate(given, "rate"),
        min(_whole(given, "months"), 32_000),
        min(_whole(given, "grace"), 32_000),
    )
    actions.record_financing(note, terms=terms)


_SAVES: Mapping[str, Callable[[Note, Given], object]] = {
    "formation": _formation,
    "members": lambda note, given: actions.record_members(
        note, source=MemberSource(given["source"]), count=min(_whole(given, "count"), 10**9)
    ),
    "denominator": lambda note, given: actions.record_denominator(
        note,
        kind=DenominatorKind(given["kind"]),
        total=min(_whole(given, "total"), 10**9),
        source=given["source"][:160],
    ),
    "capital": _capital,
    "governance": _governance,
    "financing": _financing,
}


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement that can be mended or taken back. query: its values, for the form that mends it."""

    kind: str
    number: int
    words: str
    says: str
    on: date
    by: str
    query: str


def _says(row: Statement) -> str:
    """What a statement says, in a few words."""
    if isinstance(row, StageRecord):
        return gettext(row.get_stage_display())
    if isinstance(row, MemberCount):
        return f"{number_format(row.member_count)} · {gettext(row.get_source_display())}"
    if isinstance(row, Denominator):
        return f"{number_format(row.total_count)} {gettext(row.get_kind_display())}"
    return row.name if isinstance(row, Formation) else row.proof


# A column of the table and the field of the form that fills it.
_COLUMNS: Mapping[str, Mapping[str, str]] = {
    "formation": {"way": "way", "name": "name", "cooperative_id": "cooperative"},
    "stage": {"stage": "stage", "number": "number"},
    "members": {"source": "source", "member_count": "count"},
    "denominator": {"kind": "kind", "total_count": "total", "source": "source"},
    "capital": {
        "member_count": "members", "principal_due_rupiah": "principal_due", "principal_paid_rupiah": "principal_paid",
        "mandatory_due_rupiah": "mandatory_due", "mandatory_paid_rupiah": "mandatory_paid",
    },
    "governance": {name: name for name in ("keeps_books", "held_meeting", "has_supervisor")},
    "financing": {
        "bank": "bank", "amount_rupiah": "amount", "operating_rupiah": "operating", "rate_percent": "rate",
        "month_count": "months", "grace_month_count": "grace",
    },
}  # fmt: skip


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    return "" if value is None else str(value)


def statement_rows(code: str) -> list[StatementRow]:
    """The statements of a kelurahan that stand, the newest first."""
    found = []
    for kind, row in statements_of(code, timezone.now()):
        values = {field: _text(getattr(row, column)) for column, field in _COLUMNS[kind].items()}
        query = urlencode(values | {"on": row.valid_on.isoformat(), "proof": row.proof})
        words = gettext(KIND_WORDS[kind])
        found.append(StatementRow(kind, row.pk, words, _says(row), row.valid_on, row.recorded_by, query))
    return found
