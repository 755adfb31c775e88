// The visit: a finding, what it needs, and a button that says what is still lacking. Common findings stand first.

import { el, localIso } from "./element.js";
import { finishVisit, save } from "./draft.js";
import { fieldsOf, toggles } from "./fields.js";
import { asksPhoto, findingOf, lacking, named } from "./needs.js";
import { taken } from "./picture.js";
import { better, here, isRefused, watch } from "./place.js";
import { keptDay } from "./session.js";
import { get, put, remove } from "./store.js";
import { send } from "./sync.js";

const OF = { place: "Foto lokasi", minutes: "Foto notulen RAT", document: "Foto berkas" };

export async function visitPage({ session, words, redraw }) {
  const draft = await get("drafts", words[0]);
  const packet = await keptDay(session);
  if (!draft || !packet || draft.officer !== session.officer) {
    return [el("h1", {}, "Catatan ini sudah selesai"), el("a", { href: "#/kiriman" }, "Lihat kiriman")];
  }
  const { form } = packet;
  const since = performance.now() - draft.elapsed_ms;
  const body = el("div", {});
  const end = el("div", { class: "end" });
  const spot = el("p", { class: "soft", role: "status" });

  const keep = async (change = null) => {
    if (change) Object.assign(draft, change);
    draft.edits += 1;
    draft.elapsed_ms = performance.now() - since;
    await save(draft);
  };
  const showEnd = () => {
    const lack = lacking(form, draft);
    end.replaceChildren(
      lack === null || lack.length ? el("p", { class: "lack", id: "kurang" }, lack === null ? "Pilih temuannya dahulu." : `Masih perlu: ${lack.join("; ")}.`) : "",
      el("button", { class: "main", disabled: lack === null || lack.length > 0, "aria-describedby": "kurang", onclick: done }, "Selesai"),
    );
  };
  const done = async () => {
    draft.elapsed_ms = performance.now() - since;
    await finishVisit(draft, form);
    location.hash = "#/";
    send(true);
  };
  const change = async (values) => {
    draft.taps += 1;
    await keep(values);
    show();
  };
  const show = () => {
    body.replaceChildren(...parts(form, draft, change, keep, showEnd));
    showEnd();
  };
  watch(async (found) => {
    draft.position = better(draft.position, found && withoutSeen(found));
    draft.position_refused = draft.position === null && isRefused();
    spot.textContent = positionWords(draft);
    await keep();
  });
  spot.textContent = positionWords(draft);
  show();
  const drop = el("button", { class: "quiet", onclick: () => askToDrop(drop, draft) }, "Hapus catatan ini");
  return [el("h1", {}, draft.name), spot, body, end, el("p", {}, drop)];
}

// Twice, and with its consequence said: a slip of a wet finger must not throw a visit away.
async function askToDrop(button, draft) {
  if (button.dataset.asked !== "1") {
    button.dataset.asked = "1";
    button.textContent = `Ketuk lagi: catatan dan ${draft.photos.length} fotonya hilang`;
    return;
  }
  for (const photo of draft.photos) await remove("photos", photo.sha256);
  await remove("drafts", draft.id);
  location.hash = "#/";
}

function withoutSeen({ seen, ...position }) {
  return position;
}

function positionWords(draft) {
  if (draft.position) return `Posisi tercatat, ketelitian ± ${Math.round(draft.position.accuracy_m)} m`;
  return draft.position_refused ? "Ponsel tidak mengizinkan posisi; kunjungan tetap dapat dicatat" : "Mencari posisi …";
}

function parts(form, draft, change, keep, showEnd) {
  const finding = findingOf(form, draft);
  if (finding === null) return choices(form, change);
  const kinds = [...new Set([...named(finding, "evidence"), ...draft.evidence])];
  const made = [
    el("p", { class: "chosen" }, el("b", {}, finding.label), el("button", { class: "quiet", onclick: () => change({ finding: "" }) }, "Ganti temuan")),
    kinds.length ? toggles("Bukti yang dilihat", form.evidence, kinds, draft.evidence, (evidence) => change({ evidence })) : null,
    fieldsOf(finding, draft, async (values) => {
      await keep(values);
      showEnd();
    }),
    toggles("Siapa yang memberi keterangan (hubungannya saja, tanpa nama)", form.informants, Object.keys(form.informants), draft.informants, (informants) => change({ informants })),
    photos(finding, draft, change),
    toggles("Langkah berikutnya", form.next_steps, Object.keys(form.next_steps), draft.next_step ? [draft.next_step] : [], (chosen) => change({ next_step: chosen.at(-1) ?? "" })),
  ];
  return made.filter(Boolean);
}

function choices(form, change) {
  const button = (each) => el("button", { class: "finding", onclick: () => change({ finding: each.finding }) }, each.label);
  const groups = [...new Set(form.findings.map((each) => each.group))];
  return [
    el("h2", {}, "Apa yang ditemukan?"),
    el("div", { class: "findings" }, form.findings.filter((each) => each.is_common).map(button)),
    el(
      "details",
      {},
      el("summary", {}, "Temuan lain"),
      groups.map((group) => {
        const others = form.findings.filter((each) => each.group === group && !each.is_common);
        return others.length ? [el("h3", {}, group), el("div", { class: "findings" }, others.map(button))] : [];
      }),
    ),
  ];
}

function photos(finding, draft, change) {
  const kinds = ["place", ...(finding.asks.includes("meeting") ? ["minutes"] : []), "document"];
  const add = (of) => async (event) => {
    const [file] = event.target.files;
    if (!file) return;
    const shot = await taken(file);
    const at = here();
    await put("photos", shot.sha256, { data: shot.data });
    const { data, ...rest } = shot;
    const photo = { ...rest, of, taken_at: localIso(), lat: at?.lat ?? null, lon: at?.lon ?? null };
    await change({ photos: [...draft.photos.filter((each) => each.sha256 !== photo.sha256), photo] });
  };
  const take = (of) => {
    const input = el("input", { type: "file", accept: "image/*", capture: "environment", id: `foto-${of}`, class: "camera", onchange: add(of) });
    return el("label", { class: of === "place" && asksPhoto(finding) ? "button strong" : "button", for: `foto-${of}` }, OF[of], input);
  };
  const drop = (photo) => async () => {
    await remove("photos", photo.sha256);
    await change({ photos: draft.photos.filter((each) => each.sha256 !== photo.sha256) });
  };
  return el(
    "section",
    {},
    el("h2", {}, "Foto"),
    el("div", { class: "pair" }, kinds.map(take)),
    el(
      "ul",
      { class: "shots" },
      draft.photos.map((photo) =>
        el("li", {}, `${OF[photo.of]}, ${Math.round(photo.size / 1024)} kB${photo.lat === null ? ", tanpa posisi" : ""}`, el("button", { class: "quiet", onclick: drop(photo) }, "Buang")),
      ),
    ),
  );
}
