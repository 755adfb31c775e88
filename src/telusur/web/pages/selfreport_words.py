"""An answer of the portal as people read it: a choice's words, a kelurahan's name, a day written out.

In: what was typed. Out: the parts of the page that checks before sending, and what lacks by its part.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext

from telusur.areas.queries import area_names
from telusur.selfreport.rules.answers import read_step
from telusur.selfreport.rules.fields import STEPS, AnswerKind, Field, Step
from telusur.web.words import say
from telusur.words.reason import Reason

__all__ = ["Lack", "Part", "lack_of", "part_of"]


class Part(NamedTuple):
    """A step's answers once more: (what was asked, what was answered), without those left empty."""

    step: str
    title: str
    answers: list[tuple[str, str]]


class Lack(NamedTuple):
    """What keeps a report from being sent, and in which part."""

    step: str
    title: str
    words: str


def _words(field: Field, text: str) -> str:
    if field.kind is AnswerKind.CHOICE:
        return gettext(dict(field.choices).get(text, text))
    if field.kind is AnswerKind.AREA:
        return area_names([text]).get(text, text)
    return text


def part_of(step: Step, texts: Mapping[str, str], on: date) -> Part:
    """The answers of a step in words; what does not read stands as it was typed."""
    values = read_step(step, texts, on).values
    answers = []
    for field in STEPS[step].fields:
        if text := texts.get(field.name):
            value = values.get(field.name)
            words = date_format(value, "j F Y") if isinstance(value, date) else _words(field, text)
            answers.append((gettext(field.label), words))
    return Part(step.value, gettext(STEPS[step].title), answers)


def lack_of(step: Step, reason: Reason) -> Lack:
    """A lack under the title of its part: the same sentence may stand for several."""
    return Lack(step.value, gettext(STEPS[step].title), capfirst(say(reason)))
