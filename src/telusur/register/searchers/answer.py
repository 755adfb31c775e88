"""From typed text to hits, on either database: numbers first, then the likest of the names that an adapter proposes.

In: the text, and the adapter's candidates in batches, each reaching further than the one before. Out: hits, best first.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from telusur.register.models import Cooperative, Entry, SearchName
from telusur.register.ports import Hit
from telusur.words.legal_number import read_legal_number
from telusur.words.spelling import Sought, by_likeness, read_sought, resemblance

__all__ = ["answer", "rows_of"]

# A best candidate at least this like ends the search: reaching further would seldom find a better one.
_GOOD = 92.0
_LONGEST = 300
_NIK_LEAST, _NIK_LENGTH = 4, 13
_BLANKS = re.compile(r"[\s.\-]")

Propose = Callable[[Sequence[str]], Iterator[Iterable[str]]]
# Words, a name that reads so, and the ids of all that bear it, with commas between them.
Bearers = Callable[[Sequence[str]], Iterable[tuple[str, str, str]]]


def rows_of(names: Iterable[tuple[str, str, str]]) -> dict[tuple[str, str], str]:
    """(cooperative's hex, words) → the first name with these words; names without letter or digit left out.

    In the order of the ids, so that the unique index grows from left to right.
    """
    rows: dict[tuple[str, str], str] = {}
    for cooperative, name, words in sorted(names, key=itemgetter(0)):
        if len(words) > _LONGEST:
            words = words[:_LONGEST].rstrip()
        if words:
            rows.setdefault((cooperative.replace("-", ""), words), name[:_LONGEST])
    return rows


def answer(text: str, limit: int, propose: Propose, bearers: Bearers) -> list[Hit]:
    """Hits for `text`. propose: the forms sought → batches of candidate words; bearers: words → who bears them."""
    typed = text.replace("\x00", " ").strip()[:_LONGEST]
    digits = _BLANKS.sub("", typed)
    numeric = digits.isascii() and digits.isdigit()
    if limit < 1 or (numeric and len(digits) > _NIK_LENGTH):
        return []
    found = _by_nik(digits, limit) if numeric and len(digits) >= _NIK_LEAST else _by_legal_number(typed, limit)
    hits = {ident: Hit(ident, name, 100.0) for ident, name in _current_names(found)}
    if len(hits) < limit:
        for hit in _by_name(read_sought(typed), limit, propose, bearers):
            hits.setdefault(hit.cooperative_id, hit)
    return list(hits.values())[:limit]


def _by_nik(digits: str, limit: int) -> list[uuid.UUID]:
    """Cooperatives whose NIK begins so. A range and not LIKE: the unique index serves it on both databases."""
    rows = Cooperative.objects.filter(nik_koperasi__gte=digits)
    following = str(int(digits) + 1).zfill(len(digits))
    if len(following) == len(digits):
        rows = rows.filter(nik_koperasi__lt=following)
    return list(rows.order_by("nik_koperasi").values_list("id", flat=True)[:limit])


def _by_legal_number(typed: str, limit: int) -> list[uuid.UUID]:
    read = read_legal_number(typed)
    if read is None or not read.key:
        return []
    rows = Entry.objects.filter(legal_key=read.key[:120]).order_by("cooperative_id")
    return list(rows.values_list("cooperative_id", flat=True).distinct()[:limit])


def _current_names(idents: Sequence[uuid.UUID]) -> list[tuple[uuid.UUID, str]]:
    """The ids with the names in the newest edition, in the given order."""
    names: dict[uuid.UUID, str] = dict.fromkeys(idents, "")
    if not idents:
        return []
    indexed = SearchName.objects.filter(cooperative_id__in=idents).order_by("id").values_list("cooperative_id", "name")
    entered = Entry.objects.filter(cooperative_id__in=idents).order_by("edition__as_of_on", "edition_id", "id")
    names.update(indexed)
    names.update(entered.values_list("cooperative_id", "name"))
    return list(names.items())


def _by_name(sought: Sought, limit: int, propose: Propose, bearers: Bearers) -> list[Hit]:
    if not sought.forms:
        return []
    hits: dict[str, tuple[str, float]] = {}
    # A common name's own bearers fill the answer, and no other name is as like it: nothing need be compared.
    _add(sought, [(words, 100.0) for words in sought.forms], bearers, limit, hits)
    if len(hits) < limit:
        hits.clear()
        _alike(sought, limit, propose, bearers, hits)
    return [Hit(uuid.UUID(ident), name, round(score, 2)) for ident, (name, score) in [*hits.items()][:limit]]


def _alike(sought: Sought, limit: int, propose: Propose, bearers: Bearers, hits: dict[str, tuple[str, float]]) -> None:
    """Adds those whose words are likest to what is sought, until there are `limit`."""
    candidates: set[str] = set()
    likest: list[tuple[str, float]] = []
    for batch in propose(sought.forms):
        fresh = set(batch) - candidates
        candidates |= fresh
        likest = by_likeness(sought.forms, [*fresh, *(words for words, _ in likest)], limit)
        if likest and likest[0][1] >= _GOOD:
            break
    # The likest words alone often belong to enough cooperatives.
    step = max(5, limit // 2)
    for start in range(0, len(likest), step):
        _add(sought, likest[start : start + step], bearers, limit, hits)
        if len(hits) >= limit:
            break


def _add(
    sought: Sought,
    likest: Sequence[tuple[str, float]],
    bearers: Bearers,
    limit: int,
    hits: dict[str, tuple[str, float]],
) -> None:
    """Adds all that bear these words, the likest words first, then those whose kind fits what was typed; ends at `limit`."""
    bearing: dict[str, list[tuple[str, str]]] = {}
    for words, name, idents in bearers([words for words, _ in likest]):
        bearing.setdefault(words, []).append((name, idents))
    for score, alike in groupby(likest, key=itemgetter(1)):
        equals = [bearer for words, _ in alike for bearer in bearing.get(words, ())]
        for _, name, idents in sorted((-resemblance(sought, name), name, idents) for name, idents in equals):
            for ident in sorted(idents.split(",")):
                hits.setdefault(ident, (name, score))
            if len(hits) >= limit:
                return
