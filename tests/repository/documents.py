"""Reads the documents that tests hold to the code: Markdown tables, backticked terms, commands, environment variables."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

TICKED = re.compile(r"`([^`\n]+)`")
FENCE = re.compile(r"^```[a-z]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
Rows = Sequence[Sequence[str]]


def tables(text: str) -> Mapping[str, Rows]:
    """The rows (cells, without the head) of the tables below each heading. A heading without a table is absent."""
    found: dict[str, list[list[str]]] = {}
    heading, in_body = "", False
    for line in text.splitlines():
        if line.startswith("#"):
            heading, in_body = line.lstrip("# ").strip(), False
        elif not line.startswith("|"):
            in_body = False
        elif re.fullmatch(r"[|:\- ]+", line):
            in_body = True
        elif in_body:
            found.setdefault(heading, []).append([cell.strip() for cell in line.strip("|").split(" | ")])
    return found


def ticked(text: str) -> list[str]:
    """What stands between single backticks."""
    return TICKED.findall(text)


def commands(text: str) -> list[str]:
    """The lines of fenced blocks and the inline code that begin with one of our commands."""
    lines = [line for block in FENCE.findall(text) for line in block.splitlines()]
    inline = ticked(FENCE.sub("", text))
    parts = [part.strip().removeprefix("$ ") for line in [*lines, *inline] for part in re.split(r"&&|\|(?!\|)", line)]
    return [part for part in parts if re.match(r"(\./|telusur |make |python -m |\.ci/)", part)]


def command_faults(found: Iterable[str], root: Path, verbs: Iterable[str], targets: Iterable[str]) -> list[str]:
    """Commands that do not exist: a script, a verb of `telusur`, a target of make, a module."""
    faults: list[str] = []
    for command in found:
        first, *rest = command.split()
        second = rest[0] if rest else ""
        if first.startswith((".", "/")):
            known = (root / first).is_file()
        elif first == "telusur":
            known = second.startswith(("-", "…")) or second.isupper() or second in verbs
        elif first == "make":
            known = second in targets
        else:
            module = rest[1] if len(rest) > 1 else ""
            where = module.replace(".", "/")
            files = [root / folder / f"{where}{end}" for folder in ("", "src") for end in (".py", "/__main__.py")]
            known = any(map(Path.is_file, files)) or not module.startswith(("telusur", "tests", "bench"))
        if not known:
            faults.append(command)
    return faults


def environment(module: ast.Module) -> set[str]:
    """Names of the environment variables that a module reads."""
    names: set[str] = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Subscript) and ast.unparse(node.value).endswith("environ"):
            names |= _text(node.slice)
        elif isinstance(node, ast.Call) and node.args:
            of = ast.unparse(node.func)
            if of.endswith(("environ.get", "environ.setdefault", "environ.pop", "getenv")):
                names |= _text(node.args[0])
    return names


def _text(node: ast.AST) -> set[str]:
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def defined(module: ast.Module) -> set[str]:
    """The names that a module defines at its top: functions, classes, constants."""
    names: set[str] = set()
    for node in module.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.add(node.target.id)
    return names


def public_classes(module: ast.Module, bases: Iterable[str] = ()) -> set[str]:
    """Public classes at a module's top; with `bases`, only those that have one of them."""
    wanted = set(bases)
    return {
        node.name
        for node in module.body
        if isinstance(node, ast.ClassDef)
        and not node.name.startswith("_")
        and (not wanted or wanted & {ast.unparse(base).rpartition(".")[2] for base in node.bases})
    }


def versions(changelog: str) -> list[str]:
    """The versions that a changelog has a heading for."""
    return re.findall(r"^## (\d+\.\d+\.\d+)", changelog, re.MULTILINE)
