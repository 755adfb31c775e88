"""Every kind of fact that any room records has words: a page that names facts meets no kind that it cannot say."""

from __future__ import annotations

import re

from django.utils.translation import gettext, override

from telusur.register.rules import FACT_WORDS
from tests.repository.house import SRC, python_files

_KIND = re.compile(r"""(?:\bkind=|_KIND(?:: [\w\[\]]+)? = |\bfact\(|\bNewFact\(\w+, )"([a-z_]+)\"""")
# Kinds of other things in those files.
_NO_FACTS = {"svg"}


def kinds_recorded() -> set[str]:
    """The kinds in the files that record facts, and in those that name a kind for them."""
    found: set[str] = set()
    for path in python_files(SRC):
        text = path.read_text(encoding="utf-8")
        if "NewFact(" in text or "_KIND" in text:
            found |= set(_KIND.findall(text))
    return found - _NO_FACTS


def test_every_kind_is_said_in_both_languages() -> None:
    assert {"visit", "self_report", "notice_event", "premises", "liabilities"} <= kinds_recorded()
    assert kinds_recorded() - set(FACT_WORDS) == set()
    with override("en"):
        assert [words for words in FACT_WORDS.values() if gettext(words) == words] == []
