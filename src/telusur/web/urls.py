"""Every address of the web door. Each view declares its deed (pages/guard.py); none is open by default."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path

from telusur.web.pages import (
    cooperative,
    editions,
    evidence,
    faults,
    field,
    importing,
    journal,
    lapangan,
    matching,
    matching_desk,
    neraca,
    oversight,
    oversight_conflict,
    oversight_review,
    oversight_waiting,
    places,
    planning,
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
    path("foto/<slug:sha256>/<slug:kind>.jpg", evidence.photo, name="photo"),
    path("edisi/", editions.edition_list_page, name="editions"),
    path("edisi/<int:number>/", editions.edition_page, name="edition"),
    path("edisi/<int:number>/putusan/", editions.decide, name="edition-decide"),
    path("edisi/<int:number>/ditolak.xlsx", editions.refused_download, name="edition-refused"),
    path("edisi/<int:old>/<int:new>/", editions.edition_diff, name="edition-diff"),
    path("impor/", importing.upload, name="import"),
    path("impor/<slug:token>/", importing.preview, name="import-preview"),
    path("impor/<slug:token>/mulai/", importing.confirm, name="import-confirm"),
    path("impor/<slug:token>/kemajuan/", importing.progress, name="import-progress"),
    path("pencocokan/", matching.matching, name="matching"),
    path("pencocokan/jalankan/", matching.run, name="matching-run"),
    path("pencocokan/ambil/", matching_desk.take, name="matching-take"),
    path("pencocokan/lepas/", matching_desk.put_back, name="matching-put-back"),
    path("pencocokan/urungkan/", matching_desk.undo, name="matching-undo"),
    path("pencocokan/pasangan/<int:number>/", matching_desk.pair, name="matching-pair"),
    path("pencocokan/pasangan/<int:number>/putusan/", matching_desk.judge, name="matching-judge"),
    path("pencocokan/putusan/<int:number>/tarik/", matching_desk.withdraw, name="matching-withdraw"),
    path("pencocokan/peringatan/", matching.matching_alarms, name="matching-alarms"),
    path("pencocokan/kesepakatan/", matching.matching_agreement, name="matching-agreement"),
    path("putaran/", rounds.rounds, name="rounds"),
    path("putaran/buka/", rounds.open_round_page, name="round-open"),
    path("putaran/<int:number>/tutup/", rounds.close_round_page, name="round-close"),
    path("putaran/<int:number>/lembar.xlsx", rounds.visit_template, name="round-template"),
    path("putaran/<int:number>/kunjungan/", rounds.upload_visits, name="round-visits"),
    path("putaran/<int:number>/turunkan/", rounds.derive, name="round-derive"),
    # addresses
    path("alamat/", places.places, name="places"),
    path("alamat/jalankan/", places.run_locate, name="places-run"),
    path("alamat/<uuid:ident>/", places.place, name="place"),
    path("alamat/<uuid:ident>/tetapkan/", places.set_place, name="place-set"),
    path("alamat/<uuid:ident>/urungkan/", places.undo_place, name="place-undo"),
    # planning
    path("rencana/", planning.plan_page, name="plan"),
    path("rencana/terbitkan/", planning.publish, name="plan-publish"),
    path("rencana/setelan/", planning.set_desk, name="plan-desk"),
    path("rencana/<int:number>/rencana.xlsx", planning.plan_sheet, name="plan-sheet"),
    path("rencana/<int:number>/<slug:on>/rute/", planning.plan_pdf, name="plan-pdf"),
    path("jejak/", journal.journal, name="journal"),
    # oversight
    path("meja/", oversight.desk, name="oversight"),
    path("meja/selisih/<uuid:ident>/", oversight_conflict.conflict, name="oversight-conflict"),
    path("meja/selisih/<uuid:ident>/putusan/", oversight_conflict.decide, name="oversight-decide"),
    path("meja/karantina/<uuid:ident>/", oversight_waiting.decide_packet, name="oversight-packet"),
    path("meja/petugas/<str:name>/", oversight_review.officer, name="oversight-officer"),
    # field
    # phone
    path("lapangan/", lapangan.shell, name="lapangan"),
    path("lapangan/sw.js", lapangan.worker, name="lapangan-worker"),
    path("lapangan/api/perangkat/", field.register_phone, name="field-register"),
    path("lapangan/api/keluar/", field.leave, name="field-leave"),
    path("lapangan/api/hari-ini/", field.today, name="field-today"),
    path("lapangan/api/cari/", field.search, name="field-search"),
    path("lapangan/api/kunjungan/", field.visit, name="field-visit"),
    path("lapangan/api/foto/<slug:token>/", field.photo, name="field-photo"),
    path("lapangan/api/keadaan/", field.state, name="field-state"),
    re_path(r"^lapangan/api/(?:.*)$", field.nowhere, name="field-nowhere"),
    path("cek/", public.search, name="public-search"),
    path("cek/<uuid:ident>/", public.record, name="public-record"),
]

handler403 = faults.forbidden
handler404 = faults.missing
handler500 = faults.broken
