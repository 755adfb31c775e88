"""Search by misspelt names over 200,000 invented ones, beside `LIKE '%…%'` on the same names in the same run.

    python -m bench.search [--rows 200000] [--queries 1000] [--seed 5]

Prints milliseconds of one `find` (p50, p95, longest) and the share of queries with the right row in the first five. Right:
a cooperative of that very name; of that name but for its kind, where the query left the kind out. SQLite in a folder of
its own, PostgreSQL where DATABASE_URL names a database that may be filled. Required on SQLite: p95 < 50 ms, first five
>= 95 %.
"""

from __future__ import annotations

import argparse
import random
import time
import uuid
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import NamedTuple

from bench.measure import machine, office

_KINDS = (
    ("Koperasi Serba Usaha", "KSU", 16),
    ("Koperasi Simpan Pinjam", "KSP", 12),
    ("Koperasi Konsumen", "Koperasi Konsumen", 9),
    ("Koperasi Produsen", "Koperasi Produsen", 7),
    ("Koperasi Pegawai Republik Indonesia", "KPRI", 8),
    ("Koperasi Karyawan", "Kopkar", 8),
    ("Koperasi Wanita", "Kopwan", 9),
    ("Koperasi Unit Desa", "KUD", 5),
    ("Koperasi Pondok Pesantren", "Koppontren", 3),
    ("Koperasi Jasa", "Koperasi Jasa", 5),
    ("Koperasi", "Koperasi", 18),
)
# Common words of the language, the commonest first: their frequency falls by rank as in a national list.
_COMMON = """
sejahtera mandiri jaya karya bersama makmur mitra maju bina tani abadi lestari harapan sumber berkah artha mekar
amanah sinar indah barokah sari tunas kartika rukun nusantara utama warga bhakti mina cahaya putra sawit rakyat keluarga
surya mulya melati guru citra baru prima bahari mulia setia kota rejeki dana timur raya kencana bersatu sejati bumi sukses
bakti nurul barat anugerah sentosa bintang madani hidayah insan dharma berkat pedagang sri mukti pemuda ekonomi mutiara
tirta manunggal cipta perkasa mawar agro guna kasih usaha subur gemilang permata tunggal budi luhur samudra rimba lumbung
padi kelapa kopi cengkih ikan ternak hutan gunung lembah pantai muara sungai teluk tanjung bukit telaga
""".split()  # noqa: SIM905  a list of one word a line would fill two screens
_ONSETS = (
    "b",
    "c",
    "d",
    "g",
    "h",
    "j",
    "k",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "t",
    "w",
    "y",
    "ng",
    "ny",
    "sr",
    "br",
    "tr",
    "kr",
)
_VOWELS = "aaaaiiuueo"
_CODAS = ("", "", "", "", "n", "ng", "r", "k", "s", "t", "l", "h", "m")
_TAILS = ("I", "II", "III", "IV", "1", "2", "3", "Timur", "Barat", "Utara", "Baru")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Query(NamedTuple):
    """What is typed, and the name that is meant."""

    text: str
    name: str
    kind_left_out: bool


def _invented(chance: random.Random) -> str:
    syllables = (
        chance.choice(_ONSETS) + chance.choice(_VOWELS) + (chance.choice(_CODAS) if last else "")
        for last in [False] * chance.choice((1, 2, 2, 3)) + [True]
    )
    return "".join(syllables)


def make_names(rows: int, chance: random.Random) -> list[str]:
    """Names in the shapes of a national list: a kind, one to four words, a third of them invented, some with a number."""
    places = [_invented(chance) for _ in range(max(50, rows // 8))]
    weights = [1 / (rank + 4) for rank in range(len(_COMMON))]
    names = []
    for _ in range(rows):
        long, short, _weight = chance.choices(_KINDS, [kind[2] for kind in _KINDS])[0]
        count = chance.choices((1, 2, 3, 4), (18, 46, 28, 8))[0]
        words = [
            chance.choice(places) if chance.random() < 0.36 else chance.choices(_COMMON, weights)[0]
            for _ in range(count)
        ]
        if chance.random() < 0.06:
            words.append(chance.choice(_TAILS))
        name = f"{long if chance.random() < 0.7 else short} {' '.join(word.capitalize() for word in words)}"
        names.append(name.upper() if chance.random() < 0.3 else name)
    return names


def _swap(text: str, at: int, chance: random.Random) -> str:
    return text[:at] + text[at + 1 : at + 2] + text[at] + text[at + 2 :]


def _drop(text: str, at: int, chance: random.Random) -> str:
    return text[:at] + text[at + 1 :]


def _double(text: str, at: int, chance: random.Random) -> str:
    return text[: at + 1] + text[at:]


def _replace(text: str, at: int, chance: random.Random) -> str:
    return text[:at] + chance.choice(_LETTERS) + text[at + 1 :]


def _revowel(text: str, at: int, chance: random.Random) -> str:
    vowels = [place for place, letter in enumerate(text) if letter in "aiueo"]
    return _replace(text, at, chance) if not vowels else _put(text, chance.choice(vowels), chance.choice("aiueo"))


def _put(text: str, at: int, letter: str) -> str:
    return text[:at] + letter + text[at + 1 :]


def _join(text: str, at: int, chance: random.Random) -> str:
    blanks = [place for place, letter in enumerate(text) if letter == " "]
    return _drop(text, chance.choice(blanks), chance) if blanks else _drop(text, at, chance)


def _split(text: str, at: int, chance: random.Random) -> str:
    return text[:at] + " " + text[at:] if 1 < at < len(text) - 1 else _double(text, at, chance)


def _shorten(text: str, at: int, chance: random.Random) -> str:
    first, _, rest = text.partition(" ")
    if len(first) < 5 or len(rest) < 5:
        return _swap(text, at, chance)
    consonants = first[0] + "".join(letter for letter in first[1:] if letter not in "aiueo")
    return f"{chance.choice((consonants[:3], first[:3]))} {rest}"


_EDITS: Sequence[Callable[[str, int, random.Random], str]] = (
    _swap,
    _drop,
    _double,
    _replace,
    _revowel,
    _join,
    _split,
    _shorten,
)


def make_queries(names: Sequence[str], count: int, chance: random.Random) -> list[Query]:
    """Misspelt names: one edit on up to eight letters, else one or two; in half of them the kind words are left out."""
    from telusur.words.coop_name import read_coop_name

    queries = []
    for name in chance.sample(names, count):
        read = read_coop_name(name)
        lead, proper = (read.lead.strip(), read.proper.casefold()) if read.key else ("", name.casefold())
        for _ in range(1 if len(proper) <= 8 else chance.choice((1, 2))):
            letters = [at for at, letter in enumerate(proper) if letter != " "]
            proper = " ".join(chance.choice(_EDITS)(proper, chance.choice(letters), chance).split())
        left_out = bool(lead) and chance.random() < 0.5
        queries.append(Query(proper if left_out else f"{lead} {proper}", name, left_out))
    return queries


def _fill(names: Sequence[str]) -> float:
    """Cooperatives, then their names into the index; seconds of the second."""
    from django.db import transaction

    from telusur.register.searchers.choose import name_search
    from telusur.register.writers.bulk import add_rows
    from telusur.words.spelling import search_words

    idents = [uuid.UUID(int=number + 1).hex for number in range(len(names))]
    with transaction.atomic():
        add_rows("register_cooperative", ("id", "key"), ((ident, f"bench:{ident}") for ident in idents))
        begun = time.perf_counter()
        name_search().index(zip(idents, names, map(search_words, names), strict=True))
        return time.perf_counter() - begun


def _like(text: str) -> list[uuid.UUID]:
    """The peer: names that contain the text as typed, capitals or not."""
    from telusur.register.models import SearchName

    rows = SearchName.objects.filter(name__icontains=text).order_by("name")
    return list(rows.values_list("cooperative_id", flat=True)[:20])


def _ours(text: str) -> list[uuid.UUID]:
    from telusur.register.searchers.choose import name_search

    return [hit.cooperative_id for hit in name_search().find(text)]


def _measure(find: Callable[[str], list[uuid.UUID]], queries: Sequence[Query], names: Sequence[str]) -> list[float]:
    """[p50 ms, p95 ms, longest ms, percent right in the first five]."""
    from telusur.words.coop_name import read_coop_name

    same: dict[tuple[bool, str], set[uuid.UUID]] = defaultdict(set)
    for number, name in enumerate(names):
        same[False, name.casefold()].add(uuid.UUID(int=number + 1))
        same[True, read_coop_name(name).key].add(uuid.UUID(int=number + 1))
    times, right = [], 0
    for query in queries:
        begun = time.perf_counter()
        found = find(query.text)
        times.append((time.perf_counter() - begun) * 1000)
        meant = read_coop_name(query.name).key if query.kind_left_out else query.name.casefold()
        right += not same[query.kind_left_out, meant].isdisjoint(found[:5])
    times.sort()
    return [times[len(times) // 2], times[len(times) * 95 // 100], times[-1], 100 * right / len(queries)]


def main() -> None:
    """Fill, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--queries", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=5)
    given = parser.parse_args()
    with office():
        from django.db import connection

        chance = random.Random(given.seed)
        names = make_names(given.rows, chance)
        queries = make_queries(names, given.queries, chance)
        seconds = _fill(names)
        print(
            f"{machine()}\n{connection.vendor}: {given.rows} names ({len(set(names))} distinct), indexed in {seconds:.2f} s"
        )
        print(f"{given.queries} misspelt queries{'':6}{'p50 ms':>10}{'p95 ms':>10}{'longest':>10}{'in first five':>16}")
        for title, find in (("telusur", _ours), ("LIKE '%…%'", _like)):
            p50, p95, longest, share = _measure(find, queries, names)
            print(f"{title:28}{p50:10.1f}{p95:10.1f}{longest:10.1f}{share:14.1f} %")
        connection.close()


if __name__ == "__main__":
    main()
