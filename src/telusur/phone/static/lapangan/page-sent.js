// What is sent, what waits, what is stuck, each with a reason that a person understands; and the way by cable.

import { cableFile } from "./cable.js";
import { el, shortDay } from "./element.js";
import { leave } from "./session.js";
import { counts, isStuck, send } from "./sync.js";

const STATES = {
  recorded: "diterima kantor",
  waiting_photos: "diterima kantor, fotonya menyusul",
  quarantined: "diterima kantor, menunggu keputusan kepala bidang",
  rejected: "tidak dipakai kantor",
  waiting: "menunggu jaringan",
};

export async function sentPage({ session, redraw }) {
  const { visits, waiting, stuck } = await counts(session.officer);
  const now = el("button", { class: "main", onclick: async () => {
    now.disabled = true;
    now.textContent = "Mengirim …";
    await send(true);
    await redraw();
  } }, "Kirim sekarang");
  return [
    el("h1", {}, "Kiriman"),
    visits.length === 0 ? el("p", {}, "Belum ada kunjungan yang dicatat di ponsel ini.") : "",
    waiting + stuck > 0 ? now : "",
    el("ul", { class: "sent" }, visits.sort((one, other) => other.sequence - one.sequence).map(line)),
    visits.length ? cable(session) : "",
    el("h2", {}, "Ganti petugas"),
    el("p", {}, "Kunjungan yang belum terkirim tetap di ponsel ini, tidak terlihat oleh petugas lain, dan tetap dikirim atas nama Anda."),
    el("button", { class: "quiet", onclick: async () => { await leave(); await redraw(); } }, "Selesai bekerja di ponsel ini"),
  ];
}

function line(visit) {
  const words = isStuck(visit) && visit.state === "waiting" ? "tersangkut; dicoba lagi terus" : STATES[visit.state];
  return el(
    "li",
    { class: isStuck(visit) ? "stuck" : visit.state },
    el("b", {}, visit.name),
    el("span", {}, `${shortDay(visit.visited_on)} · nomor ${visit.sequence} · ${visit.photos.length} foto`),
    el("span", { class: "state" }, words),
    visit.reason ? el("span", {}, visit.reason) : "",
  );
}

function cable(session) {
  const secret = el("input", { id: "sandi", type: "password", autocomplete: "off", minlength: 8 });
  const said = el("p", { class: "note", role: "status" });
  const make = async () => {
    if (secret.value.length < 8) {
      said.textContent = "Kata sandi berkas paling sedikit 8 huruf; sebutkan kepada kantor saat menyerahkannya.";
      return;
    }
    said.textContent = "Menyusun berkas …";
    const { name, blob } = await cableFile(session, secret.value);
    const link = el("a", { class: "button", href: URL.createObjectURL(blob), download: name }, `Simpan ${name}`);
    said.replaceChildren(link);
  };
  return el(
    "details",
    {},
    el("summary", {}, "Serahkan lewat kabel"),
    el("p", {}, "Bila jaringan tidak pernah ada: semua kunjungan dan foto di ponsel ini dalam satu berkas terkunci. Yang sudah diterima kantor tidak menjadi ganda."),
    el("div", { class: "field" }, el("label", { for: "sandi" }, "Kata sandi untuk berkas ini"), secret),
    el("button", { class: "button", onclick: make }, "Susun berkas"),
    said,
  );
}
