"""What a column's label says about it, in Indonesian and in English: its concept, and the kind of value it wishes for. Pure.

In: labels as people write them ("Tgl. Lahir", "dateOfBirth", "ltable_name"). Out: a concept that two tables can share under
different labels. The rules stand in order and the first that fits wins: the head of an Indonesian label comes first
("Jenis Koperasi" is a kind, not a cooperative's name), so heads stand above what they stand before.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from telusur.matching.rules.kinds import fold
from telusur.matching.rules.schema import FieldKind

__all__ = ["IdRank", "Said", "id_rank", "is_identity", "is_truth", "label_key", "read_label"]

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
# What tables of joined pairs put in front of a label.
_SIDE = re.compile(r"^(?:ltable|rtable|left|right|kiri|kanan) ")


class Said(NamedTuple):
    """What a label says. concept: "" where no rule knows it. kind: None where only values can tell. is_count: a tally or a
    measure (members, staff, latitude), which says little about who a row is."""

    concept: str
    kind: FieldKind | None
    is_count: bool = False


_DATE, _CODE, _PLACE, _TEXT, _NAME = FieldKind.DATE, FieldKind.CODE, FieldKind.PLACE, FieldKind.TEXT, FieldKind.NAME
_CATEGORY, _NUMBER, _LEGAL = FieldKind.CATEGORY, FieldKind.NUMBER, FieldKind.LEGAL_NUMBER

_RULES: tuple[tuple[str, FieldKind | None, str], ...] = (
    ("birth place and date", _TEXT, r"\b(?:tempat|tmp) (?:dan )?(?:tanggal|tgl) lahir\b|^ttl$"),
    ("birth place", _PLACE, r"\btempat lahir\b|\b(?:birth ?place|place of birth)\b"),
    ("birth year", _CODE, r"\btahun lahir\b|\b(?:birth ?year|year of birth|yob)\b|^by$|\bdob y(?:ear)?$"),
    ("birth month", _CODE, r"\bbulan lahir\b|\b(?:birth ?month|month of birth|mob)\b|^bm$|\bdob m(?:onth)?$"),
    ("birth day", _CODE, r"^bd$|\bday of birth\b|\bdob d(?:ay)?$"),
    ("birth date", _DATE, r"\b(?:tanggal|tgl) ?lahir\b|^lahir$|\b(?:date of birth|birth ?da(?:te|y)|dob)\b|^birth$"),
    ("amendment date", _DATE, r"\b(?:tanggal|tgl) (?:pad|perubahan)\b"),
    ("legal date", _DATE, r"\b(?:tanggal|tgl) (?:badan hukum|bh|akta|pendirian|pengesahan)\b|\blegal on\b"),
    ("meeting date", _DATE, r"\b(?:tanggal|tgl) rat\b"),
    ("certificate date", _DATE, r"\b(?:tanggal|tgl) (?:berlaku )?sertifikat\b"),
    ("date", _DATE, r"^(?:tanggal|tgl)\b|\bdate\b"),
    ("count", _NUMBER, r"^(?:jumlah|jml|total|banyak(?:nya)?)\b|\b(?:count|qty|quantity)$|^(?:anggota|karyawan|manajer)\b"),
    ("latitude", _NUMBER, r"^(?:lat|latitude|lintang)$"),
    ("longitude", _NUMBER, r"^(?:lon|lng|long|longitude|bujur)$"),
    ("gender", _CATEGORY, r"\bjenis kelamin\b|^(?:jk|kelamin|sex|gender|l p)$|\b(?:sex|gender)$"),
    ("form", _CATEGORY, r"^bentuk\b"),
    ("group", _CATEGORY, r"^kelompok\b"),
    ("sector", _CATEGORY, r"^sektor\b|\bsector$"),
    ("status", _CATEGORY, r"^(?:status|grade|peringkat)\b|\bstatus$"),
    ("category", _CATEGORY, r"^(?:jenis|kategori|golongan|kelas|tipe)\b|\b(?:type|category|kind|class|genre)$"),
    ("amendment number", _LEGAL, r"\b(?:nomor|no) (?:pad|perubahan)\b"),
    ("legal number", _LEGAL, r"\bbadan hukum\b|\bbh\b|\b(?:nomor|no) (?:akta|pengesahan)\b|\blegal number\b|\bahu\b"),
    ("citizen number", _CODE, r"\bktp\b|\bpenduduk\b|\bkependudukan\b|\bnational id(?:entity)?\b|\bpassport\b|\bpaspor\b"),
    ("social security number", _CODE, r"\bss(?:n|id)\b|\bsoc(?:ial)? sec(?:urity)?\b"),
    ("cooperative number", _CODE, r"^nik koperasi\b|\bnomor induk koperasi\b"),
    ("nik", _CODE, r"\bnik\b"),
    ("tax number", _CODE, r"\bnpwp\b|\b(?:tax|vat) (?:id|no|number)\b"),
    ("business number", _CODE, r"\bnib\b|\bnpsn\b|\bisbn\b|\bissn\b|\bupc\b|\bean\b|\bsku\b|\bmodel(?: ?(?:no|number))?\b"),
    ("postcode", _CODE, r"\bkode ?pos\b|\bpost(?:al)? ?code\b|\bzip(?: ?code)?\b"),
    ("phone", _CODE, r"\b(?:telepon|telpon|telp|tlp|hp|handphone|ponsel|wa)\b|\b(?:tele)?phone\b|\bmobile\b|^tel\b"),
    ("email", _CODE, r"\be ?mail\b|\bsurel\b"),
    ("web address", _CODE, r"\b(?:website|url|situs|laman|homepage)\b"),
    ("house number", _CODE, r"\b(?:street|house) (?:no|number)\b|\b(?:nomor|no) rumah\b|^rt ?rw$|^r[tw]$"),
    ("area code", _CODE, r"^kode (?:wilayah|desa|kelurahan|kecamatan|kab\w*|kota|prov\w*)\b|\barea code\b"),
    ("given name", _NAME, r"\b(?:given|first|fore) ?name\b|\bnama depan\b|\b[fg]name\b|^(?:first|given|fn)$"),
    ("middle name", _NAME, r"\bmiddle (?:name|init(?:ial)?)\b|\bmiddlename\b|\bnama tengah\b|\bmname\b|^middle$"),
    ("surname", _NAME, r"\b(?:sur|last|family) ?name\b|\bnama (?:belakang|keluarga|marga)\b|\b[ls]name\b|^(?:last|family)$"),
    ("mother's name", _NAME, r"\b(?:nama )?ibu(?: kandung)?\b|\bmother\b"),
    ("father's name", _NAME, r"\b(?:nama )?ayah\b|\bfather\b"),
    ("kelurahan", _PLACE, r"\b(?:kelurahan|kel|desa|village|gampong|nagari)\b"),
    ("kecamatan", _PLACE, r"\b(?:kecamatan|kec|distrik|sub ?district)\b"),
    ("regency", _PLACE, r"\b(?:kabupaten|kab|kotamadya|regency)\b"),
    ("city", _PLACE, r"\b(?:kota|city|town|municipality)\b"),
    ("suburb", _PLACE, r"\b(?:suburb|neighbou?rhood|dusun|lingkungan)\b"),
    ("district", _PLACE, r"\b(?:district|county)\b"),
    ("province", _PLACE, r"\b(?:provinsi|propinsi|prov|province|state)\b"),
    ("country", _PLACE, r"\b(?:negara|country)\b"),
    ("address", _TEXT, r"\b(?:alamat|domisili|jalan|jl)\b|\b(?:address|addr|street|road)\b"),
    ("description", _TEXT, r"\b(?:deskripsi|uraian|keterangan|description|desc|notes?|catatan|abstract)\b"),
    ("price", _NUMBER, r"\b(?:harga|tarif|price|cost)\b"),
    ("year", _CODE, r"^(?:tahun|thn|year)\b|\byear$"),
    ("age", _NUMBER, r"^(?:umur|usia|age)$"),
    ("amount", _NUMBER, r"\b(?:modal|omzet|aset|amount|volume|luas|berat|weight)\b"),
    ("authors", _TEXT, r"\b(?:penulis|pengarang|penyanyi|authors?|artists?|performers?|directors?|actors?)\b"),
    ("maker", FieldKind.ORGANISATION, r"\b(?:merek|merk|brand|manufacturer|produsen|penerbit|publisher|vendor|venue)\b"),
    ("name", FieldKind.COOPERATIVE, r"^(?:nama )?koperasi\b|\bcoop(?:erative)?(?: name)?$"),
    (
        "name",
        FieldKind.ORGANISATION,
        r"\bnama (?:perusahaan|usaha|lembaga|instansi|organisasi|sekolah|toko)\b"
        r"|\b(?:perusahaan|company|organi[sz]ation|business|restaurant|institution|firm)(?: name)?$",
    ),
    ("name", _NAME, r"\bnama (?:lengkap|anggota|orang|pemilik|pengurus)\b|\bfull ?name\b|\bperson(?: name)?$"),
    ("name", _TEXT, r"^(?:judul|title)\b|\btitle$"),
    ("name", None, r"^nama\b|\bname$"),
    ("code", _CODE, r"^(?:kode|nomor|no|id)\b|\b(?:code|id|key|ref|number|no)$|^(?:c|p|t|ct|rec|row|src)id$"),
)  # fmt: skip
_COMPILED = tuple((concept, kind, re.compile(pattern)) for concept, kind, pattern in _RULES)
_COUNTS = frozenset({"count", "latitude", "longitude", "amount"})

# The truth of a test set, which a model must not see.
_TRUTH = re.compile(
    r"^(?:cluster|entity|ent|identity|group|gold|truth|label|true|match|pair)(?: id)?$|^is match$|^(?:kelompok|grup) id$"
)

IdRank = int
_IDS: tuple[re.Pattern[str], ...] = tuple(
    map(
        re.compile,
        (
            r"^id$",
            r"^(?:rec|record|row|unique|uniq|u|baris|entry|subject|source)? ?id$|^(?:uuid|guid)$",
            r"^(?:id|pk) \w+$|^\w+ (?:id|uuid|pk)$",
            r"^(?:ref|reference|kode|code|key|kunci|no|nomor|no urut|nomor urut|number)$",
            r"^(?:kode|nomor|no) |\b(?:code|key|ref|number|no)$|^recid$|\bnik\b|\bnpsn\b|\bnib\b|\bnomor induk\b",
        ),
    )
)
# Numbers that name the person or the body itself: evidence first, a row's id only where nothing else is.
_IDENTITY = frozenset(
    {"citizen number", "social security number", "cooperative number", "nik", "tax number", "business number"}
)
_NO_ID = frozenset({"postcode", "phone", "email", "house number", "area code", "legal number", "amendment number"})


def label_key(label: str) -> str:
    """The label's words in small letters, one blank between; "dateOfBirth" and "date_of_birth" are one."""
    return _SIDE.sub("", fold(_CAMEL.sub(" ", label.replace("_", " "))))


@lru_cache(maxsize=4096)
def read_label(label: str) -> Said:
    """What the label says; concept "" where no rule knows it."""
    key = label_key(label)
    for concept, kind, pattern in _COMPILED:
        if pattern.search(key):
            return Said(concept, kind, concept in _COUNTS)
    return Said("", None)


def id_rank(label: str) -> IdRank | None:
    """How much the label speaks for a table's own id: 0 most, None not at all."""
    said = read_label(label)
    if said.concept in _NO_ID or is_truth(label):
        return None
    key = label_key(label)
    if said.concept in _IDENTITY:
        return len(_IDS)
    return next((rank for rank, pattern in enumerate(_IDS) if pattern.search(key)), None)


def is_identity(label: str) -> bool:
    """Whether the label names a number that is the person's or the body's own, the same in every list."""
    return read_label(label).concept in _IDENTITY


def is_truth(label: str) -> bool:
    """Whether the label is that of a test set's answers: such a column is compared only where it is named."""
    return bool(_TRUTH.search(label_key(label)))
