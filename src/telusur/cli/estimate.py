"""`telusur estimate`: what a round that is not finished says about its whole list; how many of the not located live."""

from __future__ import annotations

import argparse
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from telusur.cli import house
from telusur.cli.answer import WRONG_USE, Answer, Grid, Stop
from telusur.cli.derive import add_moment, round_of

if TYPE_CHECKING:
    from telusur.rounds.models import Round
    from telusur.rounds.rules.estimate import Estimate

NAME = "estimate"
HELP = "taksiran putaran yang belum selesai, dengan selang yang pasti caranya; tanpa model"
_WORDS = {
    "active": "aktif",
    "located": "ditemukan",
    "not_located": "tidak ditemukan",
    "out_of_scope": "di luar cakupan",
}
_HARD = "penelusuran keras: telepon, RT, lurah, rumah pengurus, AHU"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """For when; whom to trace hard, or what came of it."""
    parser.add_argument(
        "--draw", type=int, metavar="N", help=f"undi N baris golongan 3 untuk ditelusuri keras ({_HARD})"
    )
    parser.add_argument("--traced", type=int, metavar="N", help="banyaknya baris terundi yang sudah ditelusuri keras")
    parser.add_argument("--alive", type=int, metavar="N", help="di antaranya yang ternyata hidup")
    add_moment(parser)


def run(args: argparse.Namespace) -> Answer:
    """Estimate, draw, or read what hard tracing found."""
    house.enter()
    found = round_of(args)
    on, known_at = args.on or house.today(), args.known_at or datetime.now(UTC)
    if args.draw is not None:
        return _draw(found, args.draw, on, known_at)
    from telusur.rounds.queries import balance_figure, estimates_of
    from telusur.rounds.rules.codes import Group

    estimates = estimates_of(found, on, known_at)
    document: dict[str, object] = {
        "round": found.name,
        "on": on,
        "known_at": known_at,
        "rows": found.row_count,
        "seed": found.seed,
        "quantities": [_json(each) for each in estimates],
    }
    lines = [_said(estimates[0], found)]
    if (args.traced is None) != (args.alive is None):
        raise Stop("--traced dan --alive disebut bersama: berapa yang ditelusuri keras, berapa yang hidup", WRONG_USE)
    if args.traced is not None:
        lost = balance_figure(found, on, known_at, None).whole.group(Group.NOT_LOCATED)
        document["not_located"], line = _among(args.traced, args.alive, lost)
        lines.append(line)
    return Answer(document, lines, [_grid(estimates, found)])


def _among(traced: int, alive: int, lost: int) -> tuple[dict[str, int], str]:
    from telusur.rounds.rules.estimate import among_traced

    if not 0 <= alive <= traced <= lost:
        raise Stop(f"--alive {alive} dari --traced {traced} tidak mungkin: golongan 3 berisi {lost} baris", WRONG_USE)
    low, high = among_traced(alive, traced, lost)
    said = (
        f"Dari {lost} yang tidak ditemukan, {traced} ditelusuri keras dan {alive} ternyata hidup: "
        f"yang hidup seluruhnya antara {low} dan {high} (selang 95 %)."
    )
    return {"rows": lost, "traced": traced, "alive": alive, "low": low, "high": high}, said


def _draw(found: Round, count: int, on: date, known_at: datetime) -> Answer:
    from telusur.rounds.queries import not_located_drawn

    if count < 1:
        raise Stop(f"--draw {count}: tulis 1 atau lebih", WRONG_USE)
    rows = not_located_drawn(found, count, on, known_at)
    if len(rows) < count:
        raise Stop(f"--draw {count}: golongan 3 hanya berisi {len(rows)} baris pada hari itu")
    listed = [
        {"row": entry.row_number, "nik_koperasi": entry.cooperative.nik_koperasi, "name": entry.name} for entry in rows
    ]
    document = {"round": found.name, "on": on, "known_at": known_at, "seed": found.seed, "drawn": listed}
    table = [(str(at), entry.cooperative.nik_koperasi or "—", entry.name) for at, entry in enumerate(rows, start=1)]
    head = f"Terundi dari golongan 3 menurut benih {found.seed}; telusuri semuanya ({_HARD}), jangan dipilih."
    return Answer(document, [head], [Grid(("urutan", "NIK koperasi", "koperasi"), table)])


def _json(each: Estimate) -> dict[str, object]:
    return {
        "name": each.quantity.name,
        "codes": each.quantity.codes,
        "drawn": each.sample.drawn,
        "unsettled": each.sample.unsettled,
        "seen": each.seen,
        "low": each.low,
        "high": each.high,
        "running_low": each.running_low,
        "running_high": each.running_high,
    }


def _said(active: Estimate, found: Round) -> str:
    sample = active.sample
    if active.low is None:
        return "Belum ada selang bertahap: kepala urutan acak belum cukup selesai; lihat kolom «setiap hari»."
    return (
        f"Bila seluruh {found.row_count} baris ditelusuri, yang aktif antara {active.low} dan {active.high} "
        f"(selang 95 %, dari {sample.drawn} baris pertama urutan acak, {sample.unsettled} di antaranya belum selesai)."
    )


def _grid(estimates: tuple[Estimate, ...], found: Round) -> Grid:
    rows = [
        (
            f"{_WORDS[each.quantity.name]} ({each.quantity.codes})",
            f"{each.seen} dari {each.sample.drawn}" if each.sample.drawn else "—",
            "—" if each.low is None else f"{each.low} – {each.high}",
            f"{each.running_low} – {each.running_high}",
        )
        for each in estimates
    ]
    foot = (
        f"Banyaknya baris dari {found.row_count}. Sampel: kepala urutan acak (benih {found.seed}); kunjungan lain tidak "
        "ikut dihitung, model tidak dipakai. «Setiap hari»: sah berapa kali pun dilihat. Tidak ditemukan bukan berarti mati."
    )
    return Grid(("yang ditaksir", "di sampel", "selang 95 %", "setiap hari"), rows, foot=foot)
