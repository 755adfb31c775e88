"""The command line in the test's own process: runs verbs, keeps what they print."""

from __future__ import annotations

import json
from typing import Any

import pytest

from telusur.cli.answer import DONE
from telusur.cli.door import main

__all__ = ["Terminal"]


class Terminal:
    """Runs verbs and keeps what they print. verb: of a terminal that knows one alone."""

    def __init__(self, capsys: pytest.CaptureFixture[str], *verb: str) -> None:
        self.capsys = capsys
        self.verb = verb
        self.status = DONE
        self.error = ""

    def __call__(self, *words: object) -> str:
        self.capsys.readouterr()
        self.status = main([*self.verb, *map(str, words)])
        out, self.error = self.capsys.readouterr()
        assert "Traceback" not in out + self.error
        return out

    def document(self, *words: object) -> Any:
        """The answer as JSON."""
        return json.loads(self(*words, "--json"))

    def done(self, *words: object) -> Any:
        """The answer of a verb that must succeed."""
        out = self(*words, "--json")
        assert self.status == DONE, (words, self.error, out)
        return json.loads(out)
