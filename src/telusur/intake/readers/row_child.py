"""The process in which a large file's rows are read. It is started by `row_stream` and knows no database.

In: on standard input, a pickled `Request` and the rows of the gazetteer. Out: on standard output, messages of
`row_stream.send`.
"""

from __future__ import annotations

import gc
import pickle
import sys
from contextlib import closing

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
    asked: tuple[Request, GazetteerSource] = pickle.load(sys.stdin.buffer)
    request, source = asked
    out = sys.stdout.buffer
    try:
        opened = open_request(request, build_gazetteer(source))
        with closing(opened):
            send(out, ("opened", opened.layout_name, opened.source, opened.header, opened.corrects))
            out.flush()
            for entries, refused, blank_count in opened.plain_batches():
                send(out, ("rows", entries, [(_told(a), b, c) for a, b, c in refused], blank_count))
        send(out, ("end",))
    except FileRefused as stopped:
        send(out, ("refused", _told(stopped.refusal)))
    out.flush()


if __name__ == "__main__":
    main()
