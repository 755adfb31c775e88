"""From the text of `$filter` to a tree, or to a sentence that says what is wrong where. Pure.

Known: eq ne gt ge lt le in, and or not, contains startswith endswith tolower toupper length, brackets, null true false.
Bounded: letters (`odata_words`), depth, parts and list, so that no filter costs more than a few dozen steps a row.
Source: OData 4.0 part 2, sections 5.1.1 (OASIS); operators of lists as in 4.01, which Excel sends.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from telusur.api.rules.odata_parts import (
    Both,
    Call,
    Comparison,
    Either,
    Expression,
    FilterFunction,
    FilterKind,
    FilterOperator,
    Literal,
    Not,
    Property,
    Within,
)  # fmt: skip
from telusur.api.rules.odata_words import FilterWordKind, Word, words_of
from telusur.api.rules.refused import AskedWrongly
from telusur.opendata.rules.columns import Column, ColumnKind, Value
from telusur.words.reason import Reason

__all__ = ["MOST_PARTS", "kind_of", "read_filter"]

MOST_PARTS: Final = 60
_MOST_DEPTH: Final = 20
_MOST_LISTED: Final = 500
_KINDS: Final[Mapping[ColumnKind, FilterKind]] = {
    ColumnKind.TEXT: FilterKind.TEXT,
    ColumnKind.INTEGER: FilterKind.NUMBER,
    ColumnKind.NUMBER: FilterKind.NUMBER,
    ColumnKind.DATE: FilterKind.DAY,
    ColumnKind.YES_NO: FilterKind.TRUTH,
}
_OPERATORS: Final = {each.value: each for each in FilterOperator}
_FUNCTIONS: Final[Mapping[str, tuple[FilterFunction, int, FilterKind]]] = {
    "contains": (FilterFunction.CONTAINS, 2, FilterKind.TRUTH),
    "startswith": (FilterFunction.STARTSWITH, 2, FilterKind.TRUTH),
    "endswith": (FilterFunction.ENDSWITH, 2, FilterKind.TRUTH),
    "tolower": (FilterFunction.TOLOWER, 1, FilterKind.TEXT),
    "toupper": (FilterFunction.TOUPPER, 1, FilterKind.TEXT),
    "length": (FilterFunction.LENGTH, 1, FilterKind.NUMBER),
}
_NAMED_VALUES: Final[Mapping[str, Literal]] = {
    "true": Literal(True, FilterKind.TRUTH),
    "false": Literal(False, FilterKind.TRUTH),
    "null": Literal(None, FilterKind.NULL),
}


def kind_of(column: Column) -> FilterKind:
    """What a column's cells are compared as."""
    return _KINDS[column.kind]


def read_filter(text: str, columns: Sequence[Column]) -> Expression:
    """The tree of a filter over these columns. Raises AskedWrongly."""
    reader = _Reader(words_of(text), columns)
    found = reader.either(0)
    if reader.word.kind is not FilterWordKind.END:
        raise reader.unexpected()
    return _as_truth(found, reader)


def _as_truth(found: Expression, reader: _Reader) -> Expression:
    if found.kind not in (FilterKind.TRUTH, FilterKind.NULL):
        raise AskedWrongly(
            Reason("filter_no_truth", "saringan harus bernilai benar atau salah, misalnya {example}",
                   {"example": f"{reader.columns[0].name} eq 'x'"}), "$filter"
        )  # fmt: skip
    return found


class _Reader:
    """Reads the words from left to right: `or` binds least, then `and`, `not`, comparisons."""

    def __init__(self, words: Sequence[Word], columns: Sequence[Column]) -> None:
        self.words = words
        self.columns = columns
        self.places = {column.name: place for place, column in enumerate(columns)}
        self.at = 0
        self.parts = 0

    @property
    def word(self) -> Word:
        """The word that is next."""
        return self.words[self.at]

    def takes(self, kind: FilterWordKind, text: str) -> bool:
        """Whether the next word is this one; then it is behind us."""
        if self.word.kind is kind and self.word.text == text:
            self.at += 1
            return True
        return False

    def needs(self, sign: str) -> None:
        """The next word must be this sign."""
        if not self.takes(FilterWordKind.SIGN, sign):
            raise self.unexpected()

    def unexpected(self) -> AskedWrongly:
        """The next word does not belong here."""
        if self.word.kind is FilterWordKind.END:
            return AskedWrongly(Reason("filter_ends", "saringan berhenti di tengah; ada yang kurang"), "$filter")
        return AskedWrongly(
            Reason(
                "filter_word",
                "«{word}» pada huruf ke-{place} tidak dipahami di sini",
                {"word": self.word.text[:40], "place": str(self.word.place)},
            ),
            "$filter",
        )

    def one_more(self, depth: int) -> None:
        """Count a part; refuse what is too much."""
        self.parts += 1
        if self.parts > MOST_PARTS or depth > _MOST_DEPTH:
            raise AskedWrongly(
                Reason(
                    "filter_too_much",
                    "saringan terlalu rumit: paling banyak {most} bagian, {depth} tingkat kurung",
                    {"most": str(MOST_PARTS), "depth": str(_MOST_DEPTH)},
                ),
                "$filter",
            )

    def either(self, depth: int) -> Expression:
        """`a or b or …`."""
        left = self.both(depth)
        while self.takes(FilterWordKind.NAME, "or"):
            self.one_more(depth)
            left = Either(_as_truth(left, self), _as_truth(self.both(depth), self))
        return left

    def both(self, depth: int) -> Expression:
        """`a and b and …`."""
        left = self.negated(depth)
        while self.takes(FilterWordKind.NAME, "and"):
            self.one_more(depth)
            left = Both(_as_truth(left, self), _as_truth(self.negated(depth), self))
        return left

    def negated(self, depth: int) -> Expression:
        """`not a`, or a comparison."""
        if self.takes(FilterWordKind.NAME, "not"):
            self.one_more(depth)
            return Not(_as_truth(self.negated(depth + 1), self))
        return self.compared(depth)

    def compared(self, depth: int) -> Expression:
        """`a eq b`, `a in (…)`, or one value alone."""
        left = self.valued(depth)
        if self.word.kind is not FilterWordKind.NAME:
            return left
        operator = _OPERATORS.get(self.word.text)
        if operator is not None:
            word = self.word
            self.at += 1
            self.one_more(depth)
            right = self.valued(depth)
            _must_fit(left, right, operator, word)
            return Comparison(operator, left, right)
        if self.takes(FilterWordKind.NAME, "in"):
            self.one_more(depth)
            return Within(left, self.listed(left))
        return left

    def listed(self, left: Expression) -> tuple[Value, ...]:
        """The values between brackets."""
        self.needs("(")
        values: list[Value] = []
        while True:
            literal = self.literal()
            if literal is None:
                raise self.unexpected()
            _must_fit(left, literal, FilterOperator.EQ, self.words[self.at - 1])
            values.append(literal.value)
            if len(values) > _MOST_LISTED:
                raise AskedWrongly(
                    Reason("filter_long_list", "daftar sesudah «in» paling banyak {most}", {"most": str(_MOST_LISTED)}),
                    "$filter",
                )
            if self.takes(FilterWordKind.SIGN, ")"):
                return tuple(values)
            self.needs(",")

    def literal(self) -> Literal | None:
        """A written value, if one is next."""
        word = self.word
        if word.kind is FilterWordKind.VALUE:
            self.at += 1
            return Literal(word.value, _kind_of_value(word.value))
        if word.kind is FilterWordKind.NAME and word.text in _NAMED_VALUES and word.text not in self.places:
            self.at += 1
            return _NAMED_VALUES[word.text]
        return None

    def valued(self, depth: int) -> Expression:
        """A bracket, a written value, a call, a column."""
        self.one_more(depth)
        if self.takes(FilterWordKind.SIGN, "("):
            inner = self.either(depth + 1)
            self.needs(")")
            return inner
        literal = self.literal()
        if literal is not None:
            return literal
        if self.word.kind is not FilterWordKind.NAME:
            raise self.unexpected()
        word = self.word
        self.at += 1
        if self.takes(FilterWordKind.SIGN, "("):
            return self.call(word, depth + 1)
        if word.text not in self.places:
            raise AskedWrongly(
                Reason(
                    "column_unknown",
                    "kolom «{column}» tidak ada; yang ada: {known}",
                    {"column": word.text[:60], "known": ", ".join(self.places)},
                ),
                "$filter",
            )
        place = self.places[word.text]
        return Property(place, word.text, kind_of(self.columns[place]))

    def call(self, word: Word, depth: int) -> Expression:
        """What stands behind a function's open bracket."""
        known = _FUNCTIONS.get(word.text)
        if known is None:
            raise AskedWrongly(
                Reason(
                    "function_unknown",
                    "fungsi «{function}» tidak dikenal; yang dikenal: {known}",
                    {"function": word.text[:60], "known": ", ".join(_FUNCTIONS)},
                ),
                "$filter",
                501,
            )
        function, count, kind = known
        given = [self.either(depth)]
        while len(given) < count:
            self.needs(",")
            given.append(self.either(depth))
        self.needs(")")
        for each in given:
            if each.kind not in (FilterKind.TEXT, FilterKind.NULL):
                raise _misfit(word, FilterKind.TEXT, each.kind)
        return Call(function, tuple(given), kind)


def _kind_of_value(value: Value) -> FilterKind:
    if isinstance(value, str):
        return FilterKind.TEXT
    return FilterKind.DAY if isinstance(value, date) else FilterKind.NUMBER


def _misfit(word: Word, left: FilterKind, right: FilterKind) -> AskedWrongly:
    return AskedWrongly(
        Reason(
            "filter_kinds",
            "«{word}» pada huruf ke-{place} membandingkan jenis yang berbeda: {left} dan {right}",
            {"word": word.text[:40], "place": str(word.place), "left": left.value, "right": right.value},
        ),
        "$filter",
    )


def _must_fit(left: Expression, right: Expression, operator: FilterOperator, word: Word) -> None:
    kinds = {left.kind, right.kind} - {FilterKind.NULL}
    if len(kinds) > 1:
        raise _misfit(word, left.kind, right.kind)
    if FilterKind.TRUTH in kinds and operator not in (FilterOperator.EQ, FilterOperator.NE):
        raise _misfit(word, left.kind, right.kind)
