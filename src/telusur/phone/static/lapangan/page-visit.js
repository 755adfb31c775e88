// The visit: a finding, what it needs, and a button that says what is still lacking. Common findings stand first.

import { el, localIso } from "./element.js";
import { finishVisit, save } from "./draft.js";
import { contentsOf, fieldsOf, noteOf, toggles } from "./fields.js";
import { asksPhoto, findingOf, hasMinutes, lacking, named, withQuick } from "./needs.js";
import { taken, thumbnail } from "./picture.js";
import { better, hereNow, isRefused, watch } from "./place.js";
import { keptDay } from "./session.js";
import { addPhoto, dropPhotos, get, remove } from "./store.js";
import { send } from "./sync.js";

const OF = { place: "Foto lokasi", minutes: "Foto notulen RAT", document: "Foto berkas" };

export async function visitPage({ session, words }) {
  const draft = await get("drafts", words[0]);
  const packet = await keptDay(session);
  if (!draft || !packet || draft.officer !== session.officer) {
    return [el("h1", {}, "Catatan ini sudah selesai"), el("a", { class: "button", href: "#/kiriman" }, "Lihat kiriman")];
  }
  const { form } = packet;
  const since = performance.now() - draft.elapsed_ms;
  const body = el("div", {});
  const end = el("div", { class: "end" });
  const spot = el("p", { class: "soft", role: "status" });
  let isFinished = false;

  const write = async (change = {}) => {
    Object.assign(draft, change);
    draft.elapsed_ms = performance.now() - since;
    if (!isFinished) await save(draft);
  };
  const keep = (change) => {
    draft.edits += 1;
    return write(change);
  };
  const showEnd = () => {
    const lack = lacking(form, draft);
    end.replaceChildren(
      lack === null || lack.length ? el("p", { class: "lack", id: "kurang" }, lack === null ? "Pilih temuannya dahulu." : `Masih perlu: ${lack.join("; ")}.`) : "",
      el("button", { class: "main", disabled: lack === null || lack.length > 0, "aria-describedby": "kurang", onclick: done }, "Selesai"),
    );
  };
  const done = async () => {
    // Wet fingers tap twice.
    if (isFinished) return;
    isFinished = true;
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
    body.replaceChildren(...parts({ form, draft, change, keep, write, show, showEnd }));
    showEnd();
  };
  watch(async (found) => {
    const position = better(draft.position, found && withoutSeen(found));
    await write({ position, position_refused: position === null && isRefused() });
    spot.textContent = positionWords(draft);
  });
  spot.textContent = positionWords(draft);
  show();
  const drop = el("button", { class: "quiet", onclick: () => askToDrop(drop, draft) }, "Hapus catatan ini");
  return [el("h1", {}, draft.name), draft.outside && el("p", { class: "soft" }, "Di luar daftar register"), spot, body, end, el("p", {}, drop)];
}

// Twice, and with its consequence said: a slip of a wet finger must not throw a visit away.
async function askToDrop(button, draft) {
  if (button.dataset.asked !== "1") {
    button.dataset.asked = "1";
    button.textContent = `Ketuk lagi: catatan dan ${draft.photos.length} fotonya hilang`;
    return;
  }
  await remove("drafts", draft.id);
  await dropPhotos(draft.photos.map((photo) => photo.sha256));
  location.hash = "#/";
}

function withoutSeen({ seen, ...position }) {
  return position;
}

function positionWords(draft) {
  if (draft.position) return `Posisi tercatat, ketelitian ± ${Math.round(draft.position.accuracy_m)} m`;
  return draft.position_refused ? "Ponsel tidak mengizinkan posisi; kunjungan tetap dapat dicatat" : "Mencari posisi …";
}

// What the finding needs stands first, what may be added after it.
function parts(visit) {
  const { form, draft, change, keep, showEnd } = visit;
  const finding = findingOf(form, draft);
  if (finding === null) return choices(form, draft, change);
  const kinds = [...new Set([...named(finding, "evidence"), ...draft.evidence])];
  const quietly = async (values) => {
    await keep(values);
    showEnd();
  };
  const ways = {
    who: toggles("Siapa yang memberi keterangan (hubungannya saja, tanpa nama)", form.informants, Object.keys(form.informants), draft.informants, (informants) => change({ informants })),
    photos: photos(finding, visit),
  };
  const asksWhom = finding.needs.some((need) => need.any.some((token) => token.startsWith("informant")));
  return [
    el("p", { class: "chosen" }, el("b", {}, finding.label), el("button", { class: "quiet", onclick: () => change({ finding: "" }) }, "Ganti temuan")),
    kinds.length ? toggles("Bukti yang dilihat", form.evidence, kinds, draft.evidence, (evidence) => change({ evidence })) : null,
    ...(asksWhom ? [ways.who, ways.photos] : [ways.photos, ways.who]),
    finding.asks.includes("meeting") && form.contents && hasMinutes(draft) ? contentsOf(form, draft, change) : null,
    fieldsOf(finding, draft, quietly),
    noteOf(draft, quietly),
    toggles("Langkah berikutnya", form.next_steps, Object.keys(form.next_steps), draft.next_step ? [draft.next_step] : [], (chosen) => change({ next_step: chosen.at(-1) ?? "" })),
  ].filter(Boolean);
}

function choices(form, draft, change) {
  const button = (each) => [
    el("button", { class: "finding", onclick: () => change({ finding: each.finding }) }, each.label),
    (form.quick ?? [])
      .filter((quick) => quick.finding === each.finding)
      .map((quick) => el("button", { class: "finding more", onclick: () => change(withQuick(draft, quick)) }, quick.label)),
  ];
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

function photos(finding, { draft, change, write, show }) {
  const kinds = ["place", ...(finding.asks.includes("meeting") ? ["minutes"] : []), "document"];
  const said = el("p", { class: "lack", role: "alert", hidden: true });
  const add = (of) => async (event) => {
    const [file] = event.target.files;
    if (!file) return;
    said.hidden = true;
    const shot = await taken(file).catch(() => null);
    if (shot === null) {
      said.textContent = "Berkas itu tidak dapat dibaca sebagai foto. Ambil lagi dengan kamera.";
      said.hidden = false;
      return;
    }
    const { data, ...rest } = shot;
    const photo = { ...rest, of, taken_at: localIso(), lat: null, lon: null };
    // The picture is safe before anything is waited for; where it was taken comes a moment later.
    draft.photos = [...draft.photos.filter((each) => each.sha256 !== photo.sha256), photo];
    await addPhoto(draft, photo.sha256, data);
    const at = await hereNow();
    if (at) Object.assign(photo, { lat: at.lat, lon: at.lon });
    if (at && !draft.position) await write({ position: withoutSeen(at) });
    await change({});
  };
  const take = (of) => {
    const input = el("input", { type: "file", accept: "image/*", capture: "environment", id: `foto-${of}`, class: "camera", onchange: add(of) });
    return el("label", { class: of === "place" && asksPhoto(finding) ? "button strong" : "button", for: `foto-${of}` }, OF[of], input);
  };
  const drop = (photo) => async () => {
    await change({ photos: draft.photos.filter((each) => each.sha256 !== photo.sha256) });
    await dropPhotos([photo.sha256]);
  };
  const line = (photo) =>
    el(
      "li",
      {},
      thumbnail(photo.sha256, OF[photo.of]),
      el("span", {}, `${OF[photo.of]}, ${Math.round(photo.size / 1024)} kB${photo.lat === null ? ", tanpa posisi" : ""}`),
      el("button", { class: "quiet", onclick: drop(photo) }, "Buang", el("span", { class: "unseen" }, ` ${OF[photo.of]}`)),
    );
  return el("section", {}, el("h2", {}, "Foto"), el("div", { class: "pair" }, kinds.map(take)), said, el("ul", { class: "shots" }, draft.photos.map(line)));
}
