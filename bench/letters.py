"""Six hundred letters of 34 kelurahan as PDF/A with QR, one file for each kelurahan, beside two others in the same run.

    python -m bench.letters [--letters 600] [--runs 3]

`bare` is the naive way: the same page set by the same program, once for each letter. `reportlab` is the peer (`pip install
reportlab`): the same words on plain pages in one of its own fonts, with a QR, no PDF/A and no tags, one file for each
kelurahan. They take turns. Required: seconds, and no slower than `bare`.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bench.measure import machine, office

if TYPE_CHECKING:
    from telusur.notices.models import Notice

HERE = "https://telusur.example/"
ON = date(2026, 11, 2)
_KELURAHAN = 34


class Took(NamedTuple):
    """Seconds on the wall and of the processor."""

    wall: float
    processor: float


def lay(count: int) -> list[Notice]:
    """Signed summonses to `count` cooperatives, as the office's tables hold them."""
    from tests.rooms.notices.city import CLERK, SECTION, lay_office
    from tests.rooms.oversight.city import cooperative

    from telusur.laws.queries import current_law
    from telusur.notices.models import Notice, NoticeCase, NoticeEvent, NoticeNumber
    from telusur.notices.queries import answer_code, letter_text
    from telusur.notices.rules.content import About, Earlier, Office, digest, letter_content
    from telusur.notices.rules.stages import EventKind, Stage, Track

    lay_office(count)
    law, (_, text), now = current_law(ON), letter_text(Stage.SUMMONS), datetime(2026, 11, 2, 3, tzinfo=UTC)
    found = "belum ditemukan di alamat terdaftar pada 2 kunjungan di hari yang berbeda"
    notices = []
    for number in range(1, count + 1):
        area = number % _KELURAHAN
        about = About(
            f"Koperasi Contoh {number}", f"9902{number:09d}", f"518/{number}/BH", f"Jl. Contoh No. {number}",
            f"99.01.02.{1001 + area}", f"Contoh {area}", "Contoh",
        )  # fmt: skip
        content = letter_content(
            Stage.SUMMONS, text, about, Office("Dinas Contoh", "0542-000"), found, Earlier(), law
        )  # fmt: skip
        case = NoticeCase.objects.create(
            cooperative=cooperative(number), track=Track.TRACE.value, opened_on=ON, opened_by=CLERK, opened_at=now
        )
        token = f"{number:032x}"
        notices.append(
            Notice(
                case=case, stage=Stage.SUMMONS.value, content=content, content_sha256=digest(content), token=token,
                code_digest=answer_code(token).digest, drafted_on=ON, drafted_by=CLERK, drafted_at=now,
            )
        )  # fmt: skip
    Notice.objects.bulk_create(notices)
    for number, notice in enumerate(notices, 1):
        NoticeNumber.objects.create(
            notice=notice, series="semua", in_year=2026, serial_number=number, number=f"{number:03d}/PGL", given_on=ON
        )
        NoticeEvent.objects.create(notice=notice, kind=EventKind.SIGNED.value, on=ON, by=SECTION, at=now)
    return list(Notice.objects.filter(pk__in=[each.pk for each in notices]).select_related("given").order_by("pk"))


def _ours(notices: Sequence[Notice], folder: Path) -> int:
    from telusur.notices.sheets.letters import letters_by_kelurahan

    return len(letters_by_kelurahan(notices, folder, HERE))


def _bare(notices: Sequence[Notice], folder: Path) -> int:
    from telusur.notices.sheets.letters import letters_pdf

    for number, notice in enumerate(notices):
        (folder / f"{number}.pdf").write_bytes(letters_pdf([notice], HERE))
    return len(notices)


def _peer(notices: Sequence[Notice], folder: Path) -> int:
    from reportlab.graphics.barcode.qr import QrCodeWidget
    from reportlab.graphics.shapes import Drawing
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate

    from telusur.notices.rules.content import blocks_of
    from telusur.notices.sheets.letters import by_kelurahan

    style = getSampleStyleSheet()["BodyText"]
    groups = by_kelurahan(notices)
    for (code, _), group in groups.items():
        story: list[Flowable] = []
        for notice in group:
            code_of = Drawing(65, 65)
            code_of.add(QrCodeWidget(f"{HERE}pengumuman/{notice.token}/", barWidth=65, barHeight=65))
            words = [str(notice.content["subject"]), *(text for _, text in blocks_of(notice.content))]
            story += [*(Paragraph(text, style) for text in words), code_of, PageBreak()]
        SimpleDocTemplate(str(folder / f"{code}.pdf")).build(story)
    return len(groups)


def _took(work: Callable[[Sequence[Notice], Path], int], notices: Sequence[Notice]) -> tuple[Took, int]:
    with tempfile.TemporaryDirectory() as folder:
        wall, processor = time.perf_counter(), time.process_time()
        made = work(notices, Path(folder))
        return Took(time.perf_counter() - wall, time.process_time() - processor), made


def main() -> None:
    """Lay the office, then let them take turns."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--letters", type=int, default=600)
    parser.add_argument("--runs", type=int, default=3)
    args = parser.parse_args()
    with office():
        notices = lay(args.letters)
        contestants = {"ours": _ours, "bare": _bare, "reportlab": _peer}
        taken: dict[str, list[Took]] = {name: [] for name in contestants}
        files = {}
        for _ in range(args.runs):
            for name, work in contestants.items():
                took, files[name] = _took(work, notices)
                taken[name].append(took)
    print(f"{machine()}; {len(notices)} letters, {_KELURAHAN} kelurahan")
    own = statistics.median(each.processor for each in taken["ours"])
    for name, runs in taken.items():
        wall, processor = (statistics.median(each[place] for each in runs) for place in (0, 1))
        print(
            f"{name:10} {wall:7.2f} s, processor {processor:7.2f} s, ratio {processor / own:5.2f}, {files[name]} files"
        )


if __name__ == "__main__":
    main()
