// Stock checks on this phone: the form as the office sent it, drafts, and checks that wait. A check's bytes are fixed once.

import { localIso } from "./element.js";
import { ask } from "./office.js";
import { finishStock, get, put } from "./store.js";

// Points part thousands in Indonesian, a comma parts decimals; a price has no decimals.
export function amount(text) {
  const plain = text.trim().replace(/\.(?=\d{3}(\D|$))/g, "").replace(",", ".");
  return /^\d{1,8}(\.\d{1,2})?$/.test(plain) ? Number(plain) : null;
}

const formKey = (session) => `stok formulir ${session.officer}`;
const draftKey = (session, code) => `stok draf ${session.officer} ${code}`;

export const keptForm = (session) => get("kept", formKey(session)).then((kept) => kept ?? null);

// The form with the outlets and what was last seen there; null where the office does not say. Raises NoAnswer.
export async function fetchForm(session) {
  const { status, said } = await ask("stok/formulir/", { token: session.token });
  if (status !== 200) return null;
  const form = { version: said.version, staples: said.staples, outlets: said.outlets };
  await put("kept", formKey(session), form);
  return form;
}

export async function draftOf(session, code) {
  return (await get("kept", draftKey(session, code))) ?? fresh(session, code);
}

const fresh = (session, code) => ({ key: draftKey(session, code), is_open: null, lines: {}, note: "" });

export const saveDraft = (draft) => put("kept", draft.key, draft);

export function finishCheck(session, form, place, draft) {
  const id = crypto.randomUUID();
  const now = localIso();
  const said = (text) => (text.trim() === "" ? null : amount(text));
  const lines = draft.is_open
    ? form.staples.map(({ staple }) => ({ staple, ...draft.lines[staple] })).filter((line) => line.on_hand?.trim())
    : [];
  const bodyOf = (sequence) => JSON.stringify({
    id,
    form: form.version,
    device: session.device,
    sequence,
    kelurahan: place.code,
    checked_at: now,
    is_open: draft.is_open,
    lines: lines.map((line) => ({ staple: line.staple, on_hand: said(line.on_hand), received: said(line.received), price_rupiah: said(line.price) })),
    note: draft.note.trim(),
  });
  const checkOf = (sequence) => ({ id, officer: session.officer, kelurahan: place.code, name: place.name, checked_on: now.slice(0, 10), counted: lines.length, is_open: draft.is_open, sequence, body: bodyOf(sequence), state: "waiting", reason: "", tries: 0, nextAt: 0 });
  return finishStock(draft.key, checkOf);
}
