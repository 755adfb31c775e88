// Today's stops in their order, with what is done, and the map. What is kept is shown at once; the office is asked beside it.

import { dayWords, el } from "./element.js";
import { drawMap } from "./map.js";
import { here } from "./place.js";
import { NoAnswer } from "./office.js";
import { day, fetchDays, todayHere } from "./session.js";
import { all } from "./store.js";

const PURPOSES = { value: "", random: "urutan acak", back_check: "periksa ulang", revisit: "datangi lagi" };
const ASK_AGAIN_AFTER = 60000;

let asked = { officer: "", at: 0 };
let refusal = "";

export async function todayPage({ session, redraw }) {
  const { packet, problem } = await day(session);
  if (!packet) return empty(problem, redraw);
  renew(session, packet, redraw);
  const visits = (await all("visits")).filter((visit) => visit.officer === session.officer);
  const drafts = (await all("drafts")).filter((draft) => draft.officer === session.officer);
  const isDone = (stop) => visits.some((visit) => visit.cooperative === stop.cooperative && (visit.stop === stop.stop || visit.visited_on === packet.on));
  const stops = packet.stops.map((stop) => ({ ...stop, isDone: isDone(stop) }));
  const own = stops.filter((stop) => !stop.is_backup);
  const left = own.filter((stop) => !stop.isDone).length;
  const hours = packet.shift ? `${clock(packet.shift.starts)}–${clock(packet.shift.ends)}` : "";
  return [
    el("h1", {}, dayWords(packet.on)),
    el("p", { class: "soft" }, [stops.length && (left ? `${left} dari ${own.length} tujuan belum didatangi` : `semua ${own.length} tujuan sudah didatangi`), hours, age(packet)].filter(Boolean).join(" · ")),
    packet.on !== todayHere() && el("p", { class: "note" }, `Daftar ini untuk ${dayWords(packet.on)}; hari ini ${dayWords(todayHere())} menurut ponsel. Daftar yang baru diambil begitu ada jaringan.`),
    refusal && el("p", { class: "note" }, `Memakai daftar yang tersimpan: ${refusal}.`),
    drafts.map((draft) =>
      el("a", { class: "card draft", href: `#/kunjungan/${draft.id}` }, el("b", {}, draft.name), el("span", {}, "Belum selesai, lanjutkan")),
    ),
    stops.length
      ? [drawMap(packet.shapes ?? [], stops, packet.office, here()), vague(stops), el("ol", { class: "stops" }, stops.map(card))]
      : el("p", {}, `Tidak ada tujuan yang direncanakan hari ini. ${packet.next_on ? `Rute berikutnya ${dayWords(packet.next_on)}.` : "Tunggu rencana dari kantor."} Koperasi lain dapat dicari.`),
    el("a", { class: "button wide", href: "#/cari" }, "Cari koperasi lain"),
    el("a", { class: "button wide", href: "#/stok" }, "Cek stok gerai kelurahan"),
  ];
}

// A pin in the middle of a kelurahan looks as sure as one at a door.
function vague(stops) {
  const count = stops.filter((stop) => stop.precision === "kelurahan").length;
  return count > 0 && el("p", { class: "soft" }, `${count} tujuan hanya diketahui kelurahannya: titiknya di tengah kelurahan, tempatnya dicari di sana.`);
}

// Asks the office without making anybody wait; draws again only where something changed and the list is still on the screen.
async function renew(session, packet, redraw) {
  if (!navigator.onLine || (asked.officer === session.officer && Date.now() - asked.at < ASK_AGAIN_AFTER)) return;
  asked = { officer: session.officer, at: Date.now() };
  const before = [refusal, said(packet)];
  try {
    refusal = await fetchDays(session);
  } catch (problem) {
    if (!(problem instanceof NoAnswer)) throw problem;
    return;
  }
  const now = [refusal, said((await day(session)).packet)];
  if (now.join() !== before.join() && /^#?\/?$/.test(location.hash)) await redraw();
}

function said({ server_at, fetched_at, ...rest }) {
  return JSON.stringify(rest);
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
          [stop.is_backup ? "cadangan" : clock(stop.arrives), stop.kelurahan, stop.tier && `alamat ${stop.tier}`, purpose, stop.window, tries(stop), stop.isDone && "sudah dicatat"].filter(Boolean).join(" · "),
        ),
      ),
    ),
  );
}

const clock = (time) => time.replace(":", ".");

function tries(stop) {
  return stop.attempts.length ? `${stop.attempts.length}× didatangi` : "";
}

function age(packet) {
  const hours = Math.floor((Date.now() - packet.fetched_at) / 3600000);
  return hours >= 1 ? `daftar ${hours} jam yang lalu` : "";
}

function empty(problem, redraw) {
  return [
    el("h1", {}, "Belum ada daftar di ponsel ini"),
    el("p", {}, "Buka halaman ini sekali selagi ada jaringan; sesudahnya daftar tersimpan."),
    problem && el("p", { class: "note" }, `${problem}.`),
    el("button", { class: "main", onclick: redraw }, "Coba lagi"),
    el("a", { class: "button wide", href: "#/stok" }, "Cek stok gerai kelurahan"),
  ];
}
