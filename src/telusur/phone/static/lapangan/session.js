// Who works with this phone, and the day's packets. An officer's token stays with that officer's visits: whoever signs in next
// neither sees them nor loses them.

import { localIso } from "./element.js";
import { NoAnswer, ask, register, signOut } from "./office.js";
import { get, put } from "./store.js";

async function deviceId() {
  const kept = await get("kept", "device");
  if (kept) return kept;
  const made = crypto.randomUUID();
  await put("kept", "device", made);
  return made;
}

// {officer, name, token, device}, or null where nobody has entered.
export async function current() {
  const officer = await get("kept", "officer");
  return officer ? ((await get("kept", `token ${officer}`)) ?? null) : null;
}

export const tokenOf = (officer) => get("kept", `token ${officer}`);

// Enter with the session of the browser. Answers the words of what went wrong, "" where nothing did.
export async function enter() {
  const device = await deviceId();
  const { status, said } = await register(device);
  if (status !== 201) return said.error ?? "kantor menolak ponsel ini";
  const session = { officer: said.officer, name: said.officer_name, token: said.token, device };
  await put("kept", `token ${said.officer}`, session);
  await put("kept", "officer", said.officer);
  return "";
}

// Whoever takes the phone next must not enter with this officer's session: it is ended at the office, now or before anybody
// enters again.
export async function leave() {
  await put("kept", "session to end", true);
  await put("kept", "officer", null);
  await isSessionEnded();
}

// Whether no session of an officer who left is open at the office any more; false while the office cannot be reached.
export async function isSessionEnded() {
  if (!(await get("kept", "session to end"))) return true;
  if (!(await signOut())) return false;
  await put("kept", "session to end", false);
  return true;
}

export const todayHere = () => localIso().slice(0, 10);
const key = (session, on) => `hari ${session.officer} ${on}`;

// Fetch today's packet, and the next day's that has a route: an officer may start at home, without a network. Answers the
// words of what went wrong, "" where nothing did. Raises NoAnswer where the office cannot be reached.
export async function fetchDays(session) {
  const { status, said } = await ask("hari-ini/", { token: session.token });
  if (status !== 200) return said.error ?? `kantor menjawab ${status}`;
  await keep(session, said);
  await put("days", `terakhir ${session.officer}`, said.on);
  if (said.next_on) {
    const next = await ask(`hari-ini/?on=${said.next_on}`, { token: session.token });
    if (next.status === 200) await keep(session, next.said);
  }
  return "";
}

const keep = (session, said) => put("days", key(session, said.on), { ...said, fetched_at: Date.now() });

// The packet to work with: that of this very day, else the last one that was fetched; null where there is none.
export async function keptDay(session) {
  const last = await get("days", `terakhir ${session.officer}`);
  const today = await get("days", key(session, todayHere()));
  return today ?? (last ? ((await get("days", key(session, last))) ?? null) : null);
}

// {packet, problem}: what is kept, without waiting for anybody; where nothing is kept, what the office says.
export async function day(session) {
  const kept = await keptDay(session);
  if (kept) return { packet: kept, problem: "" };
  try {
    const problem = await fetchDays(session);
    return { packet: await keptDay(session), problem };
  } catch (problem) {
    if (!(problem instanceof NoAnswer)) throw problem;
    return { packet: null, problem: problem.message };
  }
}
