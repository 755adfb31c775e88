"""The register: search, filters that the address keeps, a page of rows, and the same rows as a file."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import xlsxwriter
from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from telusur.areas.queries import area_names
from telusur.people.models import Account
from telusur.people.rules import Deed
from telusur.register.models import Edition
from telusur.rounds.rules.codes import Code, Group
from telusur.web.pages.blind import blind_of
from telusur.web.pages.filters import SORTS, UNKNOWN, Filters, read_filters
from telusur.web.pages.guard import deed
from telusur.web.pages.listing import PAGE_ROWS, Listing, ListRow, choices, list_page, list_rows
from telusur.web.words import code_words, group_words
from telusur.words.sheet_cell import SHEET_MADE_AT, inert

__all__ = ["asked_filters", "register_download", "register_list"]

# More places than this make a list that nobody reads: the kecamatan is asked for first.
_MOST_CHOICES = 400


def asked_filters(request: HttpRequest) -> Filters:
    """The filters of the request's address, asked now."""
    return read_filters(request.GET, asked_at=datetime.now(UTC), zone=ZoneInfo(settings.TIME_ZONE))


def _reader(request: HttpRequest) -> Account | None:
    return request.user if isinstance(request.user, Account) else None


@deed(Deed.READ_REGISTER)
def register_list(request: HttpRequest) -> HttpResponseBase:
    """One page of the register."""
    filters = asked_filters(request)
    reader = _reader(request)
    listing = list_page(filters, reader)
    asks_codes = bool(filters.codes or filters.group or filters.officer)
    download = reverse("register-download") + filters.address()
    return render(
        request,
        "telusur/register.html",
        {
            "filters": filters,
            "listing": listing,
            "rows": [(row, row.code is not None and code_words(row.code)) for row in listing.rows],
            "hides": any(row.is_blind for row in listing.rows) or (asks_codes and bool(blind_of(reader))),
            "places": _place_options(listing, filters),
            "kinds": _kind_options(listing, filters),
            "codes": _code_options(filters),
            "several_codes": ",".join(str(int(code)) for code in filters.codes) if len(filters.codes) > 1 else "",
            "opens": bool(filters.kecamatan or filters.kelurahan or filters.kind or filters.warning),
            "chips": _chips(filters, listing),
            "heads": _heads(filters, listing),
            "pages": _pages(filters, listing),
            "first": (listing.page - 1) * PAGE_ROWS + 1,
            "last": (listing.page - 1) * PAGE_ROWS + len(listing.rows),
            "downloads": [(form.upper(), f"{download}&format={form}") for form in ("xlsx", "csv")],
            "any_edition": listing.basis.edition is not None or Edition.objects.exists(),
        },
    )


Option = tuple[str, str, bool]


def _place_options(listing: Listing, filters: Filters) -> dict[str, list[Option] | None]:
    """Options of kecamatan and kelurahan; None for kelurahan where there are too many to choose among."""
    options: dict[str, list[Option] | None] = {}
    for name, column in (("kecamatan", "kecamatan_code"), ("kelurahan", "kelurahan_code")):
        codes = choices(listing.basis, column, within=filters if name == "kelurahan" else None)
        if len(codes) > _MOST_CHOICES and name == "kelurahan":
            options[name] = None
            continue
        names = area_names(codes)
        chosen = getattr(filters, name)
        named = sorted(((code, names.get(code, code)) for code in codes if code), key=lambda pair: pair[1])
        if "" in codes:
            named.append((UNKNOWN, gettext("(tidak diketahui)")))
        if chosen and chosen not in {code for code, _ in named}:
            # A link may name a place that no row states: the form keeps it.
            named.append((chosen, gettext("(tidak diketahui)") if chosen == UNKNOWN else names.get(chosen, chosen)))
        options[name] = [(code, words, code == chosen) for code, words in named]
    return options


def _kind_options(listing: Listing, filters: Filters) -> list[Option]:
    kinds = choices(listing.basis, "kind")
    options = [(kind, kind, kind == filters.kind) for kind in kinds if kind]
    if "" in kinds:
        options.append((UNKNOWN, gettext("(tidak diisi)"), filters.kind == UNKNOWN))
    return options


def _code_options(filters: Filters) -> list[tuple[str, list[Option]]]:
    """The codes under their groups."""
    return [
        (
            group_words(group),
            [
                (str(int(code)), f"{int(code)} · {code_words(code)}", filters.codes == (code,))
                for code in Code
                if code.group is group
            ],
        )
        for group in Group
    ]


def _chips(filters: Filters, listing: Listing) -> list[tuple[str, str]]:
    """The filters in words, each with the address without it."""
    names = area_names([filters.kelurahan, filters.kecamatan])
    unknown = gettext("tidak diketahui")

    def worded(value: str) -> str:
        return unknown if value == UNKNOWN else names.get(value, value)

    chips = [
        (gettext("cari «{text}»").format(text=filters.text), filters.text and {"text": ""}),
        (gettext("kecamatan {name}").format(name=worded(filters.kecamatan)), filters.kecamatan and {"kecamatan": ""}),
        (gettext("kelurahan {name}").format(name=worded(filters.kelurahan)), filters.kelurahan and {"kelurahan": ""}),
        (gettext("jenis {name}").format(name=worded(filters.kind)), filters.kind and {"kind": ""}),
        (gettext("petugas {name}").format(name=worded(filters.officer)), filters.officer and {"officer": ""}),
        *(
            (f"{int(code)} · {code_words(code)}", {"codes": tuple(kept for kept in filters.codes if kept is not code)})
            for code in filters.codes
        ),
        (
            f"{int(filters.group)} · {group_words(filters.group)}" if filters.group else "",
            filters.group and {"group": None},
        ),
        (gettext("dengan catatan"), filters.warning and {"warning": ""}),
        (
            gettext("edisi {number}").format(number=filters.edition_id),
            filters.edition_id and {"edition_id": None},
        ),
    ]
    return [(words, filters.address(**without)) for words, without in chips if without]


def _heads(filters: Filters, listing: Listing) -> list[tuple[str, str, str]]:
    """(words, address that sorts by it, aria-sort) of each column; no address where it cannot be sorted by."""
    current = filters.sort or ("" if filters.text else "name")
    columns = (
        ("name", gettext("Koperasi")),
        ("", gettext("NIK koperasi")),
        ("kelurahan", gettext("Kelurahan")),
        ("kind", gettext("Jenis")),
        ("code" if listing.basis.derivation else "", gettext("Keadaan")),
        ("", gettext("Kunjungan terakhir")),
    )
    heads = []
    for key, words in columns:
        if key not in SORTS:
            heads.append((words, "", ""))
            continue
        turned = f"-{key}" if current == key else key
        order = {key: "ascending", f"-{key}": "descending"}.get(current, "")
        heads.append((words, filters.address(sort=turned), order))
    return heads


def _pages(filters: Filters, listing: Listing) -> list[tuple[int | None, str]]:
    """First, last, and the pages around this one; (None, "") for a gap."""
    near = {1, listing.page_count, *range(listing.page - 2, listing.page + 3)}
    shown = sorted(page for page in near if 1 <= page <= listing.page_count)
    pages: list[tuple[int | None, str]] = []
    for before, page in zip([0, *shown], shown, strict=False):
        if page - before > 1:
            pages.append((None, ""))
        pages.append((page, filters.address(page=page)))
    return pages


_COLUMNS = (
    "NIK Koperasi",
    "Nama Koperasi",
    "Kelurahan",
    "Kecamatan",
    "Jenis",
    "Kode",
    "Keadaan",
    "Kunjungan terakhir",
    "Catatan baris",
    "ID Telusur",
)


def _cells(row: ListRow) -> tuple[str, ...]:
    return (
        row.nik_koperasi,
        row.name,
        row.kelurahan,
        row.kecamatan,
        row.kind,
        str(int(row.code)) if row.code else "",
        code_words(row.code) if row.code else gettext("menunggu petugas kedua") if row.is_blind else "",
        row.visited_on.isoformat() if row.visited_on else "",
        str(row.warning_count or ""),
        str(row.cooperative_id),
    )


class _Echo:
    """A file whose writing gives the text back, so that csv's lines can be streamed."""

    def write(self, text: str) -> str:
        return text


def _csv_lines(filters: Filters, reader: Account | None) -> Iterator[str]:
    writer = csv.writer(_Echo())
    # The mark tells spreadsheets that the text is UTF-8.
    yield "\ufeff" + writer.writerow(_COLUMNS)
    for row in list_rows(filters, reader):
        yield writer.writerow([inert(cell) for cell in _cells(row)])


@deed(Deed.READ_REGISTER)
def register_download(request: HttpRequest) -> HttpResponseBase:
    """The filtered list, all pages: `?format=csv`, else a sheet."""
    filters = replace(asked_filters(request), page=1)
    name = f"register-{filters.asked_at:%Y%m%d}"
    if request.GET.get("format") == "csv":
        response = StreamingHttpResponse(_csv_lines(filters, _reader(request)), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return response
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.xlsx"
        _write_sheet(path, filters, _reader(request))
        # Opened before its folder goes: the handle keeps the content until the answer is sent.
        return FileResponse(path.open("rb"), as_attachment=True, filename=f"{name}.xlsx")


def _write_sheet(path: Path, filters: Filters, reader: Account | None) -> None:
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "constant_memory": True,
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": SHEET_MADE_AT})
        sheet = book.add_worksheet("Register")
        bold, text = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "@"})
        # As in the CSV: where days stand before months for one reader, they stand behind them for another.
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.set_column(0, 0, 16)
        sheet.set_column(1, 1, 44)
        sheet.set_column(2, len(_COLUMNS) - 1, 20)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        for column, words in enumerate(_COLUMNS):
            sheet.write_string(0, column, words, bold)
        for line, row in enumerate(list_rows(filters, reader), start=1):
            for column, cell in enumerate(_cells(row)):
                sheet.write_string(line, column, cell, text)
            if row.visited_on is not None:
                sheet.write_datetime(line, _COLUMNS.index("Kunjungan terakhir"), row.visited_on, day)
            if row.warning_count:
                sheet.write_number(line, _COLUMNS.index("Catatan baris"), row.warning_count)
