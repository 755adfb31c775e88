// Sends what waits: first every visit, which is small, then the photos in chunks. One tab at a time. A visit counts as sent
// only with the office's receipt for the very bytes, and with every one of its photos acknowledged.

import { NoAnswer, ask } from "./office.js";
import { sha256 } from "./picture.js";
import { tokenOf } from "./session.js";
import { forgetChecks, isCheckStuck, sendChecks } from "./stock-sync.js";
import { all, amend, dropPhotos, get, remove, unread } from "./store.js";

const LARGEST = 256 * 1024;
const SMALLEST = 16 * 1024;
const QUICK = 8000;
const FIRST_WAIT = 5000;
const LONGEST_WAIT = 600000;
// After so many refusals a visit is shown as stuck; it is tried again all the same.
const STUCK_AFTER = 3;
// What the office has recorded with all its photos is kept on the phone for a month, for the officer to look up.
const KEPT_FOR = 30 * 24 * 3600000;

const listeners = new Set();
export const onChange = (listener) => listeners.add(listener);
const tell = () => listeners.forEach((listener) => listener());

let chunk = LARGEST;
let again = false;
let isForced = false;

const owedBy = (visit) => visit.owed ?? [];
const isAtOffice = (visit) => visit.state !== "waiting";
const isDone = (visit) => isAtOffice(visit) && owedBy(visit).length === 0;

export async function counts(officer) {
  const visits = (await all("visits")).filter((visit) => visit.officer === officer);
  const checks = (await all("stocks")).filter((check) => check.officer === officer);
  await all("drafts");
  const lost = unread(officer, ["visits", "drafts", "stocks"]);
  const held = visits.filter(isStuck).length + checks.filter(isCheckStuck).length;
  const stuck = held + lost;
  const sent = visits.filter((visit) => isDone(visit) && !isStuck(visit)).length + checks.filter((check) => check.state === "recorded").length;
  return { sent, stuck, waiting: visits.length + checks.length - sent - held, visits, checks, lost };
}

export function isStuck(visit) {
  return ["quarantined", "rejected"].includes(visit.state) || (!isDone(visit) && visit.tries >= STUCK_AFTER);
}

// force: at once, whatever the waiting time (the officer asked). Comes back when all is tried, by whomever.
export async function send(force = false) {
  again = true;
  isForced ||= force;
  return navigator.locks.request("telusur-kirim", async () => {
    // Who held it has sent what was asked for meanwhile.
    if (!again) return;
    while (again) {
      const now = isForced;
      again = isForced = false;
      await sendAll(now);
      await sendChecks(now, tell);
    }
    await askStates();
    await forget();
    await forgetChecks();
    tell();
  });
}

async function sendAll(force) {
  const isDue = (visit) => force || visit.nextAt <= Date.now();
  const waiting = (await all("visits")).filter((visit) => !isDone(visit) && isDue(visit));
  waiting.sort((one, other) => one.sequence - other.sequence);
  for (const visit of waiting.filter((each) => !isAtOffice(each))) if (!(await tried(visit, sendVisit))) return;
  for (const visit of waiting) if (!(await tried(visit, sendPhotos))) return;
}

// Whether the office could be reached at all: where not, the others need not be tried.
async function tried(visit, step) {
  try {
    const session = await tokenOf(visit.officer);
    if (!session) throw new Error("petugasnya perlu masuk lagi di ponsel ini");
    await step(visit, session.token);
    return true;
  } catch (problem) {
    const isAway = problem instanceof NoAnswer;
    await later(visit, isAway ? "" : String(problem.message ?? problem), !isAway);
    return !isAway;
  } finally {
    tell();
  }
}

async function sendVisit(visit, token) {
  const { status, said } = await ask("kunjungan/", {
    method: "POST",
    token,
    body: visit.body,
    headers: { "Content-Type": "application/json" },
  });
  const receipt = said.receipt;
  const own = await sha256(new TextEncoder().encode(visit.body));
  if (![200, 201, 202].includes(status) || receipt?.id !== visit.id || receipt.body_hash !== own) {
    throw new Error(said.error ?? `kantor menjawab ${status}`);
  }
  await amend(visit.id, () => ({ state: receipt.state, reason: receipt.reason, receivedAt: receipt.received_at, tries: 0, nextAt: 0 }));
}

async function sendPhotos(visit, token) {
  for (const name of owedBy(visit)) {
    await sendPhoto(name, token);
    await amend(visit.id, (kept) => ({ owed: owedBy(kept).filter((each) => each !== name), tries: 0, nextAt: 0 }));
    await dropPhotos([name]);
    tell();
  }
}

async function later(visit, reason, counted) {
  await amend(visit.id, (kept) => {
    const tries = kept.tries + (counted ? 1 : 0);
    const wait = counted ? Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(tries, 8)) : FIRST_WAIT;
    return { tries, nextAt: Date.now() + wait, ...(isAtOffice(kept) && !counted ? {} : { reason }) };
  });
}

async function sendPhoto(name, token) {
  const path = `foto/${name}/`;
  const standing = (await ask(path, { token })).said;
  if (standing.is_complete) return;
  const kept = await get("photos", name);
  if (!kept) throw new Error("satu fotonya tidak ada lagi di ponsel ini; catatannya sudah di kantor, foto ulang bila dapat");
  let offset = standing.offset ?? 0;
  for (let turns = 0; turns < 8 + (2 * kept.data.byteLength) / SMALLEST; turns += 1) {
    const { status, said } = await sendChunk(path, kept.data, offset, token);
    if (![200, 409, 422].includes(status)) throw new Error(said.error ?? `foto ditolak (${status})`);
    if (said.is_complete) return;
    offset = said.offset;
  }
  throw new Error("foto belum lengkap di kantor");
}

// A chunk that a thin network carries: half as large after each that was lost, twice as large after each that went fast.
async function sendChunk(path, data, offset, token) {
  const part = data.slice(offset, offset + chunk);
  const began = performance.now();
  try {
    const answer = await ask(`${path}?offset=${offset}&size=${data.byteLength}`, {
      method: "PUT",
      token,
      body: part,
      headers: { "Content-Type": "application/octet-stream" },
    });
    if (performance.now() - began < QUICK) chunk = Math.min(LARGEST, chunk * 2);
    return answer;
  } catch (problem) {
    chunk = Math.max(SMALLEST, chunk / 2);
    throw problem;
  }
}

// What became of visits that wait at the office, for a photo or for a person.
async function askStates() {
  const held = (await all("visits")).filter((visit) => ["quarantined", "waiting_photos"].includes(visit.state));
  for (const officer of new Set(held.map((visit) => visit.officer))) {
    try {
      const { status, said } = await ask("keadaan/", { token: (await tokenOf(officer)).token });
      if (status !== 200) continue;
      for (const visit of held.filter((each) => each.officer === officer)) {
        const known = said.received[visit.id];
        // Under the same id other bytes may stand; what the office says of those is not said of these.
        if (known?.body_hash === (await sha256(new TextEncoder().encode(visit.body)))) {
          await amend(visit.id, () => ({ state: known.state, reason: known.reason }));
        }
      }
    } catch (problem) {
      if (!(problem instanceof NoAnswer)) throw problem;
    }
  }
}

async function forget() {
  for (const visit of await all("visits")) {
    const isOld = Date.now() - Date.parse(visit.receivedAt ?? "") > KEPT_FOR;
    if (visit.state === "recorded" && isDone(visit) && isOld) await remove("visits", visit.id);
  }
}
