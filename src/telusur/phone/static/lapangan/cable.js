// All that waits on this phone as one locked file, to be handed over by cable (docs/phone-protocol.md, "By cable").

import { localIso } from "./element.js";
import { all, get } from "./store.js";

const ITERATIONS = 600000;

function base64(buffer) {
  const bytes = new Uint8Array(buffer);
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

async function keyOf(secret, salt) {
  const typed = await crypto.subtle.importKey("raw", new TextEncoder().encode(secret), "PBKDF2", false, ["deriveKey"]);
  const by = { name: "PBKDF2", hash: "SHA-256", iterations: ITERATIONS, salt };
  return crypto.subtle.deriveKey(by, typed, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
}

// {name, blob}. Visits and stock checks that the office has go along: it knows them by their id, and a photo may still be wanted.
export async function cableFile(session, secret) {
  const visits = (await all("visits")).filter((visit) => visit.officer === session.officer);
  const photos = [];
  for (const { sha256 } of visits.flatMap((visit) => visit.photos)) {
    const kept = await get("photos", sha256);
    if (kept) photos.push({ sha256, data: base64(kept.data) });
  }
  const stocks = (await all("stocks")).filter((check) => check.officer === session.officer);
  const now = localIso();
  const handed = (kept) => kept.map((each) => ({ body: each.body, sent_at: now }));
  const inside = JSON.stringify({ visits: handed(visits), photos, stocks: handed(stocks) });
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await keyOf(secret, salt), new TextEncoder().encode(inside));
  const file = {
    telusur: 1,
    device: session.device,
    officer: session.officer,
    made_at: now,
    kdf: { name: "PBKDF2", hash: "SHA-256", iterations: ITERATIONS, salt: base64(salt) },
    cipher: "AES-GCM",
    iv: base64(iv),
    sealed: base64(sealed),
  };
  return { name: `kunjungan-${session.officer}-${now.slice(0, 10)}.telusur`, blob: new Blob([JSON.stringify(file)], { type: "application/octet-stream" }) };
}
