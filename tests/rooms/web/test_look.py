"""The look's own rules: contrast of the tokens in both schemes, no style and no script inside a page, sizes of files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

WEB = Path(__file__).resolve().parents[3] / "src" / "telusur" / "web"
STYLES = sorted((WEB / "static" / "telusur").glob("*.css"))
TEMPLATES = sorted((WEB / "templates" / "telusur").rglob("*.html"))
TEXT_ON = [
    (text, ground)
    for text in ("ink", "soft", "accent", "red", "amber")
    for ground in ("paper", "raised", "accent-ground", "red-ground", "amber-ground")
] + [("on-accent", "accent"), ("on-red", "red")]


def tokens(scheme: str) -> dict[str, str]:
    """The colours of the light or the dark scheme."""
    text = (WEB / "static" / "telusur" / "telusur.css").read_text(encoding="utf-8")
    light, dark = text.split("prefers-color-scheme: dark", 1)
    pairs = re.compile(r"--([a-z0-9-]+): (#[0-9a-f]{6})")
    return dict(pairs.findall(light)) | (dict(pairs.findall(dark)) if scheme == "dark" else {})


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON, ids="-".join)
def test_text_stands_out_seven_to_one(scheme: str, text: str, ground: str) -> None:
    colours = tokens(scheme)
    assert contrast(colours[text], colours[ground]) >= 7


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_edges_of_controls_stand_out_three_to_one(scheme: str) -> None:
    colours = tokens(scheme)
    assert contrast(colours["edge"], colours["paper"]) >= 3


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_style_and_no_script_inside_a_page(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert "|safe" not in text
    assert text.count("\n") <= 200


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_a_stylesheet_fetches_nothing(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "@import" not in text and "url(" not in text and "@font-face" not in text
    small = [size for size in re.findall(r"font-size: ([\d.]+)px", text) if float(size) < 16]
    assert small == []
