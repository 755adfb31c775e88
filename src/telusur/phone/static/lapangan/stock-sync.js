// Sends stock checks, each until the office's receipt for the very bytes is held. The same bytes again change nothing there.

import { NoAnswer, ask } from "./office.js";
import { sha256 } from "./picture.js";
import { tokenOf } from "./session.js";
import { all, amend, remove } from "./store.js";

const FIRST_WAIT = 5000;
const LONGEST_WAIT = 600000;
const STUCK_AFTER = 3;
const KEPT_FOR = 30 * 24 * 3600000;

export function isCheckStuck(check) {
  return ["quarantined", "rejected"].includes(check.state) || (check.state === "waiting" && check.tries >= STUCK_AFTER);
}

// What waits goes first; what the office holds for a person is asked for again by the same bytes.
export async function sendChecks(force, tell) {
  const due = (await all("stocks")).filter((check) => ["waiting", "quarantined"].includes(check.state) && (force || check.nextAt <= Date.now()));
  for (const check of due.sort((one, other) => (one.state === "waiting" ? 0 : 1) - (other.state === "waiting" ? 0 : 1))) {
    try {
      await sendCheck(check);
    } catch (problem) {
      const isAway = problem instanceof NoAnswer;
      await later(check, isAway ? "" : String(problem.message ?? problem), !isAway);
      if (isAway) return;
    } finally {
      tell();
    }
  }
}

async function sendCheck(check) {
  const session = await tokenOf(check.officer);
  if (!session) throw new Error("petugasnya perlu masuk lagi di ponsel ini");
  const { status, said } = await ask("stok/", {
    method: "POST",
    token: session.token,
    body: check.body,
    headers: { "Content-Type": "application/json" },
  });
  const receipt = said.receipt;
  const own = await sha256(new TextEncoder().encode(check.body));
  if (![200, 201, 202].includes(status) || receipt?.id !== check.id || receipt.body_hash !== own) {
    throw new Error(said.error ?? `kantor menjawab ${status}`);
  }
  const nextAt = receipt.state === "quarantined" ? Date.now() + LONGEST_WAIT : 0;
  await amend(check.id, () => ({ state: receipt.state, reason: receipt.reason, receivedAt: receipt.received_at, tries: 0, nextAt }), "stocks");
}

async function later(check, reason, counted) {
  await amend(check.id, (kept) => {
    const tries = kept.tries + (counted ? 1 : 0);
    const wait = counted ? Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(tries, 8)) : FIRST_WAIT;
    return { tries, nextAt: Date.now() + wait, ...(counted ? { reason } : {}) };
  }, "stocks");
}

export async function forgetChecks() {
  for (const check of await all("stocks")) {
    if (check.state === "recorded" && Date.now() - Date.parse(check.receivedAt ?? "") > KEPT_FOR) await remove("stocks", check.id);
  }
}
