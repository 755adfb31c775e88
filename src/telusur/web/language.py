"""The language of a page: Indonesian, unless the person has switched.

In: the language cookie that the switch sets. Out: the active language. Django's LocaleMiddleware also follows the
browser's own wish, and many browsers of the office were installed in English.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.translation import check_for_language

__all__ = ["SwitchedLanguage"]


class SwitchedLanguage:
    """Middleware: activates the switched language for one request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        wanted = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = wanted in dict(settings.LANGUAGES) and check_for_language(wanted)
        with translation.override(wanted if known else settings.LANGUAGE_CODE):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
        return response
