"""What the portal asks, step by step: each field with its kind, whether it must be answered, whether it names a person.

Pure. Words stand here in plain Indonesian; doors translate them. A private field is kept apart (`ReportPeople`) and enters
no fact. Texts are stored as they were typed, cleaned; `answers.read_step` reads them.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

__all__ = ["KIND_STEPS", "STEPS", "AnswerKind", "Asked", "Field", "Form", "Proof", "Says", "Step", "fields_of"]


class Form(StrEnum):
    """What is being written: a report of the board, or an objection to a notice."""

    REPORT = "report"
    OBJECTION = "objection"


class Says(StrEnum):
    """What the board says of the whole. The values are the contract of the fact `self_report`."""

    ALIVE = "alive"
    DISSOLVING = "dissolving"
    OTHER = "other"


class Step(StrEnum):
    """One page of the portal, one subject."""

    STATE = "state"
    GROUNDS = "grounds"
    AUTHORITY = "authority"
    ADDRESS = "address"
    PIN = "pin"
    BOARD = "board"
    MEMBERS = "members"
    BUSINESS = "business"
    MEETING = "meeting"


class AnswerKind(StrEnum):
    """What kind of answer a field takes."""

    TEXT = "text"
    LONG = "long"
    DAY = "day"
    YEAR = "year"
    COUNT = "count"
    CHOICE = "choice"
    DEGREES = "degrees"
    CODE = "code"
    PHONE = "phone"
    AREA = "area"


class Proof(StrEnum):
    """What an uploaded file is proof of."""

    MINUTES = "minutes"
    LEDGER = "ledger"
    TRANSACTION = "transaction"
    PREMISES = "premises"
    DECREE = "decree"
    DEED = "deed"
    OTHER = "other"


class Field(NamedTuple):
    """One question. choices: (value, words). most: the longest text. days: "past" or "future" for a day."""

    name: str
    kind: AnswerKind
    label: str
    hint: str = ""
    required: bool = False
    private: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    most: int = 200
    days: str = "past"


class Asked(NamedTuple):
    """A step: its title, why it is asked, its fields, and the files that belong to it."""

    title: str
    why: str
    fields: tuple[Field, ...]
    files: tuple[tuple[Proof, str], ...] = ()


_SAYS = (
    (Says.ALIVE.value, "Koperasi masih berjalan"),
    (Says.DISSOLVING.value, "Koperasi sedang membubarkan diri"),
    (Says.OTHER.value, "Lainnya, dijelaskan di bawah"),
)
_RELATIONS = (
    ("chair", "Ketua"),
    ("secretary", "Sekretaris"),
    ("treasurer", "Bendahara"),
    ("supervisor", "Pengawas"),
    ("manager", "Pengelola atau karyawan"),
    ("member", "Anggota"),
)
_YES_NO = (("yes", "Ya"), ("no", "Tidak"))
_RELATION = Field("relation", AnswerKind.CHOICE, "Anda di koperasi ini sebagai", required=True, choices=_RELATIONS)

STEPS: Mapping[Step, Asked] = {
    Step.STATE: Asked(
        "Keadaan koperasi",
        "Satu jawaban dahulu; rinciannya ditanyakan setelah ini.",
        (
            Field("says", AnswerKind.CHOICE, "Bagaimana keadaan koperasi sekarang?", required=True, choices=_SAYS),
            _RELATION,
            Field("note", AnswerKind.LONG, "Keterangan", "Boleh kosong. Jangan menulis nomor KTP.", most=2000),
        ),
    ),
    Step.GROUNDS: Asked(
        "Keberatan Anda",
        "Kantor wajib memeriksa keberatan sebelum melangkah lebih jauh.",
        (
            Field(
                "notice_number", AnswerKind.TEXT, "Nomor surat atau pengumuman", "Seperti tercetak di kanan atas surat.",
            ),
            _RELATION,
            Field(
                "grounds", AnswerKind.LONG, "Mengapa Anda keberatan?", "Apa yang keliru, dan apa buktinya.", True, most=4000,
            ),
        ),
        ((Proof.OTHER, "Bukti yang mendukung keberatan"),),
    ),
    Step.AUTHORITY: Asked(
        "Siapa yang melapor",
        "Laporan hanya diterima dari orang yang berwenang. Cara tercepat: kode jawaban dari surat kantor. Tanpa surat: "
        "nomor akta dan keputusan pengurus, lalu petugas menelepon.",
        (
            Field(
                "code", AnswerKind.CODE, "Kode jawaban di surat kantor", "16 huruf dan angka. Kosongkan bila tanpa surat.",
            ),
            Field(
                "deed_number", AnswerKind.TEXT, "Nomor akta atau badan hukum", "Menurut akta pendirian atau perubahannya.",
            ),
            Field(
                "decree_number", AnswerKind.TEXT, "Nomor keputusan pengangkatan pengurus", "Atau nomor berita acaranya.",
            ),
            Field("reporter_name", AnswerKind.TEXT, "Nama Anda", required=True, private=True, most=120),
            Field(
                "reporter_phone", AnswerKind.PHONE, "Nomor telepon Anda",
                "Hanya untuk ditelepon petugas tentang laporan ini.", required=True, private=True, most=30,
            ),
        ),
        ((Proof.DECREE, "Keputusan pengangkatan pengurus"), (Proof.DEED, "Akta")),
    ),
    Step.ADDRESS: Asked(
        "Tempat koperasi sekarang",
        "Di mana petugas dapat menemui koperasi, bukan alamat di akta bila sudah pindah.",
        (
            Field("address", AnswerKind.TEXT, "Alamat", "Jalan, nomor, RT/RW, patokan.", True, most=300),
            Field("kelurahan_code", AnswerKind.AREA, "Kelurahan", required=True),
            Field(
                "hours", AnswerKind.TEXT, "Kapan biasanya ada orang", "Misalnya: Senin sampai Jumat, 09.00 sampai 14.00.",
            ),
        ),
        ((Proof.PREMISES, "Foto tempatnya, dengan papan nama bila ada"),),
    ),
    Step.PIN: Asked(
        "Titik di peta",
        "Boleh dilewati. Titik yang tepat membuat petugas tidak salah rumah.",
        (
            Field("lat", AnswerKind.DEGREES, "Lintang", "Misalnya -1,2345."),
            Field("lon", AnswerKind.DEGREES, "Bujur", "Misalnya 116,8345."),
        ),
    ),
    Step.BOARD: Asked(
        "Pengurus",
        "Nama dan nomor hanya dibaca meja kantor untuk memeriksa laporan ini. Tidak pernah diumumkan, dan dapat dihapus.",
        (
            Field("position_count", AnswerKind.COUNT, "Jumlah pengurus dan pengawas", "Berapa orang.", True),
            Field("until_on", AnswerKind.DAY, "Masa bakti sampai", days="any"),
            *(
                field
                for key, words in (("chair", "Ketua"), ("secretary", "Sekretaris"), ("treasurer", "Bendahara"))
                for field in (
                    Field(f"{key}_name", AnswerKind.TEXT, f"Nama {words}", private=True, most=120),
                    Field(f"{key}_phone", AnswerKind.PHONE, f"Telepon {words}", private=True, most=30),
                )
            ),
        ),
    ),
    Step.MEMBERS: Asked(
        "Anggota",
        "Jumlah menurut buku daftar anggota.",
        (
            Field("member_count", AnswerKind.COUNT, "Jumlah anggota", required=True),
            Field("counted_on", AnswerKind.DAY, "Menurut buku pada tanggal", required=True),
        ),
    ),
    Step.BUSINESS: Asked(
        "Usaha",
        "Usaha yang terbukti: tulis kegiatan terakhir dan lampirkan satu halaman buku kas atau satu bukti transaksi.",
        (
            Field("what", AnswerKind.TEXT, "Usaha apa yang berjalan", "Misalnya: toko sembako, simpan pinjam.", True),
            Field("business_on", AnswerKind.DAY, "Tanggal transaksi terakhir", required=True),
        ),
        ((Proof.LEDGER, "Satu halaman buku kas"), (Proof.TRANSACTION, "Nota atau kuitansi")),
    ),
    Step.MEETING: Asked(
        "Rapat Anggota Tahunan (RAT)",
        "RAT yang terakhir diadakan. Notulen atau berita acaranya dilampirkan; tanpa itu RAT belum terbukti.",
        (
            Field(
                "for_book_year", AnswerKind.YEAR, "RAT untuk tahun buku", "Tahun yang dilaporkan, bukan tahun rapat.", True,
            ),
            Field("held_on", AnswerKind.DAY, "Tanggal RAT", required=True),
            Field("meeting_member_count", AnswerKind.COUNT, "Jumlah anggota saat itu"),
            Field("quorum_count", AnswerKind.COUNT, "Anggota yang hadir"),
            Field("digital", AnswerKind.CHOICE, "RAT diadakan daring", choices=_YES_NO),
            Field("balance_sheet", AnswerKind.CHOICE, "Neraca dilaporkan di RAT", choices=_YES_NO),
            Field("result", AnswerKind.CHOICE, "Perhitungan hasil usaha dilaporkan di RAT", choices=_YES_NO),
            Field("state", AnswerKind.CHOICE, "Keadaan dan usaha koperasi dilaporkan di RAT", choices=_YES_NO),
            Field("next_on", AnswerKind.DAY, "RAT berikutnya direncanakan", days="future"),
        ),
        ((Proof.MINUTES, "Notulen atau berita acara RAT"),),
    ),
}  # fmt: skip

KIND_STEPS: Mapping[Form, tuple[Step, ...]] = {
    Form.REPORT: (
        Step.STATE,
        Step.AUTHORITY,
        Step.ADDRESS,
        Step.PIN,
        Step.BOARD,
        Step.MEMBERS,
        Step.BUSINESS,
        Step.MEETING,
    ),
    Form.OBJECTION: (Step.GROUNDS, Step.AUTHORITY),
}


def fields_of(step: Step) -> tuple[Field, ...]:
    """The questions of a step."""
    return STEPS[step].fields
