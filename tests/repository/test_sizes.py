"""Nothing is larger than a reader can hold: `python -m tests.repository.sizes` prints the table."""

from __future__ import annotations

import ast

import pytest

from tests.repository import sizes


@pytest.mark.long
def test_nothing_is_above_its_hard_line() -> None:
    found = sizes.too_large(sizes.of_the_house())
    assert not found, "\n".join(found)


def test_a_long_function_is_noticed() -> None:
    long = ast.parse("def walk():\n" + "    pass\n" * 60)
    assert sizes.too_large(sizes.of_functions(long, "walk.py")) == ["walk.py:1 walk: lines of a function 61 > 60"]


def test_nine_parameters_are_noticed() -> None:
    wide = ast.parse("def walk(self, a, b, c, d, e, f, *, g, h, **i): ...")
    assert sizes.too_large(sizes.of_functions(wide, "walk.py")) == ["walk.py:1 walk: parameters 9 > 8"]


def test_eight_parameters_pass() -> None:
    assert not sizes.too_large(sizes.of_functions(ast.parse("def walk(self, a, b, c, d, e, f, g, h): ..."), "walk.py"))


def test_a_third_floor_of_classes_is_noticed() -> None:
    tower = ast.parse("class A(dict): ...\nclass B(A): ...\nclass C(B): ...\nclass D(m.C[int]): ...")
    assert sizes.depths([tower]) == {"A": 0, "B": 1, "C": 2, "D": 3}


def test_the_table_names_the_largest() -> None:
    shown = sizes.table(
        [
            sizes.Measure("lines of a source file", "a.py", 10, 400),
            sizes.Measure("lines of a source file", "b.py", 90, 400),
        ]
    )
    assert shown.splitlines()[1].endswith("b.py")
