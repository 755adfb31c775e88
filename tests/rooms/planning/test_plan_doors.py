"""`telusur plan` and the page /rencana/: the contract, the preview that writes nothing, who may publish, the files."""

from __future__ import annotations

import importlib.util
import io
import json
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from telusur.cli.answer import DATA_SAYS_NO, DONE, WRONG_USE
from telusur.cli.door import main
from telusur.oversight.queries import due_list
from telusur.people.models import Account
from telusur.people.rules import Role
from telusur.planning import actions
from telusur.planning.models import Plan
from telusur.planning.queries import plan_stops, visiting_halves
from telusur.planning.rules.insertion import InsertionRouter
from telusur.planning.sheets.printed import route_pdf
from tests.archive import archive_faults
from tests.rooms.planning.city import MONDAY, cooperative, lay_round, published, visited

pytestmark = pytest.mark.django_db
FONTS = pytest.mark.skipif(
    importlib.util.find_spec("font_source_sans_pro") is None, reason="font-source-sans-pro is not installed"
)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "chosen_router", lambda name="pyvrp": InsertionRouter())


def browser(role: Role) -> Client:
    """A signed-in browser."""
    account = Account.objects.open(username=role.value, full_name="Rekaan", role=role, password=None)
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Status, output, error."""
    status = main(["plan", *words])
    out, error = capsys.readouterr()
    assert "Traceback" not in out + error
    return status, out, error


def test_the_document_of_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    lay_round()
    status, out, _ = run(capsys, "--teams", "2", "--days", "2", "--start", "2026-03-02", "--json")
    document = json.loads(out)
    assert status == DONE
    assert document["teams"] <= 2 and document["visits"] == sum(route["visits"] for route in document["routes"])
    assert document["routes"][0]["on"] == "2026-03-02"


WISHES: list[tuple[list[str], str]] = [
    (["--teams", "0"], "--teams 0"),
    (["--days", "999"], "--days 999"),
    (["--random", "120"], "--random 120"),
    (["--weights", "reach=x"], "bobot «reach=x»"),
    (["--weights", "reach=nan"], "bobot «reach=nan»"),
    (["--office", "utara"], "titik «utara»"),
    (["--replan"], "belum ada rencana"),
    (["--hours", "9971=malam"], "=pagi, =siang, atau =bebas"),
    (["--hours", "9971=pagi"], "tidak ada koperasi"),
    (["--hours", "9971000000001=pagi"], "sebutkan dengan --why"),
]


def test_bad_wishes_are_refused_in_one_sentence(capsys: pytest.CaptureFixture[str], subtests: pytest.Subtests) -> None:
    lay_round()
    for words, said in WISHES:
        with subtests.test(" ".join(words)):
            status, _, error = run(capsys, *words)
            assert status in (WRONG_USE, DATA_SAYS_NO) and said in error and error.count("\n") == 1
            assert not Plan.objects.exists()


def test_without_a_round_it_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    status, _, error = run(capsys)
    assert status == DATA_SAYS_NO and "telusur round open" in error


def test_the_sheet_has_a_line_a_stop(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    lay_round()
    run(capsys, "--days", "2", "--start", "2026-03-02", "--sheet", str(tmp_path / "r.xlsx"))
    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx").active
    assert sheet is not None and sheet.max_row == 4 + plan_stops(Plan.objects.get()).count()


def test_the_page_shows_map_and_timetable() -> None:
    published(lay_round())
    said = browser(Role.SECTION_HEAD).get(reverse("plan")).content.decode()
    assert "plan-map" in said and "08.0" in said
    assert "urutan acak" in said and "Rekaan petugas0" in said


def test_a_preview_publishes_nothing() -> None:
    published(lay_round())
    page = browser(Role.SECTION_HEAD).get(reverse("plan"), {"coba": "1", "variance": "20", "days": "1"})
    assert page.status_code == 200 and "Dengan bobot ini" in page.content.decode()
    assert Plan.objects.count() == 1


def test_the_section_head_publishes_and_replans_and_nobody_else() -> None:
    lay_round()
    head, plain = browser(Role.SECTION_HEAD), browser(Role.OFFICER)
    assert plain.post(reverse("plan-publish"), {"days": "1"}).status_code == 403
    assert head.get(reverse("plan-publish")).status_code == 405
    head.post(reverse("plan-publish"), {"days": "3", "start": "2026-03-02", "reach": "20", "random": "30"})
    plan = Plan.objects.get()
    assert plan.weights["reach"] == 2.0 and plan.random_share == 0.3 and plan.made_by == Role.SECTION_HEAD.value
    head.post(reverse("plan-publish"), {"ulang": "1", "start": "2026-03-03"})
    assert Plan.objects.count() == 2
    assert plain.get(reverse("plan")).status_code == 200
    assert plain.post(reverse("plan-desk"), {"lat": "-1", "lon": "116"}).status_code == 403


def test_odd_addresses_are_answered_in_words() -> None:
    published(lay_round())
    head = browser(Role.SECTION_HEAD)
    for odd in ("?hari=kemarin", "?versi=²", "?coba=1&days=999&reach=-4&start=x"):
        assert head.get(reverse("plan") + odd).status_code == 200
    assert head.get(reverse("plan") + "?versi=77").status_code == 404
    assert head.get(reverse("plan-pdf", args=[1, "2030-01-01"])).status_code == 404
    assert head.post(reverse("plan-desk"), {"lat": "nan", "lon": "x"}).status_code == 302


@pytest.mark.long
@FONTS
def test_a_printed_route_is_a_tagged_pdf_with_its_fonts() -> None:
    plan = published(lay_round())
    made = route_pdf(plan.team_days.all()[0], "https://contoh.example/")
    assert archive_faults(made, "2a") == [] and b"/MarkInfo" in made and b"SourceSansPro" in made
    held = browser(Role.OFFICER).get(reverse("plan-pdf", args=[1, "2026-03-02"]))
    names = zipfile.ZipFile(io.BytesIO(b"".join(held.streaming_content))).namelist()  # type: ignore[attr-defined]
    assert names == ["rute-2026-03-02-petugas0.pdf", "rute-2026-03-02-petugas1.pdf"]


def test_a_back_check_goes_to_another_officer_and_is_told_nothing() -> None:
    round_ = lay_round(rows=6, lost=0)
    for on in (date(2026, 2, 26), date(2026, 2, 27)):
        visited(cooperative(0), on, "other_occupant", "midday")
    due = {each.cooperative_id: each for each in due_list(round_, MONDAY, datetime.now(UTC))}
    assert due[cooperative(0).pk].not_officers == {"petugas0"} and len(due) == 6
    client = browser(Role.SECTION_HEAD)
    client.post(reverse("plan-publish"), {"days": "2", "start": "2026-03-03", "random": "30"})
    stop = plan_stops(Plan.objects.get()).get(cooperative=cooperative(0))
    assert stop.purpose == "back_check" and stop.team_day.officer == "petugas1"


def test_hours_of_a_cooperative_are_set_from_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    lay_round()
    status, _, _ = run(capsys, "--hours", "9971000000001=siang", "--why", "kata pengurus")
    assert status == DONE and visiting_halves() == {cooperative(1).pk: "afternoon"}
    assert not Plan.objects.exists()
