"""The demo's reports of boards: one in every state, one that nobody lists, an objection, tips; through the same actions.

In: the demo and the day on which it is loaded. Out: what the portal and the desk show. Names are invented, files say so.
"""

from __future__ import annotations

import io
import uuid
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from PIL import Image, ImageDraw

from telusur.demo.demo import Demo
from telusur.notices.models import Notice, NoticeCase
from telusur.notices.queries import answer_code
from telusur.notices.rules.stages import Stage
from telusur.register.models import Cooperative
from telusur.rounds.rules.codes import Code
from telusur.selfreport import actions
from telusur.selfreport.models import Report
from telusur.selfreport.rules.fields import Form, Proof, Step
from telusur.selfreport.rules.flow import CallMade, CallOutcome, NumberFrom
from telusur.selfreport.uploads.keeping import attach
from telusur.selfreport.writers.tips import decide_tip, tell

__all__ = ["load_reports"]

_CLERK, _SECTION, _OFFICER = "rani", "dewi", "sari"
_FROM: Final = date(2026, 7, 1)
_LOST: Final = (Code.OTHER_OCCUPANT, Code.EMPTY_OR_DEMOLISHED, Code.MOVED_UNKNOWN)
Texts = dict[str, dict[str, str]]


def _paper(words: str, kind: str) -> bytes:
    """A page with words on it, as a photo or a PDF."""
    page = Image.new("RGB", (420, 594), "#fbfaf6")
    draw = ImageDraw.Draw(page)
    draw.text((36, 40), words, fill="#222222")
    for line in range(90, 540, 28):
        draw.line((36, line, 384, line), fill="#c8c4b8")
    held = io.BytesIO()
    page.save(held, kind)
    return held.getvalue()


class _Counter:
    """What boards write and the desk decides, all on one day."""

    def __init__(self, demo: Demo, today: date) -> None:
        self.demo, self.today = demo, today
        self.known = dict(Cooperative.objects.values_list("nik_koperasi", "id"))
        self.minutes = _paper("NOTULEN RAT (rekaan)", "PDF")
        self.ledger = _paper("BUKU KAS (rekaan)", "JPEG")

    def taken(self) -> set[uuid.UUID]:
        """Those of whom there is a case: their stories are told elsewhere."""
        return set(NoticeCase.objects.values_list("cooperative_id", flat=True))

    def of_code(self, *codes: Code) -> Iterator[str]:
        """Numbers of those with one of these codes and no case, from the end of the list."""
        taken = self.taken()
        return (
            number
            for number, code in reversed(list(self.demo.codes.items()))
            if code in codes and self.known[number] not in taken
        )

    def texts(self, number: str) -> Texts:
        """What a board that is alive writes."""
        held_on = date(self.today.year, 3, 14)
        return {
            "state": {"says": "alive", "relation": "chair"},
            "authority": {
                "deed_number": "12/BH/IX.2/2009",
                "decree_number": "SK-3/2025",
                "reporter_name": "Ketua Contoh",
                "reporter_phone": "0800 0000 0099",
            },
            "address": {
                "address": "Jl. Kenari Contoh 77",
                "kelurahan_code": self.demo.villages.get(number, "99.01.01.1001"),
                "hours": "Senin sampai Jumat, 09.00 sampai 14.00",
            },
            "board": {
                "position_count": "5",
                "until_on": str(self.today + timedelta(days=400)),
                "chair_name": "Ketua Contoh",
            },
            "members": {"member_count": "64", "counted_on": str(self.today - timedelta(days=20))},
            "business": {"what": "toko sembako", "business_on": str(self.today - timedelta(days=6))},
            "meeting": {
                "for_book_year": str(self.today.year - 1),
                "held_on": str(held_on),
                "meeting_member_count": "64",
                "quorum_count": "41",
            },
        }

    def draft(self, number: str, form: Form = Form.REPORT, *, name: str = "", texts: Texts | None = None) -> Report:
        """A report with its papers, not sent."""
        cooperative = None if name else Cooperative.objects.get(nik_koperasi=number)
        report, _ = actions.begin(form=form, cooperative=cooperative, unlisted_name=name)
        for step, given in (texts or self.texts(number)).items():
            actions.save_step(report=report, step=Step(step), texts=given)
        if form is Form.REPORT and "business" in (texts or self.texts(number)):
            attach(report=report, purpose=Proof.MINUTES, data=self.minutes, shown_name="notulen-rat.pdf")
            attach(report=report, purpose=Proof.LEDGER, data=self.ledger, shown_name="buku-kas.jpg")
        return Report.objects.get(pk=report.pk)

    def sent(self, number: str, *, name: str = "", texts: Texts | None = None, is_called: bool = True) -> Report:
        """A report that was sent, and about which the office has called."""
        report = actions.submit(report=self.draft(number, name=name, texts=texts), on=self.today)
        if is_called:
            call = CallMade(self.today, NumberFrom.REGISTRY, CallOutcome.CONFIRMED)
            actions.record_call(report=report, call=call, note="", by=_OFFICER, on=self.today)
        return report

    def accept(self, report: Report) -> Report:
        """The first person's yes."""
        return actions.accept(report=report, seen=1, by=_CLERK, on=self.today)

    def confirm(self, report: Report) -> Report:
        """The second person's yes."""
        return actions.confirm(report=report, seen=1, by=_SECTION, on=self.today, why="notulen asli dilihat di loket")


def _only(texts: Texts, *steps: str) -> Texts:
    return {step: given for step, given in texts.items() if step in steps}


def _in_every_state(counter: _Counter) -> None:
    lost, overdue = counter.of_code(*_LOST), counter.of_code(Code.ACTIVE_MEETING_OVERDUE)
    active, today = counter.of_code(Code.ACTIVE_WITH_MEETING), counter.today
    few = ("state", "authority", "address")
    # Accepted by two: a meeting that was owed; one that nobody had found. Accepted by one: an address.
    counter.confirm(counter.accept(counter.sent(next(overdue))))
    counter.confirm(counter.accept(counter.sent(next(lost))))
    number = next(active)
    counter.accept(counter.sent(number, texts=_only(counter.texts(number), *few)))
    # Waiting for the second person, for the first, for a call.
    counter.accept(counter.sent(next(overdue)))
    counter.sent(next(overdue))
    counter.sent(next(lost), is_called=False)
    number = next(active)
    counter.sent(number, texts=_only(counter.texts(number), *few))
    why = "Notulen tidak terbaca; foto ulang halaman tanda tangan, lalu kirim lagi."
    actions.send_back(report=counter.sent(next(overdue), is_called=False), seen=1, why=why, by=_CLERK, on=today)
    why = "Alamat baru belum pernah didatangi."
    actions.ask_visit(report=counter.sent(next(lost)), seen=1, why=why, by=_CLERK, on=today)
    actions.withdraw(report=counter.sent(next(active), is_called=False), on=today)
    # Nobody lists them: one waits, one is kept under a record of the office's own.
    number = next(active)
    counter.sent(number, name="Koperasi Konsumen Sumber Rekaan")
    counter.confirm(counter.accept(counter.sent(number, name="Koperasi Jasa Lentera Contoh")))
    number = next(lost)
    counter.draft(number, texts=_only(counter.texts(number), "state"))
    _tips(counter, lost)


def _tips(counter: _Counter, lost: Iterable[str]) -> None:
    said: tuple[Mapping[str, str], ...] = (
        {"where": "Ruko Contoh blok B, lantai dua", "relation": "neighbour", "note": "papan namanya kecil"},
        {"where": "Rumah ketua lama, gang di seberang pasar", "relation": "member", "note": ""},
    )
    told = [
        tell(cooperative=Cooperative.objects.get(nik_koperasi=number), texts=texts, point=None)
        for texts, number in zip(said, lost, strict=False)
    ]
    if told:
        decide_tip(tip=told[-1], asked_visit=True, why="dekat rute minggu ini", by=_CLERK, on=counter.today)


def _objection(counter: _Counter) -> None:
    """A board that answers its notice through the portal: nothing more leaves the house until somebody decides."""
    notices = Notice.objects.filter(stage=Stage.PUBLIC_NOTICE.value, given__isnull=False).select_related(
        "case__cooperative"
    )
    for notice in notices.order_by("-id"):
        if notice.case.objections.exists() or notice.case.notices.count() > 1:
            continue
        texts = {
            "grounds": {
                "notice_number": notice.given.number,
                "relation": "secretary",
                "grounds": "Koperasi kami pindah ke gedung sebelah; papan nama dan akta dapat dilihat.",
            },
            "authority": {
                "code": answer_code(notice.token).printed,
                "reporter_name": "Sekretaris Contoh",
                "reporter_phone": "0800 0000 0098",
            },
        }
        number = str(notice.case.cooperative.nik_koperasi)
        actions.submit(report=counter.draft(number, Form.OBJECTION, texts=texts), on=counter.today)
        return


def load_reports(demo: Demo, *, today: date) -> int:
    """Load the reports; how many there are. Nothing before the meetings of the year before fell due."""
    if today < _FROM:
        return 0
    counter = _Counter(demo, today)
    _in_every_state(counter)
    _objection(counter)
    return Report.objects.count()
