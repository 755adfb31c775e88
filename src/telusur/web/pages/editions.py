"""Editions: the list, one with its counts and refusals, the second person's decision, what changed between two."""

from __future__ import annotations

import re
import tempfile
import uuid
from pathlib import Path

from django.contrib import messages
from django.core.cache import cache
from django.core.paginator import Page, Paginator
from django.db.models import TextField
from django.db.models.functions import Cast
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from telusur.corrections.actions import follow
from telusur.intake.models import Batch
from telusur.intake.queries import open_refusals, warning_counts
from telusur.intake.rules.fields import FIELDS
from telusur.intake.sheets.refused_sheet import write_refused
from telusur.people.rules import Deed, may
from telusur.register.actions import decide_edition
from telusur.register.models import Absence, Edition, EditionDecision, Entry
from telusur.register.queries import EditionDiff, EntryChange, changes_between, edition_list
from telusur.rounds.models import Round
from telusur.web.pages.dossier import said
from telusur.web.pages.guard import actor, deed, role_of
from telusur.web.pages.pins import pinning_office
from telusur.web.words import say, say_stored

__all__ = ["decide", "edition_diff", "edition_list_page", "edition_page", "refused_download"]

_REFUSALS_SHOWN = 50
_ABSENT_SHOWN = 100
_PAGE_ROWS = 50
_KEEP_SECONDS = 900
# A place in a reason's sentence, for which many rows have many values.
_PLACE = re.compile(r"\{[a-z_]+\}")


def _edition(number: int) -> Edition:
    found = Edition.objects.select_related("previous").filter(pk=number, sealed_at__isnull=False).first()
    if found is None:
        raise Http404
    return found


@deed(Deed.READ_REGISTER)
def edition_list_page(request: HttpRequest) -> HttpResponseBase:
    """All editions, newest first."""
    rows = edition_list()[::-1]
    return render(
        request,
        "telusur/editions.html",
        {
            "editions": rows,
            "waiting": [row for row in rows if row.state == "ditahan"],
            **pinning_office(request, "edition"),
        },
    )


@deed(Deed.READ_REGISTER)
def edition_page(request: HttpRequest, number: int) -> HttpResponseBase:
    """One edition: rows in = accepted + refused, warnings by kind, what was refused and why, what is absent."""
    edition = _edition(number)
    refusals = open_refusals(edition)
    accepted = Entry.objects.filter(edition=edition).count()
    decision = EditionDecision.objects.filter(edition=edition).first()
    waits = edition.held and decision is None
    return render(
        request,
        "telusur/edition.html",
        {
            "edition": edition,
            "accepted": accepted,
            "refused": edition.rows_in_count - accepted,
            "taken_width": _width(accepted, edition.rows_in_count),
            "batches": Batch.objects.filter(edition=edition),
            "refusals": [(row, say(row.as_refusal().reason), gettext(row.mend)) for row in refusals[:_REFUSALS_SHOWN]],
            "refusal_count": len(refusals),
            "warnings": _warnings(edition, accepted),
            "absent": _absent(edition),
            "absent_shown": _ABSENT_SHOWN,
            "waits": waits,
            "decision": decision,
            "may_decide": waits and may(role_of(request), Deed.ACCEPT_EDITION),
            "is_own": waits and edition.imported_by == getattr(request.user, "username", ""),
            "rounds": Round.objects.filter(edition=edition),
            "next": edition.next_editions.filter(sealed_at__isnull=False).order_by("as_of_on", "id").first(),
        },
    )


def _width(part: int, whole: int) -> str:
    """A share of a hundred for an SVG attribute: a point and never a comma, and no sliver lost to rounding."""
    return f"{100 * part / whole:.2f}" if whole else "0"


def _warnings(edition: Edition, accepted: int) -> list[tuple[str, str, int, str]]:
    """(code, words, rows, an example) of each kind; kept while no corrected row is added, since rows never change."""
    key = f"warnings:{edition.pk}:{edition.imported_at.timestamp()}:{accepted}"
    counted = cache.get(key)
    if counted is None:
        counted = [(code, says, count, _example(edition, code)) for code, says, count in warning_counts(edition)]
        cache.set(key, counted, _KEEP_SECONDS)
    return [
        (code, _PLACE.sub("…", gettext(says)), count, say_stored(example) if "{" in says else "")
        for code, says, count, example in counted
    ]


def _example(edition: Edition, code: str) -> dict[str, object]:
    """The first warning of a kind in the edition, as its row holds it."""
    texts = Entry.objects.filter(edition=edition).annotate(warning_text=Cast("warnings", TextField()))
    row = texts.filter(warning_text__contains=f'"{code}"').order_by("row_number").only("warnings").first()
    found: list[dict[str, object]] = row.warnings if row is not None else []
    return next((warning for warning in found if warning["code"] == code), {"code": code, "says": "", "values": {}})


def _absent(edition: Edition) -> list[tuple[object, str, str]]:
    """The first absent cooperatives: id, NIK, the name of their row in the edition before."""
    absent = list(
        Absence.objects.filter(edition=edition)
        .order_by("id")
        .values_list("cooperative_id", "cooperative__nik_koperasi")[:_ABSENT_SHOWN]
    )
    if edition.previous_id is None:
        return []
    names = dict(
        Entry.objects.filter(
            edition_id=edition.previous_id, cooperative_id__in=[ident for ident, _ in absent]
        ).values_list("cooperative_id", "name")
    )
    return [(ident, number or "", names.get(ident, "")) for ident, number in absent]


@deed(Deed.ACCEPT_EDITION)
@require_POST
def decide(request: HttpRequest, number: int) -> HttpResponseBase:
    """The second person's word, with its reason."""
    edition = _edition(number)
    accepted = request.POST.get("decision") == "accept"
    if request.POST.get("decision") not in ("accept", "reject"):
        messages.error(request, gettext("Pilih terima atau tolak."))
        return redirect("edition", number=number)
    try:
        decide_edition(edition=edition, accepted=accepted, why=request.POST.get("why", ""), by=actor(request))
        follow(by=actor(request))
    except (ValueError, PermissionError) as error:
        messages.error(request, gettext(str(error)).capitalize() + ".")
        return redirect("edition", number=number)
    done = (
        gettext("Edisi diterima dan dapat dipakai.")
        if accepted
        else gettext("Edisi ditolak; edisi sebelumnya tetap berlaku.")
    )
    messages.success(request, done)
    return redirect("edition", number=number)


@deed(Deed.READ_REGISTER)
def refused_download(request: HttpRequest, number: int) -> HttpResponseBase:
    """The refused rows as a sheet to correct and bring again."""
    edition = _edition(number)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ditolak.xlsx"
        write_refused(path, edition)
        # Opened before its folder goes: the handle keeps the content until the answer is sent.
        return FileResponse(path.open("rb"), as_attachment=True, filename=f"edisi-{edition.pk}-ditolak.xlsx")


@deed(Deed.READ_REGISTER)
def edition_diff(request: HttpRequest, old: int, new: int) -> HttpResponseBase:
    """What changed between two editions: counts by field, then the rows, narrowed by `?field=` or `?show=new|absent`."""
    before, after = _edition(old), _edition(new)
    diff = changes_between(before, after)
    field = request.GET.get("field", "")
    show = request.GET.get("show", "changed")
    show = show if show in ("changed", "added", "absent") else "changed"
    page = _diff_page(diff, field, show, request.GET.get("page", "1"))
    query = request.GET.copy()
    query.pop("page", None)
    return render(
        request,
        "telusur/edition_diff.html",
        {
            "old": before,
            "new": after,
            "diff": diff,
            "changed_count": len(diff.changed),
            "fields": [
                (name, gettext(FIELDS.get(name, name)), count)
                for name, count in diff.by_field().items()
                if name in FIELDS
            ],
            "field": field if field in FIELDS else "",
            "show": show,
            "page": page,
            "rows": [_linked(row, field) for row in page],
            "query": query.urlencode(),
        },
    )


def _diff_page(diff: EditionDiff, field: str, show: str, number: str) -> Page:  # type: ignore[type-arg]
    if show == "changed":
        rows = [row for row in diff.changed if not field or any(change.field == field for change in row.changes)]
        return Paginator(rows, _PAGE_ROWS).get_page(number)
    return Paginator(diff.added if show == "added" else diff.absent, _PAGE_ROWS).get_page(number)


def _linked(
    row: EntryChange | tuple[str, str, str], field: str
) -> tuple[uuid.UUID, str, str, list[tuple[str, str, str]]]:
    """(id, NIK, name, changes) of a row; `changes` are (field, before, after) in words, none for a new or absent row."""
    changes = row.changes if isinstance(row, EntryChange) else ()
    worded = [
        (gettext(FIELDS[change.field]), said(change.field, change.before), said(change.field, change.after))
        for change in changes
        if change.field in FIELDS and (not field or change.field == field)
    ]
    return uuid.UUID(row[0]), row[1], row[2], worded
