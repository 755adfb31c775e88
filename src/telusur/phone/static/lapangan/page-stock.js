// A stock check of a village cooperative's outlet: choose the kelurahan, say open or closed, count eight staples. Works
// without a network from the second visit on; every change is kept at once, and the office is asked beside it.

import { el, longDay, shortDay } from "./element.js";
import { NoAnswer } from "./office.js";
import { all } from "./store.js";
import { amount, draftOf, fetchForm, finishCheck, keptForm, saveDraft } from "./stock.js";
import { send } from "./sync.js";

const ASK_AGAIN_AFTER = 60000;
let asked = 0;

export async function stockPage({ session, words, redraw }) {
  const form = await formNow(session, redraw);
  if (!form) return empty(redraw);
  const [code] = words;
  const place = form.outlets.find((each) => each.code === code);
  return place ? checkPage(session, form, place) : listPage(session, form);
}

// What is kept is used at once; where nothing is kept the office is waited for.
async function formNow(session, redraw) {
  const kept = await keptForm(session);
  if (kept && (!navigator.onLine || Date.now() - asked < ASK_AGAIN_AFTER)) return kept;
  asked = Date.now();
  const fetched = fetchForm(session).catch((problem) => {
    if (!(problem instanceof NoAnswer)) throw problem;
    return null;
  });
  if (!kept) return fetched;
  fetched.then((said) => said && JSON.stringify(said) !== JSON.stringify(kept) && /^#\/stok\/?$/.test(location.hash) && redraw());
  return kept;
}

function empty(redraw) {
  return [
    el("h1", {}, "Cek stok"),
    el("p", {}, "Formulirnya belum ada di ponsel ini. Buka halaman ini sekali selagi ada jaringan; sesudahnya tersimpan."),
    el("button", { class: "main", onclick: redraw }, "Coba lagi"),
  ];
}

async function listPage(session, form) {
  const checks = (await all("stocks")).filter((each) => each.officer === session.officer);
  const outlets = form.outlets.filter((each) => each.has_outlet);
  const others = form.outlets.filter((each) => !each.has_outlet);
  const links = (list) => el("ul", { class: "stops" }, list.map((each) => card(each, checks)));
  return [
    el("h1", {}, "Cek stok"),
    el("p", { class: "soft" }, "Gerai sembako koperasi kelurahan. Pilih yang sedang Anda datangi."),
    outlets.length ? links(outlets) : el("p", {}, "Belum ada gerai yang tercatat berjalan."),
    others.length ? el("details", {}, el("summary", {}, `Kelurahan lain (${others.length})`), links(others)) : "",
  ];
}

function card(place, checks) {
  const own = checks.filter((each) => each.kelurahan === place.code).map((each) => each.checked_on).sort().at(-1) ?? "";
  const last = [place.checked_on ?? "", own].sort().at(-1);
  return el(
    "li",
    {},
    el("a", { class: "card", href: `#/stok/${place.code}` }, el("span", { class: "what" },
      el("b", {}, place.name),
      el("span", {}, place.kecamatan),
      el("span", { class: "soft" }, last ? `terakhir dicek ${shortDay(last)}` : "belum pernah dicek"))),
  );
}

async function checkPage(session, form, place) {
  const draft = await draftOf(session, place.code);
  const keep = (change) => saveDraft(Object.assign(draft, change));
  const lines = el("div", { hidden: draft.is_open !== true }, form.staples.map((staple) => lineOf(staple, place, draft, keep, refresh)));
  const lack = el("p", { class: "lack", id: "kurang" });
  const done = el("button", { class: "main" }, "Simpan pemeriksaan");
  const open = el("div", { class: "toggles" });
  const problem = el("p", { class: "note", role: "alert", hidden: true });
  function refresh() {
    const counted = form.staples.filter((each) => isCounted(draft.lines[each.staple])).length;
    lines.hidden = draft.is_open !== true;
    const ready = draft.is_open === false || (draft.is_open === true && counted > 0);
    lack.textContent = draft.is_open === null ? "Catat dahulu: gerainya buka atau tutup." : draft.is_open ? `${counted} dari ${form.staples.length} bahan sudah dihitung.` : "Gerai tutup dicatat tanpa hitungan.";
    done.disabled = !ready;
    open.replaceChildren(choice("Buka", true), choice("Tutup", false));
  }
  const choice = (words, value) => el("button", { class: "toggle", "aria-pressed": String(draft.is_open === value), onclick: async () => {
    await keep({ is_open: value });
    refresh();
  } }, words);
  done.addEventListener("click", async () => {
    const wrong = form.staples.find((each) => isWrong(draft.lines[each.staple]));
    if (draft.is_open && wrong) {
      problem.hidden = false;
      problem.textContent = `${capital(wrong.label)}: tulis angka saja, misalnya 12,5. Kosongkan yang tidak dihitung.`;
      document.getElementById(`${wrong.staple}-on_hand`).focus();
      return;
    }
    done.disabled = true;
    await finishCheck(session, form, place, draft);
    location.hash = "#/kiriman";
    send(true);
  });
  refresh();
  const note = el("textarea", { id: "catatan", rows: 2, maxlength: 500 });
  note.value = draft.note;
  note.addEventListener("input", () => keep({ note: note.value }));
  return [
    el("h1", {}, place.name),
    el("p", { class: "soft" }, [place.kecamatan, place.checked_on && `terakhir dicek ${longDay(place.checked_on)}`].filter(Boolean).join(" · ")),
    el("h2", { id: "buka" }, "Gerai sekarang"),
    open,
    lines,
    el("div", { class: "field" }, el("label", { for: "catatan" }, "Catatan (tanpa nama orang)"), note),
    problem,
    el("div", { class: "end" }, lack, done),
  ];
}

function lineOf(staple, place, draft, keep, refresh) {
  const line = (draft.lines[staple.staple] ??= { on_hand: "", received: "", price: "" });
  const before = place.last?.[staple.staple];
  const field = (name, words, wide = false) => {
    const id = `${staple.staple}-${name}`;
    const input = el("input", { id, inputmode: "decimal", autocomplete: "off", maxlength: 10 });
    input.value = line[name];
    input.addEventListener("input", async () => {
      line[name] = input.value;
      await keep({});
      refresh();
    });
    return el("div", { class: wide ? "field wide" : "field" }, el("label", { for: id }, words), input);
  };
  const none = el("button", { class: "quiet", onclick: async () => {
    line.on_hand = "0";
    document.getElementById(`${staple.staple}-on_hand`).value = "0";
    await keep({});
    refresh();
  } }, "Habis");
  return el(
    "fieldset",
    { class: "staple" },
    el("legend", {}, capital(staple.label)),
    before ? el("p", { class: "soft" }, `${shortDay(before.on)}: ${number(before.on_hand)} ${staple.unit}`) : "",
    el("div", { class: "counts" }, field("on_hand", `Ada (${staple.unit})`), field("received", "Masuk sejak itu"), field("price", `Rp tiap ${staple.unit}`)),
    none,
  );
}

const number = (value) => new Intl.NumberFormat("id-ID").format(value);
const capital = (words) => words.charAt(0).toUpperCase() + words.slice(1);
const isCounted = (line) => Boolean(line && line.on_hand.trim() !== "");
const isWrong = (line) => Boolean(line) && ["on_hand", "received", "price"].some((name) => line[name].trim() !== "" && amount(line[name]) === null);
