"""`telusur laws`, `standing`, `meetings`: the law as data, who would change before it is switched on, the RAT duty."""

from __future__ import annotations

import pytest
from django.utils import timezone

from telusur.cli.answer import DATA_SAYS_NO, WRONG_USE
from telusur.laws.models import OfficeArticle, PolicyChoice
from telusur.rounds.models import Round
from tests.rooms.cli.terminal import Terminal
from tests.rooms.rounds.city import nik
from tests.rooms.standing.test_runs import opened

pytestmark = pytest.mark.django_db
ON = ("--on", "2025-10-24")
MONTHS = "house.business_months"


@pytest.fixture
def telusur(capsys: pytest.CaptureFixture[str]) -> Terminal:
    """The command."""
    return Terminal(capsys)


def test_the_law_is_listed_with_its_certainty_and_what_binds(telusur: Terminal) -> None:
    told = telusur.done("laws", *ON)
    certainty = {each["id"]: each["certainty"] for each in told["articles"]}
    assert (certainty["uu25-1992.26.meeting_months"], certainty["uu25-1992.47.answer_months"]) == (
        "unverified",
        "certain",
    )
    text = telusur("laws", *ON)
    assert "ketentuan dinas ini" in text and "belum diperiksa" in text and "kebiasaan dinas" in text
    policies = telusur.done("laws", "policies", *ON)
    assert policies["policy"] == "balikpapan-2025" and len(policies["policies"]) == 9


def test_who_would_change_is_shown_before_an_article_is_adopted(telusur: Terminal) -> None:
    opened()
    # The books of 30 August prove business of 24 October; were proof good for one month only, they would not.
    asked = ("laws", "adopt", MONTHS, "--value", "1", "--from", "2025-10-24", "--source", "rapat", "--why", "uji")
    shown = telusur.done(*asked, *ON)
    assert shown["stored"] is False and len(shown["flips"]) == 2 and not OfficeArticle.objects.exists()
    assert {(each["from_code"], each["to_code"]) for each in shown["flips"]} == {(110, 240), (120, 240)}
    assert "tambahkan --yes" in telusur(*asked, *ON)
    assert telusur.done(*asked, "--yes")["value"] == 1
    assert telusur.done("standing", nik(2), *ON)["code"] == 240


def test_who_would_change_is_shown_before_a_definition_is_chosen(telusur: Terminal) -> None:
    opened()
    asked = ("laws", "choose", "balikpapan-2024", "--from", "2025-01-01", "--why", "uji")
    assert [each["to"] for each in telusur.done(*asked, *ON)["flips"]] == ["inactive"]
    assert not PolicyChoice.objects.exists()
    assert telusur.done(*asked, "--yes")["policy"] == "balikpapan-2024"


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (f"adopt {MONTHS} --value 0 --from 2025-01-01 --source x --why y", WRONG_USE, "paling sedikit 1"),
        ("adopt house.colour --value 2 --from 2025-01-01 --source x --why y", WRONG_USE, "tidak ada"),
        (f"adopt {MONTHS} --value 2 --from 2025-01-01 --why y", WRONG_USE, "sebutkan --source"),
        ("choose mine --why y", WRONG_USE, "tidak ada"),
        ("choose balikpapan-2025 --why y --yes", DATA_SAYS_NO, "sudah dipakai"),
    ],
    ids=["zero", "no article", "no source", "no definition", "in use"],
)
def test_what_is_refused_in_a_sentence(telusur: Terminal, words: str, status: int, says: str) -> None:
    telusur("laws", *words.split())
    assert telusur.status == status and says in telusur.error
    assert not OfficeArticle.objects.exists() and not PolicyChoice.objects.exists()


def test_one_standing_with_reasons_what_is_missing_and_what_comes(telusur: Terminal) -> None:
    opened()
    told = telusur.done("standing", nik(2), *ON)
    assert (told["standing"], told["code"], told["target"]) == ("active", 120, "active")
    assert [each["says"] for each in told["missing"]] == ["notulen RAT tahun buku 2024"]
    assert {"2026-03-31", "2026-06-30"} <= {each["on"] for each in told["next_steps"]}
    assert told["unverified"] == ["uu25-1992.26.meeting_months"]
    text = telusur("standing", nik(2), *ON)
    assert "(belum diperiksa)" in text and "SP1 tentang RAT tahun buku 2024" in text
    telusur("standing", "9901999999999")
    assert telusur.status == WRONG_USE and "tidak ada dalam register" in telusur.error


def test_the_figures_under_every_definition_and_a_value_tried(telusur: Terminal) -> None:
    opened()
    told = telusur.done("standing", *ON)
    assert told["by_standing"] == {"active": 2, "not_found": 1, "not_traced": 3}
    assert (told["by_policy"]["balikpapan-2025"], told["by_policy"]["balikpapan-2024"]) == (2, 1)
    assert {each["of"]: (each["held"], each["count"]) for each in told["meeting_rates"]} == {
        "active": (1, 2), "located": (1, 2), "owing": (1, 6), "all": (1, 6),
    }  # fmt: skip
    tried = telusur.done("standing", *ON, "--if-article", f"{MONTHS}=1", "--if-policy", "balikpapan-2024")
    assert {(each["from"], each["to_code"]) for each in tried["flips"]} == {("active", 240)}
    for wrong in (f"{MONTHS}=0", f"{MONTHS}=x", "house.colour=2", MONTHS):
        telusur("standing", *ON, "--if-article", wrong)
        assert telusur.status == WRONG_USE and "PASAL=NILAI" in telusur.error


def test_the_duty_names_states_letters_and_the_base_of_each_rate(telusur: Terminal) -> None:
    opened()
    told = telusur.done("meetings", *ON)
    assert (told["for_book_year"], told["letters"]) == (2024, {"sp1": 1})
    assert (told["states"]["held"], len(told["rows"])) == (1, 6)
    late = next(row for row in told["rows"] if row["letter"])
    assert (late["due_on"], late["overdue_on"], late["state"]) == ("2025-03-31", "2025-06-30", "overdue")
    assert len(telusur.done("meetings", *ON, "--letters")["rows"]) == 1
    text = telusur("meetings", *ON)
    assert "dari yang ditemukan" in text and "dari semua yang tercatat" in text and "SP1" in text
    assert told["meeting_rates"] == telusur.done("standing", *ON)["meeting_rates"]


def test_without_a_round_nobody_changes_and_the_way_is_said(telusur: Terminal) -> None:
    assert not Round.objects.exists()
    day = f"{timezone.localdate():%d/%m/%Y}"
    shown = telusur("laws", "choose", "balikpapan-2024", "--from", day, "--why", "uji")
    assert "Belum ada putaran" in shown and not PolicyChoice.objects.exists()
    for verb in ("standing", "meetings"):
        telusur(verb)
        assert telusur.status == DATA_SAYS_NO and "belum ada putaran" in telusur.error
