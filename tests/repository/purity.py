"""Finds what a rules file may not touch: the clock, chance, files, settings, and any module not known to be pure.

An allow-list and not a ban-list: a new module is welcome once someone has thought about it and added it here.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

PURE_MODULES = frozenset(
    {
        "__future__",
        "abc",
        "base64",
        "binascii",
        "bisect",
        "calendar",
        "collections",
        "collections.abc",
        "contextlib",
        "dataclasses",
        "datetime",
        "decimal",
        "difflib",
        "enum",
        "fractions",
        "functools",
        "hashlib",
        "hmac",
        "heapq",
        "ipaddress",
        "itertools",
        "json",
        "math",
        "operator",
        "re",
        "statistics",
        "string",
        "struct",
        "textwrap",
        "types",
        "typing",
        "unicodedata",
        "uuid",
        "numpy",
        "numpy.typing",
        "orjson",
        "rapidfuzz",
        "rapidfuzz.distance",
        "scipy",
        "scipy.sparse",
        "scipy.sparse.csgraph",
        "scipy.special",
        "shapely",
        "shapely.geometry",
        "sparse_dot_topn",
        "tomllib",
        # A Protocol: a rule may name what it is handed.
        "telusur.planning.ports",
    }
)
CLOCK = frozenset({"now", "today", "utcnow"})
CHANCE = frozenset({"uuid1", "uuid4", "urandom", "getrandbits", "shuffle"})
FILES = frozenset({"read_text", "read_bytes", "write_text", "write_bytes", "open", "environ", "getenv", "iterdir"})
BUILT_IN = frozenset({"open", "input", "print", "exec", "eval", "compile", "__import__", "breakpoint"})

_WHY = {
    **dict.fromkeys(CLOCK, "the date is an argument"),
    **dict.fromkeys(CHANCE, "chance is an argument"),
    **dict.fromkeys(FILES, "rules read no files and no environment"),
}


def impurities(module: ast.Module, package: str = "") -> list[str]:
    """One sentence for each thing a rules file may not do, by line.

    package: the dotted package that a relative import starts from.
    """
    return [
        f"line {line}: {what}"
        for node in ast.walk(module)
        for line, what in (*_imports(node, package), *_names(node), *_calls(node))
    ]


def _may_import(name: str) -> bool:
    parts = name.split(".")
    if parts[0] == "telusur":
        return name in PURE_MODULES or parts[1:2] == ["words"] or (len(parts) > 2 and parts[2] == "rules")
    return name in PURE_MODULES or parts[0] == "rapidfuzz"


def _imports(node: ast.AST, package: str) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            if not _may_import(alias.name):
                yield node.lineno, f"imports {alias.name}, which is not known to be pure"
    elif isinstance(node, ast.ImportFrom):
        above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
        name = ".".join([*above, *([node.module] if node.module else [])])
        whole = [f"{name}.{alias.name}" for alias in node.names] if name == "telusur" or name.count(".") == 1 else []
        if not (_may_import(name) or (whole and all(map(_may_import, whole)))):
            yield node.lineno, f"imports {name}, which is not known to be pure"
        for alias in node.names:
            if alias.name in _WHY:
                yield node.lineno, f"imports {alias.name}: {_WHY[alias.name]}"


def _names(node: ast.AST) -> Iterator[tuple[int, str]]:
    # Attributes and not only calls: `default_factory=datetime.now` reads the clock too.
    if isinstance(node, ast.Attribute) and node.attr in _WHY:
        yield node.lineno, f".{node.attr}: {_WHY[node.attr]}"


def _calls(node: ast.AST) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in BUILT_IN:
        yield node.lineno, f"{node.func.id}(): rules speak with nobody"
