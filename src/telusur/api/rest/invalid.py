"""What is wrong with a value, in the reader's language: the checker's own sentences are English and its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, gettext_noop

__all__ = ["sentence_of"]

_WHOLE, _NUMBER = gettext_noop("harus bilangan bulat"), gettext_noop("harus bilangan")
_YES_NO, _TEXT = gettext_noop("harus true atau false"), gettext_noop("harus teks")
_LIST, _OBJECT = gettext_noop("harus daftar"), gettext_noop("harus objek JSON")
_CHOICE = gettext_noop("harus salah satu dari {expected}")
# By the checker's kind of error; what stands in braces comes from it.
_SAYS: Mapping[str, str] = {
    "missing": gettext_noop("wajib diisi"),
    "extra_forbidden": gettext_noop("tidak dikenal di sini"),
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "int_parsing_size": gettext_noop("bilangan ini terlalu panjang"),
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "bool_type": _YES_NO,
    "bool_parsing": _YES_NO,
    "string_type": _TEXT,
    "string_unicode": gettext_noop("memuat tanda yang tidak dapat dibaca"),
    "string_too_long": gettext_noop("paling banyak {max_length} huruf"),
    "string_too_short": gettext_noop("sedikitnya {min_length} huruf"),
    "string_pattern_mismatch": gettext_noop("bentuknya tidak sesuai; lihat /api/"),
    "greater_than": gettext_noop("harus lebih dari {gt}"),
    "greater_than_equal": gettext_noop("paling kecil {ge}"),
    "less_than": gettext_noop("harus kurang dari {lt}"),
    "less_than_equal": gettext_noop("paling besar {le}"),
    "literal_error": _CHOICE,
    "enum": _CHOICE,
    "union_tag_invalid": gettext_noop("harus salah satu dari {expected_tags}"),
    "union_tag_not_found": gettext_noop("sebutkan jenisnya: {discriminator}"),
    "list_type": _LIST,
    "dict_type": _OBJECT,
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
    "too_long": gettext_noop("paling banyak {max_length} buah"),
    "too_short": gettext_noop("sedikitnya {min_length} buah"),
}
_OTHER = gettext_noop("nilai ini tidak sesuai; lihat /api/")


def sentence_of(error: Mapping[str, Any]) -> str:
    """One sentence of at most 200 letters. error: as the checker lists it (type, ctx)."""
    says = gettext(_SAYS.get(str(error.get("type")), _OTHER))
    told = defaultdict(lambda: "—", {key: str(value) for key, value in (error.get("ctx") or {}).items()})
    return says.format_map(told)[:200]
