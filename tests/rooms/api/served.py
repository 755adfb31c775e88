"""The site on a real port, on the test's own connection: for clients that are other programs."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections
from django.test.testcases import LiveServerThread, _StaticFilesHandler

__all__ = ["served"]

# Seconds for a thread of the server whose client has gone to see that.
_LEAVES = 30


@contextmanager
def served() -> Iterator[str]:
    """The address. What the test wrote and never committed is seen, because the server's thread shares its connection."""
    connection = connections["default"]
    connection.inc_thread_sharing()
    before = set(threading.enumerate())
    thread = LiveServerThread("127.0.0.1", _StaticFilesHandler, connections_override={connection.alias: connection})
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    try:
        assert thread.error is None, thread.error
        yield f"http://127.0.0.1:{thread.port}"
    finally:
        thread.terminate()
        # A thread that ends after the sharing fails to close the connection, and a later test would pay for it.
        for left in set(threading.enumerate()) - before:
            left.join(_LEAVES)
        connection.dec_thread_sharing()
