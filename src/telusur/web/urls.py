"""Every address of the web door. Each view declares its deed (pages/guard.py); none is open by default."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from telusur.web.pages import (
    cooperative,
    editions,
    faults,
    importing,
    journal,
    neraca,
    public,
    register,
    rounds,
    signing,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", signing.home, name="home"),
    path("masuk/", signing.sign_in, name="sign-in"),
    path("keluar/", signing.sign_out, name="sign-out"),
    path("bahasa/", signing.set_language, name="set-language"),
    path("neraca/", neraca.neraca, name="neraca"),
    path("neraca/lembar/", neraca.neraca_sheet, name="neraca-sheet"),
    path("register/", register.register_list, name="register"),
    path("register/unduh/", register.register_download, name="register-download"),
    path("koperasi/<uuid:ident>/", cooperative.cooperative, name="cooperative"),
    path("edisi/", editions.edition_list_page, name="editions"),
    path("edisi/<int:number>/", editions.edition_page, name="edition"),
    path("edisi/<int:number>/putusan/", editions.decide, name="edition-decide"),
    path("edisi/<int:number>/ditolak.xlsx", editions.refused_download, name="edition-refused"),
    path("edisi/<int:old>/<int:new>/", editions.edition_diff, name="edition-diff"),
    path("impor/", importing.upload, name="import"),
    path("impor/<slug:token>/", importing.preview, name="import-preview"),
    path("impor/<slug:token>/mulai/", importing.confirm, name="import-confirm"),
    path("impor/<slug:token>/kemajuan/", importing.progress, name="import-progress"),
    path("putaran/", rounds.rounds, name="rounds"),
    path("putaran/buka/", rounds.open_round_page, name="round-open"),
    path("putaran/<int:number>/tutup/", rounds.close_round_page, name="round-close"),
    path("putaran/<int:number>/lembar.xlsx", rounds.visit_template, name="round-template"),
    path("putaran/<int:number>/kunjungan/", rounds.upload_visits, name="round-visits"),
    path("putaran/<int:number>/turunkan/", rounds.derive, name="round-derive"),
    path("jejak/", journal.journal, name="journal"),
    path("cek/", public.search, name="public-search"),
    path("cek/<uuid:ident>/", public.record, name="public-record"),
]

handler403 = faults.forbidden
handler404 = faults.missing
handler500 = faults.broken
