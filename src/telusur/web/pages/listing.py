"""The register as a list: filters as the address holds them, the rows they leave, one page of them.

In: a query string and the tables. Out: typed rows. An edition is listed as it stands; where a code, a group, an officer or a
round is asked for, the round's frozen rows are, with the code that a stored derivation, or one made for that moment, gives.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from django.core.cache import cache
from django.db.models import Case, IntegerField, Max, OuterRef, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Cast, Lower

from telusur.areas.queries import area_names
from telusur.people.models import Account
from telusur.register.models import Edition, Entry, RecordedFact
from telusur.register.queries import latest_edition
from telusur.register.searchers.choose import name_search
from telusur.rounds.models import Derivation, Round, RowDisposition
from telusur.rounds.queries import current_round, derive_rows, frozen_entries, latest_derivation, policy_of
from telusur.rounds.rules.codes import Code
from telusur.web.pages.blind import blind_of
from telusur.web.pages.filters import UNKNOWN, Filters

__all__ = [
    "PAGE_ROWS",
    "Basis",
    "ListRow",
    "Listing",
    "choices",
    "list_page",
    "list_rows",
    "read_basis",
]

PAGE_ROWS = 50
_SEARCH_LIMIT = 200
_KEEP_SECONDS = 900
_ORDERS: Mapping[str, str] = {"name": "name", "kelurahan": "kelurahan_code", "kind": "kind", "row": "row_number"}


class ListRow(NamedTuple):
    """One cooperative of the list. `code` None: no round has derived it. `visited_on` None: nobody went yet.

    is_blind: whoever reads may be sent there second, and sees neither.
    """

    cooperative_id: uuid.UUID
    row_number: int
    name: str
    nik_koperasi: str
    kelurahan: str
    kecamatan: str
    kind: str
    code: Code | None
    visited_on: date | None
    warning_count: int
    is_blind: bool = False


@dataclass(frozen=True, slots=True)
class Basis:
    """What the list stands on. `moment_codes`: entry → (code, officer), derived for a day that no derivation answers.

    reader: whose eyes it is for; an officer may have to look blind.
    """

    edition: Edition | None
    round: Round | None
    derivation: Derivation | None
    frozen: bool
    moment_codes: Mapping[int, tuple[int, str]] | None = None
    reader: Account | None = None

    @property
    def has_codes(self) -> bool:
        """Whether rows can carry a code."""
        return self.derivation is not None or self.moment_codes is not None


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of the list. `elsewhere`: cooperatives that the search found and this edition does not list."""

    basis: Basis
    rows: tuple[ListRow, ...]
    count: int
    page: int
    page_count: int
    elsewhere: tuple[tuple[uuid.UUID, str], ...] = ()


def read_basis(filters: Filters, reader: Account | None = None) -> Basis:
    """The edition, round and derivation that `filters` speak of; an edition of None when none has come yet."""
    return replace(_basis(filters), reader=reader)


def _basis(filters: Filters) -> Basis:
    wants_codes = bool(filters.codes or filters.group or filters.officer or filters.round_id or filters.on)
    round_ = _round(filters)
    if round_ is not None and filters.edition_id is None and (wants_codes or filters.known_at):
        if filters.on is not None:
            return _at_moment(round_, filters)
        return Basis(round_.edition, round_, latest_derivation(round_), True)
    edition = latest_edition()
    if filters.edition_id is not None:
        edition = Edition.objects.filter(pk=filters.edition_id, sealed_at__isnull=False).first()
    derivation = latest_derivation(round_) if round_ is not None else None
    return Basis(edition, round_, derivation, False)


def _round(filters: Filters) -> Round | None:
    if filters.round_id is None:
        return current_round()
    return Round.objects.select_related("edition").filter(pk=filters.round_id).first()


def _at_moment(round_: Round, filters: Filters) -> Basis:
    """The stored derivation of exactly this day and knowledge, else a fresh one, kept for a while since it cannot change."""
    assert filters.on is not None
    known_at = filters.known_at or filters.asked_at
    stored = latest_derivation(round_, filters.on)
    if stored is not None and stored.known_at == known_at:
        return Basis(round_.edition, round_, stored, True)
    last = RecordedFact.objects.filter(recorded_at__lte=known_at).aggregate(last=Max("id"))["last"]
    key = f"moment:{round_.pk}:{round_.opened_at.timestamp()}:{filters.on}:{last}"
    codes = cache.get(key)
    if codes is None:
        rows = derive_rows(round_, policy_of(round_, filters.on, known_at), filters.on, known_at)
        codes = {row.entry_id: (int(row.disposition.code), row.disposition.officer) for row in rows}
        cache.set(key, codes, _KEEP_SECONDS)
    return Basis(round_.edition, round_, None, True, codes)


def _entries(basis: Basis, filters: Filters) -> QuerySet[Entry]:
    """The rows that the filters leave, without the search's."""
    assert basis.edition is not None
    if basis.frozen:
        assert basis.round is not None
        rows = frozen_entries(basis.round)
    else:
        rows = Entry.objects.filter(edition=basis.edition)
    for column, value in (
        ("kelurahan_code", filters.kelurahan),
        ("kecamatan_code", filters.kecamatan),
        ("kind", filters.kind),
    ):
        if value:
            rows = rows.filter(**{column: "" if value == UNKNOWN else value})
    if filters.warning == "any":
        rows = rows.exclude(warnings=[])
    elif filters.warning:
        # A code is lower_snake_case and stands in quotes only as a code: the text tells it apart on both databases.
        texts = rows.annotate(warning_text=Cast("warnings", TextField()))
        rows = texts.filter(warning_text__contains=f'"{filters.warning}"')
    return _coded(rows, basis, filters)


def _coded(rows: QuerySet[Entry], basis: Basis, filters: Filters) -> QuerySet[Entry]:
    wanted = {int(code) for code in filters.codes}
    if not wanted and filters.group is not None:
        wanted = {int(code) for code in Code if code.group is filters.group}
    if not wanted and not filters.officer:
        return rows
    if hidden := blind_of(basis.reader):
        # A list of one code tells the code of each of its rows.
        rows = rows.exclude(cooperative_id__in=hidden)
    officer = "" if filters.officer == UNKNOWN else filters.officer
    if basis.moment_codes is not None:
        kept = [
            entry
            for entry, (code, by) in basis.moment_codes.items()
            if (not wanted or code in wanted) and (not filters.officer or by == officer)
        ]
        return rows.filter(pk__in=kept)
    if basis.derivation is None:
        return rows.none()
    derived = RowDisposition.objects.filter(derivation=basis.derivation)
    if wanted:
        derived = derived.filter(code__in=wanted)
    if filters.officer:
        derived = derived.filter(officer=officer)
    return rows.filter(pk__in=derived.values("entry_id"))


def _ordered(rows: QuerySet[Entry], basis: Basis, sort: str) -> QuerySet[Any, int]:
    """The ids of `rows` in the order of `sort`. Ids alone: the sort then runs over an index and not over wide rows."""
    sign, key = ("-", sort[1:]) if sort.startswith("-") else ("", sort)
    if key == "code" and basis.derivation is not None:
        code = RowDisposition.objects.filter(derivation=basis.derivation, entry_id=OuterRef("pk")).values("code")[:1]
        hidden = blind_of(basis.reader)
        if hidden:
            # All of them under one code, which is none: their place in the order would tell.
            one = Case(
                When(cooperative_id__in=hidden, then=Value(0)), default=Subquery(code), output_field=IntegerField()
            )
            ordered = rows.annotate(code_order=one).order_by(f"{sign}code_order", "id")
            return ordered.values_list("id", flat=True)
        ordered = rows.annotate(code_order=Subquery(code)).order_by(f"{sign}code_order", "id")
        return ordered.values_list("id", flat=True)
    column = _ORDERS.get(key, "name")
    if column == "name":
        # Lists mix capitals and small letters; people read them as one alphabet.
        name = Lower("name").desc() if sign else Lower("name").asc()
        return rows.order_by(name, f"{sign}id").values_list("id", flat=True)
    then = ("id",) if column in ("name", "row_number") else ("name", "id")
    return rows.order_by(f"{sign}{column}", *(f"{sign}{field}" for field in then)).values_list("id", flat=True)


def _found(filters: Filters, rows: QuerySet[Entry]) -> tuple[list[int], list[tuple[uuid.UUID, str]]]:
    """Entries of `rows` in the order of the search's hits, and the hits whose cooperative this edition does not list."""
    hits = name_search().find(filters.text, _SEARCH_LIMIT)
    idents = [hit.cooperative_id for hit in hits]
    entries = dict(rows.filter(cooperative_id__in=idents).order_by("-id").values_list("cooperative_id", "id"))
    missing = [(hit.cooperative_id, hit.name) for hit in hits if hit.cooperative_id not in entries]
    return [entries[ident] for ident in idents if ident in entries], missing


def list_page(filters: Filters, reader: Account | None = None) -> Listing:
    """The page that `filters` ask for. A page beyond the last is the last."""
    basis = read_basis(filters, reader)
    if basis.edition is None:
        return Listing(basis, (), 0, 1, 1)
    rows = _entries(basis, filters)
    if filters.text:
        idents, missing = _found(filters, rows)
        if filters.sort:
            idents = list(_ordered(rows.filter(pk__in=idents), basis, filters.sort))
        page, page_count = _page(filters.page, len(idents))
        shown = idents[(page - 1) * PAGE_ROWS : page * PAGE_ROWS]
        elsewhere = _elsewhere(basis, missing) if not filters.narrows else ()
        return Listing(basis, tuple(_typed(shown, basis)), len(idents), page, page_count, elsewhere)
    count = rows.count()
    page, page_count = _page(filters.page, count)
    ordered = _ordered(rows, basis, filters.sort or "name")
    shown = list(ordered[(page - 1) * PAGE_ROWS : page * PAGE_ROWS])
    return Listing(basis, tuple(_typed(shown, basis)), count, page, page_count)


def _page(wanted: int, count: int) -> tuple[int, int]:
    page_count = max(1, -(-count // PAGE_ROWS))
    return min(max(1, wanted), page_count), page_count


def _elsewhere(basis: Basis, missing: Sequence[tuple[uuid.UUID, str]]) -> tuple[tuple[uuid.UUID, str], ...]:
    listed = set(
        Entry.objects.filter(edition=basis.edition, cooperative_id__in=[ident for ident, _ in missing]).values_list(
            "cooperative_id", flat=True
        )
    )
    return tuple(pair for pair in missing if pair[0] not in listed)[:8]


def list_rows(filters: Filters, reader: Account | None = None) -> Iterator[ListRow]:
    """Every row that `filters` leave, for a file; a thousand at a time."""
    basis = read_basis(filters, reader)
    if basis.edition is None:
        return
    rows = _entries(basis, filters)
    if filters.text:
        idents, _ = _found(filters, rows)
    else:
        idents = list(_ordered(rows, basis, filters.sort or "name"))
    for start in range(0, len(idents), 1000):
        yield from _typed(idents[start : start + 1000], basis)


def _typed(idents: Sequence[int], basis: Basis) -> Iterator[ListRow]:
    """The entries of `idents`, in that order, with what other tables hold of them: four queries, whatever their number."""
    entries = {
        entry.pk: entry
        for entry in Entry.objects.filter(pk__in=idents).select_related("cooperative").defer("raw", "normal")
    }
    names = area_names({code for entry in entries.values() for code in (entry.kelurahan_code, entry.kecamatan_code)})
    codes = _codes(entries.values(), basis)
    visited = dict(
        RecordedFact.objects.filter(kind="visit", cooperative__in=[entry.cooperative_id for entry in entries.values()])
        .values_list("cooperative_id")
        .annotate(last=Max("valid_on"))
    )
    hidden = blind_of(basis.reader, {entry.cooperative_id for entry in entries.values()})
    for ident in idents:
        entry = entries[ident]
        is_blind = entry.cooperative_id in hidden
        code = None if is_blind else codes.get(entry.pk)
        yield ListRow(
            entry.cooperative_id,
            entry.row_number,
            entry.name,
            entry.cooperative.nik_koperasi or "",
            names.get(entry.kelurahan_code, ""),
            names.get(entry.kecamatan_code, ""),
            entry.kind,
            Code(code) if code is not None else None,
            None if is_blind else visited.get(entry.cooperative_id),
            len(entry.warnings),
            is_blind,
        )


def _codes(entries: Iterable[Entry], basis: Basis) -> dict[int, int]:
    listed = list(entries)
    if basis.moment_codes is not None:
        return {entry.pk: basis.moment_codes[entry.pk][0] for entry in listed if entry.pk in basis.moment_codes}
    if basis.derivation is None:
        return {}
    # By cooperative: the edition on screen may be newer than the one that the round froze.
    derived = RowDisposition.objects.filter(
        derivation=basis.derivation, cooperative__in=[entry.cooperative_id for entry in listed]
    )
    by_cooperative = dict(derived.values_list("cooperative_id", "code"))
    return {
        entry.pk: by_cooperative[entry.cooperative_id] for entry in listed if entry.cooperative_id in by_cooperative
    }


def choices(basis: Basis, column: str, *, within: Filters | None = None) -> list[str]:
    """The values of `column` in the edition, kept for a while; of the kecamatan in `within` where it has one."""
    if basis.edition is None:
        return []
    rows = Entry.objects.filter(edition=basis.edition)
    kecamatan = within.kecamatan if within is not None else ""
    if kecamatan:
        rows = rows.filter(kecamatan_code="" if kecamatan == UNKNOWN else kecamatan)
    stamp = basis.edition.imported_at.timestamp()
    key = f"choices:{basis.edition.pk}:{stamp}:{column}:{kecamatan}"
    kept: list[str] | None = cache.get(key)
    if kept is None:
        kept = sorted(rows.order_by().values_list(column, flat=True).distinct())
        cache.set(key, kept, _KEEP_SECONDS)
    return kept
