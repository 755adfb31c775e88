"""The open data's pages: what there is, each set with its dictionary and how to cite it, dated snapshots. No sign-in.

In: nothing, a set, a snapshot's label. Out: sizes, rows, hashes, buttons. Whoever may publish takes a snapshot here.
"""

from __future__ import annotations

from typing import NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.formats import number_format
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_POST

from telusur.opendata.actions import Unsettled, current_files, origin_of, take_snapshot
from telusur.opendata.models import Snapshot
from telusur.opendata.queries import now, size
from telusur.opendata.rules.columns import ColumnKind
from telusur.opendata.rules.datasets import DATASETS, LICENCE, LICENCE_ADDRESS, DataSet, Dataset
from telusur.opendata.rules.formats import FORM_WORDS, Form
from telusur.opendata.rules.manifest import SUPPRESSION, Written, cite
from telusur.opendata.shelf.disk import kept_path
from telusur.people.rules import Deed
from telusur.web.pages.guard import actor, deed

__all__ = ["index", "one", "snapshot", "take"]

# Above so many rows a page does not wait for files that nobody has asked for yet.
_MANY_ROWS = 5000
_KIND_WORDS: dict[ColumnKind, str] = {
    ColumnKind.TEXT: gettext_noop("teks"),
    ColumnKind.INTEGER: gettext_noop("bilangan bulat"),
    ColumnKind.NUMBER: gettext_noop("bilangan"),
    ColumnKind.DATE: gettext_noop("tanggal"),
    ColumnKind.YES_NO: gettext_noop("ya atau tidak"),
}
_FORM_NAMES = {
    Form.CSV: "CSV",
    Form.XLSX: "XLSX",
    Form.PARQUET: "Parquet",
    Form.GEOJSON: "GeoJSON",
    Form.JSONL: "JSON Lines",
}


class _Button(NamedTuple):
    """A file to take. weight, sha256: "" where it is made when somebody takes it."""

    name: str
    form: str
    words: str
    weight: str
    sha256: str


class _Shown(NamedTuple):
    """A set on the page; row_count: None where it was not counted yet."""

    of: DataSet
    title: str
    says: str
    row_count: int | None
    buttons: list[_Button]


def _weight(byte_count: int) -> str:
    if byte_count < 1000:
        return f"{byte_count} B"
    if byte_count < 1_000_000:
        return f"{byte_count / 1000:.0f} kB"
    return f"{number_format(byte_count / 1_000_000, 1)} MB"


def _shown(of: DataSet, files: list[Written]) -> _Shown:
    made = {file.form: file for file in files if file.dataset is of.dataset}
    buttons = []
    for form in Form:
        file = made.get(form)
        weight, sha256 = (_weight(file.byte_count), file.sha256) if file else ("", "")
        name = f"{of.dataset.value}.{form.value}"
        buttons.append(_Button(name, _FORM_NAMES[form], gettext(FORM_WORDS[form]), weight, sha256))
    counts = [file.row_count for file in made.values()]
    return _Shown(of, gettext(of.title), gettext(of.says), counts[0] if counts else None, buttons)


def _files() -> list[Written]:
    """The files of today: all of them, or in a large register those that were made already."""
    try:
        held = current_files(make=size(Dataset.COOPERATIVES, now()) <= _MANY_ROWS)
    except Unsettled:
        held = current_files(make=False)
    return [each.written for each in held]


@deed(Deed.LOOK_UP)
def index(request: HttpRequest) -> HttpResponseBase:
    """What there is."""
    files = _files()
    at = now()
    origin = origin_of(at)
    return render(
        request,
        "telusur/data.html",
        {
            "sets": [_shown(of, files) for of in DATASETS.values()],
            "origin": origin,
            "at": at,
            "is_empty": not origin.editions,
            "snapshots": Snapshot.objects.all()[:12],
            "snapshot_count": Snapshot.objects.count(),
            "licence": LICENCE,
            "licence_address": LICENCE_ADDRESS,
            "suppression": gettext(SUPPRESSION),
        },
    )


@deed(Deed.LOOK_UP)
def one(request: HttpRequest, name: str) -> HttpResponseBase:
    """One set: its files with their hashes, how to cite it, its dictionary. 404 for no set."""
    try:
        of = DATASETS[Dataset(name)]
    except ValueError:
        raise Http404 from None
    files = _files()
    at = now()
    origin = origin_of(at)
    columns = [
        (column, gettext(column.title), gettext(column.says), gettext(_KIND_WORDS[column.kind]))
        for column in of.columns
    ]
    return render(
        request,
        "telusur/data_set.html",
        {
            "shown": _shown(of, files),
            "columns": columns,
            "origin": origin,
            "at": at,
            "cite": cite(of.dataset, origin),
            "licence": LICENCE,
            "licence_address": LICENCE_ADDRESS,
            "suppression": gettext(SUPPRESSION) if of.dataset is Dataset.BALANCE else "",
            "address": request.build_absolute_uri(f"/data/{of.dataset.value}.csv"),
            "snapshots": Snapshot.objects.all()[:12],
        },
    )


@deed(Deed.LOOK_UP)
def snapshot(request: HttpRequest, label: str) -> HttpResponseBase:
    """One snapshot: its files and on what they stand. 404 for no snapshot."""
    found = Snapshot.objects.filter(label=label).first()
    if found is None:
        raise Http404
    files = list(found.files.all())
    rows = [
        (file.as_written(), gettext(DATASETS[Dataset(file.dataset)].title), _weight(file.byte_count)) for file in files
    ]
    whole = all(kept_path(file.sha256).is_file() for file in files)
    return render(
        request,
        "telusur/data_snapshot.html",
        {"snapshot": found, "rows": rows, "said": files[0].manifest if files else {}, "whole": whole},
    )


@deed(Deed.PUBLISH_DATA)
@require_POST
def take(request: HttpRequest) -> HttpResponseBase:
    """Take a snapshot of today."""
    try:
        made = take_snapshot(by=actor(request))
    except Unsettled as error:
        messages.error(request, str(error))
        return redirect("data")
    messages.success(request, gettext("Arsip {label} dibuat; berkasnya tidak akan berubah.").format(label=made.label))
    return redirect("data-snapshot", label=made.label)
