"""Names that are written one way, and street names that are whole. Tables only.

Keys are small letters without punctuation. Source: samples of the national list, read by eye; national heroes and dates that
streets are called after everywhere; the provinces are the Ministry of Home Affairs'.
"""

from __future__ import annotations

from typing import Final

__all__ = ["ACRONYMS", "COMPLETE_NAMES", "EXPANSIONS", "MONTHS", "PROVINCES", "ROMAN"]


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _spellings(table: dict[str, str]) -> dict[tuple[str, ...], str]:
    return {tuple(key.split()): shown for shown, keys in table.items() for key in keys.split("|")}


_NUMERALS: Final = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx xxi xxii xxiii xxiv xxv"
ROMAN: Final = {word: value for value, word in enumerate(_NUMERALS.split(), start=1)}

MONTHS: Final = _set(
    "januari februari pebruari maret april mei juni juli agustus september oktober november nopember desember"
)

# What short forms and misspellings stand for inside a name.
EXPANSIONS: Final = {
    short: full
    for full, shorts in {
        "Jenderal": "jend jendral jendr jen jnd jendal",
        "Letjen": "letjend",
        "Mayjen": "mayjend",
        "Brigjen": "brigjend",
        "Letnan": "let letn",
        "Kolonel": "kol",
        "Kapten": "kapt kap kept",
        "Kopral": "kop",
        "Serma": "serm",
        "Mayor": "may",
        "Gunung": "gn gng gunug",
        "Tanjung": "tj tg tjg tnj",
        "Sungai": "sei sungi",
        "Kampung": "kp kpg kampong",
        "Jalan": "jl jln",
        "Gang": "gg",
        "Kantor": "ktr",
        "Pasar": "psr",
        "Simpang": "simp",
        "Desa": "ds",
        "Dusun": "dsn",
        "Kelurahan": "kel",
        "Kecamatan": "kec",
        "Kabupaten": "kab",
        "Kompleks": "komp komplek",
        "Perumahan": "perum",
        "Gedung": "gd",
        "Masjid": "mesjid",
        "Mushola": "musholla mushalla",
        "Universitas": "univ",
        "Soekarno": "sukarno",
        "Panglima Sudirman": "pangsud",
        "Panglima": "pang pgl pangl",
        "Sultan": "slt sult",
        "Provinsi": "prop prov",
        "Abdul": "abd",
        "Abdullah": "abdulah",
        "Mohammad": "moh moch mochamad",
        "Muhammad": "muh",
        "Pahlawan": "pahl",
        "Kemerdekaan": "kemerd",
        "Taman": "tmn",
        "Lapangan": "lap",
        "Indah": "ind",
        "Permai": "prmi",
        "Kiai": "kyai",
    }.items()
    for short in shorts.split()
}

# A street name that is whole: what follows is another place unless it qualifies ("Dalam", "II"). Shown -> spellings.
COMPLETE_NAMES: Final = _spellings(
    {
        "Ahmad Yani": "ahmad yani|a yani|ayani|achmad yani|a yanni|akhmad yani",
        "Jenderal Ahmad Yani": "jenderal ahmad yani|jenderal a yani|jenderal achmad yani",
        "Sudirman": "sudirman|soedirman",
        "Panglima Sudirman": "panglima sudirman|panglima besar sudirman",
        "Jenderal Sudirman": "jenderal sudirman|jenderal soedirman|jendsudirman|jenderalsudirman",
        "Gatot Subroto": "gatot subroto|gatot soebroto|gatsu",
        "Jenderal Gatot Subroto": "jenderal gatot subroto",
        "MT Haryono": "mt haryono|m t haryono|mtharyono|mt hariono|mt harjono",
        "Letjen MT Haryono": "letjen mt haryono|letjen m t haryono",
        "S Parman": "s parman|sparman",
        "Letjen S Parman": "letjen s parman|letnan jenderal s parman",
        "Letjen Suprapto": "letjen suprapto|letjen soeprapto|letnan jenderal suprapto",
        "Suprapto": "suprapto|soeprapto",
        "Jenderal Suprapto": "jenderal suprapto",
        "DI Panjaitan": "di panjaitan|d i panjaitan|dipanjaitan",
        "Brigjen DI Panjaitan": "brigjen di panjaitan|brigjen d i panjaitan",
        "Mayjen DI Panjaitan": "mayjen di panjaitan|mayjen d i panjaitan",
        "Mayjen Sutoyo": "mayjen sutoyo|mayjen soetoyo|mayjen sutojo|mayjend sutoyo",
        "Sutoyo": "sutoyo|soetoyo",
        "Katamso": "katamso",
        "Brigjen Katamso": "brigjen katamso",
        "Slamet Riyadi": "slamet riyadi|slamet riadi",
        "Brigjen Slamet Riyadi": "brigjen slamet riyadi",
        "Kapten Tendean": "kapten tendean|kapten p tendean",
        "Pierre Tendean": "pierre tendean|piere tendean|p tendean",
        "Kapten Pierre Tendean": "kapten pierre tendean|kapten piere tendean",
        "Yos Sudarso": "yos sudarso|yos soedarso|yosudarso|yossudarso|josudarso",
        "Laksamana Yos Sudarso": "laksamana yos sudarso",
        "Komodor Yos Sudarso": "komodor yos sudarso",
        "RE Martadinata": "re martadinata|r e martadinata|martadinata",
        "LLRE Martadinata": "llre martadinata|ll re martadinata",
        "Soekarno Hatta": "soekarno hatta|suekarno hatta|soekarnohatta|sukarnohatta",
        "HR Rasuna Said": "hr rasuna said|h r rasuna said|rasuna said",
        "MH Thamrin": "mh thamrin|m h thamrin|thamrin|husni thamrin",
        "Mohammad Hatta": "mohammad hatta|muhammad hatta",
        "Agus Salim": "agus salim",
        "H Agus Salim": "h agus salim",
        "KH Agus Salim": "kh agus salim",
        "Ir H Juanda": "ir h juanda|ir juanda|h juanda|ir h djuanda",
        "Juanda": "juanda|djuanda",
        "Diponegoro": "diponegoro|dipenogoro",
        "Pangeran Diponegoro": "pangeran diponegoro",
        "Imam Bonjol": "imam bonjol",
        "Tuanku Imam Bonjol": "tuanku imam bonjol",
        "Hasanuddin": "hasanuddin|hasanudin",
        "Gajah Mada": "gajah mada|gajahmada",
        "Sultan Hasanuddin": "sultan hasanuddin|sultan hasanudin",
        "Teuku Umar": "teuku umar|t umar|tengku umar",
        "Cut Nyak Dien": "cut nyak dien|cut nyak din|cut nya dien",
        "Cut Meutia": "cut meutia|cut mutia",
        "Kartini": "kartini",
        "RA Kartini": "ra kartini|r a kartini",
        "Dewi Sartika": "dewi sartika",
        "Ki Hajar Dewantara": "ki hajar dewantara|ki hajar dewantoro",
        "Dr Sutomo": "dr sutomo|dr soetomo",
        "Bung Tomo": "bung tomo",
        "Dr Wahidin Sudirohusodo": "dr wahidin sudirohusodo",
        "Pattimura": "pattimura|patimura",
        "Kapten Pattimura": "kapten pattimura",
        "Pangeran Antasari": "pangeran antasari",
        "Antasari": "antasari",
        "Mulawarman": "mulawarman",
        "Hayam Wuruk": "hayam wuruk",
        "WR Supratman": "wr supratman|w r supratman",
        "HOS Cokroaminoto": "hos cokroaminoto|h o s cokroaminoto|hos tjokroaminoto|cokroaminoto",
        "Hasyim Asyari": "hasyim asyari",
        "KH Ahmad Dahlan": "kh ahmad dahlan|kh a dahlan",
        "Wahid Hasyim": "wahid hasyim",
        "KH Wahid Hasyim": "kh wahid hasyim",
        "Sisingamangaraja": "sisingamangaraja|si singamangaraja",
        "Urip Sumoharjo": "urip sumoharjo|oerip soemoharjo",
        "Jenderal Urip Sumoharjo": "jenderal urip sumoharjo",
        "Pahlawan Revolusi": "pahlawan revolusi",
        "Veteran": "veteran",
        "Merdeka": "merdeka",
        "Perintis Kemerdekaan": "perintis kemerdekaan",
        "Proklamasi": "proklamasi",
        "Marsma R Iswahyudi": "marsma r iswahyudi|marsma iswahyudi",
        "AP Pettarani": "ap pettarani|a p pettarani",
        "Sam Ratulangi": "sam ratulangi|samratulangi",
        "Trunojoyo": "trunojoyo",
        "AR Hakim": "ar hakim|a r hakim",
        "Arif Rahman Hakim": "arif rahman hakim|arief rahman hakim",
        "Tentara Pelajar": "tentara pelajar",
        "Trikora": "trikora",
        "Adi Sucipto": "adi sucipto|adisucipto",
        "Halim Perdana Kusuma": "halim perdana kusuma",
        "Otto Iskandardinata": "otto iskandardinata|otista",
        "Siliwangi": "siliwangi",
        "Prof M Yamin": "prof m yamin|m yamin|mohammad yamin",
    }
)

# Written with capitals throughout; short words without a vowel are anyway.
ACRONYMS: Final = _set(
    "abri ah ap apt ar bappeda bbi bca bkkbn blk bni bpn bpp bri btn bumn cv di diy dki dprd gor hos hr "
    "iain ipb itb kai kh kud lipi llre man mh mt mts mtsn paud pd pdam pgri pjka pln pltd pltu pnm polri pt "
    "ptpn ra re rs rsia rsu rsud rsup sar sd sdn slb sma sman smk smkk smkn smp smpn smu smun sp spbu stain "
    "stie stikes stkip stm tk tni tpi ud ugm ui uin upt uptd wr "
)

# Jambi, Bengkulu and Gorontalo are cities as well: only "Provinsi" in front tells them.
PROVINCES: Final = _spellings(
    {
        "Aceh": "aceh|nanggroe aceh darussalam|nad",
        "Sumatera Utara": "sumatera utara|sumut|sumatra utara|su",
        "Sumatera Barat": "sumatera barat|sumbar|sumatra barat",
        "Riau": "riau",
        "Kepulauan Riau": "kepulauan riau|kepri",
        "Sumatera Selatan": "sumatera selatan|sumsel|sumatra selatan",
        "Kepulauan Bangka Belitung": "kepulauan bangka belitung|bangka belitung|babel",
        "DKI Jakarta": "dki jakarta|dki|daerah khusus ibukota jakarta",
        "Jawa Barat": "jawa barat|jabar",
        "Jawa Tengah": "jawa tengah|jateng",
        "DI Yogyakarta": "di yogyakarta|daerah istimewa yogyakarta|diy|d i yogyakarta",
        "Jawa Timur": "jawa timur|jatim",
        "Banten": "banten",
        "Nusa Tenggara Barat": "nusa tenggara barat|ntb",
        "Nusa Tenggara Timur": "nusa tenggara timur|ntt",
        "Kalimantan Barat": "kalimantan barat|kalbar|kal bar",
        "Kalimantan Tengah": "kalimantan tengah|kalteng|kal teng",
        "Kalimantan Selatan": "kalimantan selatan|kalsel|kal sel",
        "Kalimantan Timur": "kalimantan timur|kaltim|kal tim",
        "Kalimantan Utara": "kalimantan utara|kaltara|kal tara",
        "Sulawesi Utara": "sulawesi utara|sulut",
        "Sulawesi Tengah": "sulawesi tengah|sulteng",
        "Sulawesi Selatan": "sulawesi selatan|sulsel|sul sel",
        "Sulawesi Tenggara": "sulawesi tenggara|sultra",
        "Sulawesi Barat": "sulawesi barat|sulbar",
        "Maluku": "maluku",
        "Maluku Utara": "maluku utara|malut",
        "Papua": "papua",
        "Papua Barat": "papua barat",
        "Papua Barat Daya": "papua barat daya",
        "Papua Selatan": "papua selatan",
        "Papua Tengah": "papua tengah",
        "Papua Pegunungan": "papua pegunungan",
        "Bali": "bali",
        "Lampung": "lampung",
    }
)
