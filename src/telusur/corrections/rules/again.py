"""Whether a difference is new, the same change once more, or already spoken of; and which open proposals it leaves behind.

Pure. Decisions survive the next edition: what waits is not proposed twice, what a person refused is not brought back unless
its ground has moved, and what was sent without landing comes back as a repeat of that sending.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from telusur.corrections.rules.approval import OPEN_STATES, ChangeState
from telusur.corrections.rules.difference import Difference
from telusur.corrections.rules.fate import ASKED_AGAIN, Fate

__all__ = ["Again", "Course", "Earlier", "again", "ground_mark"]


class Course(StrEnum):
    """What to do with a difference."""

    NEW = "new"
    REPEAT = "repeat"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Earlier:
    """A change of the same cooperative and column that was proposed before. fate: of one that was sent, else None.

    mark: of its ground (`ground_mark`). repeats_count: how often it had been sent before itself.
    """

    number: int
    before_key: str
    after_key: str
    mark: str
    state: ChangeState
    fate: Fate | None = None
    repeats_count: int = 0


@dataclass(frozen=True, slots=True)
class Again:
    """The course, the sent change that is repeated, and the open proposals that no longer say what is held."""

    course: Course
    repeats: int | None = None
    repeats_count: int = 0
    outdated: tuple[int, ...] = ()


def ground_mark(difference: Difference) -> str:
    """What a value rests on, as text: the same as long as no fact and no judgement was added or taken away."""
    ground = difference.ground
    facts = ",".join(map(str, sorted(ground.facts)))
    judgements = ",".join(map(str, sorted(ground.judgements)))
    return f"{ground.why.code}|{facts}|{judgements}"


def again(found: Difference, earlier: Sequence[Earlier]) -> Again:
    """What to do with a difference. earlier: changes of the same cooperative and column, oldest first."""
    same = [each for each in earlier if each.after_key == found.after.key]
    waiting = [each for each in earlier if each.state in OPEN_STATES]
    current = [each for each in waiting if each in same and each.before_key == found.before.key]
    outdated = tuple(each.number for each in waiting if each not in current)
    if current or any(each.state is ChangeState.ON_SHEET for each in earlier):
        return Again(Course.SILENT, outdated=outdated)
    refused = (ChangeState.REJECTED, ChangeState.WITHDRAWN)
    mark = ground_mark(found)
    # A person's no to this value on this ground stands, whatever the registry writes meanwhile.
    if any(each.state in refused and each.mark == mark for each in same):
        return Again(Course.SILENT, outdated=outdated)
    sent = next((each for each in reversed(same) if each.state is ChangeState.SENT), None)
    if sent is None:
        return Again(Course.NEW, outdated=outdated)
    if sent.fate in ASKED_AGAIN:
        return Again(Course.REPEAT, sent.number, sent.repeats_count + 1, outdated)
    return Again(Course.SILENT, outdated=outdated)
