"""`telusur reports form` and `write`: the report as a text file (TOML), for a board that comes to the counter with paper.

The same questions as the portal's, the same checks, the same submission: whoever writes it down decides nothing about it.
"""

from __future__ import annotations

import argparse
import tomllib
from pathlib import Path
from typing import Any

from telusur.cli import house
from telusur.cli.answer import WRONG_USE, Answer, Stop
from telusur.people.rules import Deed

__all__ = ["receipt", "write_form", "write_report"]


def write_form(args: argparse.Namespace) -> Answer:
    """An empty form, every question with its words above it."""
    from telusur.selfreport.rules.fields import KIND_STEPS, STEPS, Form

    house.actor(args, Deed.READ_REPORTS)
    form = Form(args.form)
    lines = [
        "# Laporan pengurus yang ditulis di loket. Isi di antara tanda kutip; hapus yang tidak dijawab.",
        f'form = "{form.value}"',
        'nik_koperasi = ""',
        "# Bila tidak tercatat: kosongkan NIK koperasi, isi namanya di sini.",
        'unlisted_name = ""',
    ]
    for step in KIND_STEPS[form]:
        lines += ["", f"# {STEPS[step].title}", f"[{step.value}]"]
        for field in STEPS[step].fields:
            choices = "; ".join(f"{value} = {words}" for value, words in field.choices)
            lines += [f"# {field.label}{f' ({choices})' if choices else ''}", f'{field.name} = ""']
    purposes = [purpose.value for step in KIND_STEPS[form] for purpose, _ in STEPS[step].files]
    lines += ["", f"# Lampiran, satu blok setiap berkas; purpose: {', '.join(purposes)}"]
    lines += ["# [[file]]", '# purpose = "minutes"', '# path = "notulen.pdf"']
    out = _out(args)
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return Answer({"form": form.value, "file": str(out)}, [f"Formulir: {out.name}"])


def _out(args: argparse.Namespace) -> Path:
    if args.out is None:
        raise Stop("sebutkan --out FILE", WRONG_USE)
    return Path(args.out)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Stop(
            f"{path.name}: bukan formulir yang dapat dibaca ({error}); buat dengan `telusur reports form`"
        ) from None


def _cooperative(path: Path, number: str) -> Any:
    from telusur.register.models import Cooperative

    if not number:
        return None
    found = Cooperative.objects.filter(nik_koperasi=number).first()
    if found is None:
        raise Stop(f"{path.name}: nik_koperasi «{number}» tidak ada di register; kosongkan bila tidak tercatat")
    return found


def _texts(path: Path, said: dict[str, Any], steps: Any) -> dict[str, dict[str, str]]:
    """What is answered, by step. Stops at a question that the form does not have."""
    from telusur.selfreport.rules.fields import Step, fields_of

    known = {step.value: {field.name for field in fields_of(step)} for step in steps}
    answers: dict[str, dict[str, str]] = {}
    for name, given in said.items():
        if name in ("form", "nik_koperasi", "unlisted_name", "file"):
            continue
        if name not in known or not isinstance(given, dict):
            raise Stop(f"{path.name}: bagian «{name}» tidak dikenal; yang ada: {', '.join(known)}")
        strange = sorted(set(given) - known[name])
        if strange:
            raise Stop(f"{path.name}: [{name}] {strange[0]} tidak dikenal; yang ada: {', '.join(sorted(known[name]))}")
        answers[Step(name).value] = {field: str(value) for field, value in given.items() if str(value).strip()}
    return answers


def write_report(args: argparse.Namespace) -> Answer:
    """Write it down and send it; nothing is kept where it cannot be sent."""
    from django.db import transaction

    from telusur.selfreport import actions
    from telusur.selfreport.rules.fields import KIND_STEPS, Form, Step

    house.actor(args, Deed.ACCEPT_REPORT)
    path = Path(args.number or "")
    if not path.is_file():
        raise Stop(f"berkas «{path}» tidak ada; buat dengan `telusur reports form --out FILE.toml`", WRONG_USE)
    said = _read(path)
    if said.get("form", "report") not in set(Form):
        raise Stop(f"{path.name}: form «{said['form']}» tidak dikenal; tulis report atau objection")
    form = Form(said.get("form", "report"))
    texts = _texts(path, said, KIND_STEPS[form])
    cooperative = _cooperative(path, str(said.get("nik_koperasi", "")).strip())
    with transaction.atomic():
        try:
            report, key = actions.begin(
                form=form, cooperative=cooperative, unlisted_name=str(said.get("unlisted_name", ""))
            )
            for step, given in texts.items():
                actions.save_step(report=report, step=Step(step), texts=given)
            for item in said.get("file", []):
                _attach(path, report, item)
            report.refresh_from_db()
            sent = actions.submit(report=report, on=house.today())
        except ValueError as error:
            raise Stop(f"{path.name}: {error}") from None
    document = {
        "number": sent.number,
        "form": sent.form,
        "key": key.printed,
        "cooperative": str(sent.cooperative_id or ""),
        "files": len(said.get("file", [])),
    }
    lines = [f"Tanda terima {sent.number}. Kode rahasia untuk pelapor, hanya tampil sekali: {key.printed}"]
    return Answer(document, lines)


def _attach(path: Path, report: Any, item: Any) -> None:
    from telusur.selfreport.rules.fields import Proof
    from telusur.selfreport.uploads.keeping import attach
    from telusur.words.reason import Reason

    purpose, name = str(item.get("purpose", "")), str(item.get("path", ""))
    if purpose not in set(Proof):
        raise Stop(f"{path.name}: [[file]] purpose «{purpose}» tidak dikenal; yang ada: {', '.join(Proof)}")
    file = path.parent / name
    if not name or not file.is_file():
        raise Stop(f"{path.name}: [[file]] path «{name}» tidak ada di samping formulir")
    taken = attach(report=report, purpose=Proof(purpose), data=file.read_bytes(), shown_name=file.name)
    if isinstance(taken, Reason):
        raise Stop(f"{file.name}: {taken.sentence()}")


def receipt(args: argparse.Namespace, report: Any) -> Answer:
    """The receipt as PDF."""
    from telusur.selfreport.sheets.receipt import receipt_pdf

    out = _out(args)
    content = receipt_pdf(report)
    out.write_bytes(content)
    return Answer({"number": report.number, "file": str(out), "bytes": len(content)}, [f"Tanda terima: {out.name}"])
