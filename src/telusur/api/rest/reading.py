"""Reading, open to all: the sets of the open data row by row, in the columns that `opendata` lets leave, and no other.

In: an area, a choice of columns, a cursor. Out: pages of one state, or a whole set as a stream.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from typing import Annotated
from urllib.parse import urlencode

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext
from ninja import Query, Router

from telusur.api.rest.problems import Problem
from telusur.api.rest.shapes import VERSION, page_shape, row_shape
from telusur.api.rules.cursor import BadCursor, Place, open_cursor, seal_cursor
from telusur.opendata import queries
from telusur.opendata.queries import Moment
from telusur.opendata.rules.cells import csv_cell
from telusur.opendata.rules.columns import Value
from telusur.opendata.rules.datasets import DATASETS, LICENCE_ADDRESS, Dataset
from telusur.register.searchers.choose import name_search

__all__ = ["ROOT", "Area", "Limit", "only", "router"]

ROOT = "/api/v1"
_MOST_FOUND, _SHORTEST, _CHUNK = 20, 2, 500

router = Router()

Fields = Annotated[str, Query(description="Kolom yang diminta, dipisah koma; tanpa ini semua kolom.", max_length=600)]
Area = Annotated[
    str, Query(description="Kode wilayah Kemendagri; baris di wilayah itu dan di bawahnya.", max_length=13)
]
Limit = Annotated[int, Query(description="Banyaknya baris sehalaman.", ge=1, le=500)]
Cursor = Annotated[str, Query(description="Penunjuk halaman dari `next` halaman sebelumnya.", max_length=800)]


def _json(document: object) -> HttpResponse:
    return HttpResponse(orjson.dumps(document), content_type="application/json")


def only(request: HttpRequest, *known: str) -> None:
    """A parameter that nobody reads is a mistake that nobody would notice. Raises Problem."""
    for name in request.GET:
        if name not in known:
            raise Problem(
                "invalid",
                gettext("parameter «{name}» tidak dikenal; yang ada: {known}").format(
                    name=name[:60], known=", ".join(known) or "—"
                ),
                [{"where": f"query/{name[:60]}", "says": gettext("tidak dikenal")}],
            )


def _chosen(dataset: Dataset, fields: str) -> tuple[str, ...]:
    """The columns asked for. Raises Problem that names the unknown one."""
    names = DATASETS[dataset].names
    asked = tuple(part.strip() for part in fields.split(",") if part.strip())
    for name in asked:
        if name not in names:
            raise Problem(
                "field",
                gettext("kolom «{name}» tidak ada; yang ada: {known}").format(name=name[:60], known=", ".join(names)),
                [{"where": "query/fields", "says": name[:60]}],
            )
    return tuple(dict.fromkeys(asked)) or names


def _key() -> bytes:
    return b"telusur api cursor\n" + settings.SECRET_KEY.encode()


def _page(request: HttpRequest, dataset: Dataset, area: str, fields: str, limit: int, cursor: str) -> HttpResponse:
    only(request, "area", "fields", "limit", "cursor")
    names, question = _chosen(dataset, fields), f"{dataset.value} {area}"
    after, at = "", queries.now()
    if cursor:
        try:
            place = open_cursor(cursor, question, _key())
        except BadCursor:
            said = gettext("penunjuk ini bukan dari halaman sebelumnya; mulai lagi tanpa cursor")
            raise Problem("cursor", said, [{"where": "query/cursor", "says": gettext("tidak dikenal")}]) from None
        after, at = place.after, Moment(place.on, place.known_at)
    key = DATASETS[dataset].names[0]
    found = list(queries.rows(dataset, at, area=area, after=after, fields=(key, *names), limit=limit + 1))
    shown, following = found[:limit], ""
    if len(found) > limit:
        sealed = seal_cursor(Place(question, str(shown[-1][0]), at.on, at.known_at), _key())
        asked = {"area": area, "fields": fields, "limit": "" if limit == 100 else str(limit), "cursor": sealed}
        following = f"{ROOT}/{dataset.value}?" + urlencode({name: each for name, each in asked.items() if each})
    reply = _json(
        {
            "data": [dict(zip(names, row[1:], strict=True)) for row in shown],
            "next": following or None,
            "on": at.on,
            "known_at": at.known_at,
            "licence": LICENCE_ADDRESS,
        }
    )
    if following:
        reply.headers["Link"] = f'<{following}>; rel="next"'
    return reply


def _one(request: HttpRequest, dataset: Dataset, key: str, fields: str) -> HttpResponse:
    only(request, "fields")
    names = _chosen(dataset, fields)
    row = queries.one(dataset, queries.now(), key)
    if row is None:
        raise Problem("missing", gettext("tidak ada baris dengan kunci itu"))
    whole = dict(zip(DATASETS[dataset].names, row, strict=True))
    return _json({name: whole[name] for name in names})


# --- whole sets -----------------------------------------------------------------------------------------------------------


def _csv_lines(names: Sequence[str], rows: Iterator[tuple[Value, ...]]) -> Iterator[bytes]:
    held = io.StringIO()
    lines = csv.writer(held, lineterminator="\r\n")
    lines.writerow(names)
    for number, row in enumerate(rows, start=1):
        lines.writerow([csv_cell(cell) for cell in row])
        if number % _CHUNK == 0:
            yield held.getvalue().encode()
            held.seek(0)
            held.truncate()
    yield held.getvalue().encode()


def _json_lines(names: Sequence[str], rows: Iterator[tuple[Value, ...]]) -> Iterator[bytes]:
    held: list[bytes] = []
    for row in rows:
        held.append(orjson.dumps(dict(zip(names, row, strict=True)), option=orjson.OPT_APPEND_NEWLINE))
        if len(held) == _CHUNK:
            yield b"".join(held)
            held.clear()
    yield b"".join(held)


def _tag(at: Moment, *parts: str) -> str:
    """Of a stream: what it is made of, since its bytes are not known before they are gone.

    The journal's last line tells two deeds of one second apart.
    """
    made_of = "\n".join((at.on.isoformat(), at.known_at.isoformat(), queries.last_deed(), VERSION, *parts))
    return f'"{hashlib.sha256(made_of.encode()).hexdigest()[:32]}"'


def _export(request: HttpRequest, dataset: Dataset, kind: str, area: str, fields: str) -> HttpResponseBase:
    only(request, "area", "fields")
    names, at = _chosen(dataset, fields), queries.now()
    rows = queries.rows(dataset, at, area=area, fields=names)
    lines, media = {"csv": (_csv_lines, "text/csv; charset=utf-8"), "jsonl": (_json_lines, "application/jsonl")}[kind]
    reply = StreamingHttpResponse(lines(names, rows), content_type=media)
    reply.headers["ETag"] = _tag(at, dataset.value, kind, area, *names)
    reply.headers["Content-Disposition"] = f'attachment; filename="{dataset.value}-{at.on:%Y%m%d}.{kind}"'
    return reply


def _add(dataset: Dataset) -> None:
    """The addresses of one set."""
    said, word = DATASETS[dataset], dataset.value

    def listing(
        request: HttpRequest, area: Area = "", fields: Fields = "", limit: Limit = 100, cursor: Cursor = ""
    ) -> HttpResponse:
        return _page(request, dataset, area, fields, limit, cursor)

    def single(request: HttpRequest, key: str, fields: Fields = "") -> HttpResponse:
        return _one(request, dataset, key, fields)

    shape = row_shape(dataset)
    router.add_api_operation(
        f"/{word}", ["GET"], listing, response={200: page_shape(dataset, shape)}, operation_id=f"list_{word}",
        summary=said.title, description=said.says, url_name=f"list-{word}", tags=["baca"],
    )  # fmt: skip
    router.add_api_operation(
        f"/{word}/{{key}}", ["GET"], single, response={200: shape}, operation_id=f"read_{word}",
        summary=f"{said.title}: satu baris", url_name=f"read-{word}", tags=["baca"],
    )  # fmt: skip
    for kind, media in (("jsonl", "application/jsonl"), ("csv", "text/csv")):
        _add_export(dataset, kind, media)


def _add_export(dataset: Dataset, kind: str, media: str) -> None:
    def whole(request: HttpRequest, area: Area = "", fields: Fields = "") -> HttpResponseBase:
        return _export(request, dataset, kind, area, fields)

    router.add_api_operation(
        f"/exports/{dataset.value}.{kind}", ["GET"], whole, operation_id=f"export_{dataset.value}_{kind}",
        summary=f"{DATASETS[dataset].title}: seluruhnya sebagai {kind.upper()}", tags=["baca"],
        url_name=f"export-{dataset.value}-{kind}",
        openapi_extra={"responses": {200: {"description": "OK", "content": {media: {"schema": {"type": "string"}}}}}},
    )  # fmt: skip


for _dataset in Dataset:
    _add(_dataset)


def search(
    request: HttpRequest,
    q: Annotated[str, Query(description="Nama atau nomor, juga dengan ejaan lain.", max_length=120)],
) -> HttpResponse:
    """Up to twenty cooperatives whose name or number fits, the best first."""
    only(request, "q")
    text = " ".join(q.split())
    if len(text) < _SHORTEST:
        raise Problem(
            "invalid", gettext("tulis sedikitnya dua huruf"), [{"where": "query/q", "says": gettext("terlalu pendek")}]
        )
    at, names = queries.now(), DATASETS[Dataset.COOPERATIVES].names
    rows = (
        queries.one(Dataset.COOPERATIVES, at, str(hit.cooperative_id)) for hit in name_search().find(text, _MOST_FOUND)
    )
    return _json(
        {
            "data": [dict(zip(names, row, strict=True)) for row in rows if row is not None],
            "next": None,
            "on": at.on,
            "known_at": at.known_at,
            "licence": LICENCE_ADDRESS,
        }
    )


router.add_api_operation(
    "/search", ["GET"], search, operation_id="search", summary="Cari koperasi", url_name="search", tags=["baca"],
    response={200: page_shape(Dataset.COOPERATIVES, row_shape(Dataset.COOPERATIVES))},
)  # fmt: skip
