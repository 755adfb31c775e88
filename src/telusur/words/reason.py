"""Why: the sentence that travels with every verdict, warning and refusal.

A reason is a stable code, an Indonesian sentence with named places, and the values that fill them. Doors translate
`says` through gettext, so the same reason reads in both languages; rules stay free of Django.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["Reason"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One ground for a verdict, a warning or a refusal.

    code: stable, lower_snake_case, listed in docs/glossary.md; never renamed, since stored records hold it.
    says: an Indonesian sentence with `{name}` places, without a full stop.
    values: what fills the places, as text that a person can read.
    """

    code: str
    says: str
    values: Mapping[str, str] = field(default_factory=dict, hash=False)

    def sentence(self) -> str:
        """The Indonesian sentence with its values in place."""
        return self.says.format_map(self.values)

    def as_json(self) -> dict[str, object]:
        """A JSON-ready form; `Reason(**…)` reads it back."""
        return {"code": self.code, "says": self.says, "values": dict(self.values)}
