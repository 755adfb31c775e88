"""The words of a page as they stood when its picture was taken: a picture whose page says something else is red.

Kept in `words.json` beside the pictures, by `make guides` and `make pictures`. Headings, labels, heads of tables, buttons
and paragraphs of the page itself; what holds figures or days, and what stands in rows and lists, belongs to the data.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

from playwright.sync_api import Page

__all__ = ["hold"]

_PARTS = "main h1, main h2, main thead th, main legend, main > p, main > form label, main > form button, main > .head a"
_MASKED = re.compile(
    r"\d[\d.,]*|\b(Jan(uari)?|Feb(ruari)?|Mar(et)?|Apr(il)?|Mei|Juni?|Juli?|Agu(stus)?|Sept?(ember)?|Okt(ober)?|Nov(ember)?"
    r"|Des(ember)?|Senin|Selasa|Rabu|Kamis|Jumat|Sabtu|Minggu)\b"
)


def _words(page: Page) -> list[str]:
    texts = page.eval_on_selector_all(_PARTS, "found => found.map(each => each.textContent)")
    said = {" ".join(_MASKED.sub("#", text).split()) for text in texts} - {""}
    # What holds a figure or a day says what the data says: a route with a lunch, a stamp of the rule.
    return sorted(words for words in said if "#" not in words)


def hold(page: Page, folder: Path, picture: str) -> None:
    """Keep the words of a picture where pictures are kept; else find every one of them on the page still."""
    path, now = folder / "words.json", _words(page)
    kept = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    if os.environ.get("TELUSUR_PICTURES"):
        kept[picture] = now
        path.write_text(json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        return
    gone = [words for words in kept[picture] if words not in now]
    assert not gone, f"{picture}.png shows what its page no longer says (make guides pictures): {gone}"
