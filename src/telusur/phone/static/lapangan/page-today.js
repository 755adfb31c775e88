// Today's stops in their order, with what is done, and the map.

import { dayWords, el } from "./element.js";
import { drawMap } from "./map.js";
import { here } from "./place.js";
import { day, keptDay } from "./session.js";
import { all } from "./store.js";

const PURPOSES = { value: "", random: "urutan acak", back_check: "periksa ulang", revisit: "datangi lagi" };

export async function todayPage({ session, redraw }) {
  const kept = await keptDay(session);
  const { packet, problem } = kept && !navigator.onLine ? { packet: kept, problem: "" } : await day(session);
  if (!packet) return empty(problem, redraw);
  const visits = (await all("visits")).filter((visit) => visit.officer === session.officer);
  const drafts = (await all("drafts")).filter((draft) => draft.officer === session.officer);
  const done = new Set(visits.filter((visit) => visit.visited_on === packet.on).map((visit) => visit.cooperative));
  const stops = packet.stops.map((stop) => ({ ...stop, isDone: done.has(stop.cooperative) }));
  const left = stops.filter((stop) => !stop.isDone && !stop.is_backup).length;
  return [
    el("h1", {}, dayWords(packet.on)),
    el("p", { class: "soft" }, stops.length ? `${left} dari ${stops.filter((stop) => !stop.is_backup).length} tujuan belum didatangi` : "", age(packet)),
    problem && el("p", { class: "note" }, `Memakai daftar yang tersimpan: ${problem}.`),
    drafts.map((draft) =>
      el("a", { class: "card draft", href: `#/kunjungan/${draft.id}` }, el("b", {}, draft.name), el("span", {}, "Belum selesai, lanjutkan")),
    ),
    stops.length
      ? [drawMap(packet.shapes ?? [], stops, here()), el("ol", { class: "stops" }, stops.map(card))]
      : el("p", {}, "Tidak ada tujuan yang direncanakan hari ini. Koperasi lain dapat dicari, atau tunggu rencana dari kantor."),
  ];
}

function card(stop) {
  const purpose = PURPOSES[stop.purpose] ?? "";
  return el(
    "li",
    { class: stop.isDone ? "done" : null },
    el(
      "a",
      { class: "card", href: `#/henti/${stop.cooperative}` },
      el("span", { class: "turn", "aria-hidden": "true" }, stop.isDone ? "✓" : String(stop.order || "+")),
      el(
        "span",
        { class: "what" },
        el("b", {}, stop.name),
        el("span", {}, stop.address || "tanpa alamat"),
        el(
          "span",
          { class: "soft" },
          [stop.is_backup ? "cadangan" : stop.arrives, stop.kelurahan, `alamat ${stop.tier}`, purpose, stop.window, stop.isDone && "sudah dicatat"].filter(Boolean).join(" · "),
        ),
      ),
    ),
  );
}

function age(packet) {
  const hours = Math.floor((Date.now() - packet.fetched_at) / 3600000);
  return hours >= 1 ? ` · daftar ${hours} jam yang lalu` : "";
}

function empty(problem, redraw) {
  return [
    el("h1", {}, "Belum ada daftar di ponsel ini"),
    el("p", {}, "Buka halaman ini sekali selagi ada jaringan; sesudahnya daftar tersimpan."),
    problem && el("p", { class: "note" }, `${problem}.`),
    el("button", { class: "main", onclick: redraw }, "Coba lagi"),
  ];
}
