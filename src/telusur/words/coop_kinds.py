"""The words that say what kind of cooperative a name belongs to, long and short, with one canonical code for each kind.

In: nothing. Out: `STARTS`, what may follow "Koperasi", and `ANYWHERE`, what is plain even without it.
Source: word, pair and triple frequencies of 77,725 names of the registry's public list, and its 45 groups (Kelompok).
"""

from __future__ import annotations

__all__ = ["ANYWHERE", "COOPERATIVE", "OPEN_KINDS", "STARTS", "Branch"]

# "Koperasi" as the list spells it, misprints included.
_SPELLINGS = """
koperasi kop koperai koperas koperaasi koperasin koperesi kopersai kopersi koprasi kopeasi kopearsi kopeerasi
kopoerasi kooperasi koerasi keperasi kperasi kopersasi koperasai koperrasi
"""
COOPERATIVE = frozenset(_SPELLINGS.split())
# Behind these a second kind may follow, as in "Koperasi Konsumen Pegawai Negeri" or "Pusat Koperasi Karyawan".
_OPEN = "KONSUMEN PRODUSEN JASA PEMASARAN KSP PUSKOP INKOP GABKOP SEKUNDER PRIMKOP SYARIAH"
OPEN_KINDS = frozenset(_OPEN.split())

# How many letters a short form has that is written letter by letter; two may be anybody's initials.
_SPELT = range(3, 6)

# An entry a kind: code or codes | long forms behind "Koperasi" | forms that are plain even without that word.
_TABLE = """
KONSUMEN | konsumen |
PRODUSEN | produsen; produksi | kopro
JASA | jasa | kopjas
PEMASARAN | pemasaran |
KSP | simpan pinjam | ksp; kopjam; kospin; kosipa; simpan pinjam
KSPPS | | simpan pinjam dan pembiayaan syariah; simpan pinjam pembiayaan syariah; kspps; kspp; kspp
    syariah; kspps syariah; ksps; ksspps; kssps; simpan pinjam syariah
KJKS | | jasa keuangan syariah; kjks; kjk syariah
KJK | jasa keuangan | kjk
KSU | serba usaha; serbausaha; serba guna | ksu; serba usaha
KSUS | | serba usaha syariah; ksus; ksu syariah
KUD | unit desa | kud
KPRI | pegawai negeri; pegawai republik indonesia; pegawai ri; pegawai r i; pegawai negeri republik
    indonesia; pegawai negeri ri; pegawai negeri r i; pegawai negeri sipil | kpri; kp ri; kpn; pegawai negeri;
    pegawai republik indonesia; kpn ri
KOPEG | pegawai | kopeg; koppeg
KOPKAR | karyawan; pekerja; buruh | kopkar; kopekar; koppekar
KGK | guru dan karyawan; karyawan dan guru; guru karyawan | kgk
KOPGURU | guru; guru guru |
KOPWAN | wanita; perempuan | kopwan; kopwa
KOPPONTREN | pondok pesantren; pesantren; ponpes; pontren | koppontren; kopontren; pondok pesantren;
    ponpes
BMT | | bmt; kbmt; baitul maal wattamwil; baitul maal wat tamwil; baitul maal wa tamwil; baitul mal wat
    tamwil; baitul mal wattamwil; baitul mal wa tamwil; baitul maal wattamwill; baitul maal watamwil;
    baitulmaal wattamwil; baitulmal wattamwil
BTM | | btm; baitut tamwil muhammadiyah; baitut tanwil muhammadiyah
LKM | | lembaga keuangan mikro; lkm
SYARIAH | syariah; syari ah | kopsyah; syariah
KOPDIT | kredit | kopdit; credit union; cu; kopdit cu
KOPTAN | pertanian; tani; petani | koptan
KPTR | petani tebu rakyat; petani tebu | kptr
KOPBUN | perkebunan; pekebun | kopbun
KOPNAK | peternakan; peternak | kopnak
KOPNEL | nelayan | kopnel
KOPERIK | perikanan | koperik; koperikan
KOPHUT | kehutanan |
KOPPAS | pasar; pedagang pasar; pedagang | koppas; kopas
PKL | pedagang kaki lima |
KOPINKRA | industri kerajinan rakyat; industri kerajinan; kerajinan rakyat; industri kecil dan kerajinan
    rakyat | kopinkra; kopinra
KOPANG | angkutan; angkutan darat; angkutan umum; angkutan kota |
TKBM | tenaga kerja bongkar muat | tkbm; tenaga kerja bongkar muat
KOPPEMUDA | pemuda; kepemudaan |
KOPMA | mahasiswa | kopma
KOPSIS | siswa; pelajar; sekolah | kopsis; kopsek
KOPPENSI | pensiunan |
WREDATAMA | wredatama | wredatama
KOVERI | veteran; veteran republik indonesia; veteran ri | koveri
KOPPABRI | pepabri; purnawirawan | koppabri; kopabri; pepabri
KOPPOL | kepolisian; polisi | koppol
KOPAD | angkatan darat | kopad
KOPAL | angkatan laut | kopal
KOPAU | angkatan udara | kopau
KOPTI | tahu tempe; produsen tempe tahu indonesia; produsen tahu tempe indonesia | kopti
KOPROFESI | profesi |
KOPRUM | perumahan |
KBRT | berbasis rukun tetangga |
KOPSEN | | kopsen
KWPS = KOPWAN PEMASARAN SYARIAH | | kwps
KDMP | desa merah putih | kdmp; desa merah putih; kopdes merah putih; kopdesa merah putih
KKMP | kelurahan merah putih | kkmp; kelurahan merah putih; kopkel merah putih
KDKMP | desa kelurahan merah putih; kelurahan desa merah putih | kdkmp; desa kelurahan merah putih;
    kopdeskel merah putih
PRIMKOP | primer | primer koperasi; primkop; koprim
PRIMKOPTI | | primkopti; primer koperasi produsen tempe tahu indonesia; primer koperasi produsen tahu
    tempe indonesia; primer koperasi tahu tempe indonesia; primer koperasi tahu tempe; primer kopti
PRIMKOPAD | primer angkatan darat | primkopad; primkoppad; primer koperasi angkatan darat; primer koperasi
    tni angkatan darat; primkop ad; primkop angkatan darat
PRIMKOPAL | primer angkatan laut | primkopal; primer koperasi angkatan laut; primer koperasi tni angkatan
    laut; primkop al
PRIMKOPAU | primer angkatan udara | primkopau; primer koperasi angkatan udara; primer koperasi tni
    angkatan udara; primkop au
PRIMKOPPOL | primer kepolisian | primkoppol; primkopol; primkoppolres; primkoppolresta; primkopolres;
    primkopolresta; primer koperasi kepolisian; primer koperasi polisi; primkop kepolisian; primkop polri
PRIMKOVERI | | primkoveri; primkop veteran; primkop veteran ri; primer koperasi veteran; primer koperasi
    veteran republik indonesia; primer koperasi veteran ri
PRIMKOPPABRI | | primkoppabri; primkopabri; primkopepabri; primkoppepabri; primer koperasi pepabri; primer
    koperasi purnawirawan
PRIMKOPKAR | | primkopkar; primer koperasi karyawan; primkop karyawan
PRIMKOPTAMA | | primkoptama
SEKUNDER | sekunder |
PUSKOP | | pusat koperasi; puskop
INKOP | | induk koperasi; inkop
GABKOP | | gabungan koperasi; gabkop
PKPRI = PUSKOP KPRI | | pkpri; pkpn; pkp ri; pusat koperasi pegawai negeri; pusat koperasi pegawai
    republik indonesia
PUSKUD = PUSKOP KUD | | puskud
PUSKOPDIT = PUSKOP KOPDIT | | puskopdit
PUSKOPSYAH = PUSKOP SYARIAH | | puskopsyah
PUSKOPAD = PUSKOP KOPAD | | puskopad; puskoppad
PUSKOPAL = PUSKOP KOPAL | | puskopal
PUSKOPAU = PUSKOP KOPAU | | puskopau
PUSKOPPOL = PUSKOP KOPPOL | | puskoppol; puskoppolda; puskopolda
PUSKOVERI = PUSKOP KOVERI | | puskoveri
PUSKOPPABRI = PUSKOP KOPPABRI | | puskoppabri; puskopabri
PUSKOPKAR = PUSKOP KOPKAR | | puskopkar
PUSKOPTAN = PUSKOP KOPTAN | | puskoptan
"""


class Branch(dict[str, "Branch"]):
    """One step into a phrase: the next words, and in `codes` the kinds that the phrase read so far stands for."""

    __slots__ = ("codes",)

    def __init__(self) -> None:
        super().__init__()
        self.codes: tuple[str, ...] = ()


def _plant(root: Branch, phrases: str, codes: tuple[str, ...]) -> None:
    for phrase in filter(None, (part.strip() for part in phrases.split(";"))):
        branch = root
        for word in phrase.split():
            branch = branch.setdefault(word, Branch())
        branch.codes = codes


def _letters(plain: str) -> str:
    """The short forms letter by letter, as "K.S.U." and "B M T" are written."""
    forms = (form.strip() for form in plain.split(";"))
    return "; ".join(" ".join(form) for form in forms if len(form) in _SPELT and form.isalpha())


def _grow() -> tuple[Branch, Branch]:
    starts, anywhere = Branch(), Branch()
    for line in _TABLE.strip().replace("\n    ", " ").splitlines():
        head, behind_koperasi, plain = line.split("|")
        codes = tuple(head.partition("=")[2].split() or head.split())
        _plant(starts, behind_koperasi, codes)
        for each in (plain, _letters(plain)):
            _plant(starts, each, codes)
            _plant(anywhere, each, codes)
    return starts, anywhere


STARTS, ANYWHERE = _grow()
