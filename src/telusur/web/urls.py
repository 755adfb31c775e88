"""Every address of the web door. Each view declares its deed (pages/guard.py); none is open by default."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, URLResolver, path


def _late(module: str, name: str) -> Any:
    def view(request: HttpRequest, **kwargs: object) -> HttpResponseBase:
        return getattr(import_module(f"telusur.web.pages.{module}"), name)(request, **kwargs)  # type: ignore[no-any-return]

    return view


from telusur.web.pages import faults, journal, neraca, public, signing  # noqa: E402

urlpatterns: list[URLPattern | URLResolver] = [
    path("", signing.home, name="home"),
    path("masuk/", signing.sign_in, name="sign-in"),
    path("keluar/", signing.sign_out, name="sign-out"),
    path("bahasa/", signing.set_language, name="set-language"),
    path("neraca/", neraca.neraca, name="neraca"),
    path("neraca/lembar/", neraca.neraca_sheet, name="neraca-sheet"),
    path("register/", _late("register", "register_list"), name="register"),
    path("register/unduh/", _late("register", "register_download"), name="register-download"),
    path("koperasi/<uuid:ident>/", _late("cooperative", "cooperative"), name="cooperative"),
    path("edisi/", _late("editions", "edition_list_page"), name="editions"),
    path("edisi/<int:number>/", _late("editions", "edition_page"), name="edition"),
    path("edisi/<int:number>/putusan/", _late("editions", "decide"), name="edition-decide"),
    path("edisi/<int:number>/ditolak.xlsx", _late("editions", "refused_download"), name="edition-refused"),
    path("edisi/<int:old>/<int:new>/", _late("editions", "edition_diff"), name="edition-diff"),
    path("impor/", _late("importing", "upload"), name="import"),
    path("impor/<slug:token>/", _late("importing", "preview"), name="import-preview"),
    path("impor/<slug:token>/mulai/", _late("importing", "confirm"), name="import-confirm"),
    path("impor/<slug:token>/kemajuan/", _late("importing", "progress"), name="import-progress"),
    path("putaran/", _late("rounds", "rounds"), name="rounds"),
    path("putaran/buka/", _late("rounds", "open_round_page"), name="round-open"),
    path("putaran/<int:number>/tutup/", _late("rounds", "close_round_page"), name="round-close"),
    path("putaran/<int:number>/lembar.xlsx", _late("rounds", "visit_template"), name="round-template"),
    path("putaran/<int:number>/kunjungan/", _late("rounds", "upload_visits"), name="round-visits"),
    path("putaran/<int:number>/turunkan/", _late("rounds", "derive"), name="round-derive"),
    path("jejak/", journal.journal, name="journal"),
    path("cek/", public.search, name="public-search"),
    path("cek/<uuid:ident>/", public.record, name="public-record"),
]

handler403 = faults.forbidden
handler404 = faults.missing
handler500 = faults.broken
