"""`telusur standing`: one cooperative with its reasons; figures under every definition; who would change, beforehand."""

from __future__ import annotations

import argparse
from datetime import UTC, date, datetime
from typing import Any

from telusur.cli import house
from telusur.cli.answer import WRONG_USE, Answer, Grid, Stop
from telusur.cli.derive import add_moment, round_of

NAME = "standing"
HELP = "keadaan satu koperasi dengan alasannya; hitungan menurut tiap pengertian; siapa yang akan berubah"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whom, for when, and what to try out."""
    parser.add_argument(
        "nik_koperasi", nargs="?", metavar="NIK", help="NIK koperasi; tanpa ini: hitungan seluruh putaran"
    )
    parser.add_argument("--if-policy", metavar="PENGERTIAN", help="siapa yang berubah bila pengertian ini dipakai")
    parser.add_argument(
        "--if-article",
        action="append",
        default=[],
        metavar="PASAL=NILAI",
        help="siapa yang berubah bila pasal bernilai ini",
    )
    add_moment(parser)


def run(args: argparse.Namespace) -> Answer:
    """One cooperative, a what-if, or the figures."""
    house.enter()
    on, known_at = args.on or house.today(), args.known_at or datetime.now(UTC)
    if args.nik_koperasi:
        return _one(args.nik_koperasi, on, known_at)
    if args.if_policy or args.if_article:
        return _what_if(args, on, known_at)
    return _figures(args, on, known_at)


def _one(nik_koperasi: str, on: date, known_at: datetime) -> Answer:
    from telusur.laws.queries import current_law
    from telusur.register.models import Cooperative
    from telusur.standing.queries import verdict_of
    from telusur.standing.rules.verdict import EXISTENCE_LABELS, STANDING_LABELS
    from telusur.standing.sheets.said import as_json

    found = Cooperative.objects.filter(nik_koperasi=nik_koperasi).first()
    verdict = verdict_of(found.pk, on, known_at) if found else None
    if found is None or verdict is None:
        raise Stop(f"koperasi dengan NIK «{nik_koperasi}» tidak ada dalam register", WRONG_USE)
    law = current_law(on, known_at)
    grounds = [
        (ground.reason.sentence(), ", ".join(map(str, ground.facts)), _articles(law, ground.articles))
        for ground in verdict.reasons
    ]
    grids = [Grid(("mengapa", "keterangan", "dasar"), grounds)]
    if verdict.missing:
        what = f"untuk «{STANDING_LABELS[verdict.target]}»" if verdict.target else "yang ditunggu"
        either = " (salah satu cukup)"
        rows = [
            (lack.reason.sentence() + either * lack.either, _articles(law, lack.articles)) for lack in verdict.missing
        ]
        grids.append(Grid((what, "dasar"), rows))
    if verdict.next_steps:
        steps = [
            (f"{step.on:%d/%m/%Y}" if step.on else "—", step.reason.sentence(), _articles(law, step.articles))
            for step in verdict.next_steps
        ]
        grids.append(Grid(("kapan", "yang akan terjadi", "dasar"), steps))
    head = (
        f"{STANDING_LABELS[verdict.standing]} · {EXISTENCE_LABELS[verdict.existence]} · kode {verdict.code.value} · "
        f"per {on:%d/%m/%Y}, hukum {verdict.law}, pengertian {verdict.policy}"
    )
    return Answer({"nik_koperasi": nik_koperasi, **as_json(verdict)}, [head], grids)


def _articles(law: Any, idents: tuple[str, ...]) -> str:
    from telusur.laws.rules.law import Certainty

    doubt = " (belum diperiksa)"
    held = [law.article(ident) for ident in idents]
    return "; ".join(article.article + doubt * (article.certainty is Certainty.UNVERIFIED) for article in held)


def _figures(args: argparse.Namespace, on: date, known_at: datetime) -> Answer:
    from telusur.standing.queries import count_by_policy, lens, lines, outcomes_of
    from telusur.standing.rules.rates import BASE_LABELS, meeting_rates
    from telusur.standing.rules.verdict import STANDING_LABELS, Standing

    round_ = round_of(args)
    rows = list(lines(round_, known_at))
    law, policy = lens(on, known_at)
    counts = count_by_policy(rows, on, known_at)
    rates = meeting_rates(outcome for _, outcome in outcomes_of(rows, on, known_at))
    own = next(each.standings for each in counts if each.policy == policy)
    return Answer(
        {
            "on": on,
            "law": law.version,
            "policy": policy.id,
            "count": len(rows),
            "by_standing": {each.value: own[each] for each in Standing if own.get(each)},
            "by_policy": {each.policy.id: each.active for each in counts},
            "meeting_rates": [{"of": rate.base.value, "held": rate.held, "count": rate.count} for rate in rates],
        },
        [f"{round_.name}: {len(rows)} koperasi per {on:%d/%m/%Y}, pengertian «{policy.name}»"],
        [
            Grid(("keadaan", "koperasi"), [(STANDING_LABELS[each], own[each]) for each in Standing if own.get(each)]),
            Grid(
                ("pengertian", "aktif", "tidak aktif", "tidak diketahui"),
                [_beside(each, each.policy == policy, len(rows)) for each in counts],
                foot="Bukti yang sama, dihitung menurut tiap pengertian.",
            ),
            Grid(
                ("RAT terbukti", "dari", "dasar"), [(rate.held, rate.count, BASE_LABELS[rate.base]) for rate in rates]
            ),
        ],
    )


def _beside(count: Any, is_used: bool, whole: int) -> tuple[str | int, ...]:
    from telusur.standing.rules.verdict import Standing

    inactive = count.standings.get(Standing.INACTIVE, 0)
    name = f"{count.policy.name} (dipakai)" if is_used else count.policy.name
    return (name, count.active, inactive, whole - count.active - inactive)


def _asked_for(args: argparse.Namespace, on: date, known_at: datetime) -> Any:
    from telusur.laws.queries import law_if, policy_named
    from telusur.standing.queries import Lens, lens

    policy = lens(on, known_at).policy
    if args.if_policy:
        try:
            policy = policy_named(args.if_policy)
        except KeyError:
            raise Stop(f"pengertian «{args.if_policy}» tidak ada; lihat `telusur laws policies`", WRONG_USE) from None
    changes = {}
    for text in args.if_article:
        ident, _, value = text.partition("=")
        wrong = f"«{text}»: tulis PASAL=NILAI dengan pasal bernilai dari `telusur laws`"
        if not (value.isascii() and value.isdigit()):
            raise Stop(wrong, WRONG_USE)
        changes[ident] = int(value)
        try:
            law_if({ident: int(value)}, on, known_at)
        except (KeyError, ValueError):
            raise Stop(wrong, WRONG_USE) from None
    return Lens(law_if(changes, on, known_at), policy)


def _what_if(args: argparse.Namespace, on: date, known_at: datetime) -> Answer:
    return who_would_change(round_of(args), _asked_for(args, on, known_at), on, known_at)


def who_would_change(round_: Any, then: Any, on: date, known_at: datetime) -> Answer:
    """Who would change under another lens, and from what to what. Stores nothing."""
    from telusur.standing.queries import lines, what_if
    from telusur.standing.rules.verdict import STANDING_LABELS

    found = what_if(list(lines(round_, known_at)), on, known_at, then)
    flips = [
        (flip.key.name, f"{STANDING_LABELS[flip.before.standing]} ({flip.before.code.value})",
         f"{STANDING_LABELS[flip.after.standing]} ({flip.after.code.value})")
        for flip in found.flips
    ]  # fmt: skip
    return Answer(
        {
            "on": on,
            "law": then.law.version,
            "policy": then.policy.id,
            "before": {each.value: count for each, count in found.before.items()},
            "after": {each.value: count for each, count in found.after.items()},
            "flips": [
                {
                    "cooperative": flip.key.cooperative_id.hex,
                    "name": flip.key.name,
                    "from": flip.before.standing.value,
                    "to": flip.after.standing.value,
                    "from_code": flip.before.code.value,
                    "to_code": flip.after.code.value,
                }
                for flip in found.flips
            ],
        },
        [f"{len(flips)} koperasi akan berubah bila ini dipakai sejak {on:%d/%m/%Y}; belum ada yang disimpan."],
        [
            Grid(
                ("dari", "menjadi", "koperasi"),
                [(STANDING_LABELS[a], STANDING_LABELS[b], count) for (a, b), count in found.moves.items()],
            ),
            Grid(("koperasi", "sekarang", "nanti"), flips),
        ],
    )
