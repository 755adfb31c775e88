"""What one pair shows: its fields side by side, the score's waterfall, the rows around it as a graph.

In: the views of `matching.queries`. Out: frozen values in the reader's language for the templates. Nothing here decides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext, gettext_noop

from telusur.matching.models import OfficeList, Proposal
from telusur.matching.queries import (
    ClusterView,
    Edge,
    Node,
    PairView,
    SubjectFacts,
    cluster_of,
    standing_pairs,
)
from telusur.matching.rules.judgement import Look, Move, Pair, Standing, pair_of
from telusur.matching.rules.queue import DeskPolicy, look_for
from telusur.matching.rules.subjects import COMPARED_FIELDS, cooperative_of, list_row_of
from telusur.web.pages.dossier import said
from telusur.web.pages.matching_diff import Compared, Piece, compare_texts
from telusur.web.pictures.cluster import Cluster, Link, draw_cluster
from telusur.web.pictures.waterfall import Waterfall, draw_waterfall
from telusur.web.words import say
from telusur.words.reason import Reason

__all__ = [
    "Around",
    "Shown",
    "around",
    "chance",
    "field_words",
    "move_words",
    "shown_pair",
    "silent_fields",
    "waterfall_of",
]

# The engine's word for a field that a row does not state.
_SILENT = "pair_silent"
# Less is written as no bits at all.
_LEAST_BITS = 0.05
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_FIELDS: Mapping[str, str] = {
    "name": gettext_noop("nama"),
    "nik_koperasi": gettext_noop("NIK koperasi"),
    "legal_number": gettext_noop("nomor badan hukum"),
    "legal_on": gettext_noop("tanggal badan hukum"),
    "kelurahan": gettext_noop("kelurahan"),
    "kecamatan": gettext_noop("kecamatan"),
    "kabupaten_kota": gettext_noop("kabupaten atau kota"),
    "address": gettext_noop("alamat"),
}
_PARTS: Mapping[str, str] = {
    "digits": gettext_noop("angkanya"),
    "codes": gettext_noop("kodenya"),
    "kind": gettext_noop("jenisnya"),
    "series": gettext_noop("serinya"),
    "near": gettext_noop("tetangganya"),
    "street": gettext_noop("jalannya"),
    "house": gettext_noop("nomor rumahnya"),
    "rt": gettext_noop("RT-nya"),
    "block": gettext_noop("bloknya"),
    "words": gettext_noop("pada nama yang serupa"),
    "apart": gettext_noop("pada alamat yang lain"),
    "words+apart": gettext_noop("pada nama yang serupa dan alamat yang lain"),
}
_STATES: Mapping[str, str] = {
    "same": gettext_noop("sama"),
    "differs": gettext_noop("berbeda"),
    "left": gettext_noop("hanya di baris 1"),
    "right": gettext_noop("hanya di baris 2"),
}
_EDGES: Mapping[str, str] = {
    "same": gettext_noop("dinilai sama"),
    "different": gettext_noop("dinilai beda"),
    "unsure": gettext_noop("masih ragu"),
    "disputed": gettext_noop("dua penilaian berselisih"),
    "sure": gettext_noop("tersambung sendiri, peluang {chance} %"),
    "proposed": gettext_noop("diusulkan, peluang {chance} %"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One field. says: its state in words; aloud: the differing words, for whoever cannot see the marks."""

    label: str
    state: str
    says: str
    aloud: str
    sides: tuple[tuple[Piece, ...], tuple[Piece, ...]]


class Head(NamedTuple):
    """A side's heading: its number, where the row comes from, the address of its record ("" for a list's row)."""

    name: str
    where: str
    address: str


@dataclass(frozen=True, slots=True)
class Shown:
    """The two rows side by side."""

    heads: tuple[Head, Head]
    rows: tuple[Row, ...]


class Member(NamedTuple):
    """A row of the graph's list. here: it is one of the pair on the desk."""

    name: str
    detail: str
    address: str
    here: bool


class EdgeWords(NamedTuple):
    """A line of the graph in words, and the address of its pair."""

    kind: str
    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Around:
    """The rows that touch the pair: the drawing and its list."""

    cluster: Cluster
    members: tuple[Member, ...]
    edges: tuple[EdgeWords, ...]


def chance(probability: float) -> str:
    """A probability in per cent; neither 0 nor 100, which would say certain."""
    percent = probability * 100
    if percent < 1:
        return gettext("kurang dari 1")
    if percent > 99:
        return gettext("lebih dari 99")
    return str(number_format(percent, 0))


def field_words(field: str) -> str:
    """A compared field's name, "name:digits" too."""
    name, _, part = field.partition(":")
    words = gettext(_FIELDS.get(name, name))
    return f"{words}, {gettext(_PARTS.get(part, part))}" if part else words


def move_words(move: Move) -> tuple[str, str, str]:
    """A field that has moved: its name, before, after."""
    return field_words(move.field), said(move.field, move.before), said(move.field, move.after)


def _aloud(compared: Compared) -> str:
    parts = [gettext("{left} dan {right}").format(left=left, right=right) for left, right in compared.slips]
    if compared.only_left:
        parts.append(gettext("hanya di baris 1: {words}").format(words=", ".join(compared.only_left)))
    if compared.only_right:
        parts.append(gettext("hanya di baris 2: {words}").format(words=", ".join(compared.only_right)))
    return "; ".join(parts)


def _row(field: str, left: str, right: str) -> Row | None:
    compared = compare_texts(*(said(field, value) if value else "" for value in (left, right)))
    if compared.state == "none":
        return None
    return Row(
        field_words(field),
        compared.state,
        gettext(_STATES[compared.state]),
        _aloud(compared),
        (compared.left, compared.right),
    )


def _head(number: int, subject: str, facts: SubjectFacts) -> Head:
    if facts.cooperative_id is not None:
        where, address = gettext("catatan di register"), reverse("cooperative", kwargs={"ident": facts.cooperative_id})
    else:
        where, address = _list_name(subject), ""
    return Head(gettext("Baris {number}").format(number=number), where, address)


def _list_name(subject: str) -> str:
    row = list_row_of(subject)
    held = OfficeList.objects.filter(pk=row[0]).first() if row else None
    return gettext("daftar «{name}»").format(name=held.name) if held else ""


def shown_pair(view: PairView) -> Shown:
    """Both rows as they stand now, field by field; fields that neither states are left out."""
    left, right = _values(view.left), _values(view.right)
    rows = (_row(field, left.get(field, ""), right.get(field, "")) for field in COMPARED_FIELDS)
    heads = (
        _head(1, view.proposal.left_subject, view.left),
        _head(2, view.proposal.right_subject, view.right),
    )
    return Shown(heads, tuple(row for row in rows if row is not None))


def _values(facts: SubjectFacts) -> dict[str, str]:
    # A cooperative that was first known without a NIK has it in its record and not in the row.
    stated = {"name": facts.name, "nik_koperasi": facts.nik_koperasi}
    return {**{field: value for field, value in stated.items() if value}, **facts.values}


def waterfall_of(proposal: Proposal) -> Waterfall:
    """The score from the prior through each field's line to the sum, which is the shown probability."""
    lines = [
        (gettext("{field}: {says}").format(field=field_words(field), says=_line_words(field, reason)), weight)
        for field, weight, reason in proposal.line_reasons()
        if reason.code != _SILENT
    ]
    third = proposal.third_bits()
    if third >= _LEAST_BITS:
        lines.append((gettext("baris ketiga berbicara untuknya"), third))
    else:
        third = 0.0
    is_rivalled = proposal.run.kind != "within"
    begins = (
        gettext("sebelum melihat isian, dan sesudah pesaing ditimbang")
        if is_rivalled
        else gettext("sebelum melihat isian")
    )
    prior = (begins, proposal.prior_bits - third)
    total = gettext("jumlah, peluang sama {chance} %").format(chance=chance(proposal.probability))
    return draw_waterfall(prior, lines, total)


def silent_fields(proposal: Proposal) -> str:
    """What could not be compared because a row does not state it; it weighs nothing and needs no row of its own."""
    return "; ".join(field_words(field) for field, _, reason in proposal.line_reasons() if reason.code == _SILENT)


def _line_words(field: str, reason: Reason) -> str:
    if not field.endswith("_on"):
        return say(reason)
    values = {name: said(field, value) if _DAY.fullmatch(value) else value for name, value in reason.values.items()}
    return say(Reason(reason.code, reason.says, values))


def around(proposal: Proposal, by: str, *, blind: bool) -> Around:
    """The clusters of both rows with all that touches them. What the clerk may yet have to judge unseen is hidden."""
    hide = proposal.pair_key if blind else ""
    views = [cluster_of(subject, hide=hide) for subject in (proposal.left_subject, proposal.right_subject)]
    nodes = _nodes(views, (proposal.left_subject, proposal.right_subject))
    place = {node.subject: at for at, node in enumerate(nodes)}
    held = standing_pairs()
    edges = {}
    for edge in (edge for view in views for edge in view.edges):
        if edge.left in place and edge.right in place:
            edges[pair_of(edge.left, edge.right)] = edge
    known = sorted(
        (_veiled(edge, held.get(pair), by) for pair, edge in edges.items()),
        key=lambda edge: sorted((place[edge.left], place[edge.right])),
    )
    links = [Link(place[edge.left], place[edge.right], edge.kind) for edge in known]
    return Around(
        draw_cluster(len(nodes), links, (0, 1)),
        tuple(_member(node, at < 2, len(nodes)) for at, node in enumerate(nodes)),
        tuple(_edge_words(edge, place, proposal) for edge in known),
    )


def _nodes(views: Sequence[ClusterView], first: Pair) -> list[Node]:
    """Every row once, those of the pair first: they are rows 1 and 2 of the table too."""
    every = {node.subject: node for view in views for node in view.nodes}
    order = sorted(every, key=lambda subject: (first.index(subject) if subject in first else 2, subject))
    return [every[subject] for subject in order]


def _veiled(edge: Edge, standing: Standing | None, by: str) -> Edge:
    pair = "|".join(pair_of(edge.left, edge.right))
    if standing is None or look_for(pair, standing, by, DeskPolicy()) is not Look.SECOND:
        return edge
    return edge._replace(kind="proposed") if edge.probability is not None else edge._replace(kind="unsure")


def _member(node: Node, is_here: bool, count: int) -> Member:
    ident = cooperative_of(node.subject)
    numbers = [
        gettext("NIK {number}").format(number=node.nik_koperasi) if node.nik_koperasi else "",
        node.legal_number,
        gettext("mewakili yang lain") if node.is_canonical and node.in_cluster and count > 2 else "",
    ]
    address = reverse("cooperative", kwargs={"ident": ident}) if ident else ""
    return Member(node.name, " · ".join(part for part in numbers if part), address, is_here)


def _edge_words(edge: Edge, place: Mapping[str, int], proposal: Proposal) -> EdgeWords:
    ends = sorted((place[edge.left] + 1, place[edge.right] + 1))
    words = gettext(_EDGES[edge.kind]).format(chance=chance(edge.probability or 0.0))
    is_door = edge.proposal_id is not None and pair_of(edge.left, edge.right) != pair_of(
        proposal.left_subject, proposal.right_subject
    )
    address = reverse("matching-pair", kwargs={"number": edge.proposal_id}) if is_door else ""
    return EdgeWords(edge.kind, f"{ends[0]} – {ends[1]}: {words}", address)
