// One cooperative before the visit: where it should be, what the register says, who was here, whom to ask.

import { el, shortDay } from "./element.js";
import { newDraft } from "./draft.js";
import { keptDay } from "./session.js";
import { all, get } from "./store.js";

const TIERS = {
  A: "pintunya dapat ditemukan siapa saja",
  B: "jalan atau kompleksnya dapat ditemukan",
  C: "hanya lingkungannya",
  D: "tidak ada pegangan",
};

export async function stopPage({ session, words }) {
  const [ident] = words;
  const packet = await keptDay(session);
  const searched = await get("days", `cari ${session.officer} ${ident}`);
  const stop = packet?.stops.find((each) => each.cooperative === ident) ?? searched;
  if (!packet || !stop) return [el("h1", {}, "Koperasi ini tidak ada di daftar"), el("a", { href: "#/" }, "Kembali ke daftar")];
  const draft = (await all("drafts")).find((each) => each.cooperative === ident && each.officer === session.officer);
  const begin = async () => {
    const made = draft ?? (await newDraft(session, packet, stop));
    location.hash = `#/kunjungan/${made.id}`;
  };
  return [
    el("h1", {}, stop.name),
    el("p", { class: "address" }, stop.address || "Alamat tidak dicatat", el("br"), el("span", { class: "soft" }, [stop.kelurahan, stop.kecamatan].filter(Boolean).join(", "))),
    el("p", { class: "soft" }, `Alamat ${stop.tier}: ${TIERS[stop.tier] ?? ""}`),
    el("p", { class: "pair" }, ways(stop)),
    el("button", { class: "main", onclick: begin }, draft ? "Lanjutkan catatan" : "Catat kunjungan"),
    facts("Menurut register", [["NIK koperasi", stop.nik_koperasi || "—"], ...stop.registry.map((item) => [item.label, item.value])]),
    el("h2", {}, "Kunjungan sebelumnya"),
    stop.attempts.length
      ? el("ul", {}, stop.attempts.map((each) => el("li", {}, `${shortDay(each.on)}, ${each.part}: ${each.finding} (${each.officer})`)))
      : el("p", {}, stop.purpose === "back_check" ? "Pemeriksaan ulang: temuan pertama tidak ditampilkan." : "Belum ada."),
    el("h2", {}, "Tanya siapa"),
    el("p", {}, stop.ask.join(", ")),
  ];
}

function ways(stop) {
  const made = [];
  if (stop.lat !== null && stop.lat !== undefined) {
    const at = `${stop.lat},${stop.lon}`;
    made.push(el("a", { class: "button", href: `geo:${at}?q=${at}` }, "Tunjukkan jalan"));
  }
  if (stop.phone) made.push(el("a", { class: "button", href: `tel:${stop.phone}` }, "Telepon"));
  return made;
}

function facts(title, pairs) {
  return el("section", {}, el("h2", {}, title), el("dl", {}, pairs.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)])));
}
