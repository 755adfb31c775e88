"""Whether a PDF is the archive file (ISO 19005, PDF/A) that it says it is: asked of a reader that did not write it.

In: a PDF and the part and level that it must claim. Out: the rules that it breaks, each as "rule: what"; none is a pass.
"""

from __future__ import annotations

import re

import page

__all__ = ["archive_faults"]

_CLAIM = re.compile(rb"pdfaid:part>(\d)<.*?pdfaid:conformance>([ABU])<", re.DOTALL)
_STREAM = re.compile(rb"/Length (\d+)[^>]*>>\s*stream\r?\n")
_ENDED = re.compile(rb"\r?\nendstream")


def archive_faults(content: bytes, claim: str) -> list[str]:
    """The rules that a PDF breaks of the standard `claim` ("2a", "2b", "3b"), which it must claim itself."""
    claimed = _CLAIM.search(content)
    said = (claimed[1] + claimed[2].lower()).decode() if claimed else "nothing"
    if said != claim:
        return [f"claim: {said} instead of {claim}"]
    report = page.validate_pdf_bytes(content, profile=claim)
    assert report.rules.total > 100, "the reader asked next to nothing"
    return [f"{each.rule_id}: {each.message}" for each in report.failures if not _is_false_alarm(each.rule_id, content)]


def _is_false_alarm(rule: str, content: bytes) -> bool:
    """A stream whose last byte is 0D by chance, before the 0A that ends it: the reader takes both for the line's end and
    finds the stream a byte short. Its length is right where the end mark stands just behind it (ISO 19005-2, 6.1.7.1)."""
    if not rule.endswith("-STREAM-LENGTH-001"):
        return False
    return all(_ENDED.match(content, found.end() + int(found[1])) for found in _STREAM.finditer(content))
