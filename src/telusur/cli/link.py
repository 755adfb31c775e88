"""`telusur link LEFT RIGHT`: the matching engine on any two tables, or on one with itself. Needs no database."""

from __future__ import annotations

import argparse
import dataclasses
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from telusur.cli.answer import WRONG_USE, Answer, Grid, Stop
from telusur.cli.link_files import Against, Prepared, groups_in, write_files
from telusur.register.writers.uncollected import uncollected

# The rules of matching need numpy; other verbs shall not wait for it.
if TYPE_CHECKING:
    from telusur.cli.link_tables import ReadTable
    from telusur.matching.ports import LinkResult
    from telusur.matching.rules.model import Model
    from telusur.matching.rules.schema import Schema
    from telusur.matching.rules.schema_file import SchemaFile

NAME = "link"
HELP = "mencocokkan dua tabel orang atau lembaga (CSV, XLSX, Parquet): id, probabilitas, keputusan, alasan"
ENGINES = ("python", "duckdb", "spark")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Two tables, what is compared, and where to write."""
    parser.add_argument("left", metavar="LEFT", type=Path)
    parser.add_argument(
        "right", metavar="RIGHT", type=Path, nargs="?", help="tanpa RIGHT, atau dengan --dedupe: LEFT sendiri"
    )
    parser.add_argument(
        "--on",
        metavar="KOLOM,…",
        help="kolom yang dibandingkan: nama,alamat; kiri=kanan bila berbeda; nama:organisation memilih jenisnya "
        "(bawaan: dipilih dari judul dan isi)",
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="pasangan ke .csv, .xlsx, atau .parquet")
    parser.add_argument("--report", type=Path, metavar="FILE.html", help="laporan: sebaran, bobot, contoh, jangkauan")
    parser.add_argument("--dedupe", action="store_true", help="cari baris kembar di LEFT")
    parser.add_argument(
        "--id-left", metavar="KOLOM", default="", help="kolom id LEFT (bawaan: dikenali, atau nomor baris)"
    )
    parser.add_argument("--id-right", metavar="KOLOM", default="", help="kolom id RIGHT")
    parser.add_argument("--sheet-left", metavar="NAMA", help="lembar LEFT yang dibaca")
    parser.add_argument("--sheet-right", metavar="NAMA", help="lembar RIGHT yang dibaca")
    parser.add_argument("--engine", choices=ENGINES, default="python", help="mesin (bawaan: python)")
    parser.add_argument(
        "--work", metavar="FOLDER", help="tempat tahap mesin duckdb dan spark disimpan, agar dapat dilanjutkan"
    )
    parser.add_argument("--precision", type=_share, metavar="0,5–1", help="ketepatan yang diminta dari pasangan cocok")
    parser.add_argument("--many", action="store_true", help="satu baris boleh cocok dengan beberapa baris")
    parser.add_argument("--schema", type=Path, metavar="FILE.toml", help="pilihan kolom dan jenis dari berkas kecil")
    parser.add_argument("--save-schema", type=Path, metavar="FILE.toml", help="tulis pilihan itu untuk diubah")
    parser.add_argument(
        "--model", type=Path, metavar="FILE.json", help="terapkan model yang disimpan, tanpa belajar lagi"
    )
    parser.add_argument("--save-model", type=Path, metavar="FILE.json", help="simpan model yang dipakai")
    parser.add_argument("--mask", action="store_true", help="samarkan nama, tanggal, dan nomor di contoh laporan")
    parser.add_argument("--lang", choices=("id", "en"), default="id", help="bahasa laporan")


def _share(text: str) -> float:
    try:
        share = float(text.replace(",", "."))
    except ValueError:
        share = -1.0
    if not 0.5 <= share < 1.0:
        raise argparse.ArgumentTypeError(f"«{text}» bukan ketepatan; tulis dari 0,5 sampai di bawah 1, misalnya 0,98")
    return share


def run(args: argparse.Namespace) -> Answer:
    """Read, choose, link, write. Nothing is written unless all is."""
    from telusur.cli.link_asked import check_use, kept_model, wishes_of
    from telusur.matching.rules.guards import ModelRefused
    from telusur.matching.rules.link_refused import LinkRefused
    from telusur.matching.tables.whole import WholeFiles

    check_use(args)
    try:
        with WholeFiles() as files:
            drafts = {
                name: files.place(path)
                for name in ("out", "report", "save_schema", "save_model")
                if (path := getattr(args, name)) is not None
            }
            wishes, model = wishes_of(args), kept_model(args)
            with _progress() as bar, uncollected():
                prepared = _prepare(args, wishes, model, bar)
                result, against = _held_back(prepared, _link(args, wishes, prepared, model, bar))
                write_files(args, prepared, result, against, drafts)
    except LinkRefused as refused:
        raise Stop(str(refused)) from None
    except ModelRefused as refused:
        raise Stop(
            f"model ditolak: {refused}; sebut kolom yang lebih membedakan dengan --on, "
            "atau terapkan model lain dengan --model."
        ) from None
    return _answer(args, prepared, result)


@contextmanager
def _progress() -> Iterator[Progress]:
    """A bar on stderr, only where a person looks at it."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[said]}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        yield bar


def _prepare(args: argparse.Namespace, wishes: SchemaFile, model: Model | None, bar: Progress) -> Prepared:
    """The tables with ids, and the schema: the model's, the person's, or chosen from the data."""
    from telusur.cli.link_tables import as_table, named_rows

    left = _read(args.left, args.sheet_left, bar)
    right = None if args.right is None else _read(args.right, args.sheet_right, bar)
    wanted = _wanted(args, wishes, model, left, right)
    left_id, left_ids = named_rows(left, wishes.id_left, [each.left for each in wanted])
    right_id, right_ids = (
        ("", ()) if right is None else named_rows(right, wishes.id_right, [each.right for each in wanted])
    )
    schema = _schema(wishes, model, wanted, left, right, [each for each in (left_id, right_id) if each])
    if not schema.fields:
        raise Stop("tidak ada kolom yang sama isinya di kedua tabel; sebut pasangannya dengan --on kiri=kanan")
    if all(field.scope for field in schema.fields):
        raise Stop("semua kolom hanya cakupan (scope); sebut paling sedikit satu kolom yang dibandingkan", WRONG_USE)
    return Prepared(
        as_table(left, left_ids, [field.left for field in schema.fields]),
        None if right is None else as_table(right, right_ids, [field.right for field in schema.fields]),
        schema,
        (left_id, right_id),
    )


def _read(path: Path, sheet: str | None, bar: Progress) -> ReadTable:
    from telusur.cli.link_tables import read_table

    task = bar.add_task(f"membaca {path.name}", total=None, said="")
    table = read_table(path, sheet=sheet, watch=lambda rows: bar.update(task, said=f"{rows:,} baris".replace(",", ".")))
    bar.update(task, total=1, completed=1)
    return table


def _wanted(
    args: argparse.Namespace, wishes: SchemaFile, model: Model | None, left: ReadTable, right: ReadTable | None
) -> Sequence[Any]:
    """The pairs of columns that were named; none where the data shall choose. A mistake is wrong use."""
    from telusur.matching.rules.guess import Wanted
    from telusur.matching.rules.link_refused import LinkRefused
    from telusur.matching.rules.on import column_of, parse_on
    from telusur.matching.rules.schema_file import wanted_pairs

    other = left if right is None else right
    names = (left.name, other.name)
    columns = None if right is None else right.columns
    try:
        if model is not None:
            return [
                Wanted(
                    column_of(each.left, left.columns, names[0]),
                    column_of(each.right, other.columns, names[1]),
                    each.kind,
                )
                for each in model.schema.fields
            ]
        if args.on is not None:
            return parse_on(args.on, left.columns, columns, names=names)
        return wanted_pairs(wishes.fields, left.columns, columns, names=names)
    except LinkRefused as refused:
        raise Stop(str(refused), WRONG_USE) from None


def _schema(
    wishes: SchemaFile,
    model: Model | None,
    wanted: Sequence[Any],
    left: ReadTable,
    right: ReadTable | None,
    ids: Sequence[str],
) -> Schema:
    from telusur.matching.rules.guess import guess_schema
    from telusur.matching.rules.schema_file import apply_scopes

    if model is not None:
        fields = zip(model.schema.fields, wanted, strict=True)
        found = [dataclasses.replace(each, left=pair.left, right=pair.right) for each, pair in fields]
        return dataclasses.replace(model.schema, fields=tuple(found))
    schema = guess_schema(
        left.columns,
        None if right is None else right.columns,
        wanted=wanted,
        ids=ids,
        kinds=wishes.kinds,
        leave_out=wishes.leave_out,
        one_to_one=wishes.one_to_one,
    )
    return apply_scopes(schema, wishes.fields) if wishes.fields else schema


def _engine(name: str, work: str | None) -> Any:
    """The engine by its name; one that lacks its library, or Java, ends with a sentence."""
    from telusur.matching.engines.choose import engine
    from telusur.matching.engines.missing import EngineMissing

    try:
        return engine(name, work=work)
    except EngineMissing as missing:
        raise Stop(f"{missing}; atau pakai --engine python") from None


def _link(
    args: argparse.Namespace, wishes: SchemaFile, prepared: Prepared, model: Model | None, bar: Progress
) -> LinkResult:
    """The engine's answer; with a kept model a wanted precision is applied afterwards."""
    from telusur.matching.rules.precision import Scored, decide_by, threshold_for

    task = bar.add_task("mencocokkan", total=None, said="")

    def watch(stage: str, done: int, of: int) -> None:
        bar.update(task, total=of, completed=done, said=stage)

    if model is not None:
        # The model's columns may be called otherwise in these tables.
        model = dataclasses.replace(model, schema=prepared.schema)
    result: LinkResult = _engine(args.engine, args.work).link(
        prepared.left, prepared.right, prepared.schema, model=model, progress=watch, precision=wishes.precision
    )
    if model is None or wishes.precision is None:
        return result
    threshold = threshold_for([pair.probability for pair in result.pairs], wishes.precision)
    scored = [Scored(pair.left_id, pair.right_id, pair.probability, pair.decision) for pair in result.pairs]
    decisions = decide_by(scored, threshold, one_to_one=prepared.schema.one_to_one and prepared.right is not None)
    return dataclasses.replace(
        result,
        pairs=[pair._replace(decision=said) for pair, said in zip(result.pairs, decisions, strict=True)],
        model=dataclasses.replace(result.model, sure_at=min(threshold, 1.0)),
    )


def _held_back(prepared: Prepared, result: LinkResult) -> tuple[LinkResult, Against]:
    """The answer in which no match stands that two numbers speak against; what speaks, by the pair's ids."""
    from telusur.matching.report.facts import Rows
    from telusur.matching.rules.held_back import held_back

    right = None if prepared.right is None else Rows(prepared.right).values
    held = held_back(result.pairs, prepared.schema.fields, Rows(prepared.left).values, right)
    says = {ids: "; ".join(reason.sentence() for reason in reasons) for ids, reasons in held.reasons.items()}
    return dataclasses.replace(result, pairs=held.pairs), says


def _answer(args: argparse.Namespace, prepared: Prepared, result: LinkResult) -> Answer:
    from telusur.matching.rules.precision import expected_precision

    matches = [pair.probability for pair in result.pairs if pair.decision == "match"]
    precision = expected_precision(matches)
    groups = {group.name: group for group in groups_in(prepared, result).values()}
    chains = sum(group.apart > 0 for group in groups.values())
    reach = result.reach
    written = [str(path) for path in (args.out, args.report, args.save_model, args.save_schema) if path is not None]
    right_count = len(prepared.left.ids if prepared.right is None else prepared.right.ids)
    document = {
        "left_rows": len(prepared.left.ids),
        "right_rows": right_count,
        "engine": args.engine,
        "compared": sum(result.histogram.values()),
        "matches": len(matches),
        "reviews": len(result.pairs) - len(matches),
        "groups": len(groups),
        "chains": chains,
        "expected_precision": None if precision is None else round(precision, 4),
        "sure_at": round(result.model.sure_at, 6),
        "review_at": round(result.model.review_at, 6),
        "reach": None if reach.share is None else round(reach.share, 4),
        "reach_low": None if reach.low is None else round(reach.low, 4),
        "candidates_per_row": round(reach.candidates_per_row, 1),
        "id_left": prepared.ids[0],
        "id_right": prepared.ids[1] if prepared.right is not None else prepared.ids[0],
        "one_to_one": prepared.schema.one_to_one,
        "on": [{"left": each.left, "right": each.right, "kind": each.kind.value} for each in prepared.schema.fields],
        "seconds": {stage: round(seconds, 3) for stage, seconds in result.seconds.items()},
        "warnings": list(result.warnings),
        "files": written,
    }
    fields = [
        (each.left, each.right, each.kind.value + (", cakupan" if each.scope else ""))
        for each in prepared.schema.fields
    ]
    lines = [
        f"{len(prepared.left.ids)} baris kiri"
        + (" dengan dirinya sendiri" if prepared.right is None else f" × {right_count} baris kanan")
        + f"; id: {prepared.ids[0] or 'nomor baris'}"
        + ("" if prepared.right is None else f" dan {prepared.ids[1] or 'nomor baris'}"),
        f"{len(matches)} pasangan cocok (probabilitas ≥ {result.model.sure_at:.3f}), "
        f"{len(result.pairs) - len(matches)} perlu dilihat orang"
        + ("" if precision is None else f"; dugaan ketepatan {precision * 100:.1f} %"),
        "Jangkauan calon tidak dapat ditaksir: terlalu sedikit pasangan yang ditemukan dua kunci yang saling bebas; "
        f"{reach.candidates_per_row:.1f} calon per baris."
        if reach.share is None
        else f"Calon diduga memuat {reach.share * 100:.1f} % dari pasangan benar; "
        f"{reach.candidates_per_row:.1f} calon per baris.",
        *(
            [f"{len(groups)} kelompok baris kembar; {chains} berantai (ujungnya tidak mirip), lihat dahulu."]
            if groups
            else []
        ),
        *(f"Peringatan: {warning}" for warning in result.warnings),
        *(f"Ditulis: {path}" for path in written),
    ]
    return Answer(document, lines, [Grid(("kolom kiri", "kolom kanan", "jenis"), fields, title="Yang dibandingkan")])
