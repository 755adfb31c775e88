"""Debian's OpenRefine without a window: started, given a sheet, driven by its HTTP commands, ended.

In: a free port, a folder. Out: what it says. It is not ours and is only ever a client here.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests

__all__ = ["PROGRAM", "OpenRefine"]

PROGRAM = shutil.which("openrefine")
_ENGINE = json.dumps({"facets": [], "mode": "row-based"})


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class OpenRefine:
    """One running program. Use as a context."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = _free_port()
        self.root = f"http://127.0.0.1:{self.port}/command/core"

    def __enter__(self) -> OpenRefine:
        assert PROGRAM is not None
        command = [PROGRAM, "-p", str(self.port), "-i", "127.0.0.1", "-d", str(self.folder / "refine"), "-m", "512M"]
        log = (self.folder / "refine.log").open("wb")
        # The heap begins at 1400 MB unless the environment says otherwise.
        environment = {
            "PATH": "/usr/bin:/bin",
            "HOME": str(self.folder),
            "REFINE_MIN_MEMORY": "256M",
            "JAVA_OPTIONS": "-Drefine.headless=true",
        }
        self.process = subprocess.Popen(
            command, stdout=log, stderr=subprocess.STDOUT, env=environment, start_new_session=True
        )
        log.close()
        for _ in range(600):
            try:
                requests.get(f"{self.root}/get-version", timeout=2).raise_for_status()
                return self
            except requests.RequestException:
                assert self.process.poll() is None, (self.folder / "refine.log").read_text()
                time.sleep(0.1)
        raise AssertionError((self.folder / "refine.log").read_text())

    def __exit__(self, *trouble: object) -> None:
        # The script starts Java as a child: the whole session of our own making is ended.
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=20)

    def _token(self) -> str:
        return str(requests.get(f"{self.root}/get-csrf-token", timeout=20).json()["token"])

    def tell(self, command: str, project: str, **fields: str) -> Any:
        """A command that must succeed; its JSON."""
        sent = {"project": project, "engine": _ENGINE, "csrf_token": self._token(), **fields}
        reply = requests.post(f"{self.root}/{command}", params={"project": project}, data=sent, timeout=60)
        reply.raise_for_status()
        if "json" not in reply.headers.get("Content-Type", ""):
            return reply.text
        found = reply.json()
        assert found.get("code") != "error", found
        return found

    def project(self, sheet: str) -> str:
        """A project from a CSV; its id."""
        options = json.dumps({"separator": ",", "headerLines": 1, "guessCellValueTypes": False})
        reply = requests.post(
            f"{self.root}/create-project-from-upload",
            params={"csrf_token": self._token()},
            data={"project-name": "rekaan", "format": "text/line-based/*sv", "options": options},
            files={"project-file": ("rekaan.csv", sheet, "text/csv")},
            allow_redirects=False,
            timeout=60,
        )
        return parse_qs(urlsplit(reply.headers["Location"]).query)["project"][0]

    def wait(self, project: str) -> None:
        """Until nothing runs any more."""
        for _ in range(300):
            if not requests.get(f"{self.root}/get-processes", params={"project": project}, timeout=20).json()[
                "processes"
            ]:
                return
            time.sleep(0.1)
        raise AssertionError("OpenRefine did not come to an end")

    def rows(self, project: str) -> list[list[dict[str, Any]]]:
        """Every row's cells; a reconciled cell has its judgement under "recon"."""
        told = self.tell("get-rows", project, start="0", limit="100")
        pool = told.get("pool", {}).get("recons", {})
        found = []
        for row in told["rows"]:
            cells = [cell or {} for cell in row["cells"]]
            found.append([{**cell, "recon": pool[str(cell["r"])]} if "r" in cell else cell for cell in cells])
        return found
