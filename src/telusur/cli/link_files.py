"""The files of `telusur link`: pairs with their reasons, the report, the model, the choice of columns.

In: what the engine was asked and answered, and the drafts to write to. Nothing is written under a file's own name here.
"""

from __future__ import annotations

import argparse
import gettext
from collections.abc import Mapping
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import orjson

# The rules of matching need numpy; other verbs shall not wait for it.
if TYPE_CHECKING:
    from telusur.matching.ports import LinkResult, Table
    from telusur.matching.rules.groups import Group
    from telusur.matching.rules.linked import LinkedPair
    from telusur.matching.rules.schema import Schema

__all__ = ["Against", "Prepared", "groups_in", "write_files"]

# What speaks against a pair, by its two ids.
Against = Mapping[tuple[str, str], str]


class Prepared(NamedTuple):
    """What the engine is asked: two tables (right None for one with itself), the schema, the id columns' labels."""

    left: Table
    right: Table | None
    schema: Schema
    ids: tuple[str, str]


def groups_in(prepared: Prepared, result: LinkResult) -> Mapping[str, Group]:
    """The groups that one table's matches make; none of two tables."""
    from telusur.matching.rules.groups import groups_of

    return groups_of(result.pairs) if prepared.right is None else {}


def write_files(
    args: argparse.Namespace, prepared: Prepared, result: LinkResult, against: Against, drafts: dict[str, Path]
) -> None:
    """All files that were asked for, under their drafts' names."""
    from telusur.matching.report.lines import explainer, joined
    from telusur.matching.rules.groups import chain_reason
    from telusur.matching.rules.model import model_to_json
    from telusur.matching.rules.schema_file import schema_to_toml
    from telusur.matching.tables.writing import PairRow, write_pairs

    explain = explainer(result.model)
    if (path := drafts.get("out")) is not None:
        groups = groups_in(prepared, result)

        def row(pair: LinkedPair) -> PairRow:
            group = groups.get(pair.left_id) if pair.decision == "match" else None
            says = [
                joined(explain(pair)),
                *([] if group is None or not group.apart else [chain_reason(group).sentence()]),
                *filter(None, [against.get((pair.left_id, pair.right_id))]),
            ]
            told = pair.probability, pair.decision, round(pair.weight, 3), " · ".join(says)
            return PairRow(pair.left_id, pair.right_id, *told, "" if group is None else group.name)

        write_pairs(path, map(row, result.pairs), count=len(result.pairs))
    if (path := drafts.get("save_model")) is not None:
        path.write_bytes(
            orjson.dumps(model_to_json(result.model), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
        )
    if (path := drafts.get("save_schema")) is not None:
        path.write_text(
            schema_to_toml(prepared.schema, id_left=prepared.ids[0], id_right=prepared.ids[1]), encoding="utf-8"
        )
    if (path := drafts.get("report")) is not None:
        path.write_text(_report(args, prepared, result), encoding="utf-8")


def _report(args: argparse.Namespace, prepared: Prepared, result: LinkResult) -> str:
    from telusur.matching.report.facts import Rows
    from telusur.matching.report.page import Report, report_page
    from telusur.matching.report.words import Words
    from telusur.matching.rules.explain import explain_pair

    catalogue = gettext.translation(
        "django", Path(__file__).parents[1] / "web" / "locale", languages=[args.lang], fallback=True
    )
    left = Rows(prepared.left)
    right = left if prepared.right is None else Rows(prepared.right)
    return report_page(
        Report(
            result,
            prepared.left,
            prepared.right,
            (args.left.name, (args.right or args.left).name),
            args.engine,
            _version(),
            datetime.now().astimezone().strftime("%d/%m/%Y %H:%M"),
            lambda pair: explain_pair(result.model, pair, left.values(pair.left_id), right.values(pair.right_id)),
            Words(args.lang, catalogue.gettext),
            args.mask,
        )
    )


def _version() -> str:
    try:
        return metadata.version("telusur")
    except metadata.PackageNotFoundError:
        return "–"
