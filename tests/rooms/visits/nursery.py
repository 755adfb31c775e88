"""Where servers come from: a process that has read all of Telusur and forks one for each address on its input.

What is served is `telusur serve`'s own call of gunicorn; only the reading of two seconds is not done again for each of
the fifty servers that a test kills.
"""

from __future__ import annotations

import os
import signal
import sys


def _serve(bind: str) -> None:
    from gunicorn.app.wsgiapp import run

    from telusur.cli.serve import gunicorn_words

    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    sys.argv = ["gunicorn", *gunicorn_words(bind)]
    run()


def main() -> None:
    """An address a line in, the server's process id a line out; ends with its input, its servers with it."""
    import django

    django.setup()

    import telusur.web.urls
    import telusur.web.wsgi  # noqa: F401

    # The system takes the dead away at once.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        born = os.fork()
        if born == 0:
            try:
                _serve(line.strip())
            finally:
                os._exit(1)
        sys.stdout.write(f"{born}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
