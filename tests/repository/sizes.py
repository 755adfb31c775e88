"""Measures files, functions, parameters and inheritance against the hard lines of the design.

`python -m tests.repository.sizes` prints the table.
"""

from __future__ import annotations

import ast
import statistics
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from tests.repository.house import ROOT, SRC, TESTS, inside, python_files, tree

SOURCE_LINES, FUNCTION_LINES, PARAMETERS, DEPTH, TEMPLATE_LINES, TEST_LINES, README_LINES = 400, 60, 8, 2, 200, 500, 30

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Measure(NamedTuple):
    """One measured thing: what, where, how large."""

    what: str
    where: str
    size: int
    line: int


def lines(path: Path) -> int:
    """How many lines a file has."""
    return len(path.read_text(encoding="utf-8").splitlines())


def functions(module: ast.Module) -> Iterable[Function]:
    """Every function of a module, methods and inner ones included."""
    return (node for node in ast.walk(module) if isinstance(node, Function))


def length(function: Function) -> int:
    """Lines from `def` to the end, the docstring included."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def parameters(function: Function) -> int:
    """How many arguments a function takes; self and cls do not count."""
    given = function.args
    names = [each.arg for each in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
    return len([name for name in names if name not in ("self", "cls")]) + bool(given.vararg) + bool(given.kwarg)


def depths(modules: Iterable[ast.Module]) -> Mapping[str, int]:
    """For each class of ours, how many classes of ours stand above it."""
    bases: dict[str, list[str]] = {}
    for module in modules:
        for node in ast.walk(module):
            if isinstance(node, ast.ClassDef):
                names = [ast.unparse(base).partition("[")[0].rpartition(".")[2] for base in node.bases]
                bases.setdefault(node.name, []).extend(names)

    def above(name: str, seen: frozenset[str]) -> int:
        ours = [base for base in bases.get(name, []) if base in bases and base not in seen]
        return max((1 + above(base, seen | {base}) for base in ours), default=0)

    return {name: above(name, frozenset({name})) for name in bases}


def too_large(measures: Iterable[Measure]) -> list[str]:
    """One sentence for each measure above its hard line."""
    return [f"{each.where}: {each.what} {each.size} > {each.line}" for each in measures if each.size > each.line]


def of_functions(module: ast.Module, where: str) -> list[Measure]:
    """Length and parameters of every function of one module."""
    return [
        measure
        for function in functions(module)
        for measure in (
            Measure(
                "lines of a function", f"{where}:{function.lineno} {function.name}", length(function), FUNCTION_LINES
            ),
            Measure("parameters", f"{where}:{function.lineno} {function.name}", parameters(function), PARAMETERS),
        )
    ]


def of_the_house() -> list[Measure]:
    """Everything measured. Migrations are written by a machine: only their functions count."""
    found: list[Measure] = []
    for path in [*python_files(SRC), *python_files(ROOT / "bench")]:
        if path.parent.name != "migrations":
            found.append(Measure("lines of a source file", inside(path), lines(path), SOURCE_LINES))
        found += of_functions(tree(path), inside(path))
    for path in python_files(TESTS):
        found.append(Measure("lines of a test file", inside(path), lines(path), TEST_LINES))
        found += of_functions(tree(path), inside(path))
    for path in sorted(SRC.rglob("*.html")):
        found.append(Measure("lines of a template", inside(path), lines(path), TEMPLATE_LINES))
    for path in sorted([*SRC.rglob("*.js"), *SRC.rglob("*.css")]):
        found.append(Measure("lines of a source file", inside(path), lines(path), SOURCE_LINES))
    for path in sorted(SRC.glob("*/README.md")):
        found.append(Measure("lines of a room's README", inside(path), lines(path), README_LINES))
    for name, depth in depths(map(tree, python_files(SRC))).items():
        found.append(Measure("classes of ours above", name, depth, DEPTH))
    return found


def table(measures: Iterable[Measure]) -> str:
    """Count, median, ninetieth percentile and largest of each kind, as text."""
    kinds: dict[str, list[Measure]] = {}
    for each in measures:
        kinds.setdefault(each.what, []).append(each)
    rows = [f"{'':26}{'count':>7}{'median':>8}{'p90':>6}{'max':>6}{'line':>6}  largest"]
    for what, found in kinds.items():
        ordered = sorted(found, key=lambda each: each.size)
        sizes = [each.size for each in ordered]
        p90 = sizes[min(len(sizes) - 1, len(sizes) * 9 // 10)]
        middle, last = statistics.median_low(sizes), ordered[-1]
        rows.append(f"{what:26}{len(sizes):7}{middle:8}{p90:6}{last.size:6}{last.line:6}  {last.where}")
    return "\n".join(rows)


if __name__ == "__main__":
    sys.stdout.write(table(of_the_house()) + "\n")
