"""What a reconciliation client sends: a batch of queries, or ids to extend, read and bounded. Pure.

In: the JSON text of `queries` or `extend`. Out: frozen queries, or AskedWrongly. What the specification allows and we do not
use (`type_strict`, nested types) is read past. Source: W3C Reconciliation Service API 0.2 (final report of 10 April 2023).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from telusur.api.rules.refused import AskedWrongly
from telusur.words.reason import Reason

__all__ = ["MOST_IDS", "MOST_QUERIES", "TYPE", "Extension", "Query", "is_callback", "read_batch", "read_extension"]

# The one type of entity that stands in the register.
TYPE: Final = "koperasi"
MOST_QUERIES: Final = 20
MOST_IDS: Final = 500
_MOST_CANDIDATES: Final = 25
_DEFAULT_CANDIDATES: Final = 5
_MOST_PROPERTIES: Final = 40
_LONGEST: Final = 300
_LONGEST_BODY: Final = 1_000_000
_CALLBACK: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_$.")


class Query(NamedTuple):
    """One thing that is looked for. stated: values by property, the first of several; is_typed: False where only other
    types than ours are wanted, so that nothing fits."""

    text: str
    stated: Mapping[str, str]
    limit: int
    is_typed: bool


class Extension(NamedTuple):
    """Ids whose properties are wanted, each once, in the order given."""

    ids: tuple[str, ...]
    properties: tuple[str, ...]


def is_callback(name: str) -> bool:
    """Whether a JSONP callback is a plain name with dots: anything else could carry a script of another's."""
    return 0 < len(name) <= 100 and all(sign in _CALLBACK for sign in name) and not name[0].isdigit()


def _read(text: str, target: str) -> dict[str, Any]:
    wrong = AskedWrongly(Reason("request_not_json", "permintaan bukan JSON yang dapat dibaca"), target)
    if len(text) > _LONGEST_BODY:
        raise wrong
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise wrong from error
    if not isinstance(found, dict):
        raise wrong
    return found


def _clean(value: object) -> str:
    """A value as searched text: control signs out, short enough."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("id") or ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    if isinstance(value, float) and math.isfinite(value) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    if isinstance(value, int) and abs(value) > 10**40:
        return ""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in str(value)[:_LONGEST]).split())


def read_batch(text: str) -> dict[str, Query]:
    """The queries of a batch by their keys. Raises AskedWrongly."""
    found = _read(text, "queries")
    if len(found) > MOST_QUERIES:
        raise AskedWrongly(
            Reason("too_many_queries", "paling banyak {most} pertanyaan sekali kirim", {"most": str(MOST_QUERIES)}),
            "queries",
        )
    return {key: _query(key, value) for key, value in found.items()}


def _query(key: str, value: object) -> Query:
    wrong = AskedWrongly(
        Reason("query_form", "pertanyaan «{key}» tidak berbentuk seperti yang disyaratkan", {"key": key[:40]}),
        "queries",
    )
    if not isinstance(value, dict):
        raise wrong
    text, stated = value.get("query", ""), value.get("properties", [])
    if not isinstance(text, str | int | float) or isinstance(text, bool) or not isinstance(stated, list):
        raise wrong
    values: dict[str, str] = {}
    for each in stated[:_MOST_PROPERTIES]:
        if not isinstance(each, dict) or not isinstance(each.get("pid"), str) or "v" not in each:
            raise wrong
        held = each["v"]
        first = next((_clean(one) for one in held if _clean(one)), "") if isinstance(held, list) else _clean(held)
        if first:
            values.setdefault(each["pid"], first)
    return Query(_clean(text), values, _limit(value.get("limit"), wrong), _is_typed(value.get("type"), wrong))


def _limit(value: object, wrong: AskedWrongly) -> int:
    if value is None:
        return _DEFAULT_CANDIDATES
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise wrong
    return int(max(1, min(value, _MOST_CANDIDATES)))


def _is_typed(value: object, wrong: AskedWrongly) -> bool:
    if value is None or value in ("", []):
        return True
    types = value if isinstance(value, list) else [value]
    names = [each.get("id") if isinstance(each, dict) else each for each in types]
    if not all(isinstance(name, str) for name in names):
        raise wrong
    return TYPE in names


def read_extension(text: str) -> Extension:
    """The ids and properties of a data extension. Raises AskedWrongly."""
    found = _read(text, "extend")
    ids, wanted = found.get("ids"), found.get("properties")
    wrong = AskedWrongly(
        Reason("query_form", "pertanyaan «{key}» tidak berbentuk seperti yang disyaratkan", {"key": "extend"}), "extend"
    )
    if not isinstance(ids, list) or not isinstance(wanted, list):
        raise wrong
    if len(ids) > MOST_IDS:
        raise AskedWrongly(
            Reason("too_many_queries", "paling banyak {most} pertanyaan sekali kirim", {"most": str(MOST_IDS)}),
            "extend",
        )
    names = [each.get("id") if isinstance(each, dict) else None for each in wanted[:_MOST_PROPERTIES]]
    if not all(isinstance(each, str) for each in (*ids, *names)):
        raise wrong
    return Extension(tuple(dict.fromkeys(map(str, ids))), tuple(dict.fromkeys(map(str, names))))
