// One cooperative before the visit: where it should be, what the register says, who was here, whom to ask.

import { el, shortDay } from "./element.js";
import { drawMap } from "./map.js";
import { newDraft } from "./draft.js";
import { here } from "./place.js";
import { keptDay } from "./session.js";
import { all, get } from "./store.js";

const TIERS = {
  A: "pintunya dapat ditemukan siapa saja",
  B: "jalan atau kompleksnya dapat ditemukan",
  C: "hanya lingkungannya",
  D: "tidak ada pegangan",
};
const PRECISIONS = { building: "letak bangunannya", street: "perkiraan letak jalannya", kelurahan: "tengah kelurahannya" };

export async function stopPage({ session, words }) {
  const [ident] = words;
  const packet = await keptDay(session);
  const searched = await get("days", `cari ${session.officer} ${ident}`);
  const stop = packet?.stops.find((each) => each.cooperative === ident) ?? searched;
  if (!packet || !stop) return [el("h1", {}, "Koperasi ini tidak ada di daftar"), el("a", { class: "button", href: "#/" }, "Kembali ke daftar")];
  const draft = (await all("drafts")).find((each) => each.cooperative === ident && each.officer === session.officer);
  const begin = async () => {
    const made = draft ?? (await newDraft(session, packet, stop));
    location.hash = `#/kunjungan/${made.id}`;
  };
  const near = packet.stops.some((each) => each.cooperative === ident) ? (packet.shapes ?? []) : [];
  return [
    el("h1", {}, stop.name),
    el("p", { class: "address" }, stop.address || "Alamat tidak dicatat", el("br"), el("span", { class: "soft" }, [stop.kelurahan, stop.kecamatan].filter(Boolean).join(", "))),
    el("p", { class: "soft" }, [stop.tier && `Alamat ${stop.tier}: ${TIERS[stop.tier] ?? ""}`, PRECISIONS[stop.precision] && `Titik di peta: ${PRECISIONS[stop.precision]}`].filter(Boolean).join(". ")),
    el("p", { class: "pair" }, ways(stop)),
    el("button", { class: "main", onclick: begin }, draft ? "Lanjutkan catatan" : "Catat kunjungan"),
    !packet.round && el("p", { class: "note" }, "Tidak ada putaran yang terbuka di kantor; kunjungan akan menunggu keputusan."),
    el("h2", {}, "Tanya siapa"),
    el("ul", {}, stop.ask.map((who) => el("li", {}, who))),
    el("h2", {}, "Kunjungan sebelumnya"),
    stop.attempts.length
      ? el("ul", {}, stop.attempts.map((each) => el("li", {}, `${shortDay(each.on)}, ${each.part}: ${each.finding} (${each.officer})`)))
      : el("p", {}, stop.purpose === "back_check" ? "Pemeriksaan ulang: temuan pertama tidak ditampilkan." : "Belum ada."),
    drawMap(near, [stop], null, here()),
    facts("Menurut register", [["NIK koperasi", stop.nik_koperasi || "—"], ...stop.registry.map((item) => [item.label, item.value])]),
  ];
}

// Apple's phones know no geo: addresses.
const isApple = /iPhone|iPad/.test(navigator.userAgent);

function ways(stop) {
  const made = [];
  if (stop.lat !== null && stop.lat !== undefined) {
    const at = `${stop.lat},${stop.lon}`;
    made.push(el("a", { class: "button", href: isApple ? `maps:?q=${at}` : `geo:${at}?q=${at}` }, "Tunjukkan jalan"));
  } else if (stop.address) {
    const words = encodeURIComponent([stop.address, stop.kelurahan, stop.kecamatan].filter(Boolean).join(", "));
    made.push(el("a", { class: "button", href: isApple ? `maps:?q=${words}` : `geo:0,0?q=${words}` }, "Cari alamat di peta"));
  }
  if (stop.phone) made.push(el("a", { class: "button", href: `tel:${stop.phone}` }, "Telepon"));
  return made;
}

function facts(title, pairs) {
  return el("section", {}, el("h2", {}, title), el("dl", {}, pairs.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)])));
}
