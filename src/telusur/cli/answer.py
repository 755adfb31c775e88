"""What a verb answers: one JSON document for machines, lines and tables for people, and the exit status.

Exit 0 done, 1 the data says no (with reasons), 2 wrong use.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import orjson
from rich.console import Console
from rich.table import Table

__all__ = ["DATA_SAYS_NO", "DONE", "WRONG_USE", "Answer", "Grid", "Stop", "show"]

DONE, DATA_SAYS_NO, WRONG_USE = 0, 1, 2


class Stop(Exception):
    """Ends a verb with one sentence for people and an exit status."""

    def __init__(self, sentence: str, status: int = DATA_SAYS_NO) -> None:
        super().__init__(sentence)
        self.sentence, self.status = sentence, status


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. Cells that are int are set right with dotted thousands; text is set left."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str | int]]
    title: str = ""
    foot: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """`document` is the contract of `--json` (DESIGN of the doors); the rest is for people."""

    document: Mapping[str, object]
    lines: Sequence[str] = field(default=())
    grids: Sequence[Grid] = field(default=())
    status: int = DONE


def _cell(value: str | int) -> str:
    return f"{value:,}".replace(",", ".") if isinstance(value, int) else value


def show(answer: Answer, *, as_json: bool) -> None:
    """Print an answer to standard output."""
    if as_json:
        sys.stdout.write(orjson.dumps(answer.document, option=orjson.OPT_INDENT_2).decode() + "\n")
        return
    # A file or a pipe gets full lines: a table cut to eighty columns would lose names.
    console = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else 200, markup=False)
    for line in answer.lines:
        console.print(line)
    for grid in answer.grids:
        if not grid.rows:
            console.print(grid.title)
            continue
        table = Table(title=grid.title or None, caption=grid.foot or None, title_justify="left", caption_justify="left")
        for position, column in enumerate(grid.columns):
            numeric = isinstance(grid.rows[0][position], int)
            table.add_column(column, justify="right" if numeric else "left")
        for row in grid.rows:
            table.add_row(*map(_cell, row))
        console.print(table)
