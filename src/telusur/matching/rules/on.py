"""The option --on: which columns are compared, in the words of a command line. Pure.

In: "nama,alamat=lokasi,telp:code" and the tables' columns. Out: `Wanted` pairs, or LinkRefused that names the part. A label
is taken as it stands first, so that labels with "=", ":" or "," in them can be named too.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from telusur.matching.rules.column_labels import label_key
from telusur.matching.rules.guess import Columns, Wanted, partner
from telusur.matching.rules.link_refused import LinkRefused, listed
from telusur.matching.rules.schema import FieldKind
from telusur.words.reason import Reason

__all__ = ["column_of", "parse_kind", "parse_on"]


def column_of(name: str, columns: Iterable[str], table: str) -> str:
    """The column's own label for a name typed without care for case, blanks and underscores. Raises LinkRefused.

    table: what the table is called in the sentence (a file's name).
    """
    labels = list(columns)
    if name in labels:
        return name
    fits = [label for label in labels if label_key(label) == label_key(name)]
    if len(fits) == 1:
        return fits[0]
    near = difflib.get_close_matches(name.lower(), [label.lower() for label in labels], n=1, cutoff=0.7)
    mend = f"kolom yang ada: {listed(labels)}"
    if near:
        mend = f"mungkin maksudnya «{next(each for each in labels if each.lower() == near[0])}»; {mend}"
    raise LinkRefused(
        Reason("link_column_unknown", "kolom «{name}» tidak ada di {table}", {"name": name, "table": table}), mend
    )


def parse_kind(text: str) -> FieldKind:
    """A kind by its word. Raises LinkRefused."""
    try:
        return FieldKind(text.strip().lower())
    except ValueError:
        reason = Reason("link_kind_unknown", "jenis kolom «{kind}» tidak dikenal", {"kind": text})
        raise LinkRefused(reason, f"pilih salah satu: {', '.join(FieldKind)}") from None


def _split(text: str, labels: Sequence[str]) -> list[str]:
    """The parts between commas; a part that only with the next one is a label is joined to it again."""
    parts = text.split(",")
    joined: list[str] = []
    while parts:
        for count in range(len(parts), 0, -1):
            whole = ",".join(parts[:count]).strip()
            if count == 1 or whole in labels:
                joined.append(whole)
                del parts[:count]
                break
    return [part for part in joined if part]


def _cut_kind(part: str, labels: Sequence[str]) -> tuple[str, FieldKind | None]:
    if part in labels or ":" not in part:
        return part, None
    name, _, kind = part.rpartition(":")
    return name.strip(), parse_kind(kind)


def parse_on(
    text: str, left: Columns, right: Columns | None, *, names: tuple[str, str] = ("kiri", "kanan")
) -> tuple[Wanted, ...]:
    """The pairs that `text` names, in its order. Raises LinkRefused.

    right: None for one table with itself. names: what the two tables are called in sentences. A name that only one table
    has is paired with the other's column of the same meaning ("nama" with "nama_koperasi") where exactly one has it.
    """
    other = left if right is None else right
    labels = [*left, *other]
    pairs: list[Wanted] = []
    for part in _split(text, labels):
        name, kind = _cut_kind(part, labels)
        if name not in labels and "=" in name:
            one, _, two = name.partition("=")
            pair = Wanted(column_of(one.strip(), left, names[0]), column_of(two.strip(), other, names[1]), kind)
        elif right is None:
            label = column_of(name, left, names[0])
            pair = Wanted(label, label, kind)
        else:
            pair = Wanted(*_both(name, left, right, names), kind)
        if any((pair.left, pair.right) == (each.left, each.right) for each in pairs):
            reason = Reason("link_column_twice", "kolom «{name}» disebut dua kali", {"name": name})
            raise LinkRefused(reason, "sebut sekali saja")
        pairs.append(pair)
    if not pairs:
        raise LinkRefused(
            Reason("link_on_empty", "--on kosong"), f"sebut kolom yang dibandingkan, dari: {listed(left)}"
        )
    return tuple(pairs)


def _both(name: str, left: Columns, right: Columns, names: tuple[str, str]) -> tuple[str, str]:
    keys = [{label_key(label): label for label in columns} for columns in (left, right)]
    own = [
        name if name in columns else found.get(label_key(name))
        for columns, found in zip((left, right), keys, strict=True)
    ]
    if own[0] and own[1]:
        return own[0], own[1]
    if own[0] and (match := partner(own[0], left, right)):
        return own[0], match
    if own[1] and (match := partner(own[1], right, left)):
        return match, own[1]
    if not own[0] and not own[1]:
        return column_of(name, left, names[0]), column_of(name, right, names[1])
    lacking = 1 if own[0] else 0
    raise LinkRefused(
        Reason("link_column_unknown", "kolom «{name}» tidak ada di {table}", {"name": name, "table": names[lacking]}),
        f"tulis pasangannya, misalnya --on «{name}=…» (kiri=kanan); kolom yang ada: {listed((left, right)[lacking])}",
    )
