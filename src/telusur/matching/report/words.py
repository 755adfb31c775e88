"""The report's words: written in Indonesian, with their English, and numbers the way of each language.

In: "id" or "en", and what else translates (the doors' catalogue, for reasons). Out: `Words`. A report is a file
of its own that is made without Django, so its few words stand here and not in the catalogue of the screens.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["ENGLISH", "Words"]

ENGLISH = {
    "Laporan pencocokan": "Linking report",
    "{left} dengan {right}": "{left} with {right}",
    "{left} dengan dirinya sendiri": "{left} with itself",
    "dibuat {at} · mesin {engine} · Telusur {version}": "made {at} · engine {engine} · Telusur {version}",
    "Ringkasan": "Summary",
    "baris kiri": "left rows",
    "baris kanan": "right rows",
    "baris": "rows",
    "pasangan dibandingkan": "pairs compared",
    "cocok": "match",
    "Cocok": "Matches",
    "perlu dilihat orang": "for a person to see",
    "Perlu dilihat orang": "For a person to see",
    "tidak": "no",
    "dugaan ketepatan pasangan cocok": "expected precision of the matches",
    "dugaan pasangan benar di antara yang perlu dilihat": "expected true pairs among those to see",
    "Peringatan": "Warnings",
    "Ambang": "Thresholds",
    "Cocok mulai probabilitas {sure}; diperlihatkan kepada orang mulai {review}; di bawahnya tidak diusulkan.":
        "A match from probability {sure}; shown to a person from {review}; below that not proposed.",
    "Kolom yang dibandingkan": "What is compared",
    "kolom": "field",
    "kolom kiri": "left column",
    "kolom kanan": "right column",
    "jenis": "kind",
    "cakupan: calon hanya dicari di dalamnya": "scope: candidates are looked for only within it",
    "satu baris paling banyak cocok dengan satu baris": "a row matches one row at most",
    "satu baris dapat cocok dengan beberapa baris": "a row may match several rows",
    "Sebaran bobot": "Distribution of weights",
    "Semua pasangan yang dibandingkan, menurut bobotnya dalam bit: tiap bit melipatduakan peluang cocok. "
    "Dua gunung yang terpisah berarti model yakin; lembah yang terisi berarti banyak yang harus dilihat orang.":
        "All compared pairs by their weight in bits: each bit doubles the odds of a match. Two hills apart mean that the "
        "model is sure; a filled valley means much for a person to see.",
    "jumlah pasangan, skala logaritma": "pairs, logarithmic scale",
    "bobot, bit": "weight, bits",
    "bobot": "weight",
    "pasangan": "pairs",
    "keputusan terbanyak": "most frequent decision",
    "Sebaran bobot {count} pasangan, dari {low} sampai {high} bit":
        "Distribution of the weights of {count} pairs, from {low} to {high} bits",
    "Angka di balik gambar": "The figures behind the picture",
    "Bobot tiap kolom": "Weights by field",
    "m: bagian pasangan benar yang menunjukkan tingkat ini; u: bagian pasangan kebetulan. Bobot = log2(m/u), dalam bit. "
    "Nilai yang langka menambah bobot pasangannya sendiri.":
        "m: share of true pairs that show this level; u: share of chance pairs. Weight = log2(m/u), in bits. A rare value "
        "adds to the weight of its own pair.",
    "tingkat": "level",
    "m": "m",
    "u": "u",
    "bobot {weight} bit": "weight {weight} bits",
    "contoh kiri": "left example",
    "contoh kanan": "right example",
    "tidak ada contoh di antara pasangan keluaran": "no example among the pairs put out",
    "Contoh menurut probabilitas": "Examples by probability",
    "probabilitas {low} sampai {high}": "probability {low} to {high}",
    "{left} dan {right}: probabilitas {probability}, bobot {weight} bit, {decision}":
        "{left} and {right}: probability {probability}, weight {weight} bits, {decision}",
    "kiri": "left",
    "kanan": "right",
    "alasan": "reason",
    "Nama, tanggal, dan nomor di contoh disamarkan.": "Names, dates and numbers in the examples are masked.",
    "Contoh memuat data dari berkas aslinya; samarkan dengan --mask sebelum laporan ini dibagikan.":
        "The examples hold data of the files themselves; mask them with --mask before this report is passed on.",
    "Kalibrasi": "Calibration",
    "Belum dikalibrasi: model ini belum melihat putusan orang. Probabilitas berasal dari model saja.":
        "Not calibrated: this model has seen no judgement of a person. Probabilities are the model's alone.",
    "Garis memperlihatkan probabilitas model (mendatar) dan "
    "probabilitas setelah dikalibrasi dengan putusan orang (tegak).":
        "The line shows the model's probability (across) and the one calibrated by people's judgements (up).",
    "probabilitas model": "the model's probability",
    "setelah kalibrasi": "calibrated",
    "Kurva kalibrasi dengan {count} titik": "Calibration curve of {count} points",
    "probabilitas": "probability",
    "dugaan pasangan benar": "expected true pairs",
    "Jangkauan calon": "Reach of the candidates",
    "Diduga {share} dari semua pasangan benar ada di antara calon (batas bawah {low}).":
        "About {share} of all true pairs are estimated to be among the candidates (lower bound {low}).",
    "Jangkauan tidak dapat ditaksir: tidak ada dua kunci yang saling bebas yang menemukan cukup banyak pasangan.":
        "The reach cannot be estimated: no two independent keys found enough pairs.",
    "Di kolom {column} kata berikut hanya ditulis satu daftar, dan tidak dibandingkan: {words}.":
        "In column {column} these words are written by one list alone, and not compared: {words}.",
    "Hanya satu kolom nama yang membedakan baris, sedangkan nama yang mirip dapat milik dua pihak: "
    "bandingkan juga alamat, nomor, atau tanggal bila ada.":
        "A name alone tells rows apart, while names that are alike may be two bodies': compare an address, a number or a "
        "date, too, where there is one.",
    "{count} calon per baris, rata-rata.": "{count} candidates a row, on average.",
    "kunci": "key",
    "pasangan benar yang ditemukan (dugaan)": "true pairs found (expected)",
    "Waktu": "Time",
    "tahap": "stage",
    "detik": "seconds",
    "kosong": "blank",
    "menolak · mendukung": "against · for",
    "{level}": "{level}",
    "{level}, nilai yang langka": "{level}, a rare value",
    "sama": "the same",
    "kata sama, susunan lain": "the same words in another order",
    "singkatan": "an abbreviation",
    "hampir sama": "nearly the same",
    "sangat mirip": "very alike",
    "mirip": "alike",
    "agak mirip": "somewhat alike",
    "sebagian besar sama": "mostly the same",
    "sebagian sama": "partly the same",
    "sedikit sama": "little in common",
    "lain": "other",
    "salah ketik": "a slip of typing",
    "ejaan mirip": "spelt alike",
    "nama tempat ditambahkan": "a place's name added",
    "kata langka sama, yang kiri lebih panjang": "rare words the same, the left one is longer",
    "kata langka sama, yang kanan lebih panjang": "rare words the same, the right one is longer",
    "kata langka sama, kata lain beda": "rare words the same, the rest differs",
    "kata umum sama, yang kiri lebih panjang": "common words the same, the left one is longer",
    "kata umum sama, yang kanan lebih panjang": "common words the same, the right one is longer",
    "kata umum sama, kata lain beda": "common words the same, the rest differs",
    "huruf mirip": "like letters",
    "angka sama": "the same digits",
    "angka hanya di satu pihak": "digits on one side only",
    "angka lain": "other digits",
    "kode model sama": "the same model code",
    "kode model mirip": "a like model code",
    "kode model lain": "another model code",
    "jalan sama": "the same street",
    "ejaan jalan mirip": "a street spelt alike",
    "jalan lain": "another street",
    "nomor rumah sama": "the same house number",
    "nomor rumah beririsan": "house numbers that overlap",
    "nomor rumah lain": "another house number",
    "RT sama": "the same RT",
    "RT sama, RW lain": "the same RT, another RW",
    "RT lain": "another RT",
    "blok sama": "the same block",
    "blok lain": "another block",
    "bertetangga": "side by side",
    "tidak bertetangga": "not side by side",
    "seri dan pemberi sama": "the same series and office",
    "seri sama, pemberi lain": "the same series, another office",
    "seri lain": "another series",
    "jenis sama": "the same kind",
    "jenis sebagian sama": "partly the same kind",
    "jenis lain": "another kind",
    "nomor sama": "the same number",
    "nomor urut dan tahun sama": "the same serial and year",
    "nomor urut sama": "the same serial",
    "satu angka beda": "one digit differs",
    "pendirian dan perubahan": "founding against amendment",
    "nomor lain": "another number",
    "tanggal sama": "the same day",
    "tanggal hampir sama": "nearly the same day",
    "bulan dan tahun sama": "the same month and year",
    "tahun sama": "the same year",
    "selisih setahun": "a year apart",
    "tanggal lain": "another day",
    "kode sama": "the same code",
    "satu karakter beda": "one sign differs",
    "kode lain": "another code",
    "selisih ≤ 2 %": "≤ 2% apart",
    "selisih ≤ 10 %": "≤ 10% apart",
    "selisih ≤ 30 %": "≤ 30% apart",
    "tempat sama": "the same place",
    "ejaan tempat mirip": "a place spelt alike",
    "tempat lain": "another place",
    "golongan sama": "the same category",
    "golongan lain": "another category",
    "menormalkan": "normalise",
    "menyiapkan": "prepare",
    "mencari calon": "find candidates",
    "membandingkan": "compare",
    "belajar": "learn",
    "menilai": "score",
    "menaksir jangkauan": "estimate the reach",
    "menulis": "write",
    "match": "match",
    "review": "to see",
}  # fmt: skip
_INDONESIAN = {"match": "cocok", "review": "perlu dilihat orang"}


@dataclass(frozen=True, slots=True)
class Words:
    """A language. more: translates what this module does not know (reasons, level labels); itself where nothing does."""

    language: str = "id"
    more: Callable[[str], str] = str

    def __call__(self, text: str, **values: str) -> str:
        """`text` (Indonesian) in the language, its places filled."""
        english = self.language == "en"
        said = (ENGLISH.get(text) or self.more(text)) if english else _INDONESIAN.get(text, text)
        return said.format_map(values) if values else said

    def number(self, value: float, decimals: int = 0) -> str:
        """1.234,5 in Indonesian, 1,234.5 in English."""
        text = f"{value:,.{decimals}f}"
        return text if self.language == "en" else text.translate(str.maketrans(",.", ".,"))

    def signed(self, value: float) -> str:
        """With its sign and one decimal; minus as the sign of print."""
        return ("+" if value >= 0 else "−") + self.number(abs(value), 1)

    def percent(self, share: float) -> str:
        """A share (0 to 1) as 98,7 % or 98.7%."""
        text = self.number(share * 100, 1)
        return f"{text}%" if self.language == "en" else f"{text} %"
