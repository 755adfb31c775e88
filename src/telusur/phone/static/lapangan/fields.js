// The fields that a finding asks for, in an official's words, and rows of toggles.

import { el } from "./element.js";

const FIELDS = {
  business_on: ["date", "Tanggal pada buku kas atau transaksi terbaru"],
  receipt_due_on: ["date", "Berkas ditunggu sampai"],
  number: ["text", "Nomor dokumen"],
  survivor: ["text", "NIK koperasi yang dipertahankan"],
};

export function fieldsOf(finding, draft, keep) {
  const made = finding.asks.filter((name) => FIELDS[name]).map((name) => input(name, ...FIELDS[name], draft, keep));
  if (finding.asks.includes("meeting")) {
    made.push(input("meeting_year", "number", "RAT terakhir untuk tahun buku (bila ada)", draft, keep));
    made.push(input("meeting_on", "date", "Tanggal RAT itu (bila diketahui)", draft, keep));
  }
  return made.length ? el("section", {}, made) : null;
}

export function noteOf(draft, keep) {
  const note = el("textarea", { id: "note", rows: 3, maxlength: 2000 });
  note.value = draft.note;
  note.addEventListener("input", () => keep({ note: note.value }));
  return el("div", { class: "field" }, el("label", { for: "note" }, "Catatan (tanpa nama orang)"), note);
}

function input(name, type, words, draft, keep) {
  const made = el("input", { id: name, type, inputmode: type === "number" ? "numeric" : null, autocomplete: "off", maxlength: 120 });
  made.value = draft[name];
  made.addEventListener("input", () => keep({ [name]: made.value }));
  return el("div", { class: "field" }, el("label", { for: name }, words), made);
}

// What the minutes hold, once they are photographed. Nothing pressed: nobody looked. "none": looked, and none of them is there.
export function contentsOf(form, draft, change) {
  const labels = { ...form.contents, none: "tidak satu pun" };
  const chosen = draft.contents === null || draft.contents === undefined ? [] : draft.contents.length ? draft.contents : ["none"];
  const pressed = (now) => {
    const kept = now.at(-1) === "none" ? [] : now.filter((key) => key !== "none");
    change({ contents: now.length ? kept : null });
  };
  return toggles("Yang termuat di notulen itu", labels, Object.keys(labels), chosen, pressed);
}

// A row of buttons that are on or off. changed: gets the new list, the newest last.
export function toggles(title, labels, kinds, chosen, changed) {
  return el(
    "section",
    {},
    el("h2", {}, title),
    el(
      "div",
      { class: "toggles" },
      kinds.map((kind) => {
        const isOn = chosen.includes(kind);
        const flip = () => changed(isOn ? chosen.filter((each) => each !== kind) : [...chosen, kind]);
        return el("button", { class: "toggle", "aria-pressed": String(isOn), onclick: flip }, labels[kind] ?? kind);
      }),
    ),
  );
}
