"""What the desk marks and draws: differences inside words, the waterfall's sums, the cluster's lines."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.web.pages.matching_diff import Compared, compare_texts
from telusur.web.pages.matching_words import kappa_words, time_words
from telusur.web.pictures.cluster import MOST, SIZE, Link, draw_cluster
from telusur.web.pictures.waterfall import WIDTH, draw_waterfall, signed


def marks(compared: Compared) -> tuple[str, str]:
    """Both sides with their marks in brackets."""
    left, right = (
        "".join(f"[{piece.text}]" if piece.differs else piece.text for piece in side)
        for side in (compared.left, compared.right)
    )
    return left, right


@pytest.mark.parametrize(
    ("left", "right", "marked"),
    [
        ("KSP MAJU JAYA", "Ksp Mayu  Jaya", ("KSP MA[J]U JAYA", "Ksp Ma[y]u  Jaya")),
        ("KSU Patra Mandiri", "KSU PATRA", ("KSU Patra [Mandiri]", "KSU PATRA")),
        ("012/BH/KDK.17/2009", "013/BH/KDK.17/IX/2009", ("01[2]/BH/KDK.17/2009", "01[3]/BH/KDK.17/[IX]/2009")),
        ("Jl. Sudirman No. 5", "jl sudirman no 5", ("Jl. Sudirman No. 5", "jl sudirman no 5")),
        # A number of another length is another number; of the same length it is compared figure by figure.
        ("6 Januari 1985", "15 Januari 1986", ("[6] Januari 198[5]", "[15] Januari 198[6]")),
        ("AMPUH", "Amanat Umat", ("[AMPUH]", "[Amanat Umat]")),
        ("Mandiri Sejahtra", "Sejahtera", ("[Mandiri] Sejahtra", "Sejaht[e]ra")),
        ("", "ada", ("", "ada")),
    ],
)
def test_differences_are_marked_inside_the_words(left: str, right: str, marked: tuple[str, str]) -> None:
    assert marks(compare_texts(left, right)) == marked


def test_the_marks_can_be_read_aloud() -> None:
    compared = compare_texts("KSP Maju Abadi", "KSP Mayu")
    assert (compared.slips, compared.only_left, compared.only_right) == ((("Maju", "Mayu"),), ("Abadi",), ())


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_letter_is_lost_or_added(left: str, right: str) -> None:
    compared = compare_texts(left, right)
    assert "".join(piece.text for piece in compared.left) == left
    assert "".join(piece.text for piece in compared.right) == right
    assert compare_texts(right, left).state == {"left": "right", "right": "left"}.get(compared.state, compared.state)


@given(st.text(max_size=60))
def test_a_text_is_the_same_as_itself(text: str) -> None:
    compared = compare_texts(text, text.upper() if text.isascii() else text)
    assert not any(piece.differs for piece in (*compared.left, *compared.right))


@given(st.floats(-40, 40), st.lists(st.floats(-25, 25), max_size=12))
def test_each_bar_begins_where_the_last_one_ended(prior: float, bits: list[float]) -> None:
    steps = draw_waterfall(("awal", prior), [(f"isian {at}", each) for at, each in enumerate(bits)], "jumlah").steps
    assert len(steps) == len(bits) + 2
    for before, after in pairwise(steps):
        assert before.join == after.enter
    for step in steps:
        assert float(step.bar_x) >= -1.01 and float(step.bar_x) + float(step.bar_width) <= WIDTH + 1.01
    assert steps[-1].bits == signed(sum([prior, *bits]))


def test_the_tones_of_a_waterfall() -> None:
    steps = draw_waterfall(("awal", -8.0), [("nama", 6.24), ("alamat", 0.0), ("tanggal", -1.0)], "jumlah").steps
    assert [(step.bits, step.tone) for step in steps] == [
        ("−8,0", "against"), ("+6,2", "for"), ("0", "still"), ("−1,0", "against"), ("−2,8", "sum"),
    ]  # fmt: skip


@pytest.mark.parametrize("count", [1, 2, 3, 5, MOST, MOST + 5])
def test_a_cluster_stands_inside_its_picture(count: int) -> None:
    links = [Link(one, other, "same") for one in range(count) for other in range(one)]
    drawn = draw_cluster(count, links, (0, 1))
    shown = min(count, MOST)
    assert (len(drawn.spots), drawn.left_out) == (shown, count - shown)
    assert len(drawn.lines) == shown * (shown - 1) // 2
    assert all(19 <= float(spot.x) <= SIZE - 19 for spot in drawn.spots)
    assert all(19 <= float(spot.y) <= float(drawn.height) - 19 for spot in drawn.spots)
    assert len({(spot.x, spot.y) for spot in drawn.spots}) == shown


def test_what_is_judged_different_is_said_by_a_sign() -> None:
    kinds = ("same", "different", "unsure", "disputed", "sure", "proposed")
    drawn = draw_cluster(7, [Link(0, at + 1, kind) for at, kind in enumerate(kinds)])
    assert [line.sign for line in drawn.lines] == ["", "≠", "?", "?", "", ""]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(None, ""), (20, "kurang dari satu menit"), (600, "10 menit"), (3600, "1 jam"), (3720, "1 jam 2 menit")],
)
def test_a_rest_in_words(seconds: float | None, words: str) -> None:
    assert time_words(seconds) == words


@pytest.mark.parametrize(
    ("kappa", "words"),
    [
        (None, ""),
        (1.0, "hampir sepenuhnya sepakat"),
        (0.5, "sepakat sedang"),
        (-1.0, "hampir tidak lebih baik daripada kebetulan"),
    ],
)
def test_kappa_in_words(kappa: float | None, words: str) -> None:
    assert kappa_words(kappa) == words
