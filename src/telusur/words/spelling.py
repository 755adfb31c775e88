"""Names that people type wrongly: what of them to look up, and how like two names are.

In: text as typed and names as stored. Out: normalised words, trigrams worth their cost, a likeness of 0 to 100.
Source: the measured mistakes are single letters swapped, dropped, doubled or replaced, vowels, joined and split words, a
first word cut short, kind words left out or misspelt; `bench/search.py` measures them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from telusur.words.coop_kinds import COOPERATIVE, STARTS
from telusur.words.coop_name import CoopName, read_coop_key, read_coop_name

__all__ = [
    "Sought",
    "affordable",
    "by_likeness",
    "likeness",
    "neighbours",
    "read_sought",
    "resemblance",
    "search_words",
    "trigrams_of",
]

# Below this two names have nothing to do with each other.
LEAST_LIKENESS = 50.0
# Words of kind that are long enough to be told from their misspellings.
_KIND_WORDS = sorted(
    word for word in {*STARTS, *(w for branch in STARTS.values() for w in branch), *COOPERATIVE} if len(word) > 4
)
_KIND_LIKENESS = 80.0
# A short form is at most this long and its word longer: "gn" for "gunung", "kry" for "karya", "m" for "maju".
_SHORT_FORM = 4
_FEW_LETTERS = 5
_LEAST_SHORT, _MOST_SHORT = 3, 12
_LETTERS = " abcdefghijklmnopqrstuvwxyz"
# How many of the likest are read again with short forms written out: each costs some microseconds.
_READ_AGAIN = 60


@dataclass(frozen=True, slots=True)
class Sought:
    """What a person looks for.

    whole: all the words typed, normalised. kinds: canonical kind codes. forms: one or two readings of the words to find;
    the second is without leading words that are kinds behind "Koperasi" ("wanita mawar"), also misspelt ("serba usha").
    """

    whole: str
    kinds: tuple[str, ...]
    forms: tuple[str, ...]


def _plain(text: str) -> str:
    return CoopName(text, (), text).key


def search_words(name: str) -> str:
    """The words under which a name is found: its key, or all of its words where nothing but kind words stands there."""
    return read_coop_key(name) or _plain(name)


def read_sought(text: str) -> Sought:
    """What `text` asks for; `forms` is empty when it has neither letter nor digit."""
    named = read_coop_name(text)
    whole = _plain(text)
    straight = named.key or whole
    if not straight:
        return Sought("", (), ())
    mended = read_coop_name("koperasi " + _with_kinds_mended(whole))
    if mended.key in ("", straight):
        return Sought(whole, named.kinds, (straight,))
    return Sought(whole, mended.kinds, (straight, mended.key))


def _with_kinds_mended(whole: str) -> str:
    """The words with misspelt kind words at their beginning spelt as they should be."""
    words = whole.split()
    for position, word in enumerate(words):
        if len(word) < _SHORT_FORM:
            break
        best = process.extractOne(word, _KIND_WORDS, scorer=fuzz.ratio, score_cutoff=_KIND_LIKENESS)
        if best is None:
            break
        words[position] = "koperasi" if best[0] in COOPERATIVE else best[0]
    return " ".join(words)


def _anchored(words: str) -> str:
    """`words` between marks of beginning and end, so that a whole short name differs from the same word in a long one."""
    return f"^{words}$"


def trigrams_of(words: str) -> tuple[str, ...]:
    """The distinct runs of three signs of the anchored words, blanks included, in order."""
    text = _anchored(words)
    return tuple(dict.fromkeys(text[start : start + 3] for start in range(len(text) - 2)))


def neighbours(words: str) -> set[str]:
    """All that one edit makes of a short text: a letter or blank dropped, put in, replaced, or two swapped. Else none.

    A short name is one word that thousands of longer names hold too: trigrams alone would not tell it from them.
    """
    if not _LEAST_SHORT <= len(words) <= _MOST_SHORT:
        return set()
    cuts = [(words[:at], words[at:]) for at in range(len(words) + 1)]
    made = {head + tail[1:] for head, tail in cuts if tail}
    made |= {head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1}
    made |= {head + letter + tail for head, tail in cuts for letter in _LETTERS}
    made |= {head + letter + tail[1:] for head, tail in cuts if tail for letter in _LETTERS}
    return made - {words}


def affordable(frequencies: Mapping[str, int], budget: int, spent: int = 0) -> tuple[list[str], int]:
    """The rarest trigrams whose postings fit the budget, rarest first, and what is spent then, `spent` included.

    frequencies: how many names hold each. The rarest is always taken when nothing was spent yet: rare signs tell most.
    """
    taken = []
    for trigram in sorted(frequencies, key=lambda item: (frequencies[item], item)):
        if spent and spent + frequencies[trigram] > budget:
            break
        taken.append(trigram)
        spent += frequencies[trigram]
    return taken, spent


def likeness(sought: str, words: str) -> float:
    """How like two normalised names are, 0 to 100; 100 only for the same words, 0 where it is below 50.

    The best of: letter by letter; without blanks (joined and split words); in any order; as a part of a longer name.
    """
    return _likenesses(sought, [words]).get(words, 0.0)


def _likenesses(sought: str, candidates: Sequence[str]) -> dict[str, float]:
    """`likeness` of each candidate that has any: one call a scorer for all, a tenth of the time of one call a pair."""
    best: dict[str, float] = {}
    compact = [words.replace(" ", "") for words in candidates]
    # A few letters are part of almost anything.
    as_part = 0.85 if len(sought) > _FEW_LETTERS else 0.7
    for scorer, weight, typed, choices in (
        (fuzz.ratio, 1.0, sought, candidates),
        (fuzz.ratio, 0.99, sought.replace(" ", ""), compact),
        (fuzz.token_sort_ratio, 0.95, sought, candidates),
        (fuzz.partial_ratio, as_part, sought, candidates),
    ):
        scored = process.extract(typed, choices, scorer=scorer, score_cutoff=LEAST_LIKENESS / weight, limit=None)
        for _, score, position in scored:
            words = candidates[position]
            if score * weight > best.get(words, 0.0) and (weight != as_part or len(words) > len(sought)):
                best[words] = score * weight
    return best


def _is_short_form(short: str, word: str) -> bool:
    if not len(short) <= _SHORT_FORM < len(word) or short[0] != word[0]:
        return False
    letters = iter(word)
    return all(letter in letters for letter in short)


def _written_out(sought: str, words: str) -> str:
    """`sought` with its short forms replaced by the words of `words` that they may stand for; "" when there is none."""
    free = words.split()
    out, replaced = [], False
    for token in sought.split():
        meant = token if token in free else next((word for word in free if _is_short_form(token, word)), None)
        if meant is None:
            out.append(token)
            continue
        free.remove(meant)
        out.append(meant)
        replaced = replaced or meant != token
    return " ".join(out) if replaced else ""


def by_likeness(forms: Iterable[str], candidates: Iterable[str], limit: int) -> list[tuple[str, float]]:
    """The candidates most like any of the forms, best first, with their likeness; equals in the order of the alphabet.

    Short forms ("gn jaya" for "gunung jaya") are written out for the likest only.
    """
    readings, names = tuple(forms), sorted(set(candidates))
    best: dict[str, float] = {}
    for form in readings:
        for words, score in _likenesses(form, names).items():
            best[words] = max(score, best.get(words, 0.0))
    scored = sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))
    readings = tuple(form for form in readings if any(len(word) <= _SHORT_FORM for word in form.split()))
    if not readings:
        return scored[:limit]
    likest = []
    for words, score in scored[: max(limit, _READ_AGAIN)]:
        written = (_written_out(form, words) for form in readings)
        again = max((fuzz.ratio(form, words) * 0.94 for form in written if form), default=0.0)
        likest.append((words, max(score, again)))
    likest.sort(key=lambda pair: (-pair[1], pair[0]))
    return likest[:limit]


@lru_cache(maxsize=16_384)
def _read(name: str) -> tuple[frozenset[str], str]:
    """A stored name's kinds and all its words."""
    return frozenset(read_coop_name(name).kinds), _plain(name)


def resemblance(sought: Sought, name: str) -> float:
    """How well a stored name as a whole fits what was typed, 0 to 1: it orders cooperatives whose words are alike.

    The kinds tell most where any was typed, so that "KSU" prefers "Koperasi Serba Usaha"; then all the letters.
    """
    kinds, whole = _read(name)
    shared = len(kinds.intersection(sought.kinds)) / len(kinds.union(sought.kinds)) if sought.kinds else 0.0
    return 0.9 * shared + 0.001 * fuzz.ratio(sought.whole, whole)
