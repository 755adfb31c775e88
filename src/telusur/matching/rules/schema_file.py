"""The small file that overrides what was chosen from the data: `telusur link --schema FILE.toml`. Pure.

In: the parsed TOML (a mapping; the door reads the file). Out: a `SchemaFile`, or LinkRefused that names the part. Every key
is optional; an unknown one is refused, since a misspelt key would silently change nothing.

    one_to_one = false            # several rows may be one thing
    id_left = "id"                # the column that names each row
    id_right = "nik"
    precision = 0.98              # wanted share of true pairs among the matches
    leave_out = ["telepon"]       # never chosen freely

    [kinds]                       # kinds of columns, wherever they are chosen
    "Nama Toko" = "organisation"

    [[field]]                     # given at all, these and no others are compared
    left = "nama"
    right = "nama_koperasi"       # the same as left where not given
    kind = "cooperative"          # chosen from the data where not given
    scope = false                 # true: pairs are looked for only where this agrees; it is not compared
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from telusur.matching.rules.guess import Columns, Wanted
from telusur.matching.rules.link_refused import LinkRefused
from telusur.matching.rules.on import column_of, parse_kind
from telusur.matching.rules.schema import FieldKind, Schema
from telusur.words.reason import Reason

__all__ = ["FieldWish", "SchemaFile", "apply_scopes", "read_schema_file", "schema_to_toml", "wanted_pairs"]

_KEYS = ("one_to_one", "id_left", "id_right", "precision", "leave_out", "kinds", "field")
_FIELD_KEYS = ("name", "left", "right", "kind", "scope")


@dataclass(frozen=True, slots=True)
class FieldWish:
    """One [[field]]. name: "" takes the left label. right: "" takes the left label. kind: None lets the data decide."""

    left: str
    right: str = ""
    kind: FieldKind | None = None
    name: str = ""
    scope: bool = False


@dataclass(frozen=True, slots=True)
class SchemaFile:
    """What a person set; None, "" and empty leave it to the data."""

    one_to_one: bool | None = None
    id_left: str = ""
    id_right: str = ""
    precision: float | None = None
    leave_out: tuple[str, ...] = ()
    kinds: Mapping[str, FieldKind] = field(default_factory=dict)
    fields: tuple[FieldWish, ...] = ()


def _refuse_unknown(keys: Collection[str], known: Collection[str], where: str) -> None:
    for key in keys:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            hint = f"mungkin maksudnya «{near[0]}»; " if near else ""
            reason = Reason(
                "schema_key_unknown", "kunci «{key}» di {where} tidak dikenal", {"key": key, "where": where}
            )
            raise LinkRefused(reason, f"{hint}yang dikenal: {', '.join(known)}")


def _wrong(key: str, value: object, mend: str) -> LinkRefused:
    reason = Reason(
        "schema_value_wrong", "nilai {value} untuk «{key}» tidak dapat dipakai", {"key": key, "value": _shown(value)}
    )
    return LinkRefused(reason, mend)


def _shown(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)[:80]


def _text(data: Mapping[str, object], key: str, where: str = "") -> str:
    value = data.get(key, "")
    if not isinstance(value, str):
        raise _wrong(f"{where}{key}", value, 'tulis sebagai teks di antara tanda kutip, misalnya "nama"')
    return value.strip()


def _truth(data: Mapping[str, object], key: str, where: str = "") -> bool | None:
    value = data.get(key)
    if value is not None and not isinstance(value, bool):
        raise _wrong(f"{where}{key}", value, "tulis true atau false")
    return value


def read_schema_file(data: Mapping[str, object]) -> SchemaFile:
    """The person's choices in a parsed TOML file. Raises LinkRefused."""
    _refuse_unknown(data, _KEYS, "berkas skema")
    precision = data.get("precision")
    if precision is not None and (
        isinstance(precision, bool) or not isinstance(precision, int | float) or not 0.5 <= precision < 1
    ):
        raise _wrong("precision", precision, "tulis angka dari 0.5 sampai di bawah 1, misalnya 0.98")
    leave_out = data.get("leave_out", [])
    if not isinstance(leave_out, list) or not all(isinstance(each, str) for each in leave_out):
        raise _wrong("leave_out", leave_out, 'tulis daftar nama kolom, misalnya ["telepon"]')
    kinds = data.get("kinds", {})
    if not isinstance(kinds, Mapping):
        raise _wrong("kinds", kinds, 'tulis bagian [kinds] dengan baris seperti "Nama Toko" = "organisation"')
    listed = data.get("field", [])
    if not isinstance(listed, list) or not all(isinstance(each, Mapping) for each in listed):
        raise _wrong("field", listed, "tulis tiap perbandingan sebagai bagian [[field]]")
    return SchemaFile(
        _truth(data, "one_to_one"),
        _text(data, "id_left"),
        _text(data, "id_right"),
        None if precision is None else float(precision),
        tuple(leave_out),
        {str(label): parse_kind(str(kind)) for label, kind in kinds.items()},
        tuple(_field(each, f"[[field]] ke-{place}") for place, each in enumerate(listed, start=1)),
    )


def _field(data: Mapping[str, object], where: str) -> FieldWish:
    _refuse_unknown(data, _FIELD_KEYS, where)
    left, right = _text(data, "left", f"{where}: "), _text(data, "right", f"{where}: ")
    name, kind = _text(data, "name", f"{where}: "), _text(data, "kind", f"{where}: ")
    left = left or right or name
    if not left:
        raise _wrong(f"{where}: left", "", 'sebut kolomnya, misalnya left = "nama"')
    scope = _truth(data, "scope", f"{where}: ") or False
    return FieldWish(left, right or left, parse_kind(kind) if kind else None, name, scope)


def wanted_pairs(
    wishes: Collection[FieldWish], left: Columns, right: Columns | None, *, names: tuple[str, str]
) -> tuple[Wanted, ...]:
    """The [[field]] parts as pairs of the tables' own labels. Raises LinkRefused for a column that is not there."""
    other = left if right is None else right
    return tuple(
        Wanted(column_of(wish.left, left, names[0]), column_of(wish.right or wish.left, other, names[1]), wish.kind)
        for wish in wishes
    )


def apply_scopes(schema: Schema, wishes: Collection[FieldWish]) -> Schema:
    """`schema`, made of `wanted_pairs` in their order, with the names and scopes that the file states."""
    fields = [
        replace(each, name=wish.name.replace(":", " ") or each.name, scope=wish.scope)
        for each, wish in zip(schema.fields, wishes, strict=True)
    ]
    if len({each.name for each in fields}) < len(fields):
        raise _wrong("name", [each.name for each in fields], "beri tiap [[field]] nama yang berbeda")
    return replace(schema, fields=tuple(fields))


def schema_to_toml(schema: Schema, *, id_left: str = "", id_right: str = "") -> str:
    """The choices as a file to change and give back: what `read_schema_file` reads."""
    lines = ["# telusur link --schema", f"one_to_one = {_shown(schema.one_to_one and not schema.itself)}"]
    lines += [
        f"{key} = {_shown_whole(label)}" for key, label in (("id_left", id_left), ("id_right", id_right)) if label
    ]
    for each in schema.fields:
        lines += ["", "[[field]]", f"name = {_shown_whole(each.name)}", f"left = {_shown_whole(each.left)}"]
        lines += [f"right = {_shown_whole(each.right)}", f'kind = "{each.kind.value}"']
        lines += ["scope = true"] if each.scope else []
    return "\n".join(lines) + "\n"


def _shown_whole(text: str) -> str:
    # A JSON string is a TOML string, but for the DEL sign.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
