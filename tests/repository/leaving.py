"""Which doors hand out something that somebody keeps: a file, a sheet, a document for machines.

In: the source of the doors and the command line itself. Out: the addresses and the options that write; each must stand in
the table of exports (tests/journeys/exports.py), so that a new one is written twice and compared.
"""

from __future__ import annotations

import argparse
import ast
from collections.abc import Iterator
from pathlib import Path

from telusur.cli.door import _parser
from tests.repository.house import SRC, module_name, python_files, tree
from tests.rooms.web.doors import callbacks, declared

__all__ = ["file_addresses", "file_options", "writing_functions"]

# Doors for machines alone: all that they answer is a document.
_MACHINES = ("telusur.api.",)
# What a function of the pages names when its answer is no page.
_SIGNS = frozenset({"FileResponse", "StreamingHttpResponse", "JsonResponse", "Content-Disposition"})


def _names(node: ast.AST) -> set[str]:
    """Words of the source below a node: names, attributes, texts."""
    found = set()
    for each in ast.walk(node):
        match each:
            case ast.Name(id=word) | ast.Attribute(attr=word) | ast.Constant(value=str(word)):
                found.add(word)
            case _:
                pass
    return found


def _returned(node: ast.FunctionDef) -> set[str]:
    """The functions whose answer a function hands on."""
    calls = [
        call.func
        for each in ast.walk(node)
        if isinstance(each, ast.Return) and each.value is not None
        for call in ast.walk(each.value)
        if isinstance(call, ast.Call)
    ]
    return {func.id for func in calls if isinstance(func, ast.Name)}


def _imports(module: ast.Module) -> dict[str, str]:
    return {
        alias.asname or alias.name: node.module
        for node in module.body
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }


def writing_functions(modules: dict[str, ast.Module]) -> set[tuple[str, str]]:
    """(module, function) of all whose answer is a file, themselves or by handing on another's answer."""
    functions = {
        (name, node.name): node
        for name, module in modules.items()
        for node in ast.walk(module)
        if isinstance(node, ast.FunctionDef)
    }
    imports = {name: _imports(module) for name, module in modules.items()}
    found = {key for key, node in functions.items() if _names(node) & _SIGNS}
    while True:
        more = {
            (name, function)
            for (name, function), node in functions.items()
            if (name, function) not in found
            and any((imports[name].get(called, name), called) in found for called in _returned(node))
        }
        if not more:
            return found
        found |= more


def file_addresses() -> set[str]:
    """The addresses of the site that can be asked (GET) and whose answer is no page."""
    pages = {module_name(path): tree(path) for path in python_files(SRC / "web" / "pages")}
    writing, table = writing_functions(pages), declared()
    return {
        name
        for name, (module, function) in callbacks().items()
        if ((module, function) in writing or module.startswith(_MACHINES))
        and (name not in table or "GET" in table[name].methods)
    }


def file_options() -> set[str]:
    """The options of the command line that name a file or a folder: "balance --out"."""
    return set(_options(_parser()[0], ()))


def _options(parser: argparse.ArgumentParser, verb: tuple[str, ...]) -> Iterator[str]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                yield from _options(below, (*verb, name))
        elif action.option_strings and (action.type is Path or _names_file(str(action.metavar))):
            yield " ".join((*verb, action.option_strings[-1]))


def _names_file(metavar: str) -> bool:
    return any(word in metavar.upper() for word in ("FILE", "FOLDER", "BERKAS"))
