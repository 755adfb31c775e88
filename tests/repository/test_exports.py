"""Every door that hands out a file, and every option that writes one, stands in the table of exports, or says why not."""

from __future__ import annotations

import ast

import pytest

from tests.journeys.exports import ADDRESSES, ASIDE, OPTIONS
from tests.repository.leaving import file_addresses, file_options, writing_functions

KNOWN = {*ADDRESSES, *OPTIONS, *ASIDE}


@pytest.mark.long
def test_every_export_is_written_twice_or_set_aside_with_a_reason() -> None:
    real = file_addresses() | file_options()
    assert not (missing := sorted(real - KNOWN)), f"add to tests/journeys/exports.py: {missing}"
    assert not (gone := sorted(KNOWN - real)), f"no door any more; take away from tests/journeys/exports.py: {gone}"
    assert all(reason.strip() for reason in ASIDE.values()) and not set(ASIDE) & {*ADDRESSES, *OPTIONS}


SOURCES = {
    "a file": ("def out(r):\n return FileResponse(x)", {"out"}),
    "by another's hand": ("def a(r):\n return b(r)\ndef b(r):\n return JsonResponse(x)", {"a", "b"}),
    "its head alone": ("def out(r):\n h = HttpResponse(x)\n h['Content-Disposition'] = 'x'\n return h", {"out"}),
    "a page": ("def page(r):\n return render(r, 'x.html', {})", set()),
    "a page that only asks one": ("def page(r):\n n = len(b(r))\n return render(r, n)\ndef b(r):\n return 1", set()),
}


@pytest.mark.parametrize(("text", "names"), SOURCES.values(), ids=SOURCES)
def test_what_hands_out_a_file_is_found(text: str, names: set[str]) -> None:
    assert {name for _, name in writing_functions({"m": ast.parse(text)})} == names
