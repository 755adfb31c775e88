// What is sent, what waits, what is stuck, each with a reason that a person understands; and the way by cable.

import { cableFile } from "./cable.js";
import { el, shortDay } from "./element.js";
import { strangerAnswers } from "./office.js";
import { leave } from "./session.js";
import { isCheckStuck } from "./stock-sync.js";
import { counts, isStuck, send } from "./sync.js";

const STATES = {
  recorded: "diterima kantor",
  waiting_photos: "diterima kantor",
  quarantined: "diterima kantor, menunggu keputusan kepala bidang",
  rejected: "tidak dipakai kantor",
  waiting: "menunggu jaringan",
};

export async function sentPage({ session, redraw }) {
  const { visits, checks, waiting, stuck, lost } = await counts(session.officer);
  const now = el("button", { class: "main", onclick: async () => {
    now.disabled = true;
    now.textContent = "Mengirim …";
    await send(true);
    await redraw();
  } }, "Kirim sekarang");
  return [
    el("h1", {}, "Kiriman"),
    lost ? el("p", { class: "note" }, `${lost} catatan di ponsel ini tidak dapat dibuka lagi; kuncinya berubah. Jangan hapus aplikasi atau datanya; beri tahu kantor, dan datangi lagi bila perlu.`) : "",
    visits.length + checks.length + lost === 0 ? el("p", {}, "Belum ada yang dicatat di ponsel ini.") : "",
    visits.length + checks.length && waiting + stuck === 0 ? el("p", {}, "Semua yang dicatat sudah di kantor.") : "",
    waiting ? howLong() : "",
    waiting + stuck > 0 ? now : "",
    el("ul", { class: "sent" }, visits.sort((one, other) => other.sequence - one.sequence).map(line)),
    checks.length ? [el("h2", {}, "Cek stok"), el("ul", { class: "sent" }, checks.sort((one, other) => other.checked_on.localeCompare(one.checked_on)).map(checkLine))] : "",
    visits.length ? cable(session) : "",
    el("h2", {}, "Ganti petugas"),
    el("p", {}, "Kunjungan yang belum terkirim tetap di ponsel ini, tidak terlihat oleh petugas lain, dan tetap dikirim atas nama Anda."),
    leaving(redraw),
  ];
}

function howLong() {
  if (!navigator.onLine) return el("p", {}, "Semuanya tersimpan di ponsel ini, dan dikirim sendiri begitu ada jaringan.");
  if (!strangerAnswers()) return el("p", {}, "Biarkan aplikasi terbuka sampai semuanya terkirim.");
  return el("p", { class: "note" }, "Jaringan ini menjawab, tetapi bukan kantor; biasanya halaman masuk Wi-Fi. Buka situs apa saja di peramban dan masuk dahulu, atau pakai jaringan lain. Semuanya tetap tersimpan di ponsel ini.");
}

// Twice, and with its consequence said: without a network nobody can enter again.
function leaving(redraw) {
  const button = el("button", { class: "button", onclick: async () => {
    if (button.dataset.asked !== "1") {
      button.dataset.asked = "1";
      button.textContent = "Ketuk lagi: untuk masuk lagi perlu jaringan dan kata sandi";
      return;
    }
    await leave();
    await redraw();
  } }, "Selesai bekerja di ponsel ini");
  return button;
}

function line(visit) {
  return el(
    "li",
    { class: isStuck(visit) ? "stuck" : (visit.owed ?? []).length ? "waiting" : visit.state },
    el("b", {}, visit.name),
    el("span", {}, `${shortDay(visit.visited_on)} · nomor ${visit.sequence} · ${visit.photos.length} foto`),
    el("span", { class: "state" }, stateWords(visit)),
    visit.reason ? el("span", {}, sentence(visit.reason)) : "",
  );
}

function checkLine(check) {
  const held = isCheckStuck(check) && check.state === "waiting" ? "tersangkut; dicoba lagi terus" : STATES[check.state];
  return el(
    "li",
    { class: isCheckStuck(check) ? "stuck" : check.state },
    el("b", {}, check.name),
    el("span", {}, `${shortDay(check.checked_on)} · ${check.is_open ? `${check.counted} bahan dihitung` : "gerai tutup"}`),
    el("span", { class: "state" }, held),
    check.reason ? el("span", {}, sentence(check.reason)) : "",
  );
}

function stateWords(visit) {
  const owed = (visit.owed ?? []).length;
  if (visit.state === "waiting") return isStuck(visit) ? "tersangkut; dicoba lagi terus" : STATES.waiting;
  if (owed) return `catatannya diterima kantor, ${owed} foto belum${isStuck(visit) ? "; tersangkut, dicoba lagi terus" : ""}`;
  return STATES[visit.state];
}

const sentence = (words) => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;

function cable(session) {
  const secret = el("input", { id: "sandi", type: "text", autocomplete: "off", autocapitalize: "none", spellcheck: "false", minlength: 8 });
  const said = el("p", { class: "note", role: "status", hidden: true });
  const tell = (...words) => {
    said.hidden = false;
    said.replaceChildren(...words);
  };
  const make = async () => {
    if (secret.value.length < 8) {
      tell("Kata sandi berkas paling sedikit 8 huruf; sebutkan kepada kantor saat menyerahkannya.");
      return;
    }
    tell("Menyusun berkas …");
    const { name, blob } = await cableFile(session, secret.value);
    tell(el("a", { class: "button", href: URL.createObjectURL(blob), download: name }, `Simpan ${name}`));
  };
  return el(
    "details",
    {},
    el("summary", {}, "Serahkan lewat kabel"),
    el("p", {}, "Bila jaringan tidak pernah ada: semua kunjungan dan foto di ponsel ini dalam satu berkas terkunci. Yang sudah diterima kantor tidak menjadi ganda."),
    el("div", { class: "field" }, el("label", { for: "sandi" }, "Kata sandi untuk berkas ini, sedikitnya 8 huruf"), secret),
    el("button", { class: "button", onclick: make }, "Susun berkas"),
    said,
  );
}
