"""Collects every Reason that the code can give and writes docs/reasons.md from them.

`python -m tests.repository.reasons` rewrites the document; a test compares it. A code that comes through a small function
(`_refuse("file_empty", …)`) is followed to the calls; a code put together at run time is shown with its places.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.repository.house import DOCS, SRC, inside, python_files, tree

DOCUMENT = DOCS / "reasons.md"
HEAD = """# Reasons

Every verdict, warning and refusal carries a reason: a stable code (stored, never renamed) and an Indonesian sentence.
Doors translate the sentence. Written from the code by `python -m tests.repository.reasons`; a test compares the two.

| code | sentence | said by |
|---|---|---|
"""

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Said(NamedTuple):
    """One reason as the code says it."""

    code: str
    sentence: str
    where: str


class _Place(NamedTuple):
    call: ast.Call
    name: str
    function: Function | None
    path: Path


def _calls(module: ast.Module, path: Path) -> Iterator[_Place]:
    def walk(node: ast.AST, function: Function | None) -> Iterator[_Place]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Call):
                yield _Place(child, _name_of(child), function, path)
            yield from walk(child, child if isinstance(child, Function) else function)

    yield from walk(module, None)


def _argument(call: ast.Call, name: str, position: int) -> ast.expr | None:
    for keyword in call.keywords:
        if keyword.arg == name:
            return keyword.value
    return call.args[position] if len(call.args) > position else None


def _literals(node: ast.expr | None, function: Function | None) -> list[str]:
    """The texts that an expression can be, f-strings with their places; none where it cannot be seen."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.JoinedStr):
        parts = [part.value if isinstance(part, ast.Constant) else "…" for part in node.values]
        return ["".join(map(str, parts)).replace("{{", "{").replace("}}", "}")]
    if isinstance(node, ast.IfExp):
        return [*_literals(node.body, function), *_literals(node.orelse, function)]
    if isinstance(node, ast.Name) and function is not None:
        above = [
            each
            for each in ast.walk(function)
            if isinstance(each, ast.Assign)
            and each.lineno < node.lineno
            and any(isinstance(target, ast.Name) and target.id == node.id for target in each.targets)
        ]
        # A name that is set again means what the last line above it says.
        return _literals(max(above, key=lambda each: each.lineno).value, function) if above else []
    return []


def _parameter(node: ast.expr | None, function: Function | None) -> tuple[str, int] | None:
    if not isinstance(node, ast.Name) or function is None:
        return None
    names = [each.arg for each in (*function.args.posonlyargs, *function.args.args)]
    names = names[1:] if names[:1] in (["self"], ["cls"]) else names
    if node.id in names:
        return node.id, names.index(node.id)
    return (node.id, 99) if node.id in [each.arg for each in function.args.kwonlyargs] else None


def _name_of(call: ast.Call) -> str:
    """The last name of what is called; blank where it has none."""
    called = call.func
    return called.id if isinstance(called, ast.Name) else called.attr if isinstance(called, ast.Attribute) else ""


def collect(modules: Iterable[tuple[Path, ast.Module]]) -> list[Said]:
    """Every reason that the modules can give, by code."""
    places = [place for path, module in modules for place in _calls(module, path)]
    callers: dict[str, list[_Place]] = {}
    for place in places:
        callers.setdefault(place.name, []).append(place)
    found: set[Said] = set()
    for place in callers.get("Reason", []):
        code, says = _argument(place.call, "code", 0), _argument(place.call, "says", 1)
        handed = _parameter(code, place.function)
        if handed is None:
            found |= _said(place, code, says)
            continue
        says_handed = _parameter(says, place.function)
        for caller in callers.get(place.function.name, []) if place.function else ():
            said = _argument(caller.call, *says_handed) if says_handed else says
            holder = caller if says_handed else place
            found |= _said(caller, _argument(caller.call, *handed), said, holder)
    return sorted(found)


def _said(place: _Place, code: ast.expr | None, says: ast.expr | None, says_place: _Place | None = None) -> set[Said]:
    sentence = " / ".join(_literals(says, (says_place or place).function))
    where = place.path.relative_to(SRC).as_posix() if place.path.is_relative_to(SRC) else place.path.name
    return {Said(each, sentence, where) for each in _literals(code, place.function)}


def merged(said: Iterable[Said]) -> Mapping[str, tuple[list[str], list[str]]]:
    """Sentences and places of each code."""
    by_code: dict[str, tuple[list[str], list[str]]] = {}
    for each in said:
        sentences, places = by_code.setdefault(each.code, ([], []))
        if each.sentence and each.sentence not in sentences:
            sentences.append(each.sentence)
        if each.where not in places:
            places.append(each.where)
    return by_code


def _cell(sentences: Iterable[str]) -> str:
    return " · ".join(sentences).replace("|", "/") or "(by its cause)"


def document(said: Iterable[Said]) -> str:
    """The whole text of docs/reasons.md."""
    rows = [
        f"| `{code}` | {_cell(sentences)} | {', '.join(f'`{each}`' for each in places)} |"
        for code, (sentences, places) in merged(said).items()
    ]
    return HEAD + "\n".join(rows) + "\n"


@cache
def of_the_house() -> list[Said]:
    """Every reason of the package."""
    return collect((path, tree(path)) for path in python_files(SRC))


if __name__ == "__main__":
    DOCUMENT.write_text(document(of_the_house()), encoding="utf-8")
    sys.stdout.write(f"{inside(DOCUMENT)}: {len(merged(of_the_house()))} codes\n")
