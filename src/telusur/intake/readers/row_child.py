"""The process in which a large file's rows are read. It is started by `row_stream` and knows no database.

In: on standard input, a pickled `Request`, then the rows of the gazetteer: the file is opened while they are still being
asked of the database. Out: on standard output, messages of `row_stream.send`.
"""

from __future__ import annotations

import gc
import os
import pickle
import sys
from contextlib import closing
from dataclasses import replace

from telusur.areas.rules.source import GazetteerSource, build_gazetteer
from telusur.intake.ports import FileRefused
from telusur.intake.readers.opened import Request, open_request
from telusur.intake.readers.row_stream import send
from telusur.words.refusal import Refusal

__all__ = ["main"]


def _told(refusal: Refusal) -> tuple[object, ...]:
    reason = refusal.reason
    return refusal.row, refusal.column, refusal.value, (reason.code, reason.says, dict(reason.values)), refusal.mend


def main() -> None:
    """Open, read, send."""
    gc.disable()
    request: Request = pickle.load(sys.stdin.buffer)
    out = sys.stdout.buffer
    try:
        with closing(open_request(request)) as opened:
            send(out, ("opened", opened.layout_name, opened.source, opened.header, opened.corrects))
            out.flush()
            source: GazetteerSource = pickle.load(sys.stdin.buffer)
            placed = replace(opened, gazetteer=build_gazetteer(source))
            for entries, refused, blank_count in placed.batches():
                send(out, ("rows", tuple(entries), [(_told(a), b, c) for a, b, c in refused], blank_count))
        send(out, ("end",))
    except FileRefused as stopped:
        send(out, ("refused", _told(stopped.refusal)))
    out.flush()
    # All is said: to take a large file's objects apart one by one would keep a core from the storing.
    os._exit(0)


if __name__ == "__main__":
    main()
