"""Whether a row passes a filter: the tree as one function of a row. Pure.

Null is neither true nor false: it spreads through comparisons of order, calls and `not`; what ends as
null does not pass.
`eq` and `ne` know null. Text is compared by code points, as it is written; `tolower` folds.
Source: OData 4.0 part 2, section 5.1.1.1.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from typing import Any

from telusur.api.rules.odata_parts import (
    Both,
    Call,
    Comparison,
    Either,
    Expression,
    FilterFunction,
    FilterOperator,
    Literal,
    Not,
    Property,
    Within,
)  # fmt: skip
from telusur.opendata.rules.columns import Value

__all__ = ["keeper"]

Row = Sequence[Value]
# Value or truth; None is null.
_Yields = Callable[[Row], Any]
_ORDER: dict[FilterOperator, Callable[[Any, Any], bool]] = {
    FilterOperator.GT: operator.gt,
    FilterOperator.GE: operator.ge,
    FilterOperator.LT: operator.lt,
    FilterOperator.LE: operator.le,
}
_TWO: dict[FilterFunction, Callable[[str, str], bool]] = {
    FilterFunction.CONTAINS: lambda text, part: part in text,
    FilterFunction.STARTSWITH: str.startswith,
    FilterFunction.ENDSWITH: str.endswith,
}
_ONE: dict[FilterFunction, Callable[[str], str | int]] = {
    FilterFunction.TOLOWER: str.lower,
    FilterFunction.TOUPPER: str.upper,
    FilterFunction.LENGTH: len,
}


def keeper(expression: Expression) -> Callable[[Row], bool]:
    """A function that says of a row whether it passes."""
    yields = _yields(expression)
    return lambda row: yields(row) is True


def _yields(expression: Expression) -> _Yields:
    match expression:
        case Literal(value=value):
            return lambda row: value
        case Property(place=place):
            return operator.itemgetter(place)
        case Comparison():
            return _compared(expression)
        case Within(left=left, values=values):
            inner, among = _yields(left), frozenset(values)
            return lambda row: inner(row) in among
        case Not(inner=negated):
            return _negated(_yields(negated))
        case Both(left=left, right=right):
            return _joined(_yields(left), _yields(right), decisive=False)
        case Either(left=left, right=right):
            return _joined(_yields(left), _yields(right), decisive=True)
        case Call():
            return _called(expression)


def _compared(expression: Comparison) -> _Yields:
    left, right = _yields(expression.left), _yields(expression.right)
    if expression.operator is FilterOperator.EQ:
        return lambda row: left(row) == right(row)
    if expression.operator is FilterOperator.NE:
        return lambda row: left(row) != right(row)
    order = _ORDER[expression.operator]

    def compare(row: Row) -> bool | None:
        one, other = left(row), right(row)
        return None if one is None or other is None else order(one, other)

    return compare


def _negated(inner: _Yields) -> _Yields:
    def negate(row: Row) -> bool | None:
        found = inner(row)
        return None if found is None else not found

    return negate


def _joined(left: _Yields, right: _Yields, *, decisive: bool) -> _Yields:
    """`or` where one true decides, `and` where one false does."""

    def join(row: Row) -> bool | None:
        one: bool | None = left(row)
        if one is decisive:
            return decisive
        other: bool | None = right(row)
        if other is decisive:
            return decisive
        return None if one is None or other is None else not decisive

    return join


def _called(expression: Call) -> _Yields:
    given = [_yields(each) for each in expression.given]
    if expression.function in _ONE:
        change, text = _ONE[expression.function], given[0]

        def changed(row: Row) -> Value:
            found = text(row)
            return None if found is None else change(found)

        return changed
    ask, whole, part = _TWO[expression.function], given[0], given[1]

    def asked(row: Row) -> bool | None:
        one, other = whole(row), part(row)
        return None if one is None or other is None else ask(one, other)

    return asked
