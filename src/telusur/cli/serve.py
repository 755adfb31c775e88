"""`telusur serve`: the web application, by gunicorn with one worker and eight threads."""

from __future__ import annotations

import argparse
import os
import sys
import time

from telusur.cli import house
from telusur.cli.answer import Answer
from telusur.cli.webhooks_sending import start_beside

NAME = "serve"
HELP = "menjalankan aplikasi web"
_PARTS_KEPT_SECONDS = 7 * 24 * 3600


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen."""
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
    parser.add_argument("--workers", type=int, default=1, help="proses; lebih dari satu hanya dengan PostgreSQL")
    parser.add_argument("--threads", type=int, default=8)
    parser.add_argument("--no-webhooks", action="store_true", help="kabar untuk sistem lain dikirim oleh proses lain")


def run(args: argparse.Namespace) -> Answer:
    """Serve until stopped. The process becomes gunicorn, so a supervisor signals it directly."""
    house.enter()
    from telusur.visits.photos.store import drop_old_parts

    # Parts of photos that no phone came back for.
    drop_old_parts(time.time() - _PARTS_KEPT_SECONDS)
    sys.stderr.write(f"Telusur melayani di http://{args.host}:{args.port}/ (Ctrl+C untuk berhenti)\n")
    sys.stderr.flush()
    if not args.no_webhooks:
        start_beside()
    words = gunicorn_words(f"{args.host}:{args.port}", args.workers, args.threads)
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *words])


def gunicorn_words(bind: str, workers: int = 1, threads: int = 8) -> list[str]:
    """How gunicorn is called: the one way in which Telusur is served."""
    return [
        "telusur.web.wsgi:application",
        f"--bind={bind}",
        f"--workers={workers}",
        f"--threads={threads}",
        "--worker-class=gthread",
        "--timeout=120",
        "--log-level=warning",
    ]
