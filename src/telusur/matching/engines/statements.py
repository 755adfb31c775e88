"""The steps that join and count, as SQL that DuckDB and Spark both read. Only how a text becomes a number differs.

Tables: `normal` (a row's normal values), `numbered` (the same as numbers), `rows` (with how often each value stands),
`near` and `key0`, … (pairs by family), `pairs` (candidates), `compared`, `scored`. l, r: lines of a pair.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from telusur.matching.rules.candidates import MOST, KeyRule
from telusur.matching.rules.columns import WORDED, compared_fields, holds_addresses, scope_field
from telusur.matching.rules.draw import FACTOR, MASK
from telusur.matching.rules.parts import normal_parts, prefix
from telusur.matching.rules.rivals import Extent
from telusur.matching.rules.schema import Field, FieldKind, Schema

__all__ = [
    "drawn_sql", "facts_sql", "key_sql", "kinds_sql", "numbered_sql", "pairs_sql", "rows_sql", "run_texts_sql",
]  # fmt: skip

# Of SQL expressions of texts, one of a number of 62 bits or more, never negative, equal for equal texts.
Number = Callable[[Sequence[str]], str]
# Parts that keys stand on and nothing else.
_KEYS_ALONE = frozenset({"start", "last", "first_code", "last_code"})


def _stated(number: Number, text: str, whole: str | None = None) -> str:
    return f"CASE WHEN {text} = '' THEN -1 ELSE {number([whole or text])} END"


def _numbers_of_words(number: Number, begin: str) -> dict[str, str]:
    text, codes = begin + "text", begin + "codes"
    out = {name: _stated(number, begin + name) for name in ("sorted", "digits", "kind", "acronym")}
    out["compact"] = _stated(number, text, f"replace({text}, ' ', '')")
    out["single"] = f"CASE WHEN length({text}) BETWEEN 3 AND 8 THEN {number([text])} ELSE -1 END"
    out["start"] = _stated(number, text, f"substr({text}, 1, 4)")
    out["last"] = _stated(number, text, f"split_part({text}, ' ', -1)")
    out["first_code"] = _stated(number, codes, f"split_part({codes}, ' ', 1)")
    out["last_code"] = _stated(number, codes, f"split_part({codes}, ' ', -1)")
    return out | {"by_place": begin + "by_place", "text": text, "codes": codes}


def _parts_of(schema: Schema, field: Field, number: Number) -> dict[str, str]:
    """SQL of each part of a field, by the part's name."""
    begin = prefix(schema, field)
    parts = {"code": _stated(number, begin + "text")}
    if field.kind in WORDED:
        typed = {"typed": begin + "typed"} if holds_addresses(field) else {}
        return parts | _numbers_of_words(number, begin) | typed
    parts |= {p.part: p.column for p in normal_parts(schema, field) if p.part != "text"}
    if field.kind in (FieldKind.CODE, FieldKind.PLACE):
        parts["text"] = begin + "text"
    if field.kind is FieldKind.LEGAL_NUMBER:
        parts |= {name: _stated(number, begin + name) for name in ("office", "family")}
    return parts


def numbered_sql(schema: Schema, number: Number) -> str:
    """Every row's values as numbers, and the texts whose letters are compared."""
    columns = ["line"]
    scope = scope_field(schema)
    if scope is not None:
        columns.append(f"{_stated(number, prefix(schema, scope) + 'text')} AS scope")
    for field in compared_fields(schema):
        begin = prefix(schema, field)
        columns += [f"{expression} AS {begin}{name}" for name, expression in _parts_of(schema, field, number).items()]
    return f"SELECT {', '.join(columns)} FROM normal"


def facts_sql(schema: Schema, field: Field) -> str:
    """How many rows state a field, with how many values, and whether any has a word of letters and digits."""
    begin = prefix(schema, field)
    coded = f"count(CASE WHEN {begin}codes <> '' THEN 1 END)" if field.kind in WORDED else "0"
    stated = f"CASE WHEN {begin}code >= 0 THEN {begin}code END"
    return f"SELECT count({stated}) AS stated, count(DISTINCT {stated}) AS different, {coded} AS coded FROM numbered"


def kinds_sql(begin: str) -> str:
    """Each kind among a field's names, rising, and how many rows have it."""
    kind = f"{begin}kind"
    return f"SELECT {kind} AS kind, count(*) AS c FROM numbered WHERE {kind} >= 0 GROUP BY {kind} ORDER BY {kind}"


def drawn_sql(line: str, least: int) -> str:
    """Whether a row is drawn: see `rules/draw`."""
    return f"((({line}) * {FACTOR}) & {MASK}) < {least}"


def run_texts_sql(begin: str, least: int) -> str:
    """Different texts of a field of words, of more than enough those that are drawn by the row where each stands first."""
    first = f"SELECT min(line) AS line FROM numbered WHERE {begin}code >= 0 GROUP BY {begin}code"
    drawn = drawn_sql("d.line", least)
    return f"SELECT n.{begin}text AS text FROM numbered n JOIN ({first}) d ON n.line = d.line WHERE {drawn}"


def rows_sql(schema: Schema, number: Number) -> str:
    """Every row with how many rows state its values, everywhere and in its scope."""
    scoped = scope_field(schema) is not None
    columns, joins = ["n.line"], []

    def count(name: str, code: str, inside: bool) -> None:
        keys = f"scope, {code}" if inside else code
        where = f"{code} >= 0" + (" AND scope >= 0" if inside else "")
        on = f"{name}.{code} = n.{code}" + (f" AND {name}.scope = n.scope" if inside else "")
        joins.append(
            f"LEFT JOIN (SELECT {keys}, count(*) AS c FROM numbered WHERE {where} GROUP BY {keys}) {name} ON {on}"
        )
        columns.append(f"coalesce({name}.c, 0) AS {name}")

    for field in compared_fields(schema):
        begin = prefix(schema, field)
        columns += [f"n.{begin}{part}" for part in _parts_of(schema, field, number) if part not in _KEYS_ALONE]
        for mark, part in (("", "code"), *([("s", "sorted")] if field.kind in WORDED else [])):
            count(f"{begin}{mark}n", begin + part, False)
            if scoped:
                count(f"{begin}{mark}here", begin + part, True)
        if scoped:
            size = f"SELECT scope, count(*) AS c FROM numbered WHERE scope >= 0 AND {begin}code >= 0 GROUP BY scope"
            joins.append(f"LEFT JOIN ({size}) {begin}size ON {begin}size.scope = n.scope")
            columns.append(f"CASE WHEN n.{begin}code >= 0 THEN coalesce({begin}size.c, 0) ELSE 0 END AS {begin}size")
    return f"SELECT {', '.join(columns)} FROM numbered n {' '.join(joins)}"


def key_sql(schema: Schema, rule: KeyRule, extent: Extent, mark: int, number: Number) -> str:
    """The pairs of a key that is not too common: lines l, r and the family's mark."""
    by_name = {field.name: prefix(schema, field) for field in schema.fields}

    def keyed(parts: Sequence[tuple[str, str]], where: str) -> str:
        columns = [by_name[name] + part for name, part in parts] + (["scope"] if rule.scoped else [])
        numbered = {"serial", "year"}
        stated = [
            f"{column} {'>' if part in numbered else '>='} 0"
            for column, part in zip(columns, [*(part for _, part in parts), ""], strict=False)
        ]
        key = columns[0] if len(columns) == 1 else number(columns)
        return f"SELECT line, {key} AS k FROM numbered WHERE {' AND '.join([*stated, where])}"

    n = extent.left_count
    lefts = keyed(rule.left, f"line < {n}")
    rights = keyed(rule.right, f"line >= {extent.offset}")
    same = extent.itself and rule.left == rule.right
    kept = f"SELECT k FROM lefts GROUP BY k HAVING count(*) BETWEEN {2 if same else 1} AND {rule.largest}"
    return (
        f"WITH lefts AS ({lefts}), rights AS ({rights}), kept AS ({kept}) "
        f"SELECT {_ends('a.line', 'b.line', extent)}, {mark} AS mark "
        "FROM (SELECT lefts.line, lefts.k FROM lefts JOIN kept ON lefts.k = kept.k) a JOIN rights b ON a.k = b.k "
        f"WHERE a.line {'<' if same else '<>'} b.line"
    )


def _ends(left: str, right: str, extent: Extent) -> str:
    if extent.itself:
        return f"least({left}, {right}) AS l, greatest({left}, {right}) AS r"
    return f"{left} AS l, {right} AS r"


def pairs_sql(extent: Extent, sources: Sequence[str]) -> str:
    """All candidates once, with all their marks; of a right row with too many those that the most families found."""
    apart = " UNION ALL ".join(
        f"SELECT {_ends('l', 'r', extent)}, mark FROM {source} WHERE l <> r" for source in sources
    )
    place = "row_number() OVER (PARTITION BY r ORDER BY bit_count(mark) DESC, l)"
    return (
        f"WITH once AS (SELECT l, r, bit_or(mark) AS mark FROM ({apart}) apart GROUP BY l, r), "
        f"many AS (SELECT r FROM once GROUP BY r HAVING count(*) > {MOST}), "
        f"ranked AS (SELECT once.l, once.r, once.mark, {place} AS place FROM once JOIN many USING (r)) "
        "SELECT once.l, once.r, once.mark FROM once LEFT JOIN many ON once.r = many.r WHERE many.r IS NULL "
        f"UNION ALL SELECT l, r, mark FROM ranked WHERE place <= {MOST}"
    )
