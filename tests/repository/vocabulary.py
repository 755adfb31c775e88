"""The fixed vocabulary of a room's files, and the names that no file may have."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

# Rooms whose files are named by their own words: values (words), doors (cli, web), the inventor of cities (demo).
FREE_ROOMS = frozenset({"words", "paper", "cli", "web", "demo", "phone"})
_CODE = ("rules", "models", "actions", "queries", "forms", "views", "urls", "ports", "apps", "__init__")
FILES = frozenset({*(f"{name}.py" for name in _CODE), "README.md"})
FOLDERS = frozenset({"rules", "migrations", "templates"})
# Adapters for outside parties (files, databases, packages) and data that a room ships. A new folder is named here first.
ADAPTERS = {
    "api": frozenset({"features", "odata", "public", "reconcile", "rest", "webhooks"}),
    "areas": frozenset({"readers", "writers"}),
    "corrections": frozenset({"registries", "sheets", "writers"}),
    "dashboards": frozenset({"kept", "sheets"}),
    "intake": frozenset({"readers", "layouts", "sheets"}),
    "laws": frozenset({"articles", "holidays", "policies"}),
    "matching": frozenset({"engines", "report", "tables", "writers"}),
    "merah_putih": frozenset({"programme", "trade"}),
    "notices": frozenset({"proofs", "sheets", "writers"}),
    "opendata": frozenset({"shelf", "writers"}),
    "planning": frozenset({"routers", "roads", "sheets"}),
    "register": frozenset({"searchers", "writers"}),
    "rounds": frozenset({"sheets"}),
    "selfreport": frozenset({"sheets", "uploads", "writers"}),
    "standing": frozenset({"sheets"}),
    "visits": frozenset({"cable", "disk", "photos"}),
}
BANNED = re.compile(r"(^|_)(utils?|helpers?|common|misc|base|managers?|services?)(_|$)")
README_PARTS = ("Comes in", "Goes out", "Law", "Tables", "Does not belong")
MIGRATION = re.compile(r"^\d{4}_[a-z][a-z0-9_]+$")


def banned_names(paths: Iterable[PurePosixPath]) -> list[str]:
    """Files and folders whose name says nothing. A migration's name is judged elsewhere."""
    return [
        f"{path}: a file of this name can hold anything; name it by its topic"
        for path in paths
        if any(BANNED.search(PurePosixPath(part).stem) for part in path.parts)
    ]


def strangers(room: str, names: Iterable[str]) -> list[str]:
    """Files and folders directly in a room that the vocabulary does not know."""
    if room in FREE_ROOMS:
        return []
    known = FILES | FOLDERS | ADAPTERS.get(room, frozenset())
    found = [f"{room}/{name} is not in the vocabulary of rooms" for name in names if name not in known]
    if {"rules", "rules.py"} <= set(names):
        found.append(f"{room} has both rules.py and rules/")
    return found


def readme_faults(room: str, text: str) -> list[str]:
    """What a room's README lacks."""
    found = [f"{room}/README.md does not say «{part}»" for part in README_PARTS if f"**{part}**:" not in text]
    if not text.startswith(f"# {room}: "):
        found.append(f"{room}/README.md does not open with «# {room}: …»")
    return found


def undocumented(module: ast.Module) -> list[str]:
    """The module, its public classes and its public functions that have no docstring. Overrides and inner ones are free."""
    found = [] if ast.get_docstring(module) or not module.body else ["the module"]
    for node in module.body:
        if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) or node.name.startswith("_"):
            continue
        if not ast.get_docstring(node):
            found.append(node.name)
    return found


def migration_faults(app: str, sources: Iterable[tuple[str, ast.Module]]) -> list[str]:
    """What is wrong with an app's migrations: names without an effect, two heads, code of the application.

    sources: (name without suffix, syntax), any order.
    """
    found: list[str] = []
    parents: dict[str, list[str]] = {}
    for name, module in sources:
        if not MIGRATION.match(name) or re.search(r"_(auto|initial|alter|merge)(_|$)", name):
            found.append(f"{app}/{name}: name it for its effect, as 0001_begin or 0002_append_only")
        parents[name] = [parent for of, parent in _dependencies(module) if of == app]
        found += [f"{app}/{name}: imports {what}; a migration must outlive the code" for what in _own_imports(module)]
    heads = set(parents) - {parent for above in parents.values() for parent in above}
    if len(heads) > 1:
        found.append(f"{app}: migrations fork into {', '.join(sorted(heads))}")
    found += [f"{app}/{name}: follows two migrations" for name, above in parents.items() if len(above) > 1]
    return found


def _dependencies(module: ast.Module) -> list[tuple[str, str]]:
    for node in ast.walk(module):
        if isinstance(node, ast.Assign) and any(
            isinstance(t, ast.Name) and t.id == "dependencies" for t in node.targets
        ):
            pairs = node.value.elts if isinstance(node.value, ast.List | ast.Tuple) else []
            return [ast.literal_eval(pair) for pair in pairs if isinstance(pair, ast.Tuple)]
    return []


def _own_imports(module: ast.Module) -> list[str]:
    names: list[str] = []
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names.append("." * node.level + (node.module or ""))
    return [name for name in names if name.startswith(("telusur", ".", "importlib"))]


def entries(folder: Path) -> list[str]:
    """What lies directly in a room."""
    return sorted(path.name for path in folder.iterdir() if path.name != "__pycache__")
