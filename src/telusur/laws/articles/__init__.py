"""The articles that come with Telusur: TOML files of this folder, each read and checked once.

In: the files. Out: `Article` values. What stands at the head of a file holds for each of its articles that does not say
otherwise. A mistake in a file is a `LawFileError` that names the file, the article and the key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from telusur.laws.articles.reading import LawFileError, day, declared, text, whole
from telusur.laws.rules.law import Article, Certainty, Unit

__all__ = ["read_articles", "shipped_articles"]

_KEYS = set(Article.__dataclass_fields__)


@lru_cache(maxsize=1)
def shipped_articles() -> tuple[Article, ...]:
    """Every article of this folder, by id."""
    return read_articles(sorted(Path(__file__).parent.glob("*.toml")))


def read_articles(paths: Iterable[Path]) -> tuple[Article, ...]:
    """The articles that files declare, by id. Raises LawFileError."""
    found = [_article(said, place) for path in paths for said, place in declared(path, "article", _KEYS)]
    return tuple(sorted(found, key=lambda article: (article.id, article.valid_from_on)))


def _article(said: Mapping[str, object], place: str) -> Article:
    unit, value = said.get("unit"), said.get("value")
    if (unit is None) != (value is None):
        raise LawFileError(f"{place}: value and unit stand together or not at all")
    if unit is not None and unit not in {each.value for each in Unit}:
        raise LawFileError(f"{place}: unit must be one of {', '.join(Unit)}, not {unit!r}")
    certainty = text(said, "certainty", place)
    if certainty not in {each.value for each in Certainty}:
        raise LawFileError(f"{place}: certainty must be one of {', '.join(Certainty)}, not {certainty!r}")
    return Article(
        id=text(said, "id", place),
        article=text(said, "article", place),
        says=text(said, "says", place),
        source=text(said, "source", place),
        certainty=Certainty(certainty),
        valid_from_on=day(said, "valid_from_on", place),
        valid_until_on=day(said, "valid_until_on", place) if "valid_until_on" in said else None,
        checked_on=day(said, "checked_on", place),
        checked_by=text(said, "checked_by", place),
        review_on=day(said, "review_on", place),
        value=None if value is None else whole(said, "value", place),
        unit=None if unit is None else Unit(str(unit)),
    )
