// Sends what waits: each visit's photos in chunks, then the visit. One tab at a time. A visit leaves this list only with the
// office's receipt for the very bytes that were sent.

import { NoAnswer, ask } from "./office.js";
import { sha256 } from "./picture.js";
import { tokenOf } from "./session.js";
import { all, get, put, remove } from "./store.js";

const CHUNK = 256 * 1024;
const FIRST_WAIT = 5000;
const LONGEST_WAIT = 600000;
// After so many refusals a visit is shown as stuck; it is tried again all the same.
const STUCK_AFTER = 3;

const listeners = new Set();
export const onChange = (listener) => listeners.add(listener);
const tell = () => listeners.forEach((listener) => listener());

export async function counts(officer) {
  const visits = (await all("visits")).filter((visit) => visit.officer === officer);
  const sent = visits.filter((visit) => visit.state === "recorded" || visit.state === "waiting_photos").length;
  const stuck = visits.filter(isStuck).length;
  return { sent, stuck, waiting: visits.length - sent - stuck, visits };
}

export function isStuck(visit) {
  return ["quarantined", "rejected"].includes(visit.state) || (visit.state === "waiting" && visit.tries >= STUCK_AFTER);
}

// force: at once, whatever the waiting time (the officer asked).
export async function send(force = false) {
  return navigator.locks.request("telusur-kirim", { ifAvailable: true }, async (lock) => {
    if (lock === null) return;
    const visits = (await all("visits")).filter((visit) => visit.state === "waiting");
    for (const visit of visits.sort((one, other) => one.sequence - other.sequence)) {
      if (!force && visit.nextAt > Date.now()) continue;
      if (!(await sendOne(visit))) break;
    }
    await askStates();
    tell();
  });
}

// Whether the office could be reached at all: where not, the others need not be tried.
async function sendOne(visit) {
  const session = await tokenOf(visit.officer);
  try {
    for (const photo of visit.photos) await sendPhoto(photo, session.token);
    const { status, said } = await ask("kunjungan/", {
      method: "POST",
      token: session.token,
      body: visit.body,
      headers: { "Content-Type": "application/json" },
    });
    await receive(visit, status, said);
    return true;
  } catch (problem) {
    const isAway = problem instanceof NoAnswer;
    await later(visit, isAway ? "" : String(problem.message ?? problem), !isAway);
    return !isAway;
  } finally {
    tell();
  }
}

async function receive(visit, status, said) {
  const receipt = said.receipt;
  const own = await sha256(new TextEncoder().encode(visit.body));
  if (![200, 201, 202].includes(status) || receipt?.id !== visit.id || receipt.body_hash !== own) {
    await later(visit, said.error ?? `kantor menjawab ${status}`, true);
    return;
  }
  await put("visits", visit.id, { ...visit, state: receipt.state, reason: receipt.reason, receivedAt: receipt.received_at });
  // The office has the bytes of every photo: it said so, chunk by chunk, before this receipt.
  for (const photo of visit.photos) await remove("photos", photo.sha256);
}

async function later(visit, reason, counted) {
  const tries = visit.tries + (counted ? 1 : 0);
  const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(tries, 8));
  await put("visits", visit.id, { ...visit, tries, reason, nextAt: Date.now() + (counted ? wait : FIRST_WAIT) });
}

async function sendPhoto(photo, token) {
  const path = `foto/${photo.sha256}/`;
  const standing = (await ask(path, { token })).said;
  if (standing.is_complete) return;
  const kept = await get("photos", photo.sha256);
  if (!kept) throw new Error("fotonya tidak ada lagi di ponsel ini");
  let offset = standing.offset ?? 0;
  for (let turns = 0; turns < 4 + (2 * kept.data.byteLength) / CHUNK; turns += 1) {
    const part = kept.data.slice(offset, offset + CHUNK);
    const { status, said } = await ask(`${path}?offset=${offset}&size=${kept.data.byteLength}`, {
      method: "PUT",
      token,
      body: part,
      headers: { "Content-Type": "application/octet-stream" },
    });
    if (![200, 409, 422].includes(status)) throw new Error(said.error ?? `foto ditolak (${status})`);
    if (said.is_complete) return;
    offset = said.offset;
  }
  throw new Error("foto belum lengkap di kantor");
}

// What became of visits that wait at the office for a person.
async function askStates() {
  const held = (await all("visits")).filter((visit) => ["quarantined", "waiting_photos"].includes(visit.state));
  for (const officer of new Set(held.map((visit) => visit.officer))) {
    try {
      const { status, said } = await ask("keadaan/", { token: (await tokenOf(officer)).token });
      if (status !== 200) continue;
      for (const visit of held.filter((each) => each.officer === officer)) {
        const known = said.received[visit.id];
        if (known) await put("visits", visit.id, { ...visit, state: known.state, reason: known.reason });
      }
    } catch (problem) {
      if (!(problem instanceof NoAnswer)) throw problem;
    }
  }
}
