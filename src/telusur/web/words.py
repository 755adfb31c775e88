"""Sentences of the rules, in the reader's language: a reason, a code's label, a group's.

In: values of the rules, whose words are Indonesian. Out: text through gettext; the Indonesian stands where no
translation does.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext

from telusur.rounds.rules.codes import CODE_LABELS, GROUP_LABELS, Code, Group
from telusur.words.reason import Reason
from telusur.words.refusal import Refusal

__all__ = ["code_words", "group_words", "say", "say_refusal", "say_stored"]


def say(reason: Reason) -> str:
    """The reason's sentence with its values; values that are words of the rules are translated too."""
    return gettext(reason.says).format_map(
        {name: gettext(value) if value else "" for name, value in reason.values.items()}
    )


def say_stored(stored: Mapping[str, object]) -> str:
    """The sentence of a reason as records hold it (`Reason.as_json`)."""
    values = stored.get("values")
    texts = {str(name): str(value) for name, value in values.items()} if isinstance(values, Mapping) else {}
    return say(Reason(str(stored["code"]), str(stored["says"]), texts))


def say_refusal(refusal: Refusal) -> str:
    """Row, column, value, reason and mend as one sentence."""
    where = [gettext("baris {row}").format(row=refusal.row)] if refusal.row is not None else []
    if refusal.column:
        where.append(gettext("kolom «{column}»").format(column=refusal.column))
    if refusal.value:
        where.append(gettext("nilai «{value}»").format(value=refusal.value))
    place = ", ".join(where)
    return f"{place + ': ' if place else ''}{say(refusal.reason)}; {gettext(refusal.mend)}."


def code_words(code: Code) -> str:
    """What a code means."""
    return gettext(CODE_LABELS[code])


def group_words(group: Group) -> str:
    """What a group of codes means."""
    return gettext(GROUP_LABELS[group])
