"""The sender beside the office: one of a data folder sends, it ends with its parent, and a busy database does not end it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.db import OperationalError

from telusur.cli import serve, webhooks_sending
from telusur.cli.door import main
from telusur.cli.webhooks_sending import Counts, keep_sending, with_parent

pytestmark = pytest.mark.django_db


class Turns:
    """Says that it goes on, so many times."""

    def __init__(self, count: int) -> None:
        self.left = count

    def __call__(self) -> bool:
        self.left -= 1
        return self.left >= 0


def test_of_two_one_sends_and_the_next_takes_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []
    monkeypatch.setattr(webhooks_sending, "send_due", lambda counts: sent.append(who[-1]))
    who = ["first"]

    def meanwhile(seconds: float) -> None:
        who.append("second")
        keep_sending(tmp_path, 1, goes_on=Turns(1), pause=lambda seconds: None)
        who.pop()

    keep_sending(tmp_path, 1, goes_on=Turns(2), pause=meanwhile)
    assert sent == ["first"]
    who = ["second"]
    keep_sending(tmp_path, 1, goes_on=Turns(1), pause=lambda seconds: None)
    assert sent == ["first", "second"]


def test_a_busy_database_is_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tried: list[int] = []

    def busy(counts: Counts) -> None:
        tried.append(1)
        if len(tried) == 1:
            raise OperationalError("database is locked")
        counts.events += 1

    monkeypatch.setattr(webhooks_sending, "send_due", busy)
    counts = keep_sending(tmp_path, 0, goes_on=Turns(2))
    assert (len(tried), counts.events) == (2, 1)
    assert "dicoba lagi" in capsys.readouterr().err


def test_it_ends_with_its_parent() -> None:
    assert with_parent(os.getppid())()
    assert not with_parent(os.getpid())()


@pytest.mark.parametrize(("words", "count"), [([], 1), (["--no-webhooks"], 0)], ids=["beside", "left out"])
def test_serving_starts_it_once_unless_told_not_to(
    words: list[str], count: int, tmp_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[int] = []
    monkeypatch.setattr(serve.house, "enter", lambda: tmp_data)
    monkeypatch.setattr(serve, "start_beside", lambda: begun.append(1))

    def become(path: str, words: list[str]) -> None:
        raise SystemExit

    monkeypatch.setattr(serve.os, "execv", become)
    with pytest.raises(SystemExit):
        main(["serve", *words])
    assert len(begun) == count
