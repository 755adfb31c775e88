"""Everything that Telusur writes for somebody to keep, written once into a folder: the table, and the program that runs it.

Run as a process of its own (`python -m tests.journeys.exports FOLDER`) on the data folder of TELUSUR_DATA, so that two runs
can differ in what no export may depend on: the seed of Python's hashes, the process, the minute. The moment is an argument
wherever a verb or an address takes one.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

__all__ = ["ADDRESSES", "ANSWERS", "ASIDE", "OPTIONS", "SAY_NOW", "main"]


# Option of the command line → the verb's words; {out} is the file or folder. Several forms: several rows.
OPTIONS: Mapping[str, Sequence[str]] = {
    "balance --out": ("balance --on {on} --known-at {known} --out {out}.xlsx",),
    "corrections --out": (
        "corrections sheet --number {sheet} --out {out}.xlsx --by rani",
        "corrections letter --number {sheet} --out {out}.pdf --by rani",
    ),
    "demo --file": ("demo --rows 60 --file {out}.csv", "demo --rows 60 --file {out}.xlsx"),
    "demo --next": ("demo --rows 60 --file {out}-1.csv --next {out}-2.csv",),
    "export --out": ("export all --format all --on {on} --known-at {known} --out {out}",),
    "figures --out": (
        "figures show {figure} --out {out}.csv",
        "figures show {figure} --out {out}.png",
        "figures press --on {on} --known-at {known} --out {out}-press.pdf --by hadi",
        "figures monthly --on {on} --known-at {known} --out {out}-month.pdf --by hadi",
    ),
    "link --out": tuple(f"link {{left}} {{right}} --out {{out}}.{form}" for form in ("csv", "xlsx", "parquet")),
    "link --report": ("link {left} {right} --report {out}.html",),
    "link --save-model": ("link {left} {right} --save-model {out}.json --out {out}.csv",),
    "link --save-schema": ("link {left} {right} --save-schema {out}.toml --out {out}.csv",),
    "locate --out": tuple(f"locate {{left}} --address Alamat --out {{out}}.{form}" for form in ("csv", "xlsx")),
    "notices dossier --out": ("notices dossier {case} --on {on} --known-at {known} --out {out}.pdf --by dewi",),
    "notices print --out": ("notices print --out {out} --by dewi",),
    "notices public --out": tuple(
        f"notices public --format {form} --on {{on}} --out {{out}}.{form}" for form in ("csv", "json", "atom", "ics")
    ),
    "refusals --out": ("refusals {refused} --out {out}.xlsx",),
    "reports --out": ("reports form --out {out}.toml --by rani", "reports receipt {report} --out {out}.pdf --by rani"),
    "visits --template": ("visits --template {out}.xlsx --by rani",),
}
# What `--json` prints: a document that machines keep.
ANSWERS: Sequence[str] = (
    "balance --on {on} --known-at {known} --by kelurahan",
    "corrections fates",
    "corrections list",
    "diff {old} {new}",
    "editions",
    "estimate --on {on} --known-at {known}",
    "figures list",
    "figures show {figure}",
    "kkmp list",
    "laws --on {on}",
    "laws policies --on {on}",
    "meetings --on {on} --known-at {known}",
    "notices candidates --by dewi",
    "notices list --on {on} --by dewi",
    "notices show {case} --by dewi",
    "reports list --by rani",
    "standing --on {on} --known-at {known}",
    "standing --on {on} --known-at {known} --if-policy balikpapan-2024",
    "standing {nik} --on {on} --known-at {known}",
)
# Address → who asks (a letter of the table of doors' roles), and what its places and its query are.
_MOMENT = "?on={on}&known_at={known}"
ADDRESSES: Mapping[str, tuple[str, Sequence[tuple[Mapping[str, str], str]]]] = {
    "api-export-balance-csv": ("", [({}, "")]),
    "api-export-balance-jsonl": ("", [({}, "")]),
    "api-export-cooperatives-csv": ("", [({}, "")]),
    "api-export-cooperatives-jsonl": ("", [({}, "")]),
    "api-export-notices-csv": ("", [({}, "")]),
    "api-export-notices-jsonl": ("", [({}, "")]),
    "api-export-programme-csv": ("", [({}, "")]),
    "api-export-programme-jsonl": ("", [({}, "")]),
    "api-list-balance": ("", [({}, "")]),
    "api-list-cooperatives": ("", [({}, "")]),
    "api-list-notices": ("", [({}, "")]),
    "api-list-programme": ("", [({}, "")]),
    "api-openapi": ("", [({}, "")]),
    "api-read-balance": ("", [({"key": "semua"}, "")]),
    "api-read-cooperatives": ("", [({"key": "{cooperative}"}, "")]),
    "api-read-notices": ("", [({"key": "{token}"}, "")]),
    "api-read-programme": ("", [({"key": "99.01.01.1001"}, "")]),
    "api-search": ("", [({}, "?q=koperasi")]),
    "corrections-fates": ("rani", [({}, "")]),
    "corrections-file": ("rani", [({"number": "{sheet_id}"}, "")]),
    "corrections-letter": ("rani", [({"number": "{sheet_id}"}, "")]),
    "data-file": (
        "",
        [
            ({"name": name}, "")
            for name in (
                "cooperatives.csv",
                "cooperatives.xlsx",
                "cooperatives.geojson",
                "balance.parquet",
                "notices.jsonl",
                "programme.csv",
                "cooperatives.csv.manifest.json",
                "datapackage.json",
                "catalog.jsonld",
                "catalog.ttl",
            )
        ],
    ),
    "data-snapshot-file": ("", [({"label": "{snapshot}", "name": "cooperatives.csv"}, "")]),
    "edition-refused": ("rani", [({"number": "{refused}"}, "")]),
    "features": ("", [({}, "?f=json")]),
    "features-bare": ("", [({}, "?f=json")]),
    "features-collection": ("", [({"name": "cooperatives"}, "?f=json")]),
    "features-collections": ("", [({}, "?f=json")]),
    "features-conformance": ("", [({}, "?f=json")]),
    "features-description": ("", [({}, "?f=json")]),
    "features-item": ("", [({"name": "cooperatives", "key": "{cooperative}"}, "?f=json")]),
    "features-items": ("", [({"name": "cooperatives"}, "?f=json&limit=50")]),
    "field-search": ("sari", [({}, "?q=koperasi")]),
    "field-stock-form": ("sari", [({}, "")]),
    "field-today": ("sari", [({}, "")]),
    "figure-picture": ("", [({"key": "{figure}"}, "")]),
    "figure-table": ("", [({"key": "{figure}"}, "")]),
    "neraca-sheet": ("rani", [({}, _MOMENT)]),
    "notices-bundle": ("dewi", [({"code": "{kelurahan}"}, "")]),
    "notices-dossier": ("dewi", [({"number": "{case}"}, _MOMENT)]),
    "notices-machine": ("", [({"kind": kind}, "") for kind in ("csv", "json", "atom", "ics")]),
    "notices-paper": ("dewi", [({"number": "{letter}"}, "")]),
    "odata": ("", [({}, "")]),
    "odata-metadata": ("", [({}, "")]),
    "odata-resource": ("", [({}, "/odata/cooperatives?$top=50")]),
    "plan-pdf": ("dewi", [({"number": "{plan}", "on": "{plan_day}"}, "")]),
    "plan-sheet": ("dewi", [({"number": "{plan}"}, "")]),
    "reconcile": ("", [({}, ""), ({}, '?queries={{"q0":{{"query":"koperasi","limit":5}}}}')]),
    "reconcile-properties": ("", [({}, "?type=cooperative")]),
    "reconcile-suggest-entity": ("", [({}, "?prefix=koperasi")]),
    "reconcile-suggest-property": ("", [({}, "?prefix=ke")]),
    "reconcile-suggest-type": ("", [({}, "?prefix=ko")]),
    "register-download": ("rani", [({}, "?format=csv"), ({}, "")]),
    "report-receipt": ("rani", [({"number": "{report_id}"}, "")]),
    "round-template": ("rani", [({"number": "{round}"}, "")]),
}
# Why an option or an address is not written twice.
ASIDE: Mapping[str, str] = dict.fromkeys(
    ("kkmp members --list", "kkmp stage --file", "link --model", "link --schema", "locate --places", "match --list",
     "notices publish --file", "notices received --file", "notices returned --file", "notices send --file",
     "notices template --file"),
    "names a file to read, or no file at all",
) | dict.fromkeys(
    ("photo", "report-file", "report-picture", "kkmp-proof", "field-photo"),
    "hands out the bytes that somebody uploaded, kept by their hash",
) | dict.fromkeys(
    ("api-nowhere", "api-read-token", "field-nowhere", "field-state", "import-progress"),
    "says how something goes: a fault, or a progress",
) | {
    "api-read-facts": "asks for another system's token, of whose scope the answer depends",
    "api-read-holds": "asks for another system's token, of whose scope the answer depends",
    "reconcile-flyout-entity": "a piece of a page",
    "reconcile-flyout-property": "a piece of a page",
    "reconcile-flyout-type": "a piece of a page",
    "reconcile-preview": "a piece of a page",
    "link --work": "steps of an engine that no person opens",
    "plan --pdf": "searches a plan for so many seconds; the kept plan is written by plan-pdf",
    "plan --sheet": "searches a plan for so many seconds; the kept plan is written by plan-sheet",
    "selfreport-receipt": "the same paper as report-receipt, behind the board's own key",
}  # fmt: skip
# Answers that say at which instant they were given, where nobody can name it: only that instant may differ between two runs.
SAY_NOW = frozenset(
    {"api-list-balance", "api-list-cooperatives", "api-list-notices", "api-list-programme", "api-search", "data-file",
     "features-items", "features-item", "field-search", "field-stock-form", "field-today"}
)  # fmt: skip
_INSTANT = re.compile(rb"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?(?:Z|\+00:00)")
# A report about a run states when it ran and how long each step took.
_OF_A_RUN = {"link-report-1.html": (rb"dibuat [^<]*", rb"<h2>Waktu</h2>.*?</section>")}


@dataclass(frozen=True, slots=True)
class _Folder:
    """Where a run writes, and what fills the rows."""

    path: Path
    values: Mapping[str, str]
    begun: str

    def words(self, row: str, name: str) -> list[str]:
        """A row of the command line; each word filled after it was parted."""
        values = {**self.values, "out": str(self.path / name)}
        return [word.format(**values) for word in row.split()]


def _without_now(content: bytes, begun: str) -> bytes:
    """The content without the instants of this very run."""
    return _INSTANT.sub(lambda found: b"" if found[1].decode() >= begun else found[0], content)


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _terminal(words: list[str]) -> str:
    from telusur.cli.door import main as telusur

    with redirect_stdout(StringIO()) as said:
        status = telusur(words)
    # Whoever is told of refused rows is told so by the status too.
    assert status == 0 or words[0] in ("import", "refusals"), f"telusur {' '.join(words)}: {status}"
    return said.getvalue()


def _options(folder: _Folder) -> None:
    for option, rows in OPTIONS.items():
        for number, row in enumerate(rows, 1):
            _terminal(folder.words(row, f"{_slug(option)}-{number}"))
    for name, patterns in _OF_A_RUN.items():
        content = (folder.path / name).read_bytes()
        for pattern in patterns:
            content = re.sub(pattern, b"", content, flags=re.DOTALL)
        (folder.path / name).write_bytes(content)
    for row in ANSWERS:
        text = _terminal([*folder.words(row, "none"), "--json"])
        (folder.path / f"json-{_slug(row)}.json").write_text(text, encoding="utf-8")


def _addresses(folder: _Folder) -> None:
    from django.test import Client
    from django.urls import reverse

    from telusur.people.models import Account

    clients: dict[str, Client] = {}
    faults: list[str] = []
    for name, (who, asked) in ADDRESSES.items():
        if who not in clients:
            clients[who] = Client()
            if who:
                clients[who].force_login(Account.objects.get(username=who))
        for number, (places, query) in enumerate(asked, 1):
            filled = {key: text.format(**folder.values) for key, text in places.items()}
            # An address of many shapes is written out.
            at = "" if query.startswith("/") else reverse(name, kwargs=filled)
            reply = clients[who].get(at + query.format(**folder.values).replace("+", "%2B"))
            content = b"".join(reply) if reply.streaming else reply.content
            if reply.status_code != 200 or reply.headers["Content-Type"].startswith("text/html"):
                faults.append(f"{name} {at}: {reply.status_code} {reply.headers['Content-Type']} {content[:200]!r}")
            content = _without_now(content, folder.begun) if name in SAY_NOW else content
            (folder.path / f"web-{name}-{number}").write_bytes(content)
    assert not faults, "\n".join(faults)


def _prepare(folder: Path) -> Iterator[tuple[str, str]]:
    """What the table's rows need and the demo has not: a pinned figure, a list with refused rows, a snapshot, two tables."""
    import json

    from telusur.corrections.models import ChangeSheet
    from telusur.notices.models import Notice, NoticeEvent
    from telusur.notices.rules.content import about_of
    from telusur.planning.models import Plan
    from telusur.register.models import Edition
    from telusur.rounds.models import Derivation, Round
    from telusur.selfreport.models import Report

    derived = Derivation.objects.latest("id")
    on, known = derived.on.isoformat(), derived.known_at.isoformat()
    yield from (("on", on), ("known", known))
    pinned = json.loads(_terminal(["figures", "pin", "active", "--by", "hadi", "--json"]))
    yield "figure", pinned["pinned"][0]["key"]
    for kind in ("press", "monthly"):
        asked = ["--on", on, "--known-at", known, "--out", str(folder / "lembar.pdf"), "--by", "hadi"]
        _terminal(["figures", kind, *asked])
    left, right = folder / "kiri.csv", folder / "kanan.csv"
    _terminal(["demo", "--rows", "80", "--file", str(left), "--next", str(right)])
    yield from (("left", str(left)), ("right", str(right)))
    yield "refused", _refused(folder)
    yield "snapshot", json.loads(_terminal(["export", "--snapshot", "--by", "rani", "--json"]))["snapshot"]
    letter = Notice.objects.filter(given__isnull=False).order_by("id")[0]
    about = about_of(letter.content)
    yield from (("letter", str(letter.pk)), ("case", str(letter.case_id)), ("kelurahan", about.kelurahan_code or "0"))
    yield from (("nik", about.nik_koperasi), ("cooperative", str(letter.case.cooperative_id)))
    sheet, report, plan = (
        ChangeSheet.objects.latest("id"),
        Report.objects.filter(number__isnull=False)[0],
        Plan.objects.latest("id"),
    )
    yield from (("sheet", sheet.number), ("sheet_id", str(sheet.pk)))
    yield from (("report", str(report.number)), ("report_id", str(report.pk)))
    yield from (("plan", str(plan.pk)), ("plan_day", plan.team_days.order_by("on")[0].on.isoformat()))
    put_up = NoticeEvent.objects.filter(kind="published").order_by("id")[0]
    yield "token", put_up.notice.token
    yield "round", str(Round.objects.latest("id").pk)
    old, new = Edition.objects.order_by("id")[:2]
    yield from (("old", str(old.pk)), ("new", str(new.pk)))


def _refused(folder: Path) -> str:
    """A short list in which a row is refused; it waits for a decision and replaces nothing."""
    import json

    path = folder / "ditolak.csv"
    lines = (folder / "kiri.csv").read_text(encoding="utf-8").splitlines()[:9]
    nameless = "," + lines[1].partition(",")[2]
    path.write_text("\n".join([*lines, nameless]) + "\n", encoding="utf-8")
    taken = json.loads(_terminal(["import", str(path), "--by", "rani", "--json"]))
    assert taken["refused"] == 1, taken
    return str(taken["edition"])


def main(words: Sequence[str]) -> int:
    """`prepare FOLDER` makes the table's values; `write FOLDER OUT` writes every export into OUT."""
    import django
    import orjson

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "telusur.web.settings")
    django.setup()
    kept = Path(words[1]) / "values.json"
    if words[0] == "prepare":
        kept.write_bytes(orjson.dumps(dict(_prepare(Path(words[1])))))
        return 0
    folder = _Folder(Path(words[2]), orjson.loads(kept.read_bytes()), f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S}")
    folder.path.mkdir()
    steps: Sequence[Callable[[_Folder], None]] = (_options, _addresses)
    for step in steps:
        step(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
