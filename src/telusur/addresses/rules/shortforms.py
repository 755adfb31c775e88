"""The words that open a part of an Indonesian address, and how each is read. Tables only.

Keys are small letters without punctuation. Source: samples of the national list's 66,015 different addresses, read by eye,
and an official's ordinary short forms.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from telusur.addresses.rules.address import Slot

__all__ = [
    "ANCHORS",
    "QUALIFIERS",
    "RELATIONS",
    "STREET_FILLERS",
    "Anchor",
    "Mode",
]


class Mode:
    """How an anchor is read: what follows is a name, a number, a code, or the word itself begins the name."""

    NAME = "name"
    NUMBER = "number"
    RT = "rt"
    RW = "rw"
    KILOMETRE = "km"
    BLOCK = "block"
    FLOOR = "floor"
    POSTCODE = "postcode"
    RELATION = "relation"
    PLACE = "place"
    WEAK_PLACE = "weak place"
    NOISE = "noise"


class Anchor(NamedTuple):
    """One word's meaning. kind: the word written out; "" where the slot says it (kelurahan, kecamatan, province)."""

    slot: Slot
    mode: str
    kind: str = ""


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _names(slot: Slot, **kinds: str) -> dict[str, Anchor]:
    return {
        word: Anchor(slot, Mode.NAME, kind.replace("_", " ").strip())
        for kind, text in kinds.items()
        for word in text.split()
    }


def _words(slot: Slot, mode: str, text: str, kind: str = "") -> dict[str, Anchor]:
    return {word: Anchor(slot, mode, kind) for word in text.split()}


# How a place lies to a landmark.
RELATIONS: Final = {
    word: relation
    for relation, text in {
        "depan": "depan dpn didepan",
        "samping": "samping smpg disamping spg",
        "belakang": "belakang blkg blkng blakang dibelakang",
        "sebelah": "sebelah sblh disebelah",
        "dekat": "dekat dkt didekat",
        "seberang": "seberang sebrang sbrg diseberang",
    }.items()
    for word in text.split()
}

# A place of its own that a stranger can ask for; the word is part of its name.
_PLACES = (
    "kantor ktr pt cv ud sma smu smp sd smk sman smpn sdn smkn smkk slb mts mtsn man tk paud stm spbu universitas univ"
    " politeknik akademi stie stikes stkip institut kampus masjid mesjid mushola musholla mushalla gereja vihara"
    " rs rsu rsud rsia rsup puskesmas pustu poliklinik klinik apotek apotik terminal bandara stasiun mall mal hotel"
    " bank bri bni bca pln pdam telkom polres polsek polda kodim koramil korem kodam lanal lanud makodim mapolres"
    " dinas balai gor stadion sekretariat uptd bkkbn bappeda pesantren ponpes yayasan pgri disperindag disnaker dprd smpit"
    " pabrik kejaksaan pengadilan kemenag depag balaikota sekolah smun smpnegeri sltp slta sltpn pemda pemkab pemkot"
)
_WEAK_PLACES = "pasar psr pelabuhan lapangan simpang simp sp pertigaan perempatan toko warung jembatan"

ANCHORS: Final[dict[str, Anchor]] = {
    **_names(Slot.STREET, Jalan="jl jln jalan jlan jaln jalam jlm jaalan"),
    **_names(Slot.GANG, Gang="gg gang", Lorong="lr lrg lorong lor"),
    **_names(
        Slot.COMPLEX,
        Kompleks="komp komplek kompleks kompl komlek complex komplex",
        Perumahan="perum perumahan prum perumh perumhan prm permh prmh perumahaan",
        Perumnas="perumnas",
        BTN="btn",
        Komperta="komperta",
        Asrama="asrama asr",
        Villa="villa vila",
        Cluster="cluster klaster",
        Kawasan="kawasan",
        Rumah_Susun="rusun rusunawa",
    ),
    **_names(
        Slot.BUILDING,
        Gedung="gedung gd gdg ged gdng",
        Ruko="ruko",
        Rukan="rukan",
        Wisma="wisma",
        Menara="menara",
        Apartemen="apartemen apartement apartment apt",
        Plaza="plaza plasa",
        Pertokoan="pertokoan",
    ),
    **_names(
        Slot.HAMLET,
        Dusun="dusun dsn dusn",
        Dukuh="dukuh dk dkh dukuhan padukuhan pedukuhan",
        Lingkungan="lingkungan lingk link lingk lk linkungan lingkugan ling",
        Banjar="banjar br bjr",
        Jorong="jorong jrg",
        Kampung="kampung kp kpg kmp kamp kampong kpng kampoeng",
    ),
    **_names(
        Slot.KELURAHAN,
        _="kelurahan kel kalurahan kelurahaan keluarahan kelurhan keurahan desa ds dess nagari nagri"
        " gampong gampoeng gp pekon tiyuh ohoi",
    ),
    **_names(Slot.KECAMATAN, _="kecamatan kec kecmatan kecamtan kcmtn distrik kapanewon kemantren kecamatn"),
    **_names(Slot.CITY, Kota="kota kodya kotamadya kotif", Kabupaten="kabupaten kab kabupten kabupatn kabbupaten"),
    **_names(Slot.PROVINCE, _="provinsi propinsi prov prop prop provinisi"),
    **_words(Slot.NUMBER, Mode.NUMBER, "no nomor nomer nmr nmor nomo"),
    **_words(Slot.RT, Mode.RT, "rt rtrw"),
    **_words(Slot.RW, Mode.RW, "rw"),
    **_words(Slot.KILOMETRE, Mode.KILOMETRE, "km kilometer kilometre kilo"),
    **_words(Slot.BLOCK, Mode.BLOCK, "blok blk block bloc blook"),
    **_words(Slot.BLOCK, Mode.BLOCK, "kav kavling kapling kaveling kavelling kv", "Kavling"),
    **_words(Slot.FLOOR, Mode.FLOOR, "lantai lt lnt lante"),
    **_words(Slot.POSTCODE, Mode.POSTCODE, "kodepos pos"),
    **{word: Anchor(Slot.LANDMARK, Mode.RELATION) for word in RELATIONS},
    **_words(Slot.LANDMARK, Mode.PLACE, _PLACES),
    **_words(Slot.LANDMARK, Mode.WEAK_PLACE, _WEAK_PLACES),
    **_words(Slot.LANDMARK, Mode.NOISE, "telp tlp telepon telpon telephone hp fax faks wa phone"),
}

# "Jalan Raya Desa X": these words and the anchor word behind them are still the street's name.
STREET_FILLERS: Final = _set("raya besar poros lintas trans arah menuju lingkar nasional provinsi negara")

# What may still follow a street name that is already whole.
QUALIFIERS: Final = _set(
    "dalam ujung raya atas bawah barat timur utara selatan tengah kiri kanan luar lama belakang depan"
    " i ii iii iv v vi vii viii ix x xi xii xiii xiv xv lanjutan indah"
)
