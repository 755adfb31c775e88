"""`telusur laws`: every article and definition with its certainty; adopt an article; choose the definition of "active"."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from telusur.cli import house
from telusur.cli.answer import DATA_SAYS_NO, WRONG_USE, Answer, Grid, Stop
from telusur.cli.standing import who_would_change
from telusur.people.rules import Deed

NAME = "laws"
HELP = "pasal dan pengertian «aktif»: daftar, pasal baru, pilihan pengertian"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and with which article or definition."""
    parser.add_argument(
        "deed", nargs="?", default="list", choices=("list", "policies", "adopt", "choose"), help="bawaan: list"
    )
    parser.add_argument("what", nargs="?", metavar="PASAL|PENGERTIAN", help="pengenal pasal atau pengertian")
    parser.add_argument("--on", type=house.day, metavar="TANGGAL", help="yang berlaku pada tanggal (bawaan: hari ini)")
    parser.add_argument("--value", type=int, metavar="N", help="nilai baru pasal")
    parser.add_argument("--from", dest="from_on", type=house.day, metavar="TANGGAL", help="mulai berlaku")
    parser.add_argument("--source", metavar="SUMBER", help="dari mana nilai baru itu")
    parser.add_argument("--certain", action="store_true", help="teksnya sudah dibaca (bawaan: belum diperiksa)")
    parser.add_argument("--why", metavar="ALASAN", help="mengapa")
    parser.add_argument(
        "--yes",
        action="store_true",
        help="adopt, choose: pakai sekarang; tanpa ini hanya ditunjukkan siapa yang berubah",
    )
    house.add_by(parser)


def run(args: argparse.Namespace) -> Answer:
    """List, adopt, choose."""
    house.enter()
    if args.deed == "adopt":
        return _adopt(args)
    if args.deed == "choose":
        return _choose(args)
    return _policies(args) if args.deed == "policies" else _articles(args)


def _articles(args: argparse.Namespace) -> Answer:
    from telusur.laws.queries import current_law
    from telusur.laws.rules.law import CERTAINTY_LABELS, FORCE_LABELS, UNIT_LABELS

    on = args.on or house.today()
    law = current_law(on)
    articles = [law.articles[ident] for ident in sorted(law.articles)]
    overdue = [article for article in articles if article.review_on < house.today()]
    return Answer(
        {
            "on": on,
            "law": law.version,
            "articles": [_document(article) for article in articles],
            "to_review": [article.id for article in overdue],
        },
        [f"Hukum {law.version} pada {on:%d/%m/%Y}: {len(articles)} pasal, {len(overdue)} perlu ditinjau lagi."],
        [
            Grid(
                ("pengenal", "pasal", "nilai", "kepastian", "tinjau lagi"),
                [
                    (
                        article.id,
                        f"{article.article} · {FORCE_LABELS[article.force]}",
                        f"{article.value} {UNIT_LABELS[article.unit]}" if article.unit else "—",
                        CERTAINTY_LABELS[article.certainty],
                        f"{article.review_on:%d/%m/%Y}",
                    )
                    for article in articles
                ],
            )
        ],
    )


def _document(article: Any) -> dict[str, object]:
    return {name: getattr(article, name) for name in type(article).__dataclass_fields__}


def _policies(args: argparse.Namespace) -> Answer:
    from telusur.laws.queries import current_policy, load_policies
    from telusur.laws.rules.law import CERTAINTY_LABELS

    on = args.on or house.today()
    chosen = current_policy(on)
    rows = [
        ("dipakai" if policy == chosen else "", policy.id, policy.name, policy.says, CERTAINTY_LABELS[policy.certainty])
        for policy in load_policies()
    ]
    documents = [
        {"id": policy.id, "name": policy.name, "says": policy.says, "source": policy.source,
         "certainty": policy.certainty.value, "chosen": policy == chosen}
        for policy in load_policies()
    ]  # fmt: skip
    return Answer(
        {"on": on, "policy": chosen.id, "policies": documents},
        grids=[Grid(("", "pengenal", "pengertian", "isinya", "kepastian"), rows)],
    )


def _needed(args: argparse.Namespace, *names: str) -> None:
    options = {
        "what": "PASAL|PENGERTIAN",
        "value": "--value",
        "from_on": "--from",
        "source": "--source",
        "why": "--why",
    }
    for name in names:
        if getattr(args, name) in (None, ""):
            raise Stop(f"sebutkan {options[name]}", WRONG_USE)


def _adopt(args: argparse.Namespace) -> Answer:
    from telusur.laws.queries import current_law, current_policy, law_if
    from telusur.laws.rules.law import revised
    from telusur.standing.actions import adopt_article
    from telusur.standing.queries import Lens

    by = house.actor(args, Deed.ADOPT_LAW)
    _needed(args, "what", "value", "from_on", "source", "why")
    before = current_law(args.from_on).articles.get(args.what)
    if before is None or before.value is None:
        raise Stop(f"pasal «{args.what}» tidak ada atau tidak bernilai; lihat `telusur laws`", WRONG_USE)
    try:
        article = revised(
            before, args.value, args.source, certain=args.certain, from_on=args.from_on, by=by, today=house.today()
        )
        if not args.yes:
            on = args.on or house.today()
            return _first(args, lambda now: Lens(law_if({args.what: args.value}, on, now), current_policy(on)))
        adopted = adopt_article(article=article, before=before, why=args.why, by=by)
    except ValueError as error:
        raise Stop(str(error), WRONG_USE if args.value < 1 else DATA_SAYS_NO) from None
    says = f"Pasal {article.id}: {before.value} menjadi {article.value}, mulai {article.valid_from_on:%d/%m/%Y}."
    return Answer(
        {"adopted": adopted.pk, "article": article.id, "before": before.value, "value": article.value}, [says]
    )


def _first(args: argparse.Namespace, then: Callable[[datetime], Any]) -> Answer:
    """Who would change, before anything is kept; without a round nobody can."""
    from telusur.rounds.queries import current_round

    now, round_ = datetime.now(UTC), current_round()
    how = "Belum ada yang disimpan; tambahkan --yes untuk memakainya."
    if round_ is None:
        return Answer({"stored": False, "flips": []}, [f"Belum ada putaran: tidak ada yang berubah. {how}"])
    shown = who_would_change(round_, then(now), args.on or house.today(), now)
    document = shown.document if isinstance(shown.document, dict) else {}
    return Answer({"stored": False, **document}, [*shown.lines, how], shown.grids)


def _choose(args: argparse.Namespace) -> Answer:
    from telusur.laws.queries import current_law, policy_named
    from telusur.standing.actions import choose_policy
    from telusur.standing.queries import Lens

    by = house.actor(args, Deed.CHOOSE_POLICY)
    _needed(args, "what", "why")
    from_on = args.from_on or house.today()
    try:
        if not args.yes:
            policy = policy_named(args.what)
            return _first(args, lambda now: Lens(current_law(args.on or house.today(), now), policy))
        chosen = choose_policy(policy=args.what, from_on=from_on, why=args.why, by=by)
    except KeyError:
        raise Stop(f"pengertian «{args.what}» tidak ada; lihat `telusur laws policies`", WRONG_USE) from None
    except ValueError as error:
        raise Stop(str(error)) from None
    return Answer(
        {"chosen": chosen.pk, "policy": chosen.policy, "from_on": chosen.from_on},
        [f"Sejak {chosen.from_on:%d/%m/%Y} dipakai pengertian «{chosen.policy}»."],
    )
