"""The command `telusur`: finds the verb, runs it, prints its answer. No decision is made here.

`telusur VERB --help` explains each; `--json` gives one document.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import NoReturn

from telusur.cli.answer import DATA_SAYS_NO, DONE, WRONG_USE, Answer, Stop, show

__all__ = ["main"]

# In the order of the work, so that `telusur --help` reads as the job.
VERBS = (
    "init",
    "import_",
    "editions",
    "refusals",
    "diff",
    "areas",
    "locate",
    "match",
    "judge",
    "link",
    "people",
    "hold",
    "round_",
    "plan",
    "visits",
    "derive",
    "balance",
    "estimate",
    "notices",
    "reports",
    "corrections",
    "export",
    "kkmp",
    "laws",
    "standing",
    "meetings",
    "tokens",
    "webhooks",
    "figures",
    "demo",
    "serve",
    "check",
)


class _Parser(argparse.ArgumentParser):
    """argparse with one sentence for a mistake instead of a usage block."""

    def error(self, message: str) -> NoReturn:
        raise Stop(f"{message}; lihat `{self.prog} --help`", WRONG_USE)


def _parser() -> tuple[_Parser, dict[str, ModuleType]]:
    parser = _Parser(prog="telusur", description="Register koperasi yang dapat dipertanggungjawabkan.")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    modules: dict[str, ModuleType] = {}
    for name in VERBS:
        module = importlib.import_module(f"telusur.cli.{name}")
        modules[module.NAME] = module
        verb = verbs.add_parser(module.NAME, help=module.HELP, description=module.HELP)
        verb.add_argument("--json", action="store_true", help="jawaban sebagai satu dokumen JSON")
        module.add_arguments(verb)
    return parser, modules


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "telusur.web.settings")
    try:
        parser, modules = _parser()
        args = parser.parse_args(argv)
        answer: Answer = modules[args.verb].run(args)
    except Stop as stop:
        sys.stderr.write(f"telusur: {stop.sentence}\n")
        return stop.status
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            return DONE
        name = f"{error.filename}: " if error.filename else ""
        sys.stderr.write(f"telusur: {name}{error.strerror or error}\n")
        return DATA_SAYS_NO
    except KeyboardInterrupt:
        sys.stderr.write("telusur: dihentikan; tidak ada yang setengah tertulis\n")
        return 130
    show(answer, as_json=args.json)
    return answer.status


if __name__ == "__main__":
    sys.exit(main())
