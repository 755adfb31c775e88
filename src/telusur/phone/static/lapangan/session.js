// Who works with this phone, and the day's packet. An officer's token stays with that officer's visits: whoever signs in next
// neither sees them nor loses them.

import { NoAnswer, ask, register } from "./office.js";
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

export const leave = () => put("kept", "officer", null);

// The newest packet of the officer, fetched where the office answers; {packet, isFresh, problem}.
export async function day(session) {
  const key = `hari ${session.officer}`;
  try {
    const { status, said } = await ask("hari-ini/", { token: session.token });
    if (status === 200) {
      const packet = { ...said, fetched_at: Date.now() };
      await put("days", key, packet);
      return { packet, isFresh: true, problem: "" };
    }
    const kept = await get("days", key);
    return { packet: kept ?? null, isFresh: false, problem: said.error ?? `kantor menjawab ${status}` };
  } catch (problem) {
    if (!(problem instanceof NoAnswer)) throw problem;
    return { packet: (await get("days", key)) ?? null, isFresh: false, problem: problem.message };
  }
}

export const keptDay = (session) => get("days", `hari ${session.officer}`);
