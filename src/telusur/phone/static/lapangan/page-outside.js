// A cooperative that is there and stands in no register: its name and place, then the same form.

import { el } from "./element.js";
import { newDraft } from "./draft.js";
import { keptDay } from "./session.js";

export async function outsidePage({ session }) {
  const packet = await keptDay(session);
  if (!packet?.round) return [el("h1", {}, "Di luar register"), el("p", {}, "Daftar hari ini perlu diambil dahulu, selagi ada jaringan.")];
  const field = (id, words, most) => {
    const input = el("input", { id, type: "text", autocomplete: "off", maxlength: most, required: id === "nama" });
    return { input, whole: el("div", { class: "field" }, el("label", { for: id }, words), input) };
  };
  const name = field("nama", "Nama pada papan atau stempelnya", 300);
  const address = field("alamat", "Alamat", 300);
  const kelurahan = field("kelurahan", "Kelurahan", 120);
  const begin = async (event) => {
    event.preventDefault();
    const said = name.input.value.trim();
    if (!said) return;
    const outside = { name: said, address: address.input.value.trim(), kelurahan: kelurahan.input.value.trim() };
    const draft = await newDraft(session, packet, { cooperative: null, stop: "", name: said, outside });
    location.hash = `#/kunjungan/${draft.id}`;
  };
  return [
    el("h1", {}, "Di luar register"),
    el("p", {}, "Untuk koperasi yang Anda temukan dan tidak ada di register. Kantor mencatatnya pada daftar tersendiri."),
    el("form", { onsubmit: begin }, name.whole, address.whole, kelurahan.whole, el("button", { class: "main" }, "Catat kunjungan")),
  ];
}
