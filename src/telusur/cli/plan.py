"""`telusur plan`: routes of the open round for officers and days; replan each morning; a sheet and printed routes."""

from __future__ import annotations

import argparse
import math
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

from telusur.cli import house
from telusur.cli.answer import WRONG_USE, Answer, Grid, Stop
from telusur.people.rules import Deed

if TYPE_CHECKING:
    from telusur.planning.models import Plan
    from telusur.planning.rules.assumed import Weights
    from telusur.planning.rules.draft import Request
    from telusur.planning.rules.workdays import Hours
    from telusur.rounds.models import Round

NAME = "plan"
HELP = "rencana kunjungan: rute setiap petugas dan hari, lembar XLSX, dan rute cetak"
_MOST_DAYS, _MOST_TEAMS, _MOST_SECONDS = 60, 40, 600


def _pair(text: str) -> tuple[float, float]:
    try:
        lat, lon = (float(part) for part in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"titik «{text}» tidak dapat dibaca; tulis -1.2345,116.8345") from None
    if not (abs(lat) <= 90 and abs(lon) <= 180):
        raise argparse.ArgumentTypeError(f"titik «{text}» tidak ada di bumi; tulis lintang,bujur: -1.2345,116.8345")
    return lat, lon


def _weights(text: str) -> Weights:
    from telusur.planning.rules.assumed import Weights

    given: dict[str, float] = {}
    for part in text.split(","):
        name, _, number = part.partition("=")
        try:
            value = float(number)
        except ValueError:
            value = -1.0
        if name not in Weights._fields or not (math.isfinite(value) and 0 <= value <= 10):
            raise argparse.ArgumentTypeError(
                f"bobot «{part}» tidak dikenal; tulis reach=1,variance=0.5,decision=0.5,keep=0.5, masing-masing 0 sampai 10"
            )
        given[name] = value
    return Weights(**given)


def _shift(text: str) -> Hours:
    from telusur.planning.rules.workdays import Hours

    try:
        starts, ends = (_seconds(part) for part in text.split("-"))
    except ValueError:
        raise argparse.ArgumentTypeError(f"jam «{text}» tidak dapat dibaca; tulis 08.00-15.30") from None
    try:
        return Hours(starts, ends)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _seconds(text: str) -> int:
    hours, minutes = (int(part) for part in text.strip().replace(":", ".").split("."))
    if not (0 <= hours < 24 and 0 <= minutes < 60):
        raise ValueError(text)
    return hours * 3600 + minutes * 60


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How many, from when, by which router and weights; where to write."""
    parser.add_argument("--teams", type=int, metavar="N", help="banyaknya petugas (bawaan: semua akun petugas)")
    parser.add_argument("--days", type=int, default=10, metavar="N", help="banyaknya hari kerja (bawaan 10)")
    parser.add_argument("--start", type=house.day, metavar="TANGGAL", help="hari pertama (bawaan: hari ini)")
    parser.add_argument("--router", choices=("pyvrp", "plain"), default="pyvrp", help="penyusun rute (bawaan pyvrp)")
    parser.add_argument("--seconds", type=float, default=20.0, metavar="S", help="waktu menyusun (bawaan 20 detik)")
    parser.add_argument("--weights", type=_weights, metavar="BOBOT", help="reach=1,variance=0.5,decision=0.5,keep=0.5")
    parser.add_argument("--random", type=float, metavar="PERSEN", help="bagian urutan acak dari pencarian (bawaan 35)")
    parser.add_argument("--checks", type=float, metavar="PERSEN", help="periksa ulang paling banyak (bawaan 50)")
    parser.add_argument("--shift", type=_shift, metavar="JAM-JAM", help="berangkat dan kembali (bawaan 08.00-15.30)")
    parser.add_argument("--straight", action="store_true", help="garis lurus, walau peta jalan sudah dimuat")
    parser.add_argument("--office", type=_pair, metavar="LAT,LON", help="titik kantor: awal dan akhir setiap rute")
    parser.add_argument("--replan", action="store_true", help="versi baru dari yang terjadi; sampai hari akhir rencana")
    parser.add_argument("--sheet", type=Path, metavar="FILE.xlsx", help="tulis rencana sebagai lembar")
    parser.add_argument(
        "--pdf", type=Path, metavar="FOLDER", help="tulis rute cetak, satu berkas setiap petugas dan hari"
    )
    parser.add_argument(
        "--address", default="http://127.0.0.1:8000/", metavar="URL", help="alamat Telusur untuk kode QR di rute cetak"
    )
    parser.add_argument("--hours", metavar="NIK=pagi", help="jam kunjungan satu koperasi: pagi, siang, atau bebas")
    parser.add_argument("--why", default="", metavar="ALASAN", help="dari mana jam kunjungan itu diketahui")
    house.add_by(parser)


def run(args: argparse.Namespace) -> Answer:
    """Plan, publish, write."""
    _check(args)
    house.enter()
    from telusur.oversight.queries import due_list
    from telusur.planning.actions import chosen_router, draft_plan, publish_plan, set_office_point
    from telusur.rounds.queries import current_round

    by = house.actor(args, Deed.PLAN)
    if args.hours:
        return _hours(args, by)
    round_ = current_round()
    if round_ is None or round_.closed_at is not None:
        raise Stop("tidak ada putaran yang terbuka; buka dengan `telusur round open --name NAMA`")
    start, known_at = args.start or house.today(), datetime.now(UTC)
    try:
        if args.office:
            set_office_point(lat=args.office[0], lon=args.office[1], by=by)
        request, notes = _request(args, round_, start)
        due = due_list(round_, start, known_at)
        with _Progress(request.seconds):
            drafted = draft_plan(
                round_=round_, due=due, request=request, router=chosen_router(args.router), on=start, known_at=known_at
            )
        plan = publish_plan(drafted=drafted, by=by)
    except ValueError as error:
        raise Stop(str(error)) from None
    try:
        notes += _write(args, plan)
    except ValueError as error:
        raise Stop(f"rencana versi {plan.number} terbit, tetapi {error}") from None
    return _answer(plan, notes, len(request.days))


def _hours(args: argparse.Namespace, by: str) -> Answer:
    """Set when one cooperative can be met."""
    from telusur.planning.actions import set_visiting_hours
    from telusur.register.models import Cooperative

    number, _, half = args.hours.partition("=")
    halves = {"pagi": "morning", "siang": "afternoon", "bebas": ""}
    if half not in halves:
        raise Stop(f"--hours «{args.hours}»: tulis NIK koperasi, lalu =pagi, =siang, atau =bebas", WRONG_USE)
    found = Cooperative.objects.filter(nik_koperasi=number).first()
    if found is None:
        raise Stop(f"--hours: tidak ada koperasi dengan NIK koperasi «{number}»")
    try:
        set_visiting_hours(cooperative=found.pk, half=halves[half], why=args.why, by=by)
    except ValueError as error:
        raise Stop(f"{error}; sebutkan dengan --why", WRONG_USE) from None
    said = f"{number}: {half}; berlaku sejak rencana berikutnya."
    return Answer({"nik_koperasi": number, "hours": halves[half]}, [said])


def _check(args: argparse.Namespace) -> None:
    if args.teams is not None and not 1 <= args.teams <= _MOST_TEAMS:
        raise Stop(f"--teams {args.teams}: tulis 1 sampai {_MOST_TEAMS}", WRONG_USE)
    if not 1 <= args.days <= _MOST_DAYS:
        raise Stop(f"--days {args.days}: tulis 1 sampai {_MOST_DAYS}", WRONG_USE)
    if not 1 <= args.seconds <= _MOST_SECONDS:
        raise Stop(f"--seconds {args.seconds:g}: tulis 1 sampai {_MOST_SECONDS}", WRONG_USE)
    for name in ("random", "checks"):
        share = getattr(args, name)
        if share is not None and not 0 <= share <= 100:
            raise Stop(f"--{name} {share:g}: tulis 0 sampai 100 persen", WRONG_USE)


def _request(args: argparse.Namespace, round_: Round, start: date) -> tuple[Request, list[str]]:
    from telusur.cli.plan_legs import legs_of
    from telusur.planning.actions import prepare
    from telusur.planning.queries import office_point
    from telusur.planning.rules.draft import Wishes

    shares = [None if share is None else share / 100 for share in (args.random, args.checks)]
    request = prepare(
        round_=round_,
        start=start,
        day_count=args.days,
        team_count=args.teams,
        is_replan=args.replan,
        wishes=Wishes(args.weights, shares[0], args.seconds, shares[1], args.shift, not args.straight),
        legs=legs_of(round_),
    )
    notes = [_travel_note(request)]
    if not office_point():
        taken = "dipakai tengah kota" if request.office else "jaraknya ke setiap tujuan dianggap 6 km"
        notes.insert(0, f"Titik kantor belum ditetapkan: {taken}. Tetapkan dengan --office LAT,LON.")
    if request.unnamed:
        notes.append(
            f"{len(request.unnamed)} tim belum punya akun: rutenya dapat dicetak; ponsel mengambilnya setelah "
            "`telusur people add` dan `telusur plan --replan`."
        )
    return request, notes


def _travel_note(request: Request) -> str:
    basis = request.basis
    if "map" in basis:
        learned = f", kali {basis['stretch']} menurut {basis['legs']} perjalanan petugas" if basis["is_learned"] else ""
        return f"Waktu jalan: jalan di «{basis['map']}» ({basis['source']}){learned}."
    from telusur.planning.rules.assumed import SPEED_KMH

    learned = f"terukur dari {basis.get('legs')} perjalanan petugas; semula dianggap {SPEED_KMH:.0f}"
    source = learned if basis.get("is_learned") else "anggapan"
    ways = request.ways
    said = f"Waktu jalan: garis lurus kali {ways.detour:g} pada {ways.speed_kmh:.0f} km per jam ({source})."
    return said.replace(f"{ways.detour:g}", f"{ways.detour:g}".replace(".", ","))


class _Progress:
    """Seconds gone by on the terminal's second stream while a router thinks."""

    def __init__(self, seconds: float) -> None:
        self.seconds, self.done = seconds, Event()
        self.thread = Thread(target=self._tell, daemon=True)

    def _tell(self) -> None:
        started = time.monotonic()
        while not self.done.wait(1.0):
            sys.stderr.write(f"\r\x1b[Kmenyusun rute: {time.monotonic() - started:.0f} dari {self.seconds:.0f} detik")
            sys.stderr.flush()

    def __enter__(self) -> None:
        if sys.stderr.isatty():
            self.thread.start()

    def __exit__(self, *_: object) -> None:
        self.done.set()
        if self.thread.is_alive():
            self.thread.join()
            sys.stderr.write("\r\x1b[K")


def _write(args: argparse.Namespace, plan: Plan) -> list[str]:
    said = []
    if args.sheet:
        from telusur.planning.sheets.plan_sheet import write_plan

        write_plan(args.sheet, plan)
        said.append(f"Lembar: {args.sheet.name}")
    if args.pdf:
        from telusur.planning.sheets.printed import write_routes

        count = write_routes(args.pdf, plan, args.address.rstrip("/") + "/")
        said.append(f"Rute cetak: {count} berkas di {args.pdf.name}/")
    return said


def _changed(plan: Plan) -> list[str]:
    """What a new version did to the one before; each count with its why."""
    changes = plan.changes
    why = (
        "harinya tidak muat lagi atau ada kunjungan yang lebih berguna"
        if plan.settings["made_from"]
        else "disusun dari awal"
    )
    names = ("done", "missed", "added", "settled", "dropped", "displaced", "moved")
    done, missed, added, settled, dropped, displaced, moved = (len(changes.get(name, ())) for name in names)
    return [
        f"Dibanding versi sebelumnya: {changes.get('kept_count', 0)} tetap pada hari dan petugasnya, {done} sudah "
        f"dikunjungi, {missed} terlewat dan dijadwalkan lagi, {added} baru masuk, {settled} tidak perlu dikunjungi lagi, "
        f"{dropped} keluar karena tidak muat atau kalah berguna.",
        f"Pindah hari atau petugas: {moved} karena {why}, {displaced} karena petugas atau harinya tidak ada lagi.",
    ]


def _answer(plan: Plan, notes: list[str], team_day_count: int) -> Answer:
    from telusur.planning.queries import plan_document

    document = plan_document(plan)
    routes = document["routes"]
    assert isinstance(routes, list)
    rows = [
        (
            each["on"].strftime("%d/%m/%Y"),
            each["officer"],
            each["visits"],
            f"{each['kilometres']:.1f}".replace(".", ","),
            each["back_at"].replace(":", "."),
        )
        for each in routes
    ]
    visits = document["visits"]
    lines = [
        f"Rencana versi {plan.number}: {visits} kunjungan dalam {team_day_count} hari-petugas, "
        f"diperkirakan {plan.expected_located:.0f} ditemukan.",
        f"Urutan acak: {document['random_visits']} kunjungan ({document['random_percent']} % pencarian), benih {plan.seed}.",
    ]
    if document["random_is_off"]:
        lines.append("Di luar 30-40 %: perkiraan selagi putaran berjalan menjadi kurang teliti.")
    nameless = plan.settings.get("travel", {}).get("by_name", 0)
    if nameless:
        lines.append(
            f"Tanpa titik: {nameless} tujuan dirutekan menurut nama kelurahan atau kecamatannya, "
            "jaraknya anggapan. Muat batas dengan `telusur areas import FILE.geojson`."
        )
    if plan.unplaced:
        lines.append(f"Tanpa letak: {len(plan.unplaced)} koperasi tidak dapat dirutekan; lengkapi alamatnya.")
    if plan.changes:
        lines += _changed(plan)
    return Answer(document, lines + notes, [Grid(("hari", "petugas", "kunjungan", "km", "kembali"), rows)])
